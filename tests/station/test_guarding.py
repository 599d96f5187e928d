"""T20, C7: no personal number is sealed, whatever front end asks for it; what the case gives is known."""

from dataclasses import replace

import pytest

from interview.calls.cases import Case
from interview.errors import InterviewError
from interview.guard.findings import Kind, Known
from interview.session.answers import Address
from interview.session.interview import Interview
from interview.station import answering, casework
from interview.station.finishing import finish
from interview.station.guarding import known_to, marks
from interview.station.station import Station
from tests.station.stations import to_the_review

HOLDS = "640823-3234"


def with_text(interview: Interview, text: str) -> Interview:
    at_review = to_the_review(interview)
    return at_review.jump(Address("F2")).answer(text)


def test_t20_a_personal_number_is_not_sealed_and_nothing_is_lost(rehearsal: Station) -> None:
    station = rehearsal
    interview = with_text(answering.begin(station), f"Ring {HOLDS}!")
    with pytest.raises(InterviewError) as caught:
        finish(station, interview)
    assert caught.value.code == "guard.personal-number"
    assert caught.value.place == "F2"
    assert HOLDS not in str(caught.value.facts)
    assert station.responses.waiting_count(station.survey_hash) == 0
    resumed = answering.resume(station, interview.draft.id)
    assert resumed.draft.answers[Address("F2")].value == f"Ring {HOLDS}!"
    done = finish(station, resumed.jump(Address("F2")).answer("Ring [personnummer]!"))
    assert done.sealed
    assert done.waiting == 1


def test_what_is_only_warned_of_is_sealed(rehearsal: Station) -> None:
    station = rehearsal
    interview = with_text(answering.begin(station), "Anna på Storgatan 5 var snäll, 640823-3235")
    assert finish(station, interview).sealed


def test_the_case_and_the_units_are_known(station: Station) -> None:
    made = Case(id="", unit="", name="Ljubomir Zzyx", telephone="035-12 34 56", proxy_name="Qwxa Zzyx")
    case = casework.add_case(station, made)
    interview = with_text(answering.begin(station, case), "qwxas mamma, ring 123456 eller 035-00 00 00")
    known = known_to(station, interview.draft)
    assert known == Known((case.name, case.proxy_name), (case.telephone, ""), ("035-000000", ""))
    found = marks(interview, known)
    assert [(mark.words, mark.finding.kind) for mark in found] == [("qwxas", Kind.NAME), ("123456", Kind.TELEPHONE)]
    assert {mark.address for mark in found} == {Address("F2")}
    assert "qwxa" not in repr(found)
    assert known_to(station, replace(interview.draft, case=None)).names == ()
