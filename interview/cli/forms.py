"""What the commands about forms share: a form by its file or by the version a station has, and the width to print in."""

import re
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from interview.cli.context import Context
from interview.files import read_bounded
from interview.paths import shipped_questionnaires

if TYPE_CHECKING:
    from interview.questionnaire.models import Questionnaire

_VERSION: Final = re.compile(r"[0-9]+(\.[0-9]+)*")
FORM_LIMIT: Final = 1024 * 1024
"""Bytes of a form, at most."""
WIDEST: Final = 100
"""Lines are no longer than this, however wide the terminal is."""


def forms(named: Sequence[str], context: Context) -> "list[Questionnaire]":
    """The forms called so: each a file, a form that ships, or a version at the station, which is then unlocked once.

    Errors as `read_questionnaire` and `station.questionnaires.find`; `files.not-found` where there is no station.
    """
    from interview.questionnaire.reading import read_questionnaire  # noqa: PLC0415

    files = {name: form_file(Path(name)) for name in named}
    read = {
        name: read_questionnaire(read_bounded(file, FORM_LIMIT), file.name)
        for name, file in files.items()
        if file.is_file() or not context.home.keyring.exists()
    }
    if len(read) < len(set(named)):
        from interview.station.questionnaires import find  # noqa: PLC0415
        from interview.station.unlocking import unlock  # noqa: PLC0415

        with unlock(context.home, context.passphrase()) as station:
            read |= {name: find(station, name).questionnaire for name in named if name not in read}
    return [read[name] for name in named]


def form_file(named: Path) -> Path:
    """The file called so; where there is none, the newest version of the form that ships under that name."""
    if named.exists() or named.name != str(named):
        return named
    versions = [form for form in (shipped_questionnaires() / named).glob("*.yaml") if _VERSION.fullmatch(form.stem)]
    return max(versions, key=lambda form: tuple(map(int, form.stem.split("."))), default=named)


def terminal_width() -> int:
    """How wide lines may be."""
    return min(shutil.get_terminal_size().columns, WIDEST)
