"""When to ring again: a day and a time of day as a caller writes them, and as they are said back."""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

from interview.messages import Catalogue

_TIME = re.compile(r"(?:kl\.?\s*|at\s+)?(\d{1,2})(?:[.:](\d{2}))?$")
_DATE = re.compile(r"(\d{1,2})/(\d{1,2})$")
_WORDED = re.compile(r"(\d{1,2})\.?\s+([^\W\d_]+)\.?")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})$")


def read_time(text: str, now: datetime, words: Catalogue) -> datetime | None:
    """The moment a text names, or None where it names none.

    `14.30`, `imorgon 9`, `fredag 10`, `15/3 14.30`, `fredag 15 mars kl. 14.30`, `2026-03-15 14:30`: a time of day alone is its
    next occurrence, a date without a year the next one; a weekday before a date must be that date's.
    """
    *day, time = text.strip().lower().split() or [""]
    found = _TIME.fullmatch(time)
    if found is None or int(found[1]) > 23 or int(found[2] or 0) > 59:
        return None
    if day and day[-1] in ("kl", "kl.", "at"):
        day.pop()
    moment = now.replace(hour=int(found[1]), minute=int(found[2] or 0), second=0, microsecond=0)
    if not day:
        return moment if moment > now else moment + timedelta(days=1)
    return _on_day(" ".join(day), moment, now, words)


def said(moment: datetime, words: Catalogue) -> str:
    """The moment in words: `fredag 15 mars kl. 14.30`."""
    return words(
        "asking.appointment-day",
        weekday=words("asking.weekdays").split()[moment.weekday()],
        day=moment.day,
        month=words("asking.months").split()[moment.month - 1],
        time=f"{moment:%H.%M}" if words.language == "sv" else f"{moment:%H:%M}",
    )


def _on_day(day: str, moment: datetime, now: datetime, words: Catalogue) -> datetime | None:
    for ahead, key in enumerate(("today-words", "tomorrow-words", "day-after-words")):
        if day in words(f"asking.{key}").split(","):
            return moment + timedelta(days=ahead)
    first, _, dated = day.partition(" ")
    weekday = _named(first, words("asking.weekdays").split())
    if weekday is None:
        return _on_date(day, moment, now, words)
    if not dated:
        return moment + timedelta(days=(weekday - now.weekday() - 1) % 7 + 1)
    found = _on_date(dated, moment, now, words)
    return found if found is not None and found.weekday() == weekday else None


def _on_date(day: str, moment: datetime, now: datetime, words: Catalogue) -> datetime | None:
    if iso := _ISO.fullmatch(day):
        return _dated(moment, int(iso[1]), int(iso[2]), int(iso[3]))
    if date := _DATE.fullmatch(day):
        return _next_dated(moment, now, int(date[2]), int(date[1]))
    worded = _WORDED.fullmatch(day)
    month = None if worded is None else _named(worded[2], words("asking.months").split())
    return None if worded is None or month is None else _next_dated(moment, now, month + 1, int(worded[1]))


def _named(text: str, names: Sequence[str]) -> int | None:
    """The number of a weekday or a month by its name or the first three letters of it."""
    return next((n for n, name in enumerate(names) if len(text) >= 3 and name.lower().startswith(text)), None)


def _next_dated(moment: datetime, now: datetime, month: int, day: int) -> datetime | None:
    """That day of this year, or of the next where it has been."""
    this_year = _dated(moment, now.year, month, day)
    if this_year is not None and this_year.date() < now.date():
        return _dated(moment, now.year + 1, month, day)
    return this_year


def _dated(moment: datetime, year: int, month: int, day: int) -> datetime | None:
    try:
        return moment.replace(year=year, month=month, day=day)
    except ValueError:
        return None
