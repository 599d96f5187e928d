"""The call list: whom to ring, what is known of the one pointed at, and the ways to ring, add and note (A11)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult

from interview.calls.cases import Case
from interview.calls.outcomes import Outcome
from interview.calls.rules import RINGINGS, Status, state_of
from interview.errors import InterviewError
from interview.messages import Catalogue
from interview.station import casework
from interview.tui.appointment_dialog import AppointmentDialog
from interview.tui.banner import Banner
from interview.tui.case_forms import CaseForm, OutcomeList
from interview.tui.conversations import converse, take_up
from interview.tui.dialogs import Dialog, Said
from interview.tui.drawing import Drawn
from interview.tui.footer import Keys
from interview.tui.key_guard import KeyGuard
from interview.tui.lines import Line, Part, hanging, unbroken
from interview.tui.moments import day_said, moment_said
from interview.tui.plain import Plain
from interview.tui.rows import Row, RowList
from interview.tui.shell import LEADING, Page, Shell


@dataclass(frozen=True, slots=True)
class CallList:
    """The cases in the order to ring, which of them have an interview under way (case id → draft id), the time it is."""

    cases: tuple[Case, ...]
    drafts: dict[str, str]
    now: datetime
    rehearsal: bool


def call_list(shell: Shell) -> CallList:
    """Read the call list; runs in the writer's thread."""
    station = shell.unlocked
    cases = casework.cases(station)
    under_way = {case.id: casework.draft_of(station, case) for case in cases}
    drafts = {case_id: draft for case_id, draft in under_way.items() if draft is not None}
    return CallList(cases, drafts, station.clock(), station.rehearsal)


def _is_closed(case: Case) -> bool:
    return state_of(case).status is Status.CLOSED


class CaseFacts(Drawn):
    """What is known of one case; texts of others are only ever shown as they are (T13)."""

    def __init__(self, words: Catalogue) -> None:
        super().__init__(id="case")
        self.words = words
        self._case: Case | None = None
        self._now: datetime | None = None

    def show(self, case: Case | None, now: datetime) -> None:
        """Draw what is known of this one."""
        self._case, self._now = case, now
        self.redraw()

    def lines(self, width: int, height: int) -> Sequence[Line]:
        """Label and text for each thing that is known, the ringings last, the latest first."""
        case, words, now = self._case, self.words, self._now
        if case is None or now is None:
            return ()
        facts: list[tuple[str, str, Part]] = [("note", case.note, "plain")]
        if case.proxy_name:
            consent = words("screens.proxy-consent" if case.proxy_consent else "screens.proxy-no-consent")
            relation = f" ({case.proxy_relation})" if case.proxy_relation else ""
            facts.append(
                ("proxy", f"{case.proxy_name}{relation} {unbroken(case.proxy_telephone)} · {consent}", "plain")
            )
        if case.discharged is not None:
            window = "" if case.window is None else words("screens.window", last=day_said(case.window, words))
            facts.append(("discharged", day_said(case.discharged, words) + window, "plain"))
        for attempt in reversed(case.attempts):
            said = f"{moment_said(attempt.at, now, words)} – {words(attempt.outcome.label)}"
            if attempt.appointment is not None:
                said += f" {moment_said(attempt.appointment, now, words)}"
            facts.append(("attempt", f"{said} {attempt.note}".rstrip(), "faint"))
        rows: list[Line] = []
        for label, text, part in facts:
            if text:
                rows.extend(
                    hanging(((words(f"screens.case-{label}"), "label"),), text, part, width, 18 if width >= 56 else 2)
                )
        return rows[:height]


class CallsScreen(Page[None]):
    """The call list."""

    CSS_PATH = "calls.tcss"
    CONTEXTS: ClassVar[tuple[str, ...]] = ("calls",)
    HELP = "screens.calls-help"
    AUTO_FOCUS: ClassVar[str | None] = "RowList"

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._list: CallList | None = None
        self._ringable: set[str] = set()

    def compose(self) -> ComposeResult:
        """Title, the cases, what is known of the one pointed at, the keys."""
        words = self.words
        yield Banner(words)
        yield Plain(words("screens.calls"), id="title")
        yield RowList(id="cases")
        yield Plain(words("screens.calls-none", key=self.shell.actions["calls.add"].on_keyboard), id="none")
        yield CaseFacts(words)
        yield Keys(self.shell.actions, words, ("calls", "app"))

    def on_screen_resume(self) -> None:
        """Look again whenever one comes back here."""
        self.look()

    @work(group="look", exclusive=True)
    async def look(self, at: str | None = None) -> None:
        """Read the list and show it, pointing at one case where that is named."""
        listed = await self.find(call_list)
        if listed is not None:
            self._list = listed
            await self.show_whole(lambda: self._show(listed, at))

    async def reword(self) -> None:
        """In the language of now."""
        await super().reword()
        self.look()

    def resume(self, draft_id: str) -> None:
        """Go right on with an interview that was taken from the screen."""
        self.run_worker(take_up(self, draft_id, ringing=False), group=LEADING)

    def _show(self, listed: CallList, at: str | None = None) -> None:
        self.query_one(Banner).show(listed.rehearsal)
        rows = self.query_one("#cases", RowList)
        here = next((case for case in listed.cases if case.id == rows.here), None)
        if at is None and here is not None and here.id in self._ringable and _is_closed(here):
            # Who was rung is done with: on to who should be rung next.
            at = listed.cases[0].id
        self._ringable = {case.id for case in listed.cases if not _is_closed(case)}
        rows.show([self._row(case, listed) for case in listed.cases], at)
        rows.display = bool(listed.cases)
        if listed.cases and self.focused is None:
            rows.focus()
        self.query_one("#none").display = not listed.cases
        self._show_case()

    def _show_case(self) -> None:
        """What is known of the case pointed at, and what can be done with it."""
        case = self._here
        hidden = ["calls.start", "calls.attempt"] if case is None or _is_closed(case) else []
        if case is None or not case.attempts or casework.is_sealed(case):
            hidden.append("calls.take-back")
        self.query_one(Keys).hide(*hidden)
        if self._list is not None:
            self.query_one(CaseFacts).show(case, self._list.now)

    @property
    def _here(self) -> Case | None:
        key = self.query_one("#cases", RowList).here
        cases = () if self._list is None else self._list.cases
        return next((case for case in cases if case.id == key), None)

    def _row(self, case: Case, listed: CallList) -> Row:
        words, state = self.words, state_of(case)
        part: Part = "faint" if state.status is Status.CLOSED else "plain"
        if case.id in listed.drafts and state.appointment is not None:
            said = words("screens.case-under-way-time", moment=moment_said(state.appointment, listed.now, words))
        elif case.id in listed.drafts:
            said = words("screens.case-under-way")
        elif state.outcome is not None:
            said = words(state.outcome.label)
        elif state.appointment is not None:
            said = words("screens.case-time", moment=moment_said(state.appointment, listed.now, words))
        elif state.last is not None:
            key = "screens.case-rung-once" if state.rung == 1 else "screens.case-rung"
            said = words(key, count=state.rung, outcome=words(state.last.outcome.label))
        else:
            said = words("screens.case-not-rung")
        mark = {Status.CLOSED: "✓", Status.APPOINTMENT: "◷"}.get(state.status, " ")
        left: Line = ((mark, "faint"), (case.name, part), (case.telephone, part))
        return Row(case.id, left, ((said, "faint" if part == "faint" else "label"),), gives=1)

    @on(RowList.Pointed)
    def pointed(self) -> None:
        """Show what is known of the case pointed at."""
        self._show_case()

    @on(RowList.Taken)
    def start(self, event: RowList.Taken) -> None:
        """Enter rings: through the identity step, or on with the interview that is under way."""
        case = self._here
        if case is None or self._list is None or self.leads_on:
            return
        draft = self._list.drafts.get(case.id)
        if draft is not None:
            self.run_worker(take_up(self, draft, ringing=True), group=LEADING)
        elif _is_closed(case):
            self.notify(self.words("screens.case-closed"))
        else:
            self.run_worker(converse(self, case), group=LEADING)

    @work(group=LEADING)
    async def action_add(self) -> None:
        """Add a case by hand."""
        added = await self.app.push_screen_wait(CaseForm(self.shell))
        if added is not None:
            self.look(added.id)

    @work(group=LEADING)
    async def action_attempt(self) -> None:
        """Note how a ringing ended."""
        case = self._here
        if case is None or _is_closed(case):
            return
        outcome = await self.app.push_screen_wait(OutcomeList(self.shell, RINGINGS))
        if outcome is None:
            return
        when = None
        if outcome is Outcome.APPOINTMENT:
            clock = self.shell.unlocked.clock
            when = await self.app.push_screen_wait(AppointmentDialog(self.words, clock, case.window))
            if when is None:
                return
        await self._kept(casework.record_attempt, case, outcome, appointment=when)

    @work(group=LEADING)
    async def action_take_back(self) -> None:
        """Take back the ringing noted last; one that closed the case only once that is confirmed."""
        case = self._here
        if case is None or not case.attempts:
            return
        if casework.is_sealed(case):
            self.refuse(InterviewError("station.case-sealed"))
        elif not _is_closed(case) or await self.app.push_screen_wait(self._reopening(case)) == "2":
            await self._kept(casework.take_back_attempt, case)

    def _reopening(self, case: Case) -> Dialog:
        words = self.words
        text = words("screens.case-reopen", name=case.name, outcome=words(case.attempts[-1].outcome.label))
        options = tuple((str(n), words(f"screens.case-reopen-{n}")) for n in (1, 2))
        said = Said(words("screens.case-reopen-title"), ((text, "plain"),), options, careful=True)
        return Dialog(said, KeyGuard(self.shell.clock))

    async def _kept(self, change: Callable[..., Case], case: Case, *facts: object, **more: object) -> None:
        try:
            kept = await self.shell.writer.run(change, self.shell.unlocked, case, *facts, **more)
        except InterviewError as error:
            self.refuse(error)
            kept = case
        # Who is done with leads to who is next; whoever is not stays pointed at.
        self.look(None if _is_closed(kept) else kept.id)

    def action_leave(self) -> None:
        """Back to the home screen."""
        self.dismiss(None)
