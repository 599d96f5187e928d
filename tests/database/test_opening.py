"""P5, T6–T8, T15, T17, T18: opening refuses everything but the right file under the right key."""

import os
import secrets
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from interview.database.opening import PAGE, Database, open_database
from interview.errors import InterviewError
from tests.database.pages import KEY


def refusal(path: Path, key: bytes = KEY, *, create: bool = False, read_only: bool = False) -> str:
    with pytest.raises(InterviewError) as caught:
        open_database(path, key, create=create, read_only=read_only)
    assert caught.value.place == path.name
    return caught.value.code


def fill(database: Database, count: int = 60) -> None:
    with database.transaction():
        for _ in range(count):
            database.execute("INSERT INTO record VALUES (?, ?)", (secrets.token_bytes(32), secrets.token_bytes(500)))


@pytest.fixture
def closed(database: Database, path: Path) -> Path:
    fill(database)
    database.close()
    return path


def test_p5_what_was_written_is_there_again(closed: Path) -> None:
    with open_database(closed, KEY) as database:
        assert database.query("SELECT count(*), sum(length(sealed)) FROM record") == [(60, 30_000)]


def test_t7_another_key_does_not_open_it(closed: Path) -> None:
    before = closed.read_bytes()
    assert refusal(closed, secrets.token_bytes(32)) == "database.wrong-key"
    assert closed.read_bytes() == before


@pytest.mark.parametrize("length", [0, 16, 31, 33, 64])
def test_t7_a_key_of_another_length_never_becomes_a_passphrase(path: Path, length: int) -> None:
    path.parent.mkdir()
    with pytest.raises(ValueError, match="32 bytes"):
        open_database(path, bytes(length), create=True)
    assert not path.exists()


def test_p2_commits_are_durable_and_nothing_is_left_to_chance(database: Database) -> None:
    expected = {
        "journal_mode": "wal",
        "synchronous": 2,
        "fullfsync": 1,
        "checkpoint_fullfsync": 1,
        "secure_delete": 1,
        "temp_store": 2,
        "foreign_keys": 1,
        "trusted_schema": 0,
        "cell_size_check": 1,
        "busy_timeout": 5000,
        "cipher_page_size": str(PAGE),
    }
    assert {name: database.query(f"PRAGMA {name}")[0][0] for name in expected} == expected


def test_t17_the_files_are_for_this_account_alone(database: Database, path: Path) -> None:
    fill(database)
    files = sorted(path.parent.iterdir())
    assert [file.name for file in files] == ["test.db", "test.db-shm", "test.db-wal"]
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}


def test_a_missing_file_is_made_only_when_asked(path: Path) -> None:
    path.parent.mkdir()
    assert refusal(path) == "database.not-found"
    assert refusal(path, read_only=True) == "database.not-found"
    assert not path.exists()


def test_a_database_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    assert refusal(tmp_path / "nowhere" / "test.db", create=True) == "database.cannot-open"


def test_a_folder_is_not_a_database(tmp_path: Path) -> None:
    assert refusal(tmp_path, create=True) == "database.cannot-open"


def test_p5_a_plain_database_is_never_opened(path: Path) -> None:
    path.parent.mkdir()
    plain = sqlite3.connect(path)
    plain.execute("CREATE TABLE record (a)")
    plain.commit()
    plain.close()
    assert refusal(path) == "database.not-encrypted"
    assert refusal(path, create=True) == "database.not-encrypted"


def test_p5_nothing_of_a_new_file_is_plain(database: Database, path: Path) -> None:
    assert not path.read_bytes().startswith(b"SQLite format 3")
    with pytest.raises(sqlite3.DatabaseError):
        sqlite3.connect(path).execute("SELECT * FROM sqlite_master")


@pytest.mark.parametrize("cut", [1, 100, PAGE - 1, PAGE, 2 * PAGE])
def test_t8_a_truncated_file_is_not_opened(closed: Path, cut: int) -> None:
    content = closed.read_bytes()
    closed.write_bytes(content[:-cut])
    assert refusal(closed) == "database.damaged"


def test_t8_an_emptied_file_is_not_taken_for_a_new_one(closed: Path) -> None:
    closed.write_bytes(b"")
    assert refusal(closed) == "database.damaged"


def test_t8_each_flipped_page_is_found_and_ends_the_connection(closed: Path) -> None:
    content = closed.read_bytes()
    for start in range(0, len(content), PAGE):
        changed = bytearray(content)
        changed[start + 1000] ^= 1
        closed.write_bytes(bytes(changed))
        if start == 0:
            assert refusal(closed) == "database.wrong-key"
            continue
        with open_database(closed, KEY) as database:
            for _ in range(2):
                with pytest.raises(InterviewError) as caught:
                    database.query("SELECT sum(length(hash) + length(sealed)) FROM record")
                assert caught.value.code == "database.damaged"
            # Cached rows are not served either, because the connection is gone.
            with pytest.raises(InterviewError) as caught:
                database.query("SELECT 1")
            assert caught.value.code == "database.damaged"


def test_read_only_changes_nothing(closed: Path) -> None:
    with open_database(closed, KEY, read_only=True) as database:
        assert database.query("SELECT count(*) FROM record") == [(60,)]
        for statement in ("DELETE FROM record", "CREATE TABLE other (a)", "VACUUM"):
            with pytest.raises(InterviewError) as caught:
                database.execute(statement)
            assert caught.value.code == "database.read-only"


@pytest.mark.parametrize(
    "statement",
    [
        "PRAGMA temp_store = FILE",
        "PRAGMA TEMP_STORE = 1",
        "PRAGMA temp_store_directory = '/tmp'",
        "PRAGMA secure_delete = OFF",
        "PRAGMA cipher_log = stderr",
        "PRAGMA cipher_log_level = TRACE",
        "PRAGMA cipher_profile = 'profile.txt'",
        "PRAGMA cipher_plaintext_header_size = 32",
        "ATTACH 'plain.db' AS other KEY ''",
        "ATTACH ':memory:' AS other",
        "SELECT load_extension('x')",
        "SELECT sqlcipher_export('main')",
    ],
)
def test_t6_nobody_makes_it_write_plain_bytes(database: Database, statement: str) -> None:
    with pytest.raises(dbapi2.DatabaseError, match="not authorized"):
        database.query(statement)


def test_t6_vacuum_is_still_allowed(database: Database) -> None:
    fill(database)
    database.execute("VACUUM")


def test_t15_the_key_and_rows_are_in_no_repr(database: Database) -> None:
    assert repr(database) == "Database('test.db')"
    assert KEY.hex() not in repr(vars(database))


def test_t15_the_cipher_says_nothing_on_stderr(closed: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from interview.database.opening import open_database\n"
        "from interview.errors import InterviewError\n"
        "try: open_database(Path(sys.argv[1]), bytes(32))\n"
        "except InterviewError as error: print(error.code)"
    )
    run = subprocess.run([sys.executable, "-c", code, str(closed)], capture_output=True, text=True, check=True)
    assert (run.stdout.strip(), run.stderr) == ("database.wrong-key", "")


def test_opening_does_not_load_sqlite_utils() -> None:
    code = (
        "import sys, interview.database.opening, interview.database.compact\n"
        "print({'sqlite_utils', 'click', 'sqlite3'} & set(sys.modules))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "set()"


def test_the_same_connection_speaks_sqlite_utils(database: Database) -> None:
    with database.transaction():
        database.tables["case"].insert({"id": "a", "name": "Test Testsson"}, pk="id")
    assert database.query('SELECT id, name FROM "case"') == [("a", "Test Testsson")]
    assert [row["name"] for row in database.tables["case"].rows] == ["Test Testsson"]


def test_t18_a_write_protected_folder_is_said(closed: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root writes everywhere")
    closed.parent.chmod(0o500)
    try:
        assert refusal(closed) in {"database.cannot-open", "database.read-only"}
    finally:
        closed.parent.chmod(0o700)


def test_t18_others_are_kept_out_of_a_file_that_is_open_alone(closed: Path) -> None:
    """A lock that was dropped by looking at the file would let another process delete the WAL that is in use."""
    code = (
        "import sys, pathlib; from interview.database.opening import open_database\n"
        "try: open_database(pathlib.Path(sys.argv[1]), bytes.fromhex(sys.argv[2]), alone=True); print('in')\n"
        "except Exception as error: print(error.args[0])"
    )

    def other() -> str:
        run = subprocess.run(
            [sys.executable, "-c", code, str(closed), KEY.hex()], capture_output=True, text=True, check=True
        )
        return run.stdout.strip()

    with open_database(closed, KEY) as first:
        first.query("SELECT count(*) FROM sqlite_master")
        open_database(closed, KEY).close()
        assert other() == "database.busy"
    assert other() == "in"
    with open_database(closed, KEY, alone=True), pytest.raises(InterviewError) as caught:
        open_database(closed, KEY, alone=True)
    assert caught.value.code == "database.busy"


def test_t8_a_changed_page_is_never_read_as_zeros(path: Path) -> None:
    """Beyond the tables' own pages SQLite looks for nothing but bytes, and the cipher gives it zeros."""
    content = secrets.token_bytes(3 * PAGE)
    path.parent.mkdir(mode=0o700)
    with open_database(path, KEY, create=True) as database:
        database.execute(
            "CREATE TABLE record (hash BLOB PRIMARY KEY, sealed BLOB NOT NULL, last INTEGER) WITHOUT ROWID"
        )
        database.execute("INSERT INTO record VALUES (x'00', ?, 7)", (content,))
    whole = path.read_bytes()
    for start in range(PAGE, len(whole), PAGE):
        changed = bytearray(whole)
        changed[start + 200] ^= 1
        path.write_bytes(bytes(changed))
        with open_database(path, KEY) as database, pytest.raises(InterviewError) as caught:
            database.query("SELECT sealed, last FROM record")
        assert caught.value.code == "database.damaged"
        with open_database(path, KEY) as database, pytest.raises(InterviewError) as caught, database.transaction():
            database.execute("INSERT INTO record SELECT x'01', sealed, last FROM record")
        assert caught.value.code == "database.damaged"
        assert len(whole) == path.stat().st_size
