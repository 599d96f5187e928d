"""Compaction: what removes the order things were written in (P3, T2).

`VACUUM` writes every table anew in the order of its keys, a truncating checkpoint takes the old pages out of the WAL.
The WAL's index (`-shm`, never encrypted) goes on naming the pages that were written, one after the other, and so the one
the latest record was put on. SQLite clears it at the first write after the WAL was emptied: that write is made here.
All of it must succeed: a checkpoint that was kept out says so in its result and raises nothing.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Final

from interview.database.opening import BUSY_MS, Database
from interview.errors import InterviewError

_TRY_MS: Final = 100
"""How long one try waits. A truncating checkpoint keeps writers out while it waits for readers, so a try is short."""
_PAUSE: Final = 0.02
"""Seconds between tries, in which the others get their turn."""


def compact(database: Database, patience: float = 5.0) -> None:
    """Rewrite the file in key order, empty the WAL and its index; `database.busy` if others prevent it for `patience` seconds."""
    with _short_waits(database):
        until = time.monotonic() + patience
        _retry(database, _vacuum, until)
        _retry(database, _truncate, until)
        _retry(database, _clear_index, until)
        _retry(database, _truncate, until)


def checkpoint(database: Database, patience: float = 5.0) -> None:
    """Move the WAL into the file and empty it; `database.busy` if others prevent it for `patience` seconds."""
    with _short_waits(database):
        _retry(database, _truncate, time.monotonic() + patience)


def _vacuum(database: Database) -> bool:
    return _unless_busy(lambda: database.execute("VACUUM"))


def _clear_index(database: Database) -> bool:
    return _unless_busy(lambda: _write_nothing_new(database))


def _write_nothing_new(database: Database) -> None:
    with database.transaction():
        version = int(database.query("PRAGMA user_version")[0][0])
        database.execute(f"PRAGMA user_version = {version}")


def _unless_busy(write: Callable[[], object]) -> bool:
    try:
        write()
    except InterviewError as error:
        if error.code != "database.busy":
            raise
        return False
    return True


def _truncate(database: Database) -> bool:
    busy = database.query("PRAGMA wal_checkpoint(TRUNCATE)")[0][0]
    return not busy


def _retry(database: Database, attempt: Callable[[Database], bool], until: float) -> None:
    while not attempt(database):
        if time.monotonic() >= until:
            raise InterviewError("database.busy", database.path.name)
        time.sleep(_PAUSE)


@contextmanager
def _short_waits(database: Database) -> Iterator[None]:
    database.query(f"PRAGMA busy_timeout = {_TRY_MS}")
    try:
        yield
    finally:
        # A connection that was closed by damage has nothing to set back.
        with suppress(InterviewError):
            database.query(f"PRAGMA busy_timeout = {BUSY_MS}")
