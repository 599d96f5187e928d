"""A list to choose from: one line is pointed at, Enter or a click takes it. Scrolls where it is too long."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from textual import events
from textual.geometry import Size
from textual.message import Message

from interview.text import clean
from interview.tui.drawing import Drawn
from interview.tui.lines import Line, Piece, clipped, justified, line_width, shortened, width_of


@dataclass(frozen=True, slots=True)
class Row:
    """One line: what it stands for, the columns at its left, what is said at its right.

    `gives` is the column that is shortened where the others would not fit beside it; None where the last one is cut.
    """

    key: str
    left: Line
    right: Line = ()
    gives: int | None = None


COLUMNS_FROM: Final = 60
"""Cells from which the columns of all rows stand below each other."""
MARK: Final = 2
"""Cells of the pointer."""
ARROW: Final = 2
"""Cells of the arrow that says that there are more rows."""
LEAST_COLUMN: Final = 8
"""Cells that are left to a column that gives way, whatever the others take."""
LEAST_SAID: Final = 8
"""Cells with fewer of which what is said at the right is left out."""
GAP: Final = 2
"""Cells between two columns, and before what is said at the right."""


class RowList(Drawn, can_focus=True):
    """Rows with one pointed at; the pointer is a sign, not only a colour."""

    @dataclass
    class Taken(Message):
        """A row was chosen: the list it is of, and its key."""

        rows: "RowList"
        key: str

    @dataclass
    class Pointed(Message):
        """Another row is pointed at."""

        rows: "RowList"
        key: str

    def __init__(self, rows: Sequence[Row] = (), *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._rows = tuple(map(_cleaned, rows))
        self._here = 0
        self._top = 0

    @property
    def here(self) -> str | None:
        """The key of the row pointed at."""
        return self._rows[self._here].key if self._rows else None

    def show(self, rows: Sequence[Row], at: str | None = None) -> None:
        """Other rows; the row `at`, or the one that was pointed at, is pointed at where it is there."""
        wanted = self.here if at is None else at
        count = len(self._rows)
        self._rows = tuple(map(_cleaned, rows))
        places = [place for place, row in enumerate(self._rows) if row.key == wanted]
        self._here = places[0] if places else min(self._here, max(len(rows) - 1, 0))
        if len(self._rows) != count:
            self.refresh(layout=True)
        self.redraw()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as rows."""
        return max(len(self._rows), 1)

    def lines(self, width: int, height: int) -> Sequence[Line]:
        """The rows around the one pointed at; arrows say that there are more."""
        count = len(self._rows)
        self._top = max(min(self._top, self._here, max(count - height, 0)), self._here - height + 1, 0)
        shown = range(self._top, min(self._top + height, count))
        return [self._line(place, width, height) for place in shown]

    def on_key(self, event: events.Key) -> None:
        """Arrows, pages and ends point; Enter takes."""
        page = max(self.content_size.height - 1, 1)
        steps = {
            "up": -1,
            "down": 1,
            "pageup": -page,
            "pagedown": page,
            "home": -len(self._rows),
            "end": len(self._rows),
        }
        if event.key in steps:
            self._point(self._here + steps[event.key])
        elif event.key == "enter":
            self._take()
        else:
            return
        event.stop()

    def on_click(self, event: events.Click) -> None:
        """A click points, on the row pointed at it takes."""
        place = self._top + event.y
        if place == self._here:
            self._take()
        elif place < len(self._rows):
            self._point(place)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """The next row."""
        self._point(self._here + 1)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """The row before."""
        self._point(self._here - 1)

    def _point(self, place: int) -> None:
        place = min(max(place, 0), max(len(self._rows) - 1, 0))
        if place != self._here and self._rows:
            self._here = place
            self.redraw()
            self.post_message(self.Pointed(self, self._rows[place].key))

    def _take(self) -> None:
        if self.here is not None:
            self.post_message(self.Taken(self, self.here))

    def _line(self, place: int, width: int, height: int) -> Line:
        row, here = self._rows[place], place == self._here
        mark: Piece = ("▶ ", "key") if here else ("  ", "plain")
        left = self._columns(row, width)
        if here:
            left = tuple((words, "here" if part == "plain" else part) for words, part in left)
        above, below = place == self._top and self._top > 0, place == self._top + height - 1 < len(self._rows) - 1
        more = " ▲" if above else " ▼" if below else ""
        end: Line = ((more, "faint"),) if more else ()
        room = width - MARK - line_width(left) - 2 - len(more)
        right = clipped(row.right, room) if room >= LEAST_SAID or room >= line_width(row.right) else ()
        return justified((mark, *left), (*right, *end), width)

    def _columns(self, row: Row, width: int) -> Line:
        """The row's columns, as wide as the widest of all rows where there is room for that."""
        aligned = width >= COLUMNS_FROM
        wide = [
            max(width_of(other.left[column][0]) for other in self._rows if column < len(other.left))
            if aligned
            else width_of(words)
            for column, (words, _) in enumerate(row.left)
        ]
        if row.gives is not None:
            # What is said at the right may take as much as the column that gives way, and nothing on a narrow screen.
            gaps = GAP * (len(wide) + 1 if aligned else sum(bool(words.strip()) for words, _ in row.left))
            room = width - MARK - sum(wide) + wide[row.gives] - gaps - ARROW
            said = max(line_width(other.right) for other in self._rows) if aligned else 0
            wide[row.gives] = min(wide[row.gives], max(room - min(said, room // 2), LEAST_COLUMN))
        pieces: list[Piece] = []
        for column, (words, part) in enumerate(row.left):
            shown = shortened(words, wide[column])
            pieces.append((shown + " " * (wide[column] - width_of(shown)), part))
            if column + 1 < len(row.left) and (aligned or words.strip()):
                pieces.append((" " * GAP, "plain"))
        return tuple(pieces)


def _cleaned(row: Row) -> Row:
    """The row without what takes no room on the screen and would yet be counted in the columns."""
    left, right = (tuple((clean(words), part) for words, part in line) for line in (row.left, row.right))
    return replace(row, left=left, right=right)
