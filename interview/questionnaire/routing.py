"""Which items can be reached at all, and which conditions decide nothing: worked out from a form, nobody answering.

A condition is tried with every answer that matters to it, with `conditions.holds` itself. What would take too long, or
compares in a way that cannot be tried, counts as reachable: no finding is ever wrong, some may be missing.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import chain, combinations
from typing import Final, NamedTuple

from interview.questionnaire.condition_checks import condition_findings
from interview.questionnaire.conditions import holds
from interview.questionnaire.findings import Finding, Placed, Walk
from interview.questionnaire.kept import MOST_DECIMALS, beyond, kept_decimal
from interview.questionnaire.models import Condition, Item, ItemType, Operator, Value

STEPS_OF_ITEM: Final = 200
STEPS_OF_FORM: Final = 50_000
"""How long is looked for a way to one item, and to all items together."""

MOST_NAMED: Final = 5
"""Options of several choices that conditions name, whose combinations are all tried."""

Wanted = tuple[Condition, bool]
"""A comparison, and whether it must hold or must not."""


class Guard(NamedTuple):
    """The conditions of one item; `wanted` is False where they must not hold."""

    conditions: tuple[Condition, ...]
    behavior: str
    wanted: bool = True

    def ways(self) -> Iterator[tuple[Wanted, ...]]:
        """Each way to make it so: comparisons that must all come out as told."""
        literals = tuple((condition, self.wanted) for condition in self.conditions)
        if (self.behavior == "all") is self.wanted:
            yield literals
        else:
            yield from ((literal,) for literal in literals)


class Routes:
    """The ways through one form. `reachable` tells of each item, by its number, whether anybody can come to it."""

    def __init__(self, walk: Walk) -> None:
        self.walk = walk
        self.reachable: list[bool] = []
        self._own: list[Guard | None] = []
        self._cones: list[int] = []
        self._left = STEPS_OF_FORM
        self._steps = 0
        for placed in walk.placed:
            self._add(placed)

    def own(self, placed: Placed) -> Guard | None:
        """The item's own conditions; None without any, or where there is something else wrong with them."""
        return self._own[placed.number]

    def impossible(self, placed: Placed) -> tuple[int, ...] | None:
        """What of an item's own conditions can never hold: numbers of comparisons, () for all of them together."""
        guard = self.own(placed)
        if guard is None:
            return None
        alone = tuple(n for n, one in enumerate(guard.conditions) if not self._possible(((one, True),)))
        if alone or any(self._possible(way) for way in guard.ways()):
            return alone or None
        return ()

    def always(self, placed: Placed) -> bool:
        """Whether an item's own conditions hold whenever it is come to."""
        guard = self.own(placed)
        if guard is None or not self.reachable[placed.number]:
            return False
        return not self._solvable((*self._around(placed), guard._replace(wanted=False)))

    def any_answer(self, placed: Placed) -> str | None:
        """The question whose every answer meets an item's conditions, though they name particular answers."""
        guard = self.own(placed)
        if guard is None or len({condition.question for condition in guard.conditions}) > 1:
            return None
        if any(condition.operator is Operator.ANSWERED for condition in guard.conditions):
            return None
        question = self.walk.by_id[guard.conditions[0].question]
        tried = self._tried(question, guard.conditions, ending=True)
        join = any if guard.behavior == "any" else all
        if not tried or not all(join(holds(condition, value) for condition in guard.conditions) for value in tried):
            return None
        return question.item.id

    def _add(self, placed: Placed) -> None:
        item = placed.item
        sound = item.enable_when and next(condition_findings(placed, self.walk), None) is None
        own = Guard(item.enable_when, item.enable_behavior) if sound else None
        self._own.append(own)
        around = self._around(placed)
        guards = (*around, own) if own else around
        cone = 0
        for condition in chain.from_iterable(guard.conditions for guard in guards):
            number = self.walk.by_id[condition.question].number
            cone |= self._cones[number] | (1 << number)
        self._cones.append(cone)
        above = self.walk.around(placed)
        reached = not above or self.reachable[above[-1].number]
        self.reachable.append(reached and (own is None or self._solvable(guards)))

    def _around(self, placed: Placed) -> tuple[Guard, ...]:
        found = (self._own[group.number] for group in self.walk.around(placed))
        return tuple(guard for guard in found if guard is not None)

    def _guards_to(self, number: int) -> tuple[Guard, ...]:
        own = self._own[number]
        around = self._around(self.walk.placed[number])
        return (*around, own) if own else around

    def _possible(self, literals: Iterable[Wanted]) -> bool:
        """Whether comparisons can come out so together, whatever it takes to come to their questions."""
        by_question: dict[str, tuple[Wanted, ...]] = {}
        for literal in literals:
            question = literal[0].question
            by_question[question] = (*by_question.get(question, ()), literal)
        return all(
            any(self._outcomes(self.walk.by_id[question], asked, ending=True))
            for question, asked in by_question.items()
        )

    def _solvable(self, guards: tuple[Guard, ...]) -> bool:
        self._steps = min(STEPS_OF_ITEM, self._left)
        before = self._steps
        found = self._solve(guards, {})
        self._left -= before - self._steps
        return found

    def _solve(
        self, pending: tuple[Guard, ...], chosen: dict[int, tuple[Wanted, ...]], reached: int = 0, followed: int = 0
    ) -> bool:
        """Whether the guards can all be met.

        `chosen` is what questions have to be, by number; `reached` those that need an answer, `followed` those of them
        the way to which is among the guards.
        """
        if not pending or self._steps <= 0:
            return True
        self._steps -= 1
        first, *rest = pending
        for way in first.ways():
            merged = dict(chosen)
            for literal in way:
                number = self.walk.by_id[literal[0].question].number
                merged[number] = (*merged.get(number, ()), literal)
            needed = self._needed(merged, {self.walk.by_id[literal[0].question].number for literal in way})
            if needed is None:
                continue
            following = self._meddled_with(merged, reached | needed, followed)
            more = chain.from_iterable(self._guards_to(number) for number in _members(following))
            if self._solve((*rest, *more), merged, reached | needed, followed | following):
                return True
        return False

    def _needed(self, chosen: dict[int, tuple[Wanted, ...]], touched: set[int]) -> int | None:
        """The questions among those touched that must have an answer; None where that cannot be."""
        needed = 0
        for number in touched:
            unanswered, answered = self._outcomes(self.walk.placed[number], chosen[number], ending=False)
            if not unanswered:
                if not (answered and self.reachable[number]):
                    return None
                needed |= 1 << number
        return needed

    def _outcomes(self, question: Placed, literals: Iterable[Wanted], *, ending: bool) -> tuple[bool, bool]:
        """Whether comparisons with one question can come out as told without an answer, and with one."""
        asked = tuple(literals)
        answers = self._tried(question, (condition for condition, _ in asked), ending=ending)
        if answers is None:
            return True, True
        unanswered = all(holds(condition, None) is wanted for condition, wanted in asked)
        answered = any(all(holds(condition, value) is wanted for condition, wanted in asked) for value in answers)
        return unanswered, answered

    def _tried(self, question: Placed, conditions: Iterable[Condition], *, ending: bool) -> tuple[Value, ...] | None:
        """The answers to try; None where they cannot be listed, as those of a question that is asked again."""
        if any(around.item.repeats for around in (*self.walk.around(question), question)):
            return None
        return _answers(question.item, conditions, ending=ending)

    def _meddled_with(self, chosen: dict[int, tuple[Wanted, ...]], reached: int, followed: int) -> int:
        """The questions reached, not followed yet, on whose way something else is decided too."""
        asked = sum(1 << number for number in chosen)
        found = 0
        for number in _members(reached & ~followed):
            others = asked
            for other in _members(reached & ~(1 << number)):
                others |= self._cones[other]
            if self._cones[number] & others:
                found |= 1 << number
        return found


def route_findings(routes: Routes) -> Iterator[Finding]:
    """Conditions that can never hold, and items that nobody can come to although each condition could hold."""
    walk = routes.walk
    for placed in walk.placed:
        here = (*placed.path, "enable_when")
        impossible = routes.impossible(placed)
        if impossible is not None:
            for number in impossible:
                question = placed.item.enable_when[number].question
                yield Finding("questionnaire.never-holds", (*here, number), {"question": question})
            if not impossible:
                yield Finding("questionnaire.never-together", here, {"id": placed.item.id})
            continue
        above = walk.around(placed)
        if not routes.reachable[placed.number] and (not above or routes.reachable[above[-1].number]):
            yield Finding("questionnaire.unreachable", here, {"id": placed.item.id})


def _answers(item: Item, conditions: Iterable[Condition], *, ending: bool) -> tuple[Value, ...] | None:
    """The answers that make a difference to conditions; None where they cannot be listed.

    Without `ending` the consent options that end the conversation are left out: nobody comes further with them.
    """
    asked = tuple(conditions)
    if all(condition.operator is Operator.ANSWERED for condition in asked):
        return ("x",)
    match item.type:
        case ItemType.CHOICE | ItemType.YES_NO:
            return tuple(option.code for option in item.options if ending or option.ends is None)
        case ItemType.CHOICES:
            return _sets(item, asked)
        case ItemType.SCALE | ItemType.INTEGER | ItemType.DECIMAL | ItemType.DATE | ItemType.TIME:
            limits = (limit for limit in (item.minimum, item.maximum) if limit is not None)
            named = (condition.answer for condition in asked if not isinstance(condition.answer, bool))
            tried = dict.fromkeys(chain(limits, chain.from_iterable(_near(item, answer) for answer in named)))
            return tuple(value for value in tried if not beyond(item, value))
        case _:
            return None


def _near(item: Item, answer: str | int) -> Iterator[str | int]:
    """What a question is compared with, and the answers just below and just above it."""
    yield answer
    if isinstance(answer, int):
        yield from (answer - 1, answer + 1)
        return
    for step in (-1, 1):
        try:
            near = _stepped(item, answer, step)
        except (ValueError, OverflowError):
            continue
        if near is not None:
            yield near


def _stepped(item: Item, answer: str, step: int) -> str | None:
    """The kept form of the decimal number, date or time one step from another."""
    if item.type is ItemType.DECIMAL:
        return kept_decimal(f"{Decimal(answer) + step * Decimal(10) ** -(item.decimals or MOST_DECIMALS):f}")
    if item.type is ItemType.DATE:
        return (date.fromisoformat(answer) + timedelta(days=step)).isoformat()
    moment = datetime.combine(date.min + timedelta(days=1), time.fromisoformat(answer)) + timedelta(minutes=step)
    return f"{moment:%H:%M}" if moment.day == 2 else None


def _sets(item: Item, conditions: tuple[Condition, ...]) -> tuple[Value, ...] | None:
    """Each option alone, and those the conditions name together in every way; None where these are too many."""
    named = {condition.answer for condition in conditions}
    together = [option.code for option in item.options if option.code in named and not option.exclusive]
    if len(together) > MOST_NAMED:
        return None
    several = (combinations(together, size) for size in range(2, len(together) + 1))
    return (*((option.code,) for option in item.options), *chain.from_iterable(several))


def _members(bits: int) -> Iterator[int]:
    while bits:
        lowest = bits & -bits
        yield lowest.bit_length() - 1
        bits ^= lowest
