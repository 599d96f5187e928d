"""What is wrong with what a question takes: limits of numbers, dates and times, patterns, open options, repeats."""

from collections.abc import Iterator
from typing import Final

from interview.questionnaire.findings import Finding, Placed, Walk
from interview.questionnaire.kept import (
    EXAMPLES,
    LONGEST_LINE,
    LONGEST_PATTERN,
    MOST_DECIMALS,
    beyond,
    is_kept,
    is_pattern,
)
from interview.questionnaire.models import Item, ItemType, Role
from interview.questionnaire.standard_words import NO, YES
from interview.text import clean

MOST_REPEATS: Final = 20
"""How many times an item can be asked in one conversation."""
MOST_QUESTIONS: Final = 3000
"""How many questions one conversation can hold, every repetition counted."""
MOST_BYTES: Final = 900 * 1024
"""How much the longest answers to all of them may take; a response of a mebibyte is not read."""
_ANSWER_BYTES: Final = 160
"""What an answer takes beside its text, at most."""
LONGEST_SYMBOL: Final = 2
"""Characters of an option's symbol."""
_LIMITED: Final = frozenset((ItemType.INTEGER, ItemType.DECIMAL, ItemType.DATE, ItemType.TIME))


def limit_findings(placed: Placed, _: Walk) -> Iterator[Finding]:
    """The limits of a number, a date, a time and a line: of their own type, in order, not too many digits."""
    item, path = placed.item, placed.path
    if item.type in _LIMITED:
        yield from _limits(placed)
    if item.decimals is not None and not 1 <= item.decimals <= MOST_DECIMALS:
        yield Finding("questionnaire.decimals-beyond", (*path, "decimals"), {"most": MOST_DECIMALS})
    if item.type is ItemType.LINE and item.max_length is not None and not 0 < item.max_length <= LONGEST_LINE:
        yield Finding("questionnaire.length-beyond", (*path, "max_length"), {"most": LONGEST_LINE})
    if item.pattern is None or item.type is not ItemType.LINE:
        return
    if not is_pattern(item.pattern):
        yield Finding("questionnaire.bad-pattern", (*path, "pattern"), {"most": LONGEST_PATTERN})
    elif item.instruction is None:
        yield Finding("questionnaire.pattern-unexplained", (*path, "pattern"), {"id": item.id}, (*path, "instruction"))


def _limits(placed: Placed) -> Iterator[Finding]:
    item, path = placed.item, placed.path
    kept = True
    for name, limit in (("minimum", item.minimum), ("maximum", item.maximum)):
        if limit is not None and not is_kept(item.type, limit):
            kept = False
            facts: dict[str, str | int] = {"key": name, "type": item.type.value, "example": EXAMPLES[item.type]}
            yield Finding("questionnaire.limit-of-other-type", (*path, name), facts)
    if kept and item.minimum is not None and item.maximum is not None and beyond(item, item.minimum):
        yield Finding("questionnaire.limits-order", (*path, "maximum"), {"id": item.id}, (*path, "minimum"))


def option_findings(placed: Placed, _: Walk) -> Iterator[Finding]:
    """The options of a yes-no question, and options that are answered in words."""
    item, path = placed.item, placed.path
    if item.type is ItemType.YES_NO and [option.code for option in item.options] != [YES, NO]:
        yield Finding("questionnaire.yes-no-options", (*path, "options"), {"id": item.id})
    for number, option in enumerate(item.options):
        if option.symbol is not None and not _is_symbol(option.symbol):
            yield Finding("questionnaire.bad-symbol", (*path, "options", number, "symbol"), {"most": LONGEST_SYMBOL})
    opened = [number for number, option in enumerate(item.options) if option.open is not None]
    for number in opened:
        here = (*path, "options", number, "open")
        if item.type is ItemType.YES_NO or item.role in (Role.CONSENT, Role.RESPONDENT):
            yield Finding("questionnaire.open-elsewhere", here, {"id": item.id})
        elif number != opened[0]:
            yield Finding("questionnaire.open-twice", here, {"id": item.id})


def _is_symbol(symbol: str) -> bool:
    """Whether it is a sign or two: nothing that controls, joins or blanks a terminal's line (T13)."""
    return 0 < len(symbol) <= LONGEST_SYMBOL and clean(symbol) == symbol and symbol.strip() == symbol


def repeat_findings(placed: Placed, walk: Walk) -> Iterator[Finding]:
    """Repeats: not too many, not within each other, none of what is asked once in a conversation."""
    item, path = placed.item, placed.path
    if not 1 <= item.max_repeats <= MOST_REPEATS:
        yield Finding("questionnaire.repeats-beyond", (*path, "max_repeats"), {"most": MOST_REPEATS})
    if item.another is not None and not item.repeats:
        yield Finding("questionnaire.another-without-repeats", (*path, "another"), {"id": item.id}, _repeats(path))
    if not item.repeats:
        return
    if item.another is None:
        yield Finding("questionnaire.another-unsaid", (*path, "max_repeats"), {"id": item.id})
    inside = [inner for inner in walk.placed[placed.number :] if inner.path[: len(path)] == path]
    if item.items and not any(inner.item.is_question for inner in inside):
        yield Finding(
            "questionnaire.repeat-without-question", (*path, "max_repeats"), {"id": item.id}, (*path, "items")
        )
    for inner in inside:
        if inner.item.repeats and inner.number != placed.number:
            facts: dict[str, str | int] = {"id": inner.item.id, "outer": item.id}
            yield Finding("questionnaire.repeat-in-repeat", (*inner.path, "max_repeats"), facts, _repeats(path))
        if inner.item.role is not None:
            facts = {"id": inner.item.id, "role": inner.item.role.value}
            yield Finding("questionnaire.role-in-repeat", (*inner.path, "role"), facts, _repeats(path))


def size_findings(walk: Walk) -> Iterator[Finding]:
    """Whether one response can hold every answer, the longest of each and every repetition."""
    questions = size = 0
    for placed in walk.placed:
        if placed.item.is_question:
            times = _times(placed, walk)
            questions += times
            size += times * _greatest_answer(placed.item)
    if questions > MOST_QUESTIONS:
        yield Finding("questionnaire.too-many-questions", ("items",), {"count": questions, "most": MOST_QUESTIONS})
    elif size > MOST_BYTES:
        facts: dict[str, str | int] = {"size": size // 1024, "most": MOST_BYTES // 1024}
        yield Finding("questionnaire.answers-too-large", ("items",), facts)


def _repeats(path: tuple[str | int, ...]) -> tuple[str | int, ...]:
    return (*path, "max_repeats")


def _times(placed: Placed, walk: Walk) -> int:
    """How often a question can be asked: its own repeats, or those of a group around it."""
    return max(around.item.max_repeats for around in (*walk.around(placed), placed))


def _greatest_answer(item: Item) -> int:
    """The bytes of the longest answer: four to a character, the most in UTF-8."""
    said = sum(len(option.code) + 3 for option in item.options)
    if item.type is ItemType.TEXT:
        said = 4 * (item.max_length or 0)
    elif item.type is ItemType.LINE:
        said = 4 * (item.max_length or LONGEST_LINE)
    followed = 4 * LONGEST_LINE + _ANSWER_BYTES if item.open_option else 0
    return _ANSWER_BYTES + said + followed + (_ANSWER_BYTES if item.repeats else 0)
