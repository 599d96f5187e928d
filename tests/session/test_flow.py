"""A6: next, back, forward, jump, asides, the review, core only, language: what a caller sees happen."""

from random import Random

import pytest

from interview.errors import InterviewError
from interview.questionnaire.models import Ending, ItemType, Operator
from interview.session.answers import REVIEW, Address, Missing, Respondent
from interview.session.form import Form
from interview.session.interview import Interview
from tests.session.forms import choice, item, questionnaire, small_form, text, when
from tests.session.monkey import begin


def at(interview: Interview) -> str:
    """The id of the item on the screen, `review` on the review."""
    return "review" if interview.item is None else interview.item.id


def answered(*values: object, form: Form | None = None) -> Interview:
    """An interview with those answers keyed one after another; a text read aloud is passed."""
    interview = begin(form or small_form())
    for value in values:
        interview = _past_displays(interview).answer(value)
    return _past_displays(interview)


def _past_displays(interview: Interview) -> Interview:
    while interview.item is not None and not interview.item.is_question:
        interview = interview.go_on()
    return interview


def refused(code: str):
    return pytest.raises(InterviewError, match=code.replace(".", r"\."))


def test_from_hello_to_the_review() -> None:
    interview = begin(small_form())
    assert at(interview) == "hello"
    seen = []
    keys = iter(["yes", "patient", "good", "no", "early", "no", ("dose",), "yes", 9, "maten"])
    while interview.item is not None:
        seen.append(at(interview))
        interview = interview.answer(next(keys)) if interview.item.is_question else interview.go_on()
    expected = ["hello", "A1", "A2", "E1", "B4", "C1", "between", "D1", "D7b", "D5", "F1", "F2", "goodbye"]
    assert seen == expected
    assert interview.completeness.sealable
    assert interview.open_count == 0


def test_an_answer_opens_and_closes_what_depends_on_it() -> None:
    interview = answered("yes", "patient", "good", "before")
    assert at(interview) == "B5"
    interview = interview.back().answer("no")
    assert at(interview) == "C1"
    assert not interview.applies(Address("B5"))


def test_answers_routed_past_are_remembered_and_come_back() -> None:
    interview = answered("yes", "patient", "good", "before", "fully", "right")
    interview = interview.jump(Address("B4")).answer("no")
    assert not interview.applies(Address("B5"))
    assert Address("B5") in interview.draft.answers
    assert "B5" not in [line.address.id for line in interview.review()]
    interview = interview.jump(Address("B4")).answer("after")
    assert [line.answer for line in interview.review() if line.address.id == "B5"] == ["fully"]


def test_a_condition_on_a_question_that_does_not_apply_counts_as_unanswered() -> None:
    """D3 is asked unless D2 is never; D2 was never, but is itself routed past by D1."""
    form = Form(
        questionnaire(
            choice("D1"),
            choice("D2", "on-time", "never", enable_when=(when("D1", "yes"),)),
            choice("D3", enable_when=(when("D2", "never", Operator.IS_NOT),)),
            choice("D4", enable_when=(when("D2", True, Operator.ANSWERED),)),
        )
    )
    interview = answered("yes", "never", form=form)
    assert at(interview) == "D4"
    interview = interview.jump(Address("D1")).answer("no")
    assert interview.applies(Address("D3"))
    assert not interview.applies(Address("D4"))


def test_conditions_never_see_a_missing_code() -> None:
    interview = answered("yes", "patient", "good").without_value(Missing.UNKNOWN)
    assert at(interview) == "C1"


def test_a_correction_returns_to_where_one_was() -> None:
    interview = answered("yes", "patient", "good", "no", "right", "no")
    assert at(interview) == "D7b"
    interview = interview.back().back().back()
    assert at(interview) == "C1"
    assert at(interview.answer("late")) == "D7b"


def test_back_and_forward_go_among_what_has_been_asked() -> None:
    interview = answered("yes", "patient", "good")
    assert at(interview) == "B4"
    assert at(interview.forward()) == "B4"
    back = interview.back()
    assert [at(back), at(back.back()), at(back.back().back()), at(back.back().back().back())] == [
        "E1",
        "A2",
        "A1",
        "hello",
    ]
    first = back.back().back().back()
    assert at(first.back()) == "hello"
    assert at(first.forward()) == "A1"
    assert at(back.forward()) == "B4"
    assert at(back.forward().forward()) == "B4"


def test_texts_are_read_once() -> None:
    interview = answered("yes", "patient", "good", "no").answer("right")
    assert at(interview) == "between"
    interview = interview.go_on().answer("no")
    assert at(interview.jump(Address("C1")).answer("late")) == "D7b"


def test_jumping_from_the_review_returns_there() -> None:
    interview = answered("yes", "patient", "good", "no", "right", "no", ("dose",), "yes", 9, "").to_review()
    interview = interview.jump(Address("E1"))
    assert interview.draft.return_to == REVIEW
    assert at(interview.answer("bad")) == "review"


def test_what_a_change_from_the_review_opens_is_asked_before_returning() -> None:
    interview = answered("yes", "patient", "good", "no", "right", "no", ("dose",), "yes", 9, "").to_review()
    interview = interview.jump(Address("B4")).answer("before")
    assert at(interview) == "B5"
    assert at(interview.answer("fully")) == "review"


def test_the_improvement_text_from_any_question_and_back() -> None:
    interview = answered("yes", "patient", "good")
    aside = interview.aside(Address("F2"))
    assert at(aside) == "F2"
    assert at(aside.back()) == at(aside.forward()) == "B4"
    written = aside.answer("  Mer tid\r\npå natten ")
    assert at(written) == "B4"
    assert written.draft.answers[Address("F2")].value == "Mer tid\npå natten"
    assert at(written.answer("no").answer("right")) == "between"
    assert at(interview.to_review().aside(Address("F2")).answer("x")) == "review"


def test_leaving_open_goes_on_and_is_not_an_answer() -> None:
    interview = answered("yes", "patient", "good")
    left = interview.leave_open()
    assert at(left) == "C1"
    assert left.draft.answers[Address("B4")].missing is Missing.LEFT_OPEN
    assert left.open_count == interview.open_count
    assert at(interview.jump(Address("D7b")).answer(())) == "D5"


def test_going_on_needs_an_answer_but_enter_on_a_text_does_not() -> None:
    with refused("session.no-answer-yet"):
        answered("yes", "patient").go_on()
    assert at(begin(small_form()).go_on()) == "A1"


def test_typed_text_is_recorded_without_leaving_and_taken_away_when_erased() -> None:
    interview = answered("yes", "patient").jump(Address("F2"))
    typed = interview.record("mer")
    assert (at(typed), typed.changed) == ("F2", (Address("F2"),))
    assert typed.record("mer ").changed == ()
    erased = typed.record("")
    assert Address("F2") not in erased.draft.answers
    assert erased.changed == (Address("F2"),)


@pytest.mark.parametrize(("code", "ending"), [("later", Ending.NOT_NOW), ("no", Ending.DECLINED)])
def test_without_consent_nothing_is_asked(code: str, ending: Ending) -> None:
    interview = begin(small_form()).go_on()
    with refused("session.answer-needed"):
        interview.leave_open()
    with refused("session.missing-not-taken"):
        interview.without_value(Missing.DECLINED)
    with refused("session.consent-first"):
        interview.jump(Address("E1"))
    with refused("session.consent-first"):
        interview.aside(Address("F2"))
    declined = interview.answer(code)
    assert (at(declined), declined.ending) == ("A1", ending)
    assert at(declined.back().go_on()) == "A1"
    assert at(declined.go_on()) == "A1"
    assert not declined.completeness.sealable
    agreed = declined.answer("yes")
    assert (at(agreed), agreed.ending) == ("A2", None)


def test_jumping_where_nothing_applies_is_refused() -> None:
    interview = answered("yes", "patient")
    with refused("session.does-not-apply"):
        interview.jump(Address("B5"))
    with refused("session.unknown-question"):
        interview.jump(Address("Z9"))
    with refused("session.does-not-apply"):
        interview.jump(Address("home"))


def test_core_only_asks_the_rest_of_the_core_and_can_be_taken_back() -> None:
    interview = answered("yes", "patient", "good")
    tired = interview.core_only()
    assert at(tired) == "D5"
    assert (tired.view.number, tired.view.count) == (4, 6)
    done = tired.answer("yes").answer(8).answer("")
    assert at(done) == "goodbye"
    assert at(done.go_on()) == "review"
    rested = tired.core_only(False)
    assert rested.applies(Address("B4"))
    assert at(interview.jump(Address("F1")).answer(7).jump(Address("B4")).core_only()) == "D5"


def test_ended_keeps_the_answers() -> None:
    interview = answered("yes", "patient", "good").ended()
    assert (at(interview), interview.draft.ended) == ("review", True)
    assert not interview.ended(False).draft.ended


def test_language_follows_and_falls_back() -> None:
    interview = begin(small_form(), language="en")
    assert interview.view.text == "en hello"
    assert interview.in_language("sv").view.text == "hello"
    with refused("session.unknown-language"):
        interview.in_language("fi")
    assert begin(small_form(), language="fi").draft.language == "sv"
    partial = Form(questionnaire(item("only", ItemType.DISPLAY).model_copy(update={"text": {"sv": "bara"}})))
    assert begin(partial, language="en").view.text == "bara"


def test_view_of_a_question() -> None:
    interview = answered("yes", "patient", "good", "no", "right", "no")
    view = interview.record(("effect",)).view
    assert (view.section, view.number, view.count) == ("home", 7, 10)
    assert [(option.digit, option.chosen) for option in view.options] == [
        ("1", False),
        ("2", True),
        ("3", False),
        ("4", False),
    ]
    assert view.missing_keys == (Missing.DECLINED, Missing.UNKNOWN)
    assert interview.jump(Address("B4")).view.missing_keys[-1] is Missing.NOT_APPLICABLE
    with refused("session.on-review"):
        _ = interview.to_review().view


def test_the_tenth_option_is_zero() -> None:
    form = Form(questionnaire(choice("Q", *"abcdefghij")))
    assert [option.digit for option in begin(form).view.options] == list("1234567890")


def test_numbers_count_what_applies_and_a_text_has_the_number_before_it() -> None:
    interview = begin(small_form())
    assert (interview.view.number, interview.view.count) == (0, 9)
    interview = answered("yes", "patient", "good", "before")
    assert (interview.view.number, interview.view.count) == (5, 11)
    closing = interview.jump(Address("goodbye"))
    assert closing.view.number == closing.view.count


def test_outline_counts_each_section() -> None:
    entries = {entry.title: entry for entry in answered("yes", "patient", "good").outline}
    assert list(entries) == ["start", "stay", "home"]
    assert (entries["stay"].answered, entries["stay"].count, entries["stay"].current) == (1, 3, True)
    assert (entries["start"].answered, entries["start"].count, entries["start"].current) == (2, 2, False)


def test_the_answer_just_given_is_shown_and_found_again_after_resuming() -> None:
    interview = answered("yes", "patient", "good")
    shown = interview.last_answer
    assert shown is not None
    assert (shown.address.id, shown.answer) == ("E1", "good")
    resumed = Interview.resume(interview.form, interview.draft)
    assert resumed.last_answer == shown
    assert begin(small_form()).last_answer is None


def test_an_interview_is_never_changed() -> None:
    interview = answered("yes", "patient")
    before = dict(interview.draft.answers), interview.draft.position, interview.standing
    interview.answer("good").answered_by(Respondent.PROXY).core_only().ended()
    assert (dict(interview.draft.answers), interview.draft.position, interview.standing) == before


def test_p5_no_answer_in_a_repr() -> None:
    interview = answered("yes", "patient").jump(Address("F2")).answer("hemligheten")
    assert "hemligheten" not in repr(interview)


def test_cost_of_an_answer_does_not_grow_with_the_form(monkeypatch: pytest.MonkeyPatch) -> None:
    """One answer evaluates what depends on it and nothing else, in a form of a thousand items."""
    questions = [choice("q0")]
    questions += [
        choice(f"q{n}", enable_when=(when(f"q{n - 1}", "yes"),) if n % 3 == 0 else ()) for n in range(1, 1000)
    ]
    form = Form(questionnaire(*questions), "0" * 64)
    evaluated = []
    whole = Form.routed
    monkeypatch.setattr(Form, "routed", lambda self, *args: evaluated.append(1) or whole(self, *args))
    interview, rng = begin(form), Random(1)
    evaluated.clear()
    for _ in range(200):
        interview = interview.answer(rng.choice(["yes", "no"]))
    assert len(evaluated) <= 200


def test_wording_of_a_question_without_its_own_proxy_words() -> None:
    form = Form(questionnaire(choice("Q", proxy=text("Q om ⟨NN⟩")), choice("R")))
    interview = begin(form).answered_by(Respondent.PROXY)
    assert interview.view.text == "Q om ⟨NN⟩"
    assert interview.answer("yes").view.text == "R"
