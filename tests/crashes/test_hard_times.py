"""T18, C5: full and failing disks, folders that vanish or cannot be written, many windows, a clock set back.

Whatever happens: no acknowledged answer is lost, none counts twice, no half file is left, and what is said is in the
words of the program.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import TypeVar

import pytest

from interview.calls.cases import Case
from interview.calls.outcomes import Outcome
from interview.crypto.slots import TEST
from interview.errors import InterviewError
from interview.exchange.batch import read_batch
from interview.messages import LANGUAGES, Catalogue
from interview.paths import Home
from interview.station import answering, casework, tidying
from interview.station.exporting import export
from interview.station.finishing import finish
from interview.station.setup import set_up
from interview.station.station import Station
from interview.store.keyring import Keyring
from tests.crashes.disk import Fault, Operation, mounted, watched
from tests.crashes.kills import Tell, Work, in_child, needs_forks, spread, together
from tests.station.stations import NOON, PASSPHRASE, Original, answered, real_original, real_survey, talk

WAITING = 12
T = TypeVar("T")


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Original:
    """A real station with responses waiting, and one whole interview on its review."""
    original = real_original(tmp_path_factory.mktemp("hard"))
    with original.open(original.home.root) as station:
        station.responses.add_many(station.survey_hash, [os.urandom(700) for _ in range(WAITING)])
        talk(station)
    return original


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same tidying, which waits less before it tries again."""
    monkeypatch.setattr(tidying, "RETRY", 0.02)


def understood(error: InterviewError, *codes: str) -> None:
    """One of these codes, with words for what is wrong and what to do, in both languages."""
    assert error.code in codes, error.problems
    for language in LANGUAGES:
        message, remedy = Catalogue(language).error(error)
        assert len(message) > 15 and len(remedy) > 15 and "{" not in message + remedy


def refused(function: Callable[[], object], *codes: str) -> InterviewError:
    with pytest.raises(InterviewError) as caught:
        function()
    understood(caught.value, *codes)
    return caught.value


# A disk that is full.


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of its own with little room, where the account may mount one."""
    place = tmp_path / "disk"
    with mounted(place, "1500k") as own:
        if not own:
            pytest.skip("no file system can be mounted here")
        yield place


def fill_up(disk: Path) -> Path:
    """Leave no byte free."""
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as file:
        try:
            while file.write(bytes(4096)):
                pass
        except OSError:
            return filler
    raise AssertionError("the disk has no end")


def test_a_full_disk_loses_nothing_and_the_caller_goes_on_when_there_is_room(
    original: Original, small_disk: Path
) -> None:
    """P2: the answer that could not be saved is kept in the window, and saved when it can be."""
    with original.open(small_disk / "station") as station:
        interview = talk(station, items=3)
        filler = fill_up(small_disk)
        kept = interview
        for _ in range(400):
            later = answered(kept) if kept.item else kept.jump(kept.form.addresses[0]).to_review().lasting(_)
            try:
                answering.keep(station, later)
            except InterviewError as error:
                understood(error, "database.disk-full")
                break
            kept = later
        else:
            raise AssertionError("the disk is never full")
        assert station.workspace.draft(kept.draft.id).draft == kept.draft
        refused(lambda: export(station), "database.disk-full", "files.disk-full", "database.busy")
        assert station.responses.batches() == () and not list(small_disk.rglob("*.batch"))
        filler.unlink()
        answering.keep(station, later)
        finish(station, talk(station, later))
        assert export(station).count == WAITING + 1


def test_a_station_on_a_full_disk_says_so_and_opens_when_there_is_room(original: Original, small_disk: Path) -> None:
    folder = original.copy(small_disk / "station")
    filler = fill_up(small_disk)
    refused(lambda: original.open(folder), "database.disk-full")
    filler.unlink()
    with original.open(folder) as station:
        assert len(station.workspace.drafts()) == 1


def test_setting_up_on_a_full_disk_leaves_nothing(small_disk: Path, tmp_path: Path) -> None:
    (tmp_path / "made").mkdir()
    made, _ = real_survey(tmp_path / "made")
    filler = fill_up(small_disk)
    setting = partial(
        set_up, Home(small_disk / "station"), PASSPHRASE, survey_file=made.path.read_bytes(),
        fingerprint=made.fingerprint, unit="vc-norr", organisation="primary-care", profile=TEST,
    )  # fmt: skip
    refused(setting, "files.disk-full", "database.disk-full")
    assert [path.name for path in small_disk.iterdir()] == ["filler"]
    filler.unlink()
    setting()[0].close()


def test_a_read_only_disk_says_so_and_is_left_as_it_is(original: Original, small_disk: Path) -> None:
    folder = original.copy(small_disk / "station")
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    refused(lambda: original.open(folder), "database.read-only", "database.cannot-open")
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="an account that modes hold for")
def test_a_folder_that_cannot_be_written_says_so(original: Original, tmp_path: Path) -> None:
    folder = original.copy(tmp_path / "station")
    for path in (*folder.iterdir(), folder):
        path.chmod(0o500)
    refused(lambda: original.open(folder), "database.read-only", "database.cannot-open")
    folder.chmod(0o700)


def test_a_database_that_may_not_grow_says_so(original: Original, tmp_path: Path) -> None:
    """The same without a file system of its own: SQLite's own limit."""
    with original.open(tmp_path / "station") as station:
        database = station.workspace.database
        database.query(f"PRAGMA max_page_count = {database.query('PRAGMA page_count')[0][0]}")
        cases = [Case(f"{number:032x}", "vc-norr", "Påhittad " * 12, "070-174 06 05") for number in range(200)]
        before = len(casework.cases(station))
        with pytest.raises(InterviewError) as caught, station.workspace.locked():
            for case in cases:
                station.workspace.add_case(case, station.survey_hash)
        understood(caught.value, "database.disk-full")
        assert len(casework.cases(station)) == before


# A disk with errors: each operation of a day's work fails in turn.


class Nth:
    """A watcher that fails one operation of some kinds."""

    def __init__(self, kinds: set[str], fault: Fault, nth: int | None) -> None:
        self.kinds, self.fault, self.nth, self.seen = kinds, fault, nth, 0

    def __call__(self, operation: Operation) -> Fault | None:
        if operation.kind not in self.kinds:
            return None
        self.seen += 1
        return self.fault if self.seen - 1 == self.nth else None


SAID = (
    "database.disk-full", "database.io-error", "database.busy", "database.cannot-open", "database.closed",
    "files.disk-full", "files.write-failed",
)  # fmt: skip
FAULTS = [
    ({"write"}, Fault.NO_SPACE), ({"write"}, Fault.SHORT), ({"write"}, Fault.IO_ERROR), ({"sync"}, Fault.IO_ERROR),
    ({"fsync", "replace", "mkdir", "open"}, Fault.IO_ERROR), ({"truncate", "delete"}, Fault.IO_ERROR),
]  # fmt: skip


@needs_forks
@pytest.mark.parametrize("most", [pytest.param(3, id="some"), pytest.param(10_000, id="every", marks=pytest.mark.slow)])
@pytest.mark.parametrize(("kinds", "fault"), FAULTS)
def test_whatever_fails_is_said_and_nothing_acknowledged_is_lost(
    original: Original, ram: Path, kinds: set[str], fault: Fault, most: int
) -> None:
    """P2, A13, A14, T18."""

    def day(folder: Path, nth: int | None) -> int:
        told: list[str] = []
        original.copy(folder)
        watcher = Nth(kinds, fault, nth)
        with watched(watcher):
            try:
                with original.open(folder) as station:
                    work(station, told.append)
            except InterviewError as error:
                understood(error, *SAID)
        in_child(partial(afterwards, folder, told))
        shutil.rmtree(folder)
        return watcher.seen

    def work(station: Station, say: Tell) -> None:
        (kept,) = station.workspace.drafts()
        finish(station, answering.resume(station, kept.draft.id))
        say("finished")
        interview = answering.begin(station)
        for _ in range(4):
            interview = answered(interview)
            answering.keep(station, interview)
            say(interview.draft.id)
        export(station)
        say("exported")

    def afterwards(folder: Path, told: list[str], tell: Tell) -> None:
        with original.open(folder) as station:
            stored = station.responses.database.query("SELECT count(*) FROM response")[0][0] - WAITING
            drafts = {kept.draft.id: len(kept.draft.answers) for kept in station.workspace.drafts()}
            whole = [id_ for id_, count in drafts.items() if count > 10]
            assert stored + len(whole) == 1 and (stored or "finished" not in told)
            for id_ in set(told) - {"finished", "exported"}:
                # The first item is read aloud; each after it leaves an answer.
                assert drafts[id_] >= told.count(id_) - 1
            known = {batch.hash.hex() for batch in station.responses.batches()}
            named = list(station.home.outbox.glob("*.batch")) if station.home.outbox.exists() else []
            assert all(read_batch(path).hash in known for path in named)
            assert named or "exported" not in told
            exported = export(station, again=bool(known))
            assert exported.count == (WAITING + stored if not known else read_batch(exported.path).header.count)

    for nth in spread(day(ram / "counted", None), most):
        day(ram / str(nth), nth)


@pytest.mark.parametrize("kind", ["fsync", "replace", "open"])
@pytest.mark.parametrize("fault", [Fault.IO_ERROR, Fault.NO_SPACE])
def test_a_keyring_that_cannot_be_written_stays_as_it_was(
    original: Original, tmp_path: Path, kind: str, fault: Fault
) -> None:
    """T21."""
    home = Home(original.copy(tmp_path / "station"))
    keyring = replace(original.keyring, path=home.keyring)
    before = home.keyring.read_bytes()
    with watched(Nth({kind}, fault, 0)):
        refused(lambda: Keyring.with_secrets(keyring, keyring.secrets), "files.write-failed", "files.disk-full")
    if kind != "replace" or home.keyring.read_bytes() == before:
        assert home.keyring.read_bytes() == before
    assert not list(home.root.glob(".keyring*"))


# A folder that vanishes.


@pytest.mark.skipif(sys.platform == "win32", reason="an open file cannot be moved there")
@pytest.mark.parametrize("removed", [True, False])
def test_a_folder_that_vanishes_acknowledges_nothing(original: Original, tmp_path: Path, removed: bool) -> None:
    """P2: an open file would take every answer, and nobody would see it again. Put back, it goes on."""
    folder, elsewhere = tmp_path / "station", tmp_path / "elsewhere"
    station = original.open(folder)
    interview = talk(station, items=4)
    later = answered(interview)
    station.settle()
    if removed:
        shutil.rmtree(folder)
    else:
        folder.rename(elsewhere)
    refused(lambda: answering.keep(station, later), "database.gone")
    refused(lambda: finish(station, talk(station, items=0)), "database.gone")
    refused(lambda: casework.add_case(station, Case("", "", "Påhittad", "070-174 06 05")), "database.gone")
    refused(lambda: export(station), "database.gone", "files.write-failed")
    if not removed:
        shutil.rmtree(folder, ignore_errors=True)
        elsewhere.rename(folder)
        answering.keep(station, later)
        assert station.close() is None
        with original.open(folder) as again:
            assert again.workspace.draft(interview.draft.id).draft == later.draft
    else:
        station.close()


def test_a_memory_stick_that_is_pulled_out_costs_nothing(original: Original, tmp_path: Path) -> None:
    """A14: nothing has left, or the batch can be written again."""
    stick = tmp_path / "stick"

    def pulled_out(done: int, total: int) -> None:
        shutil.rmtree(stick, ignore_errors=True)

    with original.open(tmp_path / "station") as station:
        stick.mkdir()
        refused(
            lambda: export(station, to=stick, progress=pulled_out),
            "files.write-failed",
        )
        again = bool(station.responses.batches())
        assert export(station, to=stick, again=again).count == WAITING


# Many windows.


@needs_forks
def test_eight_windows_on_one_station_lose_nothing_and_count_nothing_twice(original: Original, ram: Path) -> None:
    """T18: each talks, is resumed and finishes; all try to finish the same interview; one exports meanwhile.

    Who seals the same interview at the same moment is told that it is sealed, as it is: one response comes of it.
    """
    folder = original.copy(ram / "station")
    with original.open(folder) as station:
        shared = station.workspace.drafts()[0].draft.id

    def window(number: int) -> Work:
        def work(tell: Tell) -> None:
            with original.open(folder) as station:
                mine = patiently(lambda: answering.begin(station))
                for _ in range(25):
                    mine = answered(mine)
                    patiently(partial(answering.keep, station, mine))
                    tell(mine.draft.id)
                try:
                    patiently(lambda: finish(station, answering.resume(station, shared)))
                    tell("shared")
                except InterviewError as error:
                    understood(error, "store.no-such-draft", "store.draft-changed-elsewhere")
                if number == 3:
                    tell(f"exported {patiently(lambda: export(station)).count}")
                if number % 2:
                    whole = patiently(lambda: talk(station, answering.resume(station, mine.draft.id)))
                    try:
                        patiently(lambda: finish(station, whole))
                    except InterviewError as error:
                        # A window that unlocked between two steps took it for an interrupted one, and ended it.
                        understood(error, "store.no-such-draft")
                    tell("finished")

        return work

    told = together(window(number) for number in range(8))
    with original.open(folder) as station:
        drafts = {kept.draft.id: kept.draft for kept in station.workspace.drafts()}
        assert len(drafts) == 4 and shared not in drafts
        for number, said in enumerate(told):
            assert (said[0] in drafts) == (number % 2 == 0)
            assert said.count(said[0]) == 25
        assert any("shared" in said for said in told)
        assert station.responses.database.query("SELECT count(*) FROM response") == [(WAITING + 5,)]
        assert sum(station.workspace.tallies().values()) == 5
        assert station.responses.tokens() == frozenset()
        (first,) = station.responses.batches()
        station.settle()
        exported = export(station, final=True) if station.responses.waiting_count(station.survey_hash) else None
        assert first.count + (exported.count if exported else 0) == WAITING + 5


def patiently(attempt: Callable[[], T]) -> T:
    """What a caller does who is told that another window is busy: try again."""
    for _ in range(20):
        try:
            return attempt()
        except InterviewError as error:
            if error.code != "database.busy":
                raise
    return attempt()


# A clock set back.


def test_a_clock_set_back_loses_and_blocks_nothing(original: Original, tmp_path: Path) -> None:
    """C5: what was begun later is finished earlier; the outcome counts in the month the clock says."""
    with original.open(tmp_path / "station") as station:
        case = casework.add_case(station, Case("", "", "Påhittad", "070-174 06 05"))
        casework.record_attempt(station, case, Outcome.BUSY)
        interview = talk(station, answering.begin(station, case))
    with original.open(tmp_path / "station", lambda: NOON - timedelta(days=40)) as station:
        assert interview.draft.id in {line.id for line in answering.drafts(station)}
        (listed,) = casework.cases(station)
        assert casework.record_attempt(station, listed, Outcome.NO_ANSWER).attempts[-1].outcome is Outcome.NO_ANSWER
        begun = talk(station, items=4)
        finish(station, answering.resume(station, interview.draft.id))
        assert [tally.month for tally in station.workspace.tallies()] == ["2026-10"]
        assert export(station).count == WAITING + 1
        assert begun.draft.id in {line.id for line in answering.drafts(station)}
    with original.open(tmp_path / "station", lambda: NOON - timedelta(days=400)) as station:
        refused(lambda: answering.begin(station), "station.survey-not-open")
        finish(station, talk(station, answering.resume(station, begun.draft.id)))
        assert station.responses.waiting_count(station.survey_hash) == 1
