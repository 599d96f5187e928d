"""The field for a written answer: mounted once, hidden until a question needs it, never longer than the answer may be.

Textual's own text area takes F6, F7, PageUp and PageDown for itself; here they keep the meaning they have everywhere.
"""

from collections.abc import Container
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import Binding
from textual.message import Message
from textual.widgets import TextArea
from textual.widgets.text_area import Edit, EditResult

from interview.text import clean
from interview.tui.internals import bind
from interview.tui.key_guard import KeyGuard
from interview.tui.question import ESCAPED_DIGIT, QuestionPane

EDITING = (
    ("up", "cursor_up"),
    ("down", "cursor_down"),
    ("left", "cursor_left"),
    ("right", "cursor_right"),
    ("ctrl+left", "cursor_word_left"),
    ("ctrl+right", "cursor_word_right"),
    ("home", "cursor_line_start"),
    ("end", "cursor_line_end"),
    ("shift+left", "cursor_left(True)"),
    ("shift+right", "cursor_right(True)"),
    ("shift+up", "cursor_up(True)"),
    ("shift+down", "cursor_down(True)"),
    ("shift+home", "cursor_line_start(True)"),
    ("shift+end", "cursor_line_end(True)"),
    ("backspace", "delete_left"),
    ("delete", "delete_right"),
    ("ctrl+backspace", "delete_word_left"),
    ("ctrl+w", "delete_word_left"),
    ("ctrl+a", "cursor_line_start"),
    ("ctrl+e", "cursor_line_end"),
    ("ctrl+u", "delete_to_start_of_line"),
    ("ctrl+k", "delete_to_end_of_line_or_delete_line"),
    ("ctrl+z", "undo"),
    ("ctrl+y", "redo"),
)


class TextField(TextArea, inherit_bindings=False):
    """A text of at most `limit` characters; longer input is cut where it comes in, and said.

    The first key of an answer counts under the guard, so that a held key writes nothing into a question unread (P1).
    """

    HELP: ClassVar[str] = "asking.help-text"

    @dataclass
    class Full(Message):
        """More was typed or pasted than the answer may hold."""

        limit: int

    @dataclass
    class Beyond(Message):
        """An arrow at the first line of the text (-1) or at its last (1)."""

        step: int

    class Done(Message):
        """The text is finished, told by a terminal that sends Ctrl+Enter as a line feed."""

    def __init__(self, guard: KeyGuard, taken: Container[str] = (), *, id: str | None = None) -> None:
        """`taken` are keys that mean something else everywhere, also where text is typed."""
        super().__init__(
            id=id, soft_wrap=True, show_line_numbers=False, tab_behavior="focus", highlight_cursor_line=False
        )
        editing = [Binding(key, action, show=False) for key, action in EDITING if key not in taken]
        bind(self, editing)
        self._editing = {"enter", *(binding.key for binding in editing)}
        self.cursor_blink = False
        self.limit = 0
        self._guard = guard
        self._untouched = True

    def take_up(self, text: str, limit: int) -> None:
        """Show this text, to be written on."""
        self.limit, self._untouched = limit, True
        text = clean(text, keep_newlines=True)
        if text != self.text:
            self.load_text(text)
        self.move_cursor(self.document.end)

    @property
    def left(self) -> int:
        """How many more characters the text may have."""
        return self.limit - len(self.text)

    def edit(self, edit: Edit) -> EditResult:
        """Perform an edit, its text cleaned and cut to what there is room for."""
        # Ends of lines and pasted control characters are settled here, the one place every change passes.
        text = clean(edit.text, keep_newlines=True)
        room = self.left + len(self.get_text_range(edit.top, edit.bottom))
        edit.text = text[: max(room, 0)]
        result = super().edit(edit)
        # Told after the change, which is the end of what was said before.
        if len(text) > room:
            self.post_message(self.Full(self.limit))
        return result

    def action_cursor_up(self, select: bool = False) -> None:
        """A line up; from the first one the question above the field is scrolled."""
        if not select and self.navigator.is_first_wrapped_line(self.cursor_location):
            self.post_message(self.Beyond(-1))
        else:
            super().action_cursor_up(select)

    def action_cursor_down(self, select: bool = False) -> None:
        """A line down; from the last one the question above the field is scrolled."""
        if not select and self.navigator.is_last_wrapped_line(self.cursor_location):
            self.post_message(self.Beyond(1))
        else:
            super().action_cursor_down(select)

    async def _on_paste(self, event: events.Paste) -> None:
        """What is pasted counts as the first key of an answer does."""
        if self._untouched:
            self._untouched = not self._guard.takes("paste")
        if self._untouched:
            self.post_message(QuestionPane.TooSoon())
            event.stop()
            event.prevent_default()

    async def _on_key(self, event: events.Key) -> None:
        """`Esc` with a digit is no text, nor is a key still down from the question before or on the heels of one that leads on."""
        if event.key.startswith(ESCAPED_DIGIT) and event.key[len(ESCAPED_DIGIT) :].isdigit():
            self.post_message(QuestionPane.Escaped(event.key[len(ESCAPED_DIGIT) :]))
        elif event.key == "ctrl+j":
            self.post_message(self.Done())
        elif event.is_printable and (self._untouched or self._guard.overtaken):
            if self._guard.takes(event.key):
                self._untouched = False
                return
            self.post_message(QuestionPane.TooSoon())
        elif not event.key.startswith(ESCAPED_DIGIT):
            if not event.is_printable and event.key not in self._editing:
                self._guard.pressed(event)
            return
        event.stop()
        event.prevent_default()
