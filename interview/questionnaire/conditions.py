"""When a question is asked: conditions over the answers of earlier questions, with the semantics of HL7 FHIR R5.

FHIR R5 `Questionnaire.item.enableWhen` and `enableBehavior`. A missing code is no answer: to a condition, a question
with one is unanswered, and so is a question that does not apply. Whoever looks answers up gives None for all of these.
"""

import operator
from collections.abc import Callable, Mapping
from typing import Final

from interview.questionnaire.models import Condition, Item, Operator, Value

_ORDER: Final[Mapping[Operator, Callable[[int, int], bool]]] = {
    Operator.MORE_THAN: operator.gt,
    Operator.LESS_THAN: operator.lt,
    Operator.AT_LEAST: operator.ge,
    Operator.AT_MOST: operator.le,
}


def holds(condition: Condition, value: Value | None) -> bool:
    """Whether one comparison holds for the answer `value` of the question it names; None is unanswered.

    Of several chosen answers one that equals is enough for `is`; `is-not` holds when none equals, also when unanswered.
    Only whole numbers have an order, and what is unanswered is neither more nor less than anything.
    """
    if condition.operator is Operator.ANSWERED:
        return _is_answer(value) == condition.answer
    if condition.operator is Operator.IS:
        return _equals(value, condition.answer)
    if condition.operator is Operator.IS_NOT:
        return not _equals(value, condition.answer)
    if not isinstance(value, int) or not isinstance(condition.answer, int):
        return False
    return _ORDER[condition.operator](value, condition.answer)


def applies(item: Item, lookup: Callable[[str], Value | None]) -> bool:
    """Whether the item's own conditions hold; `lookup` gives the answer of the question with an id, None without one.

    What holds for the group around an item is for the caller to ask of the group.
    """
    if not item.enable_when:
        return True
    met = (holds(condition, lookup(condition.question)) for condition in item.enable_when)
    return any(met) if item.enable_behavior == "any" else all(met)


def _is_answer(value: Value | None) -> bool:
    return value is not None and value not in ("", ())


def _equals(value: Value | None, answer: str | int | bool) -> bool:
    if isinstance(value, tuple):
        return answer in value
    return value is not None and type(value) is type(answer) and value == answer
