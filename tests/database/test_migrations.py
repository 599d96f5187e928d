"""T18: forward only, each step with its record, and never a newer database."""

import subprocess
import sys
from pathlib import Path

import pytest

from interview.database.migrations import migrate, schema_version
from interview.database.opening import Database, open_database
from interview.errors import InterviewError
from tests.database.pages import KEY

FIRST = ("CREATE TABLE a (x INTEGER PRIMARY KEY) WITHOUT ROWID", "INSERT INTO a VALUES (1)")


def second(database: Database) -> None:
    database.execute("CREATE TABLE b AS SELECT x + 1 AS y FROM a")


def test_each_step_runs_once(database: Database) -> None:
    assert schema_version(database) == 0
    migrate(database, [FIRST])
    migrate(database, [FIRST, second])
    migrate(database, [FIRST, second])
    assert schema_version(database) == 2
    assert database.query("SELECT x, y FROM a, b") == [(1, 2)]


def test_t18_a_newer_database_is_refused_untouched(database: Database, path: Path) -> None:
    migrate(database, [FIRST, second])
    with pytest.raises(InterviewError) as caught:
        migrate(database, [FIRST])
    assert caught.value.code == "database.newer-schema"
    assert schema_version(database) == 2


def test_a_step_that_fails_leaves_the_shape_before_it(database: Database) -> None:
    def fails(database: Database) -> None:
        database.execute("CREATE TABLE c (x)")
        raise InterviewError("database.io-error")

    with pytest.raises(InterviewError):
        migrate(database, [FIRST, fails, second])
    assert schema_version(database) == 1
    assert database.query("SELECT name FROM sqlite_master WHERE name = 'c'") == []
    migrate(database, [FIRST, second])
    assert schema_version(database) == 2


def test_t18_a_kill_inside_a_step_is_gone_on_from(database: Database, path: Path) -> None:
    code = (
        "import sys, os; from pathlib import Path; from interview.database.opening import open_database\n"
        "from interview.database.migrations import migrate\n"
        f"database = open_database(Path(sys.argv[1]), bytes.fromhex('{KEY.hex()}'))\n"
        "def killed(database):\n"
        "    database.execute('CREATE TABLE b (half INTEGER)')\n"
        "    os.kill(os.getpid(), 9)\n"
        f"migrate(database, [{FIRST!r}, killed])\n"
    )
    assert subprocess.run([sys.executable, "-c", code, str(path)], check=False).returncode == -9
    assert schema_version(database) == 1
    migrate(database, [FIRST, second])
    assert database.query("SELECT y FROM b") == [(2,)]


def test_two_programs_starting_at_once_migrate_once(database: Database, path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from interview.database.opening import open_database\n"
        "from interview.database.migrations import migrate\n"
        f"database = open_database(Path(sys.argv[1]), bytes.fromhex('{KEY.hex()}'))\n"
        "sys.stdin.readline()\n"
        "migrate(database, [(f'CREATE TABLE t{step} (x)',) for step in range(30)])\n"
    )
    command = [sys.executable, "-c", code, str(path)]
    programs = [subprocess.Popen(command, stdin=subprocess.PIPE) for _ in range(3)]
    for program in programs:
        assert program.stdin is not None
        program.stdin.write(b"go\n")
        program.stdin.close()
    assert [program.wait(timeout=60) for program in programs] == [0, 0, 0]
    assert schema_version(database) == 30


def test_t2_no_time_of_it_is_kept(database: Database) -> None:
    migrate(database, [FIRST, second])
    names = {row[0] for row in database.query("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert names == {"record", "a", "b"}


def test_a_database_in_shape_may_be_read_only(database: Database, path: Path) -> None:
    migrate(database, [FIRST])
    with open_database(path, KEY, read_only=True) as reader:
        migrate(reader, [FIRST])
        with pytest.raises(InterviewError) as caught:
            migrate(reader, [FIRST, second])
    assert caught.value.code == "database.read-only"
