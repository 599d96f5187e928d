"""From a workbook to a questionnaire: each cell becomes a node at its place, and the checks are those of YAML.

Dirty cells are mended where only one thing can be meant; every mending is told.
"""

from collections.abc import Iterator
from collections.abc import Mapping as Table
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Final

from interview.errors import Problem
from interview.questionnaire.models import Questionnaire
from interview.questionnaire.reading import build
from interview.questionnaire.sheets.cells import EXCEL_ERROR, as_text, mended
from interview.questionnaire.sheets.conditions import parse_condition
from interview.questionnaire.sheets.grid import Grid, read_workbook
from interview.questionnaire.sheets.layout import (
    COLUMNS,
    CONTACT,
    FORM_KEYS,
    MINUTES,
    PROXY,
    Column,
    Kind,
    Sheet,
    parse_heading,
)
from interview.questionnaire.yaml_nodes import Entry, Mapping, Mark, Node, Report, Scalar, Sequence, shorten

_SHEETS: Final = tuple(Sheet)
_ROWS: Final = 10_000
"""A mark's line is the sheet's number times this and the row."""


@dataclass(frozen=True, slots=True)
class Imported:
    """A form read from a workbook, and the cells that were mended on the way (`sheets.mended`)."""

    questionnaire: Questionnaire
    mended: tuple[Problem, ...]


class SheetReport(Report):
    """Problems of a workbook, whose places are sheet, column and row: `form.xlsx: Frågor C7`."""

    def place(self, mark: Mark) -> str:
        """A place in words."""
        number, row = divmod(mark.line, _ROWS)
        return (
            f"{self.name}: {_SHEETS[number]} {_letters(mark.column)}{row}" if row else f"{self.name}: {_SHEETS[number]}"
        )


@dataclass(slots=True)
class Row:
    """The filled cells of a row by key; cells of words by key and language. `mark` is its first cell."""

    mark: Mark
    cells: dict[str, Scalar] = field(default_factory=dict)
    words: dict[str, dict[str, Scalar]] = field(default_factory=dict)

    def text(self, key: str) -> str:
        """What stands in a cell, empty where nothing does."""
        return self.cells[key].text if key in self.cells else ""


def from_workbook(source: bytes, name: str) -> Imported:
    """The form in a workbook.

    One InterviewError with every problem, by sheet, column and row: `sheets.*` for what is wrong with the sheets
    themselves, `questionnaire.*` for the form; those of `read_workbook`.
    """
    sheets, report = read_workbook(source, name), SheetReport(name)
    for sheet in COLUMNS:
        if sheet not in sheets and sheet is not Sheet.CARDS:
            report.add("sheets.sheet-missing", _mark(sheet, 0), sheet=sheet)
    report.raise_found()
    reader = _Reader(report)
    columns = {sheet: reader.columns(sheet, sheets.get(sheet, [])) for sheet in COLUMNS}
    report.raise_found()
    rows = {sheet: list(reader.rows(sheet, sheets.get(sheet, []), columns[sheet])) for sheet in COLUMNS}
    root = _Form(report, rows).root()
    reading = build(root, report)
    report.raise_found()
    return Imported(reading.questionnaire, tuple(reader.mended))


class _Reader:
    """Takes the cells of each sheet by the headings above them, and mends them."""

    def __init__(self, report: SheetReport) -> None:
        self.mended: list[Problem] = []
        self._report = report

    def rows(self, sheet: Sheet, grid: Grid, columns: Table[int, tuple[Column, str]]) -> Iterator[Row]:
        """The rows below the headings that say anything; those that begin with `#` explain."""
        for number, values in enumerate(grid[1:], 2):
            if values and str(values[0] or "").lstrip().startswith("#"):
                continue
            row = Row(_mark(sheet, number, 1))
            for place, (column, language) in columns.items():
                if place < len(values) and values[place] is not None:
                    self._take(row, column, language, _mark(sheet, number, place + 1), as_text(values[place]))
            if row.cells or row.words:
                yield row

    def columns(self, sheet: Sheet, grid: Grid) -> dict[int, tuple[Column, str]]:
        """What the headings in the first row name: key and language of each column by its place, from 0."""
        known = {column.key: column for column in COLUMNS[sheet]}
        found: dict[int, tuple[Column, str]] = {}
        for place, value in enumerate(grid[0] if grid else ()):
            heading = as_text(value).strip()
            if not heading:
                continue
            key, language = parse_heading(heading) or (heading, "")
            column, mark = known.get(key), _mark(sheet, 1, place + 1)
            if column is None:
                near = get_close_matches(key, known, n=1)
                word = shorten(heading, 40)
                self._report.add("sheets.unknown-column", mark, word=word, near=near[0] if near else ", ".join(known))
            elif (column, language) in found.values():
                self._report.add("sheets.column-twice", mark, word=heading)
            elif (column.kind is Kind.WORDS) != bool(language):
                self._report.add("sheets.column-language", mark, word=key)
            else:
                found[place] = column, language
        first = COLUMNS[sheet][0]
        if grid and (first, "") not in found.values():
            self._report.add("sheets.column-missing", _mark(sheet, 1, 1), word=first.key)
        return found

    def _take(self, row: Row, column: Column, language: str, mark: Mark, raw: str) -> None:
        text = mended(raw, column.kind)
        if not text:
            return
        if EXCEL_ERROR.fullmatch(text):
            self._report.add("sheets.formula-error", mark, word=text)
            return
        if text != raw:
            place = self._report.place(mark)
            facts = {"was": shorten(raw, 40), "now": shorten(text, 40)}
            self.mended.append(Problem("sheets.mended", place, facts))
        scalar = Scalar(mark, text, plain=False)
        if language:
            row.words.setdefault(column.key, {})[language] = scalar
        else:
            row.cells[column.key] = scalar


class _Form:
    """Puts the rows of the sheets together as the nodes a YAML form has."""

    def __init__(self, report: SheetReport, rows: Table[Sheet, list[Row]]) -> None:
        self._report = report
        self._rows = rows
        self._options = self._option_lists()

    def root(self) -> Mapping:
        """The whole form."""
        root = self._head()
        start = _mark(Sheet.ITEMS, 1, 1)
        root["items"] = Sequence(start, self._items())
        cards = self._cards()
        if cards:
            root["cards"] = _mapping(_mark(Sheet.CARDS, 1, 1), cards)
        return _mapping(_mark(Sheet.FORM, 1, 1), root)

    def _head(self) -> dict[str, Node]:
        head: dict[str, Node] = {}
        minutes: dict[str, Node] = {}
        contact: dict[str, Node] = {}
        dimensions: dict[str, Node] = {}
        sources: list[Node] = []
        for row in self._rows[Sheet.FORM]:
            key, value, words = row.text("key"), row.cells.get("value"), _words(row, "text")
            if key not in FORM_KEYS:
                near = get_close_matches(key, FORM_KEYS, n=1)
                facts = {"word": shorten(key, 40), "near": near[0] if near else ", ".join(FORM_KEYS)}
                self._report.add("sheets.unknown-row", row.mark, **facts)
            elif key == "dimension" and value is not None:
                dimensions[value.text] = words or _mapping(row.mark, {})
            elif key == "source" and value is not None:
                sources.append(value)
            elif key == "languages" and value is not None:
                head[key] = Sequence(
                    value.mark, [Scalar(value.mark, one.strip(), False) for one in value.text.split(",")]
                )
            elif key in MINUTES and value is not None:
                minutes[key] = value
            elif key in CONTACT and words is not None:
                contact[key] = words
            elif value is not None or words is not None:
                head[key] = value or words or _mapping(row.mark, {})
        here = _mark(Sheet.FORM, 1, 1)
        parts: dict[str, Node] = {"minutes": _mapping(here, minutes), "contact": _mapping(here, contact)}
        if dimensions:
            parts["dimensions"] = _mapping(here, dimensions)
        if sources:
            parts["sources"] = Sequence(here, sources)
        return {**head, **parts}

    def _option_lists(self) -> dict[str, Mapping]:
        """The answers by the id they are listed under."""
        lists: dict[str, Mapping] = {}
        for row in self._rows[Sheet.OPTIONS]:
            name, code = row.text("options"), row.cells.get("code")
            if not name or code is None:
                self._report.add("sheets.option-incomplete", row.mark)
                continue
            option: dict[str, Node] = dict(row.words.get("text", {}))
            option |= {key: cell for key, cell in row.cells.items() if key not in ("options", "code")}
            for key in ("open", "spoken", "proxy"):
                words = _words(row, key)
                if words is not None:
                    option[key] = words
            entries = lists.setdefault(name, _mapping(row.mark, {})).entries
            if code.text in entries:
                self._report.add("questionnaire.duplicate-option", code.mark, word=code.text)
            entries[code.text] = Entry(code, _mapping(row.mark, option))
        return lists

    def _items(self) -> "list[Node]":
        """The items, those that name a group inside it."""
        top: list[Node] = []
        groups: dict[str, list[Node]] = {}
        used: set[str] = set()
        for row in self._rows[Sheet.ITEMS]:
            item = self._item(row, used)
            if row.text("type") == "group":
                inside: list[Node] = []
                groups[row.text("id")] = inside
                item["items"] = Sequence(row.mark, inside)
            group = row.cells.get("group")
            if group is not None and group.text not in groups:
                near = get_close_matches(group.text, groups, n=1)
                known = near[0] if near else ", ".join(groups) or "–"
                self._report.add("sheets.unknown-group", group.mark, word=shorten(group.text, 40), near=known)
            # A question whose group is misspelt is still there for the conditions that name it.
            (top if group is None else groups.get(group.text, top)).append(_mapping(row.mark, item))
        for name, options in self._options.items():
            if name not in used:
                self._report.add("sheets.options-unused", options.mark, word=shorten(name, 40))
        return top

    def _item(self, row: Row, used: set[str]) -> dict[str, Node]:
        apart = ("group", "proxy", "options", "when")
        item: dict[str, Node] = {key: cell for key, cell in row.cells.items() if key not in apart}
        for key in row.words:
            words = _words(row, key)
            if words is not None and key != "proxy-text":
                item[key] = words
        proxy, own = row.cells.get("proxy"), _words(row, "proxy-text")
        if own is not None and (proxy is None or proxy.text == PROXY[-1]):
            item["proxy"] = own
        elif proxy is not None:
            item["proxy"] = proxy
        named = row.cells.get("options")
        name = named.text if named else row.text("id")
        if name in self._options:
            used.add(name)
            item["options"] = self._options[name]
        elif named is not None:
            item["options"] = named
        condition = row.cells.get("when")
        when = None if condition is None else self._when(condition)
        if when is not None:
            item["when"] = when
        return item

    def _when(self, cell: Scalar) -> Node | None:
        parsed = parse_condition(cell.text)
        if parsed is None:
            self._report.add("sheets.condition", cell.mark, word=shorten(cell.text, 60))
            return None
        join, comparisons = parsed
        made: list[Node] = [
            _mapping(
                cell.mark, {"question": Scalar(cell.mark, question, False), operator: Scalar(cell.mark, answer, False)}
            )
            for question, operator, answer in comparisons
        ]
        return made[0] if len(made) == 1 else _mapping(cell.mark, {join: Sequence(cell.mark, made)})

    def _cards(self) -> dict[str, Node]:
        cards: dict[str, tuple[dict[str, Node], list[Node]]] = {}
        for row in self._rows[Sheet.CARDS]:
            card, entries = cards.setdefault(row.text("card"), ({}, []))
            title = _words(row, "title")
            if title is not None:
                card["title"] = title
            entries.append(
                _mapping(
                    row.mark, {key: words for key in ("heading", "text") if (words := _words(row, key)) is not None}
                )
            )
            card["entries"] = Sequence(row.mark, entries)
        return {name: _mapping(_mark(Sheet.CARDS, 1, 1), card) for name, (card, _) in cards.items()}


def _words(row: Row, key: str) -> Mapping | None:
    cells = row.words.get(key)
    return _mapping(next(iter(cells.values())).mark, dict(cells)) if cells else None


def _mapping(mark: Mark, values: Table[str, Node]) -> Mapping:
    entries = {key: Entry(Scalar(value.mark, key, False), value) for key, value in values.items()}
    return Mapping(mark, False, entries)


def _mark(sheet: Sheet, row: int, column: int = 1) -> Mark:
    return Mark(_SHEETS.index(sheet) * _ROWS + row, column)


def _letters(column: int) -> str:
    """A column as it stands in the workbook: 1 is A, 27 is AA."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
