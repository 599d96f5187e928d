"""The lines of keys at the foot of a screen, made from the registry of actions."""

from collections.abc import Sequence

from textual import events
from textual.geometry import Size

from interview.messages import Catalogue
from interview.tui.actions import Action, Actions
from interview.tui.drawing import Drawn
from interview.tui.lines import Line, flowing


class Keys(Drawn):
    """What can be done on the screen and with which key, in as many lines as that takes; a click does it too."""

    def __init__(self, actions: Actions, words: Catalogue, contexts: tuple[str, ...]) -> None:
        super().__init__(id="keys")
        self.actions = actions
        self.words = words
        self.contexts = contexts
        self.hidden: frozenset[str] = frozenset()
        """The actions that cannot be done now."""

    def hide(self, *action_ids: str) -> None:
        """Leave out what cannot be done now, and only that."""
        if self.hidden != frozenset(action_ids):
            self.hidden = frozenset(action_ids)
            self.refresh(layout=True)
            self.redraw()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as the keys take at this width."""
        return len(self.lines(width, 4))

    def lines(self, width: int, height: int) -> Sequence[Line]:
        """Key and words side by side; an action is never broken between lines."""
        groups: list[Line] = []
        for action in self._shown():
            groups.append(((action.on_keyboard, "key"), (f" {self.words(action.label)}", "plain")))
        return flowing(groups, width, gap=2)[:height]

    async def on_click(self, event: events.Click) -> None:
        """Do what was clicked."""
        row = self.lines(self.content_size.width, 4)[event.y : event.y + 1]
        passed = 0
        for words, _ in row[0] if row else ():
            passed += len(words)
            if event.x < passed:
                await self._do(words.strip())
                return

    async def _do(self, words: str) -> None:
        for action in self._shown():
            if words in (action.on_keyboard, self.words(action.label)) and not action.fixed:
                node = self.app if action.context == "app" else self.screen
                await self.app.run_action(action.method, node)

    def _shown(self) -> tuple[Action, ...]:
        return tuple(
            action
            for action in self.actions.of(*self.contexts)
            if action.footer and action.every_key and action.id not in self.hidden
        )
