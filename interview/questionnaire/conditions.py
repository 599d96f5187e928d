"""When a question is asked: conditions over the answers of earlier questions, with the semantics of HL7 FHIR R5.

FHIR R5 `Questionnaire.item.enableWhen` and `enableBehavior`. A missing code is no answer: to a condition, a question
with one is unanswered, and so is a question that does not apply. Whoever looks answers up gives None for all of these.
"""

import operator
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Final

from interview.questionnaire.kept import in_order
from interview.questionnaire.models import Condition, Item, Operator, Value

Answered = Value | tuple[str | int, ...]
"""An answer, or the answers of all repetitions of a question taken together."""
_Ordered = tuple[str, Decimal, str]
_ORDER: Final[Mapping[Operator, Callable[[_Ordered, _Ordered], bool]]] = {
    Operator.MORE_THAN: operator.gt,
    Operator.LESS_THAN: operator.lt,
    Operator.AT_LEAST: operator.ge,
    Operator.AT_MOST: operator.le,
}


def holds(condition: Condition, value: Answered | None) -> bool:
    """Whether one comparison holds for the answer `value` of the question it names; None is unanswered.

    Of several answers one that equals is enough for `is`, and one that is more for `more-than`; `is-not` holds when
    none equals, also when unanswered. Numbers, dates and times have an order, each with its own kind, and what is
    unanswered is neither more nor less than anything.
    """
    if condition.operator is Operator.ANSWERED:
        return _is_answer(value) == condition.answer
    if condition.operator is Operator.IS:
        return _equals(value, condition.answer)
    if condition.operator is Operator.IS_NOT:
        return not _equals(value, condition.answer)
    several = value if isinstance(value, tuple) else (value,)
    return any(_compares(_ORDER[condition.operator], one, condition.answer) for one in several)


def applies(item: Item, lookup: Callable[[str], Answered | None]) -> bool:
    """Whether the item's own conditions hold; `lookup` gives the answer of the question with an id, None without one.

    What holds for the group around an item is for the caller to ask of the group.
    """
    if not item.enable_when:
        return True
    met = (holds(condition, lookup(condition.question)) for condition in item.enable_when)
    return any(met) if item.enable_behavior == "any" else all(met)


def _is_answer(value: Answered | None) -> bool:
    return value is not None and value not in ("", ())


def _equals(value: Answered | None, answer: str | int | bool) -> bool:
    several = value if isinstance(value, tuple) else (value,)
    return any(type(one) is type(answer) and one == answer for one in several)


def _compares(order: Callable[[_Ordered, _Ordered], bool], value: str | int | None, answer: str | int) -> bool:
    one, other = in_order(value), in_order(answer)
    return one is not None and other is not None and one[0] == other[0] and order(one, other)
