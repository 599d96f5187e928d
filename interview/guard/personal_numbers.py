"""Swedish personal and co-ordination numbers (lag 1990:1182 om folkbokföring 18 §; the day plus 60) in every usual spelling.

A number is ten digits, or twelve with the century; the last digit makes the Luhn sum of the ten a multiple of ten. One
that holds is refused. One that nearly holds, or a day of birth with four loose digits, is warned of.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from interview.guard.dates import Day, is_day
from interview.guard.findings import Finding, Kind, Severity

_DIGITS: Final = re.compile(r"\d+")
_GAP: Final = re.compile(r"[\s.,;:()/+_*·~|=#'\"<>\[\]\\⁃˗¯\-‐‑‒–—−]{1,5}")
_PLAIN_GAP: Final = re.compile(r"[\s+_·\-‐‑‒–—−]{1,3}")
_DASH: Final = re.compile(r"\s?[+\-‐‑‒–—−]\s?")
_FOUR: Final = re.compile(r"(?P<gap>\D{0,30}?)(?P<four>\d{4})(?!\d|[.,:]\d)")
_LAST_FOUR: Final = re.compile(
    r"(?:(?:fyra|4) sista(?: siffrorna)?|sista (?:fyra|4)(?: siffrorna)?|last four)\D{0,12}(?P<four>\d{4})(?!\d)",
    re.IGNORECASE,
)
_YEAR_AND_FOUR: Final = re.compile(r"[\s,.\-/]{1,3}(?P<year>\d\d)(?:\s?[+-]\s?|\s|)(?P<four>\d{4})(?!\d)")
"""After a day without its year."""
_DAY_FIRST: Final = re.compile(
    r"(?<![\d.,/:+-])(?P<day>\d{1,2})\s?[-./]\s?(?P<month>\d{1,2})[\s./-]{1,2}(?:18|19|20)?(?P<year>\d\d)\s?[+-]\s?(?P<four>\d{4})(?!\d)"
)
_NO_LAST_FOUR: Final = re.compile(r"1177|(?:18|19|20)\d\d")
_CLOCK: Final = re.compile(r"\b(?:kl|klockan|at|vid)\b|\d", re.IGNORECASE)
_CENTURIES: Final = ("18", "19", "20")

# Where blanks or signs may stand in the ten digits: after the century (0), the year, the month, the day, and for
# a number written in pairs before its last two.
_DATES: Final = ((), (2, 4))
_ENDS: Final = ((), (6,), (6, 8))
_USUAL: Final = frozenset((*century, *date, *end) for century in ((), (0,)) for date in _DATES for end in _ENDS)
_USUAL_LONG: Final = _USUAL | {(2,), (2, 6)}


@dataclass(frozen=True, slots=True)
class _Written:
    """Ten or twelve digits as they stand in the text: their groups, and what stands between those."""

    start: int
    end: int
    groups: tuple[str, ...]
    gaps: tuple[str, ...]
    alone: bool
    """Whether no more digits stand close by."""

    @property
    def digits(self) -> str:
        """The digits without what stands between them."""
        return "".join(self.groups)

    @property
    def ten(self) -> str:
        """The digits without the century."""
        return self.digits[-10:]

    @property
    def breaks(self) -> tuple[int, ...]:
        """The places among the ten digits where something stands between them."""
        place, places = len(self.ten) - len(self.digits), []
        for group in self.groups[:-1]:
            place += len(group)
            places.append(place)
        return tuple(places)


def personal_numbers(text: str, days: list[Day]) -> Iterator[Finding]:
    """Every number that holds or nearly holds; `days` are those found in the text."""
    for written in _candidates(text):
        severity = _severity(written)
        if severity is not None:
            yield Finding(written.start, written.end, Kind.PERSONAL_NUMBER, severity)
    yield from _short_or_long(text)
    for day in days:
        yield from _after_birthday(text, day) if day.year else _with_year(text, day)
    yield from _day_first(text)
    for match in _LAST_FOUR.finditer(text):
        yield Finding(match.start("four"), match.end("four"), Kind.PERSONAL_NUMBER)


def holds(ten: str) -> bool:
    """Whether ten digits are a personal or co-ordination number."""
    return _is_date(ten) and _luhn(ten)


def _candidates(text: str) -> Iterator[_Written]:
    numbers = list(_DIGITS.finditer(text))
    between = [text[a.end() : b.start()] for a, b in pairwise(numbers)]
    close = [_GAP.fullmatch(gap) is not None for gap in between]
    for first in range(len(numbers)):
        size = 0
        for last in range(first, len(numbers)):
            if last > first and not close[last - 1]:
                break
            size += len(numbers[last][0])
            if size in (10, 12):
                yield _written(numbers, between, close, first, last)
            if size >= 12:
                break


def _written(numbers: list[re.Match[str]], between: list[str], close: list[bool], first: int, last: int) -> _Written:
    alone = (first == 0 or not close[first - 1]) and (last == len(close) or not close[last])
    groups = tuple("".join(str(int(digit)) for digit in number[0]) for number in numbers[first : last + 1])
    return _Written(numbers[first].start(), numbers[last].end(), groups, tuple(between[first:last]), alone)


def _severity(written: _Written) -> Severity | None:
    digits, ten = written.digits, written.ten
    if len(digits) == 12 and digits[:2] not in _CENTURIES:
        return None
    usual = _is_usual(written)
    if holds(ten) and (usual or _is_likely(written)):
        return Severity.REFUSE
    whole = written.breaks in ((), (6,)) and all(_PLAIN_GAP.fullmatch(gap) for gap in written.gaps)
    return Severity.WARN if usual and (whole or _dashed(written)) and (_is_date(ten) or _one_wrong(ten)) else None


def _is_usual(written: _Written) -> bool:
    """Whether the groups are those of the form: year, month and day alike, then the last four."""
    breaks = written.breaks
    if len(breaks) >= 9:
        return len(set(written.gaps)) == 1
    if breaks not in (_USUAL_LONG if len(written.digits) == 12 else _USUAL):
        return False
    inner = {gap for place, gap in zip(breaks, written.gaps, strict=True) if place < 6}
    if len(inner) > 1 or any(len(gap) > 1 for gap in inner):
        return False
    return (
        8 not in breaks
        or len(set(written.gaps)) == 1
        or (written.gaps[-1] == " " and bool(_DASH.fullmatch(written.gaps[-2])))
    )


def _is_likely(written: _Written) -> bool:
    """Whether other groups may be such a number too: they stand alone, and are no telephone number or time of day."""
    if not written.alone or not all(_PLAIN_GAP.fullmatch(gap) for gap in written.gaps):
        return False
    return not written.groups[0].startswith("0") or all(len(group) == 1 for group in written.groups)


def _dashed(written: _Written) -> bool:
    """Whether the last four stand behind a dash, the day of birth in front of it."""
    return written.breaks[-1:] == (6,) and _DASH.fullmatch(written.gaps[-1]) is not None


def _is_date(ten: str) -> bool:
    month, day = int(ten[2:4]), int(ten[4:6])
    # Of a co-ordination number the month and the day may be unknown: 00 and 60.
    return is_day(month, day) or is_day(month or 1, day - 60 or 1)


def _luhn(ten: str) -> bool:
    doubled = (int(digit) * (2 - place % 2) for place, digit in enumerate(ten))
    return sum(product - 9 if product > 9 else product for product in doubled) % 10 == 0


def _one_wrong(ten: str) -> bool:
    """Whether another digit in one place makes a number that holds."""
    return any(holds(ten[:place] + other + ten[place + 1 :]) for place in range(10) for other in "0123456789")


_SHORT_OR_LONG: Final = re.compile(
    r"(?<![\d+-])(?:18|19|20)?(?P<date>\d{6})[+\-‐‑‒–—−](?:\d{3}|\d{5})(?![\d-])|(?<![\d+-])(?:18|19|20)?(?P<reserve>\d{6})[+-]?[A-Z]\d{3}(?!\w)"
)


def _short_or_long(text: str) -> Iterator[Finding]:
    """A day of birth with a digit too few or too many after the dash; a reserve number, with a letter there."""
    for match in _SHORT_OR_LONG.finditer(text):
        if _is_date((match["date"] or match["reserve"]) + "0000"):
            yield Finding(match.start(), match.end(), Kind.PERSONAL_NUMBER)


def _after_birthday(text: str, day: Day) -> Iterator[Finding]:
    """The four digits after a day of birth, in the same breath."""
    match = _FOUR.match(text, day.end)
    if match is None or _NO_LAST_FOUR.fullmatch(match["four"]) or _CLOCK.search(match["gap"]):
        return
    four = "".join(str(int(digit)) for digit in match["four"])
    close = _GAP.fullmatch(match["gap"]) or not match["gap"]
    if close and _luhn(f"{day.year[-2:]}{day.month:02}{day.day:02}{four}"):
        yield Finding(day.start, match.end(), Kind.PERSONAL_NUMBER, Severity.REFUSE)
    elif not close or len(match["gap"]) <= 3:
        yield Finding(match.start("four"), match.end("four"), Kind.PERSONAL_NUMBER)


def _with_year(text: str, day: Day) -> Iterator[Finding]:
    """A day, its year in two digits and the four, if they hold: `23 aug 64-3234`."""
    match = _YEAR_AND_FOUR.match(text, day.end)
    if match and holds(_ten(match["year"], day.month, day.day, match["four"])):
        yield Finding(day.start, match.end(), Kind.PERSONAL_NUMBER, Severity.REFUSE)


def _day_first(text: str) -> Iterator[Finding]:
    """The same in digits: `23/8 64-3234`."""
    for match in _DAY_FIRST.finditer(text):
        if holds(_ten(match["year"], int(match["month"]), int(match["day"]), match["four"])):
            yield Finding(match.start(), match.end(), Kind.PERSONAL_NUMBER, Severity.REFUSE)


def _ten(year: str, month: int, day: int, four: str) -> str:
    return f"{int(year):02}{month:02}{day:02}{int(four):04}"
