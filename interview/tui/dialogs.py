"""Menus, cards and confirmations of a conversation. Each is left by `dismiss`; Escape gives None."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.geometry import Size
from textual.message import Message

from interview.tui.drawing import Drawn
from interview.tui.internals import LeavingModal
from interview.tui.key_guard import KeyGuard
from interview.tui.lines import BLANK, Line, Part, hanging, line_width, wrapped

WIDEST = 72
"""Cells of text in a dialog, however wide the screen is."""
LOW = [(0, "-low"), (18, "-roomy")]
"""The heights of a screen at which its sheet says other things."""
SCROLLED = {"up": -1, "down": 1, "pageup": -8, "pagedown": 8}
"""Lines by which a key scrolls a dialog that is too high."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a dialog says and what can be chosen in it.

    `options` are digits with their words; a digit is the result. `enter` is the result of Enter, empty where it does
    nothing. `careful` keeps a key from counting before the dialog could be read (P1): for what cannot be undone.
    `leads` are further keys and the result of each.
    `help` is the catalogue's key of what F1 says about it. A paragraph after one that plays the part `label` stands directly below it.
    """

    title: str
    paragraphs: tuple[tuple[str, Part], ...] = ()
    options: tuple[tuple[str, str], ...] = ()
    hint: str = ""
    enter: str = ""
    careful: bool = False
    help: str = "asking.help-dialog"
    also_closes: tuple[str, ...] = field(default=())
    leads: tuple[tuple[str, str], ...] = ()


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
        self.topic = said.help
        self._offset = 0

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """As wide as may be."""
        return min(WIDEST, container.width)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As high as what is said."""
        return sum(len(rows) for rows in self._parts(width))

    def lines(self, width: int, height: int) -> Sequence[Line]:
        """Title, options and hint where they are, what is said between them scrolled; arrows say that there is more.

        Empty lines go first where the screen is low.
        """
        head, body, foot = self._parts(width)
        if len(head) + len(body) + len(foot) > height:
            head, body, foot = ([row for row in part if row != BLANK] for part in (head, body, foot))
        room = max(height - len(head) - len(foot), 1)
        most = max(len(body) - room, 0)
        self._offset = min(max(self._offset, 0), most)
        shown = body[self._offset : self._offset + room]
        if self._offset and shown:
            shown[0] = _pointed(shown[0], "▲", width)
        if self._offset < most and shown:
            shown[-1] = _pointed(shown[-1], "▼", width)
        return [*head, *shown, *foot]

    def on_key(self, event: events.Key) -> None:
        """A digit chooses, Enter where it means something, Escape and the key that opened it close."""
        key, said = event.key, self.said
        if key == "escape" or key in said.also_closes or key.startswith("alt+"):
            self.post_message(self.Chosen(None))
        elif key in (leads := dict(said.leads)):
            self.post_message(self.Chosen(leads[key]))
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

    def _parts(self, width: int) -> tuple[list[Line], list[Line], list[Line]]:
        said = self.said
        head: list[Line] = [((row, "here"),) for row in wrapped(said.title, width)]
        body: list[Line] = []
        above: Part = "plain"
        for text, part in said.paragraphs:
            if above != "label":
                body.append(BLANK)
            body.extend(((row, part),) for row in wrapped(text, width))
            above = part
        foot: list[Line] = [BLANK] if said.options else []
        for digit, text in said.options:
            before: Line = (("  ", "plain"), (digit, "key"), ("  ", "plain"))
            foot.extend(hanging(before, text, "option", width, line_width(before)))
        if said.hint:
            foot.extend((BLANK, *(((row, "faint"),) for row in wrapped(said.hint, width))))
        return head, body, foot


class Dialog(LeavingModal[str | None]):
    """One dialog over the screen below; its result is the digit chosen, or None."""

    CSS_PATH = "dialogs.tcss"
    AUTO_FOCUS: ClassVar[str | None] = "DialogBox"
    VERTICAL_BREAKPOINTS = LOW

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
            self.call_after_refresh(partial(self.guard.opened, careful=True))
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
