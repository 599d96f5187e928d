"""Which values a question takes, and the one form in which each is kept."""

import unicodedata
from collections.abc import Collection

from interview.errors import InterviewError
from interview.questionnaire.models import Item, ItemType, Role
from interview.session.answers import KEYED, Missing, Value

NEEDED = (Role.CONSENT, Role.RESPONDENT)
"""Without these nothing goes on: they take a choice and no kind of no answer."""


def accepted(item: Item, value: Value) -> Value | None:
    """The value as it is kept, or None where it says nothing (no option chosen, an empty text).

    Several choices come in the form's order; a text without control characters and surrounding blanks.
    InterviewError, its place the item's id: `session.not-a-question`, `session.wrong-type`, `session.unknown-option`,
    `session.exclusive-option`, `session.outside-scale`, `session.text-too-long`.
    """
    match item.type:
        case ItemType.CHOICE if isinstance(value, str):
            return _choice(item, value)
        case ItemType.CHOICES if isinstance(value, tuple):
            return _choices(item, value)
        case ItemType.SCALE if isinstance(value, int) and not isinstance(value, bool):
            return _scale(item, value)
        case ItemType.TEXT if isinstance(value, str):
            return _text(item, value)
        case ItemType.GROUP | ItemType.DISPLAY:
            raise InterviewError("session.not-a-question", item.id)
    raise InterviewError("session.wrong-type", item.id, type=str(item.type))


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
    if (item.minimum is not None and value < item.minimum) or (item.maximum is not None and value > item.maximum):
        raise InterviewError("session.outside-scale", item.id, minimum=item.minimum or 0, maximum=item.maximum or 0)
    return value


def _text(item: Item, value: str) -> str | None:
    text = value if value.isprintable() else _printable(value)
    text = text.strip()
    if item.max_length is not None and len(text) > item.max_length:
        raise InterviewError("session.text-too-long", item.id, length=len(text), limit=item.max_length)
    return text or None


def _printable(value: str) -> str:
    """The text with one kind of line break, blanks for tabs, and without control characters or lone surrogates."""
    lines = value.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return "".join(char for char in lines if char == "\n" or unicodedata.category(char) not in ("Cc", "Cs"))
