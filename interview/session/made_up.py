"""Made-up numbers, dates, times and lines that a question takes; for random walks, nothing else."""

from datetime import date
from decimal import Decimal
from random import Random
from typing import Final

from interview.errors import InterviewError
from interview.questionnaire.models import Item, ItemType
from interview.session.answers import Value
from interview.session.values import accepted

LINES: Final = (
    *("Apoteket på torget", "Hemtjänsten", "Sjukgymnasten", "Dottern i Laholm", "Vårdcentralen", "En granne"),
    *("Alvedon", "ABC123", "12345", "Halmstad", "x"),
)
_SPREAD: Final = 10
"""How far numbers reach from the only limit there is."""
_DAYS: Final = 60
_DAY: Final = date(2026, 9, 1).toordinal()


def made_up(item: Item, rng: Random) -> Value | None:
    """A value for a question that is answered in typing; None where no made-up line has its pattern."""
    match item.type:
        case ItemType.INTEGER:
            return _between(item.minimum, item.maximum, 0, _SPREAD, rng)
        case ItemType.DECIMAL:
            return _decimal(item, rng)
        case ItemType.DATE:
            low, high = (None if end is None else date.fromisoformat(str(end)).toordinal() for end in _ends(item))
            return date.fromordinal(_between(low, high, _DAY, _DAYS, rng)).isoformat()
        case ItemType.TIME:
            low, high = (None if end is None else int(str(end)[:2]) * 60 + int(str(end)[3:]) for end in _ends(item))
            minutes = _between(low or 0, 1439 if high is None else high, 0, 0, rng)
            return f"{minutes // 60:02}:{minutes % 60:02}"
        case _:
            taken = [line for line in LINES if _takes(item, line)]
            return rng.choice(taken) if taken else None


def _ends(item: Item) -> tuple[int | str | None, int | str | None]:
    return item.minimum, item.maximum


def _between(low: object, high: object, otherwise: int, spread: int, rng: Random) -> int:
    """A whole number between two limits, or within `spread` of the one there is."""
    if isinstance(low, int):
        return rng.randint(low, high if isinstance(high, int) else low + spread)
    return rng.randint(high - spread, high) if isinstance(high, int) else otherwise + rng.randint(0, spread)


def _decimal(item: Item, rng: Random) -> str:
    step = Decimal(1).scaleb(-(item.decimals or 2))
    low, high = (None if end is None else Decimal(end) for end in _ends(item))
    if low is None:
        low = Decimal(0) if high is None else high - _SPREAD
    if high is None:
        high = low + _SPREAD
    first, last = int((low / step).to_integral_value("ROUND_CEILING")), int(high // step)
    value = low if last < first else step * rng.randint(first, last)
    return str(accepted(item, f"{value:f}"))


def _takes(item: Item, line: str) -> bool:
    try:
        return accepted(item, line) is not None
    except InterviewError:
        return False
