"""A station to attack: a rehearsal with a call list, interviews under way, responses, batches; closed, its keys known."""

import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from random import Random

import pytest

from interview.audit.auditing import attack
from interview.audit.report import Report
from interview.database.opening import Database, open_database
from interview.paths import Home
from interview.station.demo import demo_station
from interview.station.exporting import export
from interview.station.simulating import simulate
from interview.station.station import RESPONSES_KEY, WORKSPACE_KEY, Station
from interview.station.unlocking import open_station
from interview.store.keyring import Keyring


@dataclass(frozen=True)
class Attacked:
    """A station's folder with all its keys, as an attacker has it; `scratch` stands for the machine's own."""

    home: Home
    keyring: Keyring
    scratch: Path

    @property
    def secrets(self) -> Mapping[str, bytes]:
        return self.keyring.secrets

    def report(self, **more: bytes) -> Report:
        return attack(self.home.root, {**self.secrets, **more}, scratch=[self.scratch])

    def responses(self) -> Database:
        return open_database(self.home.responses, self.secrets[RESPONSES_KEY])

    def workspace(self) -> Database:
        return open_database(self.home.workspace, self.secrets[WORKSPACE_KEY])

    def unlock(self) -> Station:
        return open_station(self.home, self.keyring)

    def copy(self, folder: Path) -> "Attacked":
        """The folder as it lies at this moment, open or not."""
        shutil.copytree(self.home.root, folder / "station")
        scratch = folder / "scratch"
        scratch.mkdir()
        return Attacked(Home(folder / "station"), self.keyring, scratch)


Take = Callable[[Attacked], Attacked]


@pytest.fixture(scope="session")
def original(tmp_path_factory: pytest.TempPathFactory) -> Attacked:
    """Two batches have left; some responses and the call list are there."""
    folder = tmp_path_factory.mktemp("attacked")
    with demo_station(Home(folder / "station"), responses=18) as station:
        export(station)
        simulate(station, 18, Random(1))
        export(station)
        simulate(station, 12, Random(2))
        keyring = station.keyring
    (folder / "scratch").mkdir()
    return Attacked(Home(folder / "station"), keyring, folder / "scratch")


@pytest.fixture
def attacked(original: Attacked, tmp_path: Path) -> Attacked:
    return original.copy(tmp_path)
