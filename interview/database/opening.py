"""Opening an encrypted database, and the thin connection everything is read and written through.

The order of opening was measured: log off, raw key in its checked form, cipher present, schema readable, bytes not
plain. A commit is durable (WAL, `synchronous=FULL`) before it returns. After damage or an I/O error the connection is
closed.
"""

import errno
import shutil
import stat
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sqlcipher3 import dbapi2

from interview.database.authoriser import authorise
from interview.database.faults import FINAL, translate
from interview.errors import InterviewError
from interview.files import create_private

if TYPE_CHECKING:
    from sqlite_utils import Database as Tables

PAGE: Final = 4096
"""Bytes of a page: SQLCipher's own, set for every file of the program."""
KEY: Final = 32
"""Bytes of a raw key."""
BUSY_MS: Final = 5000
"""How long a statement waits for another connection's lock."""
ALONE_MS: Final = 500
"""How long opening alone waits for the others to be gone."""
_LOG_INDEX: Final = 32 * 1024
"""Bytes of the index of the write-ahead log, which opening makes: https://www.sqlite.org/walformat.html"""
_FRAME_HEAD: Final = 24
"""Bytes before each page in the log."""
_SPARE: Final = 64 * 1024
_PLAIN: Final = b"SQLite format 3\0"
_PRAGMAS: Final = (
    "journal_mode = WAL",
    "synchronous = FULL",
    "fullfsync = ON",
    "checkpoint_fullfsync = ON",
    "secure_delete = ON",
    "temp_store = MEMORY",
    "foreign_keys = ON",
    "trusted_schema = OFF",
    "cell_size_check = ON",
)

Parameters = Sequence[Any] | Mapping[str, Any]
Row = tuple[Any, ...]


class Database:
    """One connection: statements, transactions that nest, and the library's errors in the program's words.

    It may be handed from thread to thread; a thread that is in a transaction keeps the others out. `before_writing` is
    called before every statement that is not a query, and stops it by raising.
    Errors of every method: `database.busy`, `disk-full`, `io-error`, `damaged`, `read-only`, `constraint`, `closed`,
    `gone`.
    """

    def __init__(self, connection: dbapi2.Connection, path: Path, *, read_only: bool = False) -> None:
        self.path = path
        self.read_only = read_only
        self.before_writing: Callable[[], object] | None = None
        self._connection = connection
        self._file = path.absolute()
        self._identity = _identity(self._file)
        self._lock = threading.RLock()
        self._depth = 0
        self._closed = ""

    def execute(self, sql: str, parameters: Parameters = ()) -> int:
        """Run one statement; how many rows it changed (−1 where that means nothing)."""
        self._may_write()
        with self._guarded():
            return int(self._connection.execute(sql, parameters).rowcount)

    def execute_many(self, sql: str, parameters: Iterable[Parameters]) -> int:
        """Run one statement once for each of `parameters`; how many rows that changed."""
        self._may_write()
        with self._guarded():
            return int(self._connection.executemany(sql, parameters).rowcount)

    def query(self, sql: str, parameters: Parameters = ()) -> list[Row]:
        """All rows of a query, as tuples; no cursor stays open."""
        with self._guarded():
            rows = list(self._connection.execute(sql, parameters).fetchall())
            self._trust_what_was_read()
            return rows

    def _trust_what_was_read(self) -> None:
        # Where SQLite looks for nothing but bytes, a page that was changed reads as zeros, and only the cipher knows (T8).
        if self._connection.execute("PRAGMA cipher_status").fetchall() != [("1",)]:
            self._close("database.damaged")
            raise InterviewError("database.damaged", self.path.name)

    def _may_write(self) -> None:
        if self.before_writing is not None:
            self.before_writing()
        if not self._depth:
            # Outside a transaction a statement is its own commit.
            self._check_there()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All of what happens inside, or nothing; inside another transaction a part of it that can fail alone."""
        with self._lock:
            inner = self._depth
            self.execute(f"SAVEPOINT part{inner}" if inner else "BEGIN IMMEDIATE")
            self._depth += 1
            try:
                yield
                if not inner:
                    self._check_there()
                with self._guarded():
                    self._trust_what_was_read()
                self.execute(f"RELEASE part{inner}" if inner else "COMMIT")
            except BaseException:
                self._undo(inner)
                raise
            finally:
                self._depth -= 1

    def _check_there(self) -> None:
        # An open file that was moved away or removed takes every commit, and nobody ever sees it again.
        if not self.read_only and self._identity != _identity(self._file):
            raise InterviewError("database.gone", self.path.name)

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Everything read inside is of one moment, while others go on writing; it must not last, or the log grows."""
        self.query("BEGIN")
        try:
            yield
        finally:
            with suppress(InterviewError):
                self.query("ROLLBACK")

    def _undo(self, inner: int) -> None:
        # A full disk or an I/O error may have rolled everything back already, or the connection is gone.
        with suppress(InterviewError):
            if self._closed or not self._connection.in_transaction:
                return
            if inner:
                self.execute(f"ROLLBACK TO part{inner}")
                self.execute(f"RELEASE part{inner}")
            else:
                self.execute("ROLLBACK")

    def rekey(self, key: bytes) -> None:
        """Encrypt every page anew under another raw key, in one transaction; other connections see damage from then on.

        Only on a connection that is `alone`. Where it did not take (`disk-full`, `io-error`) the file is under the key it
        was under, and the connection is closed.
        """
        if len(key) != KEY:
            raise ValueError("a raw key is 32 bytes")
        with self._guarded():
            # Emptied, the log afterwards holds what was encrypted anew and nothing else.
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            # No trace callback is ever set on a connection, and the log is off: nothing else is shown the key.
            self._connection.set_authorizer(None)
            try:
                self._connection.execute(f"PRAGMA rekey = \"x'{key.hex()}'\"").fetchall()
            finally:
                self._connection.set_authorizer(authorise)
            self._prove_rekeyed()

    def _prove_rekeyed(self) -> None:
        # The library is silent where a page or the commit was not written, and would go on under both keys at once.
        try:
            frames = self._connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()[0][1]
        except dbapi2.Error as error:
            if getattr(error, "sqlite_errorname", "") != "SQLITE_LOCKED":
                raise
            # The transaction whose commit failed is still open.
            frames = 0
        if frames < 1:
            code = "database.disk-full" if room_to_rekey(self.path) > free_room(self.path) else "database.io-error"
            self._close(code)
            raise InterviewError(code, self.path.name)

    @cached_property
    def tables(self) -> "Tables":
        """The same connection as a `sqlite_utils.Database`, whose errors are not translated."""
        # Only what uses it pays for its import.
        from sqlite_utils import Database as Tables  # noqa: PLC0415

        return Tables(self._connection)

    @property
    def in_transaction(self) -> bool:
        """Whether a transaction is open."""
        return not self._closed and bool(self._connection.in_transaction)

    def close(self) -> None:
        """Close; the last connection to a file moves the WAL into it. Closing twice does nothing."""
        with self._lock:
            self._close("database.closed")

    def _close(self, reason: str) -> None:
        if not self._closed:
            self._closed = reason
            # Nothing more can be saved or said by a connection that fails to close.
            with suppress(dbapi2.Error):
                self._connection.close()

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        with self._lock:
            if self._closed:
                raise InterviewError(self._closed, self.path.name)
            try:
                yield
            except dbapi2.Error as error:
                translated = translate(error, self.path.name)
                if translated is None:
                    raise
                if translated.code in FINAL:
                    self._close(translated.code)
                raise translated from None

    def __enter__(self) -> "Database":
        return self

    def __exit__(self, *raised: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"Database({self.path.name!r})"


def _identity(path: Path) -> tuple[int, int] | None:
    """Which file lies under a name, None where none does."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def open_database(
    path: Path,
    key: bytes,
    *,
    create: bool = False,
    read_only: bool = False,
    thread_bound: bool = False,
    alone: bool = False,
) -> Database:
    """The encrypted database at `path` under a raw key of 32 bytes.

    `create` makes a missing file (0600); `read_only` refuses every change; `thread_bound` lets only this thread use it;
    `alone` is refused (`database.busy`) while another connection is open, and keeps others out until it is closed.
    Errors: `database.not-found`, `not-encrypted`, `wrong-key`, `damaged`, `cannot-open`, `busy`, `no-cipher`.
    """
    if len(key) != KEY:
        # Any other length would silently become a passphrase.
        raise ValueError("a raw key is 32 bytes")
    _look_at_file(path, create=create and not read_only)
    uri = f"{path.absolute().as_uri()}?mode={'ro' if read_only else 'rw'}"
    try:
        connection = dbapi2.connect(
            uri,
            uri=True,
            isolation_level=None,
            check_same_thread=thread_bound,
            timeout=(ALONE_MS if alone else BUSY_MS) / 1000,
        )
    except dbapi2.Error:
        raise InterviewError("database.cannot-open", path.name) from None
    try:
        _unlock(connection, key, path, alone=alone)
        _settle(connection, path, read_only=read_only)
    except BaseException:
        connection.close()
        raise
    return Database(connection, path, read_only=read_only)


def _look_at_file(path: Path, *, create: bool) -> None:
    # Not opened here: closing a file drops every lock this process holds on it (POSIX), also other connections'.
    try:
        found = path.stat()
    except FileNotFoundError:
        if not create:
            raise InterviewError("database.not-found", path.name) from None
        _make(path)
        return
    except OSError:
        raise InterviewError("database.cannot-open", path.name) from None
    if not stat.S_ISREG(found.st_mode):
        raise InterviewError("database.cannot-open", path.name)
    # SQLCipher takes an empty file for a new database, and the last page may be cut without its noticing. While a log
    # waits, the page being written when the power went may be cut: it lies in the log too, which inspection looks at.
    size = found.st_size
    if (size % PAGE and not _log_waits(path)) or (size == 0 and not create):
        raise InterviewError("database.damaged", path.name)


def _make(path: Path) -> None:
    try:
        # Another process may have been faster: then it is there, and both open it.
        with suppress(FileExistsError):
            create_private(path)
    except OSError as error:
        code = "database.disk-full" if error.errno == errno.ENOSPC else "database.cannot-open"
        raise InterviewError(code, path.name) from None


def _log_waits(path: Path) -> bool:
    log = path.with_name(f"{path.name}-wal")
    return log.exists() and log.stat().st_size > 0


def _unlock(connection: dbapi2.Connection, key: bytes, path: Path, *, alone: bool) -> None:
    connection.execute("PRAGMA cipher_log_level = NONE")
    # Not `PRAGMA key`, which a trace callback would be shown.
    connection.set_key(f"x'{key.hex()}'".encode("ascii"))
    if not connection.execute("PRAGMA cipher_version").fetchall():
        raise InterviewError("database.no-cipher", path.name)
    if alone:
        # In WAL mode every connection holds a shared lock as long as it is open, so the first read finds out.
        connection.execute("PRAGMA locking_mode = EXCLUSIVE").fetchall()
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchall()
    except dbapi2.Error as error:
        if getattr(error, "sqlite_errorname", "") == "SQLITE_NOTADB":
            code = "database.not-encrypted" if _begins_plain(connection) else "database.wrong-key"
            raise InterviewError(code, path.name) from None
        raise _translated(error, path) from None


def _begins_plain(connection: dbapi2.Connection) -> bool:
    """Whether the file begins as one that is not encrypted: in place of the salt, by which an encrypted one begins."""
    salt = connection.execute("PRAGMA cipher_salt").fetchall()
    return not salt or salt[0][0] == _PLAIN.hex()


def _settle(connection: dbapi2.Connection, path: Path, *, read_only: bool) -> None:
    try:
        for pragma in _PRAGMAS:
            if not (read_only and pragma.startswith("journal_mode")):
                connection.execute(f"PRAGMA {pragma}").fetchall()
        if read_only:
            connection.execute("PRAGMA query_only = ON")
        plain = _begins_plain(connection)
    except dbapi2.Error as error:
        raise _translated(error, path) from None
    connection.set_authorizer(authorise)
    if plain:
        raise InterviewError("database.not-encrypted", path.name)


def _translated(error: dbapi2.Error, path: Path) -> InterviewError:
    known = translate(error, path.name) or InterviewError("database.cannot-open", path.name)
    # Where no room is left for the index of the log, SQLite says no more than that there was an I/O error.
    if known.code == "database.io-error" and free_room(path) < _LOG_INDEX:
        return InterviewError("database.disk-full", path.name)
    return known


def free_room(path: Path) -> int:
    """Bytes left on the disk a database lies on; without end where nobody can tell."""
    try:
        return shutil.disk_usage(path.parent).free
    except OSError:
        return sys.maxsize


def room_to_rekey(path: Path) -> int:
    """Bytes that encrypting a database anew needs: every page once more, in the log, and something to spare."""
    return path.stat().st_size // PAGE * (_FRAME_HEAD + PAGE) + _SPARE
