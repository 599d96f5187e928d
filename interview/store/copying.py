"""Copying the anonymous side into another file, row by row in the order of the keys, so that no other order comes along.

Every response is held against its hash on the way (T8). What cannot be read can be left out, where that is asked for: a
range of hashes that fails is halved until only what is damaged is left.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from interview.database.opening import Database, Row
from interview.errors import InterviewError
from interview.progress import Progress, silent, told
from interview.store.responses import PAGE, Responses

RESPONSE: Final = "response"
_COLUMNS: Final = ("hash", "survey", "sealed")
_EXPECTED: Final = "SELECT (SELECT total(waiting) FROM survey) + (SELECT count(*) FROM batch_member)"
_COUNT_AGAIN: Final = (
    "UPDATE survey SET waiting = (SELECT count(*) FROM response WHERE response.survey = survey.hash"
    " AND NOT EXISTS (SELECT 1 FROM batch_member WHERE batch_member.hash = response.hash))"
)
LEFT_OUT: Final = frozenset({"finishing"})
"""Tables that mean something only beside the workspace."""
_HASH: Final = 32
_FIRST_BITS: Final = 8
"""Ranges of hashes a file is read in, as a power of two, so that a large one is never in memory at once."""
_MORE_BITS: Final = 2
"""How much finer than one response a range is halved: a damaged page fails every range that touches it."""


@dataclass(slots=True)
class Copied:
    """How many responses were copied, and of how many."""

    responses: int
    expected: int


def copy_responses(
    source: Database,
    target: Responses,
    reopen: Callable[[], Database] | None = None,
    progress: Progress = silent,
) -> Copied:
    """Copy everything but finishings into `target`, whose tables are empty.

    With `reopen`, which opens the source anew after damage has closed it, responses that cannot be read are left out.
    `database.damaged` for one that is not what its hash says, or where anything else cannot be read.
    """
    with target.large_cache(), target.database.transaction():
        for table, columns, keys in _tables(source):
            if table != RESPONSE:
                _insert(target, table, columns, _rows(source, table, columns, keys))
        expected = int(target.database.query(_EXPECTED)[0][0])
        records = _records(source) if reopen is None else _readable(_Source(source, reopen), expected)
        held = _held_against_hash(source, records, strict=reopen is None)
        copied = Copied(_insert(target, RESPONSE, _COLUMNS, told(held, expected, progress)), expected)
        target.database.execute(_COUNT_AGAIN)
        return copied


def _tables(source: Database) -> list[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    """Every table but those left out: name, columns, the columns of its key."""
    names = [str(row[0]) for row in source.query("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
    tables = []
    for name in names:
        if name not in LEFT_OUT:
            # Columns: place, name, type, not null, default, place in the key (from 1).
            info = source.query(f"PRAGMA table_info({name})")
            keys = sorted((row[5], row[1]) for row in info if row[5])
            tables.append((name, tuple(row[1] for row in info), tuple(key for _, key in keys)))
    return tables


def _rows(source: Database, table: str, columns: tuple[str, ...], keys: tuple[str, ...]) -> Iterator[Row]:
    names, key = ", ".join(columns), ", ".join(keys)
    # Names are those of the tables themselves; nothing else is written into the statement.
    begin = f"SELECT {names} FROM {table} ORDER BY {key} LIMIT {PAGE}"  # noqa: S608
    places = [columns.index(name) for name in keys]
    rows = source.query(begin)
    while rows:
        yield from rows
        last = [rows[-1][place] for place in places]
        marks = ", ".join("?" * len(keys))
        after = f"SELECT {names} FROM {table} WHERE ({key}) > ({marks}) ORDER BY {key} LIMIT {PAGE}"  # noqa: S608
        rows = source.query(after, last)


def _records(source: Database) -> Iterator[Row]:
    return _rows(source, RESPONSE, _COLUMNS, ("hash",))


def _insert(target: Responses, table: str, columns: tuple[str, ...], rows: Iterator[Row]) -> int:
    names, marks = ", ".join(columns), ", ".join("?" * len(columns))
    sql, count = f"INSERT OR REPLACE INTO {table} ({names}) VALUES ({marks})", 0  # noqa: S608
    for row in rows:
        target.database.execute(sql, row)
        count += 1
    return count


def _held_against_hash(source: Database, records: Iterator[Row], *, strict: bool) -> Iterator[Row]:
    for record in records:
        if sha256(record[2]).digest() == record[0]:
            yield record
        elif strict:
            raise InterviewError("database.damaged", source.path.name)


class _Source:
    """A database that is opened anew whenever damage has closed it."""

    def __init__(self, database: Database, reopen: Callable[[], Database]) -> None:
        self._database = database
        self._reopen = reopen

    def between(self, first: bytes, end: bytes, only: str = "") -> list[Row] | None:
        """The responses whose hashes lie from `first` to below `end`, or one of them; None where that is damaged."""
        sql = f"SELECT hash, survey, sealed FROM response WHERE hash >= ? AND hash < ? ORDER BY hash {only}"  # noqa: S608
        try:
            return self._database.query(sql, (first, end))
        except InterviewError as error:
            if error.code not in {"database.damaged", "database.io-error"}:
                raise
            self._database = self._reopen()
            return None


def _readable(source: _Source, expected: int) -> Iterator[Row]:
    """Whatever can be read, by hash."""
    bits = max(expected.bit_length() + _MORE_BITS, _FIRST_BITS)
    step = 1 << (bits - _FIRST_BITS)
    for first in range(0, 1 << bits, step):
        yield from _halved(source, first, first + step, bits)


def _halved(source: _Source, first: int, end: int, bits: int) -> Iterator[Row]:
    rows = source.between(_bound(first, bits), _bound(end, bits))
    if rows is not None:
        yield from rows
    elif end - first > 1:
        middle = (first + end) // 2
        yield from _halved(source, first, middle, bits)
        yield from _halved(source, middle, end, bits)
    else:
        yield from _around(source, _bound(first, bits), _bound(end, bits))


def _around(source: _Source, first: bytes, end: bytes) -> Iterator[Row]:
    """One after the other from both ends of a range, as far as it can be read."""
    while rows := source.between(first, end, "LIMIT 1"):
        yield rows[0]
        first = rows[0][0] + b"\0"
    while rows := source.between(first, end, "DESC LIMIT 1"):
        yield rows[0]
        end = rows[0][0]


def _bound(number: int, bits: int) -> bytes:
    """The smallest hash that begins with a number of so many bits, or, beyond the largest, what is above every hash."""
    if number == 1 << bits:
        return b"\xff" * (_HASH + 1)
    return (number << (8 * _HASH - bits)).to_bytes(_HASH, "big")
