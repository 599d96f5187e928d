"""Forms nobody wrote, for the property tests: nested groups, every type, every operator, every role and proxy rule."""

from hypothesis import strategies as st

from interview.questionnaire.models import Card, CardEntry, Condition, Item, ItemType, Operator, Questionnaire, Role
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


WORDINGS = ("what?", 'He said: "no", - yes', "1.0", "yes", "=1+1 #", "two\nlines", "{a: [b]} ’ ☺", "null")
"""Words that mean something to the files a form is written in."""


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
    """What a question of a type is answered with, plainly or with whatever such an answer can have besides."""
    some, more = draw(st.integers(0, 63)), draw(st.integers(0, 63))
    said = text(draw(st.sampled_from(WORDINGS)))
    found: dict[str, object] = {"probe": said} if some & 32 else {}
    if type_ in LIMITS:
        found["minimum"], found["maximum"] = LIMITS[type_]
        if type_ is ItemType.SCALE and some & 1:
            found |= {"minimum_label": said, "maximum_label": text("most")}
        if type_ is ItemType.SCALE and some & 2:
            found |= {"score_factor": 33, "dimension": "care"}
        if type_ in (ItemType.INTEGER, ItemType.DECIMAL) and some & 1:
            found["unit"] = said
        if type_ is ItemType.DECIMAL and some & 2:
            found["decimals"] = 2
        return found
    if type_ is ItemType.LINE and some & 1:
        return found | {"max_length": 20, "pattern": "[^;]{1,20}", "instruction": said}
    if type_ in (ItemType.LINE, ItemType.TEXT):
        return found | {"max_length": 20}
    found["read_options"] = bool(some & 1)
    if type_ is ItemType.YES_NO:
        return found | {"options": yes_no_options(("sv", "en"))}
    offered = list(options("a", "b", "c", exclusive="c" if type_ is ItemType.CHOICES else ""))
    if type_ is ItemType.CHOICE and some & 2:
        offered = [one.model_copy(update={"score": score}) for one, score in zip(offered, (100, 50, 0), strict=True)]
        found["dimension"] = "care"
    besides = {"open": text("what?"), "proxy": text("NN's"), "spoken": said, "symbol": "\u263a", "text": said}
    last = {name: value for bit, (name, value) in enumerate(besides.items()) if more & 1 << bit}
    offered[2] = offered[2].model_copy(update=last)
    return found | {"options": tuple(offered)}


def can_hold(condition: Condition) -> bool:
    """Whether some answer within the limits above meets a condition."""
    beyond = {Operator.MORE_THAN: 1, Operator.LESS_THAN: 0}.get(condition.operator)
    return beyond is None or condition.answer not in [ends[beyond] for ends in LIMITS.values()]


@st.composite
def items(draw: st.DrawFn, earlier: list[Item], taken: list[str], depth: int, repeated: bool = False) -> Item:
    """One item; its conditions look at the questions in `earlier`, to which it adds itself."""
    allowed = [type_ for type_ in TYPES if type_ is not ItemType.GROUP or depth < 2]
    type_ = draw(st.sampled_from(allowed))
    id_ = f"q{len(taken)}"
    taken.append(id_)
    more: dict[str, object] = {}
    if type_ is not ItemType.GROUP:
        more["proxy"] = draw(st.sampled_from(["same", "same", "not-asked", "only", text("NN")]))
    if earlier and draw(st.booleans()):
        more["enable_behavior"] = behavior = draw(st.sampled_from(["all", "any"]))
        # Two demands on one question would seldom be met together; of one alone there is nothing to choose.
        least, apart = (2, None) if behavior == "any" else (1, lambda condition: condition.question)
        one = conditions(earlier).filter(can_hold)
        more["enable_when"] = tuple(draw(st.lists(one, min_size=least, max_size=3, unique_by=apart)))
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
    form = questionnaire(*first, *made, *last)
    around: dict[str, object] = {"dimensions": {"care": text("Care")}}
    if draw(st.booleans()):
        said = CardEntry(heading=text("Now"), text=text(draw(st.sampled_from(WORDINGS))))
        around["cards"] = (Card(id="care-needed", title=text("Help"), entries=(said, said)),)
        around["contact"] = form.contact.model_copy(update={"errand": text("Private")})
        around["sources"] = ("made: up", "#2")
    return form.model_copy(update=around)
