"""Interviews under way: begun, kept after every answer, resumed, put aside, thrown away.

What a function returns from has been committed (P2). The session decides what comes next; here it is only kept.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from interview.calls.cases import Attempt, Case
from interview.calls.outcomes import Outcome
from interview.errors import InterviewError
from interview.messages import Catalogue
from interview.session.answers import Draft, Respondent
from interview.session.interview import Interview
from interview.station.casework import refuse_sealed
from interview.station.station import Station

SEALED_ALREADY: Final = "station.sealed-already"


@dataclass(frozen=True, slots=True)
class DraftLine:
    """An interview under way as the home screen lists it: nothing in it points at a person.

    `label` is two words made from the draft's id. `number` of `count` is the question it stands at, both 0 on the
    review. `questionnaire` is the version it began with, `current` whether new interviews begin with that too.
    """

    id: str
    label: str
    started: datetime
    number: int
    count: int
    respondent: Respondent
    questionnaire: str
    current: bool


def begin(station: Station, case: Case | None = None, language: str = "sv") -> Interview:
    """A new interview, kept already; `station.survey-not-open` outside the survey's months, those of `refuse_sealed`."""
    now = station.clock()
    survey, month = station.survey, f"{now:%Y-%m}"
    if not survey.starts <= month <= survey.ends:
        raise InterviewError("station.survey-not-open", survey.id, starts=survey.starts, ends=survey.ends)
    if case is not None:
        refuse_sealed(station, case)
    interview = Interview.begin(
        station.form(station.questionnaire_hash),
        id=secrets.token_hex(16),
        survey=station.survey_hash,
        unit=station.unit.id if case is None else case.unit,
        case=None if case is None else case.id,
        language=language,
        started=now.isoformat(timespec="minutes"),
    )
    station.remember(interview.draft, station.workspace.add_draft(interview.draft))
    return interview


def keep(station: Station, interview: Interview) -> None:
    """Keep an interview as it is now: one transaction with the rows that differ from what was kept last.

    It may be tried again after any failure. `store.draft-changed-elsewhere` where another window has changed it,
    `store.no-such-draft` where it was sealed or erased.
    """
    draft = interview.draft
    kept = station.kept(draft.id)
    if kept.draft is draft:
        return
    before, after = kept.draft.answers, draft.answers
    changed = [address for address, answer in after.items() if before.get(address) != answer]
    changed += [address for address in before if address not in after]
    try:
        revision = station.workspace.save_draft(draft, changed, kept.revision)
    except InterviewError as error:
        if error.code != "store.draft-finishing":
            raise
        # Held so that no other window stores the response between the look for it and the taking back.
        with station.workspace.locked():
            _take_back_mark(station, draft.id)
            revision = station.workspace.save_draft(draft, changed, kept.revision)
    station.remember(draft, revision)


def _take_back_mark(station: Station, draft_id: str) -> None:
    """A finishing failed and the caller went on answering: the mark goes, unless the response is stored after all."""
    token = station.workspace.draft(draft_id).token
    if token is not None and station.responses.has_token(token):
        raise InterviewError(SEALED_ALREADY)
    station.workspace.unmark(draft_id)


def resume(station: Station, draft_id: str) -> Interview:
    """An interview as it was left, on the version it began with (P7); `store.no-such-draft`."""
    station.overlook(draft_id)
    draft = station.kept(draft_id).draft
    return Interview.resume(station.form(draft.questionnaire, draft.survey), draft)


def drafts(station: Station, language: str = "sv") -> tuple[DraftLine, ...]:
    """The interviews under way, the one begun last first, with labels in a language of the interface."""
    catalogue = Catalogue(language)
    return tuple(_line(station, kept.draft, catalogue) for kept in station.workspace.drafts())


def label(draft_id: str, language: str = "sv") -> str:
    """Two words to tell an interview by, made from its id: `blå svala`."""
    catalogue = Catalogue(language)
    first, second = catalogue("station.label-first").split(), catalogue("station.label-second").split()
    number = int(draft_id[:8], 16)
    return f"{first[number % len(first)]} {second[number // len(first) % len(second)]}"


def _line(station: Station, draft: Draft, catalogue: Catalogue) -> DraftLine:
    form = station.form(draft.questionnaire, draft.survey)
    interview = Interview.resume(form, draft)
    view = None if draft.position is None else interview.view
    return DraftLine(
        id=draft.id,
        label=label(draft.id, catalogue.language),
        started=datetime.fromisoformat(draft.started),
        number=view.number if view else 0,
        count=view.count if view else 0,
        respondent=draft.respondent,
        questionnaire=f"{form.questionnaire.name} {form.questionnaire.version}",
        current=draft.questionnaire == station.questionnaire_hash,
    )


def discard(station: Station, interview: Interview, outcome: Outcome) -> None:
    """Erase an interview: nothing is sealed. Its case gets the attempt, and is closed where the outcome is final.

    `station.sealed-already` where a finishing that failed has stored its response: it can only be ended by sealing.
    """
    # Held so that no other window stores the response meanwhile.
    with station.workspace.locked():
        if any(kept.draft.id == interview.draft.id for kept in station.workspace.marked()):
            _take_back_mark(station, interview.draft.id)
        station.workspace.settle(interview.draft, outcome, station.clock())
    station.overlook(interview.draft.id)
    station.tidier.request()


def interrupted(station: Station, interview: Interview, outcome: Outcome, when: datetime | None = None) -> None:
    """Put an interview aside to go on another day: it is kept, its case gets the attempt, with the time agreed on."""
    keep(station, interview)
    if interview.draft.case is not None:
        attempt = Attempt(at=station.clock(), outcome=outcome, appointment=when)
        station.workspace.add_attempt(interview.draft.case, attempt)
