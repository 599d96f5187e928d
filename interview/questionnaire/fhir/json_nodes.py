"""The syntax of a FHIR file: bytes of JSON become nodes that know where they stand.

RFC 8259 and nothing more, without recursion, limits first (T11). Numbers stay the text they are, so that a decimal is what
was written (FHIR R5, "JSON Representation": the precision of a decimal is significant).
"""

import json
import re
from typing import Final, NoReturn

from interview.questionnaire.findings import CONTROL
from interview.questionnaire.yaml_nodes import SHOWN, Entry, Mapping, Mark, Node, Report, Scalar, Sequence, shorten

MAX_BYTES: Final = 4 << 20
"""Bytes of a file, at most."""
MAX_VALUES: Final = 100_000
"""Values in it, at most; commas and brackets in texts are counted too."""
MAX_DEPTH: Final = 64
LONGEST_NUMBER: Final = 32
"""Characters of a number, at most."""

_STRING: Final = re.compile(r'"[^"\\\x00-\x1f]*+(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\x00-\x1f]*+)*+"')
_PLAIN: Final = re.compile(
    r"-?(?:0|[1-9][0-9]*+)(?:\.[0-9]++)?(?:[eE][+-]?[0-9]++)?(?![0-9A-Za-z.+-])|(?:true|false|null)\b"
)
_SPACE: Final = re.compile(r"[ \t\r\n]*+")
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
    InterviewError `fhir.*`: too large, deep or many, not UTF-8, not JSON, not an object.
    """
    start = Mark(1, 1)
    if len(source) > MAX_BYTES or source.count(b",") + source.count(b"[") + source.count(b"{") > MAX_VALUES:
        raise report.refuse("fhir.too-large", start, most=MAX_BYTES >> 20, values=MAX_VALUES)
    try:
        text = source.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise report.refuse("questionnaire.not-utf8", start) from None
    root = _Parser(text, report).parse()
    if not isinstance(root, Mapping):
        raise report.refuse("fhir.not-questionnaire", root.mark, word="–")
    return root


class _Parser:
    """Reads a text from its beginning to its end; the objects and lists that are open lie on a stack of its own."""

    def __init__(self, text: str, report: JsonReport) -> None:
        self._text = text
        self._report = report
        self._at = 0
        self._line, self._line_start = 1, 0
        self._open: list[Mapping | Sequence] = []

    def parse(self) -> Node:
        """The one value of the text."""
        root = self._value(None, "")
        while self._open:
            self._next(self._open[-1])
        self._skip()
        if self._at < len(self._text):
            self._refuse()
        return root

    def _next(self, around: Mapping | Sequence) -> None:
        """Read on in an open object or list: its end, or the next value."""
        closing = "}" if isinstance(around, Mapping) else "]"
        sign = self._sign()
        if sign == closing:
            self._at += 1
            self._open.pop()
            return
        if around.entries:
            if sign != ",":
                self._refuse()
            self._at += 1
        if isinstance(around, Sequence):
            around.entries.append(self._value(around.mark, len(around.entries)))
            return
        self._sign()
        key = self._string()
        if self._sign() != ":":
            self._refuse()
        self._at += 1
        self._report.steps[key.mark] = around.mark, key.text
        value = self._value(around.mark, key.text)
        first = around.entries.setdefault(key.text, Entry(key, value))
        if first.key is not key:
            word, line = shorten(key.text, SHOWN), first.key.mark.line
            self._report.add("questionnaire.duplicate-key", key.mark, key=word, line=line)

    def _value(self, around: Mark | None, step: str | int) -> Node:
        """The next value; an object or a list is left open."""
        sign, mark = self._sign(), self._mark()
        if around is not None:
            self._report.steps[mark] = around, step
        if sign == '"':
            return self._string()
        if sign and sign in "{[":
            node: Mapping | Sequence = Mapping(mark, False, {}) if sign == "{" else Sequence(mark, [])
            self._at += 1
            self._open.append(node)
            if len(self._open) > MAX_DEPTH:
                raise self._report.refuse("questionnaire.too-deep", mark, most=MAX_DEPTH)
            return node
        found = _PLAIN.match(self._text, self._at)
        if found is None:
            self._refuse()
        if len(found[0]) > LONGEST_NUMBER:
            raise self._report.refuse("fhir.long-number", mark, most=LONGEST_NUMBER)
        self._at = found.end()
        return Scalar(mark, found[0], plain=True)

    def _string(self) -> Scalar:
        mark, found = self._mark(), _STRING.match(self._text, self._at)
        if found is None:
            self._refuse()
        self._at = found.end()
        words: str = json.loads(found[0]) if "\\" in found[0] else found[0][1:-1]
        if CONTROL.search(words.replace("\r\n", "\n")):
            self._report.add("questionnaire.control-character", mark)
        return Scalar(mark, words.replace("\r\n", "\n"), plain=False)

    def _sign(self) -> str:
        """The next character that is no blank, empty at the end."""
        self._skip()
        return self._text[self._at : self._at + 1]

    def _skip(self) -> None:
        found = _SPACE.match(self._text, self._at)
        if found is not None and found.end() > self._at:
            if lines := found[0].count("\n"):
                self._line += lines
                self._line_start = self._text.rindex("\n", self._at, found.end()) + 1
            self._at = found.end()

    def _mark(self) -> Mark:
        return Mark(self._line, self._at - self._line_start + 1)

    def _refuse(self) -> NoReturn:
        raise self._report.refuse("fhir.not-json", self._mark())
