"""The rules of the call list: what state a case is in, whom to ring first, and how a ringing is counted.

A case is open until a ringing ends with a final outcome; the last ringing decides. Outcomes are AAPOR's
(`calls.outcomes`).
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from interview.calls.cases import Attempt, Case
from interview.calls.outcomes import Outcome
from interview.errors import InterviewError

LONGEST_NAME, LONGEST_NOTE = 120, 500
RINGINGS = (
    Outcome.NO_ANSWER,
    Outcome.BUSY,
    Outcome.MACHINE,
    Outcome.NOT_NOW,
    Outcome.APPOINTMENT,
    Outcome.REFUSED,
    Outcome.REFUSED_BY_OTHER,
    Outcome.WRONG_NUMBER,
    Outcome.UNABLE,
    Outcome.LANGUAGE,
    Outcome.DECEASED,
    Outcome.IN_RESIDENTIAL_CARE,
    Outcome.NOT_ELIGIBLE,
    Outcome.TECHNICAL,
    Outcome.OTHER,
)
"""How a ringing without an interview can be recorded, the commonest first."""

_LAST_DAY = date.max.toordinal()
_TELEPHONE = re.compile(r"\+?[0-9][0-9 ()/-]{3,28}")


@dataclass(frozen=True, slots=True)
class Rules:
    """A survey's rules: calls are made from `first_day` to `last_day` after coming home, at most `attempts` times."""

    first_day: int = 3
    last_day: int = 7
    attempts: int = 6


USUAL = Rules()


class Status(StrEnum):
    """Whether a case waits to be rung, has a time agreed on, or is closed."""

    OPEN = "open"
    APPOINTMENT = "appointment"
    CLOSED = "closed"


class Identity(StrEnum):
    """What is answered to whether it is the right person; in the order of the digits 1 to 6."""

    PERSON = "person"
    COMING = "coming"
    NOT_HOME = "not-home"
    CANNOT_SPEAK = "cannot-speak"
    WRONG_NUMBER = "wrong-number"
    DECEASED = "deceased"

    @property
    def label(self) -> str:
        """The key of its words in the catalogue: `calls.identity.not-home`."""
        return f"calls.identity.{self.value}"


@dataclass(frozen=True, slots=True)
class State:
    """Where a case stands: its status, its outcome where it is closed, how often it was rung, the last ringing.

    `appointment` is the time agreed on, where that is what the case waits for.
    """

    status: Status
    outcome: Outcome | None
    rung: int
    last: Attempt | None
    appointment: datetime | None


def state_of(case: Case) -> State:
    """The state of a case by its ringings."""
    last = case.attempts[-1] if case.attempts else None
    if last is not None and last.outcome.final:
        return State(Status.CLOSED, last.outcome, len(case.attempts), last, None)
    appointment = None if last is None else last.appointment
    status = Status.OPEN if appointment is None else Status.APPOINTMENT
    return State(status, None, len(case.attempts), last, appointment)


def in_order(cases: Iterable[Case], now: datetime, rules: Rules = USUAL) -> tuple[Case, ...]:
    """The call list in the order to ring.

    First the times agreed on that have come, then those who can be rung today (the window that closes first, the least
    rung, the longest ago), those not yet home long enough, later times, windows that have closed, closed cases.
    """
    return tuple(sorted(cases, key=lambda case: _rank(case, now, rules)))


def window_of(discharged: date, rules: Rules = USUAL) -> tuple[date, date]:
    """The first and the last day to ring somebody who came home on a day."""
    first, last = (min(discharged.toordinal() + days, _LAST_DAY) for days in (rules.first_day, rules.last_day))
    return date.fromordinal(first), date.fromordinal(last)


def last_try_made(case: Case, rules: Rules = USUAL) -> bool:
    """Whether an open case has been rung as often as the rules allow, with no time agreed on."""
    state = state_of(case)
    return state.status is Status.OPEN and state.rung >= rules.attempts


def closing_outcome(attempts: Sequence[Attempt]) -> Outcome:
    """What a case that was never finished counts as once its window has closed, by the furthest that was come.

    AAPOR Standard Definitions: an interview begun is a break-off, a contact *never available*, then answering machines,
    then no contact; a case that was never rung is of unknown eligibility.
    """
    if not attempts:
        return Outcome.NEVER_RUNG
    if attempts[-1].outcome.final:
        return attempts[-1].outcome
    met = {attempt.outcome for attempt in attempts}
    if Outcome.INTERRUPTED in met:
        return Outcome.BREAK_OFF
    if met & {Outcome.NOT_NOW, Outcome.APPOINTMENT}:
        return Outcome.NEVER_AVAILABLE
    return Outcome.VOICEMAIL if Outcome.MACHINE in met else Outcome.NO_CONTACT


def check_case(case: Case) -> None:
    """Refuse a case nobody could ring.

    InterviewError, its place the field: `calls.no-name`, `calls.bad-telephone`, `calls.too-long`, `calls.bad-window`.
    """
    if not case.name.strip():
        raise InterviewError("calls.no-name", "name")
    for field, text, limit in (
        ("name", case.name, LONGEST_NAME),
        ("proxy_name", case.proxy_name, LONGEST_NAME),
        ("proxy_relation", case.proxy_relation, LONGEST_NAME),
        ("note", case.note, LONGEST_NOTE),
    ):
        if len(text) > limit:
            raise InterviewError("calls.too-long", field, limit=limit)
    for field, number in (("telephone", case.telephone), ("proxy_telephone", case.proxy_telephone or case.telephone)):
        check_telephone(number, field)
    if case.discharged is not None and case.window is not None and case.window < case.discharged:
        raise InterviewError("calls.bad-window", "window")


def check_telephone(number: str, field: str) -> None:
    """Refuse what is no telephone number; InterviewError `calls.bad-telephone`, its place the field."""
    if not _TELEPHONE.fullmatch(number.strip()):
        raise InterviewError("calls.bad-telephone", field)


def _rank(case: Case, now: datetime, rules: Rules) -> tuple[int, float, int, float]:
    state, today = state_of(case), now.date()
    window = case.window or date.max
    rung_at = 0.0 if state.last is None else state.last.at.timestamp()
    if state.status is Status.CLOSED:
        return 5, -rung_at, 0, 0.0
    if state.appointment is not None:
        # By the clock on the wall, as it was agreed on, whether or not that was put forward or back meanwhile.
        agreed, here = state.appointment.replace(tzinfo=None), now.replace(tzinfo=None)
        return 0 if agreed <= here else 3, (agreed - datetime.min).total_seconds(), 0, 0.0
    if window < today:
        return 4, window.toordinal(), state.rung, rung_at
    too_early = case.discharged is not None and today < window_of(case.discharged, rules)[0]
    return 2 if too_early else 1, window.toordinal(), state.rung, rung_at
