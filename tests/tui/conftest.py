"""One station, set up once and copied for every test that sits down at it."""

import gc
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio

from interview.crypto.slots import TEST
from interview.paths import Home
from interview.station.setup import set_up
from tests.tui.caller import PASSPHRASE, Caller, Clock, at_the_desk


@pytest.fixture(scope="session")
def made_station(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A rehearsal station that nobody has worked at."""
    home = Home(tmp_path_factory.mktemp("made") / "station")
    station, _ = set_up(home, PASSPHRASE, profile=TEST, clock=Clock().time_of_day)
    station.close()
    return home


@pytest.fixture
def home(made_station: Home, tmp_path: Path) -> Home:
    """A station of the test's own."""
    root = tmp_path / "station"
    shutil.copytree(made_station.root, root)
    return Home(root)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def caller(made_station: Home, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Caller]:
    """A caller who stays for all tests of a module that asks for them: each begins with `sit_at` and ends in the conversation."""
    root = tmp_path_factory.mktemp("caller") / "station"
    shutil.copytree(made_station.root, root)
    async with at_the_desk(Home(root)) as caller:
        yield caller


@pytest.fixture(scope="package", autouse=True)
def seldom_collected() -> Iterator[None]:
    """A screen is many small objects that stay: looking through them as often as Python does took a fifth of the time."""
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
    yield
    gc.set_threshold(*before)
    gc.unfreeze()


@pytest.fixture(scope="session", autouse=True)
def few_presses() -> Iterator[None]:
    """The pilot tests press at most 600 keys in all, so that they stay quick (A18)."""
    yield
    assert Caller.presses <= 600
