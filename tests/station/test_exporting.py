"""Exporting (A14, P6, T4): everything that waits or nothing, in exactly one batch, and never half a file."""

import hashlib
import os
import random
import shutil
import signal
import sys
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from interview.archive.central import new_recipient, new_survey
from interview.archive.collecting import add_station, collect
from interview.calls.cases import Attempt, Case
from interview.calls.outcomes import Outcome
from interview.crypto.slots import TEST
from interview.errors import InterviewError
from interview.exchange.batch import read_batch
from interview.exchange.tallies import open_tallies
from interview.messages import Catalogue
from interview.paths import Home
from interview.questionnaire.canonical import canonical_bytes
from interview.station import casework, exporting
from interview.station.exporting import export
from interview.station.receiving import take_receipt
from interview.station.rehearsal import shipped_questionnaire
from interview.station.setup import set_up
from interview.station.simulating import simulate
from interview.station.station import ERASING_DUE, Station
from interview.station.unlocking import open_station
from interview.store.keyring import Keyring
from interview.store.workspace import Workspace
from tests.crashes.kills import Tell, kill_at, needs_forks
from tests.station.stations import Original, noon

PASSPHRASE = "correct horse battery staple"
MINIMUM = 10


class Real:
    """A real station's folder and its keys, to be copied for each test, and the central home its survey is from."""

    def __init__(self, folder: Path) -> None:
        self.central, _ = new_recipient(Home(folder / "central"), "Centralen", PASSPHRASE, TEST)
        self.other, _ = new_recipient(Home(folder / "other"), "Kommunen", PASSPHRASE, TEST)
        made = new_survey(
            self.central, to=folder / "s.survey", id="host-2026", title="Hösten", starts="2026-09", ends="2026-12",
            questionnaire=canonical_bytes(shipped_questionnaire()), units=[{"id": "vc-norr", "name": "Norr"}],
            recipients=[self.other.home.card.read_bytes()], minimum_batch=MINIMUM,
        )  # fmt: skip
        self.home = Home(folder / "station")
        station, _ = set_up(
            self.home, PASSPHRASE, survey_file=made.path.read_bytes(), fingerprint=made.fingerprint, unit="vc-norr",
            organisation="primary-care", profile=TEST, clock=noon,
        )  # fmt: skip
        self.keyring: Keyring = station.keyring
        station.close()
        self.central.close()
        self.other.close()

    def station(self, folder: Path) -> Station:
        """The station in a folder, made there from the original if it is not there yet."""
        if not folder.exists():
            shutil.copytree(self.home.root, folder)
        return open_station(Home(folder), self.keyring, noon)


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Real:
    return Real(tmp_path_factory.mktemp("real"))


@pytest.fixture
def station(real: Real, tmp_path: Path) -> Iterator[Station]:
    with real.station(tmp_path / "station") as opened:
        yield opened


def add(station: Station, count: int, size: int = 300) -> set[bytes]:
    """So many sealed responses; what is inside nobody at the station can tell."""
    sealed = [os.urandom(size) for _ in range(count)]
    station.responses.add_many(station.survey_hash, sealed)
    station.tidier.request()
    return {hashlib.sha256(record).digest() for record in sealed}


def refusal(function: Callable[[], object]) -> InterviewError:
    with pytest.raises(InterviewError) as caught:
        function()
    return caught.value


def state(station: Station) -> tuple[Any, ...]:
    """What the station knows of its batches."""
    members = station.responses.database.query("SELECT * FROM batch_member ORDER BY hash")
    return station.responses.batches(), members, station.responses.waiting_count(station.survey_hash)


def test_everything_that_waits_leaves_as_one_batch(station: Station, tmp_path: Path) -> None:
    """A14."""
    hashes = add(station, 25)
    told: list[tuple[int, int]] = []
    exported = export(station, to=tmp_path / "stick", progress=lambda done, total: told.append((done, total)))
    assert (exported.count, exported.seq, exported.final) == (25, 1, False)
    assert [path.name for path in (tmp_path / "stick").iterdir()] == [exported.path.name]
    assert exported.path.name.startswith("host-2026-") and exported.path.name.endswith("-0001.batch")
    batch = read_batch(exported.path)
    assert set(batch.hashes) == hashes
    assert batch.header.station == station.signing_key.public
    assert (batch.header.prev, batch.header.rehearsal) == ("", False)
    assert batch.survey.hash == station.survey_hash
    assert told[0] == (0, 25) and told[-1] == (25, 25)
    assert refusal(lambda: export(station)).code == "exchange.nothing-waiting"


def test_what_was_never_sent_is_not_proposed_again(station: Station) -> None:
    """A14: with nothing finished there is nothing to write once more, and the remedy does not say so."""
    caught = refusal(lambda: export(station))
    assert caught.code == "exchange.nothing-sealed"
    assert "--again" not in " ".join(Catalogue("sv").error(caught))


def test_the_outbox_is_where_a_batch_goes_unless_told_otherwise(station: Station) -> None:
    add(station, MINIMUM)
    exported = export(station)
    assert exported.path.parent == station.home.outbox
    if sys.platform != "win32":
        assert station.home.outbox.stat().st_mode & 0o777 == 0o700
        assert exported.path.stat().st_mode & 0o777 == 0o600


def test_under_the_minimum_nothing_leaves_and_nothing_changes(station: Station, tmp_path: Path) -> None:
    """T4."""
    add(station, MINIMUM - 1)
    before = state(station)
    error = refusal(lambda: export(station, to=tmp_path / "stick"))
    assert error.code == "exchange.under-minimum"
    assert dict(error.facts) == {"waiting": MINIMUM - 1, "minimum": MINIMUM}
    assert state(station) == before
    assert list((tmp_path / "stick").iterdir()) == []


def test_the_last_remainder_leaves_once_and_says_its_size(station: Station, tmp_path: Path) -> None:
    """T4: a second remainder would show the few that came after the first."""
    add(station, 3)
    exported = export(station, to=tmp_path, final=True)
    assert (exported.count, exported.final) == (3, True)
    assert read_batch(exported.path).header.final
    add(station, 2)
    for final in (True, False):
        error = refusal(lambda final=final: export(station, to=tmp_path, final=final))
        assert error.code == ("exchange.already-final" if final else "exchange.under-minimum")
    add(station, MINIMUM)
    assert export(station, to=tmp_path, final=True).count == MINIMUM + 2


def test_no_union_or_difference_of_exports_is_under_the_minimum(station: Station, tmp_path: Path) -> None:
    """T4, over a random history: each response leaves in exactly one batch, each batch holds the minimum."""
    rng, everything, batches = random.Random(4), set(), []
    for turn in range(14):
        everything |= add(station, rng.randrange(1, 13), size=40)
        try:
            export(station, to=tmp_path / str(turn))
        except InterviewError as error:
            assert error.code == "exchange.under-minimum"
            continue
        batches.append(set(read_batch(next((tmp_path / str(turn)).iterdir())).hashes))
        # What a copy written again adds is nothing.
        again = export(station, to=tmp_path / f"{turn} again", again=True)
        assert set(read_batch(again.path).hashes) == batches[-1]
    assert len(batches) > 3
    for number, batch in enumerate(batches):
        for other in batches[:number]:
            assert not batch & other
            for group in (batch | other, batch - other, other - batch):
                assert len(group) >= MINIMUM
    assert len(everything) - len(set.union(*batches)) == station.responses.waiting_count(station.survey_hash)


def test_a_batch_lies_in_the_order_of_its_hashes_and_not_of_arrival(station: Station, tmp_path: Path) -> None:
    """T2, T4."""
    for _ in range(12):
        add(station, 1)
    hashes = read_batch(export(station, to=tmp_path).path).hashes
    assert list(hashes) == sorted(hashes)


def test_batches_are_chained(station: Station, tmp_path: Path) -> None:
    """P6."""
    batches = []
    for _ in range(3):
        add(station, MINIMUM)
        batches.append(read_batch(export(station, to=tmp_path).path))
    assert [batch.header.seq for batch in batches] == [1, 2, 3]
    assert [batch.header.prev for batch in batches] == ["", batches[0].hash, batches[1].hash]


def test_the_same_batch_is_written_again_byte_for_byte(real: Real, station: Station, tmp_path: Path) -> None:
    """Until its receipt comes; also where the file never got its name, and after more responses came."""
    add(station, 20)
    exported = export(station, to=tmp_path)
    raw = exported.path.read_bytes()
    exported.path.unlink()
    add(station, 30)
    station.close()
    with real.station(tmp_path / "station") as opened:
        again = export(opened, to=tmp_path, again=True)
        assert again == exported
        assert again.path.read_bytes() == raw
        assert export(opened, to=tmp_path).count == 30


def test_an_earlier_batch_can_be_written_again_by_its_number(station: Station, tmp_path: Path) -> None:
    """P6: any batch, until its receipts come; a later one takes nothing of it away."""
    add(station, 10)
    first = export(station, to=tmp_path / "one")
    add(station, 10)
    export(station, to=tmp_path / "two")
    again = export(station, to=tmp_path / "again", again=first.seq)
    assert (again.seq, again.path.read_bytes()) == (first.seq, first.path.read_bytes())
    error = refusal(lambda: export(station, to=tmp_path / "x", again=9))
    assert (error.code, error.facts["latest"]) == ("exchange.no-such-batch", 2)
    assert refusal(lambda: export(station, to=tmp_path / "x", again=0)).code == "exchange.no-such-batch"


def test_there_is_nothing_to_write_again_at_first(station: Station, tmp_path: Path) -> None:
    assert refusal(lambda: export(station, to=tmp_path / "x", again=True)).code == "exchange.no-batch"
    assert not list((tmp_path / "x").iterdir())


def test_a_batch_whose_responses_were_changed_is_not_written_again(station: Station, tmp_path: Path) -> None:
    add(station, MINIMUM)
    export(station, to=tmp_path)
    station.responses.database.execute(
        "UPDATE response SET sealed = x'00' WHERE hash = (SELECT min(hash) FROM response)"
    )
    assert refusal(lambda: export(station, to=tmp_path / "x", again=True)).code == "exchange.damaged-response"
    station.responses.database.execute("DELETE FROM response WHERE sealed = x'00'")
    assert refusal(lambda: export(station, to=tmp_path / "x", again=True)).code == "exchange.wrong-count"
    assert not list((tmp_path / "x").iterdir())


def test_finished_cases_are_erased_and_counted(station: Station, real: Real, tmp_path: Path) -> None:
    """T2, T3: an export erases finished cases; their counts travel sealed and stay."""
    add(station, MINIMUM)
    for number, outcome in enumerate((Outcome.COMPLETE, Outcome.REFUSED, None)):
        case = Case(
            id=f"{number:032x}", name=f"Påhittad {number}", telephone="070-174 06 05", unit="vc-norr",
            discharged=date(2026, 11, 20),
        )  # fmt: skip
        station.workspace.add_case(case, station.survey_hash)
        if outcome is not None:
            station.workspace.add_attempt(case.id, Attempt(at=datetime(2026, 11, 24, 12), outcome=outcome))
    tallies = station.workspace.tallies()
    exported = export(station, to=tmp_path)
    assert [case.name for case in station.workspace.cases()] == ["Påhittad 2"]
    assert station.workspace.tallies() == tallies
    header = read_batch(exported.path).header
    for position, recipient in enumerate((real.central, real.other)):
        opened = open_tallies(header.tallies, recipient.sealing_key, position, station.survey_hash)
        assert sorted((tally.outcome, tally.count) for tally in opened) == [("1.1", 1), ("2.112", 1)]


def test_a_folder_that_cannot_be_written_changes_nothing(station: Station, tmp_path: Path) -> None:
    add(station, MINIMUM)
    before = state(station)
    (tmp_path / "file").write_bytes(b"")
    assert refusal(lambda: export(station, to=tmp_path / "file")).code == "files.write-failed"
    assert state(station) == before


def in_child(work: Callable[[], object]) -> int:
    """Do the work in another process; how that ended, as `waitpid` says it."""
    child = os.fork()
    if child == 0:
        try:
            work()
            os._exit(0)
        except InterviewError as error:
            os._exit(10 + ("files.write-failed", "files.disk-full").index(error.code))
        finally:
            os._exit(99)
    return os.waitpid(child, 0)[1]


@pytest.mark.skipif(sys.platform == "win32", reason="forks")
def test_a_full_disk_at_any_byte_leaves_no_half_file_and_nothing_gone(real: Real, tmp_path: Path) -> None:
    """A14, T18: a real limit on the size of files, at places spread over the batch."""
    folder, stick = tmp_path / "station", tmp_path / "stick"
    with real.station(folder) as station:
        hashes = add(station, 60, size=5000)
    size = 0

    def limited() -> None:
        import resource

        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        with real.station(folder) as station:
            station.settle()
            resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
            export(station, to=stick)

    # Beyond what the database's own files need, up to the last byte of the batch but one.
    whole = 60 * 5004
    for size in (200_000, 230_017, 262_144, 299_999, whole + 1):
        assert os.waitstatus_to_exitcode(in_child(limited)) in (10, 11), size
        assert list(stick.iterdir()) == []
        with real.station(folder) as station:
            assert station.responses.batches() == ()
    with real.station(folder) as station:
        assert set(read_batch(export(station, to=stick).path).hashes) == hashes


@pytest.mark.skipif(sys.platform == "win32", reason="forks")
def test_killed_while_writing_it_leaves_no_batch_and_the_next_export_cleans_up(real: Real, tmp_path: Path) -> None:
    """A14, T18."""
    folder, stick = tmp_path / "station", tmp_path / "stick"
    with real.station(folder) as station:
        hashes = add(station, 650)
    points = iter((0, 200, 600, 650))
    at = next(points)

    def killed() -> None:
        def progress(done: int, total: int) -> None:
            if done == at:
                os.kill(os.getpid(), signal.SIGKILL)

        with real.station(folder) as station:
            export(station, to=stick, progress=progress)

    while at is not None:
        assert os.waitstatus_to_exitcode(in_child(killed)) == -signal.SIGKILL
        assert not list(stick.glob("*.batch"))
        with real.station(folder) as station:
            assert station.responses.batches() == ()
        at = next(points, None)
    with real.station(folder) as station:
        exported = export(station, to=stick)
        assert set(read_batch(exported.path).hashes) == hashes
    assert [path.name for path in stick.iterdir()] == [exported.path.name]


def test_what_was_said_arrives(tmp_path: Path) -> None:
    """P6, A15: simulated interviews, exported, collected, receipted; the archive holds what was sealed and no more."""
    central, _ = new_recipient(Home(tmp_path / "central"), "Centralen", PASSPHRASE, TEST)
    station, _ = set_up(Home(tmp_path / "station"), PASSPHRASE, profile=TEST)
    with central, station:
        stored = simulate(station, 40, random.Random(3))
        exported = export(station)
        assert exported.count == stored
        add_station(central, station.home.card.read_bytes(), rehearsal=True)
        (collected,) = collect(central, [exported.path], rehearsal=True)
        assert (collected.new, collected.refused, collected.notes) == (stored, None, ())
        assert collected.receipt is not None
        taken = take_receipt(station, collected.receipt.read_bytes())
        assert (taken.seq, taken.pruned, taken.awaited) == (1, stored, 0)
        tallies = central.archive(rehearsal=True).tallies(station.survey_hash)
        assert sum(tally.count for tally in tallies) == 40


def test_an_export_leaves_no_order_behind(station: Station, tmp_path: Path) -> None:
    """P3: what was asked of the tidier before is done before, and again after."""
    add(station, MINIMUM)
    export(station, to=tmp_path)
    station.settle()
    assert not station.tidier.pending
    wal = station.home.responses.with_name("responses.db-wal")
    assert not wal.exists() or wal.stat().st_size == 0


def test_t18_two_windows_that_export_at_once_make_two_batches(
    original: Original, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The one neither takes the other's number nor removes its file before that has its name."""
    with original.open(tmp_path / "s") as one, original.open(tmp_path / "s") as other:
        one.responses.add_many(one.survey_hash, [os.urandom(500) for _ in range(12)])
        other.responses.database.query("PRAGMA busy_timeout = 50")
        real, turns, refused = exporting.batch_name, [1], []

        def overtaken(survey: str, station: bytes, seq: int) -> str:
            if turns:
                turns.pop()
                try:
                    export(other, to=tmp_path / "stick")
                except InterviewError as error:
                    refused.append(error.code)
            return real(survey, station, seq)

        monkeypatch.setattr(exporting, "batch_name", overtaken)
        assert export(one, to=tmp_path / "stick").count == 12
        assert refused == ["database.busy"]
        other.responses.add_many(one.survey_hash, [os.urandom(500) for _ in range(12)])
        assert export(other, to=tmp_path / "stick").seq == 2
        assert len(list((tmp_path / "stick").iterdir())) == 2


@needs_forks
@pytest.mark.parametrize("step", ["before", "after"])
def test_killed_around_the_erasing_the_next_unlocking_ends_it(
    real: Real, ram: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    """T2, T18: the batch is made; finished cases do not lie beside it until somebody exports again."""
    folder = ram / "station"
    with real.station(folder) as station:
        add(station, MINIMUM)
        case = casework.add_case(station, Case("", "", "Påhittad", "070-174 06 05"))
        casework.record_attempt(station, case, Outcome.REFUSED)
    erase = Workspace.erase_closed_cases

    def last_words(workspace: Workspace) -> None:
        if step == "after":
            erase(workspace)
        os.kill(os.getpid(), signal.SIGKILL)

    def exporting_in(tell: Tell) -> None:
        with real.station(folder) as station:
            export(station)

    with monkeypatch.context() as patched:
        patched.setattr(Workspace, "erase_closed_cases", last_words)
        assert kill_at(exporting_in, -1).killed
    with real.station(folder) as station:
        assert len(station.responses.batches()) == 1 and station.workspace.cases() == ()
        assert list(station.workspace.tallies().values()) == [1]
        assert station.responses.setting(ERASING_DUE) is None
