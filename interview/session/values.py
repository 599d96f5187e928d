"""Which values a question takes, and the one form in which each is kept."""

import unicodedata
from collections.abc import Collection
from typing import TypeVar

from interview.errors import InterviewError
from interview.questionnaire.kept import LONGEST_LINE, MOST_DECIMALS, beyond, fits, is_kept, kept_decimal
from interview.questionnaire.models import Item, ItemType, Role
from interview.session.answers import KEYED, Missing, Value

Kept = TypeVar("Kept", str, int)
NEEDED = (Role.CONSENT, Role.RESPONDENT)
"""Without these nothing goes on: they take a choice and no kind of no answer."""


def accepted(item: Item, value: Value) -> Value | None:
    """The value as it is kept, or None where it says nothing (no option chosen, an empty text).

    Several choices come in the form's order; a text without control characters and surrounding blanks; a decimal
    number, a date and a time in the form of `questionnaire.kept`. InterviewError, its place the item's id:
    `session.not-a-question`, `session.wrong-type`, `session.unknown-option`, `session.exclusive-option`,
    `session.outside-scale`, `session.outside-limits`, `session.too-many-decimals`, `session.text-too-long`,
    `session.wrong-pattern`.
    """
    kept: Value | None
    match item.type:
        case ItemType.CHOICE | ItemType.YES_NO if isinstance(value, str):
            kept = _choice(item, value)
        case ItemType.CHOICES if isinstance(value, tuple):
            kept = _choices(item, value)
        case ItemType.SCALE if isinstance(value, int) and not isinstance(value, bool):
            kept = _scale(item, value)
        case ItemType.INTEGER if isinstance(value, int) and is_kept(item.type, value):
            kept = within(item, value)
        case ItemType.DECIMAL if isinstance(value, str) and (number := kept_decimal(value)) is not None:
            kept = _decimal(item, number)
        case ItemType.DATE | ItemType.TIME if isinstance(value, str) and is_kept(item.type, value):
            kept = within(item, value)
        case ItemType.LINE if isinstance(value, str):
            kept = _line(item, value)
        case ItemType.TEXT if isinstance(value, str):
            kept = _text(item, value, item.max_length)
        case ItemType.INTEGER | ItemType.DECIMAL | ItemType.DATE | ItemType.TIME if value == "":
            kept = None
        case ItemType.GROUP | ItemType.DISPLAY:
            raise InterviewError("session.not-a-question", item.id)
        case _:
            raise InterviewError("session.wrong-type", item.id, type=str(item.type))
    return kept


def missing_keys(item: Item) -> tuple[Missing, ...]:
    """The kinds of no answer that can be keyed: the same on every type, *not applicable* where the form says so."""
    if not item.is_question or item.role in NEEDED:
        return ()
    return KEYED if item.not_applicable else (Missing.DECLINED, Missing.UNKNOWN)


def toggled(item: Item, chosen: Collection[str], code: str) -> tuple[str, ...]:
    """What is chosen once an option is pressed, in the form's order; exclusive and other options put each other out."""
    if code not in (option.code for option in item.options):
        raise InterviewError("session.unknown-option", item.id)
    if code in chosen:
        return tuple(option.code for option in item.options if option.code in chosen and option.code != code)
    alone = {option.code for option in item.options if option.exclusive}
    kept = {code} if code in alone else {*chosen, code} - alone
    return tuple(option.code for option in item.options if option.code in kept)


def within(item: Item, value: Kept) -> Kept:
    """The value, where it lies within the limits of its question; `session.outside-limits` and which they are."""
    if beyond(item, value):
        low, high = ("…" if end is None else end for end in (item.minimum, item.maximum))
        raise InterviewError("session.outside-limits", item.id, minimum=low, maximum=high)
    return value


def _decimal(item: Item, number: str) -> str:
    most = MOST_DECIMALS if item.decimals is None else item.decimals
    if len(number.partition(".")[2]) > most:
        raise InterviewError("session.too-many-decimals", item.id, limit=most)
    return within(item, number)


def _line(item: Item, value: str) -> str | None:
    """One line of text: ends of lines become blanks."""
    line = _text(item, " ".join(value.splitlines()), item.max_length or LONGEST_LINE)
    if line is not None and item.pattern is not None and not fits(item.pattern, line):
        raise InterviewError("session.wrong-pattern", item.id)
    return line


def _choice(item: Item, value: str) -> str:
    if not any(option.code == value for option in item.options):
        raise InterviewError("session.unknown-option", item.id)
    return value


def _choices(item: Item, value: tuple[str, ...]) -> tuple[str, ...] | None:
    chosen = tuple(option.code for option in item.options if option.code in value)
    if set(chosen) != set(value):
        raise InterviewError("session.unknown-option", item.id)
    if len(chosen) > 1 and any(option.exclusive for option in item.options if option.code in chosen):
        raise InterviewError("session.exclusive-option", item.id)
    return chosen or None


def _scale(item: Item, value: int) -> int:
    low, high = item.ends_of_scale
    if not low <= value <= high:
        raise InterviewError("session.outside-scale", item.id, minimum=low, maximum=high)
    return value


def _text(item: Item, value: str, limit: int | None) -> str | None:
    text = value if value.isprintable() else _printable(value)
    text = text.strip()
    if limit is not None and len(text) > limit:
        raise InterviewError("session.text-too-long", item.id, length=len(text), limit=limit)
    return text or None


def _printable(value: str) -> str:
    """The text with one kind of line break, blanks for tabs, and without control characters or lone surrogates."""
    lines = value.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return "".join(char for char in lines if char == "\n" or unicodedata.category(char) not in ("Cc", "Cs"))
