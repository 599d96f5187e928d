"""Which item of an older version is which of a newer one, what has moved, and how much two wordings have in common."""

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from typing import Final

from interview.questionnaire.models import Item

ALIKE: Final = 0.75
"""From this share of words in common an item that is gone and one that is new are taken for the same."""
FAR: Final = 0.5
"""Below this share of words in common a wording asks something else."""
MOST_PAIRS: Final = 20_000
"""Pairs of items compared word by word; beyond that only equal wordings are recognised."""
_WORD = re.compile(r"\w+")


def words_of(text: str) -> list[str]:
    """The words of a wording, without capitals and signs."""
    return _WORD.findall(text.casefold())


def same_words(before: str, after: str) -> bool:
    """Whether two wordings differ in capitals, blanks and signs only."""
    return words_of(before) == words_of(after)


def share_in_common(before: str, after: str) -> float:
    """How much of two wordings is the same words in the same order, 0 to 1."""
    return SequenceMatcher(None, words_of(before), words_of(after), autojunk=False).ratio()


def renamed(gone: Iterable[Item], new: Iterable[Item], language: str) -> dict[str, str]:
    """Items that have another id now, told by their type and wording: old id → new id."""
    pairs: dict[str, str] = {}
    left = {item.id: item for item in new}
    waiting: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for item in left.values():
        waiting[_key(item, language)].append(item.id)
    unmatched: list[Item] = []
    for item in gone:
        same = waiting[_key(item, language)]
        if same:
            pairs[item.id] = same.pop(0)
            del left[pairs[item.id]]
        else:
            unmatched.append(item)
    if len(unmatched) * len(left) <= MOST_PAIRS:
        pairs |= _alike(unmatched, left, language)
    return pairs


def moved(order: Sequence[int]) -> set[int]:
    """The places in `order` that have to move for the rest to ascend; as few as possible."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for place, value in enumerate(order):
        at = bisect_left(tails, value)
        if at == len(tails):
            tails.append(value)
            ends.append(place)
        else:
            tails[at], ends[at] = value, place
        before.append(ends[at - 1] if at else -1)
    staying: set[int] = set()
    place = ends[-1] if ends else -1
    while place >= 0:
        staying.add(place)
        place = before[place]
    return set(range(len(order))) - staying


def _key(item: Item, language: str) -> tuple[str, ...]:
    return (item.type.value, *words_of(item.text.get(language, "")), "", *(option.code for option in item.options))


def _alike(gone: Iterable[Item], left: dict[str, Item], language: str) -> dict[str, str]:
    """The most alike first; each item once."""
    scored: list[tuple[float, str, str]] = []
    counted = {item.id: Counter(words_of(item.text.get(language, ""))) for item in left.values()}
    for old in gone:
        words = Counter(words_of(old.text.get(language, "")))
        for new in left.values():
            # Whatever their order: cheap, and never less than the share in common.
            most = 2 * (words & counted[new.id]).total()
            if old.type is new.type and most >= ALIKE * (words.total() + counted[new.id].total()):
                share = share_in_common(old.text.get(language, ""), new.text.get(language, ""))
                if share >= ALIKE:
                    scored.append((-share, old.id, new.id))
    pairs: dict[str, str] = {}
    for _, old_id, new_id in sorted(scored):
        if old_id not in pairs and new_id not in pairs.values():
            pairs[old_id] = new_id
    return pairs
