"""The review: every question that applies with its answer; choosing one goes there."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.message import Message

from interview.messages import Catalogue
from interview.questionnaire.room import NAME_MARK
from interview.session.answers import KEYED, Address, Respondent
from interview.session.view import AnswerView
from interview.tui.drawing import Drawn
from interview.tui.key_guard import KeyGuard
from interview.tui.lines import BLANK, Line, Part, hanging, line_width, wrapped
from interview.tui.question import ESCAPED_DIGIT, QuestionPane

ROOMY = 12
"""From this height the list says which keys it takes."""
BESIDE = 64
"""From this width an answer stands beside its question, below it otherwise."""


@dataclass(frozen=True, slots=True)
class ReviewFacts:
    """What the review says above its list: how many questions are open, how many answers are missing to a response."""

    open_count: int
    lacking: int
    hint: str
    respondent: Respondent = Respondent.PATIENT
    """Who answers now; an answer that somebody else gave says who."""
    alarm: str = ""
    """What in the answers may point at somebody; empty where nothing was found."""


class ReviewPane(Drawn, can_focus=True):
    """A list of answers with one line pointed at; arrows and digits point, Enter goes there."""

    HELP: ClassVar[str] = "asking.help-review"

    @dataclass
    class Picked(Message):
        """A question was chosen to be changed."""

        address: Address

    def __init__(self, guard: KeyGuard, words: Catalogue, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.guard = guard
        self.words = words
        self._entries: tuple[AnswerView, ...] = ()
        self._facts = ReviewFacts(0, 0, "")
        self._here = 0
        self._top = 0
        self._typed = ""

    def show(self, entries: tuple[AnswerView, ...], facts: ReviewFacts) -> None:
        """Draw the answers as they are; the line pointed at stays where the same question is still there."""
        before = self.here
        self._entries, self._facts, self._typed = entries, facts, ""
        places = [n for n, entry in enumerate(entries) if before is not None and entry.address == before.address]
        self._here = places[0] if places else 0
        self.redraw()

    @property
    def here(self) -> AnswerView | None:
        """The answer pointed at."""
        return self._entries[self._here] if self._here < len(self._entries) else None

    def lines(self, width: int, height: int) -> Sequence[Line]:
        """What is missing, said once, and the list scrolled to the line pointed at."""
        head = self._head(width, height)
        blocks = [self._block(n, entry, width) for n, entry in enumerate(self._entries)]
        rows: list[Line] = []
        first: list[int] = []
        for block in blocks:
            first.append(len(rows))
            rows.extend(block)
        room = height - len(head)
        if blocks:
            start, end = first[self._here], first[self._here] + len(blocks[self._here])
            self._top = min(self._top, start)
            self._top = max(self._top, end - room)
        self._top = min(max(self._top, 0), max(len(rows) - room, 0))
        shown = rows[self._top : self._top + room]
        if self._top and shown:
            shown[0] = _arrowed(shown[0], "▲")
        if self._top + room < len(rows) and shown:
            shown[-1] = _arrowed(shown[-1], "▼")
        return [*head, *shown]

    def on_key(self, event: events.Key) -> None:
        """Arrows, Home and End and digits point; Enter goes to the question pointed at."""
        key = event.key
        if key in ("up", "down"):
            self._point(self._here + (1 if key == "down" else -1))
        elif key in ("home", "end"):
            self._point(0 if key == "home" else len(self._entries) - 1)
        elif len(key) == 1 and key.isdigit():
            self._type(key)
        elif key == "enter":
            if self.here is not None and self.guard.takes(key):
                self.post_message(self.Picked(self.here.address))
        elif key.startswith(ESCAPED_DIGIT) and key[len(ESCAPED_DIGIT) :].isdigit():
            self.post_message(QuestionPane.Escaped(key[len(ESCAPED_DIGIT) :]))
        else:
            self.guard.pressed(event)
            return
        event.stop()

    def on_paste(self, event: events.Paste) -> None:
        """Pasted text never chooses."""
        event.stop()

    def _point(self, place: int) -> None:
        self._here = min(max(place, 0), max(len(self._entries) - 1, 0))
        self._typed = ""
        self.redraw()

    def _type(self, digit: str) -> None:
        """Point at the question with the number typed so far, or with the digit alone."""
        for typed in (self._typed + digit, digit):
            place = next((n for n, entry in enumerate(self._entries) if str(entry.number) == typed), None)
            if place is not None:
                self._point(place)
                self._typed = typed
                return

    def _head(self, width: int, height: int) -> list[Line]:
        facts, words = self._facts, self.words
        rows: list[Line] = []
        if facts.lacking:
            rows.extend(((row, "warning"),) for row in wrapped(words("asking.review-low", count=facts.lacking), width))
        elif facts.open_count:
            key = "asking.review-open-one" if facts.open_count == 1 else "asking.review-open"
            rows.extend(((row, "warning"),) for row in wrapped(words(key, count=facts.open_count), width))
        if facts.alarm:
            rows.extend(((row, "warning"),) for row in wrapped(facts.alarm, width))
        if height >= ROOMY:
            rows.extend((*(((row, "faint"),) for row in wrapped(facts.hint, width)), BLANK))
        return rows

    def _block(self, place: int, entry: AnswerView, width: int) -> list[Line]:
        here: Part = "here" if place == self._here else "plain"
        head: Line = (("▶ " if place == self._here else "  ", here), (f"{entry.number:>3}  ", "key"))
        indent = line_width(head)
        text, answer = entry.question.replace(NAME_MARK, self.words("asking.say-name")), self._answer(entry)
        text = f"{text} ({entry.repetition})" if entry.repetition else text
        if width < BESIDE:
            below: Line = (("     ", "plain"), ("→ ", "faint"))
            return [*hanging(head, text, here, width, indent), *hanging(below, answer, _part_of(entry), width, indent)]
        column = width - width // 3
        asked = hanging(head, text, here, column - 2, indent)
        said = wrapped(answer, width // 3 - 1)
        rows: list[Line] = []
        for n in range(max(len(asked), len(said))):
            left = asked[n] if n < len(asked) else BLANK
            right: Line = ((said[n], _part_of(entry)),) if n < len(said) else BLANK
            rows.append((*left, (" " * (column - line_width(left)), "plain"), *right))
        return rows

    def _answer(self, entry: AnswerView) -> str:
        given_by = entry.given_by
        if given_by not in (None, self._facts.respondent) and (entry.answer or entry.missing in KEYED):
            said = entry.answer or self.words(f"session.missing.{entry.missing}")
            return f"{said} · {self.words(f'session.respondent.{given_by}')}"
        if entry.answer:
            return entry.answer
        return self.words(f"session.missing.{entry.missing}") if entry.missing else self.words("asking.review-empty")


def _part_of(entry: AnswerView) -> Part:
    if entry.answer:
        return "chosen"
    return "note" if entry.missing in KEYED else "warning"


def _arrowed(line: Line, arrow: str) -> Line:
    words, part = line[0] if line else ("  ", "plain")
    return ((words[:1] if words[:1].strip() else arrow, "key"), (words[1:], part), *line[1:])
