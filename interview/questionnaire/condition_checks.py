"""What is wrong with conditions: they look back, at a question, for an answer that it takes."""

from collections.abc import Iterator
from typing import Final

from interview.questionnaire.findings import (
    IDS,
    MISSING_CODES,
    UNKNOWN_OPTION,
    UNKNOWN_QUESTION,
    Finding,
    Placed,
    Walk,
    unknown,
)
from interview.questionnaire.kept import EXAMPLES, below, beyond, in_order, is_kept
from interview.questionnaire.models import Item, ItemType, Operator

_OPERATORS: Final[dict[ItemType, frozenset[Operator]]] = {
    ItemType.CHOICE: frozenset((Operator.ANSWERED, Operator.IS, Operator.IS_NOT)),
    ItemType.CHOICES: frozenset((Operator.ANSWERED, Operator.IS, Operator.IS_NOT)),
    ItemType.YES_NO: frozenset((Operator.ANSWERED, Operator.IS, Operator.IS_NOT)),
    **{item_type: frozenset(Operator) for item_type in EXAMPLES},
    ItemType.LINE: frozenset((Operator.ANSWERED,)),
    ItemType.TEXT: frozenset((Operator.ANSWERED,)),
}


def condition_findings(placed: Placed, walk: Walk) -> Iterator[Finding]:
    """What is wrong with the conditions of one item: whom they ask, in which order, and for what."""
    item, path, number, _ = placed
    if item.enable_behavior == "any" and len(item.enable_when) < 2:
        yield Finding("questionnaire.any-of-one", (*path, "enable_when"), {"id": item.id})
    for index, condition in enumerate(item.enable_when):
        here = (*path, "enable_when", index)
        named = walk.by_id.get(condition.question)
        if named is None:
            code, facts = unknown(UNKNOWN_QUESTION, condition.question, walk.question_ids)
            yield Finding(code, (*here, "question"), facts, IDS)
            continue
        there: dict[str, str | int] = {"question": named.item.id}
        if not named.item.is_question:
            yield Finding("questionnaire.condition-on-no-question", (*here, "question"), there, (*named.path, "type"))
        elif named.number == number:
            yield Finding("questionnaire.condition-on-itself", (*here, "question"), there)
        elif circle := _circle(placed, named, walk):
            facts = {"question": named.item.id, "circle": " → ".join(circle)}
            yield Finding("questionnaire.circular-condition", (*here, "question"), facts, (*named.path, "id"))
        elif named.number > number:
            yield Finding("questionnaire.condition-on-later", (*here, "question"), there, (*named.path, "id"))
        else:
            yield from _comparison(placed, index, named)


def _circle(placed: Placed, named: Placed, walk: Walk) -> list[str]:
    """The ids from an item over the later question it names back to itself; empty where there is no such circle."""
    if named.number < placed.number:
        return []
    came_from: dict[int, Placed | None] = {named.number: None}
    pending = [named]
    while pending:
        here = pending.pop()
        guards = (*walk.around(here), here)
        if any(guard.number == placed.number for guard in guards):
            last = came_from[here.number] if here.number == placed.number else here
            return [placed.item.id, *_way_to(last, came_from), placed.item.id]
        for condition in (condition for guard in guards for condition in guard.item.enable_when):
            following = walk.by_id.get(condition.question)
            if following is not None and following.number not in came_from:
                came_from[following.number] = here
                pending.append(following)
    return []


def _way_to(last: Placed | None, came_from: dict[int, Placed | None]) -> list[str]:
    way: list[str] = []
    step = last
    while step is not None:
        way.append(step.item.id)
        step = came_from[step.number]
    return way[::-1]


def _comparison(placed: Placed, index: int, named: Placed) -> Iterator[Finding]:
    """Whether the comparison fits the type and the answers of the question it names."""
    condition, here = placed.item.enable_when[index], (*placed.path, "enable_when", index)
    question, answer, operator = named.item, condition.answer, condition.operator
    facts: dict[str, str | int] = {"question": question.id, "type": question.type.value, "operator": operator.value}
    if operator not in _OPERATORS[question.type]:
        yield Finding("questionnaire.operator-does-not-fit", (*here, "operator"), facts, (*named.path, "type"))
    elif operator is Operator.ANSWERED:
        if not isinstance(answer, bool):
            yield Finding("questionnaire.answered-not-yes-or-no", (*here, "answer"), facts)
    elif answer in MISSING_CODES:
        yield Finding("questionnaire.condition-on-missing", (*here, "answer"), {"word": str(answer)})
    elif question.type in EXAMPLES:
        if not is_kept(question.type, answer):
            facts["example"] = EXAMPLES[question.type]
            yield Finding("questionnaire.answer-of-other-type", (*here, "answer"), facts, (*named.path, "type"))
        elif beyond(question, answer) and _is_range(question):
            low, high = question.minimum, question.maximum
            facts = {"question": question.id, "least": _shown(low), "most": _shown(high)}
            limit = "minimum" if below(question, answer) else "maximum"
            yield Finding("questionnaire.answer-beyond-limits", (*here, "answer"), facts, (*named.path, limit))
    elif not isinstance(answer, str) or all(answer != option.code for option in question.options):
        code, words = unknown(UNKNOWN_OPTION, str(answer), (option.code for option in question.options))
        yield Finding(code, (*here, "answer"), {**words, "question": question.id}, (*named.path, "options"))


def _is_range(question: Item) -> bool:
    """Whether the limits of a question leave room for an answer; where not, that is told already."""
    low, high = in_order(question.minimum), in_order(question.maximum)
    return low is None or high is None or low < high


def _shown(limit: int | str | None) -> int | str:
    return "…" if limit is None else limit
