"""What is wrong with conditions: they look back, at a question, for an answer that it takes."""

from collections.abc import Iterator
from typing import Final

from interview.questionnaire.findings import MISSING_CODES, Finding, Placed, Walk, unknown
from interview.questionnaire.models import ItemType, Operator

_OPERATORS: Final[dict[ItemType, frozenset[Operator]]] = {
    ItemType.CHOICE: frozenset((Operator.ANSWERED, Operator.IS, Operator.IS_NOT)),
    ItemType.CHOICES: frozenset((Operator.ANSWERED, Operator.IS, Operator.IS_NOT)),
    ItemType.SCALE: frozenset(Operator),
    ItemType.TEXT: frozenset((Operator.ANSWERED,)),
}


def condition_findings(placed: Placed, walk: Walk) -> Iterator[Finding]:
    """What is wrong with the conditions of one item: whom they ask, in which order, and for what."""
    item, path, number, _ = placed
    if item.enable_behavior == "any" and len(item.enable_when) < 2:
        yield Finding("any-of-one", (*path, "enable_when"), {"id": item.id})
    for index, condition in enumerate(item.enable_when):
        here = (*path, "enable_when", index)
        named = walk.by_id.get(condition.question)
        if named is None:
            what, facts = unknown("question", condition.question, walk.question_ids)
            yield Finding(what, (*here, "question"), facts, ("items",))
        elif not named.item.is_question:
            yield Finding("condition-on-no-question", (*here, "question"), {"question": named.item.id}, named.path)
        elif named.number == number:
            yield Finding("condition-on-itself", (*here, "question"), {"question": named.item.id})
        elif named.number > number:
            yield Finding("condition-on-later", (*here, "question"), {"question": named.item.id}, (*named.path, "id"))
        else:
            yield from _comparison(placed, index, named)


def _comparison(placed: Placed, index: int, named: Placed) -> Iterator[Finding]:
    """Whether the comparison fits the type and the answers of the question it names."""
    condition, here = placed.item.enable_when[index], (*placed.path, "enable_when", index)
    question, answer, operator = named.item, condition.answer, condition.operator
    facts: dict[str, str | int] = {"question": question.id, "type": question.type.value, "operator": operator.value}
    if operator not in _OPERATORS[question.type]:
        yield Finding("operator-does-not-fit", (*here, "operator"), facts, (*named.path, "type"))
    elif operator is Operator.ANSWERED:
        if not isinstance(answer, bool):
            yield Finding("answered-not-yes-or-no", (*here, "answer"), facts)
    elif answer in MISSING_CODES:
        yield Finding("condition-on-missing", (*here, "answer"), {"word": str(answer)})
    elif question.type is ItemType.SCALE:
        if isinstance(answer, bool) or not isinstance(answer, int):
            yield Finding("answer-not-a-number", (*here, "answer"), facts, (*named.path, "type"))
        elif not (question.minimum or 0) <= answer <= (question.maximum or answer):
            facts = {"question": question.id, "least": question.minimum or 0, "most": question.maximum or answer}
            yield Finding("answer-beyond-scale", (*here, "answer"), facts, named.path)
    elif not isinstance(answer, str) or all(answer != option.code for option in question.options):
        what, words = unknown("option", str(answer), (option.code for option in question.options))
        yield Finding(what, (*here, "answer"), {**words, "question": question.id}, (*named.path, "options"))
