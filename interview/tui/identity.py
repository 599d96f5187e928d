"""Before an interview: who answers the telephone. Nothing read aloud here mentions care or a hospital.

What ends the ringing here is recorded as its outcome; an interview begins only with the person, or with a next of kin
the patient has agreed to.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.message import Message

from interview.calls.cases import Case
from interview.calls.outcomes import Outcome
from interview.calls.rules import Identity
from interview.errors import InterviewError
from interview.questionnaire.models import Text
from interview.questionnaire.room import LABEL_COLUMN, NAME_MARK, READABLE
from interview.station import casework
from interview.tui.appointment_dialog import AppointmentDialog
from interview.tui.desk import Desk
from interview.tui.dialogs import LOW, Dialog, Said
from interview.tui.drawing import Drawn
from interview.tui.internals import Leaving, bind
from interview.tui.key_guard import KeyGuard
from interview.tui.lines import BLANK, Line, Part, hanging, inline, line_width, unbroken, wrapped
from interview.tui.question_page import BAR, NO_BAR, WIDE
from interview.tui.surroundings import KeyLines


class Met(StrEnum):
    """With whom an interview begins."""

    PATIENT = "patient"
    PROXY = "proxy"


NOBODY = {"7": Outcome.NO_ANSWER, "8": Outcome.BUSY, "9": Outcome.MACHINE}
"""The digits for a ringing in which nobody was met."""


@dataclass(frozen=True, slots=True)
class IdentityFacts:
    """What the caller sees: whom they ring, what to say, what can be answered; `coming` while somebody is fetched."""

    whom: str
    note: str
    greeting: str
    errand: str
    answers: tuple[tuple[str, str], ...]
    rehearsal: bool
    coming: bool = False


class IdentityPane(Drawn, can_focus=True):
    """Draws what is said before the interview and takes the digits."""

    HELP: ClassVar[str] = "asking.help-identity"

    @dataclass
    class Pressed(Message):
        """A digit that counts."""

        digit: str

    def __init__(self, desk: Desk, guard: KeyGuard, facts: IdentityFacts) -> None:
        super().__init__()
        self.desk = desk
        self.guard = guard
        self.facts = facts
        self._offset = 0

    def show(self, facts: IdentityFacts) -> None:
        """Draw what is different now."""
        self.facts = facts
        self.redraw()

    def lines(self, width: int, height: int) -> Sequence[Line]:
        """Whom one rings and what to say at the top, the answers below; what does not fit is scrolled to."""
        head, answers, rest = self._parts(width)
        rows = [*head, BLANK, *answers, BLANK, *rest] if rest else [*head, BLANK, *answers]
        if len(rows) > height:
            rows = [row for row in rows if row != BLANK]
        most = max(len(rows) - height, 0)
        self._offset = min(max(self._offset, 0), most)
        shown = rows[self._offset : self._offset + height]
        if self._offset < most and shown:
            shown[-1] = (("▼", "key"), *_inside(shown[-1]))
        if self._offset and shown:
            shown[0] = (("▲", "key"), *_inside(shown[0]))
        return shown

    def on_key(self, event: events.Key) -> None:
        """Digits answer, arrows scroll."""
        digits = [digit for digit, _ in self.facts.answers]
        if event.key in digits:
            if self.guard.takes(event.key):
                self.post_message(self.Pressed(event.key))
        elif event.key in ("up", "down"):
            self._offset += 1 if event.key == "down" else -1
            self.redraw()
        else:
            self.guard.pressed(event)
            return
        event.stop()

    def on_paste(self, event: events.Paste) -> None:
        """Pasted text never answers."""
        event.stop()

    def _parts(self, width: int) -> tuple[list[Line], list[Line], list[Line]]:
        facts, words = self.facts, self.desk.words
        banner: Line = ((f" {words('asking.rehearsal')} ", "warning"), (" ", "plain")) if facts.rehearsal else ()
        head: list[Line] = [(*banner, (words("asking.identity"), "here"))]
        head.extend(self._labelled(words("asking.identity-whom"), facts.whom, "here", width))
        head.extend(self._labelled(words("asking.identity-note"), facts.note, "note", width))
        head.append(BLANK)
        head.extend(self._labelled(words("asking.aloud"), facts.greeting, "aloud", width))
        warning = "asking.identity-coming" if facts.coming else "asking.identity-silence"
        head.extend((NO_BAR[0], (" ", "plain"), (row, "warning")) for row in wrapped(words(warning), width - 2))
        answers: list[Line] = []
        for digit, text in facts.answers:
            before: Line = (("    ", "plain"), (digit, "key"), ("  ", "plain"))
            answers.extend(hanging(before, text, "option", width, line_width(before)))
        return head, answers, self._labelled(words("asking.identity-errand"), facts.errand, "aloud", width, above=True)

    def _labelled(self, label: str, text: str, part: Part, width: int, *, above: bool = False) -> list[Line]:
        if not text:
            return []
        bar = BAR if part == "aloud" else NO_BAR
        heading: Part = "bar" if part == "aloud" else "label"
        if width < WIDE:
            return inline(bar, (label, heading), text, part, width)
        before: Line = (*bar, (" ", "plain"), (label, heading))
        if above:
            rows = wrapped(text, min(width - 2, READABLE))
            return [(*NO_BAR, *before[1:]), *((*bar, (" ", "plain"), (row, part)) for row in rows)]
        first, *rest = hanging(before, text, part, min(width, LABEL_COLUMN + READABLE), LABEL_COLUMN)
        return [first, *((*bar, (" " * (LABEL_COLUMN - 1), "plain"), line[-1]) for line in rest)]


class IdentityScreen(Leaving[Met | None]):
    """Asks for the person; dismissed with whom the interview begins, None where none does and how it ended is kept."""

    CSS_PATH = "identity.tcss"
    AUTO_FOCUS: ClassVar[str | None] = "IdentityPane"
    VERTICAL_BREAKPOINTS = LOW

    def __init__(self, desk: Desk, case: Case | None) -> None:
        super().__init__()
        self.desk = desk
        self.case = case
        self.guard = desk.guard
        self._pane = IdentityPane(desk, self.guard, self._facts())
        self._occupied = False
        bind(self, desk.actions.bindings("identity", desk.words))

    def compose(self) -> ComposeResult:
        """What to say, and the keys."""
        yield self._pane
        keys = KeyLines()
        shown = ("identity.choose", "identity.doubt", "identity.leave", "app.help")
        keys.show(self.desk.keys(*shown))
        yield keys

    def on_mount(self) -> None:
        """Digits count once the greeting is there to be read."""
        self.call_after_refresh(self.guard.shown)

    def on_identity_pane_pressed(self, message: IdentityPane.Pressed) -> None:
        """Who answered, or how the ringing ended."""
        if self._occupied:
            return
        digit = message.digit
        self._occupied = digit != "2"
        if digit == "1":
            self._leave(Met.PATIENT)
        elif digit == "2":
            self._pane.show(self._facts(coming=True))
        else:
            self.run_worker(self._ended(digit))

    def action_doubt(self) -> None:
        """What to say to somebody who doubts the call; the form's own words name whom to ring, and wait for the right person."""
        if self._occupied:
            return
        words, contact = self.desk.words, self.desk.questionnaire.contact
        later = words("asking.identity-doubt-later", key=self.desk.key("interview.questions-back"))
        paragraphs: list[tuple[str, Part]] = [(words("asking.identity-doubt-aloud"), "aloud"), (later, "note")]
        if contact.errand is not None:
            paragraphs[:0] = [(self._said(contact.errand), "aloud")]
        closes = self.desk.actions["identity.doubt"].every_key
        said = Said(
            words("asking.identity-doubt"),
            tuple(paragraphs),
            hint=words("asking.close"),
            enter="close",
            help="asking.help-card",
            also_closes=closes,
        )
        self.app.push_screen(Dialog(said, self.guard))

    def action_leave(self) -> None:
        """Back; nothing is recorded."""
        if not self._occupied:
            self._leave(None)

    def _leave(self, met: Met | None) -> None:
        """Leave, with nothing more taken: a digit that comes right behind would else open its menu over what follows."""
        self._occupied = True
        self.dismiss(met)

    # How the ringing ended.

    async def _ended(self, digit: str) -> None:
        try:
            done = await self._asked(digit)
        finally:
            self._occupied = False
        if done is not None:
            self._leave(done if isinstance(done, Met) else None)

    async def _asked(self, digit: str) -> Met | bool | None:
        """With whom the interview begins; True where the ringing ended, None where it goes back to the greeting."""
        if digit in NOBODY:
            return await self._nobody(NOBODY[digit])
        match list(Identity)[int(digit) - 1]:
            case Identity.NOT_HOME:
                return await self._later()
            case Identity.CANNOT_SPEAK:
                return await self._prevented()
            case Identity.WRONG_NUMBER:
                return await self._confirmed(Outcome.WRONG_NUMBER, self.desk.words("asking.identity-wrong"))
            case _:
                return await self._confirmed(Outcome.DECEASED, self.desk.words("asking.identity-sorry"))

    async def _nobody(self, outcome: Outcome) -> bool | None:
        if outcome is not Outcome.MACHINE:
            return await self._confirmed(outcome, "")
        words, voicemail = self.desk.words, self._said(self.desk.questionnaire.contact.voicemail)
        return await self._confirmed(outcome, words("asking.identity-voicemail-only"), (voicemail, "aloud"))

    async def _later(self) -> bool | None:
        """Another time, agreed on or not."""
        words = self.desk.words
        text = words("asking.identity-not-home")
        if self.case is None:
            return await self._confirmed(Outcome.NOT_NOW, text)
        options = tuple((str(n), words(f"asking.identity-later-{n}")) for n in (1, 2, 3))
        title = words(Identity.NOT_HOME.label)
        match await self._ask(Said(title, ((text, "plain"),), options, careful=True)):
            case "1":
                when = await self.app.push_screen_wait(AppointmentDialog(words, self.desk.now, self.case.window))
                return None if when is None else await self._recorded(Outcome.APPOINTMENT, when)
            case "2":
                return await self._recorded(Outcome.NOT_NOW)
        return None

    async def _prevented(self) -> Met | bool | None:
        """The patient cannot speak: a next of kin with consent, another day, or never."""
        words, case = self.desk.words, self.case
        paragraphs: list[tuple[str, Part]] = [(words("asking.identity-prevented"), "plain")]
        if case is not None and case.proxy_consent:
            noted = words(
                "asking.identity-proxy-noted",
                name=case.proxy_name,
                relation=case.proxy_relation,
                telephone=unbroken(case.proxy_telephone),
            )
            paragraphs.append((noted, "here"))
        options = tuple((str(n), words(f"asking.identity-prevented-{n}")) for n in (1, 2, 3, 4))
        title, hint = words(Identity.CANNOT_SPEAK.label), words("asking.continue-esc")
        match await self._ask(Said(title, tuple(paragraphs), options, hint=hint, careful=True)):
            case "1":
                return Met.PROXY
            case "2":
                return await self._recorded(Outcome.NOT_NOW)
            case "3":
                return await self._recorded(Outcome.UNABLE)
            case "4":
                return await self._recorded(Outcome.LANGUAGE)
        return None

    async def _confirmed(self, outcome: Outcome, text: str, *more: tuple[str, Part]) -> bool | None:
        """Record how it ended once that is confirmed."""
        words = self.desk.words
        noted = words("asking.identity-noted", outcome=words(outcome.label))
        if self.case is None:
            noted = words("asking.identity-not-noted")
        said: tuple[tuple[str, Part], ...] = ((text, "plain"),) if text else ()
        ends = "confirm" if self.case is not None else "end"
        options = (("1", words(f"asking.identity-{ends}-1")), ("2", words("asking.identity-confirm-2")))
        title = words(outcome.label)
        chosen = await self._ask(Said(title, (*said, *more, (noted, "faint")), options, careful=True))
        return await self._recorded(outcome) if chosen == "1" else None

    async def _recorded(self, outcome: Outcome, when: datetime | None = None) -> bool | None:
        """Keep the ringing with its case; without a case there is nothing to keep it with."""
        desk, case = self.desk, self.case
        if case is None:
            return True
        try:
            await desk.writer.run(casework.record_attempt, desk.station, case, outcome, appointment=when)
        except InterviewError as error:
            message, remedy = desk.words.error(error)
            paragraphs: tuple[tuple[str, Part], ...] = ((message, "warning"), (remedy, "plain"))
            options = tuple((str(n), desk.words(f"asking.failed-{n}")) for n in (1, 2))
            again = await self._ask(Said(desk.words("asking.failed-title"), paragraphs, options, careful=True))
            return await self._recorded(outcome, when) if again == "1" else None
        return True

    async def _ask(self, said: Said) -> str | None:
        return await self.app.push_screen_wait(Dialog(said, self.guard))

    # What is said.

    def _facts(self, *, coming: bool = False) -> IdentityFacts:
        desk, case, contact = self.desk, self.case, self.desk.questionnaire.contact
        answers = [(str(n), desk.words(answer.label)) for n, answer in enumerate(Identity, 1)]
        answers += [(digit, desk.words(f"asking.identity-{outcome.value}")) for digit, outcome in NOBODY.items()]
        return IdentityFacts(
            whom="" if case is None else f"{case.name}   {unbroken(case.telephone)}",
            note="" if case is None else case.note,
            greeting=self._said(contact.greeting),
            errand="" if contact.errand is None else self._said(contact.errand),
            answers=tuple(answers),
            rehearsal=desk.rehearsal,
            coming=coming,
        )

    def _said(self, text: Text) -> str:
        """A wording in the interface's language, with the name where the case has one."""
        languages = (self.desk.words.language, *self.desk.questionnaire.languages)
        name = self.desk.words("asking.say-name") if self.case is None else self.case.name
        return next((text[language] for language in languages if language in text), "").replace(NAME_MARK, name)


def _inside(line: Line) -> Line:
    """The line without its first cell."""
    if not line:
        return line
    words, part = line[0]
    return ((words[1:], part), *line[1:])
