"""Help: what has the focus, and what every key here does, made from the registry."""

from collections.abc import Iterable
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from interview.tui.actions import EVERYWHERE, Action, Actions, key_name
from interview.tui.internals import LeavingModal
from interview.tui.plain import Plain
from interview.tui.shell import VERTICAL, Shell


def topic_of(screen: Screen[Any]) -> str:
    """The catalogue's key of the help nearest to the focus; empty where there is none.

    A widget or screen says what helps with it in an attribute `HELP`, or in `topic` where one differs from the next.
    """
    nodes = [screen] if screen.focused is None else screen.focused.ancestors_with_self
    told = (getattr(node, "topic", "") or getattr(node, "HELP", "") for node in nodes)
    return next((str(topic) for topic in told if topic), "")


def actions_on(screen: Screen[Any], actions: Iterable[Action]) -> tuple[Action, ...]:
    """The actions of every context that has a key on the screen now, in the order in which they are shown; in a dialog its own."""
    bound = {active.binding.id or "" for active in screen.active_bindings.values()}
    contexts = {action_id.partition(".")[0] for action_id in bound if "." in action_id}
    if screen.is_modal:
        contexts.discard(EVERYWHERE)
    here = [action for action in actions if action.context in contexts]
    return tuple(sorted(here, key=lambda action: action.context == EVERYWHERE))


def keys_of(actions: Actions) -> dict[str, str]:
    """The keys a topic may name, as they are bound: `text_go_on` is that of `interview.text-go-on`."""
    return {action.id.partition(".")[2].replace("-", "_"): action.on_keyboard for action in actions.of("interview")}


class HelpScreen(LeavingModal[None]):
    """Everything that can be done on the screen below; Escape, Enter or F1 closes it."""

    CSS_PATH = "help.tcss"
    AUTO_FOCUS: ClassVar[str | None] = "VerticalScroll"
    VERTICAL_BREAKPOINTS: list[tuple[int, str]] | None = VERTICAL
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,enter,q", "close", show=False)]

    def __init__(self, shell: Shell, topic: str, actions: tuple[Action, ...]) -> None:
        super().__init__(classes="" if actions else "-brief")
        self.shell = shell
        self.topic = topic
        self.actions = actions

    def compose(self) -> ComposeResult:
        """A title, what helps with the focus, a line for each action."""
        words = self.shell.words
        with Vertical(id="help"):
            yield Plain(words("screens.help"), id="title")
            with VerticalScroll(id="topics"):
                if self.topic:
                    yield Plain(words(self.topic, **keys_of(self.shell.actions)), id="topic")
                for action in self.actions:
                    yield Static(self._explained(action), classes="action")
            yield Plain(words("screens.help-close"), id="close")

    def _explained(self, action: Action) -> Content:
        keys = " ".join(dict.fromkeys([action.on_keyboard, *map(key_name, () if action.shown else action.every_key)]))
        words = self.shell.words
        name = words(action.label)
        return Content.assemble((f"{keys or '–'}  ", "bold $primary"), (name, "bold"), f"\n{words(action.help)}")

    def action_close(self) -> None:
        """Back to where one was."""
        self.dismiss(None)
