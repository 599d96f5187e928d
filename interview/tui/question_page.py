"""How one item looks: a page of lines worked out from a `QuestionView`, pure.

What is read aloud carries a bar at the left edge and the word that says so; what only the caller sees carries a label.
The question and the keys stay where they are when the page is low; what lies between scrolls.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from interview.messages import Catalogue
from interview.questionnaire.models import ItemType
from interview.questionnaire.room import LABEL_COLUMN, NAME_MARK, NUMBERED_SCALE, READABLE
from interview.session.answers import Missing, Respondent
from interview.session.spelling import TYPED
from interview.session.view import OptionView, QuestionView
from interview.tui.lines import BLANK, Line, Part, flowing, hanging, inline, line_width, wrapped

WIDE = 64
"""From this width labels stand in a column of their own."""
BAR: Line = (("▌", "bar"),)
NO_BAR: Line = ((" ", "plain"),)
MISSING_ACTIONS = {Missing.UNKNOWN: "unknown", Missing.DECLINED: "declined", Missing.NOT_APPLICABLE: "not-applicable"}
"""The action of each kind of no answer, in the order their keys are shown."""


@dataclass(frozen=True, slots=True)
class PageWords:
    """The words of the page in the interface's language; keys stand in `missing` and `go_on…` as they are bound."""

    aloud: str
    by_caller: str
    instruction: str
    probe: str
    options_aloud: str
    options_silent: str
    several: str
    scale: str
    chosen: str
    go_on: str
    go_on_several: str
    go_on_read: str
    text_on: str
    say_name: str
    typed_label: str
    typed: Mapping[ItemType, str]
    limits: Mapping[tuple[bool, bool], str]
    missing: Mapping[Missing, tuple[str, str]]
    given_by: Mapping[Respondent, str]
    weekdays: tuple[str, ...]


def page_words(words: Catalogue, keys: Mapping[str, str]) -> PageWords:
    """The page's words in a language; `keys` names the key of each action (`interview.unknown` → `F6`)."""
    return PageWords(
        aloud=words("asking.aloud"),
        by_caller=words("asking.by-caller"),
        instruction=words("asking.instruction"),
        probe=words("asking.probe"),
        options_aloud=words("asking.options-aloud"),
        options_silent=words("asking.options-silent"),
        several=words("asking.several"),
        scale=words("asking.scale"),
        chosen=words("asking.chosen"),
        go_on=words("asking.go-on", key=keys["go-on"]),
        go_on_several=words("asking.go-on-several", key=keys["go-on"]),
        go_on_read=words("asking.go-on-read", key=keys["go-on"]),
        text_on=words("asking.text-on", key=keys["text-done"]),
        say_name=words("asking.say-name"),
        typed_label=words("asking.typed"),
        typed={item_type: words(f"asking.typed-{item_type}") for item_type in TYPED},
        limits={
            (True, True): words("asking.limits"),
            (True, False): words("asking.from"),
            (False, True): words("asking.to"),
        },
        missing={
            missing: (keys[action], words(f"actions.interview.{action}")) for missing, action in MISSING_ACTIONS.items()
        },
        given_by={respondent: words(f"session.respondent.{respondent}") for respondent in Respondent},
        weekdays=tuple(words("asking.weekdays").split()),
    )


def digits_of(view: QuestionView) -> str:
    """The digits that answer, as they stand in the lines of keys: `1–3`; empty where none does."""
    if view.type is ItemType.SCALE:
        low, high = view.minimum or 0, view.maximum or 0
        return f"{low}–{min(high, 9)}" if low < 9 and high < 10 else "0–9"
    last = len(view.options)
    return "" if not last else f"1–{last}" if last < 10 else "1–9, 0"


@dataclass(frozen=True, slots=True)
class Page:
    """The lines of an item: `top` and `foot` are pinned, `body` scrolls where it does not fit."""

    top: tuple[Line, ...]
    body: tuple[Line, ...]
    foot: tuple[Line, ...]


def page(
    view: QuestionView,
    words: PageWords,
    respondent: Respondent,
    width: int,
    height: int,
    *,
    understood: str | None = None,
) -> Page:
    """The page of an item at a size; `understood` is how what is being typed is read, None where that is kept already.

    Where it is too high, empty lines go first; then the notes for the caller move below the options; then the
    question scrolls along with the rest.
    """
    maker = _PageMaker(view, words, respondent, width, understood)
    airy = maker.page(air=True)
    if _height(airy) <= height:
        return airy
    tight = maker.page(air=False)
    if _height(tight) <= height:
        return _aired(airy, height)
    low = maker.page(air=False, notes_last=True)
    least = min(3, len(low.body))
    if len(low.top) + len(low.foot) + least <= height:
        return low
    return Page((), low.top + low.body, low.foot if len(low.foot) < height else ())


def visible(drawn: Page, height: int, offset: int) -> tuple[list[Line], int]:
    """The lines on the screen and the offset that was possible; arrows at the edge say that there is more."""
    room = max(height - len(drawn.top) - len(drawn.foot), 0)
    most = max(len(drawn.body) - room, 0)
    offset = min(max(offset, 0), most)
    body = list(drawn.body[offset : offset + room])
    if most:
        if offset and body:
            body[0] = _marked(body[0], "▲")
        if offset < most and body:
            body[-1] = _marked(body[-1], "▼")
        return [*drawn.top, *body, *drawn.foot], offset
    filling = [BLANK] * (room - len(body))
    return [*drawn.top, *body, *filling, *drawn.foot], offset


def _marked(line: Line, arrow: str) -> Line:
    """The line with an arrow in its first cell, which is a bar or empty."""
    words, _ = line[0] if line else (" ", "plain")
    return ((arrow, "key"), (words[1:], "plain"), *line[1:])


def _height(drawn: Page) -> int:
    return len(drawn.top) + len(drawn.body) + len(drawn.foot)


def _aired(airy: Page, height: int) -> Page:
    """The airy page without as many of its empty lines, from below, as it is too high."""
    surplus = _height(airy) - height
    parts = []
    for lines in (airy.foot, airy.body, airy.top):
        kept: list[Line] = []
        for line in reversed(lines):
            if surplus > 0 and line == BLANK:
                surplus -= 1
                continue
            kept.append(line)
        parts.append(tuple(reversed(kept)))
    return Page(parts[2], parts[1], parts[0])


class _PageMaker:
    """The parts of a page at one width."""

    def __init__(
        self, view: QuestionView, words: PageWords, respondent: Respondent, width: int, understood: str | None
    ) -> None:
        self.view = view
        self.understood = understood
        self.words = words
        self.respondent = respondent
        self.width = width
        self.wide = width >= WIDE
        self.indent = LABEL_COLUMN if self.wide else 2
        self.text_width = min(width - 1, self.indent + READABLE)

    def page(self, *, air: bool, notes_last: bool = False) -> Page:
        """The page with empty lines between its parts or without."""
        gap = (BLANK,) if air else ()
        top = (*gap, *self.question())
        before, after = self.note(self.words.instruction, self.view.instruction), ()
        answers = self.answers(gap)
        probe = self.note(self.words.probe, self.view.probe)
        if notes_last:
            before, after = (), before
        groups = [group for group in (before, answers, after, probe) if group]
        body = tuple(line for group in groups for line in (*gap, *group))
        foot = self.foot()
        return Page(top, body, (*gap, *foot) if foot else ())

    def question(self) -> tuple[Line, ...]:
        """The question itself, told apart by whether it is read aloud."""
        view, words = self.view, self.words
        text = view.text.replace(NAME_MARK, words.say_name)
        label = words.aloud if view.read_aloud else words.by_caller
        part: Part = "aloud" if view.read_aloud else "option"
        bar = BAR if view.read_aloud else NO_BAR
        return self._labelled(bar, label, text, part)

    def note(self, label: str, text: str) -> tuple[Line, ...]:
        """What only the caller sees, with its label."""
        if not text:
            return ()
        return self._labelled(NO_BAR, label, text.replace(NAME_MARK, self.words.say_name), "note")

    def answers(self, gap: tuple[Line, ...]) -> tuple[Line, ...]:
        """The options, the scale, or what is to be typed in the line below; nothing for a text, whose field lies below."""
        if self.view.type in (ItemType.CHOICE, ItemType.CHOICES, ItemType.YES_NO):
            return self.options()
        if self.view.type in TYPED:
            return self.typed()
        if self.view.type is ItemType.SCALE:
            return self.scale()
        return ()

    def options(self) -> tuple[Line, ...]:
        """One option after the other, the label beside the first or, on a narrow screen, above."""
        view, words = self.view, self.words
        label = words.options_aloud if view.read_options else words.options_silent
        if view.type is ItemType.CHOICES:
            label = f"{label}, {words.several}"
        bar = BAR if view.read_options else NO_BAR
        labels = wrapped(label, (LABEL_COLUMN if self.wide else self.width) - 3)
        lines = [line for option in view.options for line in self._option(option, bar)]
        if not self.wide:
            return (*((*bar, (" ", "plain"), (row, "label")) for row in labels), *lines)
        lines.extend([(*bar, (" " * (self.indent - 1), "plain"))] * (len(labels) - len(lines)))
        return tuple(_with_label(line, labels[n]) if n < len(labels) else line for n, line in enumerate(lines))

    def typed(self) -> tuple[Line, ...]:
        """What is typed below, within which limits, and how what is typed so far was understood."""
        view, words = self.view, self.words
        low, high = view.limits
        limits = words.limits.get((bool(low), bool(high)), "").format(low=low, high=high)
        wanted = ", ".join(part for part in (words.typed[view.type], limits) if part)
        lines = self._labelled(NO_BAR, words.typed_label, f"{wanted} {view.unit}".rstrip(), "note")
        if view.type is ItemType.LINE or (self.understood is None and view.value is None) or self.understood == "":
            return lines
        shown = f"{view.written if self.understood is None else self.understood} {view.unit}".rstrip()
        if view.type is ItemType.DATE:
            shown = f"{words.weekdays[date.fromisoformat(shown).weekday()]} {shown}"
        told: Line = (("● ", "chosen"), (f"{shown}  ✓ {words.chosen}{self._giver()}", "chosen"))
        if self.understood is not None:
            told = (("→ ", "faint"), (shown, "note"))
        return (*lines, ((" " * (self.indent if self.wide else 2), "plain"), *told))

    def scale(self) -> tuple[Line, ...]:
        """All numbers on a line, the chosen one between brackets, and what the ends mean."""
        view, words = self.view, self.words
        low, high = view.minimum or 0, view.maximum or 0
        indent = self.indent
        value = view.value if isinstance(view.value, int) else None
        rows: list[Line] = []
        if high - low < NUMBERED_SCALE:
            numbers: list[tuple[str, Part]] = []
            for number in range(low, high + 1):
                shown = f"[{number}]" if number == value else f" {number} "
                numbers.append(
                    (shown if self.wide else shown.rstrip() if number != value else shown, _scale_part(number == value))
                )
                if self.wide:
                    numbers.append((" ", "plain"))
            rows.append(tuple(numbers))
        ends = "  ".join(
            f"{end} = {text}" for end, text in ((low, view.minimum_label), (high, view.maximum_label)) if text
        )
        rows.extend(((words_, "faint"),) for words_ in wrapped(ends, self.width - indent - 2) if words_)
        if value is not None:
            rows.append((("● ", "chosen"), (f"{value}  ✓ {words.chosen}{self._giver()}", "chosen")))
        label = words.scale.format(low=low, high=high)
        first: Line = (*NO_BAR, (" ", "plain"), (label, "label"))
        if not self.wide:
            return (first, *((("  ", "plain"), *row) for row in rows))
        pad = " " * max(indent - line_width(first), 1)
        return tuple(
            (*first, (pad, "plain"), *row) if n == 0 else ((" " * indent, "plain"), *row) for n, row in enumerate(rows)
        )

    def foot(self) -> tuple[Line, ...]:
        """The keys of the kinds of no answer, the one chosen marked, and how to go on."""
        view, words = self.view, self.words
        groups: list[Line] = []
        for missing in (missing for missing in MISSING_ACTIONS if missing in view.missing_keys):
            key, label = words.missing[missing]
            if view.missing is missing:
                groups.append((("● ", "chosen"), (f"{key} {label}  ✓ {words.chosen}{self._giver()}", "chosen")))
            else:
                groups.append(((key, "key"), (f" {label}", "plain")))
        going_on = self._going_on()
        if going_on:
            groups.append(((going_on, "faint"),))
        indent = self.indent if self.wide else 1
        return tuple(((" " * indent, "plain"), *line) for line in flowing(groups, self.width - indent - 1))

    def _going_on(self) -> str:
        view, words = self.view, self.words
        if view.type is ItemType.DISPLAY:
            return words.go_on_read
        if not self.wide:
            return ""  # The lines of keys say so too.
        if view.type is ItemType.TEXT:
            return words.text_on
        answered = view.value is not None or view.missing in view.missing_keys
        if view.type is ItemType.CHOICES:
            return words.go_on if answered else words.go_on_several
        return words.go_on if answered or view.type is ItemType.SCALE or view.type in TYPED else ""

    def _option(self, option: OptionView, bar: Line) -> list[Line]:
        mark = "● " if option.chosen else "  "
        part: Part = "chosen" if option.chosen else "aloud" if self.view.read_options else "option"
        text = option.text.replace(NAME_MARK, self.words.say_name)
        if option.chosen:
            text = f"{text}  ✓ {self.words.chosen}{self._giver()}"
        indent = self.indent if self.wide else 1
        head: Line = (
            *bar,
            (" " * (indent - 1), "plain"),
            (mark, "chosen" if option.chosen else "plain"),
            (f"{option.digit} ", "key"),
            (" ", "plain"),
        )
        lines = hanging(head, text, part, self.text_width, line_width(head))
        return [lines[0], *((*bar, (" " * (line_width(head) - 1), "plain"), line[-1]) for line in lines[1:])]

    def _giver(self) -> str:
        giver = self.view.given_by
        return "" if giver is None or giver is self.respondent else f" · {self.words.given_by[giver]}"

    def _labelled(self, bar: Line, label: str, text: str, part: Part) -> tuple[Line, ...]:
        """A label in its column, or before the first word where there is no room for a column."""
        heading: Part = "bar" if bar == BAR else "label"
        if not self.wide:
            return tuple(inline(bar, (label, heading), text, part, self.text_width))
        head: Line = (*bar, (" ", "plain"), (label, heading))
        first, *rest = hanging(head, text, part, self.text_width, self.indent)
        return (first, *((*bar, (" " * (self.indent - 1), "plain"), line[-1]) for line in rest))


def _scale_part(chosen: bool) -> Part:
    return "chosen" if chosen else "key"


def _with_label(line: Line, label: str) -> Line:
    """A line whose second piece is the empty label column, the label put into it."""
    bar, (blanks, _), *rest = line
    return (bar, (" ", "plain"), (label, "label"), (" " * (len(blanks) - 1 - len(label)), "plain"), *rest)
