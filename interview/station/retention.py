"""Retention: once a survey's time is over, nothing at the station identifies anybody in it any more.

So many days after its last month, an interview under way is sealed or erased by the usual rule, and its cases are
erased with their counts kept. Where the workspace then holds nobody, its key is destroyed too (P3): both files get new
keys, so that what the disk or an old copy still holds opens to nobody.

A clock set far ahead must erase nothing. One that leaps is believed when a later month still agrees with it, and until
then the station goes by the month it knew before.
"""

from datetime import date, timedelta
from typing import Final

from interview.calls.cases import Attempt
from interview.calls.outcomes import Outcome
from interview.calls.rules import closing_outcome
from interview.errors import InterviewError
from interview.station.answering import discard, resume
from interview.station.finishing import finish
from interview.station.station import Station
from interview.survey import Survey

NEW_KEYS_DUE: Final = "new-keys-due"
"""What is noted in `responses.db` from the end of a survey until the keys are exchanged."""
SEEN: Final = "month-seen"
"""The month of the latest unlocking whose clock was believed (`2026-11`)."""
AHEAD: Final = "month-ahead"
"""The month a clock leapt to, until it is believed."""
LEAP: Final = 3
"""How many months may lie between two unlockings for the clock to be believed at once."""
_YEAR: Final = 12
_ELSEWHERE: Final = ("store.no-such-draft", "store.draft-changed-elsewhere", "store.draft-finishing")
"""What ending an interview says where another window is at it, or has ended it."""


def kept_until(survey: Survey) -> date:
    """The last day on which a station may keep what identifies the people of a survey."""
    year, month = divmod(_number(survey.ends) + 1, _YEAR)
    return date(year, month + 1, 1) - timedelta(days=1) + timedelta(days=survey.retention_days)


def believed_day(station: Station) -> date:
    """Today, or, where the clock leapt ahead, the first of the latest month that was believed; noted for next time."""
    today = station.clock().date()
    month = f"{today:%Y-%m}"
    seen, ahead = _noted(station, SEEN) or month, _noted(station, AHEAD)
    if _number(month) - _number(seen) <= LEAP:
        _note(station, month, "")
        return today
    if ahead and _number(ahead) < _number(month):
        seen = ahead
    _note(station, seen, month)
    return date.fromisoformat(f"{seen}-01")


def _number(month: str) -> int:
    """Months since the year 0."""
    return int(month[:4]) * _YEAR + int(month[5:]) - 1


def _noted(station: Station, key: str) -> str:
    return (station.responses.setting(key) or b"").decode()


def _note(station: Station, seen: str, ahead: str) -> None:
    try:
        for key, month in ((SEEN, seen), (AHEAD, ahead)):
            if _noted(station, key) != month:
                station.responses.set_setting(key, month.encode() or None)
    except InterviewError as error:
        # A full disk keeps nobody out; what was not noted is noted next time.
        if error.code != "database.disk-full":
            raise


def expire(station: Station) -> int:
    """End what is left of surveys whose time is over; how many interviews and cases there were."""
    today = believed_day(station)
    over = {
        stored.hash
        for stored in station.responses.surveys()
        if kept_until(station.signed_survey(stored.hash).survey) < today
    }
    ended = sum(_end_drafts(station, survey) + _end_cases(station, survey) for survey in over)
    if ended:
        station.responses.set_setting(NEW_KEYS_DUE, b"1")
    return ended


def new_keys_due(station: Station) -> bool:
    """Whether a survey ended and the workspace holds nobody since."""
    if station.responses.setting(NEW_KEYS_DUE) is None:
        return False
    return not station.workspace.drafts() and not station.workspace.cases()


def _end_drafts(station: Station, survey: str) -> int:
    drafts = [kept.draft for kept in station.workspace.drafts() if kept.draft.survey == survey]
    for draft in drafts:
        try:
            _end(station, draft.id)
        except InterviewError as error:
            # What it leaves is ended next time.
            if error.code not in _ELSEWHERE:
                raise
    return len(drafts)


def _end(station: Station, draft_id: str) -> None:
    # Nobody goes on with it: what was not reached is broken off, and not left open by a caller (P9).
    interview = resume(station, draft_id).ended()
    try:
        finish(station, interview)
    except InterviewError as error:
        if error.code != "guard.personal-number":
            raise
        # Nobody can take the number out any more, and with it the interview may be neither sealed nor kept.
        discard(station, interview, Outcome.BREAK_OFF)


def _end_cases(station: Station, survey: str) -> int:
    with station.workspace.locked():
        cases = station.workspace.cases(survey)
        for case in cases:
            outcome = closing_outcome(case.attempts)
            if not case.attempts or not case.attempts[-1].outcome.final:
                station.workspace.add_attempt(case.id, Attempt(station.clock(), outcome))
        station.workspace.erase_closed_cases(survey)
    return len(cases)
