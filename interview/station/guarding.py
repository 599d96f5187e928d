"""The guard over what was written in an interview (T20): what may point at a person, and what keeps it from being sealed."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from interview.errors import InterviewError, Problem
from interview.guard.findings import NOTHING_KNOWN, Finding, Known
from interview.guard.scanning import findings, refused
from interview.questionnaire.models import ItemType
from interview.session.answers import Address, Draft
from interview.session.interview import Interview
from interview.station import casework
from interview.station.station import Station


@dataclass(frozen=True, slots=True)
class Mark:
    """A finding in the answer to question `number`, which is at `address`; `words` are those it is made of."""

    address: Address
    number: int
    finding: Finding
    words: str = field(repr=False)


def known_to(station: Station, draft: Draft) -> Known:
    """What is known where a draft is: the case's names and numbers, and the survey's units' own numbers."""
    units = station.signed_survey(draft.survey).survey.units
    public = tuple(
        number for unit in units for number in (unit.telephone, *(contact.telephone for contact in unit.contacts))
    )
    if draft.case is None:
        return Known(public=public)
    case = casework.case(station, draft.case)
    return Known((case.name, case.proxy_name), (case.telephone, case.proxy_telephone), public)


def marks(interview: Interview, known: Known = NOTHING_KNOWN) -> tuple[Mark, ...]:
    """Every finding in what was written, of the questions that apply, in their order."""
    return tuple(
        Mark(address, number, finding, text[finding.start : finding.end])
        for address, number, text in _written(interview)
        for finding in findings(text, known)
    )


def refuse_personal_numbers(interview: Interview) -> None:
    """InterviewError `guard.personal-number`, a problem for each question whose answer holds one."""
    held = [(address, number) for address, number, text in _written(interview) if refused(text)]
    problems = (Problem("guard.personal-number", address.id, {"number": number}) for address, number in held)
    if held:
        raise InterviewError.of(tuple(problems))


def _written(interview: Interview) -> Iterator[tuple[Address, int, str]]:
    """What is in the caller's own words: where it belongs, the question's number on the screen, the text.

    Numbers, dates and times are what their questions ask for.
    """
    for entry in interview.review():
        answer = interview.draft.answers.get(entry.address)
        if answer is not None and interview.form.item(entry.address).type in (ItemType.TEXT, ItemType.LINE):
            yield entry.address, entry.number, str(answer.value or "")
