"""Originals made once, and a copy opened for a test."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from interview.station.station import Station
from tests.station.stations import Original, real_original, rehearsal_original


@pytest.fixture(scope="session")
def original(tmp_path_factory: pytest.TempPathFactory) -> Original:
    """A station of a real survey."""
    return real_original(tmp_path_factory.mktemp("real"))


@pytest.fixture(scope="session")
def rehearsal_station(tmp_path_factory: pytest.TempPathFactory) -> Original:
    """A rehearsal station."""
    return rehearsal_original(tmp_path_factory.mktemp("rehearsal"))


@pytest.fixture
def station(original: Original, tmp_path: Path) -> Iterator[Station]:
    """A real station, unlocked."""
    with original.open(tmp_path / "station") as opened:
        yield opened


@pytest.fixture
def rehearsal(rehearsal_station: Original, tmp_path: Path) -> Iterator[Station]:
    """A rehearsal station, unlocked."""
    with rehearsal_station.open(tmp_path / "rehearsal") as opened:
        yield opened


@pytest.fixture
def new_rehearsal(rehearsal_station: Original, tmp_path: Path) -> Iterator[Callable[[], Station]]:
    """Makes one rehearsal station after the other, unlocked."""
    made: list[Station] = []

    def make() -> Station:
        made.append(rehearsal_station.open(tmp_path / f"rehearsal{len(made)}"))
        return made[-1]

    yield make
    for station in made:
        station.close()
