"""The dialog that agrees on a time to ring again."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.geometry import Size
from textual.widgets import Input

from interview.messages import Catalogue
from interview.tui.appointment import read_time, said
from interview.tui.dialogs import LOW
from interview.tui.drawing import Drawn
from interview.tui.internals import LeavingModal
from interview.tui.lines import BLANK, Line, Part, wrapped
from interview.tui.moments import day_said
from interview.tui.plain import Entry


class DialogText(Drawn):
    """Lines above or below a field of a dialog."""

    def __init__(self, *paragraphs: tuple[str, Part]) -> None:
        super().__init__()
        self._paragraphs = paragraphs

    def say(self, *paragraphs: tuple[str, Part]) -> None:
        """Other lines."""
        self._paragraphs = paragraphs
        self.refresh(layout=True)
        self.redraw()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As high as the text."""
        return len(self.lines(width, 0))

    def lines(self, width: int, height: int) -> Sequence[Line]:
        """The paragraphs with an empty line between."""
        rows: list[Line] = []
        for text, part in self._paragraphs:
            if rows:
                rows.append(BLANK)
            rows.extend(((row, part),) for row in wrapped(text, width))
        return rows


class AppointmentDialog(LeavingModal[datetime | None]):
    """Asks for a day and a time of day, says back what was understood, and gives the moment."""

    CSS_PATH = "dialogs.tcss"
    HELP: ClassVar[str] = "asking.help-appointment"
    AUTO_FOCUS: ClassVar[str | None] = "Input"
    VERTICAL_BREAKPOINTS = LOW
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", show=False)]

    def __init__(self, words: Catalogue, now: Callable[[], datetime], last: date | None = None) -> None:
        """`last` is the last day to ring, where there is one; a later time is warned of and taken."""
        super().__init__()
        self._last = last
        self.words = words
        self._now = now

    def compose(self) -> ComposeResult:
        """What to write, the field, what was understood."""
        words = self.words
        with Vertical(id="appointment"):
            yield DialogText((words("asking.appointment-title"), "here"), (words("asking.appointment-text"), "plain"))
            yield Entry(max_length=40)
            yield DialogText((words("asking.continue-esc"), "faint"))

    def on_input_changed(self, message: Input.Changed) -> None:
        """Say what was understood so far."""
        moment, text = self._understood(message.value)
        self.query(DialogText).last().say((text, "warning" if self._too_late(moment) else "faint"))

    def on_input_submitted(self, message: Input.Submitted) -> None:
        """Agree, where there is a time that is still to come."""
        moment, text = self._understood(message.value)
        if moment is not None:
            self.dismiss(moment)
        else:
            self.query(DialogText).last().say((text, "warning"))

    def action_leave(self) -> None:
        """No time after all."""
        self.dismiss(None)

    def _understood(self, text: str) -> tuple[datetime | None, str]:
        words, now = self.words, self._now()
        moment = read_time(text, now, words)
        if moment is None:
            return None, words("asking.appointment-unclear" if text.strip() else "asking.continue-esc")
        if moment <= now:
            return None, words("asking.appointment-past")
        text = words("asking.appointment-means", when=said(moment, words))
        if self._last is not None and self._too_late(moment):
            text += f" {words('asking.appointment-late', last=day_said(self._last, words))}"
        return moment, text

    def _too_late(self, moment: datetime | None) -> bool:
        return moment is not None and self._last is not None and moment.date() > self._last
