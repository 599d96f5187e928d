"""The folder a backup is put together in, inside the station's own. What lies there opens to a key that no file holds."""

import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from secrets import token_hex
from typing import Final

from interview.files import private_folder
from interview.paths import Home

STALE: Final = 24 * 60 * 60
"""Seconds after which a folder nothing was written in is no longer taken for another window's."""
_PREFIX: Final = ".backup-"


@contextmanager
def scratch(home: Home) -> Iterator[Home]:
    """A folder of that kind, removed at the end; errors of `private_folder`."""
    clear_scratch(home, STALE)
    folder = Home(private_folder(home.root / f"{_PREFIX}{token_hex(4)}"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder.root, ignore_errors=True)


def clear_scratch(home: Home, older: float = 0) -> None:
    """Remove what backups that were killed left behind, if nothing was written in it for so many seconds."""
    for left in home.root.glob(f"{_PREFIX}*"):
        if time.time() - _written(left) >= older:
            shutil.rmtree(left, ignore_errors=True)


def _written(folder: Path) -> float:
    latest = 0.0
    # Another window may be removing it.
    with suppress(OSError):
        latest = max(path.stat().st_mtime for path in (folder, *folder.iterdir()))
    return latest
