"""T8, T18: what a power cut left behind the end of a log is never taken for damage, nor does it hide any."""

import shutil
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from interview.calls.cases import Case
from interview.crypto.slots import TEST
from interview.database.opening import PAGE
from interview.database.wal import FRAME, HEADER, log_of, walk
from interview.errors import InterviewError
from interview.paths import Home
from interview.station import casework
from interview.station.keys import station_keys
from interview.station.station import Station
from interview.station.unlocking import unlock
from tests.crashes.disk import Fault, Operation, watched
from tests.crashes.kills import Tell, Work, count_points, in_child, kill_at, needs_forks, spread
from tests.crashes.power import Event, Recording
from tests.station.stations import PASSPHRASE, Original, noon, real_original

pytestmark = needs_forks
QUICK = pytest.param(7, id="some")
EVERY = pytest.param(10_000, id="every", marks=pytest.mark.slow)
LONG = 14
"""Cases of the write that is cut short: more pages than the write that comes after it."""


def add(station: Station, count: int) -> None:
    """So many made-up people on the call list, in one transaction."""
    with station.workspace.locked():
        for number in range(count):
            casework.add_case(station, Case("", "", f"Påhittad {number}", "070-174 06 05", "bor på " + "x" * 200))


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Original:
    return real_original(tmp_path_factory.mktemp("torn"))


@pytest.fixture(scope="module")
def torn(original: Original, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A station whose power went in a long write: its commit reached the disk, something before that did not."""
    folder = tmp_path_factory.mktemp("recorded")
    original.copy(folder / "station")
    recording = Recording(folder)
    with recording.running(), original.open(folder / "station") as station:
        add(station, 1)
        recording.acknowledge("one")
        add(station, LONG)
        recording.acknowledge("many")
    cut = max(
        number
        for number, event in enumerate(recording.events)
        if is_sync_of_the_log(event) and "many" not in recording.acknowledged(number)
    )
    place = tmp_path_factory.mktemp("cut")
    for seed in range(2000):
        recording.after_cut(cut, Random(seed), place)
        if only_the_first_page_is_missing(Home(place / "station").workspace):
            return place / "station"
    raise AssertionError("no cut leaves a commit behind a gap")


def only_the_first_page_is_missing(path: Path) -> bool:
    """Whether a commit lies behind the end of a log, and one frame alone keeps it from being read."""
    content = log_of(path).read_bytes()
    frames = [content[start : start + FRAME] for start in range(HEADER, len(content), FRAME)]
    here = [any(frame[:24]) and any(frame[24:]) for frame in frames]
    return walk(path).remnant and here.count(False) == 1 and not here[1]


def is_sync_of_the_log(event: Event) -> bool:
    return isinstance(event, Operation) and event.kind == "sync" and event.path.name == "workspace.db-wal"


def killed_after_the_cut(
    origin: Path, folder: Path, work: Callable[[Path], Work], check: Callable[[Path, tuple[str, ...]], Work], most: int
) -> None:
    """Do the work at what the cut left, kill it at up to so many steps, and check each."""

    def copy(name: str) -> Path:
        return Path(shutil.copytree(origin, folder / name))

    for point in spread(count_points(work(copy("counted"))), most):
        place = copy(str(point))
        in_child(check(place, kill_at(work(place), point).told))
        shutil.rmtree(place)


@pytest.mark.parametrize("most", [QUICK, EVERY])
@pytest.mark.parametrize("count", [1, 6])
def test_a_shorter_write_and_a_kill_after_a_cut_are_no_damage(
    original: Original, torn: Path, ram: Path, count: int, most: int
) -> None:
    """T18: killed anywhere from unlocking on, also before the log is tidied away; nothing acknowledged is lost."""

    def work(folder: Path) -> Work:
        def one_more(tell: Tell) -> None:
            with original.open(folder) as station:
                add(station, count)
                tell("added")

        return one_more

    def check(folder: Path, told: tuple[str, ...]) -> Work:
        def look(tell: Tell) -> None:
            with original.open(folder) as station:
                station.examination.passed()
                there = len(casework.cases(station))
                assert there == 1 + count or (there == 1 and not told)

        return look

    killed_after_the_cut(torn, ram, work, check, most)


@pytest.mark.parametrize("most", [QUICK, EVERY])
def test_an_exchange_of_keys_killed_after_a_cut_is_no_damage(torn: Path, ram: Path, most: int) -> None:
    """T18, T21: it writes before anybody unlocks."""
    assert walk(Home(torn).workspace).remnant

    def work(folder: Path) -> Work:
        def exchanging(tell: Tell) -> None:
            station_keys(Home(folder)).new_code(PASSPHRASE, TEST)
            tell("exchanged")

        return exchanging

    def check(folder: Path, told: tuple[str, ...]) -> Work:
        def look(tell: Tell) -> None:
            with unlock(Home(folder), PASSPHRASE, noon) as station:
                station.examination.passed()
                assert len(casework.cases(station)) == 1

        return look

    killed_after_the_cut(torn, ram, work, check, most)


@pytest.mark.parametrize("most", [QUICK, EVERY])
def test_when_the_power_goes_again_nothing_is_lost_or_called_damage(
    original: Original, torn: Path, ram: Path, most: int
) -> None:
    """P2, T18: while the log is emptied, while a shorter write is under way, and after it."""
    folder = ram / "day"
    shutil.copytree(torn, folder / "station")
    recording = Recording(folder)
    with recording.running(), original.open(folder / "station") as station:
        add(station, 1)
        recording.acknowledge("added")
    for cut in spread(len(recording.events) + 1, most):
        for seed in range(4):
            place = ram / f"{cut} {seed}"
            recording.after_cut(cut, Random(4 * cut + seed), place)
            with original.open(place / "station") as station:
                station.examination.passed()
                there = len(casework.cases(station))
                assert there == 2 or (there == 1 and not recording.acknowledged(cut))
            shutil.rmtree(place)


def test_a_flip_in_what_was_written_after_a_cut_is_found(original: Original, torn: Path, tmp_path: Path) -> None:
    """T8: in every frame that a commit follows."""
    folder, left = Path(shutil.copytree(torn, tmp_path / "station")), tmp_path / "left"
    with original.open(folder) as station:
        station.settle()
        for _ in range(3):
            add(station, 2)
        shutil.copytree(folder, left, ignore=shutil.ignore_patterns("*-shm"))
    log = log_of(Home(left).workspace)
    whole = log.read_bytes()
    # Behind the frames of now there may be some of before the log began anew: nobody reads them.
    starts = [start for start in range(HEADER, len(whole), FRAME) if whole[start + 8 : start + 16] == whole[16:24]]
    last = [start for start in starts if any(whole[start + 4 : start + 8])][-2]
    for start in range(HEADER, last + 1, FRAME):
        for place in (start + 2000, start + 3, start + 9, start + 20):
            log.write_bytes(whole[:place] + bytes([whole[place] ^ 0x20]) + whole[place + 1 :])
            with pytest.raises(InterviewError, match=r"station\.damaged"):
                original.open(left).close()
    log.write_bytes(whole)
    original.open(left).close()


class Filling:
    """A disk that is full, once it is `armed`, in the middle of the page of a commit in the log of the workspace."""

    def __init__(self) -> None:
        self.armed = self.now = False

    def __call__(self, operation: Operation) -> Fault | None:
        if not self.armed or operation.kind != "write" or operation.path.name != "workspace.db-wal":
            return None
        if self.now:
            self.armed = self.now = False
            return Fault.SHORT
        self.now = len(operation.content) == FRAME - PAGE and any(operation.content[4:8])
        return None


def test_a_shorter_write_after_some_that_found_the_disk_full_is_no_damage(original: Original, tmp_path: Path) -> None:
    """T18: halves of commits lie in a log that is used again, behind what was saved when there was room."""
    disk, folder = Filling(), original.copy(tmp_path / "station")
    with watched(disk), original.open(folder) as station:
        station.examination.passed()
        for _ in range(9):
            add(station, LONG)
        station.workspace.database.query("PRAGMA wal_checkpoint(RESTART)")
        add(station, 1)
        for count in (4 * LONG, LONG):
            disk.armed = True
            with pytest.raises(InterviewError, match=r"database\.disk-full"):
                add(station, count)
        add(station, 1)
        shutil.copytree(folder, tmp_path / "left", ignore=shutil.ignore_patterns("*-shm"))
    with original.open(tmp_path / "left") as station:
        station.examination.passed()
        assert len(casework.cases(station)) == 9 * LONG + 2
