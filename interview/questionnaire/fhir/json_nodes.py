"""The syntax of a FHIR file: bytes of JSON become nodes that know where they stand.

RFC 8259 and nothing more, without recursion, limits first (T11). Numbers stay the text they are, so that a decimal is what
was written (FHIR R5, "JSON Representation": the precision of a decimal is significant).
"""

import json
import re
from typing import Final, NamedTuple, NoReturn

from interview.questionnaire.answer_checks import MOST_QUESTIONS
from interview.questionnaire.findings import CONTROL
from interview.questionnaire.yaml_nodes import (
    MAX_NODES,
    SHOWN,
    Entry,
    Mapping,
    Mark,
    Node,
    Report,
    Scalar,
    Sequence,
    shorten,
)

MAX_BYTES: Final = 8 << 20
"""Bytes of a file, at most."""
MAX_VALUES: Final = 150_000
"""Values in it, at most; commas and brackets in texts are counted too."""
MAX_ITEMS: Final = MAX_NODES // 7
"""Items in it, at most: in YAML one takes seven nodes (itself, `id`, `type` and `text` with their values) of those there may be."""
MAX_DEPTH: Final = 64
LONGEST_NUMBER: Final = 32
"""Characters of a number, at most."""

_TOKEN: Final = re.compile(
    r"""[ \t\r\n]*+(?:
        ([{}\[\],:])
        | ("[^"\\\x00-\x1f]*+(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\x00-\x1f]*+)*+")
        | (-?(?:0|[1-9][0-9]*+)(?:\.[0-9]++)?(?:[eE][+-]?[0-9]++)?(?![0-9A-Za-z.+-])|(?:true|false|null)\b)
    )""",
    re.VERBOSE,
)
"""The next token after blanks: a sign, a string, a number or a word, each a group of its own (RFC 8259 sections 2 to 7)."""
_SIGN, _STRING, _PLAIN = 1, 2, 3
_LINK: Final = re.compile(rb'"linkId"[ \t\r\n]*+:')
_SILENT: Final = re.compile(rb'"type"[ \t\r\n]*+:[ \t\r\n]*+"(?:group|display)"')
"""Of an item that is no question."""
_BLANKS: Final = re.compile(r"[ \t\r\n]*+")
_INDEX: Final = re.compile(r"\[[0-9]+\]")


class JsonReport(Report):
    """The problems of one file; a place is line, column and the path: `form.json:12:5 (item[2].linkId)`."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.steps: dict[Mark, tuple[Mark | None, str | int]] = {}
        """For the mark of a value or a key: that of the value around it, and its own name or number in there."""

    def place(self, mark: Mark) -> str:
        """A place in words."""
        path = self.path(mark)
        return super().place(mark) + (f" ({path})" if path else "")

    def path(self, mark: Mark) -> str:
        """The way to a value through the names and numbers around it."""
        path, here = "", self.steps.get(mark)
        while here is not None:
            around, step = here
            told = f"[{step}]" if isinstance(step, int) else f".{shorten(step, SHOWN)}"
            path, here = told + path, None if around is None else self.steps.get(around)
        return path.removeprefix(".")

    def element(self, mark: Mark) -> str:
        """The path without the numbers: the element's name in FHIR, `item.answerOption.valueCoding.system`."""
        return re.sub(r"(\bitem)(\.item)+\b", r"\1", _INDEX.sub("", self.path(mark)))


def read_json(source: bytes, report: JsonReport) -> Mapping:
    """The one object that `source` holds.

    Duplicate keys and control characters are added to `report`; what makes reading on impossible is raised as
    InterviewError `fhir.*`: too large, deep or many, not UTF-8, not JSON, not an object; `questionnaire.too-many-*` for
    more items than a form may have.
    """
    start = Mark(1, 1)
    if len(source) > MAX_BYTES or source.count(b",") + source.count(b"[") + source.count(b"{") > MAX_VALUES:
        raise report.refuse("fhir.too-large", start, most=MAX_BYTES >> 20, values=MAX_VALUES)
    _require_few_items(source, report)
    try:
        text = source.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise report.refuse("questionnaire.not-utf8", start) from None
    root = _Parser(text, report).parse()
    if not isinstance(root, Mapping):
        raise report.refuse("fhir.not-questionnaire", root.mark, word="–")
    return root


def _require_few_items(source: bytes, report: JsonReport) -> None:
    """Refuse what a form has no room for by counting keys, before anything is made of them."""
    items = len(_LINK.findall(source))
    questions = items - len(_SILENT.findall(source))
    if questions > MOST_QUESTIONS:
        raise report.refuse("questionnaire.too-many-questions", Mark(1, 1), count=questions, most=MOST_QUESTIONS)
    if items > MAX_ITEMS:
        raise report.refuse("questionnaire.too-many-nodes", Mark(1, 1), most=MAX_NODES)


class _Token(NamedTuple):
    """What it is, `_SIGN`, `_STRING` or `_PLAIN`; its text; where it begins."""

    kind: int
    text: str
    at: int


class _Parser:
    """Reads a text from its beginning to its end; the objects and lists that are open lie on a stack of its own."""

    def __init__(self, text: str, report: JsonReport) -> None:
        self._text = text
        self._report = report
        self._at = 0
        self._lines = [0, *(found.end() for found in re.finditer("\n", text)), len(text) + 1]
        self._line = 1
        self._open: list[Mapping | Sequence] = []
        self._items = 0

    def parse(self) -> Node:
        """The one value of the text."""
        root = self._value(self._take(), None, "")
        while self._open:
            self._next(self._open[-1])
        self._at = self._end_of_blanks()
        if self._at < len(self._text):
            self._refuse(self._at)
        return root

    def _next(self, around: Mapping | Sequence) -> None:
        """Read on in an open object or list: its end, or the next value."""
        token = self._take()
        if token.kind == _SIGN and token.text == ("}" if isinstance(around, Mapping) else "]"):
            self._open.pop()
            return
        if around.entries:
            if token.text != ",":
                self._refuse(token.at)
            token = self._take()
        if isinstance(around, Sequence):
            around.entries.append(self._value(token, around.mark, len(around.entries)))
            return
        if token.kind != _STRING:
            self._refuse(token.at)
        key, colon = self._string(token), self._take()
        if colon.text != ":":
            self._refuse(colon.at)
        self._report.steps[key.mark] = around.mark, key.text
        # A key written in escapes was not counted before.
        self._items += key.text == "linkId"
        if self._items > MAX_ITEMS:
            raise self._report.refuse("questionnaire.too-many-nodes", key.mark, most=MAX_NODES)
        value = self._value(self._take(), around.mark, key.text)
        first = around.entries.setdefault(key.text, Entry(key, value))
        if first.key is not key:
            word, line = shorten(key.text, SHOWN), first.key.mark.line
            self._report.add("questionnaire.duplicate-key", key.mark, key=word, line=line)

    def _value(self, token: _Token, around: Mark | None, step: str | int) -> Node:
        """The value that begins with a token; an object or a list is left open."""
        if token.kind == _STRING:
            node: Node = self._string(token)
        elif token.kind == _PLAIN:
            node = Scalar(self._mark(token.at), token.text, plain=True)
            if len(token.text) > LONGEST_NUMBER:
                raise self._report.refuse("fhir.long-number", node.mark, most=LONGEST_NUMBER)
        elif token.text in "{[":
            mark = self._mark(token.at)
            node = opened = Mapping(mark, False, {}) if token.text == "{" else Sequence(mark, [])
            self._open.append(opened)
            if len(self._open) > MAX_DEPTH:
                raise self._report.refuse("questionnaire.too-deep", mark, most=MAX_DEPTH)
        else:
            self._refuse(token.at)
        if around is not None:
            self._report.steps[node.mark] = around, step
        return node

    def _string(self, token: _Token) -> Scalar:
        words: str = json.loads(token.text) if "\\" in token.text else token.text[1:-1]
        words = words.replace("\r\n", "\n")
        mark = self._mark(token.at)
        if CONTROL.search(words):
            self._report.add("questionnaire.control-character", mark)
        return Scalar(mark, words, plain=False)

    def _take(self) -> _Token:
        found = _TOKEN.match(self._text, self._at)
        if found is None or found.lastindex is None:
            self._refuse(self._end_of_blanks())
        self._at = found.end()
        return _Token(found.lastindex, found[found.lastindex], found.start(found.lastindex))

    def _end_of_blanks(self) -> int:
        blanks = _BLANKS.match(self._text, self._at)
        return self._at if blanks is None else blanks.end()

    def _mark(self, at: int) -> Mark:
        """A place by its number of characters from the beginning; places come in order."""
        while self._lines[self._line] <= at:
            self._line += 1
        return Mark(self._line, at - self._lines[self._line - 1] + 1)

    def _refuse(self, at: int) -> NoReturn:
        raise self._report.refuse("fhir.not-json", self._mark(at))
