"""T18, C5: killed at any write, sync or rename of exporting, collecting, migrating and exchanging keys.

Answering and finishing have their kill loops in `tests/station`. The quick suite takes a spread of the steps, the slow
one every step.
"""

import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from interview.archive.central import Central, new_recipient, open_central
from interview.archive.collecting import add_station, collect
from interview.calls.cases import Case
from interview.calls.outcomes import Outcome
from interview.crypto.slots import TEST
from interview.database.migrations import Step, migrate, schema_version
from interview.database.opening import Database, open_database
from interview.errors import InterviewError
from interview.exchange.batch import read_batch
from interview.exchange.receipt import read_receipt
from interview.paths import Home
from interview.station import casework
from interview.station.exporting import export
from interview.station.keys import station_keys
from interview.station.simulating import simulate
from interview.station.unlocking import unlock
from interview.store.keys import named_keys
from tests.crashes.kills import Tell, Work, count_points, in_child, kill_at, needs_forks, spread
from tests.station.stations import PASSPHRASE, Original, noon, real_original, rehearsal_original

pytestmark = needs_forks
KEY = bytes(range(32))
Place = Callable[[Path], Work]
QUICK = pytest.param(6, id="some")
EVERY = pytest.param(10_000, id="every", marks=pytest.mark.slow)


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Original:
    """A real station with twelve responses waiting, a case that is closed and one that is not."""
    original = real_original(tmp_path_factory.mktemp("ready"))
    with original.open(original.home.root) as station:
        for number, outcome in enumerate((Outcome.REFUSED, Outcome.BUSY)):
            case = casework.add_case(station, Case("", "", f"Påhittad {number}", "070-174 06 05"))
            casework.record_attempt(station, case, outcome)
        station.responses.add_many(station.survey_hash, [os.urandom(700) for _ in range(12)])
    return original


def killed_everywhere(
    origin: Path, folder: Path, work: Place, check: Callable[[Path, tuple[str, ...]], Work], most: int
) -> set[tuple[str, ...]]:
    """Kill the work at up to so many steps, each in a fresh copy of a folder; what the checks said of them."""

    def copy(name: str) -> Path:
        return Path(shutil.copytree(origin, folder / name))

    found = set()
    for point in spread(count_points(work(copy("counted"))), most):
        place = copy(str(point))
        death = kill_at(work(place), point)
        found.add(in_child(check(place, death.told)))
        shutil.rmtree(place)
    return found


@pytest.mark.parametrize("most", [QUICK, EVERY])
def test_exporting(ready: Original, ram: Path, most: int) -> None:
    """A14, P6: a batch with its name is whole and known; every response leaves once; nothing half is left.

    T2: the closed case goes with the batch, or with the next unlocking, and is still counted.
    """

    def work(folder: Path) -> Work:
        def exporting(tell: Tell) -> None:
            with ready.open(folder) as station:
                tell(export(station).path.name)

        return exporting

    def check(folder: Path, told: tuple[str, ...]) -> Work:
        def look(tell: Tell) -> None:
            with ready.open(folder) as station:
                outbox = station.home.outbox
                named, known = list(outbox.glob("*.batch")), station.responses.batches()
                assert len(named) <= len(known) <= 1 and (named or not told)
                tell("whole" if named else "known" if known else "nothing")
                assert len(station.workspace.cases()) == (1 if known else 2)
                assert list(station.workspace.tallies().values()) == [1]
                exported = export(station, again=bool(known))
                batch = read_batch(exported.path)
                assert (batch.header.count, len(set(batch.hashes)), batch.header.seq) == (12, 12, 1)
                assert station.responses.waiting_count(station.survey_hash) == 0
                assert [path.name for path in outbox.iterdir()] == [exported.path.name]

        return look

    found = killed_everywhere(ready.home.root, ram, work, check, most)
    assert {("nothing",), ("whole",)} <= found <= {("nothing",), ("known",), ("whole",)}


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a central home that knows a station, and that station's batch."""
    folder = tmp_path_factory.mktemp("sent")
    original = rehearsal_original(folder / "made")
    central, _ = new_recipient(Home(folder / "all" / "central"), "Centralen", PASSPHRASE, TEST)
    with central, original.open(original.home.root) as station:
        simulate(station, 15, random.Random(3))
        add_station(central, station.home.card.read_bytes(), rehearsal=True)
        export(station, to=folder / "all")
    return folder / "all"


@pytest.mark.parametrize("most", [QUICK, EVERY])
def test_collecting(sent: Path, ram: Path, most: int) -> None:
    """A15: a batch is in the archive whole or not at all, once; its receipt is whole."""
    (batch,) = (path.name for path in sent.glob("*.batch"))
    count = read_batch(sent / batch).header.count

    def opened(folder: Path) -> Central:
        return open_central(Home(folder / "central"), PASSPHRASE)

    def work(folder: Path) -> Work:
        def collecting(tell: Tell) -> None:
            with opened(folder) as central:
                (collected,) = collect(central, [folder / batch], rehearsal=True)
                assert collected.receipt is not None
                tell("collected")

        return collecting

    def check(folder: Path, told: tuple[str, ...]) -> Work:
        def look(tell: Tell) -> None:
            with opened(folder) as central:
                rows = central.archive(rehearsal=True).database.query("SELECT count(*) FROM response")[0][0]
                assert rows in (0, count) and (rows or not told)
                for receipt in folder.glob("*.receipt"):
                    assert read_receipt(receipt.read_bytes()).count == count
                (again,) = collect(central, [folder / batch], rehearsal=True)
                assert (again.new, again.already, again.notes) == (count - rows, rows, ())
                tell("all" if rows else "none")

        return look

    assert killed_everywhere(sent, ram, work, check, most) == {("all",), ("none",)}


def fill(database: Database) -> None:
    database.execute_many("INSERT INTO one VALUES (?, ?)", [(number, f"text {number}") for number in range(50)])


GROWING: tuple[Step, ...] = (
    ("CREATE TABLE one (number INTEGER PRIMARY KEY, text TEXT NOT NULL)",),
    fill,
    ("ALTER TABLE one ADD COLUMN length INTEGER NOT NULL DEFAULT 0", "UPDATE one SET length = length(text)"),
    (
        "CREATE TABLE two (number INTEGER PRIMARY KEY, text TEXT NOT NULL, length INTEGER NOT NULL) WITHOUT ROWID",
        "INSERT INTO two SELECT number, text, length FROM one",
        "DROP TABLE one",
    ),
)


@pytest.mark.parametrize("most", [QUICK, EVERY])
def test_migrating(ram: Path, most: int) -> None:
    """A12: each step and its record are one; the next start goes on from there."""
    (ram / "origin").mkdir()
    open_database(ram / "origin" / "a.db", KEY, create=True).close()

    def work(folder: Path) -> Work:
        def migrating(tell: Tell) -> None:
            with open_database(folder / "a.db", KEY) as database:
                migrate(database, GROWING)
                tell("migrated")

        return migrating

    def check(folder: Path, told: tuple[str, ...]) -> Work:
        def look(tell: Tell) -> None:
            with open_database(folder / "a.db", KEY) as database:
                version = schema_version(database)
                assert version == len(GROWING) or not told
                tables = {row[0] for row in database.query("SELECT name FROM sqlite_master")}
                assert tables == (set(), {"one"}, {"one"}, {"one"}, {"two"})[version]
                if version > 1:
                    assert database.query(f"SELECT count(*) FROM {tables.pop()}") == [(50,)]
                migrate(database, GROWING)
                assert database.query("SELECT sum(length) FROM two") == [(sum(len(f"text {n}") for n in range(50)),)]
                tell(str(version))

        return look

    found = killed_everywhere(ram / "origin", ram / "killed", work, check, most)
    assert len(found) >= 3 and (most < 100 or found == {(str(version),) for version in range(len(GROWING) + 1)})


@pytest.mark.parametrize("most", [QUICK, EVERY])
def test_exchanging_keys(ready: Original, ram: Path, most: int) -> None:
    """T21: one of the keyrings opens both files, and nothing in them is lost."""
    origin = shutil.copytree(ready.home.root, ram / "origin")
    station_keys(Home(origin)).add(PASSPHRASE, "Berit", "granen susar alltid", TEST)

    def work(folder: Path) -> Work:
        def removing(tell: Tell) -> None:
            station_keys(Home(folder)).remove(PASSPHRASE, "Berit")
            tell("removed")

        return removing

    def check(folder: Path, told: tuple[str, ...]) -> Work:
        def look(tell: Tell) -> None:
            with unlock(Home(folder), PASSPHRASE, noon) as station:
                assert station.responses.waiting_count(station.survey_hash) == 12
                assert len(list(station.responses.waiting(station.survey_hash))) == 12
                names = {key.name for key in named_keys(station.keyring)}
            assert "Berit" not in names or not told
            unlock(Home(folder), ready.code, noon).close()
            tell("both" if "Berit" in names else "one")

        return look

    assert killed_everywhere(origin, ram / "killed", work, check, most) == {("both",), ("one",)}


@pytest.mark.slow
def test_the_installed_program_killed_while_it_exports(ready: Original, ram: Path) -> None:
    """C5, A14: from outside, as soon as the first bytes of a batch are there."""
    for turn in range(12):
        home = ready.copy(ram / str(turn))
        command = [sys.executable, "-m", "interview", "export", "--home", str(home), "--passphrase-file", "-"]
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        assert process.stdin is not None
        process.stdin.write(PASSPHRASE.encode() + b"\n")
        process.stdin.close()
        outbox = home / "batches"
        while process.poll() is None and not (outbox.exists() and list(outbox.iterdir())):
            os.sched_yield()
        process.kill()
        process.wait()
        with ready.open(home) as station:
            known = station.responses.batches()
            assert len(list(outbox.glob("*.batch"))) <= len(known)
            assert read_batch(export(station, again=bool(known)).path).header.count == 12
            with pytest.raises(InterviewError, match="nothing-waiting"):
                export(station)
