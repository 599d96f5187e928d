"""Lines of pieces: text wrapped to a width, never read as markup, never run by the terminal (T13).

A line is a row of pieces; a piece is words and the part they play, which a style sheet gives its looks.
"""

from collections.abc import Iterable, Sequence
from typing import Literal, get_args

from interview.text import clean
from interview.wrapping import head, width_of, wrapped

__all__ = [
    "BLANK",
    "PARTS",
    "Line",
    "Part",
    "Piece",
    "clipped",
    "flowing",
    "hanging",
    "inline",
    "justified",
    "line_width",
    "shortened",
    "unbroken",
    "width_of",
    "wrapped",
]

Part = Literal["plain", "aloud", "bar", "label", "note", "option", "key", "chosen", "faint", "warning", "good", "here"]
PARTS: tuple[Part, ...] = get_args(Part)
Piece = tuple[str, Part]
Line = tuple[Piece, ...]
BLANK: Line = ()


def line_width(line: Iterable[Piece]) -> int:
    """How many cells a line takes."""
    return sum(width_of(words) for words, _ in line)


def unbroken(number: str) -> str:
    """A telephone number that no end of a line comes into."""
    return number.replace(" ", "\N{NO-BREAK SPACE}")


def shortened(text: str, width: int) -> str:
    """The cleaned text on one line, its end replaced by an ellipsis where it takes more than `width` cells."""
    text = clean(text)
    if width_of(text) <= width:
        return text
    return head(text, max(width - 1, 0)).rstrip() + "…" if width > 0 else ""


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
