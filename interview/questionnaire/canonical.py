"""The bytes a questionnaire is known by: canonical JSON, stable for ever, hashed with SHA-256 (P7).

A field that has its default is left out, so that a later program with more fields makes the same bytes of an old form.
"""

import hashlib

from pydantic import ValidationError

from interview.canonical import canonical_json, strict_json
from interview.errors import InterviewError, Problem
from interview.questionnaire.checking import check
from interview.questionnaire.models import Questionnaire


def canonical_bytes(questionnaire: Questionnaire) -> bytes:
    """The canonical bytes of a questionnaire; equal for equal questionnaires, on every machine."""
    return canonical_json(questionnaire.model_dump(mode="json", exclude_defaults=True))


def questionnaire_hash(canonical: bytes) -> str:
    """The SHA-256 of canonical bytes, in lower-case hexadecimal."""
    return hashlib.sha256(canonical).hexdigest()


def from_canonical(canonical: bytes) -> Questionnaire:
    """The questionnaire of canonical bytes that were checked when they were taken in; no YAML is parsed.

    InterviewError `crypto.bad-json` or `questionnaire.bad-canonical`, whose places are the paths to what does not fit.
    """
    content = strict_json(canonical)
    try:
        return Questionnaire.model_validate(content)
    except ValidationError as error:
        problems = tuple(
            Problem("questionnaire.bad-canonical", ".".join(str(step) for step in found["loc"]))
            for found in error.errors(include_url=False, include_context=False, include_input=False)[:10]
        )
        raise InterviewError.of(problems) from None


def take_in(canonical: bytes) -> Questionnaire:
    """The questionnaire of canonical bytes from elsewhere: of the right shape, without a problem, and really canonical.

    InterviewError as `from_canonical`, `questionnaire.not-canonical`, or every problem `check` finds.
    """
    questionnaire = from_canonical(canonical)
    if canonical_bytes(questionnaire) != canonical:
        raise InterviewError("questionnaire.not-canonical")
    if problems := check(questionnaire):
        raise InterviewError.of(problems)
    return questionnaire
