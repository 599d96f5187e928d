"""The palette: everything that can be done here, found by typing. It is made from the registry, and offers no screenshot (T15)."""

from dataclasses import dataclass
from typing import Any, ClassVar, Final

from textual import events, on
from textual.app import App, ComposeResult
from textual.containers import Vertical
from textual.dom import DOMNode
from textual.fuzzy import Matcher
from textual.screen import Screen
from textual.widgets import Input

from interview.tui.actions import EVERYWHERE, Action
from interview.tui.footer import Keys
from interview.tui.help import actions_on
from interview.tui.internals import LeavingModal
from interview.tui.plain import Entry, Plain
from interview.tui.rows import Row, RowList
from interview.tui.shell import VERTICAL, Shell

NAMED: Final = 1000
"""How much more what is found in an action's name counts than what is found in its explanation."""


@dataclass(frozen=True, slots=True)
class Command:
    """An action and who does it."""

    action: Action
    node: DOMNode


def commands_on(app: App[Any], screen: Screen[Any], shell: Shell) -> tuple[Command, ...]:
    """What the palette offers on a screen: what can be done there now, then what holds everywhere."""
    hidden = frozenset[str]().union(*(keys.hidden for keys in screen.query(Keys)))
    there = [action for action in actions_on(screen, shell.actions) if action.context != EVERYWHERE]
    here = [action for action in there if action.palette and action.id not in hidden]
    always = [action for action in shell.actions.of(EVERYWHERE) if action.palette]
    return (*(Command(action, screen) for action in here), *(Command(action, app) for action in always))


class PaletteScreen(LeavingModal[Command | None]):
    """A field and the commands that fit what is in it; its result is the one taken."""

    CSS_PATH = "palette.tcss"
    HELP: ClassVar[str] = "screens.palette-help"
    VERTICAL_BREAKPOINTS: list[tuple[int, str]] | None = VERTICAL
    AUTO_FOCUS: ClassVar[str | None] = "Input"

    def __init__(self, shell: Shell, commands: tuple[Command, ...]) -> None:
        super().__init__()
        self.shell = shell
        self.commands = commands

    def compose(self) -> ComposeResult:
        """The field above the list."""
        with Vertical(id="palette"):
            yield Entry(placeholder=self.shell.words("screens.palette"), compact=True, id="search")
            yield RowList(id="commands")
            yield Plain(self.shell.words("screens.palette-none"), id="none")
            yield Plain(self.shell.words("screens.palette-keys"), id="hint")

    def on_mount(self) -> None:
        """Everything, before anything is typed."""
        self._show("")

    @on(Input.Changed)
    def search(self, event: Input.Changed) -> None:
        """Show what fits, the best first."""
        self._show(event.value.strip())

    @on(Input.Submitted)
    def take_first(self) -> None:
        """Enter takes what is pointed at."""
        self._take(self.query_one(RowList).here)

    @on(RowList.Taken)
    def take(self, event: RowList.Taken) -> None:
        """A click takes."""
        self._take(event.key)

    def on_key(self, event: events.Key) -> None:
        """Escape closes; the arrows move in the list while one types."""
        if event.key == "escape":
            self.dismiss(None)
        elif event.key in ("up", "down", "pageup", "pagedown") and not self.query_one(RowList).has_focus:
            self.query_one(RowList).on_key(event)
        else:
            return
        event.stop()

    def _take(self, action_id: str | None) -> None:
        self.dismiss(next((command for command in self.commands if command.action.id == action_id), None))

    def _show(self, typed: str) -> None:
        words = self.shell.words
        matcher = Matcher(typed) if typed else None
        scored = []
        for place, command in enumerate(self.commands):
            name = words(command.action.label)
            score = 1.0 if matcher is None else NAMED * matcher.match(name) + matcher.match(words(command.action.help))
            if score > 0:
                scored.append((-score, place, command, name))
        rows = [
            Row(command.action.id, ((name, "plain"),), ((command.action.on_keyboard, "key"),))
            for _, _, command, name in sorted(scored, key=lambda entry: entry[:2])
        ]
        self.query_one(RowList).show(rows, rows[0].key if rows else None)
        self.query_one("#none").display = not rows
