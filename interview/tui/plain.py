"""Textual's widgets for text and for a line of input, at the border to the terminal (T13).

Textual passes control characters on to the terminal; here they are taken out, and nothing is read as markup.
"""

from textual.visual import VisualType
from textual.widgets import Input, Static

from interview.text import clean


class Plain(Static):
    """A text shown as it is."""

    def __init__(self, text: str = "", *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(clean(text, keep_newlines=True), id=id, classes=classes, markup=False)

    def update(self, content: VisualType = "", *, layout: bool = True) -> None:
        """Show another text."""
        super().update(clean(content, keep_newlines=True) if isinstance(content, str) else content, layout=layout)


class Entry(Input):
    """One line to type or paste into."""

    def validate_value(self, value: str) -> str:
        """What a terminal would obey never gets into the field."""
        return clean(value)

    def validate_placeholder(self, placeholder: str) -> str:
        """The same for what an empty field proposes."""
        return clean(placeholder)
