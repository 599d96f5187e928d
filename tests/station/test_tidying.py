"""Tidying (A13, P3, T2): in the background, again after it was kept out, and seen when it is."""

import os
import signal
import threading
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest

from interview.database import compact
from interview.database.opening import Database, open_database
from interview.errors import InterviewError
from interview.station import tidying
from interview.station.exporting import export
from interview.station.finishing import finish, mark
from interview.station.station import RESPONSES_KEY, UNTIDY, Station
from tests.crashes.disk import Fault, Operation, watched
from tests.crashes.kills import Tell, kill_at, needs_forks
from tests.station.stations import Original, talk


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same tidying, which gives up and begins again sooner."""
    monkeypatch.setattr(tidying, "compact", partial(compact.compact, patience=0.15))
    monkeypatch.setattr(tidying, "checkpoint", partial(compact.checkpoint, patience=0.15))
    monkeypatch.setattr(tidying, "RETRY", 0.02)


def reader_of(station: Station) -> Database:
    """Another window that is in the middle of reading the responses."""
    reader = open_database(station.home.responses, station.keyring.secrets[RESPONSES_KEY])
    reader.execute("BEGIN")
    reader.query("SELECT count(*) FROM response")
    return reader


def wal_of(folder: Path) -> int:
    wal = folder / "responses.db-wal"
    return wal.stat().st_size if wal.exists() else 0


def test_after_a_finishing_the_order_goes(station: Station) -> None:
    finish(station, talk(station))
    station.settle()
    assert (station.tidier.pending, station.tidier.trouble, wal_of(station.home.root)) == (False, None, 0)


def test_what_is_kept_out_is_shown_and_done_when_it_can_be(station: Station) -> None:
    """T2: a busy checkpoint raises nothing by itself."""
    with reader_of(station) as reader:
        finish(station, talk(station))
        with pytest.raises(InterviewError) as caught:
            station.settle()
        assert caught.value.code == "database.busy"
        assert station.tidier.pending and station.tidier.trouble is not None
        assert wal_of(station.home.root) > 0
        # A caller goes on meanwhile.
        finish(station, talk(station))
        reader.execute("COMMIT")
        station.settle()
    assert (station.tidier.pending, station.tidier.trouble, wal_of(station.home.root)) == (False, None, 0)


def test_nothing_is_exported_while_order_is_left(station: Station) -> None:
    """T2: what leaves the station is told apart from what came last by nothing in its files."""
    with reader_of(station):
        finish(station, talk(station))
        with pytest.raises(InterviewError) as caught:
            export(station)
        assert caught.value.code == "database.busy"


def test_a_try_that_was_under_way_already_is_not_the_last_word(
    station: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    """T2: whoever waits is told what a try begun after that fails of; what was in the way before may be gone."""
    station.settle()
    begun, waited_for = threading.Event(), threading.Event()

    def kept_out(database: Database) -> None:
        monkeypatch.setattr(tidying, "compact", compact.compact)
        begun.set()
        assert waited_for.wait(60)
        raise InterviewError("database.busy", database.path.name)

    monkeypatch.setattr(tidying, "compact", kept_out)
    finish(station, talk(station))
    assert begun.wait(60)
    with ThreadPoolExecutor(1) as other:
        waiting = other.submit(station.settle)
        while not station.tidier._hurried:
            assert not waiting.done()
        waited_for.set()
        waiting.result(60)
    assert (station.tidier.pending, station.tidier.trouble) == (False, None)


def test_locking_says_that_order_is_left_and_unlocking_removes_it(original: Original, tmp_path: Path) -> None:
    """T2: though the last to close empties the WAL, by which it would have shown."""
    station = original.open(tmp_path / "station")
    with reader_of(station):
        finish(station, talk(station))
        trouble = station.close()
    assert trouble is not None and trouble.code == "database.busy"
    assert wal_of(tmp_path / "station") == 0
    with original.open(tmp_path / "station") as again:
        assert again.responses.setting(UNTIDY) is None
        again.settle()
        assert again.tidier._done == 1


@needs_forks
def test_a_killed_station_is_tidied_at_the_next_unlocking(original: Original, tmp_path: Path) -> None:
    def work(tell: Tell) -> None:
        station = original.open(tmp_path / "station")
        station.tidier.request = lambda: None  # type: ignore[method-assign]
        finish(station, talk(station))
        tell("finished")
        os.kill(os.getpid(), signal.SIGKILL)

    assert kill_at(work, -1).told == ("finished",)
    assert wal_of(tmp_path / "station") > 0
    with original.open(tmp_path / "station") as station:
        station.settle()
        assert station.tidier._done == 1 and wal_of(tmp_path / "station") == 0


def test_what_an_unlocking_ends_leaves_no_order_either(original: Original, tmp_path: Path) -> None:
    """T2: a finishing failed after its mark, and the station was locked in order: nothing of that shows in the log."""
    with original.open(tmp_path / "station") as station:
        mark(station, talk(station).draft)
    with original.open(tmp_path / "station") as again:
        assert again.responses.waiting_count(again.survey_hash) == 1
        again.settle()
        assert again.tidier._done == 1 and wal_of(tmp_path / "station") == 0


@needs_forks
def test_a_disk_that_fails_while_tidying_costs_nothing_and_is_tried_again(original: Original, tmp_path: Path) -> None:
    """T18: the tidier's connections are given up, the caller's go on."""
    failing: list[str] = []

    def watch(operation: Operation) -> Fault | None:
        return Fault.IO_ERROR if operation.kind in failing and operation.path.name == "responses.db" else None

    with watched(watch), original.open(tmp_path / "station") as station:
        station.settle()
        failing.append("write")
        finish(station, talk(station))
        with pytest.raises(InterviewError) as caught:
            station.settle()
        assert caught.value.code == "database.io-error"
        failing.clear()
        station.settle()
        assert station.tidier.trouble is None
        assert station.responses.waiting_count(station.survey_hash) == 1


def test_requests_that_meet_are_one(station: Station) -> None:
    for _ in range(50):
        station.tidier.request()
    station.settle()
    assert station.tidier._done == 50 and not station.tidier.pending


def test_settling_with_nothing_asked_for_returns_at_once(station: Station) -> None:
    station.settle(timeout=0)
