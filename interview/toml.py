"""TOML as people write it, read within limits (T11): of nesting and of dotted keys the standard library makes much work.

And where everything in it stands, which the standard library does not tell.
"""

import re
import tomllib
from dataclasses import dataclass, field
from typing import Any, Final

DEEPEST: Final = 16
"""Levels of brackets, and dots of a line outside its texts, at most."""
Path = tuple[str | int, ...]
"""A way into the table: `("unit", 0, "id")`."""
_BRACKET: Final = re.compile(r"[\[\]{}]")
# TOML v1.0.0: comments, strings of four kinds, bare keys; whatever else is a value up to what ends it.
_BETWEEN: Final = re.compile(r"(?:[\s,]|#[^\n]*)*")
_BLANKS: Final = re.compile(r"[ \t]*")
# One that has no end goes as far as it may, so that no sign of it is looked at as the beginning of another.
_STRING: Final = re.compile(
    r'"""(?:\\[\s\S]|(?!""")[^\\])*+(?:"{3,5})?'
    r"|'''(?:(?!''')[\s\S])*+(?:'{3,5})?"
    r'|"(?:\\.|[^"\\\n])*+"?'
    r"|'[^'\n]*+'?"
)
_NO_STRUCTURE: Final = re.compile(rf"#[^\n]*|{_STRING.pattern}")
_BARE_KEY: Final = re.compile(r"[A-Za-z0-9_-]+")
_SCALAR: Final = re.compile(r"[^,\]}#\n]+")


@dataclass(frozen=True, slots=True)
class Places:
    """Line and column, from 1, of each key and of each value by the way to it; a table stands at its heading."""

    keys: dict[Path, tuple[int, int]] = field(default_factory=dict)
    values: dict[Path, tuple[int, int]] = field(default_factory=dict)


def parse_toml(text: str) -> dict[str, Any]:
    """The table in a TOML text; ValueError, which says why and where, for any other text."""
    # What stands in a text or a comment is counted by nothing; its line breaks still are.
    bare = _NO_STRUCTURE.sub(lambda found: "\n" * found[0].count("\n"), text)
    for number, line in enumerate(bare.split("\n"), 1):
        if line.count(".") > DEEPEST:
            raise ValueError(f"More than {DEEPEST} dots (at line {number})")
    depth = 0
    for bracket in _BRACKET.findall(bare):
        depth = depth + 1 if bracket in "[{" else max(depth - 1, 0)
        if depth > DEEPEST:
            raise ValueError(f"Nested more than {DEEPEST} deep")
    return tomllib.loads(text)


def places_in(text: str) -> Places:
    """Where everything stands in a text that `parse_toml` took."""
    scan = _Scan(text.replace("\r\n", "\n"))
    scan.document()
    return scan.places


class _Scan:
    """Walks through a TOML text that is known to be right, and remembers where keys and values begin."""

    def __init__(self, text: str) -> None:
        self.places = Places()
        self._text = text
        self._at = 0
        self._line, self._line_start, self._counted = 1, 0, 0
        self._counts: dict[Path, int] = {}

    def document(self) -> None:
        """The whole text."""
        base: Path = ()
        self._skip(_BETWEEN)
        while self._at < len(self._text):
            if self._text[self._at] == "[":
                base = self._heading()
            else:
                self._pair(base)
            self._skip(_BETWEEN)

    def _heading(self) -> Path:
        """A heading of a table; of one in a list it begins the next."""
        here = self._here()
        several = self._text.startswith("[[", self._at)
        self._at += 2 if several else 1
        steps = self._key()
        self._at += 2 if several else 1
        base: Path = ()
        for step in steps[:-1]:
            base = self._within((*base, step))
        last = (*base, steps[-1])
        if several:
            self._counts[last] = self._counts.get(last, 0) + 1
        self.places.keys.setdefault(last, here)
        self.places.values.setdefault(last, here)
        found = self._within(last)
        self.places.values.setdefault(found, here)
        return found

    def _within(self, path: Path) -> Path:
        """The table of a list that a heading means: the last one."""
        return (*path, self._counts[path] - 1) if path in self._counts else path

    def _pair(self, base: Path) -> None:
        here = self._here()
        path = base
        for step in self._key():
            path = (*path, step)
            self.places.keys.setdefault(path, here)
            self.places.values.setdefault(path, here)
        self._at += 1  # The equals sign.
        self._skip(_BLANKS)
        self._value(path)

    def _key(self) -> list[str]:
        steps: list[str] = []
        while True:
            self._skip(_BLANKS)
            quoted = self._text[self._at] in "\"'"
            word = self._take(_STRING if quoted else _BARE_KEY)
            steps.append(next(iter(tomllib.loads(f"{word}=0"))) if quoted else word)
            self._skip(_BLANKS)
            if self._text[self._at] != ".":
                return steps
            self._at += 1

    def _value(self, path: Path) -> None:
        self.places.values[path] = self._here()
        begins = self._text[self._at]
        if begins in "\"'":
            self._take(_STRING)
            return
        if begins not in "[{":
            self._take(_SCALAR)
            return
        self._at += 1
        self._skip(_BETWEEN)
        number = 0
        while self._text[self._at] not in "]}":
            if begins == "[":
                self._value((*path, number))
                number += 1
            else:
                self._pair(path)
            self._skip(_BETWEEN)
        self._at += 1

    def _here(self) -> tuple[int, int]:
        passed = self._text.count("\n", self._counted, self._at)
        if passed:
            self._line += passed
            self._line_start = self._text.rfind("\n", 0, self._at) + 1
        self._counted = self._at
        return self._line, self._at - self._line_start + 1

    def _take(self, what: re.Pattern[str]) -> str:
        found = what.match(self._text, self._at)
        if found is None:
            raise ValueError(f"Not TOML (at line {self._here()[0]})")
        self._at = found.end()
        return found[0]

    def _skip(self, what: re.Pattern[str]) -> None:
        found = what.match(self._text, self._at)
        self._at = found.end() if found else self._at
