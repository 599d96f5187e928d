"""Widgets that draw lines worked out from values. What changed is painted, and no layout is asked for."""

from collections.abc import Mapping, Sequence
from typing import Final

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region, Size
from textual.strip import Strip
from textual.widget import Widget

from interview.text import clean
from interview.tui.lines import BLANK, PARTS, Line, Part

LOOKS: Final[Mapping[Part, str]] = {part: f"part--{part}" for part in PARTS}
"""The component class of every part. The application has them, so that a sheet is searched for them once and not for every widget."""


class Drawn(Widget):
    """A widget whose lines are worked out from values: `lines` gives them, `redraw` paints those that changed."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._drawn: list[Line] = []
        self._drawn_for: Size | None = None
        self._part_styles: dict[Part, Style] = {}

    def lines(self, width: int, height: int) -> Sequence[Line]:
        """What stands there at this size; at most `height` lines are shown."""
        raise NotImplementedError

    def redraw(self) -> None:
        """Work the lines out again and paint those that differ."""
        if not self.is_mounted:
            return
        size = self.content_size
        before = self._drawn if self._drawn_for == size else None
        self._drawn_for = size
        self._drawn = list(self.lines(*size))[: size.height]
        if before is None:
            self.refresh()
            return
        regions = _changed_lines(before, self._drawn, size)
        if regions:
            self.refresh(*regions)

    def render_line(self, y: int) -> Strip:
        """One line of the widget's content, `y` counted from its top: the border to the terminal (T13)."""
        size = self.content_size
        if self._drawn_for != size:
            self._drawn_for = size
            self._drawn = list(self.lines(*size))[: size.height]
        if y >= len(self._drawn):
            return Strip.blank(size.width, self._style_of("plain"))
        segments = [Segment(clean(words), self._style_of(part)) for words, part in self._drawn[y] if words]
        return Strip(segments).adjust_cell_length(size.width, self._style_of("plain"))

    def notify_style_update(self) -> None:
        """Styles are looked up again after a change of theme."""
        self._part_styles.clear()
        super().notify_style_update()

    def _style_of(self, part: Part) -> Style:
        style = self._part_styles.get(part)
        if style is None:
            looks = self.app.get_component_styles(LOOKS[part])
            _, ground = self.background_colors
            ink = Style.from_color((ground + looks.color).rich_color)
            style = self._part_styles[part] = self.rich_style + ink + looks.text_style
        return style


def _changed_lines(before: Sequence[Line], after: Sequence[Line], size: Size) -> list[Region]:
    """The regions of neighbouring lines that differ, relative to the content."""
    width, height = size
    regions: list[Region] = []
    start: int | None = None
    for y in range(height + 1):
        old = before[y] if y < len(before) else BLANK
        new = after[y] if y < len(after) else BLANK
        if y < height and old != new:
            start = y if start is None else start
        elif start is not None:
            regions.append(Region(0, start, width, y - start))
            start = None
    return regions
