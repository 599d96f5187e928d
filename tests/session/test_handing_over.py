"""A6: who answers can change at any time; each answer carries who gave it (F9, P9)."""

import pytest

from interview.errors import InterviewError
from interview.session.answers import Address, Answer, Missing, Respondent
from interview.session.interview import Interview
from interview.session.response import make_response
from tests.session.forms import small_form
from tests.session.monkey import begin
from tests.session.test_flow import answered, at

PATIENT, HELPED, PROXY = Respondent


def why(interview: Interview) -> dict[str, Missing | None]:
    """Why each question has no answer in the response."""
    return {answer.id: answer.missing for answer in make_response(interview, "2026-11", "primary-care").answers}


def test_a_proxy_from_the_start_is_asked_relation_and_reason_and_no_inner_states() -> None:
    interview = answered("yes", "proxy")
    assert (at(interview), interview.draft.respondent) == ("A3", PROXY)
    interview = interview.answer("child").answer("ill")
    assert (at(interview), interview.view.text) == ("B4", "B4 om NN")
    assert not interview.applies(Address("E1"))
    interview = interview.answer("before")
    assert at(interview) == "B5n"
    missing = why(interview)
    assert missing["E1"] is Missing.NOT_ASKED_OF_PROXY
    assert missing["B5"] is Missing.NOT_ASKED_OF_PROXY


def test_a_patient_is_not_asked_what_is_for_a_proxy() -> None:
    interview = answered("yes", "patient", "good", "before", "fully", "right")
    assert why(interview)["B5n"] is Missing.ONLY_ASKED_OF_PROXY


def test_a_proxy_takes_over_and_the_call_returns_to_where_it_was() -> None:
    interview = answered("yes", "patient", "good", "no", "right", "no")
    assert at(interview) == "D7b"
    handed = interview.answered_by(PROXY)
    assert at(handed) == "A3"
    assert handed.draft.return_to == Address("D7b")
    assert handed.draft.answers[Address("A2")] == Answer("proxy", None, PROXY)
    assert Address("A2") in handed.changed
    back = handed.answer("partner").answer("other")
    assert (at(back), back.draft.return_to) == ("D7b", None)
    assert handed.answer("partner").draft.return_to == Address("D7b")
    done = back.answer(("lists",))
    assert done.draft.answers[Address("D7b")].given_by is PROXY
    assert done.draft.answers[Address("E1")].given_by is PATIENT
    assert make_response(done, "2026-11", "primary-care").respondent == "mixed"


def test_p9_an_improvement_noted_meanwhile_skips_nothing_a_next_of_kin_is_asked() -> None:
    """They would be left open by nobody, never having been shown."""
    handed = answered("yes", "patient", "good").answered_by(PROXY).answer("partner")
    aside = handed.aside(Address("F2"))
    for back in (aside.answer("Mer tid"), aside.back(), aside.forward()):
        assert (at(back), back.draft.return_to) == (at(handed), Address("B4"))
    assert at(aside.answer("Mer tid").answer("ill")) == "B4"
    alone = begin(small_form()).go_on().answered_by(PROXY).answer("yes").aside(Address("F2")).answer("Mer tid")
    assert (at(alone), alone.draft.return_to) == ("A3", None)


def test_an_unanswered_relation_can_be_left_and_the_place_is_kept() -> None:
    handed = answered("yes", "patient", "good").answered_by(PROXY)
    assert at(handed.leave_open().without_value(Missing.DECLINED)) == "B4"


def test_back_from_the_relation_is_to_who_answers_and_on_again_by_way_of_it() -> None:
    """A6: back never jumps forward past relation and reason."""
    handed = answered("yes", "patient", "good").answered_by(PROXY)
    back = handed.back()
    assert (at(back), at(back.back()), at(handed.answer("child").back())) == ("A2", "A1", "A3")
    assert (at(back.go_on()), at(back.forward()), at(handed.forward())) == ("A3", "A3", "A3")
    assert at(back.go_on().answer("child").answer("ill")) == "B4"
    assert at(back.answer("patient")) == "B4"


def test_an_answer_looked_at_is_shown_as_it_was_given_and_stays_its_givers_until_there_is_another() -> None:
    """A6: the patient's words while a next of kin answers; the same answer again reassigns nothing."""
    interview = answered("yes", "patient", "good", "no").answered_by(PROXY).answer("child").answer("ill")
    seen = interview.to_review().jump(Address("B4"))
    assert (seen.view.text, seen.view.given_by) == ("B4", PATIENT)
    again = seen.answer("no")
    assert (again.draft.answers[Address("B4")].given_by, again.changed) == (PATIENT, ())
    other = seen.record("after")
    assert (other.draft.answers[Address("B4")].given_by, other.view.text) == (PROXY, "B4 om NN")


def test_who_answers_is_not_asked_where_it_was_settled_before() -> None:
    """A6: who took the telephone over at the beginning is recorded with the consent."""
    interview = begin(small_form()).go_on().answered_by(PROXY).answer("yes")
    assert at(interview) == "A3"
    assert interview.draft.answers[Address("A2")] == Answer("proxy", None, PROXY)
    assert set(interview.changed) == {Address("A1"), Address("A2")}


def test_the_screen_moves_on_where_the_question_is_not_for_a_proxy() -> None:
    interview = answered("yes", "patient").answered_by(PROXY)
    assert interview.draft.return_to == Address("B4")
    assert at(interview.answer("child").answer("ill")) == "B4"


def test_what_lies_behind_is_not_asked_again() -> None:
    """Neither a proxy's own twin of what the patient answered, nor what a proxy was not asked, counts as open."""
    late = answered("yes", "patient", "good", "before", "fully", "right", "no").answered_by(PROXY)
    assert late.draft.answers[Address("B5n")].missing is Missing.ONLY_ASKED_OF_PROXY
    assert why(late)["B5n"] is Missing.ONLY_ASKED_OF_PROXY
    ready = late.answer("child").answer("ill")
    assert at(ready) == "D7b"
    assert ready.open_count == 4

    returned = answered("yes", "proxy", "child", "ill", "no", "no").answered_by(PATIENT)
    assert why(returned)["E1"] is Missing.NOT_ASKED_OF_PROXY
    assert at(returned) == "D7b"
    assert returned.completeness.applicable == 5


def test_a_text_that_was_read_is_not_read_again() -> None:
    interview = answered("yes", "patient", "good", "no", "right")
    assert at(interview) == "D1"
    assert at(interview.answered_by(PROXY).answer("child").answer("ill")) == "D1"
    assert at(interview.back().answered_by(PROXY).answer("child").answer("ill")) == "between"


def test_what_lies_behind_can_still_be_asked_by_choosing_it() -> None:
    interview = answered("yes", "proxy", "child", "ill", "no", "no").answered_by(PATIENT)
    asked = interview.jump(Address("E1")).answer("bad")
    assert why(asked)["E1"] is None
    assert asked.draft.answers[Address("E1")].given_by is PATIENT
    assert at(asked) == "D7b"


def test_what_lies_ahead_is_asked_of_whoever_answers() -> None:
    interview = answered("yes", "patient").answered_by(PROXY).answered_by(PATIENT)
    assert at(interview) == "E1"
    assert interview.applies(Address("C1"))
    assert Address("C1") not in interview.draft.answers
    passed = answered("yes", "proxy", "child", "ill", "no")
    assert at(passed) == "D1"
    assert at(passed.answered_by(PATIENT)) == "C1"


def test_a_slip_of_the_finger_is_taken_back_without_loss() -> None:
    interview = answered("yes", "patient", "good", "before")
    slipped = interview.answered_by(PROXY).answered_by(PATIENT)
    assert at(slipped) == "B5"
    assert slipped.open_count == interview.open_count
    assert slipped.view.number == interview.view.number
    assert why(slipped) == why(interview)


def test_answers_given_before_stay() -> None:
    interview = answered("yes", "patient", "good", "before", "fully").answered_by(PROXY)
    assert interview.applies(Address("E1"))
    assert interview.applies(Address("B5"))
    assert why(interview)["B5"] is None


def test_what_the_patient_answered_is_not_changed_by_a_proxy() -> None:
    interview = answered("yes", "patient", "good", "no").answered_by(PROXY).answer("child").answer("ill")
    with pytest.raises(InterviewError, match=r"session\.not-for-respondent"):
        interview.jump(Address("E1")).answer("bad")
    assert interview.answered_by(PATIENT).jump(Address("E1")).answer("bad").draft.answers[Address("E1")].value == "bad"


def test_who_answers_can_be_corrected_where_it_was_asked() -> None:
    interview = answered("yes", "patient").back()
    assert at(interview) == "A2"
    corrected = interview.answer("proxy")
    assert (at(corrected), corrected.draft.respondent) == ("A3", PROXY)
    assert at(interview.answered_by(PROXY)) == "A3"
    assert interview.answered_by(PROXY).draft.return_to is None


def test_help_is_no_proxy_but_the_answers_say_it() -> None:
    interview = answered("yes", "patient", "good").answered_by(HELPED)
    assert at(interview) == "B4"
    done = interview.answer("no")
    assert done.draft.answers[Address("B4")].given_by is HELPED
    assert make_response(done, "2026-11", "primary-care").respondent == "mixed"
    alone = make_response(answered("yes", "patient-with-help", "good"), "2026-11", "primary-care")
    assert alone.respondent is HELPED


def test_consent_by_the_patient_does_not_make_a_proxys_response_mixed() -> None:
    """The patient is always asked first; who answered is told by the answers."""
    made = make_response(answered("yes", "proxy", "child", "ill", "no"), "2026-11", "primary-care")
    assert made.respondent is PROXY
    assert {answer.id: answer.by for answer in made.answers}["A1"] is PATIENT


def test_before_consent_only_who_answers_changes() -> None:
    interview = begin(small_form()).go_on().answered_by(PROXY)
    assert (at(interview), interview.draft.respondent, interview.changed) == ("A1", PROXY, ())


def test_from_the_review() -> None:
    interview = answered("yes", "patient", "good").to_review().answered_by(PROXY)
    assert at(interview) == "A3"
    assert at(interview.answer("child").answer("ill")) == "B4"
