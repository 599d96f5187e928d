"""The field of one line for numbers, dates, times and short words: mounted once, hidden until a question needs it.

Enter goes on. In a number no letter is text, so letters keep the meaning they have where nothing is typed.
"""

from collections.abc import Container
from typing import ClassVar, Final

from textual import events
from textual.widgets.text_area import Edit, EditResult

from interview.questionnaire.models import ItemType
from interview.tui.key_guard import KeyGuard
from interview.tui.text_field import TextField

NUMBERS: Final = (ItemType.INTEGER, ItemType.DECIMAL)
LONGEST: Final = 40
"""Characters of a number, a date or a time, as it is typed."""
_OF_NUMBERS: Final = frozenset("0123456789,.-−+ ")


class LineField(TextField):
    """One line, of the letters that its type of answer has."""

    HELP: ClassVar[str] = "asking.help-line"

    def __init__(self, guard: KeyGuard, taken: Container[str] = (), *, id: str | None = None) -> None:
        super().__init__(guard, taken, id=id)
        self.soft_wrap = False
        self._type = ItemType.LINE

    def ask_for(self, item_type: ItemType, text: str, limit: int | None) -> None:
        """Show what is answered so far with a value of that type, to be typed on."""
        self._type = item_type
        self.take_up(text, limit or LONGEST)

    def edit(self, edit: Edit) -> EditResult:
        """Perform an edit; ends of lines become blanks."""
        edit.text = " ".join(edit.text.splitlines())
        return super().edit(edit)

    def check_consume_key(self, key: str, character: str | None = None) -> bool:
        """Whether a key is text here; the screen's bindings have the others."""
        return super().check_consume_key(key, character) and not self._is_foreign(character)

    def _is_foreign(self, letter: str | None) -> bool:
        """Whether no answer of this type has the letter."""
        return letter is not None and self._type in NUMBERS and letter not in _OF_NUMBERS

    async def _on_key(self, event: events.Key) -> None:
        """Enter, and letters in a number, are left to the screen."""
        if event.key == "enter" or self._is_foreign(event.character if event.is_printable else None):
            self._guard.pressed(event)
            event.prevent_default()
