"""Forms nobody wrote, for the property tests: nested groups, every type, every operator, every role and proxy rule."""

from hypothesis import strategies as st

from interview.questionnaire.models import Condition, Item, ItemType, Operator, Questionnaire, Role
from tests.session.forms import choice, item, opening, options, questionnaire, text

ORDERED = (Operator.MORE_THAN, Operator.LESS_THAN, Operator.AT_LEAST, Operator.AT_MOST)
TYPES = (ItemType.CHOICE, ItemType.CHOICES, ItemType.SCALE, ItemType.TEXT, ItemType.DISPLAY, ItemType.GROUP)


@st.composite
def conditions(draw: st.DrawFn, earlier: list[Item]) -> Condition:
    """A condition on one of the questions before."""
    tested = draw(st.sampled_from(earlier))
    operators: list[Operator] = [Operator.ANSWERED]
    if tested.type is ItemType.SCALE:
        operators += ORDERED
    if tested.type is not ItemType.TEXT:
        operators += [Operator.IS, Operator.IS_NOT]
    operator = draw(st.sampled_from(operators))
    answer: str | int | bool
    if operator is Operator.ANSWERED:
        answer = draw(st.booleans())
    elif tested.type is ItemType.SCALE:
        answer = draw(st.integers(0, 3))
    else:
        answer = draw(st.sampled_from([option.code for option in tested.options]))
    return Condition(question=tested.id, operator=operator, answer=answer)


@st.composite
def items(draw: st.DrawFn, earlier: list[Item], taken: list[str], depth: int) -> Item:
    """One item; its conditions look at the questions in `earlier`, to which it adds itself."""
    type_ = draw(st.sampled_from(TYPES if depth < 2 else TYPES[:-1]))
    id_ = f"q{len(taken)}"
    taken.append(id_)
    more: dict[str, object] = {"proxy": draw(st.sampled_from(["same", "same", "not-asked", "only", text("NN")]))}
    if earlier and draw(st.booleans()):
        more["enable_when"] = tuple(draw(st.lists(conditions(earlier), min_size=1, max_size=3)))
        more["enable_behavior"] = draw(st.sampled_from(["all", "any"]))
    if type_ is ItemType.GROUP:
        inner = [draw(items(earlier, taken, depth + 1)) for _ in range(draw(st.integers(1, 4)))]
        return item(id_, type_, items=tuple(inner), **more)
    if type_ is ItemType.DISPLAY:
        return item(id_, type_, **more)
    more |= {"core": draw(st.booleans()), "not_applicable": draw(st.booleans())}
    if type_ is ItemType.CHOICE:
        made = choice(id_, "a", "b", "c", **more)
    elif type_ is ItemType.CHOICES:
        made = item(id_, type_, options=options("a", "b", "none", exclusive="none"), **more)
    elif type_ is ItemType.SCALE:
        made = item(id_, type_, minimum=0, maximum=3, **more)
    else:
        made = item(id_, type_, max_length=20, **more)
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
