"""Over the call list: a case typed in by hand, and the outcomes a ringing can have."""

from collections.abc import Sequence
from typing import ClassVar

from textual import events, on, work
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Input, Static

from interview.calls.cases import Case
from interview.calls.outcomes import Outcome
from interview.calls.rules import LONGEST_NAME, LONGEST_NOTE
from interview.errors import InterviewError
from interview.station import casework
from interview.tui.fields import Field
from interview.tui.internals import LeavingModal
from interview.tui.plain import Plain
from interview.tui.rows import Row, RowList
from interview.tui.shell import VERTICAL, Shell

FIELDS = (("name", LONGEST_NAME), ("telephone", 30), ("note", LONGEST_NOTE))


class CaseForm(LeavingModal[Case | None]):
    """Name, telephone and a note; its result is the case as it was added."""

    CSS_PATH = "case_forms.tcss"
    HELP: ClassVar[str] = "screens.case-help"
    VERTICAL_BREAKPOINTS: list[tuple[int, str]] | None = VERTICAL
    AUTO_FOCUS: ClassVar[str | None] = "#name"

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self.shell = shell

    def compose(self) -> ComposeResult:
        """A label above each field, what went wrong below."""
        words = self.shell.words
        with VerticalScroll(id="form", can_focus=False):
            yield Plain(words("screens.case-new"), id="title")
            if self.shell.station is not None and self.shell.station.rehearsal:
                yield Plain(words("screens.case-rehearsal"), id="warning")
            for name, limit in FIELDS:
                yield Plain(words(f"screens.case-{name}-field"), classes="label")
                yield Field(id=name, compact=True, max_length=limit)
            yield Plain("", id="said")
            yield Plain(words("screens.case-keys"), id="hint")

    @on(Input.Submitted)
    def submit(self) -> None:
        """Enter in the last field adds."""
        self.add()

    def on_key(self, event: events.Key) -> None:
        """Escape leaves without adding; F10 and Ctrl+Enter add from any field."""
        if event.key == "escape":
            self.dismiss(None)
        elif event.key in ("f10", "ctrl+enter"):
            self.add()
        else:
            return
        event.stop()

    @work(exclusive=True)
    async def add(self) -> None:
        """Add what is typed in; what is wrong is said at the foot and its field gets the focus."""
        typed = {field.id or "": field.value for field in self.query(Input)}
        case = Case(id="", unit="", name=typed["name"], telephone=typed["telephone"], note=typed["note"])
        try:
            added = await self.shell.writer.run(casework.add_case, self.shell.unlocked, case)
        except InterviewError as error:
            said = self.query_one("#said", Static)
            said.update("\n".join(self.shell.words.error(error)))
            if error.place in typed:
                self.query_one(f"#{error.place}").focus()
            said.scroll_visible(animate=False)
            return
        self.dismiss(added)


class OutcomeList(LeavingModal[Outcome | None]):
    """The outcomes to choose from, those that close the case marked so."""

    CSS_PATH = "case_forms.tcss"
    HELP: ClassVar[str] = "screens.outcome-help"
    VERTICAL_BREAKPOINTS: list[tuple[int, str]] | None = VERTICAL
    AUTO_FOCUS: ClassVar[str | None] = "RowList"

    def __init__(self, shell: Shell, outcomes: Sequence[Outcome]) -> None:
        super().__init__()
        self.shell = shell
        self.outcomes = outcomes

    def compose(self) -> ComposeResult:
        """The list."""
        words = self.shell.words
        closes = words("screens.outcome-closes")
        rows = [
            Row(outcome.name, ((words(outcome.label), "plain"),), ((closes, "faint"),) if outcome.final else ())
            for outcome in self.outcomes
        ]
        with Vertical(id="form"):
            yield Plain(words("screens.outcome"), id="title")
            yield RowList(rows, id="outcomes")
            yield Plain(words("screens.outcome-keys"), id="hint")

    @on(RowList.Taken)
    def take(self, event: RowList.Taken) -> None:
        """The outcome taken."""
        self.dismiss(Outcome[event.key])

    def on_key(self, event: events.Key) -> None:
        """Escape leaves without noting anything."""
        if event.key == "escape":
            self.dismiss(None)
            event.stop()
