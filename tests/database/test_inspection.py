"""T8: what is wrong with a file is found without anybody reading that row."""

import secrets
from pathlib import Path

import pytest

from interview.database.compact import checkpoint
from interview.database.inspection import examine_log, verify
from interview.database.opening import PAGE, Database, open_database
from interview.database.wal import log_of
from interview.errors import InterviewError
from tests.database.pages import KEY


@pytest.fixture
def closed(database: Database, path: Path) -> Path:
    with database.transaction():
        for _ in range(40):
            database.execute("INSERT INTO record VALUES (?, ?)", (secrets.token_bytes(32), secrets.token_bytes(900)))
    database.close()
    return path


def is_damaged(path: Path) -> bool:
    try:
        with open_database(path, KEY) as database:
            verify(database)
    except InterviewError as error:
        assert error.code in {"database.damaged", "database.wrong-key"}
        return True
    return False


def test_a_whole_database_passes(closed: Path) -> None:
    with open_database(closed, KEY) as database:
        verify(database)
        database.execute("INSERT INTO record VALUES (x'00', x'00')")
        verify(database)
        database.execute("DELETE FROM record")
        verify(database)
        checkpoint(database)
        verify(database)
        database.execute("VACUUM")
        verify(database)


@pytest.mark.parametrize("kept", [40, 8])
def test_t8_a_flip_in_any_page_is_found(closed: Path, kept: int) -> None:
    # With records erased there are pages nothing reads any more; a change there is a change too.
    with open_database(closed, KEY) as database:
        database.execute(
            "DELETE FROM record WHERE hash NOT IN (SELECT hash FROM record ORDER BY hash LIMIT ?)", (kept,)
        )
    content = closed.read_bytes()
    for start in range(0, len(content), PAGE):
        for place in (start, start + PAGE // 2, start + PAGE - 1):
            changed = bytearray(content)
            changed[place] ^= 0x40
            closed.write_bytes(bytes(changed))
            assert is_damaged(closed), place


def test_t8_two_pages_that_changed_places_are_found(closed: Path) -> None:
    content = closed.read_bytes()
    pages = [content[start : start + PAGE] for start in range(0, len(content), PAGE)]
    pages[-1], pages[-2] = pages[-2], pages[-1]
    closed.write_bytes(b"".join(pages))
    assert is_damaged(closed)


@pytest.mark.parametrize("pages", [1, 2, 5])
def test_t8_a_file_cut_by_whole_pages_is_found(closed: Path, pages: int) -> None:
    closed.write_bytes(closed.read_bytes()[: -pages * PAGE])
    assert is_damaged(closed)


def test_t8_a_file_with_pages_added_is_found(closed: Path) -> None:
    content = closed.read_bytes()
    for more in (bytes(PAGE), content[-PAGE:], bytes(10)):
        closed.write_bytes(content + more)
        assert is_damaged(closed)


def test_t18_a_page_cut_while_the_log_was_moved_into_the_file_is_no_damage(database: Database, path: Path) -> None:
    """The power goes while a checkpoint lengthens the file: the page is in the log, whole. Without the log it is lost."""
    checkpoint(database)
    log = path.with_name(f"{path.name}-wal")
    for _ in range(40):
        database.execute("INSERT INTO record VALUES (?, ?)", (secrets.token_bytes(32), secrets.token_bytes(900)))
    content, waiting = path.read_bytes(), log.read_bytes()
    database.close()
    for kept, damaged in ((waiting, False), (b"", True)):
        path.write_bytes(content + b"\x01" * 1000)
        log.write_bytes(kept)
        assert is_damaged(path) is damaged
    # A page that is cut and does not lie in the log is damage.
    path.write_bytes(content + b"\x01" * (64 * PAGE + 1000))
    log.write_bytes(waiting)
    assert is_damaged(path)


def test_t8_a_log_that_cannot_be_read_is_said(closed: Path) -> None:
    log_of(closed).mkdir()
    with pytest.raises(InterviewError) as caught:
        examine_log(closed)
    assert (caught.value.code, caught.value.place) == ("database.io-error", closed.name)
