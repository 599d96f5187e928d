"""P2, T18: all or nothing, durable when acknowledged, and every failure said in the program's words."""

import subprocess
import sys
import threading
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from interview.database.faults import translate
from interview.database.opening import Database, open_database
from interview.errors import InterviewError
from tests.database.pages import KEY


def hashes(database: Database) -> list[bytes]:
    return [row[0] for row in database.query("SELECT hash FROM record ORDER BY hash")]


def insert(database: Database, digest: bytes, sealed: bytes = b"x") -> None:
    assert database.execute("INSERT INTO record VALUES (?, ?)", (digest, sealed)) == 1


def refusal(database: Database, sql: str, parameters: tuple[object, ...] = ()) -> str:
    with pytest.raises(InterviewError) as caught:
        database.execute(sql, parameters)
    return caught.value.code


def run_child(code: str, path: Path, **more: object) -> "subprocess.Popen[str]":
    start = (
        "import sys, os; from pathlib import Path; from interview.database.opening import open_database\n"
        "from interview.errors import InterviewError\n"
        f"database = open_database(Path(sys.argv[1]), bytes.fromhex('{KEY.hex()}'))\n"
    )
    return subprocess.Popen([sys.executable, "-c", start + code, str(path)], stdout=subprocess.PIPE, text=True, **more)


def test_a_transaction_is_all_or_nothing(database: Database) -> None:
    with database.transaction():
        insert(database, b"a")
        insert(database, b"b")
    with pytest.raises(KeyError), database.transaction():
        insert(database, b"c")
        raise KeyError
    assert hashes(database) == [b"a", b"b"]
    assert not database.in_transaction


def test_a_transaction_inside_another_fails_alone(database: Database) -> None:
    with database.transaction():
        insert(database, b"a")
        with pytest.raises(KeyError), database.transaction():
            insert(database, b"b")
            with database.transaction():
                insert(database, b"c")
            raise KeyError
        with database.transaction():
            insert(database, b"d")
    assert hashes(database) == [b"a", b"d"]


def test_the_outer_transaction_takes_the_inner_with_it(database: Database) -> None:
    with pytest.raises(KeyError), database.transaction():
        with database.transaction():
            insert(database, b"a")
        raise KeyError
    assert hashes(database) == []


def test_an_interrupted_transaction_leaves_nothing(database: Database) -> None:
    with pytest.raises(KeyboardInterrupt), database.transaction():
        insert(database, b"a")
        raise KeyboardInterrupt
    assert hashes(database) == []


def test_many_rows_are_counted(database: Database) -> None:
    with database.transaction():
        rows = ((bytes((number,)), b"x") for number in range(50))
        assert database.execute_many("INSERT INTO record VALUES (?, ?)", rows) == 50
    assert database.execute("DELETE FROM record WHERE hash < ?", (bytes((20,)),)) == 20
    assert database.execute("DELETE FROM record WHERE hash = :hash", {"hash": b"none"}) == 0


def test_a_rule_of_the_tables_is_named_without_its_values(database: Database) -> None:
    insert(database, b"secret hash")
    with pytest.raises(InterviewError) as caught:
        insert(database, b"secret hash")
    assert caught.value.code == "database.constraint"
    assert "secret" not in repr((caught.value, caught.value.facts, caught.value.__cause__))


def test_a_mistake_in_our_own_sql_is_seen_as_it_is(database: Database) -> None:
    with pytest.raises(dbapi2.OperationalError, match="no such table"):
        database.query("SELECT * FROM nowhere")
    insert(database, b"still open")


def test_t18_a_full_disk_is_said_and_the_rest_stays(database: Database, path: Path) -> None:
    insert(database, b"before")
    pages = database.query("PRAGMA page_count")[0][0]
    database.query(f"PRAGMA max_page_count = {pages + 2}")
    with pytest.raises(InterviewError) as caught, database.transaction():
        for number in range(50):
            insert(database, bytes((number,)), bytes(2000))
    assert caught.value.code == "database.disk-full"
    assert hashes(database) == [b"before"]
    database.query(f"PRAGMA max_page_count = {pages + 100}")
    insert(database, b"after")
    assert hashes(database) == [b"after", b"before"]


def test_t18_an_io_error_is_final_and_said(database: Database, path: Path) -> None:
    insert(database, b"before")
    # The system refuses to let the WAL grow: what SQLite sees is a write that fails. Then it would succeed again.
    code = """
import resource
_, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
resource.setrlimit(resource.RLIMIT_FSIZE, (os.path.getsize(sys.argv[1] + "-wal") + 20000, hard))
for attempt in range(2):
    try:
        for number in range(100):
            database.execute("INSERT INTO record VALUES (?, ?)", (bytes((attempt, number)), bytes(2000)))
            print("saved", flush=True)
    except InterviewError as error:
        print(error.code, flush=True)
        resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
"""
    said = run_child(code, path).communicate(timeout=60)[0].split()
    saved = said.count("saved")
    assert said == ["saved"] * saved + ["database.io-error"] * 2
    assert 0 < saved < 100
    assert len(hashes(database)) == 1 + saved


def test_p2_what_was_acknowledged_is_there_after_a_kill(database: Database, path: Path) -> None:
    for run in range(6):
        code = f"""
for number in range(100000):
    database.execute("INSERT INTO record VALUES (?, ?)", (b"{run}/%d" % number, bytes(700)))
    print(number, flush=True)
"""
        child = run_child(code, path)
        assert child.stdout is not None
        acknowledged = [child.stdout.readline() for _ in range(5 + 7 * run)]
        child.kill()
        acknowledged += child.stdout.readlines()
        child.wait()
        kept = {digest for digest in hashes(database) if digest.startswith(b"%d/" % run)}
        told = {b"%d/%d" % (run, int(line)) for line in acknowledged if line.endswith("\n")}
        assert told <= kept
        # At most the one that was saved and not yet told.
        assert len(kept - told) <= 1


def test_p2_a_killed_transaction_leaves_nothing(database: Database, path: Path) -> None:
    code = """
with database.transaction():
    for number in range(3000):
        database.execute("INSERT INTO record VALUES (?, ?)", (b"%d" % number, bytes(1000)))
    print("all", flush=True)
    os.kill(os.getpid(), 9)
"""
    assert run_child(code, path).communicate(timeout=60)[0] == "all\n"
    assert hashes(database) == []
    insert(database, b"a")


def test_t18_several_processes_lose_no_change(database: Database, path: Path) -> None:
    database.execute("CREATE TABLE counter (value INTEGER NOT NULL)")
    database.execute("INSERT INTO counter VALUES (0)")
    code = """
for _ in range(40):
    with database.transaction():
        value = database.query("SELECT value FROM counter")[0][0]
        database.execute("UPDATE counter SET value = ?", (value + 1,))
"""
    children = [run_child(code, path) for _ in range(4)]
    assert [child.wait(timeout=60) for child in children] == [0] * 4
    assert database.query("SELECT value FROM counter") == [(160,)]


def test_t18_a_database_somebody_else_keeps_is_busy(database: Database, path: Path) -> None:
    with open_database(path, KEY) as other, other.transaction():
        database.query("PRAGMA busy_timeout = 10")
        assert refusal(database, "DELETE FROM record") == "database.busy"
    assert database.execute("DELETE FROM record") == 0


def test_a_thread_in_a_transaction_keeps_the_others_out(database: Database) -> None:
    inside, seen = threading.Event(), []

    def read() -> None:
        assert inside.wait(10)
        seen.append(hashes(database))

    reader = threading.Thread(target=read)
    reader.start()
    with pytest.raises(KeyError), database.transaction():
        insert(database, b"a")
        inside.set()
        # The reader is let in only when this has been undone.
        reader.join(0.05)
        raise KeyError
    reader.join(10)
    assert seen == [[]]


def test_a_thread_bound_database_stays_in_its_thread(path: Path) -> None:
    path.parent.mkdir()
    database = open_database(path, KEY, create=True, thread_bound=True)
    caught: list[BaseException] = []

    def use() -> None:
        try:
            database.query("SELECT 1")
        except dbapi2.ProgrammingError as error:
            caught.append(error)

    thread = threading.Thread(target=use)
    thread.start()
    thread.join()
    assert len(caught) == 1
    database.close()


def test_a_closed_database_says_so(database: Database) -> None:
    database.close()
    database.close()
    assert refusal(database, "SELECT 1") == "database.closed"
    with pytest.raises(InterviewError) as caught, database.transaction():
        pass
    assert caught.value.code == "database.closed"
    assert not database.in_transaction


def test_closing_inside_a_transaction_undoes_it(database: Database, path: Path) -> None:
    with pytest.raises(InterviewError) as caught, database.transaction():
        insert(database, b"a")
        database.close()
    assert caught.value.code == "database.closed"
    with open_database(path, KEY) as again:
        assert hashes(again) == []
    assert list(path.parent.iterdir()) == [path]


def test_p2_what_was_moved_away_takes_no_statement_either(database: Database, path: Path) -> None:
    """Outside a transaction as inside: nobody would ever see it again."""
    insert(database, b"before")
    path.rename(path.with_name("elsewhere"))
    assert refusal(database, "DELETE FROM record") == "database.gone"
    with pytest.raises(InterviewError, match=r"database\.gone"), database.transaction():
        insert(database, b"lost")
    path.with_name("elsewhere").rename(path)
    assert hashes(database) == [b"before"]


@pytest.mark.skipif(sys.platform != "linux", reason="record locks as Linux lists them")
def test_a_wrong_key_leaves_the_locks_of_this_process(database: Database, path: Path) -> None:
    """T18: closing a file drops them all (POSIX), so the file is never opened beside SQLite."""

    def locks() -> list[str]:
        inode = f":{path.stat().st_ino} "
        return sorted(line.split(": ", 1)[1] for line in Path("/proc/locks").read_text().splitlines() if inode in line)

    held = locks()
    assert held
    with pytest.raises(InterviewError, match=r"database\.wrong-key"):
        open_database(path, bytes(32), read_only=True)
    assert locks() == held


def test_t18_a_lock_of_the_log_that_cannot_be_had_is_waited_for_as_any_other() -> None:
    error = dbapi2.OperationalError("locking protocol")
    error.sqlite_errorcode = 15
    told = translate(error, "test.db")
    assert told is not None and told.code == "database.busy"
