"""What stands around the question: where one is, how long it took, the answer just given, the keys, the outline."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from textual.geometry import Size

from interview.messages import Catalogue
from interview.questionnaire.models import Minutes
from interview.questionnaire.room import NAME_MARK
from interview.session.answers import Respondent
from interview.session.view import AnswerView, OutlineEntry
from interview.tui.drawing import Drawn
from interview.tui.lines import BLANK, Line, Part, flowing, justified, line_width, shortened, width_of, wrapped

NARROW = 72
"""Below this width the words around the question are the short ones."""
LEAST_QUESTION = 16
"""Cells of the question asked, beside the answer given; with fewer the answer stands alone."""
BEFORE_WAY_BACK = 3
"""Cells between the answer just given and the way back to it."""
SAYING = "-saying"
"""Class of the status line while something is said: it is as high as that needs."""


class Saved(StrEnum):
    """Whether what is on the screen rests on the disk; the value is the text's name."""

    YES = "saved"
    UNDER_WAY = "saving"
    NO = "not-saved"
    NOTHING = "saves-nothing"


@dataclass(frozen=True, slots=True)
class HeadingFacts:
    """Where the conversation is. `number` of `count` is the question, on the review how many are answered."""

    section: str = ""
    number: int = 0
    count: int = 0
    minutes: int = 0
    promised: Minutes | None = None
    respondent: Respondent = Respondent.PATIENT
    core_only: bool = False
    saved: Saved = Saved.YES
    rehearsal: bool = False


class Heading(Drawn):
    """One or two lines above the question."""

    def __init__(self, words: Catalogue, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.words = words
        self.facts = HeadingFacts()

    def show(self, facts: HeadingFacts) -> None:
        """Draw where the conversation is now."""
        self.facts = facts
        self.redraw()

    def now(self, *, saved: Saved | None = None, minutes: int | None = None) -> None:
        """Only this is different now."""
        facts = self.facts
        self.show(
            replace(
                facts,
                saved=facts.saved if saved is None else saved,
                minutes=facts.minutes if minutes is None else minutes,
            )
        )

    def lines(self, width: int, height: int) -> Sequence[Line]:
        """Two lines where there is room, else the same in one."""
        facts, words = self.facts, self.words
        short = width < NARROW
        banner: Line = ((f" {words('asking.rehearsal')} ", "warning"), (" ", "plain")) if facts.rehearsal else ()
        saved: Line = ((words(f"asking.{facts.saved}"), "good" if facts.saved is Saved.YES else "warning"),)
        if height < 2:
            place = f"{facts.number}/{facts.count}" if facts.number else ""
            right: Line = ((place, "plain"), ("  ", "plain"), self._minutes(short=True), ("  ", "plain"))
            mark: Line = ((saved[0][0].partition(" ")[0], saved[0][1]),)
            return (justified((*banner, (facts.section, "label")), (*right, *mark), width),)
        key = "question-of" if facts.number else "questions-ahead"
        number = words(f"asking.{key}", number=facts.number, count=facts.count)
        who = words("asking.who", who=words(f"session.respondent.{facts.respondent}"))
        if facts.core_only:
            who = f"{who} · {words('asking.core-only')}"
        left: Line = ((who, "label"), ("   ", "plain"), self._minutes(short=short))
        if line_width(left) + line_width(saved) >= width:
            left = (*left[:-1], self._minutes(short=True))
        return (
            justified((*banner, (facts.section, "here")), ((number, "here"),), width),
            justified(left, saved, width),
        )

    def _minutes(self, *, short: bool) -> tuple[str, Part]:
        facts = self.facts
        promised = facts.promised
        if promised is None:
            return "", "plain"
        over = facts.minutes >= promised.ask_after
        key = f"asking.minutes{'-over' if over else ''}{'-short' if short else ''}"
        text = self.words(key, minutes=facts.minutes, least=promised.least, most=promised.most)
        return text, "warning" if over else "label"


class StatusLine(Drawn):
    """The answer just given and the way back, always; above it what the program has to say, for a moment."""

    def __init__(self, words: Catalogue, way_back: str, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.words = words
        self.way_back = way_back
        self._last: AnswerView | None = None
        self._said: tuple[str, Part] | None = None

    def show(self, last: AnswerView | None) -> None:
        """The answer just given; what was said before is over."""
        self._last = last
        self.all_clear()
        self.redraw()

    def say(self, text: str, part: Part = "warning") -> None:
        """Say this above the answer just given, until the next, on as many lines as it takes."""
        self._said = (text, part)
        self.add_class(SAYING)
        self.refresh(layout=True)
        self.redraw()

    def all_clear(self) -> None:
        """Nothing is said any more."""
        if self._said is not None:
            self._said = None
            self.remove_class(SAYING)
            self.redraw()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """What is said, whole, and the answer just given."""
        return len(self._rows(width)) + 1

    def lines(self, width: int, height: int) -> Sequence[Line]:
        """What is said, and on the last line the answer just given."""
        rows = self._rows(width)[: height - 1]
        return [*rows, *[BLANK] * (height - 1 - len(rows)), self._given(width)]

    def _rows(self, width: int) -> list[Line]:
        said = self._said
        return [((row, said[1]),) for row in wrapped(said[0], width)] if said else []

    def _given(self, width: int) -> Line:
        if self._last is None:
            return ((self.words("asking.nothing-yet"), "faint"),)
        key = "asking.way-back" if width >= NARROW else "asking.way-back-short"
        right: Line = ((self.words(key, key=self.way_back), "faint"),)
        room = width - line_width(right) - BEFORE_WAY_BACK
        return justified(self._line(self._last, room), right, width)

    def _line(self, last: AnswerView, room: int) -> Line:
        words = self.words
        missing = f"session.missing.{last.missing}" if last.missing else "asking.no-answer"
        answer = shortened(last.answer or words(missing), room - LEAST_QUESTION)
        question = last.question.replace(NAME_MARK, words("asking.say-name"))
        before, _, after = words("asking.last", question="\0", answer=answer).partition("\0")
        asked = room - width_of(before) - width_of(after)
        if asked < LEAST_QUESTION:
            short = words("asking.last-short", answer="")
            answer = shortened(last.answer or words(missing), room - width_of(short))
            return (short, "faint"), (answer, "chosen")
        arrow = after[: len(after) - len(answer)]
        return (before + shortened(question, asked) + arrow, "faint"), (answer, "chosen")


class KeyLines(Drawn):
    """The two lines of keys; what does not fit is left out from the right, so the first ones matter most."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._rows: tuple[tuple[tuple[str, str], ...], ...] = ()
        self._covered = False

    def covered(self, by_dialog: bool) -> None:
        """Say no keys while a dialog takes them: those that answer are said there."""
        self._covered = by_dialog
        self.redraw()

    def show(self, *rows: tuple[tuple[str, str], ...]) -> None:
        """Rows of keys with what they do."""
        if rows != self._rows:
            self._rows = rows
            self.redraw()

    def lines(self, width: int, height: int) -> Sequence[Line]:
        """One line for each row."""
        return [BLANK if self._covered else _one_line(row, width) for row in self._rows]


class Outline(Drawn):
    """The sections at the side of a wide screen, with how much of each is answered."""

    def __init__(self, words: Catalogue, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.words = words
        self._entries: tuple[OutlineEntry, ...] = ()

    def show(self, entries: tuple[OutlineEntry, ...]) -> None:
        """Draw the sections as they stand now."""
        self._entries = entries
        if self.display:
            self.redraw()

    def lines(self, width: int, height: int) -> Sequence[Line]:
        """A heading and one line for each section."""
        rows: list[Line] = [((self.words("asking.outline"), "label"),), BLANK]
        for entry in self._entries:
            done = entry.answered >= entry.count
            mark = "▶ " if entry.current else "✓ " if done else "  "
            part: Part = "here" if entry.current else "plain"
            left: Line = ((mark, "good" if done and not entry.current else part), (entry.title, part))
            rows.append(justified(left, ((f"{entry.answered}/{entry.count}", "label"),), width))
        return rows


class TooSmall(Drawn):
    """Covers a screen that is too small to ask on; everything is as it was when the window is larger again."""

    def __init__(self, words: Catalogue, least: tuple[int, int], *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.words = words
        self.least = least

    def lines(self, width: int, height: int) -> Sequence[Line]:
        """What to do, and the sizes."""
        text = self.words(
            "asking.too-small", width=self.least[0], height=self.least[1], now_width=width, now_height=height
        )
        return [((row, "warning" if n == 0 else "plain"),) for n, row in enumerate(wrapped(text, width))]


def _one_line(row: tuple[tuple[str, str], ...], width: int) -> Line:
    short = {"PageUp": "PgUp", "PageDown": "PgDn"} if width < NARROW else {}
    groups: list[Line] = [((short.get(key, key), "key"), (f" {label}", "faint")) for key, label in row]
    fitting = flowing(groups, width, gap=2)
    return fitting[0] if fitting else BLANK
