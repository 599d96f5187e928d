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
        elif named.number > number:
            yield Finding("questionnaire.condition-on-later", (*here, "question"), there, (*named.path, "id"))
        else:
            yield from _comparison(placed, index, named)


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
    elif question.type is ItemType.SCALE:
        if isinstance(answer, bool) or not isinstance(answer, int):
            yield Finding("questionnaire.answer-not-a-number", (*here, "answer"), facts, (*named.path, "type"))
        elif not (question.minimum or 0) <= answer <= (question.maximum or answer):
            facts = {"question": question.id, "least": question.minimum or 0, "most": question.maximum or answer}
            yield Finding("questionnaire.answer-beyond-scale", (*here, "answer"), facts)
    elif not isinstance(answer, str) or all(answer != option.code for option in question.options):
        code, words = unknown(UNKNOWN_OPTION, str(answer), (option.code for option in question.options))
        yield Finding(code, (*here, "answer"), {**words, "question": question.id}, (*named.path, "options"))
