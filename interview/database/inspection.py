"""Integrity: whether a database is whole, as far as its file can tell.

Not seen here: a page replaced by an older one, and what was cut off the WAL. The cipher keeps no freshness (README says
so).
"""

from interview.database.opening import PAGE, Database
from interview.errors import InterviewError


def verify(database: Database) -> None:
    """Check every page, the structure of every table, and the size; `database.damaged` if anything is wrong."""
    # The cipher's check reads the file alone; a page that waits in the WAL is read by the structural check.
    if database.query("PRAGMA cipher_integrity_check"):
        raise _damaged(database)
    if database.query("PRAGMA integrity_check(1)") != [("ok",)]:
        raise _damaged(database)
    pages = int(database.query("PRAGMA page_count")[0][0])
    size = database.path.stat().st_size
    # Before a checkpoint the file may be shorter than what the WAL says it will be, but never a broken number of pages.
    if size % PAGE or (size != pages * PAGE and not _wal_has_frames(database)):
        raise _damaged(database)


def _wal_has_frames(database: Database) -> bool:
    wal = database.path.with_name(database.path.name + "-wal")
    return wal.exists() and wal.stat().st_size > 0


def _damaged(database: Database) -> InterviewError:
    return InterviewError("database.damaged", database.path.name)
