"""What is told when something unexpected happens: a code; no message, no local variable, no line of content (T15)."""

import hashlib
import os
import traceback
from datetime import datetime
from pathlib import Path
from typing import Final

from interview.messages import Catalogue
from interview.paths import Home

_ROOM: Final = Path(__file__).parent
_LOG_LIMIT: Final = 256 * 1024


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
    """Append the code, the kind of error and its places to the home's log (0600); False where that cannot be."""
    if not home.root.is_dir():
        return False
    kind = type(error)
    entry = [f"{datetime.now():%Y-%m-%d} crash {code} {kind.__module__}.{kind.__qualname__}"]
    entry += [f"  {place}" for place in _places(error)]
    try:
        full = home.log.exists() and home.log.stat().st_size > _LOG_LIMIT
        mode = os.O_WRONLY | os.O_CREAT | (os.O_TRUNC if full else os.O_APPEND)
        with os.fdopen(os.open(home.log, mode, 0o600), "a", encoding="utf-8") as log:
            log.write("\n".join(entry) + "\n")
    except OSError:
        return False
    return True


def _places(error: BaseException) -> list[str]:
    """File, line and function of every frame, outermost first; in the program by its path in it, elsewhere by name."""
    places = []
    for frame in traceback.extract_tb(error.__traceback__):
        path = Path(frame.filename)
        shown = path.relative_to(_ROOM).as_posix() if path.is_relative_to(_ROOM) else path.name
        places.append(f"{shown}:{frame.lineno}:{frame.name}")
    return places
