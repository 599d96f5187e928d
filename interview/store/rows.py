"""The rows of the workspace: how drafts, answers, cases and counts lie in the columns of its tables."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import NamedTuple

from interview.calls.cases import Attempt, Case
from interview.calls.outcomes import Outcome
from interview.database.opening import Row
from interview.session.answers import Address, Answer, Draft, Respondent, Value


class Tally(NamedTuple):
    """What is counted together: survey (hash), month (`2026-11`), unit, outcome, whether a next of kin answered."""

    survey: str
    month: str
    unit: str
    outcome: Outcome
    proxy: bool


def draft_moving(draft: Draft) -> tuple[str | int | None, ...]:
    """The columns of a draft that a conversation changes."""
    return (
        draft.language,
        draft.seconds,
        draft.respondent,
        draft.core_only,
        draft.ended,
        *(draft.position or (None, None)),
        *(draft.return_to or (None, None)),
    )


def draft_row(draft: Draft) -> tuple[str | int | None, ...]:
    """The columns of a new draft."""
    language, *rest = draft_moving(draft)
    return (draft.id, draft.survey, draft.questionnaire, draft.unit, draft.case, language, draft.started, *rest)


def draft_of(row: Row, answers: Mapping[Address, Answer]) -> Draft:
    """The draft a row and its answers make."""
    return Draft(
        id=row[0],
        survey=row[1],
        questionnaire=row[2],
        unit=row[3],
        case=row[4],
        language=row[5],
        started=row[6],
        seconds=row[7],
        respondent=Respondent(row[8]),
        core_only=bool(row[9]),
        ended=bool(row[10]),
        position=None if row[11] is None else Address(row[11], row[12]),
        return_to=None if row[13] is None else Address(row[13], row[14]),
        answers=answers,
    )


def value_text(value: Value | None) -> str | None:
    """An answer's value as it rests."""
    return None if value is None else json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def value_of(text: str | None) -> Value | None:
    """The value that rests as a text."""
    value = None if text is None else json.loads(text)
    return tuple(value) if isinstance(value, list) else value


def case_row(case: Case) -> tuple[str | int | None, ...]:
    """The columns of a case."""
    return (
        case.id,
        case.unit,
        case.name,
        case.telephone,
        case.note,
        None if case.discharged is None else case.discharged.isoformat(),
        None if case.window is None else case.window.isoformat(),
        case.consent_noted,
        case.proxy_name,
        case.proxy_relation,
        case.proxy_telephone,
        case.proxy_consent,
    )


def case_of(row: Row, attempts: tuple[Attempt, ...]) -> Case:
    """The case a row and its attempts make."""
    return Case(
        id=row[0],
        unit=row[1],
        name=row[2],
        telephone=row[3],
        note=row[4],
        discharged=None if row[5] is None else date.fromisoformat(row[5]),
        window=None if row[6] is None else date.fromisoformat(row[6]),
        consent_noted=bool(row[7]),
        proxy_name=row[8],
        proxy_relation=row[9],
        proxy_telephone=row[10],
        proxy_consent=bool(row[11]),
        attempts=attempts,
    )


def time_of(text: str | None) -> datetime | None:
    """The time that rests as a text."""
    return None if text is None else datetime.fromisoformat(text)


def tally_of(row: Row) -> Tally:
    """The tally a row names."""
    return Tally(row[0], row[1], row[2], Outcome(row[3]), bool(row[4]))
