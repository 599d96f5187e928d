"""Words in the cells of a terminal: how many they take, and where they break to fit a width."""

from rich.cells import cell_len

from interview.text import clean


def width_of(words: str) -> int:
    """How many cells of the terminal the words take."""
    return len(words) if words.isascii() else cell_len(words)


def wrapped(text: str, width: int) -> list[str]:
    """The cleaned text in lines of at most `width` cells, at least one; only a word too long for a line is broken."""
    width = max(width, 1)
    lines: list[str] = []
    for paragraph in clean(text, keep_newlines=True).split("\n"):
        lines.extend(_wrapped_paragraph(paragraph, width))
    return lines


def head(text: str, width: int) -> str:
    """As much of the beginning as fits."""
    used = 0
    for place, char in enumerate(text):
        used += width_of(char)
        if used > width:
            return text[:place]
    return text


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
            begun = head(word, width) or word[0]
            lines.append(begun)
            word = word[len(begun) :]  # noqa: PLW2901  the rest of the word is wrapped on
        current = word
    if current or not lines:
        lines.append(current)
    return lines
