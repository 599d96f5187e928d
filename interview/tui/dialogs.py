"""Menus, cards and confirmations of a conversation. Each is left by `dismiss`, Escape included (its result is then None)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.geometry import Size
from textual.message import Message
from textual.screen import ModalScreen

from interview.tui.drawing import Drawn
from interview.tui.key_guard import KeyGuard
from interview.tui.lines import BLANK, Line, Part, hanging, line_width, wrapped

WIDEST = 72
"""Cells of text in a dialog, however wide the screen is."""
SCROLLED = {"up": -1, "down": 1, "pageup": -8, "pagedown": 8}
"""Lines by which a key scrolls a dialog that is too high."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a dialog says and what can be chosen in it.

    `options` are digits with their words; a digit is the result. `enter` is the result of Enter, empty where it does
    nothing. `careful` keeps a key from counting before the dialog could be read (P1): for what cannot be undone.
    A paragraph that plays the part `note` stands directly below the one before it.
    """

    title: str
    paragraphs: tuple[tuple[str, Part], ...] = ()
    options: tuple[tuple[str, str], ...] = ()
    hint: str = ""
    enter: str = ""
    careful: bool = False
    also_closes: tuple[str, ...] = field(default=())


class DialogBox(Drawn, can_focus=True):
    """Draws what a dialog says, scrolls where it is too high, and reports the key that was chosen."""

    @dataclass
    class Chosen(Message):
        """A digit of the options, or the result of Enter; None to close."""

        result: str | None

    def __init__(self, said: Said, guard: KeyGuard) -> None:
        super().__init__()
        self.said = said
        self.guard = guard
        self._offset = 0

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """As wide as may be."""
        return min(WIDEST, container.width)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As high as what is said."""
        return len(self._all(width))

    def lines(self, width: int, height: int) -> Sequence[Line]:
        """The lines that can be seen; arrows say that there are more."""
        every = self._all(width)
        most = max(len(every) - height, 0)
        self._offset = min(max(self._offset, 0), most)
        shown = every[self._offset : self._offset + height]
        if self._offset and shown:
            shown[0] = _pointed(shown[0], "▲", width)
        if self._offset < most and shown:
            shown[-1] = _pointed(shown[-1], "▼", width)
        return shown

    def on_key(self, event: events.Key) -> None:
        """A digit chooses, Enter where it means something, Escape and the key that opened it close."""
        key, said = event.key, self.said
        if key == "escape" or key in said.also_closes or key.startswith("alt+"):
            self.post_message(self.Chosen(None))
        elif key in SCROLLED:
            self._offset += SCROLLED[key]
            self.redraw()
        elif key in (digit for digit, _ in said.options) or (key == "enter" and said.enter):
            if self.guard.takes(key):
                self.post_message(self.Chosen(said.enter if key == "enter" else key))
        else:
            return
        event.stop()

    def on_paste(self, event: events.Paste) -> None:
        """Pasted text never chooses."""
        event.stop()

    def _all(self, width: int) -> list[Line]:
        said = self.said
        rows: list[Line] = [((row, "here"),) for row in wrapped(said.title, width)]
        for text, part in said.paragraphs:
            if part != "note":
                rows.append(BLANK)
            rows.extend(((row, part),) for row in wrapped(text, width))
        if said.options:
            rows.append(BLANK)
        for digit, text in said.options:
            head: Line = (("  ", "plain"), (digit, "key"), ("  ", "plain"))
            rows.extend(hanging(head, text, "option", width, line_width(head)))
        if said.hint:
            rows.extend((BLANK, *(((row, "faint"),) for row in wrapped(said.hint, width))))
        return rows


class Dialog(ModalScreen[str | None]):
    """One dialog over the screen below; its result is the digit chosen, or None."""

    CSS_PATH = "dialogs.tcss"
    AUTO_FOCUS: ClassVar[str | None] = "DialogBox"

    def __init__(self, said: Said, guard: KeyGuard) -> None:
        super().__init__()
        self.said = said
        self.guard = guard

    def compose(self) -> ComposeResult:
        """The box."""
        yield DialogBox(self.said, self.guard)

    def on_mount(self) -> None:
        """Keys count once the box is painted, or at once."""
        if self.said.careful:
            self.guard.hidden()
            self.call_after_refresh(self.guard.shown)
        else:
            self.guard.opened()

    def on_dialog_box_chosen(self, message: DialogBox.Chosen) -> None:
        """Close with what was chosen."""
        self.dismiss(message.result)


def _pointed(line: Line, arrow: str, width: int) -> Line:
    """The line with an arrow in its last cell."""
    room = width - 1 - line_width(line)
    if room < 0:
        return (*line[:-1], (line[-1][0][:room], line[-1][1]), (arrow, "key"))
    return (*line, (" " * room, "plain"), (arrow, "key"))
