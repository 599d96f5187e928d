"""From a workbook to a questionnaire: each cell becomes a node at its place, and the checks are those of YAML.

Dirty cells are mended where only one thing can be meant; every mending is told.
"""

from collections.abc import Mapping as Table
from dataclasses import dataclass
from difflib import get_close_matches

from interview.errors import Problem
from interview.questionnaire.checking import findings
from interview.questionnaire.examining import advised
from interview.questionnaire.fields import Source
from interview.questionnaire.findings import UNKNOWN_SCALE, UNKNOWN_WORD, Path, Walk, unknown
from interview.questionnaire.item_reading import ItemReader
from interview.questionnaire.models import Item, ItemType, Questionnaire
from interview.questionnaire.reading import build
from interview.questionnaire.routing import Routes
from interview.questionnaire.sheets.conditions import OPERATORS, parse_condition
from interview.questionnaire.sheets.grid import read_workbook
from interview.questionnaire.sheets.layout import CONTACT, FORM_KEYS, MINUTES, PROXY, Sheet
from interview.questionnaire.sheets.tables import Row, SheetReport, Tables, mark_of, row_of
from interview.questionnaire.yaml_nodes import SHOWN, Entry, Mapping, Mark, Node, Scalar, Sequence, shorten


@dataclass(frozen=True, slots=True)
class Imported:
    """A form read from a workbook, the cells mended on the way (`sheets.mended`), and what to think over, by its cell."""

    questionnaire: Questionnaire
    mended: tuple[Problem, ...]
    warnings: tuple[Problem, ...]


def from_workbook(source: bytes, name: str) -> Imported:
    """The form in a workbook.

    One InterviewError with every problem, by sheet, column and row: `sheets.*` for what is wrong with the sheets
    themselves, `questionnaire.*` for the form; those of `read_workbook`.
    """
    report = SheetReport(name)
    tables = Tables(report, read_workbook(source, name))
    form = _Form(report, tables)
    reading = build(form.root(), report)
    for options in form.unused:
        _check_alone(options, reading.questionnaire, report)
    report.raise_found()
    return Imported(reading.questionnaire, tuple(tables.mended), advised(reading, SheetReport(name)))


class _Form:
    """Puts the rows of the sheets together as the nodes a YAML form has."""

    def __init__(self, report: SheetReport, tables: Tables) -> None:
        self._report = report
        self._tables = tables
        self._options = self._option_lists()
        self.unused: list[Mapping] = []

    def root(self) -> Mapping:
        """The whole form."""
        root = _Head(self._report, self._tables).parts()
        lost = {"items": None} if (Sheet.ITEMS, "text") in self._tables.lost else {}
        root["items"] = Sequence(mark_of(Sheet.ITEMS, 1), self._items())
        cards = self._cards()
        if cards:
            root["cards"] = _mapping(mark_of(Sheet.CARDS, 1), cards)
        if self._lost(Sheet.FORM, "key"):
            lost |= dict.fromkeys(("name", "version", "title", "minutes", "contact", "dimensions"))
        return _mapping(self._tables.free[Sheet.FORM], root, lost)

    def _lost(self, sheet: Sheet, *keys: str) -> bool:
        return any((sheet, key) in self._tables.lost for key in keys)

    def _option_lists(self) -> dict[str, Mapping]:
        """The answers by the id they are listed under."""
        lists: dict[str, Mapping] = {}
        if self._lost(Sheet.OPTIONS, "options", "code"):
            return lists
        for row in self._tables.rows[Sheet.OPTIONS]:
            code = row.cells.get("code")
            for key in ("options", "code"):
                if key not in row.cells and not row.spoilt(key):
                    self._report.add("sheets.option-incomplete", row.at(key))
            if code is None or "options" not in row.cells:
                continue
            option: dict[str, Node] = dict(row.words.get("text", {}))
            option |= {key: cell for key, cell in row.cells.items() if key not in ("options", "code")}
            option |= {key: _words(row, key) for key in ("open", "spoken", "proxy") if key in row.words}
            entries = lists.setdefault(row.text("options"), _mapping(row.at("options"), {})).entries
            if code.text in entries:
                self._report.add("questionnaire.duplicate-option", code.mark, word=code.text)
            absent = {**row.absent(), **row.absent_words("text")}
            entries[code.text] = Entry(code, _mapping(row.mark, option, absent))
        return lists

    def _items(self) -> "list[Node]":
        """The items, those that name a group inside it."""
        top: list[Node] = []
        groups: dict[str, list[Node]] = {}
        used: set[str] = set()
        for row in self._tables.rows[Sheet.ITEMS]:
            item = self._item(row, used)
            # Before the row's own group is known, so that none can stand in itself.
            self._group_of(row, groups, top).append(item)
            if row.text("type") == "group":
                inside: list[Node] = []
                groups[row.text("id")] = inside
                item.entries["items"] = Entry(Scalar(row.mark, "items", False), Sequence(row.mark, inside))
        for name, options in self._options.items():
            if name not in used and not self._lost(Sheet.ITEMS, "id", "text"):
                self._report.add("sheets.options-unused", options.mark, word=shorten(name, 40))
                self.unused.append(options)
        return top

    def _group_of(self, row: Row, groups: dict[str, list[Node]], top: list[Node]) -> list[Node]:
        """Where an item stands; one whose group is not above it is still there for the conditions that name it."""
        group = row.cells.get("group")
        if group is None:
            return top
        if group.text not in groups:
            near = get_close_matches(group.text, groups, n=1)
            known = near[0] if near else ", ".join(groups) or "–"
            own = row.text("type") == "group" and group.text == row.text("id")
            code = "sheets.group-in-itself" if own else "sheets.unknown-group"
            self._report.add(code, group.mark, word=shorten(group.text, 40), near=known)
        return groups.get(group.text, top)

    def _item(self, row: Row, used: set[str]) -> Mapping:
        apart = ("group", "proxy", "options", "when")
        item: dict[str, Node] = {key: cell for key, cell in row.cells.items() if key not in apart}
        item |= {key: _words(row, key) for key in row.words if key != "proxy-text"}
        absent = row.absent()
        told, own = row.cells.get("proxy"), "proxy-text" in row.words
        proxy = PROXY[-1] if told is None and own else self._proxy(told)
        if proxy == PROXY[-1]:
            item["proxy"] = _words(row, "proxy-text")
        elif told is not None and proxy:
            item["proxy"] = Scalar(told.mark, proxy, False)
            if own and told.text in PROXY:
                self._report.add("sheets.proxy-text-unused", row.at("proxy-text"), word=proxy)
        elif told is not None:
            absent["proxy"] = None
        options = self._options_of(row, used)
        if options is not None:
            item["options"] = options
        elif "options" in row.cells or self._lost(Sheet.OPTIONS, "options", "code"):
            absent["options"] = None
        condition = row.cells.get("when")
        when = None if condition is None else self._when(condition)
        if when is not None:
            item["when"] = when
        elif condition is not None:
            absent["when"] = None
        return _mapping(row.at("id"), item, absent)

    def _proxy(self, cell: Scalar | None) -> str:
        """What stands in the column `proxy`, or what it most resembles; empty where it is nothing."""
        if cell is None or cell.text in PROXY:
            return "" if cell is None else cell.text
        code, facts = unknown(UNKNOWN_WORD, shorten(cell.text, SHOWN), PROXY)
        self._report.add(code, cell.mark, **{"key": "proxy", **facts})
        return str(facts.get("near", ""))

    def _options_of(self, row: Row, used: set[str]) -> Mapping | None:
        """The answers an item names, or those listed under its id; what is misspelt counts as what it most resembles."""
        named = row.cells.get("options")
        name = named.text if named else row.text("id")
        if named is not None and name not in self._options and not self._lost(Sheet.OPTIONS, "options", "code"):
            code, facts = unknown(UNKNOWN_SCALE, shorten(name, SHOWN), self._options)
            self._report.add(code, named.mark, **facts)
            name = str(facts.get("near", ""))
            if not name:
                # Whichever was meant, it is not unused.
                used.update(self._options)
        used.add(name)
        return self._options.get(name)

    def _when(self, cell: Scalar) -> Node | None:
        parsed = parse_condition(cell.text)
        if parsed is None:
            self._report.add("sheets.condition", cell.mark, word=shorten(cell.text, 60), known=", ".join(OPERATORS))
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
        cards: dict[str, Mapping] = {}
        listed: dict[str, list[Node]] = {}
        if self._lost(Sheet.CARDS, "card"):
            return {}
        for row in self._tables.rows[Sheet.CARDS]:
            name, here = row.text("card"), row.at("card")
            if not name:
                if not row.spoilt("card"):
                    self._report.add("questionnaire.missing-key", here, key="card")
                continue
            if name not in cards:
                listed[name] = []
                entries: dict[str, Node] = {"entries": Sequence(here, listed[name])}
                cards[name] = _mapping(here, entries, {"title": row.at("title")})
            if "title" in row.words:
                self._title(cards[name], row)
            said: dict[str, Node] = {key: _words(row, key) for key in ("heading", "text") if key in row.words}
            listed[name].append(_mapping(row.mark, said, row.absent()))
        return dict(cards)

    def _title(self, card: Mapping, row: Row) -> None:
        """The title of a card, which may come again on its other rows as long as it is the same."""
        title = Entry(Scalar(row.at("title"), "title", False), _words(row, "title"))
        first = card.entries.setdefault("title", title)
        if _said(first.value) != _said(title.value):
            line = row_of(first.key.mark)
            self._report.add("questionnaire.duplicate-key", title.key.mark, key="title", line=line)


class _Head:
    """Puts the rows of the form's own sheet together."""

    def __init__(self, report: SheetReport, tables: Tables) -> None:
        self._report = report
        self._tables = tables
        self._free = tables.free[Sheet.FORM]
        self._head: dict[str, Node] = {}
        self._minutes: dict[str, Node] = {}
        self._contact: dict[str, Node] = {}
        self._dimensions: dict[str, Node] = {}
        self._sources: list[Node] = []
        self._rows: dict[str, Row] = {}

    def parts(self) -> dict[str, Node]:
        """What the form says of itself, by the keys of YAML."""
        for row in self._tables.rows[Sheet.FORM]:
            self._take(row)
        lost = (Sheet.FORM, "key") in self._tables.lost
        if "languages" not in self._head:
            if not lost:
                self._report.add("questionnaire.missing-key", self._free, key="languages")
            languages = [Scalar(self._free, language, False) for language in self._tables.languages]
            self._head["languages"] = Sequence(self._free, list(languages))
        parts: dict[str, Node] = {
            "minutes": _mapping(self._free, self._minutes, dict.fromkeys(MINUTES) if lost else None),
            "contact": _mapping(self._free, self._contact, dict.fromkeys(CONTACT) if lost else None),
        }
        if self._dimensions:
            parts["dimensions"] = _mapping(self._free, self._dimensions)
        if self._sources:
            parts["sources"] = Sequence(self._free, self._sources)
        return {**self._head, **parts}

    def _take(self, row: Row) -> None:
        key = row.text("key")
        if not key and row.spoilt("key"):
            # Whichever was meant, it is not missing.
            self._tables.lost.add((Sheet.FORM, "key"))
            return
        value = row.cells.get("value") or Scalar(row.at("value"), "", False)
        if key not in FORM_KEYS:
            near = get_close_matches(key, FORM_KEYS, n=1)
            facts = {"word": shorten(key, 40), "near": near[0] if near else ", ".join(FORM_KEYS)}
            self._report.add("sheets.unknown-row", row.at("key"), **facts)
            key = near[0] if near else ""
        self._once(row, key, f"{key} {value.text}".strip() if key == "dimension" else key)
        match key:
            case "":
                return
            case "dimension":
                self._dimensions[value.text] = _words(row, "text")
                if not value.text:
                    self._report.add("questionnaire.empty-value", value.mark, key="value")
            case "source":
                self._sources.append(value)
            case "languages":
                if not value.text:
                    self._report.add("questionnaire.empty-value", value.mark, key=key)
                told = self._tables.languages
                self._head[key] = Sequence(value.mark, [Scalar(value.mark, word, False) for word in told])
            case "title":
                self._head[key] = _words(row, "text")
            case _ if key in CONTACT:
                self._contact[key] = _words(row, "text")
            case _ if key in MINUTES:
                self._minutes[key] = value
            case _:
                self._head[key] = value

    def _once(self, row: Row, key: str, name: str) -> None:
        """Report what the form says twice; only its sources are many."""
        first = self._rows.setdefault(name, row)
        if first is not row and key not in ("", "source"):
            self._report.add("questionnaire.duplicate-key", row.at("key"), key=name, line=row_of(first.mark))


def _check_alone(options: Mapping, form: Questionnaire, report: SheetReport) -> None:
    """Tell what is wrong with answers that no question uses yet, as far as that does not depend on the question."""
    path: Path = ("items", 0, "options")
    places = Source(report)
    places.languages = form.languages
    read = ItemReader(places, {}, None).options_of(options, path)
    places.damaged.add(("items", 0, "type"))
    places.damaged.update((*path, number, "ends") for number in range(len(read)))
    item = Item(id="x", type=ItemType.CHOICE, text={}, options=read)
    for finding in findings(Routes(Walk(form.model_copy(update={"items": (item,)})))):
        if finding.path[: len(path)] == path and len(finding.path) > len(path):
            places.tell(finding)


def _words(row: Row, key: str) -> Mapping:
    """The words of a key in each language; those that are missing are known by their cells."""
    return _mapping(row.at(key), dict(row.words.get(key, {})), row.absent_words(key))


def _said(words: Node) -> dict[str, str]:
    """The words of a mapping by language, wherever they stand."""
    entries = words.entries.values() if isinstance(words, Mapping) else ()
    return {key.text: value.text for key, value in entries if isinstance(value, Scalar)}


def _mapping(mark: Mark, values: Table[str, Node], absent: Table[str, Mark | None] | None = None) -> Mapping:
    entries = {key: Entry(Scalar(value.mark, key, False), value) for key, value in values.items()}
    return Mapping(mark, False, entries, dict(absent or {}))
