"""P3, P4, P7, T5, T11: what a response says, how long it can be, and what is refused when one is read."""

import json
from dataclasses import fields, replace
from random import Random

import pytest

from interview.canonical import canonical_json
from interview.errors import InterviewError
from interview.questionnaire.models import ItemType, Role
from interview.session.answers import Address, Answer, Draft, Missing, Respondent
from interview.session.form import Form
from interview.session.interview import Interview
from interview.session.response import Response, make_response, response_bytes
from interview.session.standing import from_nothing
from interview.session.walk import random_walk
from interview.survey import Background
from tests.session.forms import choice, item, questionnaire, small_form, when
from tests.session.monkey import begin
from tests.session.test_flow import answered

SECRETS = {"id": "d" * 32, "survey": "5" * 64, "case": "c" * 32, "started": "2026-11-24T10:17"}


def finished(**more: object) -> Interview:
    interview = begin(small_form(), **(SECRETS | more)).go_on().answer("yes").answer("patient")
    for value in ("good", "before", "fully", "right"):
        interview = interview.answer(value)
    return (
        interview.go_on().answer("no").answer(("lists", "dose")).answer("yes").answer(9).answer("Mer\ntid").lasting(431)
    )


def laid(**more: object) -> dict[str, object]:
    content = json.loads(response_bytes(finished(), "2026-11", "primary-care"))
    return content | more


def with_answer(id: str, **more: object) -> dict[str, object]:
    content = laid()
    answers = content["answers"]
    assert isinstance(answers, list)
    content["answers"] = [{"id": id, **more} if answer["id"] == id else answer for answer in answers]
    return content


def test_what_it_says() -> None:
    made = make_response(finished(), "2026-11", "municipality")
    assert (made.period, made.unit, made.organisation, made.respondent) == (
        "2026-11",
        "ward",
        "municipality",
        "patient",
    )
    told = {answer.id: answer.value if answer.missing is None else answer.missing for answer in made.answers}
    assert told == {
        "A1": "yes",
        "A2": "patient",
        "A3": Missing.ROUTED_PAST,
        "A4": Missing.ROUTED_PAST,
        "E1": "good",
        "B4": "before",
        "B5": "fully",
        "B5n": Missing.ONLY_ASKED_OF_PROXY,
        "C1": "right",
        "D1": "no",
        "D2": Missing.ROUTED_PAST,
        "D3": Missing.ROUTED_PAST,
        "D7b": ("dose", "lists"),
        "D5": "yes",
        "F1": 9,
        "F2": "Mer\ntid",
    }


def test_t3_nothing_in_it_points_back_at_the_station() -> None:
    content = response_bytes(finished(), "2026-11", "primary-care").decode()
    for told in (*SECRETS.values(), "431", "10:17", "2026-11-24", "sv"):
        assert told not in content
    other = finished(id="e" * 32, case=None, started="2026-11-02T08:00", language="en").lasting(99)
    assert response_bytes(other, "2026-11", "primary-care").decode() == content
    assert {field.name for field in fields(Draft)} & set(Response.model_fields) == {
        "questionnaire",
        "unit",
        "respondent",
        "language",  # only where the survey asks for it, as above
        "answers",
    }


def test_routed_past_answers_never_reach_the_response() -> None:
    interview = finished().jump(Address("B4")).answer("no")
    assert Address("B5") in interview.draft.answers
    assert "fully" not in response_bytes(interview, "2026-11", "primary-care").decode()


def test_reading_gives_the_same_back() -> None:
    made = make_response(finished(), "2026-11", "primary-care")
    assert Response.from_bytes(made.to_bytes()) == made
    made.validate_against(small_form().questionnaire)
    made.validate_against(small_form())


@pytest.mark.parametrize("words", ["", "x" * 500, "🙂" * 500, '"' * 500, "\n\\" * 250, "\u2028" * 500])
def test_t5_no_response_is_longer_than_the_padding(words: str) -> None:
    interview = finished(unit="u" * 64).jump(Address("F2"))
    content = response_bytes(interview.answer(f"x{words}"[:500]), "2026-11", "primary-care")
    assert len(content) + 4 <= interview.form.padded_size
    assert interview.form.padded_size % 1024 == 0


def test_t5_the_longest_response_fills_what_was_reckoned() -> None:
    form = Form(questionnaire(item("T", ItemType.TEXT, max_length=500), choice("Q", not_applicable=True)), "0" * 64)
    interview = begin(form, unit="u" * 64).answered_by(Respondent.HELPED).answer("🙂" * 500)
    interview = interview.without_value(Missing.UNKNOWN)
    assert len(response_bytes(interview, "2026-11", "primary-care")) + 4 <= form.padded_size
    assert form.padded_size == 3072


def test_p7_a_draft_finishes_on_the_version_it_began_with() -> None:
    newer = Form(small_form().questionnaire.model_copy(update={"version": "2"}))
    interview = finished()
    with pytest.raises(InterviewError, match=r"session\.other-version"):
        Interview.resume(newer, interview.draft)
    with pytest.raises(InterviewError) as refused:
        make_response(interview, "2026-11", "primary-care").validate_against(newer)
    assert refused.value.facts["rule"] == "questionnaire"
    assert Interview.resume(interview.form, interview.draft).draft == interview.draft


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"{}",
        b"\xff",
        b"[" * 100_000,
        b'{"format":NaN}',
        canonical_json(laid(format=2)),
        canonical_json(laid(period="2026-13")),
        canonical_json(laid(period="2026-11-24")),
        canonical_json(laid(station="s1")),
        canonical_json(laid(organisation="hospital")),
        canonical_json(laid(respondent="staff")),
        canonical_json(with_answer("E1", value="good", by="caller")),
        canonical_json(with_answer("E1", missing="no-idea")),
        canonical_json(with_answer("E1", value=True, by="patient")),
        canonical_json(with_answer("E1", value="good", by="patient", repetition=0)),
        canonical_json(with_answer("E1", value=["good", ["bad"]], by="patient")),
        json.dumps(laid()).encode(),
        response_bytes(finished(), "2026-11", "primary-care") + b" ",
        response_bytes(finished(), "2026-11", "primary-care").replace(b'"format":1', b'"format":1,"format":1'),
    ],
)
def test_t11_only_canonical_responses_are_read(content: bytes) -> None:
    with pytest.raises(InterviewError, match=r"session\.bad-response"):
        Response.from_bytes(content)


@pytest.mark.parametrize(
    ("content", "place", "rule"),
    [
        (with_answer("E1", value="excellent", by="patient"), "E1", "value"),
        (with_answer("F1", value=11, by="patient"), "F1", "value"),
        (with_answer("F2", value="x" * 501, by="patient"), "F2", "value"),
        (with_answer("F2", value=" x", by="patient"), "F2", "value"),
        (with_answer("D7b", value=["lists", "dose"], by="patient"), "D7b", "value"),
        (with_answer("D7b", value=["none", "dose"], by="patient"), "D7b", "value"),
        (with_answer("D7b", value=["dose", "dose"], by="patient"), "D7b", "value"),
        (with_answer("E1", value="good", missing="asked-declined", by="patient"), "E1", "missing"),
        (with_answer("E1"), "E1", "missing"),
        (with_answer("C1", missing="not-applicable", by="patient"), "C1", "missing"),
        (with_answer("D1", missing="not-asked-of-proxy"), "D1", "missing"),
        (with_answer("E1", missing="only-asked-of-proxy"), "E1", "missing"),
        (with_answer("D5", missing="not-core"), "D5", "missing"),
        (with_answer("A1", missing="asked-declined", by="patient"), "A1", "missing"),
        (with_answer("E1", value="good"), "E1", "by"),
        (with_answer("E1", missing="left-open", by="patient"), "E1", "by"),
        (with_answer("E1", value="good", by="proxy"), "E1", "by"),
        (with_answer("B5n", value="yes", by="patient"), "B5n", "by"),
        (with_answer("E1", missing="routed-past"), "E1", "routing"),
        (with_answer("D2", value="late", by="patient"), "D2", "routing"),
        (laid(answers=laid()["answers"][1:]), "", "questions"),  # type: ignore[index]
        (laid(answers=laid()["answers"] * 2), "", "questions"),  # type: ignore[operator]
        (laid(respondent="proxy"), "", "respondent"),
        (laid(questionnaire="0" * 64), "", "questionnaire"),
    ],
)
def test_a_response_that_does_not_fit_its_form_is_refused(content: dict[str, object], place: str, rule: str) -> None:
    read = Response.from_bytes(canonical_json(content))
    with pytest.raises(InterviewError, match=r"session\.response-does-not-fit") as refused:
        read.validate_against(small_form())
    assert (refused.value.place, refused.value.facts["rule"]) == (place, rule)


def test_a_form_that_was_never_checked_is_refused() -> None:
    forward = questionnaire(choice("Q", enable_when=(when("R", "yes"),)), choice("R"))
    nowhere = questionnaire(choice("Q", enable_when=(when("Z", "yes"),)))
    for form in (forward, nowhere):
        with pytest.raises(InterviewError, match=r"session\.form-not-checked"):
            Form(form)


def test_answers_are_addressed_by_repetition_in_the_bytes_too() -> None:
    """A5: the first repetition is written without one, so that forms with repeats need no new format."""
    interview = finished()
    made = make_response(interview, "2026-11", "primary-care")
    second = made.answers[4].model_copy(update={"repetition": 1})
    again = made.model_copy(update={"answers": (*made.answers, second)})
    assert Response.from_bytes(again.to_bytes()) == again
    assert made.to_bytes().count(b"repetition") == 0


def test_equal_seeds_walk_alike_and_walks_hold_every_kind() -> None:
    form = small_form()
    first, second = (random_walk(form, Random(5), unit="ward") for _ in range(2))
    assert first.draft == second.draft
    rng, seen, who = Random(6), set(), set()
    for _ in range(600):
        made = make_response(random_walk(form, rng, unit="ward"), "2026-11", "primary-care")
        seen |= {answer.missing for answer in made.answers}
        who.add(str(made.respondent))
    assert seen == {*Missing, None}
    assert who == {"patient", "patient-with-help", "proxy", "mixed"}


def test_a_draft_read_back_stands_where_it_stood() -> None:
    """P2: the draft alone brings everything back."""
    interview = answered("yes", "patient", "good", "before").answered_by(Respondent.PROXY)
    copied = replace(
        interview.draft,
        answers={address: Answer(a.value, a.missing, a.given_by) for address, a in interview.draft.answers.items()},
    )
    resumed = Interview.resume(interview.form, copied)
    assert resumed.standing == interview.standing == from_nothing(interview.form, copied.answers)
    assert resumed.view == interview.view
    assert resumed.review() == interview.review()


def test_background_is_asked_and_kept_only_where_the_survey_says_so() -> None:
    """B6: relation and reason are routed past, the language is left out, unless the survey names them."""
    asked = begin(small_form()).go_on().answer("yes").answer("proxy")
    assert asked.item is not None
    assert asked.item.role is Role.RELATION
    quiet = Form(small_form().questionnaire, None, (Background.LANGUAGE,))
    interview = begin(quiet).go_on().answer("yes").answer("proxy")
    assert interview.item is not None
    assert interview.item.role is None
    made = make_response(interview, "2026-11", "primary-care")
    assert made.language == interview.draft.language
    assert {answer.missing for answer in made.answers if answer.id in ("A3", "A4")} == {Missing.ROUTED_PAST}
    made.validate_against(quiet)
    assert Response.from_bytes(made.to_bytes()) == made
    with pytest.raises(InterviewError) as caught:
        made.validate_against(Form(small_form().questionnaire))
    assert caught.value.facts["rule"] in ("routing", "language")
    told = finished()
    assert b'"language"' not in response_bytes(told, "2026-11", "primary-care")
