"""What the commands about forms share: a form by its file or by the version a station has, and the width to print in."""

import re
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from interview.cli.context import Context
from interview.errors import InterviewError
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

    Errors as `read_questionnaire` and `station.questionnaires.find`; without a station `files.not-found`, and
    `cli.no-such-form` for what does not look like a file.
    """
    from interview.questionnaire.reading import read_questionnaire  # noqa: PLC0415

    files = {name: form_file(Path(name)) for name in named}
    if not context.home.keyring.exists():
        _refuse_unknown(files)
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
    """The file called so; where there is none, the form that ships under that name, the newest unless it says which.

    `utskrivning` or `utskrivning 2025.1`.
    """
    if named.exists() or named.name != str(named):
        return named
    name, _, wanted = str(named).partition(" ")
    found = (shipped_questionnaires() / name).glob("*.yaml")
    versions = [form for form in found if _VERSION.fullmatch(form.stem) and wanted in ("", form.stem)]
    return max(versions, key=lambda form: tuple(map(int, form.stem.split("."))), default=named)


def _refuse_unknown(files: Mapping[str, Path]) -> None:
    for name, file in files.items():
        if not file.exists() and file.name == name and file.suffix not in (".yaml", ".yml"):
            known = ", ".join(sorted(folder.name for folder in shipped_questionnaires().iterdir() if folder.is_dir()))
            raise InterviewError("cli.no-such-form", name, known=known)


def terminal_width() -> int:
    """How wide lines may be."""
    return min(shutil.get_terminal_size().columns, WIDEST)
