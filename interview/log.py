"""The log of a home: which events happened on which day, without content (T15).

A line is a day, the event and codes: no time of day, no name, no answer, nothing that tells one interview from another, so
it may be given to anybody. An error is logged by its code.
"""

import os
import platform
from datetime import date
from pathlib import Path
from typing import Final

from interview import __version__
from interview.errors import InterviewError
from interview.files import read_bounded, write_atomically
from interview.messages import Catalogue
from interview.paths import Home

LIMIT: Final = 256 * 1024
"""Bytes after which a log begins anew."""
_SLACK: Final = 16 * 1024


def append(home: Home, event: str, *codes: str, below: tuple[str, ...] = ()) -> bool:
    """Write an event down (0600), its details indented below; False where that cannot be, and nothing is disturbed."""
    lines = [" ".join((f"{date.today():%Y-%m-%d}", event, *codes)), *(f"  {line}" for line in below)]
    try:
        full = home.log.exists() and home.log.stat().st_size > LIMIT
        mode = os.O_WRONLY | os.O_CREAT | (os.O_TRUNC if full else os.O_APPEND)
        with os.fdopen(os.open(home.log, mode, 0o600), "a", encoding="utf-8", newline="\n") as log:
            log.write("\n".join(lines) + "\n")
    except OSError:
        return False
    return True


def note_done(home: Home, event: str, *codes: str) -> None:
    """Write an event down where there is a home; elsewhere nothing is made."""
    if home.keyring.exists():
        append(home, event, *codes)


def for_support(home: Home, words: Catalogue) -> str:
    """The log, its events named, under two lines on program and machine type; `cli.no-log` where nothing was logged."""
    if not home.log.is_file():
        raise InterviewError("cli.no-log", home.log.name)
    text = read_bounded(home.log, LIMIT + _SLACK).decode("utf-8", "replace").replace("\r\n", "\n")
    machine = f"Python {platform.python_version()}, {platform.system()} {platform.release()} {platform.machine()}"
    lines = [_named(line, words) for line in text.replace("\r\n", "\n").split("\n")]
    return "\n".join((f"interview {__version__}", machine, "", *lines))


def _named(line: str, words: Catalogue) -> str:
    """A line with what its event is called; what is below an event stays as it is."""
    _, _, told = line.partition(" ")
    key = f"cli.event-{told.split(' ', 1)[0]}"
    return f"{line} – {words(key)}" if not line.startswith(" ") and words.has(key) else line


def copy_for_support(home: Home, folder: Path, words: Catalogue) -> Path:
    """A copy of `for_support` in a folder, its name made here (T12); `cli.no-such-folder`, those of `write_atomically`."""
    content = for_support(home, words)
    if not folder.is_dir():
        raise InterviewError("cli.no-such-folder", folder.name)
    path = folder / f"interview-log-{date.today():%Y-%m-%d}.txt"
    write_atomically(path, content.encode())
    return path
