"""A caller who presses anything: one random thing after another, each made from the interview before."""

from collections.abc import Iterator
from random import Random

from interview.errors import InterviewError
from interview.questionnaire.models import Item, ItemType
from interview.session.answers import KEYED, Respondent, Value
from interview.session.interview import Interview
from interview.session.made_up import made_up


def begin(form, **more) -> Interview:
    """An interview just begun."""
    known = {
        "id": "0" * 32,
        "survey": "s" * 64,
        "unit": "ward",
        "case": None,
        "language": "sv",
        "started": "2026-11-24",
    }
    return Interview.begin(form, **(known | more))


def some_value(item: Item, rng: Random) -> Value:
    """A value the item takes."""
    match item.type:
        case ItemType.CHOICE | ItemType.YES_NO:
            return rng.choice(item.options).code
        case ItemType.CHOICES:
            alone = [option.code for option in item.options if option.exclusive]
            others = [option.code for option in item.options if not option.exclusive]
            return rng.choice([(code,) for code in alone] + [tuple(others), tuple(others[:1])])
        case ItemType.SCALE:
            return rng.randint(*item.ends_of_scale)
        case ItemType.INTEGER | ItemType.DECIMAL | ItemType.DATE | ItemType.TIME:
            value = made_up(item, rng)
            assert value is not None
            return value
        case _:
            return rng.choice(["bra", "sämre\nmat"] if item.required else ["bra", "", "sämre\nmat"])


def pressed(interview: Interview, rng: Random) -> Interview:
    """One thing done at random; where the interview refuses it, the same interview."""
    item = interview.item
    try:
        match rng.choice("aaaaaaaaarmobfgjwhhcuel"):
            case "a" if item is not None and item.is_question:
                return interview.answer(some_value(item, rng))
            case "r" if item is not None and item.is_question:
                return interview.record(some_value(item, rng))
            case "m":
                return interview.without_value(rng.choice(KEYED))
            case "o":
                return interview.leave_open()
            case "b":
                return interview.back()
            case "f":
                return interview.forward()
            case "j" | "w" as how:
                address = rng.choice(interview.form.order)
                return interview.jump(address) if how == "j" else interview.aside(address)
            case "h":
                return interview.answered_by(rng.choice(list(Respondent)))
            case "c":
                return interview.core_only(rng.random() < 0.7)
            case "u":
                return interview.to_review()
            case "e":
                return interview.ended(rng.random() < 0.5)
            case "l":
                return interview.in_language(rng.choice(interview.form.languages))
            case _:
                return interview.go_on()
    except InterviewError as refused:
        assert refused.code.startswith("session.")
        return interview


def conversation(form, rng: Random, steps: int) -> Iterator[tuple[Interview, Interview]]:
    """Each step of a random conversation: before and after."""
    interview = begin(form)
    for _ in range(steps):
        following = pressed(interview, rng)
        yield interview, following
        interview = following
