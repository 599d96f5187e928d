"""What the checks of a questionnaire are written with: findings at paths, and the form with every item's path."""

import re
from collections.abc import Iterable
from difflib import get_close_matches
from typing import Final, NamedTuple

from interview.questionnaire.models import Item, Questionnaire

Path = tuple[str | int, ...]
"""A way into the models: `("items", 3, "options", 1, "code")`."""
CONTROL: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff]"
)
"""What no wording holds: control characters but tab and newline, marks that turn the direction of a line (T13)."""
IDS: Final[Path] = ("ids",)
"""Stands for the ids of all items together: damaged when one of them could not be read."""
MAX_PROBLEMS: Final = 100
"""Problems told at once; of a file with more it is said that there are."""
MISSING_CODES: Final = frozenset(
    (
        "asked-declined",
        "asked-unknown",
        "not-applicable",
        "not-asked-of-proxy",
        "only-asked-of-proxy",
        "routed-past",
        "left-open",
        "not-core",
        "broken-off",
    )
)
"""Words that say why there is no answer (P9); no option may be called so, and no condition asks for them."""
_LISTED: Final = 20
_NEAR_LENGTH: Final = 40


class Finding(NamedTuple):
    """One thing that is wrong: its code, where, the facts of its message.

    `about` is another place the finding relies on; if that could not be read, the finding says nothing.
    """

    code: str
    path: Path
    facts: dict[str, str | int]
    about: Path | None = None


class Placed(NamedTuple):
    """An item, the path to it, its number in reading order, and how many groups it stands in."""

    item: Item
    path: Path
    number: int
    depth: int


class Walk:
    """A questionnaire in reading order.

    `by_id` is the first item with each id, `by_folded_id` whatever its case, `by_path` the item at a path.
    """

    def __init__(self, questionnaire: Questionnaire) -> None:
        self.questionnaire = questionnaire
        self.placed: list[Placed] = []
        pending: list[tuple[Item, Path, int]] = []
        pending.extend((item, ("items", index), 0) for index, item in reversed(list(enumerate(questionnaire.items))))
        while pending:
            item, path, depth = pending.pop()
            self.placed.append(Placed(item, path, len(self.placed), depth))
            within = reversed(list(enumerate(item.items)))
            pending.extend((below, (*path, "items", index), depth + 1) for index, below in within)
        self.by_id: dict[str, Placed] = {}
        self.by_folded_id: dict[str, Placed] = {}
        for placed in self.placed:
            self.by_id.setdefault(placed.item.id, placed)
            self.by_folded_id.setdefault(placed.item.id.casefold(), placed)
        self.by_path = {placed.path: placed for placed in self.placed}
        self.question_ids = tuple(placed.item.id for placed in self.placed if placed.item.is_question)

    def around(self, placed: Placed) -> tuple[Placed, ...]:
        """The groups an item stands in, the outermost first."""
        return tuple(self.by_path[placed.path[:length]] for length in range(2, len(placed.path), 2))


class Unknown(NamedTuple):
    """The two codes of a word that is not known: without and with a known one near it."""

    far: str
    near: str


UNKNOWN_KEY: Final = Unknown("questionnaire.unknown-key", "questionnaire.misspelt-key")
UNKNOWN_WORD: Final = Unknown("questionnaire.unknown-word", "questionnaire.misspelt-word")
UNKNOWN_LANGUAGE: Final = Unknown("questionnaire.unknown-language", "questionnaire.misspelt-language")
UNKNOWN_SCALE: Final = Unknown("questionnaire.unknown-scale", "questionnaire.misspelt-scale")
UNKNOWN_DIMENSION: Final = Unknown("questionnaire.unknown-dimension", "questionnaire.misspelt-dimension")
UNKNOWN_QUESTION: Final = Unknown("questionnaire.unknown-question", "questionnaire.misspelt-question")
UNKNOWN_OPTION: Final = Unknown("questionnaire.unknown-option", "questionnaire.misspelt-option")


def unknown(codes: Unknown, word: str, known: Iterable[str]) -> tuple[str, dict[str, str | int]]:
    """The code and the facts of a word that is none of those known; `near` is the one it most resembles."""
    words = list(known)
    listed = ", ".join(words[:_LISTED]) + (", …" if len(words) > _LISTED else "")
    near = [other for other in words if other.casefold() == word.casefold()][:1]
    if not near and len(word) <= _NEAR_LENGTH:
        near = get_close_matches(word, words, n=1)
    if near:
        return codes.near, {"word": word, "near": near[0], "known": listed}
    return codes.far, {"word": word, "known": listed or "–"}
