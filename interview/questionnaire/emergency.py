"""Danger to life on the care-needed card: the number everybody is to ring first, and who is not told it."""

import re
from collections.abc import Iterable, Mapping
from typing import Final, Protocol

CARE_NEEDED: Final = "care-needed"
NUMBER: Final = "112"
_SAID: Final = re.compile(rf"(?<!\d){NUMBER}(?!\d)")


class Entry(Protocol):
    """A line of a card, the questionnaire's or a unit's own: words by language."""

    @property
    def heading(self) -> Mapping[str, str]:
        """What it is about."""
        ...

    @property
    def text(self) -> Mapping[str, str]:
        """What to say or do."""
        ...


def tells_number(entry: Entry, language: str | None = None) -> bool:
    """Whether a line of a card says the emergency number, in one language or in any."""
    told = (words for part in (entry.heading, entry.text) for words in part.items())
    return any(_SAID.search(said) for spoken, said in told if language in (None, spoken))


def languages_without(entries: Iterable[Entry], languages: Iterable[str]) -> tuple[str, ...]:
    """The languages in which a card never says the emergency number."""
    lines = tuple(entries)
    return tuple(language for language in languages if not any(tells_number(line, language) for line in lines))
