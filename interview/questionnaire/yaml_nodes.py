"""The syntax of a questionnaire's source: bytes of YAML become nodes that know where they stand.

Limits come first, in a pass over libyaml's events that keeps nothing: a hostile file costs no time and no memory (T11).
Every scalar stays text; what it means is for the reader of the form to say, so `no`, `1:30` and `1.10` are what they
look like.
"""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

import yaml

from interview.errors import InterviewError, Problem
from interview.questionnaire.findings import CONTROL, MAX_PROBLEMS

if TYPE_CHECKING:
    from yaml import _yaml

MAX_BYTES: Final = 1 << 20
MAX_DEPTH: Final = 64
MAX_NODES: Final = 50_000
SHOWN: Final = 40
"""How many characters of the file a message repeats."""
PACKED: Final = b"PK\x03\x04"
"""How an Excel book begins."""

_MISTAKES: Final = {
    "cannot start any token": "questionnaire.tab",
    "mapping values are not allowed": "questionnaire.colon-in-text",
    "expected ',' or": "questionnaire.brace-not-closed",
    "expected ':'": "questionnaire.key-without-colon",
    "expected key": "questionnaire.indentation",
    "expected '-'": "questionnaire.indentation",
    "entries are not allowed": "questionnaire.indentation",
    "violates indentation": "questionnaire.tab",
    "nesting depth": "questionnaire.too-deep",
}
"""What libyaml says of the mistakes that authors make most."""


class Mark(NamedTuple):
    """A place in the file; line and column count from 1, columns in characters."""

    line: int
    column: int


@dataclass(slots=True)
class Scalar:
    """A text. `plain` tells that it stands without quotes."""

    mark: Mark
    text: str
    plain: bool


@dataclass(slots=True)
class Sequence:
    """A list."""

    mark: Mark
    entries: "list[Node]"


class Entry(NamedTuple):
    """A key and its value."""

    key: Scalar
    value: "Node"


@dataclass(slots=True)
class Mapping:
    """Keys and values in the order of the file. `flow` tells that it is written with braces.

    `absent` is where keys would stand that are not there, as far as that is known: in a table each has its cell. Of a
    key whose place is None nothing more is to be said.
    """

    mark: Mark
    flow: bool
    entries: dict[str, Entry]
    absent: "dict[str, Mark | None]" = field(default_factory=dict)


Node = Scalar | Sequence | Mapping


class Report:
    """The problems of one file; `name` is the file's name in the places `name:line:column`."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._found: list[tuple[Mark, Problem]] = []

    def add(self, code: str, mark: Mark, /, **facts: str | int) -> None:
        """Add a problem, once; raise everything found at the hundredth."""
        shown = {name: shorten(fact) if isinstance(fact, str) else fact for name, fact in facts.items()}
        found = (mark, Problem(code, self.place(mark), shown))
        if found in self._found:
            return
        self._found.append(found)
        if len(self._found) == MAX_PROBLEMS:
            last = max(place for place, _ in self._found)
            self._found.append((last, Problem("questionnaire.more-problems", self.name, {"most": MAX_PROBLEMS})))
            self.raise_found()

    def place(self, mark: Mark) -> str:
        """A place in words: `form.yaml:12:5`."""
        return f"{self.name}:{mark.line}:{mark.column}"

    def refuse(self, code: str, mark: Mark, /, **facts: str | int) -> InterviewError:
        """The error of a file that cannot be read further: what was found so far, and this."""
        self.add(code, mark, **facts)
        return self._error()

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What was found, in the order of the file."""
        return tuple(problem for _, problem in sorted(self._found, key=lambda found: found[0]))

    def raise_found(self) -> None:
        """Raise what was found, in the order of the file, if anything was."""
        if self._found:
            raise self._error()

    def _error(self) -> InterviewError:
        return InterviewError.of(self.problems)


def shorten(text: str, length: int = 200) -> str:
    """`text` without control characters, at most `length` characters."""
    visible = CONTROL.sub("�", text[: length + 1])
    return visible if len(visible) <= length else visible[: length - 1] + "…"


def read_nodes(source: bytes, report: Report) -> Mapping:
    """The one mapping that `source` holds.

    Duplicate keys and control characters are added to `report`; what makes reading on impossible is raised as
    InterviewError `questionnaire.*`: too large, deep or many, anchors, tags, not UTF-8, not YAML, not a mapping.
    """
    if len(source) > MAX_BYTES:
        raise report.refuse("questionnaire.too-large", Mark(1, 1), most=MAX_BYTES // 1024)
    _require_text(source, report)
    composer = _Composer(report)
    try:
        _require_limits(source, report)
        for event in yaml.parse(source, Loader=yaml.CBaseLoader):
            composer.take(event)
    except yaml.MarkedYAMLError as error:
        raise _syntax_error(error, source, report) from None
    if composer.root is None:
        raise report.refuse("questionnaire.empty", Mark(1, 1))
    if not isinstance(composer.root, Mapping):
        raise report.refuse("questionnaire.not-a-form", composer.root.mark)
    return composer.root


def _require_limits(source: bytes, report: Report) -> None:
    """Go through the events once, keeping nothing, and refuse what no form needs."""
    nodes = depth = documents = 0
    for event in yaml.parse(source, Loader=yaml.CBaseLoader):
        if isinstance(event, yaml.NodeEvent):
            nodes += 1
            if event.anchor is not None:
                raise report.refuse("questionnaire.anchor", _mark(event))
            if nodes > MAX_NODES:
                raise report.refuse("questionnaire.too-many-nodes", _mark(event), most=MAX_NODES)
            if isinstance(event, (yaml.ScalarEvent, yaml.CollectionStartEvent)) and event.tag is not None:
                raise report.refuse("questionnaire.tag", _mark(event))
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
                if depth > MAX_DEPTH:
                    raise report.refuse("questionnaire.too-deep", _mark(event), most=MAX_DEPTH)
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        elif isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents > 1:
                raise report.refuse("questionnaire.several-documents", _mark(event))


class _Open:
    """A list or mapping whose end has not come yet; `key` is the key that waits for its value."""

    __slots__ = ("key", "node")

    def __init__(self, node: Sequence | Mapping) -> None:
        self.node = node
        self.key: Scalar | None = None

    @property
    def awaits_key(self) -> bool:
        """Whether what comes next is a key."""
        return self.key is None and isinstance(self.node, Mapping)


class _Composer:
    """Builds nodes from events without recursion."""

    def __init__(self, report: Report) -> None:
        self.root: Node | None = None
        self._report = report
        self._open: list[_Open] = []

    def take(self, event: yaml.Event) -> None:
        """Take the next event."""
        if isinstance(event, yaml.ScalarEvent):
            self._scalar(event)
        elif isinstance(event, yaml.CollectionStartEvent):
            self._start(event)
        elif isinstance(event, yaml.CollectionEndEvent):
            self._open.pop()

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        scalar = Scalar(_mark(event), event.value, not event.style)
        if CONTROL.search(scalar.text):
            self._report.add("questionnaire.control-character", scalar.mark)
        if self._open and self._open[-1].awaits_key:
            self._open[-1].key = scalar
        else:
            self._place(scalar)

    def _start(self, event: yaml.CollectionStartEvent) -> None:
        mark = _mark(event)
        if self._open and self._open[-1].awaits_key:
            raise self._report.refuse("questionnaire.key-not-text", mark)
        is_mapping = isinstance(event, yaml.MappingStartEvent)
        node = Mapping(mark, bool(event.flow_style), {}) if is_mapping else Sequence(mark, [])
        self._place(node)
        self._open.append(_Open(node))

    def _place(self, node: Node) -> None:
        if not self._open:
            self.root = node
            return
        parent = self._open[-1]
        if isinstance(parent.node, Sequence):
            parent.node.entries.append(node)
            return
        key, parent.key = parent.key, None
        if key is None:
            return
        first = parent.node.entries.setdefault(key.text, Entry(key, node))
        if first.key is not key:
            word, line = shorten(key.text, SHOWN), first.key.mark.line
            self._report.add("questionnaire.duplicate-key", key.mark, key=word, line=line)


def _mark(event: yaml.Event) -> Mark:
    return _place(event.start_mark)


def _place(mark: "yaml.Mark | _yaml.Mark | None") -> Mark:
    return Mark(mark.line + 1, mark.column + 1) if mark else Mark(1, 1)


def _require_text(source: bytes, report: Report) -> None:
    """Refuse what is an Excel book, is not UTF-8 or holds raw control characters, at the line and column where it stands."""
    if source.startswith(PACKED):
        raise report.refuse("questionnaire.is-workbook", Mark(1, 1))
    try:
        text = source.decode("utf-8")
    except UnicodeDecodeError as error:
        before = source[: error.start].decode("utf-8")
        raise report.refuse("questionnaire.not-utf8", _end_of(before)) from None
    # A byte order mark may begin the file; carriage returns end lines on Windows.
    found = CONTROL.search(text.replace("\r", "\t"), 1 if text.startswith("\ufeff") else 0)
    if found:
        raise report.refuse("questionnaire.control-character", _end_of(text[: found.start()]))


def _end_of(before: str) -> Mark:
    lines = before.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")
    return Mark(len(lines), len(lines[-1]) + 1)


def _syntax_error(error: yaml.MarkedYAMLError, source: bytes, report: Report) -> InterviewError:
    """What libyaml says, as the mistake an author has most likely made."""
    mark = _place(error.problem_mark or error.context_mark)
    problem = error.problem or ""
    lines = source.decode("utf-8").splitlines()
    at = lines[mark.line - 1][mark.column - 1 :][:1] if mark.line <= len(lines) else ""
    if "unexpected end of stream" in problem:
        return report.refuse("questionnaire.quote-not-closed", _place(error.context_mark))
    if "cannot start any token" in problem and at != "\t":
        return report.refuse("questionnaire.begins-with-sign", mark, sign=at)
    for said, code in _MISTAKES.items():
        if said in problem:
            # libyaml has a limit of its own to nesting, and this is the one mistake whose words name a number.
            return report.refuse(code, mark, most=MAX_DEPTH)
    return report.refuse("questionnaire.not-yaml", mark, detail=problem)
