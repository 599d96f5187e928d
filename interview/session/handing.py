"""The conversation changes hands: which records that makes."""

from interview.questionnaire.models import Role
from interview.session.answers import Address, Answer, Draft, Missing, Respondent
from interview.session.form import Form, members
from interview.session.standing import Standing


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


def _passed_by(form: Form, draft: Draft, standing: Standing, respondent: Respondent) -> dict[Address, Answer]:
    before = draft.respondent
    if (before is Respondent.PROXY) == (respondent is Respondent.PROXY):
        return {}
    missing = Missing.NOT_ASKED_OF_PROXY if before is Respondent.PROXY else Missing.ONLY_ASKED_OF_PROXY
    behind = standing.routed & ((1 << (standing.furthest(form) + 1)) - 1)
    passed_by = behind & form.questions & ~form.with_roles & ~standing.recorded & ~form.askable_of(before)
    return {form.addresses[number]: Answer(None, missing, before) for number in members(passed_by)}
