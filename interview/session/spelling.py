"""From what a caller types to the kept form of a value: the usual Swedish and English spellings of numbers and days.

Dates come day before month. A date without a year is one that the question takes, and of these the nearest, but none
that is over two months ahead: calls are about what has been, and about what is soon.
"""

import re
from datetime import date, timedelta
from typing import Final

from interview.errors import InterviewError
from interview.questionnaire.kept import beyond, is_kept, kept_decimal
from interview.questionnaire.models import Item, ItemType
from interview.session.answers import Value

TYPED: Final = (ItemType.INTEGER, ItemType.DECIMAL, ItemType.DATE, ItemType.TIME, ItemType.LINE)
"""The types that are answered in one line of typing."""
_SOON: Final = timedelta(days=60)
"""How far ahead a day without a year may be meant: a visit that is booked, seldom later."""
_MONTHS: Final = (
    ("jan",), ("feb",), ("mar",), ("apr",), ("maj", "may"), ("jun",), ("jul",), ("aug",), ("sep",), ("okt", "oct"),
    ("nov",), ("dec",),
)  # fmt: skip
_MONTH_ENDS: Final = frozenset(
    (
        "",
        "t",
        "uari",
        "ruari",
        "s",
        "il",
        "i",
        "usti",
        "tember",
        "ober",
        "ember",
        "uary",
        "ruary",
        "ch",
        "e",
        "y",
        "ust",
    )
)
_DAYS: Final = {
    "i förrgår": -2, "iförrgår": -2, "i går": -1, "igår": -1, "yesterday": -1, "i dag": 0, "idag": 0, "today": 0,
    "i morgon": 1, "imorgon": 1, "tomorrow": 1, "i övermorgon": 2,
}  # fmt: skip
_BLANKS: Final = re.compile(r"\s+")
_WHOLE: Final = re.compile(r"[-+]?[0-9]{1,15}")
_YEAR_FIRST: Final = re.compile(r"([0-9]{4})(?:[-/. ]([0-9]{1,2})[-/. ]([0-9]{1,2})|([0-9]{2})([0-9]{2}))")
_SHORT: Final = re.compile(r"([0-9]{2})([0-9]{2})([0-9]{2})")
_DAY_FIRST: Final = re.compile(r"(?:den )?([0-9]{1,2})[/. ]{1,2}([0-9]{1,2})(?:[-/. ]{1,2}([0-9]{4}|[0-9]{2}))?\.?")
_NAMED: Final = re.compile(
    r"(?:den )?([0-9]{1,2})(?::?[eaé]|th|st|nd|rd|\.)? ?([a-z]{3,9})\.?(?:[- ,]{1,2}([0-9]{4}|[0-9]{2}))?"
)
_MONTH_FIRST: Final = re.compile(r"([a-z]{3,9})\.? ([0-9]{1,2})(?:th|st|nd|rd)?(?:,? ([0-9]{4}))?")
_TIME: Final = re.compile(r"(?:kl|klockan|at)?\.? ?([0-9]{1,2})(?:[.:,]? ?([0-9]{2}))? ?(am|pm)?")


def read_typed(item: Item, typed: str, today: date) -> Value | None:
    """The value that `typed` spells for a question of one of the types of `TYPED`; None for nothing.

    InterviewError `session.bad-number`, `session.bad-decimal`, `session.bad-date` or `session.bad-time`, its place the
    item's id. Whether the question takes the value is for `values.accepted` to say.
    """
    text = _BLANKS.sub(" ", typed).strip()
    if not text:
        return None
    value: Value | None
    match item.type:
        case ItemType.INTEGER:
            value, wrong = _whole(text), "session.bad-number"
        case ItemType.DECIMAL:
            value, wrong = _decimal(text), "session.bad-decimal"
        case ItemType.DATE:
            value, wrong = _date(item, text.casefold(), today), "session.bad-date"
        case ItemType.TIME:
            value, wrong = _time(text.casefold()), "session.bad-time"
        case _:
            return text
    if value is None:
        raise InterviewError(wrong, item.id)
    return value


def _whole(text: str) -> int | None:
    digits = text.replace(" ", "").replace("−", "-")
    number = int(digits) if _WHOLE.fullmatch(digits) else None
    return number if is_kept(ItemType.INTEGER, number) else None


def _decimal(text: str) -> str | None:
    digits = text.replace(" ", "").replace("−", "-").replace(",", ".").removeprefix("+")
    sign, digits = ("-", digits[1:]) if digits.startswith("-") else ("", digits)
    digits = digits.removesuffix(".")
    return kept_decimal(f"{sign}0{digits}" if digits.startswith(".") else sign + digits)


def _time(text: str) -> str | None:
    found = _TIME.fullmatch(text)
    if found is None:
        return None
    hour, minute, half = int(found[1]), int(found[2] or 0), found[3]
    if half and not 1 <= hour <= 12:
        return None
    hour = hour % 12 + (12 if half == "pm" else 0) if half else hour
    kept = f"{hour:02}:{minute:02}"
    return kept if is_kept(ItemType.TIME, kept) else None


def _date(item: Item, text: str, today: date) -> str | None:
    if text in _DAYS:
        return (today + timedelta(days=_DAYS[text])).isoformat()
    if found := _YEAR_FIRST.fullmatch(text):
        return _day(int(found[1]), int(found[2] or found[4]), int(found[3] or found[5]))
    if found := _SHORT.fullmatch(text):
        return _day(_year(found[1], today), int(found[2]), int(found[3]))
    if found := _DAY_FIRST.fullmatch(text) or _NAMED.fullmatch(text):
        month = int(found[2]) if found[2].isdigit() else _month(found[2])
        return _dated(item, int(found[1]), month, found[3], today)
    if found := _MONTH_FIRST.fullmatch(text):
        return _dated(item, int(found[2]), _month(found[1]), found[3], today)
    return None


def _dated(item: Item, day: int, month: int, year: str | None, today: date) -> str | None:
    """The day in that year, or the likeliest such day that the question takes, or else the likeliest."""
    if year:
        return _day(_year(year, today), month, day)
    near = [kept for years in (-1, 0, 1) if (kept := _day(today.year + years, month, day)) is not None]

    def unlikely(kept: str) -> tuple[bool, bool, timedelta]:
        ahead = date.fromisoformat(kept) - today
        return beyond(item, kept), ahead > _SOON, abs(ahead)

    return min(near, key=unlikely, default=None)


def _day(year: int, month: int, day: int) -> str | None:
    kept = f"{year:04}-{month:02}-{day:02}"
    return kept if is_kept(ItemType.DATE, kept) else None


def _year(text: str, today: date) -> int:
    """A year of two digits is the latest one no more than ten years ahead."""
    if len(text) == 4:
        return int(text)
    year = today.year // 100 * 100 + int(text)
    return year - 100 if year > today.year + 10 else year


def _month(text: str) -> int:
    """The number of a month by its name or the beginning of it, 0 for none."""
    named = text[:3]
    known = text[3:] in _MONTH_ENDS
    return next((n for n, names in enumerate(_MONTHS, 1) if known and named in names), 0)
