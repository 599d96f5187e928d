"""What is told when something unexpected happens: a code; no message, no local variable, no line of content (T15)."""

import hashlib
import traceback
from pathlib import Path
from typing import Final

from interview.log import append
from interview.messages import Catalogue
from interview.paths import Home

_ROOM: Final = Path(__file__).parent


def report(error: BaseException, home: Home, words: Catalogue) -> str:
    """What is shown instead of a traceback; the places the error passed through go to the home's log, under its code."""
    code = crash_code(error)
    written = note(error, home, code)
    lines = [words("screens.crash", crash=code)]
    if written:
        lines.append(words("screens.crash-log", log=home.log.name, folder=str(home.root)))
    return "\n".join(lines)


def crash_code(error: BaseException) -> str:
    """Eight characters that are the same whenever the same kind of error comes from the same place."""
    kind = type(error)
    place = f"{kind.__module__}.{kind.__qualname__} {' '.join(_places(error)[-3:])}"
    return hashlib.sha256(place.encode()).hexdigest()[:8].upper()


def note(error: BaseException, home: Home, code: str) -> bool:
    """Write the code, the kind of error and its places to the home's log; False where that cannot be."""
    kind = type(error)
    return append(home, "crash", code, f"{kind.__module__}.{kind.__qualname__}", below=tuple(_places(error)))


def _places(error: BaseException) -> list[str]:
    """File, line and function of every frame, outermost first; in the program by its path in it, elsewhere by name."""
    places = []
    for frame in traceback.extract_tb(error.__traceback__):
        path = Path(frame.filename)
        shown = path.relative_to(_ROOM).as_posix() if path.is_relative_to(_ROOM) else path.name
        places.append(f"{shown}:{frame.lineno}:{frame.name}")
    return places
