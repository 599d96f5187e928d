"""Integrity: whether a database is whole, as far as its file can tell.

Not seen here: a page replaced by an older one, and what was cut off the WAL. The cipher keeps no freshness (README says
so).
"""

import re
from pathlib import Path
from typing import Final

from interview.database.compact import checkpoint
from interview.database.opening import PAGE, Database, open_database
from interview.database.wal import walk
from interview.errors import InterviewError

_UNREADABLE: Final = "error reading "
"""How the cipher's check begins what it says of a page the disk does not give."""
_PAGE_NUMBER: Final = re.compile(r"page (\d+)(?: has an invalid size .*)?$")


def verify(database: Database) -> None:
    """Check every page, the structure of every table, and the size; `database.damaged` if anything is wrong.

    `database.io-error` where the disk does not give a page: that says nothing of what stands in it.
    """
    # The cipher's check reads the file alone. A page that waits in the log is read by the structural check, and what the
    # file has in its place may have been cut short while it was moved there.
    waiting = walk(database.path).pages
    told = [str(row[0]) for row in database.query("PRAGMA cipher_integrity_check")]
    if any(line.startswith(_UNREADABLE) for line in told):
        raise InterviewError("database.io-error", database.path.name)
    found = [_PAGE_NUMBER.search(line) for line in told]
    if any(number is None or int(number[1]) not in waiting for number in found):
        raise _damaged(database)
    if database.query("PRAGMA integrity_check(1)") != [("ok",)]:
        raise _damaged(database)
    pages = int(database.query("PRAGMA page_count")[0][0])
    size = database.path.stat().st_size
    # Before a checkpoint the file may be shorter than what the log says it will be.
    if size != pages * PAGE and not waiting:
        raise _damaged(database)


def examine_log(path: Path) -> bool:
    """Whether a power failure left something behind the end of a database's log; `database.damaged` where it was changed.

    `database.io-error` where it cannot be read.
    """
    found = walk(path)
    if found.doubtful:
        raise InterviewError("database.damaged", path.name)
    return found.remnant


def begin_log_anew(database: Database) -> None:
    """Move a log with something behind its end into the file, once that is whole; `database.busy` while others read.

    To be done before the first write: what is written over in part would look like damage from then on.
    """
    if examine_log(database.path):
        verify(database)
        checkpoint(database)


def open_examined(path: Path, key: bytes) -> Database:
    """A database that is there, opened to be written once its log was looked at and, where need be, begun anew.

    Errors of `examine_log`, `begin_log_anew` and `open_database`.
    """
    examine_log(path)
    database = open_database(path, key)
    try:
        begin_log_anew(database)
    except InterviewError:
        database.close()
        raise
    return database


def _damaged(database: Database) -> InterviewError:
    return InterviewError("database.damaged", database.path.name)
