"""What every room's tests may use."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

MEMORY = Path("/dev/shm")
ENOUGH = 2 * 1024**3
"""Bytes free in memory, at least, where the tests' folders are put there."""
settings.register_profile("quick", max_examples=25, deadline=None)
settings.register_profile("thorough", max_examples=150, deadline=None)


def pytest_configure(config: pytest.Config) -> None:
    """Few examples of each property in the quick suite; folders in memory, where a sync costs no waiting."""
    settings.load_profile("thorough" if _is_slow(config) else "quick")
    if MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ENOUGH:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The slow suite tries every property too, with many examples."""
    for item in items if _is_slow(config) else ():
        if getattr(getattr(item, "function", None), "is_hypothesis_test", False):
            item.add_marker(pytest.mark.slow)


def _is_slow(config: pytest.Config) -> bool:
    return config.getoption("markexpr") == "slow"


@pytest.fixture
def ram(tmp_path: Path) -> Iterator[Path]:
    """A folder in memory where there is one: for kill loops, which a slow disk would make long and tell nothing more."""
    if not (MEMORY.is_dir() and os.access(MEMORY, os.W_OK)):
        yield tmp_path
        return
    folder = Path(tempfile.mkdtemp(dir=MEMORY))
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def cheap_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a command makes keys with, where it names no cost: that of the tests. The real one has its own test."""
    from interview.crypto.slots import NORMAL, TEST
    from interview.station.keys import StationKeys
    from interview.store.keys import Keys

    for make in (Keys.add, Keys.change, Keys.recover, Keys.new_code, StationKeys.new_code):
        cheap = tuple(TEST if value is NORMAL else value for value in make.__defaults__)
        monkeypatch.setattr(make, "__defaults__", cheap)
