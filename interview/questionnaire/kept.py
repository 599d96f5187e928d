"""The one form in which numbers, dates and times are kept, so that equal values are equal text; and their order.

Whole numbers are numbers. A decimal number is text without exponent or needless zeros (`12.5`, `-0.25`, `3`), so that
no binary fraction ever stands between what was said and what is sealed; a date is ISO 8601 (`2026-11-26`), a time of
day `14:30`.
"""

import re
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from interview.questionnaire.models import Item, ItemType

if TYPE_CHECKING:
    from re2 import _Regexp

LARGEST: Final = 999_999_999
"""The largest whole part of a number, either side of zero."""
MOST_DECIMALS: Final = 6
LONGEST_LINE: Final = 200
"""Characters in a line of text at most, and in the words an open option asks for."""
LONGEST_PATTERN: Final = 200
PATTERN_MEMORY: Final = 1 << 20
"""Bytes a compiled pattern may take; a pattern of nested counts beyond that is refused."""
EXAMPLES: Final = {
    ItemType.SCALE: "7",
    ItemType.INTEGER: "12",
    ItemType.DECIMAL: "12.5",
    ItemType.DATE: "2026-11-26",
    ItemType.TIME: "14:30",
}
"""How a value of each type that has an order is written in a form."""

_DECIMAL: Final = re.compile(r"(-?)0*([0-9]{1,9})(?:\.([0-9]{1,6}?)0*)?")
_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TIME: Final = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")


def kept_decimal(text: str) -> str | None:
    """The kept form of a decimal number written with a point, None for what is none or has too many digits."""
    found = _DECIMAL.fullmatch(text) if len(text) <= 32 else None
    if found is None:
        return None
    sign, whole, fraction = found[1], found[2], found[3]
    kept = f"{whole}.{fraction}" if fraction and fraction != "0" else whole
    return kept if kept == "0" else sign + kept


def is_date(text: str) -> bool:
    """Whether the text is a day of the calendar in its kept form."""
    if not _DATE.fullmatch(text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def is_time(text: str) -> bool:
    """Whether the text is a time of day in its kept form."""
    return _TIME.fullmatch(text) is not None


def is_kept(item_type: ItemType, value: object) -> bool:
    """Whether a value of a type that has an order is in its kept form."""
    match item_type:
        case ItemType.SCALE | ItemType.INTEGER:
            return type(value) is int and -LARGEST <= value <= LARGEST
        case ItemType.DECIMAL:
            return isinstance(value, str) and kept_decimal(value) == value
        case ItemType.DATE:
            return isinstance(value, str) and is_date(value)
        case ItemType.TIME:
            return isinstance(value, str) and is_time(value)
    return False


def in_order(value: object) -> tuple[str, Decimal, str] | None:
    """What a kept value is ordered by, after the kind of thing it is; None for what has no order.

    Two values can be compared where the first parts are equal.
    """
    if type(value) is int:
        return "whole", Decimal(value), ""
    if not isinstance(value, str):
        return None
    if kept_decimal(value) == value:
        return "decimal", Decimal(value), ""
    if is_date(value):
        return "date", Decimal(), value
    return ("time", Decimal(), value) if is_time(value) else None


def below(item: Item, value: object) -> bool:
    """Whether a kept value is less than its question takes."""
    here, low = in_order(value), in_order(item.minimum)
    return here is not None and low is not None and here < low


def beyond(item: Item, value: object) -> bool:
    """Whether a kept value lies outside the limits of its question."""
    here, high = in_order(value), in_order(item.maximum)
    return here is None or below(item, value) or (high is not None and here > high)


def fits(pattern: str, text: str) -> bool:
    """Whether the whole text has the pattern; False for a pattern that is none."""
    compiled = _compiled(pattern)
    return compiled is not None and compiled.fullmatch(text) is not None


def is_pattern(pattern: str) -> bool:
    """Whether the text is a regular expression of RE2, and a small one."""
    return len(pattern) <= LONGEST_PATTERN and _compiled(pattern) is not None


@lru_cache(maxsize=256)
def _compiled(pattern: str) -> "_Regexp[str] | None":
    # RE2 takes time in proportion to the text, whatever the pattern: no form can stop a station (T11). It is loaded
    # with the first pattern, so that a start does not pay for it.
    import re2  # noqa: PLC0415

    options = re2.Options()
    options.max_mem = PATTERN_MEMORY
    options.log_errors = False
    try:
        return re2.compile(pattern, options)
    except re2.error:
        return None
