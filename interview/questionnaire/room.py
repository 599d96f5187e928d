"""How much room an item takes on the screen of 80 by 24 that every form must fit.

The measures are those the question's page is drawn with; `lines_needed` counts the same lines without drawing them.
"""

from functools import lru_cache
from typing import Final

from interview.questionnaire.models import Item, ItemType, Option, Role
from interview.questionnaire.speaking import option_said_to
from interview.wrapping import width_of, wrapped

READABLE: Final = 76
"""Lines of text are no longer than this, however wide the screen is."""
LABEL_COLUMN: Final = 16
"""Cells of the column that labels stand in."""
OPTION_COLUMN: Final = LABEL_COLUMN + 5
"""Where an option's words begin: after the label, its mark and its digit."""
NUMBERED_SCALE: Final = 11
"""A scale of at most so many steps is drawn with all its numbers."""
NAME_MARK: Final = "⟨NN⟩"
"""Where the caller says the patient's name; the name itself is nowhere."""
SAY_NAME: Final = "⟨säg namnet⟩"
"""What stands there on the screen."""
PAGE_WIDTH: Final = 78
PAGE_HEIGHT: Final = 18
"""What 80 by 24 leaves to the question: two lines above it, four below, a cell at each side."""
FIELD_HEIGHT: Final = 8
"""Lines of the field for a written answer."""
LINE_HEIGHT: Final = 3
"""Lines of the field for a number, a date, a time or a line."""
SECTION_WIDTH: Final = 50
"""Cells of a section's title beside the number of the question."""

_CHOOSING: Final = (ItemType.CHOICE, ItemType.CHOICES, ItemType.YES_NO)
_TYPED: Final = (ItemType.INTEGER, ItemType.DECIMAL, ItemType.DATE, ItemType.TIME, ItemType.LINE)
_SETTLED_AT_ONCE: Final = (ItemType.CHOICE, ItemType.YES_NO, ItemType.DISPLAY)
_KEYLESS: Final = (Role.CONSENT, Role.RESPONDENT)
_SEVERAL_SILENT: Final = 3
"""Lines of the longest label beside options: several choices that are not read aloud."""


def lines_needed(item: Item, said: str, language: str, proxy: bool) -> int:
    """The lines of an item's page at a width of 78, `said` being what is asked, without empty lines between parts.

    `proxy` tells that a next of kin answers, who can be offered other words.
    """
    column = min(PAGE_WIDTH - 1, LABEL_COLUMN + READABLE) - LABEL_COLUMN
    notes = (text.get(language, "") for text in (item.instruction, item.probe) if text)
    texts = [said, *(note for note in notes if note)]
    lines = sum(_lines(text.replace(NAME_MARK, SAY_NAME), column) for text in texts)
    return lines + _answer_lines(item, language, proxy) + _key_lines(item)


def height_for(item: Item) -> int:
    """The lines an item's page may have: fewer where a field for the answer stands below."""
    if item.type in _TYPED:
        return PAGE_HEIGHT - LINE_HEIGHT
    return PAGE_HEIGHT - FIELD_HEIGHT if item.type is ItemType.TEXT else PAGE_HEIGHT


def section_fits(title: str) -> bool:
    """Whether a section's title is shown whole."""
    return width_of(title) <= SECTION_WIDTH


def _answer_lines(item: Item, language: str, proxy: bool) -> int:
    """The lines of the options or the scale."""
    if item.type in _CHOOSING:
        column = PAGE_WIDTH - 1 - OPTION_COLUMN
        texts = (_offered(option, item, language, proxy).replace(NAME_MARK, SAY_NAME) for option in item.options)
        label = _SEVERAL_SILENT if item.type is ItemType.CHOICES and not item.read_options else 0
        return max(sum(_lines(text, column) for text in texts), label)
    if item.type is ItemType.SCALE:
        low, high = item.ends_of_scale
        labels = ((low, item.minimum_label), (high, item.maximum_label))
        ends = "  ".join(f"{end} = {text[language]}" for end, text in labels if text and text.get(language))
        numbers = 1 if high - low < NUMBERED_SCALE else 0
        return numbers + (_lines(ends, PAGE_WIDTH - LABEL_COLUMN - 2) if ends else 0)
    return 1 if item.type in _TYPED else 0


def _offered(option: Option, item: Item, language: str, proxy: bool) -> str:
    """An option as it stands on the screen, after its symbol."""
    words = option_said_to(option, language, proxy, item.read_options)
    return words if option.symbol is None else f"{option.symbol} {words}"


def _key_lines(item: Item) -> int:
    """The lines of the keys: one, or two where how to go on does not fit beside the kinds of no answer."""
    if item.role in _KEYLESS:
        return 0
    wide = item.type is ItemType.CHOICES or (item.not_applicable and item.type not in _SETTLED_AT_ONCE)
    return 2 if wide else 1


@lru_cache(maxsize=512)
def _lines(text: str, column: int) -> int:
    """How many lines a wording of the form takes; the same answers come again and again."""
    return len(wrapped(text, column))
