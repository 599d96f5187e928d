"""The conversation changes hands: which records that makes."""

from interview.questionnaire.models import Role
from interview.session.answers import Address, Answer, Draft, Missing, Respondent
from interview.session.form import Form, members
from interview.session.standing import Standing, is_said


def handing_over(form: Form, draft: Draft, standing: Standing, respondent: Respondent) -> dict[Address, Answer]:
    """The records made when `respondent` answers from here on: the question of who answers, and what lies behind.

    Behind, before the furthest record, lie questions that were routed to and not for whoever answered until now: they
    are recorded as that, so that nobody is sent back to them and the response can say why they have no answer.
    """
    records = _passed_by(form, draft, standing, respondent)
    address = form.with_role(Role.RESPONDENT)
    if address is not None and standing.routed >> form.number(address) & 1:
        records[address] = Answer(str(respondent), None, respondent)
    return records


def settled_before(form: Form, draft: Draft, standing: Standing) -> dict[Address, Answer]:
    """The record of who answers, where somebody else than the patient did before that question was there to be asked."""
    address, respondent = form.with_role(Role.RESPONDENT), draft.respondent
    if address is None or address in draft.answers or respondent is Respondent.PATIENT or draft.position == address:
        return {}
    routed = standing.routed >> form.number(address) & 1
    return {address: Answer(str(respondent), None, respondent)} if routed else {}


def said_again(present: Answer | None, answer: Answer | None) -> Answer | None:
    """The record an answer makes: the same said again is no new answer, and stays with whoever gave it."""
    if present is None or answer is None or not is_said(present):
        return answer
    return present if (present.value, present.missing) == (answer.value, answer.missing) else answer


def _passed_by(form: Form, draft: Draft, standing: Standing, respondent: Respondent) -> dict[Address, Answer]:
    before = draft.respondent
    if (before is Respondent.PROXY) == (respondent is Respondent.PROXY):
        return {}
    missing = Missing.NOT_ASKED_OF_PROXY if before is Respondent.PROXY else Missing.ONLY_ASKED_OF_PROXY
    behind = standing.routed & ((1 << (standing.furthest(form) + 1)) - 1)
    passed_by = behind & form.questions & ~form.with_roles & ~standing.recorded & ~form.askable_of(before)
    return {form.addresses[number]: Answer(None, missing, before) for number in members(passed_by)}
