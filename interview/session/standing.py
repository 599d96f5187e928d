"""Where an interview stands: which items are routed to, and which have a record. Maintained answer by answer.

Only what depends on the answer given is evaluated again; `from_nothing` gives the same by evaluating everything.
"""

from collections.abc import Mapping
from typing import NamedTuple

from interview.session.answers import KEYED, Address, Answer, Draft, Missing
from interview.session.form import Form

PASSED_BY = (Missing.NOT_ASKED_OF_PROXY, Missing.ONLY_ASKED_OF_PROXY)
"""Records made when the conversation changes hands: behind lies a question that was not for whoever answered then."""


class Standing(NamedTuple):
    """Sets of items, as `Form` numbers them.

    `routed`: conditions hold. `recorded`: has a record of any kind. `said`: has a value or a keyed kind of no answer.
    `passed_by`: has one of the records of `PASSED_BY`.
    """

    routed: int
    recorded: int
    said: int
    passed_by: int

    @property
    def asked(self) -> int:
        """What has been asked and recorded, whether or not anything was said."""
        return self.recorded & ~self.passed_by

    def furthest(self, form: Form) -> int:
        """The place of the last record, or -1. The improvement text does not count: it is noted at any time."""
        return (self.recorded & ~form.asides).bit_length() - 1

    def applying(self, form: Form, draft: Draft) -> int:
        """The displays and questions that apply now: routed to, and for whoever answers, or asked already."""
        allowed = form.askable_of(draft.respondent)
        if draft.core_only:
            allowed &= form.core
        return self.routed & (form.questions | form.displays) & (allowed | self.asked)

    def after(self, form: Form, number: int, answers: Mapping[Address, Answer]) -> "Standing":
        """The standing once the record of one item has changed; `answers` are those after the change."""
        bit = 1 << number
        answer = answers.get(form.addresses[number])
        recorded, said, passed_by = self.recorded & ~bit, self.said & ~bit, self.passed_by & ~bit
        if answer is not None:
            recorded |= bit
            said |= bit if is_said(answer) else 0
            passed_by |= bit if answer.missing in PASSED_BY else 0
        routed = self.routed
        pending = form.dependents[number]
        while pending:
            lowest = pending & -pending
            pending ^= lowest
            dependent = lowest.bit_length() - 1
            if form.routed(dependent, routed, answers) != bool(routed & lowest):
                routed ^= lowest
                pending |= form.dependents[dependent]
        return Standing(routed, recorded, said, passed_by)


def is_said(answer: Answer) -> bool:
    """Whether somebody said something: a value, *unknown*, *declined* or *not applicable*."""
    return answer.value is not None or answer.missing in KEYED


def from_nothing(form: Form, answers: Mapping[Address, Answer]) -> Standing:
    """The standing of given answers; every item of the form is evaluated."""
    routed = recorded = said = passed_by = 0
    for number, address in enumerate(form.addresses):
        bit = 1 << number
        if form.routed(number, routed, answers):
            routed |= bit
        answer = answers.get(address)
        if answer is not None:
            recorded |= bit
            said |= bit if is_said(answer) else 0
            passed_by |= bit if answer.missing in PASSED_BY else 0
    return Standing(routed, recorded, said, passed_by)
