"""P3, T2, T6: after compaction the file tells neither the order of saving nor what was erased."""

import hashlib
import struct
import time
from pathlib import Path

import pytest

from interview.database.compact import checkpoint, compact
from interview.database.opening import BUSY_MS, Database, open_database
from interview.errors import InterviewError
from tests.database.pages import KEY, cells_of_leaves, decrypted_pages


def save(database: Database, count: int, size: int = 60) -> None:
    for number in range(count):
        digest = hashlib.sha256(b"%d" % number).digest()
        database.execute("INSERT INTO record VALUES (?, ?)", (digest, bytes(size)))


def wal(path: Path) -> Path:
    return path.with_name(path.name + "-wal")


def content_after(path: Path, step: int, size: int, *, compacted: bool) -> list[bytes]:
    """The pages of a file in which the same 200 records were saved one by one, in an order that `step` makes."""
    with open_database(path, KEY, create=True) as database:
        database.execute("CREATE TABLE record (hash BLOB PRIMARY KEY, sealed BLOB NOT NULL) WITHOUT ROWID")
        for number in range(200):
            digest = hashlib.sha256(b"%d" % (number * step % 200)).digest()
            database.execute("INSERT INTO record VALUES (?, ?)", (digest, (digest * 100)[:size]))
            if compacted and number % 50 == 30:
                compact(database)
        (compact if compacted else checkpoint)(database)
    pages = [page for _, page in decrypted_pages(path)]
    # The file's header counts its changes; that many records were saved is no secret.
    return [pages[0][100:], *pages[1:]]


@pytest.mark.parametrize("size", [60, 2500, 9000])
def test_t2_the_file_is_the_same_in_whatever_order_the_records_came(tmp_path: Path, size: int) -> None:
    one, other = (content_after(tmp_path / f"{step}", step, size, compacted=True) for step in (1, 77))
    assert one == other
    # Without compaction it is not, so the test sees what it is for.
    one, other = (content_after(tmp_path / f"{step}-raw", step, size, compacted=False) for step in (1, 77))
    assert one != other


def test_t2_the_cells_of_a_page_are_not_in_the_order_of_saving(database: Database, path: Path) -> None:
    save(database, 12)
    checkpoint(database)
    [leaf] = [leaf for leaf in cells_of_leaves(path) if len(leaf) == 12]
    assert leaf != sorted(leaf, reverse=True)
    compact(database)
    [leaf] = [leaf for leaf in cells_of_leaves(path) if len(leaf) == 12]
    assert leaf == sorted(leaf, reverse=True)


def test_t2_the_wal_is_empty_afterwards(database: Database, path: Path) -> None:
    save(database, 20)
    assert wal(path).stat().st_size > 0
    compact(database)
    assert wal(path).stat().st_size == 0


def pages_in_the_index(path: Path) -> list[int]:
    """The pages the index of the WAL names, in the order they were written: https://www.sqlite.org/walformat.html."""
    index = path.with_name(path.name + "-shm").read_bytes()
    return [page for (page,) in struct.iter_unpack("<I", index[136:16384]) if page]


def test_t2_the_index_of_the_wal_does_not_tell_where_a_record_was_put(database: Database, path: Path) -> None:
    save(database, 200, 900)
    compact(database)
    database.execute("INSERT INTO record VALUES (?, ?)", (hashlib.sha256(b"latest").digest(), bytes(900)))
    checkpoint(database)
    assert set(pages_in_the_index(path)) - {1}
    compact(database)
    # The first page holds the tables' names alone.
    assert set(pages_in_the_index(path)) == {1}
    assert wal(path).stat().st_size == 0


def test_t6_what_was_erased_is_in_no_page_and_no_file(database: Database, path: Path) -> None:
    canary = "Testpatient Kanariefågel".encode()
    save(database, 20)
    database.execute("INSERT INTO record VALUES (?, ?)", (b"canary", canary * 500))
    checkpoint(database)
    assert any(canary in page for _, page in decrypted_pages(path))
    database.execute("DELETE FROM record WHERE hash = ?", (b"canary",))
    checkpoint(database)
    assert not any(canary in page for _, page in decrypted_pages(path))


def test_t6_nothing_plain_is_written_anywhere(database: Database, path: Path) -> None:
    canary = b"canary-canary-canary"
    with database.transaction():
        for number in range(3000):
            database.execute("INSERT INTO record VALUES (?, ?)", (b"%d" % number, canary * 20))
        # A sort this large would go to a temporary file if it were allowed to.
        database.query("SELECT length(group_concat(sealed)) FROM (SELECT sealed FROM record ORDER BY random())")
        assert not any(canary in file.read_bytes() for file in path.parent.iterdir())
    compact(database)
    assert not any(canary in file.read_bytes() for file in path.parent.iterdir())


def test_t2_a_reader_that_keeps_the_checkpoint_out_is_told(database: Database, path: Path) -> None:
    save(database, 20)
    with open_database(path, KEY) as reader:
        reader.execute("BEGIN")
        assert reader.query("SELECT count(*) FROM record") == [(20,)]
        began = time.monotonic()
        with pytest.raises(InterviewError) as caught:
            compact(database, patience=0.3)
        assert 0.3 <= time.monotonic() - began < 2
        assert caught.value.code == "database.busy"
        assert wal(path).stat().st_size > 0
        reader.execute("COMMIT")
        compact(database)
    assert wal(path).stat().st_size == 0
    assert database.query("PRAGMA busy_timeout") == [(BUSY_MS,)]


def test_a_writer_that_keeps_vacuum_out_is_told(database: Database, path: Path) -> None:
    with open_database(path, KEY) as writer, writer.transaction(), pytest.raises(InterviewError) as caught:
        compact(database, patience=0.1)
    assert caught.value.code == "database.busy"
    compact(database)


def test_a_writer_gets_its_turn_while_compaction_waits_for_a_reader(database: Database, path: Path) -> None:
    save(database, 20)
    with open_database(path, KEY) as reader, open_database(path, KEY) as writer:
        reader.execute("BEGIN")
        reader.query("SELECT count(*) FROM record")
        with pytest.raises(InterviewError):
            compact(database, patience=0.05)
        began = time.monotonic()
        assert writer.execute("INSERT INTO record VALUES (x'01', x'02')") == 1
        assert time.monotonic() - began < 1
        reader.execute("COMMIT")


def test_another_failure_is_not_taken_for_a_busy_one(database: Database, path: Path) -> None:
    with open_database(path, KEY, read_only=True) as reader, pytest.raises(InterviewError) as caught:
        compact(reader)
    assert caught.value.code == "database.read-only"
