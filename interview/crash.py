"""What is told when something unexpected happens: a code; no message, no local variable, no line of content (T15)."""

import hashlib
import traceback
from pathlib import Path
from typing import Final

from interview.log import append
from interview.messages import Catalogue
from interview.paths import Home
from interview.text import clean

_ROOM: Final = Path(__file__).parent
_INNERMOST: Final = 100
"""Frames that are told of at most: an endless recursion has a thousand, and a log is read up to a limit."""


def report(error: BaseException, home: Home, words: Catalogue, *, lasting: bool = True) -> str:
    """What is shown instead of a traceback, and where more of it stands."""
    code = crash_code(error)
    return f"{words('screens.crash', crash=code)}\n{whereabouts(error, home, words, code, lasting=lasting)}"


def whereabouts(error: BaseException, home: Home, words: Catalogue, code: str, *, lasting: bool = True) -> str:
    """Where the places stand that an error passed through: in the home's log, now written, under its code.

    They stand here and now where there is no log to keep them, or where the home does not outlast the program.
    """
    if lasting and note(error, home, code):
        return words("screens.crash-log", log=home.log.name, folder=clean(str(home.root)))
    lines = (words("screens.crash-here"), f"  {_kind(error)}", *(f"  {place}" for place in _places(error)))
    return clean("\n".join(lines), keep_newlines=True)


def crash_code(error: BaseException) -> str:
    """Eight characters that are the same whenever the same kind of error comes from the same place."""
    place = f"{_kind(error)} {' '.join(_places(error)[-3:])}"
    return hashlib.sha256(place.encode()).hexdigest()[:8].upper()


def note(error: BaseException, home: Home, code: str) -> bool:
    """Write the code, the kind of error and its places to the home's log; False where that cannot be."""
    return append(home, "crash", code, _kind(error), below=tuple(_places(error)))


def _kind(error: BaseException) -> str:
    kind = type(error)
    return f"{kind.__module__}.{kind.__qualname__}"


def _places(error: BaseException) -> list[str]:
    """File, line and function of the innermost frames, outermost first; in the program by its path in it, elsewhere by name."""
    places = []
    for frame in traceback.extract_tb(error.__traceback__, limit=-_INNERMOST):
        path = Path(frame.filename)
        shown = path.relative_to(_ROOM).as_posix() if path.is_relative_to(_ROOM) else path.name
        places.append(f"{shown}:{frame.lineno}:{frame.name}")
    return places
