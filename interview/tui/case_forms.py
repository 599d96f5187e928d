"""Over the call list: a case typed in by hand, and the outcomes a ringing can have."""

from collections.abc import Sequence
from typing import ClassVar

from textual import events, on, work
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Input, Static

from interview.calls.cases import Case
from interview.calls.outcomes import Outcome
from interview.calls.rules import LONGEST_NAME, LONGEST_NOTE, check_telephone
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
        self._warned_of = ""
        self._adding = False

    def compose(self) -> ComposeResult:
        """A label above each field, what went wrong below it."""
        words = self.shell.words
        with VerticalScroll(id="form", can_focus=False):
            yield Plain(words("screens.case-new"), id="title")
            if self.shell.station is not None and self.shell.station.rehearsal:
                yield Plain(words("screens.case-rehearsal"), id="warning")
            for name, limit in FIELDS:
                yield Plain(words(f"screens.case-{name}-field"), classes="label")
                yield Field(id=name, compact=True, max_length=limit, select_on_focus=False)
                said = Plain("", id=f"{name}-said", classes="said")
                said.display = False
                yield said
            yield Plain("", id="said")
            yield Plain(words("screens.case-keys"), id="hint")

    @on(Input.Blurred)
    def left(self, event: Input.Blurred) -> None:
        """What was typed in the field just left is looked at there and then."""
        name, typed = event.input.id or "", event.value
        if name == "telephone" and typed.strip():
            self._say(name, self._number_refused(typed))
        elif name == "note":
            self._say(name, self.shell.words("screens.case-personal-number") if _personal_number(typed) else "")

    def _number_refused(self, typed: str) -> str:
        try:
            check_telephone(typed, "telephone")
        except InterviewError as error:
            return "\n".join(self.shell.words.error(error))
        return ""

    def _say(self, name: str, text: str) -> None:
        said = self.query_one(f"#{name}-said", Static)
        said.update(text)
        said.display = bool(text)

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

    @work(group="add")
    async def add(self) -> None:
        """Add what is typed in, once; what is wrong is said below its field, which gets the focus."""
        if self._adding:
            return
        typed = {field.id or "": field.value for field in self.query(Input)}
        if _personal_number(typed["note"]) and typed["note"] != self._warned_of:
            # Whoever means it adds it with one more press.
            self._warned_of = typed["note"]
            self._say("note", self.shell.words("screens.case-personal-number"))
            self.query_one("#note").focus()
            return
        case = Case(id="", unit="", name=typed["name"], telephone=typed["telephone"], note=typed["note"])
        self._adding = True
        try:
            added = await self.shell.writer.run(casework.add_case, self.shell.unlocked, case)
        except InterviewError as error:
            self._adding = False
            self._refuse(error)
            return
        self.dismiss(added)

    def _refuse(self, error: InterviewError) -> None:
        """Below the field it is about, which gets the focus; at the foot where it is about none."""
        text = "\n".join(self.shell.words.error(error))
        for name, _ in FIELDS:
            self._say(name, text if name == error.place else "")
        if any(name == error.place for name, _ in FIELDS):
            self.query_one(f"#{error.place}").focus()
            self.query_one(f"#{error.place}-said").scroll_visible(animate=False)
        else:
            self.query_one("#said", Static).update(text)
            self.query_one("#said").scroll_visible(animate=False)


def _personal_number(text: str) -> bool:
    from interview.guard.scanning import refused  # noqa: PLC0415  loaded once something is typed

    return refused(text)


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
