"""The call list (A11, P3): typed in, rung, closed by an interview's outcome, counted and erased."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from interview.calls.cases import Attempt, Case
from interview.calls.outcomes import Outcome
from interview.errors import InterviewError
from interview.station import answering, casework
from interview.station.finishing import finish
from interview.station.station import Station
from tests.station.stations import NOON, open_cases, talk

TYPED = Case(id="", unit="", name=" Påhittad\x1b[2J Ek ", telephone="070-174 06 05", discharged=date(2026, 11, 21))


def code_of(function: Callable[[], object]) -> str:
    with pytest.raises(InterviewError) as caught:
        function()
    return caught.value.code


def test_a_case_rests_under_an_id_of_its_own_with_clean_texts(station: Station) -> None:
    """T13; and an id nobody chose."""
    case = casework.add_case(station, TYPED)
    assert (len(case.id), case.unit) == (32, "vc-norr") and "\x1b" not in case.name
    assert casework.case(station, case.id) == case == casework.cases(station)[0]
    assert casework.add_case(station, TYPED).id != case.id


@pytest.mark.parametrize(
    ("changed", "code"),
    [({"unit": "vc-west"}, "station.unknown-unit"), ({"name": " "}, "calls."), ({"telephone": "ring ej"}, "calls.")],
)
def test_what_is_not_taken_changes_nothing(station: Station, changed: dict[str, str], code: str) -> None:
    case = casework.add_case(station, TYPED)
    assert code_of(lambda: casework.add_case(station, replace(TYPED, **changed))).startswith(code)
    assert code_of(lambda: casework.change_case(station, replace(case, **changed))).startswith(code)
    assert casework.cases(station) == (case,)


def test_changing_leaves_the_ringings(station: Station) -> None:
    case = casework.record_attempt(station, casework.add_case(station, TYPED), Outcome.BUSY, "prova\x07 sen")
    changed = casework.change_case(station, replace(case, note="hör dåligt"))
    assert (changed.note, [(a.outcome, a.note) for a in changed.attempts]) == (
        "hör dåligt",
        [(Outcome.BUSY, "prova sen")],
    )
    assert casework.case(station, case.id) == changed
    assert code_of(lambda: casework.change_case(station, replace(case, id="0" * 32))) == "store.no-such-case"


def test_a_final_outcome_closes_and_taking_it_back_opens(station: Station) -> None:
    case = casework.add_case(station, TYPED)
    assert casework.record_attempt(station, case, Outcome.REFUSED).attempts[-1].outcome is Outcome.REFUSED
    assert open_cases(station.workspace) == 0 and sum(station.workspace.tallies().values()) == 1
    assert casework.take_back_attempt(station, case).attempts == ()
    assert open_cases(station.workspace) == 1 and station.workspace.tallies() == {}
    gone = replace(case, id="0" * 32)
    assert code_of(lambda: casework.record_attempt(station, gone, Outcome.BUSY)) == "store.no-such-case"


@pytest.mark.parametrize("outcome", [Outcome.COMPLETE, Outcome.PARTIAL])
def test_a_case_whose_answers_are_sealed_is_not_taken_back(station: Station, outcome: Outcome) -> None:
    """A11: opened again, the same person would be asked and counted twice."""
    case = casework.add_case(station, TYPED)
    station.workspace.add_attempt(case.id, Attempt(station.clock(), outcome))
    assert code_of(lambda: casework.take_back_attempt(station, case)) == "station.case-sealed"
    assert casework.case(station, case.id).attempts[-1].outcome is outcome


def test_a_case_whose_answers_are_sealed_stays_closed_whatever_another_window_has_of_it(station: Station) -> None:
    """A11: rung once more, put aside, thrown away there: it is closed as it was, and counted as it was."""
    case = casework.add_case(station, TYPED)
    elsewhere = [talk(station, answering.begin(station, case), items=9) for _ in range(2)]
    finish(station, talk(station, answering.begin(station, case)))
    closed, counted = casework.case(station, case.id), station.workspace.tallies()
    for again in (
        lambda: casework.record_attempt(station, case, Outcome.NO_ANSWER),
        lambda: answering.begin(station, case),
    ):
        assert code_of(again) == "station.case-sealed"
    answering.interrupted(station, elsewhere[0], Outcome.INTERRUPTED)
    answering.discard(station, elsewhere[1], Outcome.BREAK_OFF)
    assert casework.case(station, case.id) == closed and station.workspace.tallies() == counted
    assert open_cases(station.workspace) == 0


def test_an_agreed_time_is_kept_to_the_minute(station: Station) -> None:
    when = NOON + timedelta(days=1, hours=3)
    case = casework.record_attempt(station, casework.add_case(station, TYPED), Outcome.APPOINTMENT, appointment=when)
    assert case.attempts[0].appointment == when


def test_tallies_follow_cases_and_outlive_them(station: Station) -> None:
    """P3: derived from cases by month; a finished case that is erased stays in the count, an interview without one too."""
    cases = [casework.add_case(station, TYPED) for _ in range(4)]
    casework.record_attempt(station, cases[0], Outcome.WRONG_NUMBER)
    casework.record_attempt(station, cases[1], Outcome.BUSY)
    finish(station, talk(station, answering.begin(station, cases[2])))
    finish(station, talk(station))
    draft = talk(station, answering.begin(station, cases[3]), items=4)
    casework.record_attempt(station, cases[3], Outcome.DECEASED)
    before = station.workspace.tallies()
    assert {(tally.month, tally.outcome): count for tally, count in before.items()} == {
        ("2026-11", Outcome.WRONG_NUMBER): 1, ("2026-11", Outcome.COMPLETE): 2, ("2026-11", Outcome.DECEASED): 1,
    }  # fmt: skip
    assert station.workspace.erase_closed_cases() == 3
    assert station.workspace.tallies() == before
    assert [case.id for case in casework.cases(station)] == [cases[1].id]
    # The interview whose case went goes on without it.
    assert answering.resume(station, draft.draft.id).draft.case is None
    assert casework.draft_of(station, cases[3]) is None


def test_a_draft_whose_case_vanished_is_finished_and_counted(station: Station) -> None:
    case = casework.add_case(station, TYPED)
    interview = talk(station, answering.begin(station, case))
    station.workspace.database.execute("DELETE FROM call_case WHERE id = ?", (case.id,))
    finish(station, interview)
    assert list(station.workspace.tallies().values()) == [1]
