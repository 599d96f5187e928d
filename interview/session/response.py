"""A finished interview as it is sealed, sent and read: anonymous, every question present (P3, P9).

How it lies in bytes is `session.layout`. Making it takes no validation, since everything comes from an interview;
reading it takes nothing for granted.
"""

from collections.abc import Iterable, Iterator
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StrictInt, StrictStr, ValidationError

from interview.canonical import Limits, canonical_json, strict_json
from interview.errors import InterviewError
from interview.questionnaire.models import Questionnaire
from interview.session.answers import Address, Answer, Missing, Respondent, Value
from interview.session.fitting import find_misfit
from interview.session.form import Form
from interview.session.interview import Interview
from interview.session.layout import FORMAT, MIXED, answer_laid_out, response_laid_out
from interview.session.standing import is_said
from interview.survey import Background, Hash, Month, Organisation, Slug

READ_LIMITS = Limits(size=1024 * 1024, depth=8, values=50_000)
"""What is read at most of one response; the longest of the shipped form is a few KiB."""


class ResponseAnswer(BaseModel):
    """One question's answer: a value, or why there is none; `by` where somebody said something."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Annotated[str, Field(min_length=1, max_length=64)]
    repetition: Annotated[int, Field(strict=True, ge=0)] = 0
    value: StrictInt | StrictStr | tuple[StrictStr, ...] | None = None
    missing: Missing | None = None
    by: Respondent | None = None

    @property
    def address(self) -> Address:
        """Where the answer belongs."""
        return Address(self.id, self.repetition)


class Response(BaseModel):
    """A response: month, questionnaire, unit and kind of organisation, who answered, the answers in order."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: Literal[1]
    period: Month
    questionnaire: Hash
    unit: Slug
    organisation: Organisation
    respondent: Respondent | Literal["mixed"]
    language: Annotated[str, Field(min_length=2, max_length=12)] | None = None
    answers: tuple[ResponseAnswer, ...]

    def to_bytes(self) -> bytes:
        """The canonical bytes."""
        answers = [answer_laid_out(answer.address, answer.value, answer.missing, answer.by) for answer in self.answers]
        return canonical_json(
            response_laid_out(
                period=self.period,
                questionnaire=self.questionnaire,
                unit=self.unit,
                organisation=str(self.organisation),
                respondent=str(self.respondent),
                language=self.language,
                answers=answers,
            )
        )

    @classmethod
    def from_bytes(cls, content: bytes) -> Self:
        """The response in canonical bytes; InterviewError `session.bad-response` for anything else."""
        try:
            response = cls.model_validate(strict_json(content, READ_LIMITS))
        except (ValidationError, InterviewError):
            raise InterviewError("session.bad-response") from None
        if response.to_bytes() != content:
            raise InterviewError("session.bad-response")
        return response

    def validate_against(self, questionnaire: Questionnaire | Form) -> None:
        """Hold the response against its questionnaire: that each question is there in order, with an answer it takes.

        A `Form` saves preparing the questionnaire again for each response. InterviewError
        `session.response-does-not-fit`, its place the question's id, its fact `rule` which rule is broken.
        """
        form = questionnaire if isinstance(questionnaire, Form) else Form(questionnaire)
        if form.hash != self.questionnaire:
            raise InterviewError("session.response-does-not-fit", "", rule="questionnaire")
        answers = [(answer.address, answer.value, answer.missing, answer.by) for answer in self.answers]
        misfit = find_misfit(form, answers)
        if misfit is not None:
            raise InterviewError("session.response-does-not-fit", misfit.place, rule=misfit.rule)
        if not _may_tell_language(form, self.language):
            raise InterviewError("session.response-does-not-fit", "", rule="language")
        if self.respondent != _who(form, ((a.address, a.by) for a in self.answers), self.respondent):
            raise InterviewError("session.response-does-not-fit", "", rule="respondent")


def make_response(interview: Interview, period: str, organisation: str) -> Response:
    """The response of an interview, for a month (`2026-11`) and a kind of calling organisation.

    It is what it is at this moment: whether it is enough to be kept is `Interview.completeness`.
    """
    laid = list(_answers(interview))
    said = ((address, by) for address, _, _, by in laid)
    return Response.model_construct(
        format=FORMAT,
        period=period,
        questionnaire=interview.draft.questionnaire,
        unit=interview.draft.unit,
        organisation=Organisation(organisation),
        respondent=_who(interview.form, said, interview.draft.respondent),
        language=_language(interview),
        answers=tuple(
            ResponseAnswer.model_construct(
                id=address.id, repetition=address.repetition, value=value, missing=missing, by=by
            )
            for address, value, missing, by in laid
        ),
    )


def response_bytes(interview: Interview, period: str, organisation: str) -> bytes:
    """`make_response(…).to_bytes()` without the models between: for the one who makes a hundred thousand."""
    laid = list(_answers(interview))
    said = ((address, by) for address, _, _, by in laid)
    return canonical_json(
        response_laid_out(
            period=period,
            questionnaire=interview.draft.questionnaire,
            unit=interview.draft.unit,
            organisation=str(Organisation(organisation)),
            respondent=str(_who(interview.form, said, interview.draft.respondent)),
            language=_language(interview),
            answers=[answer_laid_out(*line) for line in laid],
        )
    )


Line = tuple[Address, Value | None, Missing | None, Respondent | None]


def _answers(interview: Interview) -> Iterator[Line]:
    form, answers, standing = interview.form, interview.draft.answers, interview.standing
    for address in form.question_addresses:
        number = form.index[address]
        answer = answers.get(address)
        if not standing.routed >> number & 1:
            yield address, None, Missing.ROUTED_PAST, None
        elif answer is None:
            yield address, None, _why_none(interview, number), None
        else:
            yield address, answer.value, answer.missing, _by(answer)


def _language(interview: Interview) -> str | None:
    """The language the interview ended in, where the survey asks for it."""
    return interview.draft.language if Background.LANGUAGE in interview.form.background else None


def _may_tell_language(form: Form, language: str | None) -> bool:
    """Whether the language is there exactly where the survey asks for it, and one of the form's."""
    asked = Background.LANGUAGE in form.background
    return (language is not None) == asked and (language is None or language in form.languages)


def _who(
    form: Form, said: Iterable[tuple[Address, Respondent | None]], otherwise: Respondent | Literal["mixed"]
) -> Respondent | Literal["mixed"]:
    """Who gave the answers, `mixed` where more than one did; what is said about taking part tells nothing of that."""
    kinds = {by for address, by in said if by is not None and not form.with_roles >> form.index[address] & 1}
    if not kinds:
        return otherwise
    return kinds.pop() if len(kinds) == 1 else MIXED


def _by(answer: Answer) -> Respondent | None:
    return answer.given_by if is_said(answer) else None


def _why_none(interview: Interview, number: int) -> Missing:
    """Why a question that was routed to has no record."""
    form, draft = interview.form, interview.draft
    if not form.askable_of(draft.respondent) >> number & 1:
        proxy = draft.respondent is Respondent.PROXY
        return Missing.NOT_ASKED_OF_PROXY if proxy else Missing.ONLY_ASKED_OF_PROXY
    if draft.core_only and not form.core >> number & 1:
        return Missing.NOT_CORE
    if draft.ended:
        return Missing.BROKEN_OFF
    return Missing.LEFT_OPEN
