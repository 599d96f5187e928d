"""The home screen: what waits. Interviews under way are told apart without anything that points at a person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Final

from textual import on, work
from textual.app import ComposeResult

from interview.calls.rules import Status, state_of
from interview.errors import InterviewError
from interview.messages import Catalogue
from interview.station import answering, casework
from interview.station.answering import DraftLine
from interview.station.setup import recovery_confirmed
from interview.station.surveys import State, SurveyLine, choose_survey, others_waiting, surveys
from interview.tui.banner import Banner
from interview.tui.drawing import Drawn
from interview.tui.footer import Keys
from interview.tui.key_guard import KeyGuard
from interview.tui.lines import Line, hanging, justified, shortened, width_of, wrapped
from interview.tui.moments import moment_said
from interview.tui.plain import Plain
from interview.tui.rows import Row, RowList
from interview.tui.shell import LEADING, Page, Shell

MOST_SURVEYS: Final = 9
"""A survey is chosen by one digit."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Everything the home screen shows, as values; `trouble` is what keeps the station from tidying, in words."""

    survey: str
    unit: str
    rehearsal: bool
    now: datetime
    drafts: tuple[DraftLine, ...]
    to_ring: int
    next_time: datetime | None
    responses: int
    minimum: int
    trouble: str = ""
    recovery_due: bool = False
    """Whether the recovery code is to be typed back before an interview can begin (T21)."""
    surveys: tuple[SurveyLine, ...] = ()
    """Those new interviews can begin with."""
    of_others: int = 0
    """Responses of other surveys than the one in force that wait, replaced and closed ones too."""


def look(shell: Shell) -> Waiting:
    """What waits at the station; runs in the writer's thread."""
    station = shell.unlocked
    survey, trouble = station.survey, station.tidier.trouble
    states = [state_of(case) for case in casework.cases(station)]
    times = [state.appointment for state in states if state.appointment is not None]
    return Waiting(
        survey=survey.title,
        unit=station.unit.name,
        rehearsal=station.rehearsal,
        now=station.clock(),
        drafts=answering.drafts(station, shell.words.language),
        to_ring=sum(state.status is not Status.CLOSED for state in states),
        next_time=min(times, default=None),
        responses=station.responses.waiting_count(station.survey_hash),
        minimum=survey.minimum_batch,
        recovery_due=not station.rehearsal and not recovery_confirmed(station),
        trouble="" if trouble is None else " ".join(shell.words.error(trouble)),
        surveys=tuple(line for line in surveys(station) if line.state in (State.IN_FORCE, State.OPEN))[:MOST_SURVEYS],
        of_others=sum(line.waiting for line in others_waiting(station, station.survey_hash)),
    )


def survey_told(line: SurveyLine) -> str:
    """A survey so that it cannot be taken for another."""
    return f"{line.title} · {line.id} {line.version} · {line.starts} – {line.ends}"


class Facts(Drawn):
    """What waits besides interviews: calls, responses, and what is wrong, if anything is."""

    def __init__(self, words: Catalogue) -> None:
        super().__init__(id="facts")
        self.words = words
        self._waiting: Waiting | None = None

    def show(self, waiting: Waiting) -> None:
        """Draw what waits now."""
        self._waiting = waiting
        self.refresh(layout=True)
        self.redraw()

    def get_content_height(self, container: object, viewport: object, width: int) -> int:
        """As many lines as it takes."""
        return len(self.lines(width, 12))

    def lines(self, width: int, height: int) -> Sequence[Line]:
        """A label and what waits, for calls and for responses."""
        waiting, words = self._waiting, self.words
        if waiting is None:
            return ()
        calls = words("screens.home-calls", count=waiting.to_ring)
        if waiting.next_time is not None:
            calls += words("screens.home-next-time", moment=moment_said(waiting.next_time, waiting.now, words))
        enough = "enough" if waiting.responses >= waiting.minimum else "few"
        export = words(f"screens.home-{enough}", count=waiting.responses, minimum=waiting.minimum)
        if waiting.of_others:
            export += words("screens.home-of-others", count=waiting.of_others)
        rows: list[Line] = []
        for label, text in (("screens.home-calls-label", calls), ("screens.home-export-label", export)):
            name = words(label)
            indent = 20 if width >= 60 else width_of(name) + 2
            rows.extend(hanging(((name, "label"),), text, "plain", width, indent))
        for text in (words("screens.home-recovery") if waiting.recovery_due else "", waiting.trouble):
            rows.extend(((row, "warning"),) for row in (wrapped(text, width) if text else ()))
        return rows


class HomeScreen(Page[None]):
    """What waits, and the ways from here."""

    CSS_PATH = "home.tcss"
    CONTEXTS: ClassVar[tuple[str, ...]] = ("home",)
    HELP = "screens.home-help"
    AUTO_FOCUS: ClassVar[str | None] = "RowList"

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._waiting: Waiting | None = None

    def compose(self) -> ComposeResult:
        """Banner, whose station it is, interviews under way, what else waits, the keys."""
        words = self.words
        yield Banner(words)
        yield Title()
        yield Plain(words("screens.home-drafts"), id="drafts-label")
        yield RowList(id="drafts")
        yield Plain(self._no_drafts(), id="no-drafts")
        yield Facts(words)
        yield Keys(self.shell.actions, words, ("home", "app"))

    def on_screen_resume(self) -> None:
        """Look again whenever one comes back here."""
        self.look()

    @work(group="look", exclusive=True)
    async def look(self) -> None:
        """Ask the station what waits, and show it."""
        waiting = await self.find(look)
        if waiting is not None:
            self._waiting = waiting
            await self.show_whole(lambda: self._show(waiting))

    async def reword(self) -> None:
        """In the language of now; the labels of the drafts change too."""
        await super().reword()
        self.look()

    def resume(self, draft_id: str) -> None:
        """Go right on with an interview that was taken from the screen."""
        self._take_up(draft_id, ringing=False)

    def _take_up(self, draft_id: str, *, ringing: bool) -> None:
        from interview.tui.conversations import take_up  # noqa: PLC0415  imported when the first conversation opens

        self.run_worker(take_up(self, draft_id, ringing=ringing), group=LEADING)

    def _show(self, waiting: Waiting) -> None:
        self.query_one(Banner).show(waiting.rehearsal)
        self.query_one(Title).show(waiting)
        self.query_one("#drafts", RowList).show([self._row(line, waiting.now) for line in waiting.drafts])
        self.query_one("#drafts").display = bool(waiting.drafts)
        self.query_one("#no-drafts").display = not waiting.drafts
        self.query_one(Facts).show(waiting)
        hidden = [] if waiting.drafts else ["home.resume"]
        self.query_one(Keys).hide(*hidden, *([] if len(waiting.surveys) > 1 else ["home.survey"]))
        if waiting.drafts and self.focused is None:
            self.query_one("#drafts").focus()

    def _row(self, line: DraftLine, now: datetime) -> Row:
        words = self.words
        place = words("screens.draft-place", number=line.number, count=line.count)
        if not line.count:
            place = words("screens.draft-review")
        who = words(f"session.respondent.{line.respondent}")
        old = words("screens.draft-version", version=line.questionnaire.rpartition(" ")[2]) if not line.current else ""
        started = moment_said(line.started, now, words)
        return Row(line.id, ((line.label, "plain"), (started, "faint"), (place, "faint")), ((who + old, "faint"),))

    def _no_drafts(self) -> str:
        new, calls = (self.shell.actions[action].on_keyboard for action in ("home.new", "home.calls"))
        return self.words("screens.home-no-drafts", new=new, calls=calls)

    @on(RowList.Taken)
    def take(self, event: RowList.Taken) -> None:
        """Enter on an interview rings again and goes on with it."""
        if not self.leads_on:
            self._take_up(event.key, ringing=True)

    def action_resume(self) -> None:
        """Ring again and go on with the interview pointed at."""
        draft = self.query_one("#drafts", RowList).here
        if draft is not None:
            self._take_up(draft, ringing=True)

    def action_new(self) -> None:
        """A conversation with somebody who is not on the call list."""
        from interview.tui.conversations import converse  # noqa: PLC0415

        self.run_worker(converse(self, None), group=LEADING)

    def action_calls(self) -> None:
        """The call list."""
        from interview.tui.calls import CallsScreen  # noqa: PLC0415

        self.app.push_screen(CallsScreen(self.shell))

    def action_export(self) -> None:
        """What waits, as a batch."""
        from interview.tui.export import ExportScreen  # noqa: PLC0415

        self.app.push_screen(ExportScreen(self.shell))

    def action_questionnaires(self) -> None:
        """The questionnaires here."""
        from interview.tui.questionnaires import QuestionnairesScreen  # noqa: PLC0415

        self.app.push_screen(QuestionnairesScreen(self.shell))

    def action_keys(self) -> None:
        """Who can open the station."""
        from interview.tui.keys import KeysScreen  # noqa: PLC0415

        self.app.push_screen(KeysScreen(self.shell))

    @work(group=LEADING)
    async def action_backup(self) -> None:
        """A backup of the responses."""
        from interview.tui.copies import back_up_here  # noqa: PLC0415

        await back_up_here(self)

    @work(group=LEADING)
    async def action_survey(self) -> None:
        """Choose the survey new interviews belong to."""
        waiting, words = self._waiting, self.words
        if waiting is None or len(waiting.surveys) < 2:
            return
        from interview.tui.dialogs import Dialog, Said  # noqa: PLC0415  when several surveys are open

        options = tuple((str(number), self._told(line)) for number, line in enumerate(waiting.surveys, 1))
        said = Said(words("screens.home-survey-title"), options=options, hint=words("screens.home-survey-hint"))
        chosen = await self.app.push_screen_wait(Dialog(said, KeyGuard(self.shell.clock)))
        if chosen is None:
            return
        try:
            survey = waiting.surveys[int(chosen) - 1].hash
            await self.shell.writer.run(choose_survey, self.shell.unlocked, survey)
            self.shell.note("survey-chosen")
        except InterviewError as error:
            self.refuse(error)
        self.look()

    def _told(self, line: SurveyLine) -> str:
        """A survey so that it cannot be taken for another, and whether it is the one of now."""
        told, in_force = survey_told(line), line.state is State.IN_FORCE
        return f"{told} · {self.words('survey.state-in-force')}" if in_force else told

    async def action_lock(self) -> None:
        """Lock the station."""
        await self.app.run_action("lock")

    async def action_quit(self) -> None:
        """Close the station and end the program."""
        await self.app.run_action("leave")


class Title(Drawn):
    """The survey at the left, the unit at the right."""

    def __init__(self) -> None:
        super().__init__(id="title")
        self._waiting: Waiting | None = None

    def show(self, waiting: Waiting) -> None:
        """Whose station it is."""
        self._waiting = waiting
        self.redraw()

    def lines(self, width: int, height: int) -> Sequence[Line]:
        """One line."""
        waiting = self._waiting
        if waiting is None:
            return ()
        if width < width_of(waiting.survey) + width_of(waiting.unit) + 2:
            return (((shortened(waiting.unit, width), "label"),),)
        return (justified(((waiting.survey, "here"),), ((waiting.unit, "label"),), width),)
