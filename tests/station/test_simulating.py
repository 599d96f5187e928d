"""Rehearsal (A2): made-up interviews through the real flow and sealing, and a station to look around in."""

import random
from pathlib import Path

import pytest

from interview.calls.outcomes import Outcome
from interview.crypto.padding import unpad
from interview.crypto.sealing import open_sealed
from interview.errors import InterviewError
from interview.exchange.rehearsal import rehearsal_sealing_key
from interview.paths import Home
from interview.session.answers import Missing
from interview.session.response import Response
from interview.station import answering, casework
from interview.station.demo import demo_station
from interview.station.finishing import finish
from interview.station.simulating import MOST, simulate
from interview.station.station import Station
from tests.station.stations import noon, talk


def test_made_up_interviews_are_counted_sealed_and_tidied(rehearsal: Station) -> None:
    """A2: of every kind, each fitting the form; and every interview counted once."""
    told: list[tuple[int, int]] = []
    stored = simulate(rehearsal, 120, random.Random(7), lambda done, total: told.append((done, total)))
    assert told[-1] == (120, 120) and told == sorted(set(told))
    assert rehearsal.responses.waiting_count(rehearsal.survey_hash) == stored
    assert not rehearsal.tidier.pending and rehearsal.workspace.drafts() == ()
    tallies = rehearsal.workspace.tallies()
    assert sum(tallies.values()) == 120
    sealed = sum(count for tally, count in tallies.items() if tally.outcome in (Outcome.COMPLETE, Outcome.PARTIAL))
    assert sealed == stored < 120
    form, survey = rehearsal.form(rehearsal.questionnaire_hash), bytes.fromhex(rehearsal.survey_hash)
    responses = []
    for _, record in rehearsal.responses.waiting(rehearsal.survey_hash):
        response = Response.from_bytes(unpad(open_sealed(record, rehearsal_sealing_key(), 0, survey)))
        response.validate_against(form)
        responses.append(response)
    assert {str(response.respondent) for response in responses} == {"patient", "patient-with-help", "proxy", "mixed"}
    kinds = {answer.missing for response in responses for answer in response.answers}
    assert {Missing.DECLINED, Missing.UNKNOWN, Missing.LEFT_OPEN, Missing.ROUTED_PAST} <= kinds
    assert {response.period for response in responses} == {"2026-11"}


def test_a_real_station_takes_none(station: Station) -> None:
    with pytest.raises(InterviewError) as caught:
        simulate(station, 1, random.Random(1))
    assert caught.value.code == "station.rehearsal-only"
    assert station.responses.waiting_count(station.survey_hash) == 0


@pytest.mark.parametrize("number", [0, -1, MOST + 1])
def test_a_number_that_makes_no_sense_is_refused(rehearsal: Station, number: int) -> None:
    with pytest.raises(InterviewError) as caught:
        simulate(rehearsal, number, random.Random(1))
    assert (caught.value.code, caught.value.facts["most"]) == ("station.bad-count", MOST)


def test_the_same_seed_says_the_same(rehearsal: Station) -> None:
    counts = [simulate(rehearsal, 30, random.Random(5)) for _ in range(2)]
    assert counts[0] == counts[1]


def test_in_a_demonstration_one_can_do_everything(tmp_path: Path) -> None:
    """A2: a call list, interviews under way, responses; and the next interview is finished like any."""
    with demo_station(Home(tmp_path / "demo"), responses=15, clock=noon) as station:
        assert station.rehearsal
        cases = casework.cases(station)
        assert len(cases) == 12 and {len(case.attempts) for case in cases} == {0, 1, 2}
        assert any(case.proxy_name for case in cases) and any(case.consent_noted for case in cases)
        lines = answering.drafts(station)
        assert len(lines) == 3 and all(0 < line.number <= line.count for line in lines)
        for line in lines:
            finish(station, talk(station, answering.resume(station, line.id)))
        assert answering.drafts(station) == ()
        assert 15 <= station.responses.waiting_count(station.survey_hash) <= 18
        closed = [case for case in casework.cases(station) if case.attempts and case.attempts[-1].outcome.final]
        assert len(closed) == 4
