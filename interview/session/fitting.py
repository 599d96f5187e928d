"""Whether answers fit a form: what the archive asks of every response before it is taken in."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from interview.errors import InterviewError
from interview.questionnaire.models import Item
from interview.session.answers import KEYED, Address, Answer, Missing, Respondent, Value
from interview.session.form import Form
from interview.session.standing import from_nothing
from interview.session.values import accepted, missing_keys

Line = tuple[Address, Value | None, Missing | None, Respondent | None]
"""A question's address, value, kind of no answer, and who said something."""


class Misfit(NamedTuple):
    """The first thing that does not fit: the question's id and the rule it breaks."""

    place: str
    rule: str


def find_misfit(form: Form, lines: Sequence[Line]) -> Misfit | None:
    """The first rule broken, or None.

    Rules: `questions` (each of the form's, in order, once), `value` (one the question takes, as it is kept), `missing`
    (one the question takes; a value or a kind of no answer, never both), `by` (said by somebody exactly where something
    was said, and by one the question is for), `routing` (routed past exactly where the conditions say so).
    """
    if [line[0] for line in lines] != list(form.question_addresses):
        return Misfit("", "questions")
    for line in lines:
        rule = _broken_rule(form, line)
        if rule:
            return Misfit(line[0].id, rule)
    routed = from_nothing(form, _as_answers(lines)).routed
    for address, _, missing, _ in lines:
        if bool(routed >> form.index[address] & 1) == (missing is Missing.ROUTED_PAST):
            return Misfit(address.id, "routing")
    return None


def _as_answers(lines: Sequence[Line]) -> Mapping[Address, Answer]:
    return {
        address: Answer(value, missing, by or Respondent.PATIENT)
        for address, value, missing, by in lines
        if missing is not Missing.ROUTED_PAST
    }


def _broken_rule(form: Form, line: Line) -> str:
    address, value, missing, by = line
    item, number = form.item(address), form.index[address]
    if (value is None) == (missing is None) or (missing is not None and not _explains(form, item, number, missing)):
        return "missing"
    if value is not None and not _takes(item, value):
        return "value"
    said = value is not None or missing in KEYED
    if said != (by is not None) or (by is not None and not form.askable_of(by) >> number & 1):
        return "by"
    return ""


def _explains(form: Form, item: Item, number: int, missing: Missing) -> bool:
    """Whether that can be why the question has no answer."""
    match missing:
        case Missing.DECLINED | Missing.UNKNOWN | Missing.NOT_APPLICABLE:
            return missing in missing_keys(item)
        case Missing.NOT_ASKED_OF_PROXY:
            return not form.of_proxy >> number & 1
        case Missing.ONLY_ASKED_OF_PROXY:
            return not form.of_patient >> number & 1
        case Missing.NOT_CORE:
            return not form.core >> number & 1
        case Missing.ROUTED_PAST | Missing.LEFT_OPEN | Missing.BROKEN_OFF:
            return True


def _takes(item: Item, value: Value) -> bool:
    try:
        return accepted(item, value) == value
    except InterviewError:
        return False
