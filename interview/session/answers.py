"""What an answer is: a value or one kind of no answer, at an address, given by somebody."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from interview.questionnaire.models import Value

__all__ = ["KEYED", "REVIEW", "Address", "Answer", "Draft", "Missing", "Respondent", "Value"]


class Address(NamedTuple):
    """Where an answer belongs: the item's id and which repetition of it, counted from 0."""

    id: str
    repetition: int = 0


REVIEW = Address("")
"""Where an interview returns to that was left for one question from the review; no item has this address."""


class Missing(StrEnum):
    """The kinds of no answer (P9), the same for every type; FHIR `data-absent-reason` where it has the word."""

    DECLINED = "asked-declined"
    UNKNOWN = "asked-unknown"
    NOT_APPLICABLE = "not-applicable"
    NOT_ASKED_OF_PROXY = "not-asked-of-proxy"
    ONLY_ASKED_OF_PROXY = "only-asked-of-proxy"
    ROUTED_PAST = "routed-past"
    LEFT_OPEN = "left-open"
    NOT_CORE = "not-core"
    BROKEN_OFF = "broken-off"


KEYED = (Missing.DECLINED, Missing.UNKNOWN, Missing.NOT_APPLICABLE)
"""The kinds a caller keys; the others follow from the conversation."""


class Respondent(StrEnum):
    """Who gives an answer."""

    PATIENT = "patient"
    HELPED = "patient-with-help"
    PROXY = "proxy"


@dataclass(frozen=True, slots=True)
class Answer:
    """A value or a kind of no answer, never both, and who gave it."""

    value: Value | None
    missing: Missing | None
    given_by: Respondent

    def __repr__(self) -> str:
        return "Answer(…)"


@dataclass(frozen=True, slots=True)
class Draft:
    """An interview under way, as it rests in the workspace; every field is a plain value.

    `id` is random (32 hexadecimal digits); `case` names the case rung, if any. `position` is the item on the screen,
    None on the review. `return_to` is where a question asked between others returns to (`REVIEW` is the review), None
    where there is nothing to return to. `seconds` counts the conversation's length over all its sittings. `respondent`
    holds from here on. `ended` means that the respondent stopped and wants the answers kept: what was not asked is
    broken off.
    """

    id: str
    survey: str
    questionnaire: str
    unit: str
    case: str | None
    language: str
    started: str
    seconds: int = 0
    respondent: Respondent = Respondent.PATIENT
    core_only: bool = False
    ended: bool = False
    position: Address | None = None
    return_to: Address | None = None
    answers: Mapping[Address, Answer] = field(default_factory=dict)
