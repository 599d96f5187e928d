"""The harness itself: it sees every step, kills before it, and catches what is not one transaction (T18)."""

from collections.abc import Callable
from pathlib import Path

import pytest

from interview.database.opening import open_database
from interview.errors import InterviewError
from interview.files import write_atomically
from tests.crashes.disk import Fault, Operation, watched
from tests.crashes.kills import Tell, count_points, in_child, kill_at, needs_forks, spread

KEY = bytes(range(32))
pytestmark = needs_forks


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with open_database(tmp_path / "a.db", KEY, create=True) as database:
        database.execute("CREATE TABLE pair (number INTEGER PRIMARY KEY)")
    return tmp_path / "a.db"


def pair_in(path: Path, *, together: bool) -> Callable[[Tell], None]:
    """Two rows that belong together, written in one transaction or one after the other."""

    def work(tell: Tell) -> None:
        with open_database(path, KEY) as database:
            if together:
                with database.transaction():
                    database.execute_many("INSERT INTO pair VALUES (?)", [(1,), (2,)])
            else:
                database.execute("INSERT INTO pair VALUES (1)")
                database.execute("INSERT INTO pair VALUES (2)")
            tell("both")

    return work


def rows(path: Path) -> int:
    def look(tell: Tell) -> None:
        with open_database(path, KEY) as database:
            tell(str(database.query("SELECT count(*) FROM pair")[0][0]))

    return int(in_child(look)[0])


@pytest.mark.parametrize("together", [True, False])
def test_a_kill_at_every_step_tells_one_transaction_from_two(path: Path, together: bool) -> None:
    fresh = path.read_bytes()
    work = pair_in(path, together=together)
    points, left = count_points(work), set()
    for point in range(points):
        for file in path.parent.iterdir():
            file.unlink()
        path.write_bytes(fresh)
        death = kill_at(work, point)
        assert death.killed and death.at is not None
        found = rows(path)
        left.add(found)
        assert found == 2 or not death.told
    assert left == ({0, 2} if together else {0, 1, 2})


def test_it_sees_what_databases_and_other_files_do(path: Path, tmp_path: Path) -> None:
    seen: list[Operation] = []
    with watched(seen.append):
        pair_in(path, together=True)(lambda text: None)
        write_atomically(tmp_path / "b", b"whole")
        (tmp_path / "b").unlink()
    kinds = [operation.kind for operation in seen]
    assert {"write", "sync", "truncate", "delete", "fsync", "replace", "unlink", "open"} <= set(kinds)
    # A page as it reaches the disk is encrypted, and the commit is synchronised before it is acknowledged.
    wal = [operation for operation in seen if operation.path.name == "a.db-wal"]
    assert "sync" in [operation.kind for operation in wal]
    assert not any(b"pair" in operation.content for operation in wal)
    assert (tmp_path / "a.db").exists() and not (tmp_path / "b").exists()


@pytest.mark.parametrize(
    ("kind", "fault", "code"),
    [
        ("write", Fault.NO_SPACE, "database.disk-full"),
        ("write", Fault.SHORT, "database.disk-full"),
        ("write", Fault.IO_ERROR, "database.io-error"),
        ("sync", Fault.IO_ERROR, "database.io-error"),
    ],
)
def test_a_disk_that_refuses_is_told_of(path: Path, kind: str, fault: Fault, code: str) -> None:
    def refuse(operation: Operation) -> Fault | None:
        return fault if operation.kind == kind else None

    with watched(refuse), pytest.raises(InterviewError) as caught:
        pair_in(path, together=True)(lambda text: None)
    assert caught.value.code == code
    assert rows(path) == 0


def test_a_failure_of_the_work_is_no_kill(path: Path) -> None:
    def work(tell: Tell) -> None:
        raise KeyError

    with pytest.raises(AssertionError, match="99"):
        count_points(work)


def test_points_are_spread_from_first_to_last() -> None:
    assert spread(3, 10) == [0, 1, 2]
    assert spread(101, 3) == [0, 50, 100]
