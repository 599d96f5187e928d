"""The places of a questionnaire where something is said or answered: its items, each as often as it can be asked.

An item that repeats has a place for every repetition, and between two of them stands the question whether there is
another. An option that is answered in words has a place for them right after its question. Where an answer belongs is
then always (id, repetition), whatever the form looks like.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final, Literal

from interview.questionnaire.kept import LONGEST_LINE
from interview.questionnaire.models import Condition, Item, ItemType, Operator, Questionnaire
from interview.questionnaire.standard_words import yes_no_options

ANOTHER: Final = "_another"
"""What the id of the question whether there is another ends with; no id of a form holds an underscore."""
OPEN: Final = "_text"
"""What the id of the question for the words of an open option ends with."""


class Kind(StrEnum):
    """Whether a place is an item of the form, or follows from one: words of an open option, whether there is another."""

    OWN = "own"
    OPEN = "open"
    ANOTHER = "another"


@dataclass(frozen=True, slots=True)
class Place:
    """One place. `parent` is the number of the group around it, `after` that of the question it is another after.

    `origin` is the item of the form that it comes from: itself, the question with the open option, or what repeats.
    `scope` is the id of the repeating item it lies in or is, empty outside any.
    """

    item: Item
    repetition: int
    parent: int | None
    after: int | None
    kind: Kind
    origin: Item
    scope: str


def places(questionnaire: Questionnaire) -> tuple[Place, ...]:
    """Every place in the order it is asked, groups before what they hold."""
    laying = _Laying(questionnaire.languages)
    for item in questionnaire.items:
        laying.lay(item, parent=None, repetition=0, scope="")
    return tuple(laying.found)


class _Laying:
    """The places found so far; what follows from an item is made once and shared by its repetitions."""

    def __init__(self, languages: tuple[str, ...]) -> None:
        self.found: list[Place] = []
        self._languages = languages
        self._following: dict[str, Item] = {}

    def lay(self, item: Item, parent: int | None, repetition: int, scope: str) -> None:
        """The places of an item: one, or one for each repetition with what is asked between them."""
        if not item.repeats:
            self._once(Place(item, repetition, parent, None, Kind.OWN, item, scope))
            return
        after: int | None = None
        for number in range(item.max_repeats):
            self._once(Place(item, number, parent, after, Kind.OWN, item, item.id))
            if number + 1 < item.max_repeats:
                after = self._add(Place(self._another(item), number, parent, None, Kind.ANOTHER, item, item.id))

    def _once(self, place: Place) -> None:
        item, here = place.item, self._add(place)
        for child in item.items:
            self.lay(child, here, place.repetition, place.scope)
        if item.open_option is not None and item.is_question:
            self._add(replace(place, item=self._open(item), after=None, kind=Kind.OPEN))

    def _add(self, place: Place) -> int:
        self.found.append(place)
        return len(self.found) - 1

    def _another(self, item: Item) -> Item:
        known = self._following.get(item.id + ANOTHER)
        if known is None:
            asked = _questions_in(item)
            known = self._following[item.id + ANOTHER] = Item(
                id=item.id + ANOTHER,
                type=ItemType.YES_NO,
                text=item.another or {},
                options=yes_no_options(self._languages),
                enable_when=tuple(_answered(question) for question in asked),
                enable_behavior="any",
                core=any(question.core for question in asked),
                proxy=_refused(asked),
            )
        return known

    def _open(self, item: Item) -> Item:
        known = self._following.get(item.id + OPEN)
        if known is None:
            option = item.open_option
            code, words = ("", None) if option is None else (option.code, option.open)
            known = self._following[item.id + OPEN] = Item(
                id=item.id + OPEN,
                type=ItemType.LINE,
                text=words or {},
                max_length=LONGEST_LINE,
                enable_when=(Condition(question=item.id, operator=Operator.IS, answer=code),),
                core=item.core,
                proxy=_refused((item,)),
            )
        return known


def tested(places_: tuple[Place, ...]) -> tuple[dict[str, tuple[int, ...]], ...]:
    """For each place, the numbers of the places that each question named in its conditions stands for.

    Within what repeats that is the question of the same repetition; seen from outside it is every repetition of it.
    Empty where there is no such question.
    """
    numbers: dict[str, list[int]] = {}
    for number, place in enumerate(places_):
        numbers.setdefault(place.item.id, []).append(number)
    return tuple(
        {
            condition.question: tuple(_seen_from(place, places_, numbers.get(condition.question, ())))
            for condition in place.item.enable_when
        }
        for place in places_
    )


def _seen_from(place: Place, places_: tuple[Place, ...], numbers: Iterable[int]) -> Iterable[int]:
    for number in numbers:
        other = places_[number]
        if not place.scope or other.scope != place.scope or other.repetition == place.repetition:
            yield number


def _questions_in(item: Item) -> tuple[Item, ...]:
    """The questions that an item is or holds."""
    own = (item,) if item.is_question else ()
    return own + tuple(question for child in item.items for question in _questions_in(child))


def _answered(question: Item) -> Condition:
    return Condition(question=question.id, operator=Operator.ANSWERED, answer=True)


def _refused(asked: tuple[Item, ...]) -> Literal["same", "not-asked", "only"]:
    """Of whom a question that follows from others is not asked: of those none of the others is asked of."""
    kinds = {question.proxy if isinstance(question.proxy, str) else "same" for question in asked}
    return kinds.pop() if len(kinds) == 1 else "same"
