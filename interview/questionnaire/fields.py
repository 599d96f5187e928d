"""Typed access to the keys of a form's source; what does not fit is reported where it stands, and reading goes on."""

import re
from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Final, TypeVar

from interview.questionnaire.findings import UNKNOWN_KEY, UNKNOWN_LANGUAGE, UNKNOWN_WORD, Finding, Path, unknown
from interview.questionnaire.kept import kept_decimal
from interview.questionnaire.models import ItemType, Text
from interview.questionnaire.yaml_nodes import SHOWN, Entry, Mapping, Mark, Node, Report, Scalar, Sequence, shorten

_NUMBER = re.compile(r"-?[0-9]{1,9}")
_FLAGS: Final = {"yes": True, "no": False}
_WRITTEN_LIMITS: Final = (ItemType.DECIMAL, ItemType.DATE, ItemType.TIME)
_AT_KEY: Final = frozenset(("questionnaire.misplaced",))
_NAMING: Final = frozenset(("questionnaire.duplicate-id",))
"""Findings whose message says where the other place is."""
_Word = TypeVar("_Word", bound=StrEnum)


class Source:
    """What is known of a file while it is read: its problems, its languages, and where each path of the models stands.

    `damaged` holds the paths whose values could not be read; nothing more is said about them.
    """

    def __init__(self, report: Report) -> None:
        self.report = report
        self.languages: tuple[str, ...] = ()
        self.values: dict[Path, Mark] = {}
        self.keys: dict[Path, Mark] = {}
        self.damaged: set[Path] = set()

    def fail(self, code: str, mark: Mark, path: Path, /, **facts: str | int) -> None:
        """Report a problem and give up the value at `path`."""
        self.report.add(code, mark, **facts)
        self.damaged.add(path)

    def expect(self, path: Path, mark: Mark | None) -> None:
        """Let a value that is not there stand at its place; without one nothing more is said about it."""
        if mark is None:
            self.damaged.add(path)
        else:
            self.values.setdefault(path, mark)

    def tell(self, finding: Finding) -> None:
        """Report what a check found, unless it rests on something that could not be read."""
        if self._rests_on_damage(finding):
            return
        table = self.keys if finding.code in _AT_KEY else self.values
        facts = finding.facts
        if finding.code in _NAMING and finding.about is not None:
            facts = {
                **facts,
                "at": self.report.place(self._nearest(self.values, finding.about)).split(":", 1)[1].strip(),
            }
        self.report.add(finding.code, self._nearest(table, finding.path), **facts)

    def part(self, name: str) -> "Source":
        """What is known of the value called `name`, its paths counted from it."""
        part = Source(self.report)
        for own, inner in ((self.values, part.values), (self.keys, part.keys)):
            inner.update({path[1:]: mark for path, mark in own.items() if path[:1] == (name,)})
        part.damaged.update(path[1:] for path in self.damaged if path[:1] == (name,))
        return part

    def take_over(self, part: "Source", path: Path) -> None:
        """Let `path` stand where a part stands."""
        for own, other in ((self.values, part.values), (self.keys, part.keys)):
            own.update({(*path, *inner): mark for inner, mark in other.items()})
        self.damaged.update((*path, *inner) for inner in part.damaged)

    def _rests_on_damage(self, finding: Finding) -> bool:
        path, about = finding.path, finding.about
        if any(path[:length] in self.damaged for length in range(1, len(path) + 1)):
            return True
        if about is not None and any(about[:length] in self.damaged for length in range(1, len(about) + 1)):
            return True
        return any(damaged[: len(path)] == path for damaged in self.damaged)

    def _nearest(self, table: dict[Path, Mark], path: Path) -> Mark:
        for length in range(len(path), 0, -1):
            mark = table.get(path[:length]) or self.values.get(path[:length])
            if mark:
                return mark
        return Mark(1, 1)


class Fields:
    """The keys of one mapping at one path of the models; keys other than `known` are reported at once.

    Without `known` every key is taken: the mapping holds names of the form's own, or its keys are looked at elsewhere.
    """

    def __init__(self, source: Source, node: Node, path: Path, known: Iterable[str] | None) -> None:
        self.source = source
        self.path = path
        self.mark = node.mark
        self.readable = isinstance(node, Mapping)
        self._entries: dict[str, Entry] = node.entries if isinstance(node, Mapping) else {}
        self._absent: dict[str, Mark | None] = {}
        if not isinstance(node, Mapping):
            source.fail("questionnaire.wanted-keys", node.mark, path)
            return
        self._absent = node.absent
        for word, mark in node.absent.items():
            if word not in node.entries:
                source.expect(self.at(word), mark)
        if known is None:
            return
        words = tuple(known)
        for key, _ in self._entries.values():
            if key.text not in words:
                code, facts = unknown(UNKNOWN_KEY, shorten(key.text, SHOWN), words)
                source.report.add(code, key.mark, **facts)

    def __contains__(self, key: str) -> bool:
        return key in self._entries

    def at(self, key: str) -> Path:
        """The path of the value under `key`."""
        return (*self.path, key.replace("-", "_"))

    def place(self, key: str) -> Mark:
        """Where `key` would stand, which is not there."""
        return self._absent.get(key) or self.mark

    def node(self, key: str, required: bool = False) -> Node | None:
        """The value under `key` as it stands, its place remembered."""
        entry = self._entries.get(key)
        if entry is None:
            if required and self.readable and self.at(key) not in self.source.damaged:
                self.source.fail("questionnaire.missing-key", self.place(key), self.at(key), key=key)
            elif required:
                self.source.damaged.add(self.at(key))
            return None
        # A block is found by its key; a word in a line is found itself.
        found = entry.value.mark if isinstance(entry.value, Scalar) and entry.value.text else entry.key.mark
        self.source.values[self.at(key)] = found
        self.source.keys[self.at(key)] = entry.key.mark
        return entry.value

    def text(self, key: str, required: bool = False) -> str:
        """A word or sentence that is the same in every language."""
        node = self.node(key, required)
        if node is None:
            return ""
        return read_text(self.source, node, self.at(key), key)

    def flag(self, key: str) -> bool | None:
        """`yes` or `no`; None where nothing is said."""
        node = self.node(key)
        if node is None:
            return None
        return read_flag(self.source, node, self.at(key), key)

    def number(self, key: str, required: bool = False) -> int | None:
        """A whole number; None where nothing is said, 0 where it cannot be read."""
        node = self.node(key, required)
        if node is None:
            return None
        if isinstance(node, Scalar) and _NUMBER.fullmatch(node.text):
            return int(node.text)
        self.source.fail("questionnaire.wanted-number", node.mark, self.at(key), key=key)
        return 0

    def limit(self, key: str, item_type: ItemType | None) -> int | str | None:
        """The least or greatest value of a question: a whole number, or text on a decimal, a date and a time."""
        if item_type is None and self.at("type") in self.source.damaged and self.node(key) is not None:
            # What belongs here depends on the type, about which enough was said.
            self.source.damaged.add(self.at(key))
            return None
        if item_type not in _WRITTEN_LIMITS:
            return self.number(key)
        node = self.node(key)
        if node is None:
            return None
        told = read_text(self.source, node, self.at(key), key)
        return kept_decimal(told) or told if item_type is ItemType.DECIMAL else told

    def word(self, key: str, words: type[_Word], required: bool = False) -> _Word | None:
        """One of a few words; None where nothing is said, or something else."""
        node = self.node(key, required)
        if node is None:
            return None
        told = read_text(self.source, node, self.at(key), key)
        if self.at(key) in self.source.damaged:
            return None
        known = [word.value for word in words]
        if told in known:
            return words(told)
        code, facts = unknown(UNKNOWN_WORD, told, known)
        self.source.fail(code, node.mark, self.at(key), **{"key": key, **facts})
        return None

    def wording(self, key: str, required: bool = False) -> Text | None:
        """A wording in the languages of the form; None where nothing is said."""
        node = self.node(key, required)
        if node is None:
            return {} if required else None
        return read_wording(self.source, node, self.at(key), key)

    def entries(self, key: str, required: bool = False) -> Iterator[tuple[int, Node, Path]]:
        """The values of a list, with their numbers and paths."""
        node = self.node(key, required)
        if node is None:
            return
        if not isinstance(node, Sequence):
            self.source.fail("questionnaire.wanted-list", node.mark, self.at(key), key=key)
            return
        for number, entry in enumerate(node.entries):
            path = (*self.at(key), number)
            self.source.values[path] = entry.mark
            yield number, entry, path

    def named(self, key: str, required: bool = False) -> Iterator[Entry]:
        """The keys and values of a mapping whose keys are names of the form's own."""
        node = self.node(key, required)
        if node is None:
            return
        if not isinstance(node, Mapping):
            self.source.fail("questionnaire.wanted-keys", node.mark, self.at(key))
            return
        yield from node.entries.values()


def read_text(source: Source, node: Node, path: Path, key: str) -> str:
    """A text that is not empty."""
    if not isinstance(node, Scalar):
        source.fail("questionnaire.wanted-text", node.mark, path, key=key)
        return ""
    if not node.text.strip():
        source.fail("questionnaire.empty-value", node.mark, path, key=key)
        return ""
    return node.text.strip()


def read_flag(source: Source, node: Node, path: Path, key: str) -> bool:
    """`yes` or `no`."""
    if isinstance(node, Scalar) and node.text in _FLAGS:
        return _FLAGS[node.text]
    source.fail("questionnaire.wanted-yes-or-no", node.mark, path, key=key)
    return False


def read_wording(source: Source, node: Node, path: Path, key: str) -> Text:
    """Words by language; in a form of one language also the words alone."""
    if isinstance(node, Scalar) and len(source.languages) == 1:
        words = read_text(source, node, path, key)
        return {source.languages[0]: words}
    if not isinstance(node, Mapping):
        source.fail("questionnaire.wanted-wording", node.mark, path, key=key, languages=", ".join(source.languages))
        return {}
    return words_of(source, node, path, ())


def words_of(source: Source, node: Mapping, path: Path, besides: tuple[str, ...]) -> Text:
    """The words under the keys of a mapping that are languages; keys in `besides` are left to others."""
    text: Text = {}
    for language, mark in node.absent.items():
        source.expect((*path, language), mark)
    for key, value in node.entries.values():
        if key.text in besides:
            continue
        if source.languages and key.text not in source.languages:
            if node.flow and isinstance(value, Scalar) and value.plain and not value.text:
                source.fail("questionnaire.split-by-comma", key.mark, path, word=shorten(key.text, SHOWN))
            else:
                code, facts = unknown(UNKNOWN_LANGUAGE, shorten(key.text, SHOWN), (*source.languages, *besides))
                source.fail(code, key.mark, path, **facts)
            continue
        here = (*path, key.text)
        source.values[here] = value.mark
        text[key.text] = read_text(source, value, here, key.text)
    return text
