"""Where the conversation goes next. Each move gives a position (None is the review) and where to return to later.

Going on leads to the first question that is due: one after this that applies and has no record. Texts read aloud are
passed once: one counts as read when a question after it has a record.
"""

from dataclasses import replace

from interview.errors import InterviewError
from interview.questionnaire.models import Item, Role
from interview.session.answers import REVIEW, Address, Draft, Respondent
from interview.session.form import Form, first_after, last_before
from interview.session.standing import Standing

Move = tuple[Address | None, Address | None]


def onward(form: Form, draft: Draft, standing: Standing, number: int) -> Move:
    """On from the item at `number`: to what it was asked between, or to the first item after it that is due."""
    applying = standing.applying(form, draft)
    questions = applying & form.questions & ~standing.recorded
    if draft.return_to == REVIEW:
        due = first_after(questions, number)
        return (None, None) if due is None else (form.addresses[due], REVIEW)
    if draft.return_to is not None:
        first = _still_due(form, draft, standing)
        if first is not None:
            return first
        target = form.number(draft.return_to)
        if applying >> target & 1:
            return draft.return_to, None
        number = target
    due = first_after(questions | _unread(form, standing, applying), number)
    if not reachable(form, draft, len(form.items) if due is None else due):
        return form.with_role(Role.CONSENT), None
    return (None if due is None else form.addresses[due]), None


def backward(form: Form, draft: Draft, standing: Standing) -> Move:
    """To the item asked before the present one, or where that was asked from; the same at the beginning.

    What a next of kin who takes over is asked lies among the first questions, and back from there are those before it.
    """
    number = form.place(draft.position)
    if draft.return_to not in (None, REVIEW) and not _taking_over(form, number):
        return _returned(form, draft, standing, number)
    earlier = last_before(standing.applying(form, draft) & ~standing.passed_by, number)
    return (draft.position if earlier is None else form.addresses[earlier]), draft.return_to


def forward(form: Form, draft: Draft, standing: Standing) -> Move:
    """To the item after the present one, at most to the first not yet asked; the same where there is none."""
    number = form.place(draft.position)
    if draft.return_to not in (None, REVIEW):
        return _forward_there(form, draft, standing, number)
    if number == len(form.items):
        return draft.position, draft.return_to
    applying = standing.applying(form, draft) & ~standing.passed_by
    passable = form.displays | standing.recorded
    limit = first_after(applying, standing.furthest(form))
    later = first_after(applying, number)
    if not consented(form, draft) and not reachable(form, draft, number + 1):
        return draft.position, draft.return_to
    if later is None:
        return (None, None) if passable >> number & 1 else (draft.position, draft.return_to)
    if limit is None or later <= limit or form.displays >> number & 1:
        return form.addresses[later], draft.return_to
    return draft.position, draft.return_to


def instead(form: Form, draft: Draft, standing: Standing) -> Move:
    """Where to be when the present item may no longer apply: here, or at an open question after it or before it."""
    number = form.place(draft.position)
    if draft.position is None or standing.applying(form, draft) >> number & 1:
        return draft.position, draft.return_to
    if draft.return_to not in (None, REVIEW):
        return onward(form, draft, standing, number)
    questions = standing.applying(form, draft) & form.questions & ~standing.recorded
    due = first_after(questions, number)
    if due is None and draft.core_only:
        due = first_after(questions, -1)
    return onward(form, draft, standing, number) if due is None else (form.addresses[due], draft.return_to)


def taken_over(form: Form, draft: Draft, standing: Standing) -> Move:
    """Where the conversation is once it has changed hands: relation and reason of a next of kin first.

    Where it stood at its furthest, it goes on with the first question after that for whoever answers now.
    """
    applying = standing.applying(form, draft)
    here = draft.return_to or draft.position or REVIEW
    if here != REVIEW and form.number(here) > standing.furthest(form):
        questions = applying & form.questions & ~standing.recorded & ~form.due
        # A text before this place has been read, though nothing after it is recorded yet.
        texts = applying & form.displays & ~((1 << form.number(here)) - 1)
        ahead = first_after(questions | texts, standing.furthest(form))
        here = REVIEW if ahead is None else form.addresses[ahead]
    due = _first_due(form, draft, standing)
    if draft.respondent is Respondent.PROXY and due is not None and consented(form, draft):
        return form.addresses[due], here
    if draft.return_to is not None and draft.position is not None and applying >> form.number(draft.position) & 1:
        return draft.position, here
    return (None, None) if here == REVIEW else instead(form, replace(draft, position=here, return_to=None), standing)


def present_question(form: Form, draft: Draft) -> Item:
    """The question on the screen, where it can be put to whoever answers now.

    InterviewError `session.on-review`, `session.not-a-question`, `session.not-for-respondent`.
    """
    if draft.position is None:
        raise InterviewError("session.on-review")
    item = form.item(draft.position)
    if not item.is_question:
        raise InterviewError("session.not-a-question", item.id)
    if not form.askable_of(draft.respondent) >> form.number(draft.position) & 1:
        raise InterviewError("session.not-for-respondent", item.id)
    return item


def check_reachable(form: Form, draft: Draft, standing: Standing, address: Address) -> None:
    """Refuse an address one may not go to.

    InterviewError `session.unknown-question`, `session.does-not-apply`, `session.consent-first`.
    """
    number = form.number(address)
    if not standing.applying(form, draft) >> number & 1:
        raise InterviewError("session.does-not-apply", address.id)
    if not reachable(form, draft, number):
        raise InterviewError("session.consent-first", address.id)


def consented(form: Form, draft: Draft) -> bool:
    """Whether the respondent has agreed to take part, or the form does not ask."""
    address = form.with_role(Role.CONSENT)
    return address is None or (address in draft.answers and form.ending(draft.answers) is None)


def reachable(form: Form, draft: Draft, number: int) -> bool:
    """Whether one may go to the item at `number`: nothing after the question of consent before there is one."""
    consent = form.roles.get(Role.CONSENT)
    return consent is None or number <= consent or consented(form, draft)


def _taking_over(form: Form, number: int) -> bool:
    """Whether the item is one of those up to what a next of kin who takes over is asked."""
    return number < form.due.bit_length()


def _first_due(form: Form, draft: Draft, standing: Standing) -> int | None:
    return first_after(form.due & standing.applying(form, draft) & ~standing.recorded, -1)


def _still_due(form: Form, draft: Draft, standing: Standing) -> Move | None:
    """To what a next of kin who takes over has not been asked yet, also where the improvement text came between."""
    due = _first_due(form, draft, standing)
    if due is None:
        return None
    address = form.addresses[due]
    return address, None if draft.return_to == address else draft.return_to


def _forward_there(form: Form, draft: Draft, standing: Standing, number: int) -> Move:
    """Forward from a question that was gone to from elsewhere: back there, once a next of kin was asked what is due."""
    due = _first_due(form, draft, standing)
    if due is not None and _taking_over(form, number):
        return form.addresses[max(due, number)], draft.return_to
    return _returned(form, draft, standing, number)


def _returned(form: Form, draft: Draft, standing: Standing, number: int) -> Move:
    due = _still_due(form, draft, standing)
    if due is not None:
        return due
    target = draft.return_to
    if target is not None and standing.applying(form, draft) >> form.number(target) & 1:
        return target, None
    return onward(form, draft, standing, number)


def _unread(form: Form, standing: Standing, applying: int) -> int:
    return applying & form.displays & ~((1 << (standing.furthest(form) + 1)) - 1)
