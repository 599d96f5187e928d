"""Lines of pieces: text wrapped to a width, never read as markup, never run by the terminal (T13).

A line is a row of pieces; a piece is words and the part they play, which a style sheet gives its looks.
"""

from collections.abc import Iterable, Sequence
from typing import Literal, get_args

from rich.cells import cell_len

from interview.text import clean

Part = Literal["plain", "aloud", "bar", "label", "note", "option", "key", "chosen", "faint", "warning", "good", "here"]
PARTS: tuple[Part, ...] = get_args(Part)
Piece = tuple[str, Part]
Line = tuple[Piece, ...]
BLANK: Line = ()


def width_of(words: str) -> int:
    """How many cells of the terminal the words take."""
    return len(words) if words.isascii() else cell_len(words)


def line_width(line: Iterable[Piece]) -> int:
    """How many cells a line takes."""
    return sum(width_of(words) for words, _ in line)


def wrapped(text: str, width: int) -> list[str]:
    """The cleaned text in lines of at most `width` cells, at least one; only a word too long for a line is broken."""
    width = max(width, 1)
    lines: list[str] = []
    for paragraph in clean(text, keep_newlines=True).split("\n"):
        lines.extend(_wrapped_paragraph(paragraph, width))
    return lines


def shortened(text: str, width: int) -> str:
    """The cleaned text on one line, its end replaced by an ellipsis where it takes more than `width` cells."""
    text = clean(text)
    if width_of(text) <= width:
        return text
    return _head(text, max(width - 1, 0)).rstrip() + "…" if width > 0 else ""


def hanging(label: Line, text: str, part: Part, width: int, indent: int) -> list[Line]:
    """A label and a text beside it whose lines all begin at `indent`; a longer label has a line of its own."""
    lines = wrapped(text, width - indent)
    room = indent - line_width(label)
    body: list[Line] = [((" " * indent, "plain"), (words, part)) for words in lines]
    if room < 0:
        return [label, *body]
    return [(*label, (" " * room, "plain"), (lines[0], part)), *body[1:]]


def inline(bar: Line, label: Piece, text: str, part: Part, width: int) -> list[Line]:
    """A label before the first word of a text, the other lines below it; `bar` is one cell at every line's edge."""
    words, heading = label
    # A word as long as the label stands for it while the text is wrapped.
    held = "x" * width_of(words) + ":"
    rows = wrapped(f"{held} {text}", width - 2)
    first: Line = (*bar, (" ", "plain"), (f"{words}: ", heading), (rows[0][len(held) + 1 :], part))
    return [first, *((*bar, (" ", "plain"), (row, part)) for row in rows[1:])]


def flowing(groups: Sequence[Line], width: int, gap: int = 3) -> list[Line]:
    """Groups of pieces side by side, as many on a line as fit; a group is never broken."""
    lines: list[Line] = []
    current: list[Piece] = []
    used = 0
    for group in groups:
        size = line_width(group)
        if current and used + gap + size > width:
            lines.append(tuple(current))
            current, used = [], 0
        if current:
            current.append((" " * gap, "plain"))
            used += gap
        current.extend(group)
        used += size
    if current:
        lines.append(tuple(current))
    return lines


def justified(left: Line, right: Line, width: int) -> Line:
    """Two ends of one line; the left one gives way where both do not fit."""
    room = width - line_width(right)
    cut = clipped(left, room - 1 if right else room)
    return (*cut, (" " * max(room - line_width(cut), 0), "plain"), *right)


def clipped(line: Line, width: int) -> Line:
    """The line, its last pieces shortened so that it takes at most `width` cells."""
    pieces: list[Piece] = []
    for words, part in line:
        size = width_of(words)
        if size > width:
            if width > 0:
                pieces.append((shortened(words, width), part))
            break
        pieces.append((words, part))
        width -= size
    return tuple(pieces)


def _wrapped_paragraph(paragraph: str, width: int) -> list[str]:
    if width_of(paragraph) <= width:
        return [paragraph]
    lines: list[str] = []
    current = ""
    for word in paragraph.split(" "):
        candidate = f"{current} {word}" if current else word
        if width_of(candidate) <= width:
            current = candidate
            continue
        if current:
            lines.append(current)
        while width_of(word) > width:
            head = _head(word, width) or word[0]
            lines.append(head)
            word = word[len(head) :]  # noqa: PLW2901  the rest of the word is wrapped on
        current = word
    if current or not lines:
        lines.append(current)
    return lines


def _head(text: str, width: int) -> str:
    """As much of the beginning as fits."""
    used = 0
    for place, char in enumerate(text):
        used += width_of(char)
        if used > width:
            return text[:place]
    return text
