"""Since when nobody has been there, told by two clocks: one that goes on while the computer sleeps, and the time of day."""

import sys
import time
from collections.abc import Callable


def waking_seconds() -> float:
    """Seconds that never go back and go on while the computer sleeps.

    `time.monotonic` stops in sleep on Linux (clock_gettime(2), CLOCK_BOOTTIME) and on macOS, where CLOCK_MONOTONIC_RAW
    goes on; on Windows it goes on itself.
    """
    if sys.platform == "linux":
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    if sys.platform == "darwin":
        return time.clock_gettime(time.CLOCK_MONOTONIC_RAW)
    return time.monotonic()


class Idle:
    """How long nobody has been there: what the clock says that says more.

    `clock` gives seconds that never go back, `wall` the time of day in seconds: set back it changes nothing, set forward
    it counts as time that passed.
    """

    def __init__(self, clock: Callable[[], float], wall: Callable[[], float]) -> None:
        self._clocks = (clock, wall)
        self.seen()

    def seen(self) -> None:
        """Somebody is there."""
        self._at = [clock() for clock in self._clocks]

    @property
    def seconds(self) -> float:
        """Seconds since somebody was there."""
        return max(clock() - at for clock, at in zip(self._clocks, self._at, strict=True))
