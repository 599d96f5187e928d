"""The b-trees inside the pages: tables, rows, where each cell lies, and the bytes that nothing uses.

Format: https://www.sqlite.org/fileformat2.html sections 1.5 (freelist), 1.6 (b-trees), 1.7 (overflow), 2.1 (records).
"""

import re
import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from interview.audit.pages import USABLE

Value = bytes | str | int | float | None

INDEX_INTERIOR: Final = 2
TABLE_INTERIOR: Final = 5
INDEX_LEAF: Final = 10
TABLE_LEAF: Final = 13
_TYPES: Final = frozenset({INDEX_INTERIOR, TABLE_INTERIOR, INDEX_LEAF, TABLE_LEAF})
_FILE_HEADER: Final = 100
_SIZES: Final = (0, 1, 2, 3, 4, 6, 8)


class Unreadable(Exception):
    """A page is not what the format says it must be."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a page: from `offset` to `end`, its row's values, the pages its value overflows to."""

    offset: int
    end: int
    values: tuple[Value, ...] = field(repr=False)
    rowid: int | None
    child: int | None
    overflow: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Node:
    """One page of a b-tree: its cells in the order of their keys."""

    number: int
    kind: int
    cells: tuple[Cell, ...]
    right: int | None
    unused: bytes = field(repr=False)
    """What nothing on the page uses."""


@dataclass(frozen=True)
class Tree:
    """A table or an index: `kind` as the schema says, its nodes, its rows in the order of their keys."""

    name: str
    table: str
    kind: str
    columns: tuple[str, ...]
    nodes: tuple[Node, ...] = field(repr=False)
    keyed: tuple[Cell, ...] = field(repr=False)

    @property
    def has_rowids(self) -> bool:
        """Whether its rows lie under a hidden number."""
        return any(node.kind in (TABLE_LEAF, TABLE_INTERIOR) for node in self.nodes)

    @cached_property
    def rows(self) -> tuple[Mapping[str, Value], ...]:
        """Its rows, by column; what is stored as a NULL for a row's number is the number."""
        names = self.columns
        return tuple(dict(zip(names, cell.values, strict=False)) for cell in self.keyed)


class Image:
    """One state of a database: its pages by number, read as b-trees."""

    def __init__(self, pages: Mapping[int, bytes]) -> None:
        self.pages = pages
        self.faults = 0
        self._unused: list[bytes] = []
        self._reached: set[int] = set()
        self.trees: dict[str, Tree] = {}
        for name, table, kind, root, sql in self._schema():
            self.trees[name] = self._tree(name, table, kind, root, sql)
        self._free()

    def table(self, name: str) -> tuple[Mapping[str, Value], ...]:
        """The rows of a table, none where there is no such table."""
        return self.trees[name].rows if name in self.trees else ()

    @property
    def unused(self) -> tuple[bytes, ...]:
        """The bytes that nothing uses: free pages, gaps and freed cells, the ends of overflowing values."""
        return tuple(self._unused)

    def _schema(self) -> Iterator[tuple[str, str, str, int, str]]:
        if not self.pages:
            return
        master = self._tree("sqlite_schema", "sqlite_schema", "table", 1, "(type, name, tbl_name, rootpage, sql)")
        self.trees["sqlite_schema"] = master
        for row in master.rows:
            kind, name, table, root, sql = (row.get(column) for column in master.columns)
            if isinstance(root, int) and root and isinstance(name, str):
                yield name, str(table), str(kind), root, str(sql or "")

    def _tree(self, name: str, table: str, kind: str, root: int, sql: str) -> Tree:
        nodes: list[Node] = []
        keyed: list[Cell] = []
        try:
            self._walk(root, nodes, keyed, 0)
        except (Unreadable, IndexError, struct.error):
            self.faults += 1
        return Tree(name, table, kind, stored_columns(sql), tuple(nodes), tuple(keyed))

    def _walk(self, number: int, nodes: list[Node], keyed: list[Cell], depth: int) -> None:
        if number not in self.pages or number in self._reached or depth > 20:
            raise Unreadable
        self._reached.add(number)
        node = self._node(number)
        nodes.append(node)
        self._unused.append(node.unused)
        for cell in node.cells:
            if cell.child is not None:
                self._walk(cell.child, nodes, keyed, depth + 1)
            if node.kind != TABLE_INTERIOR:
                keyed.append(cell)
        if node.right is not None:
            self._walk(node.right, nodes, keyed, depth + 1)

    def _node(self, number: int) -> Node:
        page = self.pages[number]
        head = _FILE_HEADER if number == 1 else 0
        kind = page[head]
        if kind not in _TYPES:
            raise Unreadable
        interior = kind in (INDEX_INTERIOR, TABLE_INTERIOR)
        count = int.from_bytes(page[head + 3 : head + 5], "big")
        start = head + (12 if interior else 8)
        pointers = struct.unpack_from(f">{count}H", page, start)
        cells = tuple(self._cell(page, kind, pointer) for pointer in pointers)
        right = int.from_bytes(page[head + 8 : head + 12], "big") if interior else None
        return Node(number, kind, cells, right, unused_bytes(page, head, start + 2 * count, cells))

    def _cell(self, page: bytes, kind: int, offset: int) -> Cell:
        at, child, rowid = offset, None, None
        if kind in (INDEX_INTERIOR, TABLE_INTERIOR):
            child, at = int.from_bytes(page[at : at + 4], "big"), at + 4
        if kind == TABLE_INTERIOR:
            rowid, at = varint(page, at)
            return Cell(offset, at, (), rowid, child, ())
        length, at = varint(page, at)
        if kind == TABLE_LEAF:
            rowid, at = varint(page, at)
        local = local_length(length, leaf_of_table=kind == TABLE_LEAF)
        payload, end = page[at : at + local], at + local
        overflow: tuple[int, ...] = ()
        if local < length:
            following = int.from_bytes(page[end : end + 4], "big")
            payload, overflow = self._overflowing(payload, length, following)
            end += 4
        return Cell(offset, max(end, offset + 4), record(payload), rowid, child, overflow)

    def _overflowing(self, payload: bytes, length: int, following: int) -> tuple[bytes, tuple[int, ...]]:
        parts, chain, left = [payload], [], length - len(payload)
        while left > 0:
            if following not in self.pages or following in self._reached:
                raise Unreadable
            self._reached.add(following)
            chain.append(following)
            page = self.pages[following]
            taken = min(left, USABLE - 4)
            parts.append(page[4 : 4 + taken])
            self._unused.append(page[4 + taken : USABLE])
            left -= taken
            following = int.from_bytes(page[:4], "big")
        return b"".join(parts), tuple(chain)

    def _free(self) -> None:
        """Pages of the freelist, and any that nothing reaches."""
        trunk = int.from_bytes(self.pages[1][32:36], "big") if 1 in self.pages else 0
        while trunk in self.pages and trunk not in self._reached:
            self._reached.add(trunk)
            page = self.pages[trunk]
            used = 8 + 4 * int.from_bytes(page[4:8], "big")
            self._unused.append(page[used:USABLE])
            trunk = int.from_bytes(page[:4], "big")
        self._unused += [page[:USABLE] for number, page in self.pages.items() if number not in self._reached]


def unused_bytes(page: bytes, head: int, start: int, cells: tuple[Cell, ...]) -> bytes:
    """What lies on a b-tree page in no cell; the links of its chain of free blocks are left out."""
    left = bytearray(page[:USABLE])
    left[:start] = bytes(start)
    # Pointers to cells that are gone tell how many there were, nothing of what they held.
    while 0 < int.from_bytes(left[start : start + 2], "big") < USABLE and start + 2 <= USABLE:
        left[start : start + 2] = bytes(2)
        start += 2
    for cell in cells:
        left[cell.offset : cell.end] = bytes(max(cell.end - cell.offset, 0))
    block = int.from_bytes(page[head + 1 : head + 3], "big")
    while 0 < block <= USABLE - 4:
        left[block : block + 4] = bytes(4)
        following = int.from_bytes(page[block : block + 2], "big")
        if following <= block:
            break
        block = following
    return bytes(left)


def first_values(page: bytes) -> frozenset[Value]:
    """The first value of every row on a leaf, wherever the page comes from; nothing for any other page."""
    # The first page of a file holds the schema.
    if page[0] != INDEX_LEAF:
        return frozenset()
    found: set[Value] = set()
    for pointer in struct.unpack_from(f">{int.from_bytes(page[3:5], 'big')}H", page, 8):
        try:
            _, at = varint(page, pointer)
            header, body = varint(page, at)
            serial, _ = varint(page, body)
            found.add(_value(serial, page, at + header)[0])
        except (IndexError, struct.error):
            continue
    return frozenset(found)


def varint(page: bytes, at: int) -> tuple[int, int]:
    """SQLite's variable-length integer at a place, and the place after it."""
    value = 0
    for taken in range(8):
        byte = page[at + taken]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at + taken + 1
    value = value << 8 | page[at + 8]
    return (value - (1 << 64) if value >> 63 else value), at + 9


def local_length(length: int, *, leaf_of_table: bool) -> int:
    """How many bytes of a payload lie in its cell."""
    most = USABLE - 35 if leaf_of_table else (USABLE - 12) * 64 // 255 - 23
    if length <= most:
        return length
    least = (USABLE - 12) * 32 // 255 - 23
    kept = least + (length - least) % (USABLE - 4)
    return kept if kept <= most else least


def record(payload: bytes) -> tuple[Value, ...]:
    """The values of a record."""
    header, at = varint(payload, 0)
    body, values = header, []
    while at < header:
        serial, at = varint(payload, at)
        value, size = _value(serial, payload, body)
        values.append(value)
        body += size
    return tuple(values)


def _value(serial: int, payload: bytes, at: int) -> tuple[Value, int]:
    if serial >= 12:
        size = (serial - 12) // 2
        raw = payload[at : at + size]
        return (raw.decode("utf-8", "surrogateescape") if serial % 2 else raw), size
    if serial == 7:
        return struct.unpack_from(">d", payload, at)[0], 8
    if serial in (8, 9):
        return serial - 8, 0
    if serial == 0 or serial > 9:
        return None, 0
    size = _SIZES[serial]
    return int.from_bytes(payload[at : at + size], "big", signed=True), size


_KEY: Final = re.compile(r"PRIMARY\s+KEY\s*\(([^)]*)\)", re.IGNORECASE)
_NO_COLUMN: Final = re.compile(r"^(PRIMARY|UNIQUE|CHECK|FOREIGN|CONSTRAINT)\b", re.IGNORECASE)


def stored_columns(sql: str) -> tuple[str, ...]:
    """The columns of a table as its rows hold them: those of the key first where there is no hidden number."""
    inside = sql[sql.find("(") + 1 : sql.rfind(")")]
    parts = [part.strip() for part in _top_level(inside)]
    names = [_bare(part) for part in parts if part and not _NO_COLUMN.match(part)]
    if not re.search(r"WITHOUT\s+ROWID", sql, re.IGNORECASE):
        return tuple(names)
    key = [_bare(part) for part in parts if "PRIMARY KEY" in part.upper() and not _NO_COLUMN.match(part)]
    for part in parts:
        constraint = _KEY.search(part) if _NO_COLUMN.match(part) else None
        if constraint:
            key = [_bare(name) for name in constraint[1].split(",")]
    return (*key, *(name for name in names if name not in key))


def _bare(definition: str) -> str:
    words = definition.split()
    return words[0].strip("\"'`[]") if words else ""


def _top_level(text: str) -> Iterator[str]:
    depth, start = 0, 0
    for at, sign in enumerate(text):
        depth += (sign == "(") - (sign == ")")
        if sign == "," and depth == 0:
            yield text[start:at]
            start = at + 1
    yield text[start:]
