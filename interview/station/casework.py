"""The call list: whom to ring, how each ringing went, which cases are closed."""

import secrets
from dataclasses import replace
from datetime import datetime

from interview.calls.cases import Attempt, Case
from interview.calls.outcomes import Outcome
from interview.calls.rules import Rules, check_case, closing_outcome, in_order, last_try_made, state_of, window_of
from interview.errors import InterviewError
from interview.station.station import Station, known_units
from interview.text import clean


def cases(station: Station) -> tuple[Case, ...]:
    """The cases of the survey in force in the order to ring; closed ones come last, until an export erases them."""
    return in_order(station.workspace.cases(station.survey_hash), station.clock(), rules_of(station))


def rules_of(station: Station) -> Rules:
    """The call list's rules in the survey in force."""
    survey = station.survey
    return Rules(survey.first_day, survey.last_day, survey.attempts)


def case(station: Station, case_id: str) -> Case:
    """The case with that id; `store.no-such-case`."""
    return station.workspace.case(case_id)


def add_case(station: Station, case: Case) -> Case:
    """Add a case typed in by hand; as it rests: with an id of its own, cleaned texts, and a unit of the survey.

    Errors as `check_case`, and `station.unknown-unit`.
    """
    kept = _cleaned(replace(case, id=secrets.token_hex(16), unit=case.unit or station.unit.id))
    if kept.discharged is not None and kept.window is None:
        kept = replace(kept, window=window_of(kept.discharged, rules_of(station))[1])
    _check(station, kept)
    station.workspace.add_case(kept, station.survey_hash)
    return kept


def change_case(station: Station, case: Case) -> Case:
    """Change what is known of a case, its attempts left as they are; errors as `add_case`, and `store.no-such-case`."""
    kept = _cleaned(case)
    _check(station, kept)
    station.workspace.change_case(kept)
    return kept


def record_attempt(
    station: Station, case: Case, outcome: Outcome, note: str = "", appointment: datetime | None = None
) -> Case:
    """Record a ringing that led to no interview; the case as it rests now.

    A final outcome closes the case; so does the last ringing the survey allows, with what the ringings amount to (AAPOR).
    `station.case-sealed` where another window has sealed answers meanwhile.
    """
    attempt = Attempt(at=station.clock(), outcome=outcome, note=clean(note), appointment=appointment)
    with station.workspace.locked():
        refuse_sealed(station, case)
        station.workspace.add_attempt(case.id, attempt)
        rung = station.workspace.case(case.id)
        if last_try_made(rung, rules_of(station)):
            station.workspace.add_attempt(case.id, Attempt(attempt.at, closing_outcome(rung.attempts)))
    return station.workspace.case(case.id)


def take_back_attempt(station: Station, case: Case) -> Case:
    """Take back the last ringing, recorded by mistake; a case it closed is open again. The case as it rests now.

    `station.case-sealed` where answers were sealed: the same person would be asked, and counted, once more.
    """
    with station.workspace.locked():
        refuse_sealed(station, case)
        station.workspace.take_back_attempt(case.id)
    return station.workspace.case(case.id)


def is_sealed(case: Case) -> bool:
    """Whether the interview with a case was sealed, so that the case never opens again."""
    outcome = state_of(case).outcome
    return outcome is not None and outcome.sealed


def refuse_sealed(station: Station, case: Case) -> None:
    """Refuse a case whose answers were sealed, perhaps by another window: `station.case-sealed`, `store.no-such-case`."""
    if is_sealed(station.workspace.case(case.id)):
        raise InterviewError("station.case-sealed")


def draft_of(station: Station, case: Case) -> str | None:
    """The id of the interview under way with a case, if there is one."""
    return station.workspace.draft_of_case(case.id)


def _check(station: Station, case: Case) -> None:
    check_case(case)
    if station.survey.unit(case.unit) is None:
        raise InterviewError("station.unknown-unit", case.unit, known=known_units(station.survey))


def _cleaned(case: Case) -> Case:
    """The case with every text as a screen may show it (T13)."""
    return replace(
        case,
        name=clean(case.name).strip(),
        telephone=clean(case.telephone).strip(),
        note=clean(case.note).strip(),
        proxy_name=clean(case.proxy_name).strip(),
        proxy_relation=clean(case.proxy_relation).strip(),
        proxy_telephone=clean(case.proxy_telephone).strip(),
    )
