"""What a difference between two versions of a form is made of: plain values, whose words are in the catalogue `diff`."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What is different about an item."""

    ADDED = "added"
    REMOVED = "removed"
    RENAMED = "renamed"
    TYPE = "type"
    WORDING = "wording"
    TRANSLATION = "translation"
    PROXY = "proxy"
    OPTIONS_ADDED = "options-added"
    OPTIONS_REMOVED = "options-removed"
    OPTIONS_RENAMED = "options-renamed"
    OPTIONS_RECODED = "options-recoded"
    OPTIONS_REORDERED = "options-reordered"
    SCALE = "scale"
    LIMITS = "limits"
    SCORE = "score"
    ROUTING = "routing"
    READING = "reading"
    INSTRUCTION = "instruction"
    ROLE = "role"
    MOVED = "moved"


class Comparable(StrEnum):
    """Whether answers from before and after can stand in one series: as they are, with care, or not."""

    YES = "yes"
    CARE = "care"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is different; `why` names the reason for `comparable`, `before` and `after` are for people."""

    kind: Kind
    comparable: Comparable
    why: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Changed:
    """An item with what is different about it. `was` is its id in the older version, empty for one that is new."""

    id: str
    was: str
    text: str
    is_question: bool
    changes: tuple[Change, ...]

    @property
    def comparable(self) -> Comparable:
        """What its series is after all its changes together."""
        return worst(change.comparable for change in self.changes)


@dataclass(frozen=True, slots=True)
class FormChange:
    """Something different about the form around its items: `part` is like `minutes`, `contact.greeting`, `languages`."""

    part: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Difference:
    """Two versions compared; `items` in the order of the newer one, what was removed where it stood."""

    name: str
    old: str
    new: str
    form: tuple[FormChange, ...]
    items: tuple[Changed, ...]
    unchanged: int

    @property
    def is_none(self) -> bool:
        """Whether the two say the same."""
        return not self.form and not self.items


def worst(told: Iterable[Comparable]) -> Comparable:
    """The least comparable of several."""
    order = list(Comparable)
    return max(told, key=order.index, default=Comparable.YES)
