"""B2: conditions that can never hold, that always do, and items nobody can reach, against every way to answer a form."""

from collections.abc import Iterator
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interview.questionnaire.conditions import applies
from interview.questionnaire.findings import Walk
from interview.questionnaire.models import Item, ItemType, Operator, Questionnaire, Value
from interview.questionnaire.routing import Routes, route_findings
from tests.session.forms import choice, item, options, questionnaire, when
from tests.session.generated import conditions

ANSWERS: dict[ItemType, tuple[Value | None, ...]] = {
    ItemType.CHOICE: (None, "a", "b"),
    ItemType.CHOICES: (None, ("a",), ("b",), ("a", "b"), ("none",)),
    ItemType.SCALE: (None, 0, 1, 2, 3),
    ItemType.TEXT: (None, "x"),
}


@st.composite
def small_forms(draw: st.DrawFn) -> Questionnaire:
    """Up to five questions and a group, each with conditions on those before: few enough to try every answer."""
    earlier: list[Item] = []
    made: list[Item] = []
    for number in range(draw(st.integers(2, 5))):
        more: dict[str, object] = {}
        if earlier and draw(st.booleans()):
            guard = tuple(draw(st.lists(conditions(earlier), min_size=1, max_size=3)))
            more |= {"enable_when": guard, "enable_behavior": draw(st.sampled_from(["all", "any"][: len(guard)]))}
        type_ = draw(st.sampled_from(list(ANSWERS)))
        extra: dict[str, object] = {
            ItemType.CHOICE: {"options": options("a", "b")},
            ItemType.CHOICES: {"options": options("a", "b", "none", exclusive="none")},
            ItemType.SCALE: {"minimum": 0, "maximum": 3},
            ItemType.TEXT: {"max_length": 20},
        }[type_]
        asked = item(f"q{number}", type_, **more, **extra)
        earlier.append(asked)
        grouped = number and draw(st.booleans())
        if grouped and made[-1].type is ItemType.GROUP:
            made[-1] = made[-1].model_copy(update={"items": (*made[-1].items, asked)})
        elif grouped:
            guard = tuple(draw(st.lists(conditions(earlier[:-1]), min_size=1, max_size=2)))
            made.append(item(f"g{number}", ItemType.GROUP, items=(asked,), enable_when=guard))
        else:
            made.append(asked)
    return questionnaire(*made)


def ways(form: Questionnaire) -> Iterator[dict[str, Value]]:
    """The answers that count after every way to answer, with what is routed past left out."""
    questions = form.questions()
    for values in product(*(ANSWERS[question.type] for question in questions)):
        told = dict(zip((question.id for question in questions), values, strict=True))
        counted: dict[str, Value] = {}
        _walk(form.items, told, counted)
        yield counted


def _walk(items: tuple[Item, ...], told: dict[str, Value | None], counted: dict[str, Value]) -> None:
    for each in items:
        if applies(each, counted.get):
            counted[f"reached {each.id}"] = 1
            value = told.get(each.id)
            if value is not None:
                counted[each.id] = value
            _walk(each.items, told, counted)


@given(small_forms())
def test_reachable_and_always_are_what_trying_every_answer_finds(form: Questionnaire) -> None:
    walk = Walk(form)
    routes = Routes(walk)
    every = list(ways(form))
    for placed in walk.placed:
        id_ = placed.item.id
        reached = [way for way in every if f"reached {id_}" in way]
        assert routes.reachable[placed.number] == bool(reached), id_
        if placed.item.enable_when and reached:
            above = walk.around(placed)
            come = [way for way in every if not above or f"reached {above[-1].item.id}" in way]
            assert routes.always(placed) == (len(come) == len(reached)), id_


def codes(*items: Item) -> list[tuple[str, str]]:
    """What is found in a form, by code and id."""
    walk = Walk(questionnaire(*items))
    return [
        (finding.code.removeprefix("questionnaire."), str(next(iter(finding.facts.values()))))
        for finding in route_findings(Routes(walk))
    ]


def test_what_lies_in_a_section_nobody_reaches_is_told_once() -> None:
    inner = (choice("Q3"), choice("Q4", enable_when=(when("Q3", "yes"),)))
    found = codes(
        choice("Q1"),
        choice("Q2", enable_when=(when("Q1", "yes"),)),
        item("G", ItemType.GROUP, items=inner, enable_when=(when("Q1", "no"), when("Q2", "yes"))),
    )
    assert found == [("unreachable", "G")]


def test_a_contradiction_two_questions_away_is_found() -> None:
    found = codes(
        choice("Q1"),
        choice("Q2", enable_when=(when("Q1", "yes"),)),
        choice("Q3", enable_when=(when("Q1", "no"),)),
        choice("Q4", enable_when=(when("Q2", "yes"), when("Q3", "yes"))),
        choice("Q5", enable_when=(when("Q2", "yes"), when("Q3", "yes")), enable_behavior="any"),
    )
    assert found == [("unreachable", "Q4")]


@pytest.mark.parametrize("operator", [Operator.LESS_THAN, Operator.MORE_THAN])
def test_a_comparison_beyond_the_scale_never_holds(operator: Operator) -> None:
    end = 0 if operator is Operator.LESS_THAN else 10
    found = codes(
        item("F1", ItemType.SCALE, minimum=0, maximum=10), choice("Q2", enable_when=(when("F1", end, operator),))
    )
    assert found == [("never-holds", "F1")]


@pytest.mark.parametrize(
    ("type_", "limits", "comparisons", "found"),
    [
        (ItemType.INTEGER, {}, (("more-than", 3), ("less-than", 4)), "never-together"),
        (ItemType.INTEGER, {}, (("more-than", 3), ("less-than", 5)), None),
        (ItemType.DECIMAL, {"decimals": 1}, (("more-than", "3"), ("less-than", "3.1")), "never-together"),
        (ItemType.DECIMAL, {"decimals": 2}, (("more-than", "3"), ("less-than", "3.1")), None),
        (ItemType.DATE, {"minimum": "2026-01-01"}, (("less-than", "2026-01-01"),), "never-holds"),
        (ItemType.DATE, {}, (("more-than", "2026-02-28"), ("less-than", "2026-03-02")), None),
        (ItemType.DATE, {}, (("more-than", "2026-02-28"), ("less-than", "2026-03-01")), "never-together"),
        (ItemType.TIME, {}, (("more-than", "23:59"),), "never-holds"),
        (ItemType.TIME, {}, (("less-than", "00:01"),), None),
        (ItemType.INTEGER, {"max_repeats": 3}, (("is", 3), ("is", 4)), None),
    ],
)
def test_b1_numbers_dates_and_times_are_compared_in_their_own_steps(
    type_: ItemType, limits: dict[str, object], comparisons: tuple[tuple[str, str | int], ...], found: str | None
) -> None:
    guard = tuple(when("V", answer, Operator(operator)) for operator, answer in comparisons)
    told = [code for code, _ in codes(item("V", type_, **limits), choice("Q", enable_when=guard))]
    assert told == ([] if found is None else [found])


def test_a_form_made_to_be_hard_is_given_up_not_hung_on() -> None:
    """Whoever writes fifty questions that each ask for either of two contradictions waits no longer than for others."""
    first = [choice(f"a{number}") for number in range(30)]
    hard = [
        choice(
            f"b{number}",
            enable_when=tuple(when(f"a{(number * 7 + step) % 30}", "yes" if step % 2 else "no") for step in range(10)),
            enable_behavior="any",
        )
        for number in range(30)
    ]
    last = choice("z", enable_when=tuple(when(f"b{number}", "yes") for number in range(30)))
    routes = Routes(Walk(questionnaire(*first, *hard, last)))
    assert all(routes.reachable)
