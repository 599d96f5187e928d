"""The widget that draws any question and takes its digits. It is never remounted; a new value is a repaint.

Digits, arrows and `Esc` with a digit are its own; what else can be pressed are actions of the screen. It decides
nothing about the conversation: it says what was pressed, in messages.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.message import Message

from interview.questionnaire.models import ItemType
from interview.session.answers import Address, Respondent, Value
from interview.session.view import QuestionView
from interview.tui.drawing import Drawn
from interview.tui.key_guard import KeyGuard
from interview.tui.lines import Line
from interview.tui.question_page import PageWords, page, visible

ESCAPED_DIGIT = "alt+"
"""What a terminal makes of `Esc` followed at once by a key."""


class QuestionPane(Drawn, can_focus=True):
    """Draws a `QuestionView` handed to `show`; presses that count under the guard become messages."""

    HELP: ClassVar[str] = "asking.help-question"

    @dataclass
    class Answered(Message):
        """A value for the question at `address`; it goes on at once where `onward`, and otherwise is only recorded."""

        address: Address
        value: Value
        onward: bool

    @dataclass
    class Toggled(Message):
        """An option of several was marked at `address`, or its mark taken away."""

        address: Address
        code: str

    class TooSoon(Message):
        """A press was dropped by the guard."""

    class NoSuchAnswer(Message):
        """A digit that chooses nothing here."""

    @dataclass
    class Escaped(Message):
        """`Esc` and a digit, pressed in one go."""

        digit: str

    def __init__(self, guard: KeyGuard, words: PageWords, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.guard = guard
        self.words = words
        self.view: QuestionView | None = None
        self.respondent = Respondent.PATIENT
        self._typed = ""
        self._offset = 0
        self._understood: str | None = None

    def show(self, view: QuestionView, respondent: Respondent) -> None:
        """Draw a question as it is answered now, `respondent` being who answers from here on."""
        if self.view is None or self.view.address != view.address:
            self._typed, self._offset = "", 0
        if self.view is None or (self.view.address, self.view.written) != (view.address, view.written):
            self._understood = None
        self.view, self.respondent = view, respondent
        self.redraw()

    def understood(self, typed: str | None) -> None:
        """Draw how what is being typed is understood, empty where it is not yet; None for the answer as it is kept."""
        if typed != self._understood:
            self._understood = typed
            self.redraw()

    def reworded(self, words: PageWords) -> None:
        """The interface speaks another language."""
        self.words = words
        self.redraw()

    def scrolled(self, step: int) -> None:
        """So many lines further down, where what lies between question and keys does not fit."""
        self._offset += step
        self.redraw()

    def lines(self, width: int, height: int) -> Sequence[Line]:
        """The question's page at this size, scrolled as far as it was."""
        if self.view is None:
            return ()
        drawn = page(self.view, self.words, self.respondent, width, height, understood=self._understood)
        shown, self._offset = visible(drawn, height, self._offset)
        return shown

    def on_key(self, event: events.Key) -> None:
        """Digits answer, arrows scroll, `Esc` with a digit is passed on."""
        key = event.key
        if len(key) == 1 and key.isdigit():
            self._digit(key)
        elif key in ("up", "down"):
            self.scrolled(1 if key == "down" else -1)
        elif key.startswith(ESCAPED_DIGIT) and key[len(ESCAPED_DIGIT) :].isdigit():
            self.post_message(self.Escaped(key[len(ESCAPED_DIGIT) :]))
        else:
            self.guard.pressed(event)
            return
        event.stop()

    def on_paste(self, event: events.Paste) -> None:
        """Pasted text never answers."""
        event.stop()

    def _digit(self, digit: str) -> None:
        if self.view is None or not self.guard.takes(digit):
            self.post_message(self.TooSoon())
        else:
            self.post_message(self._pressed(self.view, digit) or self.NoSuchAnswer())

    def _pressed(self, view: QuestionView, digit: str) -> Message | None:
        if view.type is ItemType.SCALE:
            number = self._number(view, digit)
            return None if number is None else self.Answered(view.address, number, onward=False)
        code = next((option.code for option in view.options if option.digit == digit), None)
        if code is None:
            return None
        if view.type is ItemType.CHOICES:
            return self.Toggled(view.address, code)
        return self.Answered(view.address, code, onward=True)

    def _number(self, view: QuestionView, digit: str) -> int | None:
        """The number typed so far with one more digit, or the digit alone where that is off the scale."""
        low, high = view.minimum or 0, view.maximum or 0
        for typed in (self._typed + digit, digit):
            if low <= int(typed) <= high:
                self._typed = typed
                return int(typed)
        return None
