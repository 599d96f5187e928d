"""A5: all comparison operators of FHIR R5 `enableWhen`, `any` and `all`; no condition ever sees a missing code (P9)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interview.questionnaire.conditions import applies, holds
from interview.questionnaire.models import Condition, Item, ItemType, Operator, Value

NO_ANSWER = (None, "", ())


def compare(operator: Operator, answer: str | int | bool) -> Condition:
    """A comparison with the question Q."""
    return Condition(question="Q", operator=operator, answer=answer)


@pytest.mark.parametrize(
    ("operator", "answer", "value", "expected"),
    [
        (Operator.IS, "a", "a", True),
        (Operator.IS, "a", "b", False),
        (Operator.IS, "a", None, False),
        (Operator.IS, "a", ("b", "a"), True),
        (Operator.IS, "a", ("b",), False),
        (Operator.IS, 5, 5, True),
        (Operator.IS, 0, 0, True),
        (Operator.IS, "5", 5, False),
        (Operator.IS, True, 1, False),
        (Operator.IS_NOT, "a", "a", False),
        (Operator.IS_NOT, "a", "b", True),
        (Operator.IS_NOT, "a", None, True),
        (Operator.IS_NOT, "a", ("b", "a"), False),
        (Operator.IS_NOT, "a", ("b",), True),
        (Operator.IS_NOT, "a", (), True),
        (Operator.ANSWERED, True, "a", True),
        (Operator.ANSWERED, True, 0, True),
        (Operator.ANSWERED, True, None, False),
        (Operator.ANSWERED, True, "", False),
        (Operator.ANSWERED, True, (), False),
        (Operator.ANSWERED, False, None, True),
        (Operator.ANSWERED, False, "a", False),
        (Operator.MORE_THAN, 5, 6, True),
        (Operator.MORE_THAN, 5, 5, False),
        (Operator.LESS_THAN, 5, 4, True),
        (Operator.LESS_THAN, 5, 5, False),
        (Operator.AT_LEAST, 5, 5, True),
        (Operator.AT_LEAST, 5, 4, False),
        (Operator.AT_MOST, 5, 5, True),
        (Operator.AT_MOST, 5, 6, False),
        (Operator.MORE_THAN, 5, None, False),
        (Operator.LESS_THAN, 5, None, False),
        (Operator.AT_MOST, 5, "4", False),
        (Operator.AT_LEAST, 5, ("a",), False),
    ],
)
def test_a_comparison_holds_as_fhir_says(
    operator: Operator, answer: str | int | bool, value: Value | None, expected: bool
) -> None:
    assert holds(compare(operator, answer), value) is expected


@given(st.sampled_from(["a", "b"]), st.one_of(st.none(), st.sampled_from(["a", "b"]), st.just(()), st.just(("a", "b"))))
def test_is_not_is_the_opposite_of_is(answer: str, value: Value | None) -> None:
    assert holds(compare(Operator.IS, answer), value) != holds(compare(Operator.IS_NOT, answer), value)


@given(st.integers(-3, 3), st.integers(-3, 3))
def test_numbers_are_ordered_one_way(answer: int, value: int) -> None:
    more, most = holds(compare(Operator.MORE_THAN, answer), value), holds(compare(Operator.AT_MOST, answer), value)
    less, least = holds(compare(Operator.LESS_THAN, answer), value), holds(compare(Operator.AT_LEAST, answer), value)
    assert (more, less, most, least) == (value > answer, value < answer, not value > answer, not value < answer)


@pytest.mark.parametrize("nothing", NO_ANSWER)
def test_without_an_answer_only_is_not_and_not_answered_hold(nothing: Value | None) -> None:
    """A question that was declined, unknown, not applicable or routed past looks like this to a condition."""
    for operator in (Operator.IS, Operator.MORE_THAN, Operator.LESS_THAN, Operator.AT_LEAST, Operator.AT_MOST):
        assert not holds(compare(operator, 0), nothing)
        assert not holds(compare(operator, "asked-unknown"), nothing)
    assert holds(compare(Operator.IS_NOT, "a"), nothing)
    assert holds(compare(Operator.ANSWERED, False), nothing)


def item(behavior: str, *conditions: Condition) -> Item:
    """A question asked under these conditions."""
    asked = {"id": "X", "type": ItemType.TEXT, "text": {"sv": "X"}, "max_length": 5}
    return Item.model_validate({**asked, "enable_when": conditions, "enable_behavior": behavior})


def test_any_needs_one_and_all_need_every_condition() -> None:
    first, second = compare(Operator.IS, "a"), Condition(question="R", operator=Operator.IS, answer="b")
    answers = {"Q": "a", "R": "x"}
    assert applies(item("any", first, second), answers.get)
    assert not applies(item("all", first, second), answers.get)
    assert applies(item("all", first, second), {"Q": "a", "R": "b"}.get)
    assert not applies(item("any", first, second), {}.get)


def test_without_conditions_an_item_always_applies() -> None:
    assert applies(item("all"), {}.get)
    assert applies(item("any"), {}.get)
