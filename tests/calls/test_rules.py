"""A11: the state of a case comes from its ringings; outcomes are AAPOR's."""

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone

import pytest

from interview.calls.cases import Attempt, Case
from interview.calls.outcomes import Outcome
from interview.calls.rules import (
    RINGINGS,
    Identity,
    Status,
    check_case,
    closing_outcome,
    in_order,
    state_of,
    window_of,
)
from interview.errors import InterviewError
from interview.messages import LANGUAGES, Catalogue

NOW = datetime(2026, 11, 24, 10, 0)


def case(id: str = "a", *outcomes: Outcome, **more: object) -> Case:
    attempts = tuple(Attempt(NOW - timedelta(hours=9 - n), outcome) for n, outcome in enumerate(outcomes))
    return replace(Case(id, "ward", "Test Testsson", "070-174 06 05", attempts=attempts), **more)


def test_the_last_ringing_decides() -> None:
    assert state_of(case()).status is Status.OPEN
    assert state_of(case("a", Outcome.BUSY, Outcome.INTERRUPTED)).status is Status.OPEN
    closed = state_of(case("a", Outcome.NO_ANSWER, Outcome.REFUSED))
    assert (closed.status, closed.outcome, closed.rung) == (Status.CLOSED, Outcome.REFUSED, 2)
    assert state_of(case("a", Outcome.REFUSED, Outcome.NOT_NOW)).status is Status.OPEN


def test_a_time_agreed_on_waits_until_the_next_ringing() -> None:
    later = Attempt(NOW, Outcome.APPOINTMENT, appointment=NOW + timedelta(hours=3))
    booked = case(attempts=(later,))
    assert state_of(booked).status is Status.APPOINTMENT
    assert state_of(booked).appointment == later.appointment
    assert state_of(replace(booked, attempts=(later, Attempt(NOW, Outcome.NO_ANSWER)))).status is Status.OPEN


def test_whom_to_ring_first() -> None:
    def booked(id: str, hours: int) -> Case:
        agreed = Attempt(NOW - timedelta(days=1), Outcome.APPOINTMENT, appointment=NOW + timedelta(hours=hours))
        return case(id, attempts=(agreed,))

    today = NOW.date()
    listed = [
        case("closed", Outcome.COMPLETE),
        case("too late", window=today - timedelta(days=1)),
        booked("in an hour", 1),
        case("home yesterday", discharged=today - timedelta(days=1), window=today + timedelta(days=6)),
        case("rung once", Outcome.BUSY, window=today + timedelta(days=2)),
        case("never rung", window=today + timedelta(days=2)),
        case("last day", Outcome.BUSY, Outcome.BUSY, window=today),
        booked("an hour ago", -1),
    ]
    assert [case.id for case in in_order(listed, NOW)] == [
        "an hour ago",
        "last day",
        "never rung",
        "rung once",
        "home yesterday",
        "in an hour",
        "too late",
        "closed",
    ]


@pytest.mark.parametrize(("said", "then"), [(2, 1), (1, 2)])
def test_an_agreed_time_is_the_one_on_the_wall(said: int, then: int) -> None:
    """Agreed on in summer time for a day of winter time, or the other way round."""
    day = datetime(2026, 10, 27, 10, 0)
    agreed = Attempt(NOW, Outcome.APPOINTMENT, appointment=day.replace(tzinfo=timezone(timedelta(hours=said))))
    booked, waiting = case("booked", attempts=(agreed,)), case("waiting", window=day.date())
    for minutes, first in ((-1, "waiting"), (0, "booked")):
        now = (day + timedelta(minutes=minutes)).replace(tzinfo=timezone(timedelta(hours=then)))
        assert in_order([waiting, booked], now)[0].id == first


def test_the_calendar_has_an_end() -> None:
    assert window_of(date(9999, 12, 30)) == (date.max, date.max)


def test_calls_are_made_three_to_seven_days_after_coming_home() -> None:
    assert window_of(date(2026, 11, 20)) == (date(2026, 11, 23), date(2026, 11, 27))


@pytest.mark.parametrize(
    ("outcomes", "counted"),
    [
        ((), Outcome.NEVER_RUNG),
        ((Outcome.BUSY, Outcome.NO_ANSWER), Outcome.NO_CONTACT),
        ((Outcome.MACHINE, Outcome.NO_ANSWER), Outcome.VOICEMAIL),
        ((Outcome.NOT_NOW, Outcome.MACHINE), Outcome.NEVER_AVAILABLE),
        ((Outcome.INTERRUPTED, Outcome.NOT_NOW), Outcome.BREAK_OFF),
        ((Outcome.NO_ANSWER, Outcome.DECEASED), Outcome.DECEASED),
    ],
)
def test_what_an_unfinished_case_counts_as(outcomes: tuple[Outcome, ...], counted: Outcome) -> None:
    assert closing_outcome(case("a", *outcomes).attempts) is counted
    assert counted.final


@pytest.mark.parametrize(
    ("more", "code", "place"),
    [
        ({"name": " "}, "calls.no-name", "name"),
        ({"telephone": "ring mig"}, "calls.bad-telephone", "telephone"),
        ({"proxy_telephone": "0"}, "calls.bad-telephone", "proxy_telephone"),
        ({"note": "x" * 501}, "calls.too-long", "note"),
        ({"discharged": date(2026, 11, 20), "window": date(2026, 11, 19)}, "calls.bad-window", "window"),
    ],
)
def test_a_case_nobody_could_ring_is_refused(more: dict[str, object], code: str, place: str) -> None:
    check_case(case())
    with pytest.raises(InterviewError) as refused:
        check_case(case(**more))
    assert (refused.value.code, refused.value.place) == (code, place)


def test_every_outcome_and_identity_has_words() -> None:
    for language in LANGUAGES:
        catalogue = Catalogue(language)
        words = [catalogue(outcome.label) for outcome in Outcome]
        assert len(set(words)) == len(words)
        assert all(catalogue(answer.label) for answer in Identity)
    assert set(RINGINGS).isdisjoint({Outcome.COMPLETE, Outcome.PARTIAL, Outcome.BREAK_OFF, Outcome.INTERRUPTED})


def test_p5_no_personal_data_in_a_repr() -> None:
    shown = repr(case("a", note="hjärtat", proxy_name="Anhörig", attempts=(Attempt(NOW, Outcome.BUSY, "sover"),)))
    assert not any(word in shown for word in ("Testsson", "070", "hjärtat", "Anhörig", "sover"))
