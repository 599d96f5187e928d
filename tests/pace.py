"""How slow the machine is that tests, so that a bound in milliseconds (T11) means the same on a busy one."""

import time
from typing import Final

_REFERENCE: Final = 0.0125
"""Seconds of CPU the work below takes where the bounds were set (a current laptop's core, CPython 3.11)."""


def slowness() -> float:
    """How many times longer than there a fixed piece of work takes here and now; at least 1."""
    return max(1.0, min(_work() for _ in range(3)) / _REFERENCE)


def _work() -> float:
    began = time.process_time()
    table: dict[str, int] = {}
    for number in range(60_000):
        table[str(number % 997)] = number
    return time.process_time() - began
