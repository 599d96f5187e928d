"""Being told to end by the system: the terminal was closed, or the computer shuts down.

Untold, the process would be killed on the spot: nothing is lost by that (P2), but nothing is tidied or erased either.
"""

import os
import signal
import stat
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import Any, Final

_TELLING: Final = ("SIGTERM", "SIGHUP", "SIGBREAK")
"""The signals that tell it, by name: each platform has some of them."""
PATIENCE: Final = 20
"""Seconds after which a process that has not ended is killed all the same, where the platform can do that."""


@contextmanager
def when_told_to_end(act: Callable[[], object]) -> Iterator[None]:
    """Call `act` in the main thread once the system tells the process to end; from then on it is told nothing more.

    A signal that is ignored from outside (`nohup`) stays ignored, and in any other thread nothing is changed.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before: dict[int, Any] = {}

    def tell(number: int, frame: FrameType | None) -> None:
        for each in before:
            signal.signal(each, signal.SIG_IGN)
        if hasattr(signal, "alarm"):
            signal.alarm(PATIENCE)
        if number == getattr(signal, "SIGHUP", None):
            _let_go_of_terminal()
        act()

    for name in _TELLING:
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
            before[number] = signal.signal(number, tell)
    try:
        yield
    finally:
        # Once it was told, whatever was to be told further out is not told either.
        for number, handler in before.items():
            if signal.getsignal(number) is tell:
                signal.signal(number, handler)


def _let_go_of_terminal() -> None:
    """Write into nothing from now on: a terminal that is gone answers every write with an error, in whatever thread."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        with suppress(OSError):
            if stat.S_ISCHR(os.fstat(standard).st_mode):
                os.dup2(nowhere, standard)
    os.close(nowhere)
