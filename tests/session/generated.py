"""Forms nobody wrote, for the property tests: nested groups, every type, every operator, every role and proxy rule."""

from hypothesis import strategies as st

from interview.questionnaire.models import Condition, Item, ItemType, Operator, Questionnaire, Role
from interview.questionnaire.standard_words import yes_no_options
from tests.session.forms import item, opening, options, questionnaire, text

ORDERED = (Operator.MORE_THAN, Operator.LESS_THAN, Operator.AT_LEAST, Operator.AT_MOST)
TYPES = (*ItemType, ItemType.CHOICE, ItemType.CHOICE, ItemType.GROUP)
LIMITS: dict[ItemType, tuple[int | str, ...]] = {
    ItemType.SCALE: (0, 3),
    ItemType.INTEGER: (-2, 2),
    ItemType.DECIMAL: ("-0.5", "0.5"),
    ItemType.DATE: ("2026-11-01", "2026-11-04"),
    ItemType.TIME: ("08:00", "08:03"),
}
BETWEEN: dict[ItemType, tuple[int | str, ...]] = {
    ItemType.SCALE: (0, 1, 2, 3),
    ItemType.INTEGER: (-2, -1, 0, 1, 2),
    ItemType.DECIMAL: ("-0.5", "-0.25", "0", "0.1", "0.5"),
    ItemType.DATE: ("2026-11-01", "2026-11-02", "2026-11-04"),
    ItemType.TIME: ("08:00", "08:01", "08:03"),
}


@st.composite
def conditions(draw: st.DrawFn, earlier: list[Item]) -> Condition:
    """A condition on one of the questions before."""
    tested = draw(st.sampled_from(earlier))
    operators: list[Operator] = [Operator.ANSWERED]
    if tested.type in LIMITS:
        operators += ORDERED
    if tested.type not in (ItemType.TEXT, ItemType.LINE):
        operators += [Operator.IS, Operator.IS_NOT]
    operator = draw(st.sampled_from(operators))
    answer: str | int | bool
    if operator is Operator.ANSWERED:
        answer = draw(st.booleans())
    elif tested.type in LIMITS:
        answer = draw(st.sampled_from(BETWEEN[tested.type]))
    else:
        answer = draw(st.sampled_from([option.code for option in tested.options]))
    return Condition(question=tested.id, operator=operator, answer=answer)


@st.composite
def answers(draw: st.DrawFn, type_: ItemType) -> dict[str, object]:
    """What a question of a type is answered with."""
    if type_ in LIMITS:
        low, high = LIMITS[type_]
        return {"minimum": low, "maximum": high}
    if type_ is ItemType.YES_NO:
        return {"options": yes_no_options(("sv", "en"))}
    if type_ in (ItemType.CHOICE, ItemType.CHOICES):
        offered = options("a", "b", "c", exclusive="c" if type_ is ItemType.CHOICES else "")
        more = {name: text(said) for name, said in (("open", "what?"), ("proxy", "NN's")) if draw(st.booleans())}
        return {"options": (*offered[:2], offered[2].model_copy(update=more))}
    return {"max_length": 20}


@st.composite
def items(draw: st.DrawFn, earlier: list[Item], taken: list[str], depth: int, repeated: bool = False) -> Item:
    """One item; its conditions look at the questions in `earlier`, to which it adds itself."""
    allowed = [type_ for type_ in TYPES if type_ is not ItemType.GROUP or depth < 2]
    type_ = draw(st.sampled_from(allowed))
    id_ = f"q{len(taken)}"
    taken.append(id_)
    more: dict[str, object] = {"proxy": draw(st.sampled_from(["same", "same", "not-asked", "only", text("NN")]))}
    if earlier and draw(st.booleans()):
        more["enable_when"] = tuple(draw(st.lists(conditions(earlier), min_size=1, max_size=3)))
        more["enable_behavior"] = draw(st.sampled_from(["all", "any"]))
    if type_ is not ItemType.DISPLAY and not repeated and draw(st.integers(0, 4)) == 0:
        more |= {"max_repeats": draw(st.integers(2, 3)), "another": text("another")}
    if type_ is ItemType.GROUP:
        repeated = repeated or "max_repeats" in more
        inner = [draw(items(earlier, taken, depth + 1, repeated)) for _ in range(draw(st.integers(1, 4)))]
        if "max_repeats" in more and not any(one.is_question for group in inner for one in (group, *group.items)):
            inner.append(item(f"{id_}x", ItemType.LINE))
        return item(id_, type_, items=tuple(inner), **more)
    if type_ is ItemType.DISPLAY:
        return item(id_, type_, **more)
    more |= {name: draw(st.booleans()) for name in ("core", "not_applicable", "required")}
    made = item(id_, type_, **more, **draw(answers(type_)))
    earlier.append(made)
    return made


@st.composite
def questionnaires(draw: st.DrawFn) -> Questionnaire:
    """A questionnaire with or without an opening that asks for consent and who answers, and an improvement text."""
    first = opening() if draw(st.booleans()) else ()
    earlier = [question for question in first if question.is_question and question.role is not Role.CONSENT]
    taken: list[str] = []
    made = [draw(items(earlier, taken, 0)) for _ in range(draw(st.integers(1, 7)))]
    last = (item("F2", ItemType.TEXT, max_length=50, core=True, role=Role.IMPROVEMENT),) if draw(st.booleans()) else ()
    return questionnaire(*first, *made, *last)
