"""Days of the calendar in a text: in digits, with the month in words, with the day in words.

Not a finding: a month, a year, a weekday or a day of the month alone, a time of day, a fraction, a mark out of ten.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

LONGEST: Final = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
"""Days of each month, in a leap year."""

_MONTHS: Final = (
    "jan(?:uari)?|feb(?:ruari)?|mars?|apr(?:il)?|maj|june?|juni|july?|juli|aug(?:usti?)?|sept?(?:ember)?|okt(?:ober)?"
    "|october|nov(?:ember)?|dec(?:ember)?|january|february|march|may"
)
_NUMBERS: Final = {
    name: number
    for number, names in enumerate(
        ("jan", "feb", "mar", "apr", "maj may", "jun", "jul", "aug", "sep", "okt oct", "nov", "dec"), start=1
    )
    for name in names.split()
}
_UNITS: Final = ("första", "andra", "tredje", "fjärde", "femte", "sjätte", "sjunde", "åttonde", "nionde")
_ORDINALS: Final = (
    *_UNITS,
    *(
        "tionde",
        "elfte",
        "tolfte",
        "trettonde",
        "fjortonde",
        "femtonde",
        "sextonde",
        "sjuttonde",
        "artonde",
        "nittonde",
    ),
    *("tjugonde", *(f"tjugo{unit}" for unit in _UNITS), "trettionde", "trettioförsta"),
)
_YEAR: Final = r"(?P<year>(?:18|19|20)\d\d|[’']\d\d)"
_WORDED: Final = re.compile(
    rf"(?<![\w/.,])(?:den\s)?(?:(?P<day>\d{{1,2}})(?:\s?:?(?:e|a|st|nd|rd|th)\b\.?)?|(?P<ordinal>{'|'.join(_ORDINALS)}))"
    rf"\s?(?:i\s|of\s)?(?P<month>{_MONTHS})\b\.?(?:,?\s?{_YEAR}(?!\d))?",
    re.IGNORECASE,
)
_YEAR_FIRST: Final = re.compile(
    r"(?<![\d.,/:+-])(?P<year>(?:18|19|20)\d\d)(?P<gap>\s?[-–./]\s?|\s|)(?P<month>\d\d)(?P=gap)(?P<day>\d\d)(?![\d:])"
)
_SHORT: Final = re.compile(
    r"(?<![\d.,/:+-])(?P<year>\d\d)(?P<gap>[-–./]?)(?P<month>\d\d)(?P=gap)(?P<day>\d\d)(?![\d:]|[-–.,/]\d)"
)
_DAY_FIRST: Final = re.compile(
    r"(?<![\d.,/:+-])(?P<day>\d{1,2})\s?(?P<gap>[-–./])\s?(?P<month>\d{1,2})"
    r"(?:\s?(?P=gap)\s?|\s|[-–])(?P<year>(?:18|19|20)\d\d|(?<=[-–./])\d\d)(?![\d:]|[-–./]\d)"
)
_BARE: Final = re.compile(
    r"\b(?P<lead>den|d\.|datum|född|(?:mån|tis|ons|tors|fre|lör|sön)(?:dag(?:en)?)?|inlagd|inskriven|utskriven|opererad|sedan|sen|från|till"
    r"|t\.?o\.?m\.?|fr\.?o\.?m\.?|hem|in|ut)\s(?P<day>\d{1,2})\s?/\s?(?P<month>\d{1,2})(?![\d/%]|[.,-]\d)",
    re.IGNORECASE,
)
_UNSURE: Final = frozenset({"sedan", "sen", "från", "till", "hem", "in", "ut"})
"""Words in front of marks out of ten too."""
_AMOUNT: Final = re.compile(
    r"\s?(?:tabl|dos|kaps|del|av\b|tim|h\b|år|mån|veck|port|lit|l\b|dl|ml|mg|g\b|kopp|glas|dag)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Day:
    """A day found from `start` up to `end`; `year` as it was written, empty where it was not."""

    start: int
    end: int
    year: str
    month: int
    day: int


def days(text: str) -> list[Day]:
    """Every day of the calendar in the text, in order; where two overlap the longer one."""
    found = sorted((*_worded(text), *_in_digits(text), *_bare(text)), key=lambda day: (day.start - day.end, day.start))
    kept: list[Day] = []
    for day in found:
        if all(day.end <= other.start or other.end <= day.start for other in kept):
            kept.append(day)
    return sorted(kept, key=lambda day: day.start)


def is_day(month: int, day: int) -> bool:
    """Whether some year has that day."""
    return 1 <= month <= 12 and 1 <= day <= LONGEST[month - 1]


def _worded(text: str) -> Iterator[Day]:
    for match in _WORDED.finditer(text):
        ordinal = match["ordinal"]
        day = _ORDINALS.index(ordinal.lower()) + 1 if ordinal else int(match["day"])
        month = _NUMBERS[match["month"][:3].lower()]
        # "andra maj" is a day; so is "första april", but "för andra mars i rad" is not worth an exception.
        if is_day(month, day):
            yield Day(match.start(), match.end(), (match["year"] or "").lstrip("’'"), month, day)


def _in_digits(text: str) -> Iterator[Day]:
    for pattern in (_YEAR_FIRST, _SHORT, _DAY_FIRST):
        for match in pattern.finditer(text):
            if is_day(int(match["month"]), int(match["day"])):
                yield Day(match.start(), match.end(), match["year"], int(match["month"]), int(match["day"]))


def _bare(text: str) -> Iterator[Day]:
    for match in _BARE.finditer(text):
        day, month = int(match["day"]), int(match["month"])
        if (
            is_day(month, day)
            and not (month == 10 and match["lead"].lower() in _UNSURE)
            and not _AMOUNT.match(text, match.end())
        ):
            yield Day(match.start("day"), match.end(), "", month, day)
