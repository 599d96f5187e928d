"""How far long work has come: told now and then, so that a command or a screen can show it."""

from collections.abc import Callable, Iterable, Iterator
from typing import Final, TypeVar

Progress = Callable[[int, int], None]
"""Told how much of how much is done."""
STEP: Final = 200
"""Records between two tellings."""
Record = TypeVar("Record")


def silent(done: int, total: int) -> None:
    """Progress nobody wants to see."""


def told(records: Iterable[Record], total: int, progress: Progress) -> Iterator[Record]:
    """The records, with a word of progress now and then, and at the end."""
    for done, record in enumerate(records):
        if done % STEP == 0:
            progress(done, total)
        yield record
    progress(total, total)
