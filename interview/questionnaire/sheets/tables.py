"""The sheets of a workbook as rows of cells under the template's headings, dirty cells mended, every fault in its cell."""

from collections.abc import Iterator, Sequence
from collections.abc import Mapping as Table
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Final

from interview.errors import Problem
from interview.questionnaire.sheets.cells import EXCEL_ERROR, Raw, as_text, languages_in, mended
from interview.questionnaire.sheets.grid import Grid
from interview.questionnaire.sheets.layout import COLUMNS, NEEDED, Column, Kind, Sheet, parse_heading
from interview.questionnaire.yaml_nodes import Mark, Report, Scalar, shorten

_SHEETS: Final = tuple(Sheet)
_ROWS: Final = 10_000
"""A mark's line is the sheet's number times this and the row."""
Columns = dict[int, tuple[Column, str]]
"""Key and language (empty where it holds no words) of each column by its place, from 0."""


class SheetReport(Report):
    """Problems of a workbook, whose places are sheet, column and row: `form.xlsx: Frågor C7`."""

    def place(self, mark: Mark) -> str:
        """A place in words."""
        number, row = divmod(mark.line, _ROWS)
        return (
            f"{self.name}: {_SHEETS[number]} {_letters(mark.column)}{row}" if row else f"{self.name}: {_SHEETS[number]}"
        )


Cells = dict[tuple[str, str], int | None]
"""The column of each key and language, from 1; None for one that is missing."""


@dataclass(slots=True)
class Row:
    """The filled cells of a row by key; cells of words by key and language. `mark` is its first cell.

    `columns` tells where all its cells stand, filled or not.
    """

    mark: Mark
    columns: Cells
    cells: dict[str, Scalar] = field(default_factory=dict)
    words: dict[str, dict[str, Scalar]] = field(default_factory=dict)

    def text(self, key: str) -> str:
        """What stands in a cell, empty where nothing does."""
        return self.cells[key].text if key in self.cells else ""

    def at(self, key: str) -> Mark:
        """Where the cell stands, or the row where its column is missing."""
        return next((self._place(n) or self.mark for (name, _), n in self.columns.items() if name == key), self.mark)

    def spoilt(self, key: str) -> bool:
        """Whether a failed formula stands where a word was meant: what is not known is no fault a second time."""
        return self.columns.get((key, ""), 0) is None

    def absent(self) -> dict[str, Mark | None]:
        """Where each key would stand that is not filled."""
        found: dict[str, Mark | None] = {}
        for (key, _), number in self.columns.items():
            if key not in self.cells and key not in self.words:
                found[key] = found.get(key) or self._place(number)
        return found

    def absent_words(self, key: str) -> dict[str, Mark | None]:
        """Where the words of a key would stand, by language, that are not filled."""
        told = self.words.get(key, {})
        return {
            language: self._place(number)
            for (name, language), number in self.columns.items()
            if name == key and language not in told
        }

    def _place(self, column: int | None) -> Mark | None:
        return None if column is None else Mark(self.mark.line, column)


class Tables:
    """Takes the cells of each sheet by the headings above them.

    `rows` are those below the headings that say anything, `languages` the form's, `free` the first cell below each
    sheet's last row. `lost` names what cannot be read: a sheet, or a column of it, that is missing.
    """

    def __init__(self, report: SheetReport, sheets: Table[str, Grid]) -> None:
        self.mended: list[Problem] = []
        self.lost: set[tuple[Sheet, str]] = set()
        self._report = report
        grids = {sheet: sheets.get(sheet, []) for sheet in COLUMNS}
        for sheet in COLUMNS:
            if sheet not in sheets and sheet is not Sheet.CARDS:
                report.add("sheets.sheet-missing", mark_of(sheet, 0), sheet=sheet)
                self.lost.update((sheet, key) for key in NEEDED[sheet])
        self.free = {sheet: mark_of(sheet, max(len(grid), 2) + 1) for sheet, grid in grids.items()}
        columns = {sheet: self._columns(sheet, grid) for sheet, grid in grids.items()}
        headed = dict.fromkeys(language for found in columns.values() for _, language in found.values() if language)
        form = list(self._rows(Sheet.FORM, grids[Sheet.FORM], columns[Sheet.FORM], {}))
        written = [language for language in headed if _is_written(language, grids, columns)]
        self.languages = self._languages(form, tuple(headed), written)
        self.rows: dict[Sheet, list[Row]] = {Sheet.FORM: form}
        for sheet, grid in grids.items():
            missing = self._missing(sheet, grid, columns[sheet])
            if sheet is Sheet.FORM:
                for row in form:
                    row.columns |= missing
            else:
                self.rows[sheet] = list(self._rows(sheet, grid, columns[sheet], missing))

    def _languages(self, form: Sequence[Row], headed: tuple[str, ...], written: Sequence[str]) -> tuple[str, ...]:
        """The form's languages: those its own cell names and the headings know.

        What is wrong with the cell is mended or told there, once, and not again at every word in such a language.
        """
        row = next((row for row in form if row.text("key") == "languages"), None)
        said = row.text("value") if row else ""
        told = languages_in(said)
        if row is None or not told:
            return headed
        if told != tuple(word.strip() for word in said.split(",")):
            self._tell_mended(row.at("value"), said, ", ".join(told))
        known = ", ".join(headed)
        strange = [language for language in told if headed and language not in headed]
        for language in strange:
            self._report.add("sheets.unknown-language", row.at("value"), word=shorten(language, 40), known=known)
        if strange:
            return headed
        unsaid = [language for language in written if language not in told]
        for language in unsaid:
            self._report.add("sheets.language-unsaid", row.at("value"), word=language)
        return (*told, *unsaid)

    def _tell_mended(self, mark: Mark, was: str, now: str) -> None:
        facts = {"was": shorten(was, 40), "now": shorten(now, 40)}
        self.mended.append(Problem("sheets.mended", self._report.place(mark), facts))

    def _missing(self, sheet: Sheet, grid: Grid, columns: Columns) -> Cells:
        """The columns a sheet cannot do without and does not have, each told once."""
        if not grid:
            return {}
        here = {(column.key, language) for column, language in columns.values()}
        kinds = {column.key: column.kind for column in COLUMNS[sheet]}
        missing = [
            (key, language)
            for key in NEEDED[sheet]
            for language in (self.languages if kinds[key] is Kind.WORDS else ("",))
            if (key, language) not in here
        ]
        headed = max((place for place, heading in enumerate(grid[0], 1) if heading is not None), default=0)
        for number, (key, language) in enumerate(missing, 1):
            mark = mark_of(sheet, 1, 1 if key == COLUMNS[sheet][0].key else headed + number)
            self._report.add("sheets.column-missing", mark, word=f"{key} ({language})" if language else key)
        self.lost.update((sheet, key) for key, language in missing if not language)
        return dict.fromkeys(missing)

    def _rows(self, sheet: Sheet, grid: Grid, columns: Columns, missing: Cells) -> Iterator[Row]:
        """The rows below the headings that say anything; those that begin with `#` explain."""
        cells: Cells = {(column.key, language): place + 1 for place, (column, language) in columns.items()}
        cells.update(missing)
        for number, values in enumerate(grid[1:], 2):
            if values and _explains(as_text(values[0]).strip()):
                continue
            row = Row(mark_of(sheet, number), cells)
            for place, (column, language) in columns.items():
                value: Raw = values[place] if place < len(values) else None
                if value is not None:
                    self._take(row, column, language, mark_of(sheet, number, place + 1), as_text(value))
            if row.cells or row.words:
                yield row

    def _columns(self, sheet: Sheet, grid: Grid) -> Columns:
        """What the headings in the first row name; what is misspelt counts as what it most resembles."""
        known = {column.key: column for column in COLUMNS[sheet]}
        found: Columns = {}
        likely: Columns = {}
        for place, value in enumerate(grid[0] if grid else ()):
            heading = as_text(value).strip()
            if not heading:
                continue
            key, language = parse_heading(heading) or (heading, "")
            column, mark = known.get(key), mark_of(sheet, 1, place + 1)
            if column is None:
                near = get_close_matches(key, known, n=1)
                word = shorten(heading, 40)
                self._report.add("sheets.unknown-column", mark, word=word, near=near[0] if near else ", ".join(known))
                if near and (known[near[0]].kind is Kind.WORDS) == bool(language):
                    likely[place] = known[near[0]], language
            elif (column, language) in found.values():
                self._report.add("sheets.column-twice", mark, word=heading)
            elif (column.kind is Kind.WORDS) != bool(language):
                self._report.add("sheets.column-language", mark, word=key)
                likely[place] = column, "" if language else "?"
            else:
                found[place] = column, language
        return self._with_likely(found, likely)

    def _with_likely(self, found: Columns, likely: Columns) -> Columns:
        """The columns with those besides whose heading is wrong, where nothing better is headed so."""
        languages = dict.fromkeys(language for _, language in found.values() if language)
        for place, (column, language) in likely.items():
            for meant in languages if language == "?" else (language,):
                if (column, meant) not in found.values():
                    found[place] = column, meant
                    break
        return found

    def _take(self, row: Row, column: Column, language: str, mark: Mark, raw: str) -> None:
        text = mended(raw, column.kind)
        if not text:
            return
        if EXCEL_ERROR.fullmatch(raw.strip()):
            self._report.add("sheets.formula-error", mark, word=raw.strip())
            # What should stand there is not known: nothing more is said of it.
            row.columns = {**row.columns, (column.key, language): None}
            return
        if text != raw:
            self._tell_mended(mark, raw, text)
        scalar = Scalar(mark, text, plain=False)
        if language:
            row.words.setdefault(column.key, {})[language] = scalar
        else:
            row.cells[column.key] = scalar


def _explains(first: str) -> bool:
    """Whether a row that begins so is an explanation; what a failed formula leaves behind is none."""
    return first.startswith("#") and not EXCEL_ERROR.fullmatch(first)


def _is_written(language: str, grids: Table[Sheet, Grid], columns: Table[Sheet, Columns]) -> bool:
    """Whether anything is said in a language below the headings."""
    return any(
        place < len(values) and values[place] is not None
        for sheet, grid in grids.items()
        for place, (_, headed) in columns[sheet].items()
        if headed == language
        for values in grid[1:]
        if not (values and _explains(str(values[0] or "").lstrip()))
    )


def mark_of(sheet: Sheet, row: int, column: int = 1) -> Mark:
    """A cell of a sheet, or with row 0 the sheet itself."""
    return Mark(_SHEETS.index(sheet) * _ROWS + row, column)


def row_of(mark: Mark) -> int:
    """The row of a cell in its own sheet."""
    return mark.line % _ROWS


def _letters(column: int) -> str:
    """A column as it stands in the workbook: 1 is A, 27 is AA."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
