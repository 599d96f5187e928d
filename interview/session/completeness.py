"""How much of an interview has been answered, and what that makes it (AAPOR Standard Definitions, telephone)."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from interview.session.answers import Address, Draft, Missing
from interview.session.form import Form, members
from interview.session.standing import Standing

COMPLETE_PERCENT = 80
PARTIAL_PERCENT = 50


_NOT_COUNTED: Final = (
    Missing.ROUTED_PAST,
    Missing.NOT_ASKED_OF_PROXY,
    Missing.ONLY_ASKED_OF_PROXY,
    Missing.NOT_APPLICABLE,
)
"""Why a question without an answer is none of those that apply."""


class Completion(StrEnum):
    """What an interview counts as by how much of it was answered; each is a disposition of the same name."""

    COMPLETE = "complete"
    PARTIAL = "partial"
    BREAK_OFF = "break-off"


@dataclass(frozen=True, slots=True)
class Completeness:
    """How many of the questions that apply were answered (a value or *unknown*), and what the interview counts as."""

    answered: int
    applicable: int
    completion: Completion

    @property
    def sealable(self) -> bool:
        """Whether the interview makes a response: at least half is answered, or every core question."""
        return self.completion is not Completion.BREAK_OFF

    @property
    def lacking(self) -> int:
        """How many answers more make a response of the interview, 0 where it is one already."""
        return 0 if self.sealable else max(-(-self.applicable * PARTIAL_PERCENT // 100) - self.answered, 1)


def completeness(form: Form, draft: Draft, standing: Standing) -> Completeness:
    """Count what applies: questions of the subject itself, routed to, for whoever answers; core only takes none away.

    An open text counts only once it is answered; a question answered *not applicable*, and whether there is another,
    do not count. Below half the interview is broken off, unless it was cut to the core questions and every one of them
    is answered (AAPOR's crucial questions).
    """
    applying = standing.routed & form.questions & ~form.with_roles & ~form.another & ~standing.passed_by
    applying &= standing.asked | (form.askable_of(draft.respondent))
    answered = not_applicable = 0
    for number in members(applying & standing.said):
        answer = draft.answers[form.addresses[number]]
        if answer.missing is Missing.NOT_APPLICABLE:
            not_applicable |= 1 << number
        elif answer.missing is not Missing.DECLINED:
            answered |= 1 << number
    return _counted(form, answered, applying & ~not_applicable, core_only=draft.core_only)


def completeness_told(form: Form, said: Iterable[tuple[Address, Missing | None]]) -> Completeness:
    """The same, told by a response: each question with why it has no answer, None where it has one."""
    answered = counted = 0
    core_only = False
    for address, missing in said:
        place = 1 << form.index[address]
        if missing not in _NOT_COUNTED:
            counted |= place
        if missing in (None, Missing.UNKNOWN):
            answered |= place
        core_only = core_only or missing is Missing.NOT_CORE
    subject = ~form.with_roles & ~form.another
    return _counted(form, answered & subject, counted & subject, core_only=core_only)


def _counted(form: Form, answered: int, applying: int, *, core_only: bool) -> Completeness:
    counted = applying & (~form.texts | answered)
    crucial = counted & form.core & ~form.texts
    core_answered = core_only and crucial != 0 and not crucial & ~answered
    return Completeness(
        answered=answered.bit_count(),
        applicable=counted.bit_count(),
        completion=_completion(answered.bit_count(), counted.bit_count(), core_answered),
    )


def _completion(answered: int, applicable: int, core_answered: bool) -> Completion:
    if applicable and 100 * answered >= COMPLETE_PERCENT * applicable:
        return Completion.COMPLETE
    if applicable and 100 * answered >= PARTIAL_PERCENT * applicable:
        return Completion.PARTIAL
    return Completion.PARTIAL if core_answered else Completion.BREAK_OFF
