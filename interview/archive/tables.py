"""The analyst's working tables: one row for each response, the codebook beside it.

CSV is RFC 4180, UTF-8 with its mark; an Excel book is the same cells, for an Excel that splits CSV at semicolons.

They show small groups and are not for publication: they say so, and are written 0600, in an order that tells nothing.
What was said in words lies in a file of its own, shuffled, without any background (P8).
"""

import csv
import hashlib
import secrets
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from interview.archive.central import Central
from interview.archive.codebook import codebook
from interview.archive.columns import Cell, columns, row, texts
from interview.archive.comparability import comparability, histories
from interview.archive.store import Archive
from interview.archive.workbook import as_workbook
from interview.calls.outcomes import Outcome
from interview.errors import InterviewError
from interview.exchange.surveys import SignedSurvey
from interview.files import write_atomically
from interview.messages import LANGUAGES, Catalogue
from interview.progress import STEP, Progress, silent
from interview.questionnaire.canonical import from_canonical
from interview.questionnaire.models import Questionnaire
from interview.session.form import Form
from interview.session.response import Response
from interview.text import cell, clean

NOTE: Final = "READ-ME-FIRST.txt"
"""The file that says what the tables are and are not for."""
_MARK: Final = b"\xef\xbb\xbf"


def write_tables(
    central: Central,
    to: Path,
    *,
    format: str = "csv",
    rehearsal: bool = False,
    salt: bytes | None = None,
    progress: Progress = silent,
) -> tuple[Path, ...]:
    """Write the tables of every survey that has responses into the folder `to`; the paths written, the note first.

    For each survey `<id>-v<version>-responses.csv`, `-codebook.csv`, `-texts.csv`, `-outcomes.csv`; for a questionnaire
    of several versions `<name>-comparability.csv`; ending in the `format`, one of `FORMATS`. `rehearsal` takes
    the archive of rehearsals; `salt` fixes the order of the rows, which is random without it.
    `archive.unknown-format`, `archive.nothing-collected`, `archive.too-large-for-excel`, `files.write-failed`,
    `files.disk-full`.
    """
    if format not in FORMATS:
        raise InterviewError("archive.unknown-format", "", format=format, known=", ".join(FORMATS))
    archive = central.archive(rehearsal=rehearsal)
    counted = [(signed, count) for signed in archive.surveys() if (count := archive.count(signed.hash))]
    if not counted:
        raise InterviewError("archive.nothing-collected")
    told = _Told(sum(count for _, count in counted), progress)
    salt = secrets.token_bytes(32) if salt is None else salt
    folder = _folder(to)
    written = [folder / NOTE]
    write_atomically(folder / NOTE, _note(rehearsal, format))
    for prefix, signed in _named([signed for signed, _ in counted]):
        tables = _SurveyTables(archive, signed, from_canonical(signed.questionnaire), salt, told)
        written.extend(tables.write(folder / prefix, format))
    written.extend(_comparabilities([signed for signed, _ in counted], folder, format))
    return tuple(written)


def _comparabilities(surveys: list[SignedSurvey], folder: Path, format: str) -> Iterator[Path]:
    """What stays comparable, a table for each questionnaire of which there are several versions."""
    for name, versions in histories(from_canonical(signed.questionnaire) for signed in surveys).items():
        path = folder / f"{name}-comparability.{format}"
        write_atomically(path, _WRITTEN[format](comparability(versions)))
        yield path


class _Told:
    """How many rows were written, of how many."""

    def __init__(self, total: int, progress: Progress) -> None:
        self._total, self._done, self._progress = total, 0, progress

    def one(self) -> None:
        """One more."""
        self._done += 1
        if self._done % STEP == 0 or self._done == self._total:
            self._progress(self._done, self._total)


@dataclass(frozen=True, slots=True)
class _SurveyTables:
    """The tables of one survey; what was said in words is put aside in `worded` while the responses are written."""

    archive: Archive
    signed: SignedSurvey
    questionnaire: Questionnaire
    salt: bytes
    told: _Told
    worded: list[tuple[str, str]] = field(default_factory=list)

    def write(self, prefix: Path, format: str) -> Iterator[Path]:
        """Write them under names that begin with `prefix`; the paths, one as each is written."""
        tables: dict[str, Iterable[Iterable[Cell]]] = {
            "responses": self.responses(),
            "codebook": codebook(self.signed, self.questionnaire),
            "texts": self.texts(),
            "outcomes": self.outcomes(),
        }
        for name, rows in tables.items():
            path = prefix.with_name(f"{prefix.name}-{name}.{format}")
            write_atomically(path, _WRITTEN[format](rows))
            yield path

    def responses(self) -> Iterator[list[Cell]]:
        """The header and a row for each response."""
        background = self.signed.survey.background
        table = columns(self.questionnaire, background)
        form = Form(self.questionnaire, self.signed.survey.questionnaire.hash, background)
        yield [column.name for column in table]
        for content in self.archive.shuffled(self.signed.hash, self.salt):
            response = Response.from_bytes(content)
            self.worded.extend(texts(table, response))
            yield row(table, self.signed, form, response)
            self.told.one()

    def texts(self) -> Iterator[list[Cell]]:
        """What was said in words, in an order of its own: two texts of one response do not lie together."""
        yield ["item", "text"]
        # By what is said, not by who said it: nothing leads from here to a row.
        for item, text in sorted(self.worded, key=lambda said: _order(self.salt, "\0".join(said).encode())):
            yield [item, text]

    def outcomes(self) -> Iterator[list[Cell]]:
        """How the calls ended, all stations together."""
        yield ["month", "unit", "outcome", *(f"text_{language}" for language in LANGUAGES), "proxy", "count"]
        sums: Counter[tuple[str, str, str, bool]] = Counter()
        for tally in self.archive.tallies(self.signed.hash):
            sums[tally.month, tally.unit, tally.outcome, tally.proxy] += tally.count
        labels = {outcome.value: outcome.label for outcome in Outcome}
        for (month, unit, outcome, proxy), count in sorted(sums.items()):
            words = [Catalogue(language)(labels[outcome]) if outcome in labels else "" for language in LANGUAGES]
            yield [month, unit, outcome, *words, int(proxy), count]


def _order(salt: bytes, of: bytes) -> bytes:
    return hashlib.sha256(salt + of).digest()


def _named(surveys: list[SignedSurvey]) -> Iterator[tuple[str, SignedSurvey]]:
    """A prefix for each survey's files; two surveys that call themselves the same are told apart by their hashes."""
    names = [f"{signed.survey.id}-v{signed.survey.version}" for signed in surveys]
    for name, signed in zip(names, surveys, strict=True):
        yield (name if names.count(name) == 1 else f"{name}-{signed.hash[:8]}"), signed


def _csv(rows: Iterable[Iterable[Cell]]) -> Iterator[bytes]:
    yield _MARK
    lines = csv.writer(_Line(), lineterminator="\r\n")
    for cells in rows:
        line: str = lines.writerow([_safe(value) for value in cells])
        yield line.encode()


class _Line:
    """Gives back what is written to it, so that the writer's `writerow` returns the line."""

    def write(self, line: str) -> str:
        return line


def _xlsx(rows: Iterable[Iterable[Cell]]) -> Iterator[bytes]:
    return as_workbook([_safe(value) for value in cells] for cells in rows)


def _safe(value: Cell) -> Cell:
    """Text no terminal obeys and no spreadsheet calculates (T13, T14)."""
    return cell(clean(value, keep_newlines=True)) if isinstance(value, str) else value


_WRITTEN: Final[Mapping[str, Callable[[Iterable[Iterable[Cell]]], Iterator[bytes]]]] = {
    "csv": _csv,
    "xlsx": _xlsx,
}
FORMATS: Final = tuple(_WRITTEN)
"""What tables can be written as."""


def _note(rehearsal: bool, format: str) -> bytes:
    parts = []
    for language in LANGUAGES:
        catalogue = Catalogue(language)
        parts += [catalogue("archive.rehearsal-note")] if rehearsal else []
        parts.append(catalogue("archive.tables-note", ending=format))
    return ("\n\n".join(parts) + "\n").replace("\n", "\r\n").encode()


def _folder(folder: Path) -> Path:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise InterviewError("files.write-failed", folder.name, reason=error.strerror or "") from None
    return folder
