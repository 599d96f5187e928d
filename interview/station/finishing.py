"""Finishing an interview (P3): from a draft that can be read to a response that nobody at the station can read.

The steps, in the order they are committed:

1. `mark`    a random token is written into the draft                     workspace.db
2. `store`   the sealed response and the token are inserted               responses.db
3. `erase`   the draft is erased and its case closed                      workspace.db
4. `forget`  the token goes                                               responses.db

Killed anywhere, `recover` ends it at the next unlocking: token and draft: steps 3 and 4; token alone: step 4; marked
draft without token: steps 2 to 4. The token is what keeps a second response from being made, and the only thing that
both sides ever hold.
"""

import secrets
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from interview.calls.outcomes import Outcome
from interview.crypto.padding import pad
from interview.errors import InterviewError
from interview.session.answers import Draft
from interview.session.interview import Interview
from interview.session.response import response_bytes
from interview.station.answering import SEALED_ALREADY, discard, keep
from interview.station.guarding import refuse_personal_numbers
from interview.station.station import Station
from interview.store.responses import Responses

TOKEN: Final = 16
"""Bytes of a finishing token."""


@dataclass(frozen=True, slots=True)
class Finished:
    """How an interview ended; `sealed` is False where too little was answered. `waiting` responses wait for export."""

    outcome: Outcome
    sealed: bool
    waiting: int


def finish(station: Station, interview: Interview) -> Finished:
    """Seal an interview and erase its draft, or only erase it where too little was answered (2.12).

    After a failure it can be called again: one response comes of it, never two. `store.no-such-draft` where another
    window had sealed it before (one that seals it meanwhile only lends a hand), `store.draft-changed-elsewhere` where one
    has gone on with it, `guard.personal-number` where one was written in an answer: everything is kept, nothing is sealed.
    """
    stored = _stored_before(station, interview)
    draft, outcome = interview.draft, outcome_of(interview)
    if not interview.completeness.sealable and not stored:
        discard(station, interview, Outcome.BREAK_OFF)
        return Finished(Outcome.BREAK_OFF, False, station.responses.waiting_count(draft.survey))
    if not stored:
        refuse_personal_numbers(interview)
    sealed = seal(station, interview)
    try:
        with station.tidier.aside() as responses:
            token = mark(station, draft)
            # Held until the draft is gone, so that another process that unlocks meanwhile does not take it for a crash.
            with station.workspace.locked():
                if _is_marked(station, draft, token):
                    store(responses, draft, sealed, token)
                    erase(station, draft, outcome)
            # It is finished; a token that cannot go now goes at the next unlocking.
            with suppress(InterviewError):
                forget(responses, token)
    finally:
        station.tidier.request()
    station.overlook(draft.id)
    return Finished(outcome, True, station.responses.waiting_count(draft.survey))


def outcome_of(interview: Interview) -> Outcome:
    """The disposition of an interview by how much of it was answered."""
    return Outcome[interview.completeness.completion.name]


def _stored_before(station: Station, interview: Interview) -> bool:
    """Keep the interview as it is now; whether its response is stored by a finishing that failed later."""
    try:
        keep(station, interview)
    except InterviewError as error:
        if error.code != SEALED_ALREADY:
            raise
        return True
    return False


def seal(station: Station, interview: Interview) -> bytes:
    """An interview's response, padded to its form's one length and sealed to every recipient of its survey (P4)."""
    draft = interview.draft
    survey = station.signed_survey(draft.survey).survey
    # What is finished after the last month of the survey counts in that month.
    month = min(max(f"{station.clock():%Y-%m}", survey.starts), survey.ends)
    _, padded_size = station.responses.questionnaire(draft.questionnaire)
    content = response_bytes(interview, month, station.identity.organisation)
    return station.sealer(draft.survey).seal(pad(content, padded_size))


def mark(station: Station, draft: Draft) -> bytes:
    """Step 1; the token, the earlier one where the draft was marked before."""
    return station.workspace.mark_finishing(draft.id, secrets.token_bytes(TOKEN))


def _is_marked(station: Station, draft: Draft, token: bytes) -> bool:
    """Whether the draft is as it was marked; False where another window has sealed it meanwhile.

    `store.draft-changed-elsewhere` where another window has gone on with it.
    """
    try:
        kept = station.workspace.draft(draft.id)
    except InterviewError as error:
        if error.code != "store.no-such-draft":
            raise
        return False
    if kept.token != token:
        raise InterviewError("store.draft-changed-elsewhere")
    return True


def store(responses: Responses, draft: Draft, sealed: bytes, token: bytes) -> None:
    """Step 2; nothing happens where the token is here already."""
    responses.add(draft.survey, sealed, token)


def erase(station: Station, draft: Draft, outcome: Outcome) -> None:
    """Step 3."""
    station.workspace.settle(draft, outcome, station.clock())


def forget(responses: Responses, token: bytes) -> None:
    """Step 4."""
    responses.forget(token)


def recover(station: Station) -> None:
    """End every finishing that was interrupted."""
    if not station.responses.tokens() and not station.workspace.marked():
        return
    with station.tidier.aside() as responses:
        with station.workspace.locked():
            tokens = set(responses.tokens())
            for kept in station.workspace.marked():
                token = kept.token or b""
                interview = Interview.resume(station.form(kept.draft.questionnaire, kept.draft.survey), kept.draft)
                if token not in tokens:
                    store(responses, kept.draft, seal(station, interview), token)
                    tokens.add(token)
                erase(station, kept.draft, outcome_of(interview))
        for token in tokens:
            forget(responses, token)
    station.tidier.request()
