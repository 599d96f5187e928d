"""C5, T18: the installed program itself, on a disk that refuses and killed from outside, at its commands.

Whatever happens: no traceback, words for what went wrong, nothing half left, and the next start does the work.
"""

import random
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from interview.archive.central import new_recipient, open_central
from interview.archive.collecting import add_station, collect
from interview.crypto.slots import TEST
from interview.exchange.batch import read_batch
from interview.exchange.receipt import read_receipt
from interview.paths import Home
from interview.station.backup import restore
from interview.station.exporting import export
from interview.station.keys import station_keys
from interview.station.simulating import simulate
from interview.station.unlocking import unlock
from interview.store.keys import named_keys
from tests.cli.installed import SCRIPT, environment
from tests.crashes.kills import spread
from tests.crashes.refusing import Refusing, compiled, needs_compiler
from tests.station.stations import PASSPHRASE, noon, rehearsal_original

pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform == "win32", reason="signals")]
COUNT = 15
LEAVER = "Berit"
UNFORESEEN = ("Något oväntat hände", "Traceback")


@pytest.fixture(scope="module")
def origin(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a rehearsal station whose responses wait, a copy of it whose batch is made, and a central home."""
    folder = tmp_path_factory.mktemp("installed")
    original, everything = rehearsal_original(folder / "made"), folder / "all"
    central, _ = new_recipient(Home(everything / "central"), "Centralen", PASSPHRASE, TEST)
    with central, original.open(everything / "station") as station:
        simulate(station, COUNT, random.Random(3))
        add_station(central, station.home.card.read_bytes(), rehearsal=True)
        original = replace(original, home=station.home)
    station_keys(original.home).add(PASSPHRASE, LEAVER, "granen susar alltid", TEST)
    with unlock(Home(shutil.copytree(everything / "station", folder / "sent")), PASSPHRASE, noon) as sent:
        export(sent, to=everything)
    return everything


@dataclass(frozen=True)
class Command:
    """One of the program's commands, in which home it runs, and what must hold after it ended with a status or was killed."""

    words: tuple[str, ...]
    home: str
    check: Callable[[Path, int], None]


def exported(folder: Path, status: int) -> None:
    """A batch that has its name is known; every response leaves once."""
    with unlock(Home(folder / "station"), PASSPHRASE, noon) as station:
        named, known = list(station.home.outbox.glob("*.batch")), station.responses.batches()
        assert len(named) <= len(known) <= 1 and (named or status)
        batch = read_batch(export(station, again=bool(known)).path)
        assert (batch.header.count, len(set(batch.hashes))) == (COUNT, COUNT)
        assert [path.suffix for path in station.home.outbox.iterdir()] == [".batch"]


def backed_up(folder: Path, status: int) -> None:
    """A backup that has its name can be restored from; the station is as it was."""
    file = folder / "copy.backup"
    assert file.exists() or status
    with unlock(Home(folder / "station"), PASSPHRASE, noon) as station:
        assert station.responses.waiting_count(station.survey_hash) == COUNT
    if file.exists():
        restored, told = restore(Home(folder / "restored"), file, PASSPHRASE, noon)
        restored.close()
        assert told.responses == COUNT


def removed(folder: Path, status: int) -> None:
    """One of the keyrings opens both files, and everything is in them."""
    with unlock(Home(folder / "station"), PASSPHRASE, noon) as station:
        assert len(list(station.responses.waiting(station.survey_hash))) == COUNT
        assert status or LEAVER not in {key.name for key in named_keys(station.keyring)}


def collected(folder: Path, status: int) -> None:
    """The batch is in the archive whole or not at all; its receipt is whole."""
    (batch,) = folder.glob("*.batch")
    with open_central(Home(folder / "central"), PASSPHRASE) as central:
        rows = central.archive(rehearsal=True).database.query("SELECT count(*) FROM response")[0][0]
        assert rows in (0, COUNT) and (rows or status)
        for receipt in folder.glob("*.receipt"):
            assert read_receipt(receipt.read_bytes()).count == COUNT
        (again,) = collect(central, [batch], rehearsal=True)
        assert (again.new, again.already) == (COUNT - rows, rows)


COMMANDS = {
    "export": Command(("export",), "station", exported),
    "backup": Command(("backup", "--to", "copy.backup"), "station", backed_up),
    "keys remove": Command(("keys", "remove", LEAVER, "--yes"), "station", removed),
    "archive collect": Command(("archive", "collect", "sent.batch", "--rehearsal"), "central", collected),
}
named_commands = pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)


def started(command: Command, folder: Path, variables: dict[str, str]) -> subprocess.Popen[str]:
    """The command running in a fresh folder, its passphrase typed."""
    process = subprocess.Popen(
        [str(SCRIPT), *command.words, "--passphrase-file", "-"],
        env=environment(folder / command.home, **variables),
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8", cwd=folder,
    )  # fmt: skip
    assert process.stdin is not None
    process.stdin.write(PASSPHRASE + "\n")
    process.stdin.close()
    process.stdin = None
    return process


def fresh(origin: Path, folder: Path) -> Path:
    """A copy of everything, the batch under a name that can be written in a command."""
    shutil.copytree(origin, folder)
    (batch,) = folder.glob("*.batch")
    batch.rename(folder / "sent.batch")
    return folder


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return compiled(tmp_path_factory.mktemp("library"))


@pytest.fixture(scope="module")
def calls() -> dict[tuple[str, ...], int]:
    """How many calls of a kind a command makes, once that was counted."""
    return {}


@needs_compiler
@named_commands
@pytest.mark.parametrize(
    ("kind", "how"), [("sync", "error"), ("write", "error"), ("write", "full"), ("write", "short"), ("write", "kill")]
)
def test_a_command_on_a_disk_that_refuses(
    origin: Path, library: Path, ram: Path, command: Command, kind: str, how: str, calls: dict[tuple[str, ...], int]
) -> None:
    """A failing fsync, a bad sector, a disk that gets full before or within a write, a kill before one."""
    disk = Refusing(library, ram, ram / "counted", kind, how)

    def run(first: int) -> None:
        folder = fresh(origin, ram / str(first))
        process = started(command, folder, replace(disk, first=first).environment())
        _, told = process.communicate(timeout=60)
        assert process.returncode == (-9 if how == "kill" and first else process.returncode)
        assert not any(words in told for words in UNFORESEEN), told
        if process.returncode == 1:
            assert disk.refused and len(told.splitlines()) >= 2, told
        command.check(folder, process.returncode)
        shutil.rmtree(folder)

    counted = (*command.words, kind)
    if counted not in calls:
        run(0)
        calls[counted] = disk.calls
    assert calls[counted] > 3
    for number in spread(calls[counted], 3):
        run(number + 1)


@named_commands
def test_a_command_killed_at_any_moment(origin: Path, ram: Path, command: Command) -> None:
    """From outside, at moments spread by chance over the second half of its run."""
    rng = random.Random(5)
    begun = time.monotonic()
    whole = started(command, fresh(origin, ram / "whole"), {})
    whole.communicate(timeout=60)
    assert whole.returncode == 0
    lasts = time.monotonic() - begun
    for turn in range(10):
        folder = fresh(origin, ram / str(turn))
        process = started(command, folder, {})
        try:
            process.wait(lasts * rng.uniform(0.4, 1.0))
        except subprocess.TimeoutExpired:
            process.kill()
        process.communicate()
        command.check(folder, process.returncode)
        shutil.rmtree(folder)
