"""P9, A7: the kinds of no answer are different things, the same for every type of question, and never a value."""

import pytest

from interview.errors import InterviewError
from interview.messages import LANGUAGES, Catalogue
from interview.questionnaire.models import Item, ItemType, Role
from interview.session.answers import KEYED, Address, Missing, Respondent
from interview.session.form import Form
from interview.session.interview import Interview
from interview.session.response import Response, make_response
from tests.session.forms import choice, item, options, questionnaire, when
from tests.session.monkey import begin
from tests.session.test_flow import answered

OF_EVERY_TYPE = {
    ItemType.CHOICE: choice("Q", not_applicable=True),
    ItemType.CHOICES: item("Q", ItemType.CHOICES, options=options("a", "b"), not_applicable=True),
    ItemType.SCALE: item("Q", ItemType.SCALE, minimum=0, maximum=10, not_applicable=True),
    ItemType.TEXT: item("Q", ItemType.TEXT, max_length=20, not_applicable=True),
}


def the_answer(interview: Interview, id: str):
    made = make_response(interview, "2026-11", "primary-care")
    read = Response.from_bytes(made.to_bytes())
    read.validate_against(interview.form)
    return next(answer for answer in read.answers if answer.id == id)


@pytest.mark.parametrize("missing", KEYED)
@pytest.mark.parametrize("question", OF_EVERY_TYPE.values(), ids=list(OF_EVERY_TYPE))
def test_p9_the_same_keys_on_every_type(question: Item, missing: Missing) -> None:
    interview = begin(Form(questionnaire(question, choice("R")))).without_value(missing)
    assert interview.draft.position == Address("R")
    answer = the_answer(interview, "Q")
    assert (answer.value, answer.missing, answer.by) == (None, missing, Respondent.PATIENT)


@pytest.mark.parametrize("question", OF_EVERY_TYPE.values(), ids=list(OF_EVERY_TYPE))
def test_p9_what_follows_from_the_conversation_is_the_same_on_every_type(question: Item) -> None:
    def form(**more: object) -> Form:
        return Form(questionnaire(choice("first"), question.model_copy(update=more), choice("last", core=True)))

    start = begin(form()).answer("yes")
    assert the_answer(start.leave_open(), "Q").missing is Missing.LEFT_OPEN
    assert the_answer(start.ended(), "Q").missing is Missing.BROKEN_OFF
    assert the_answer(start.core_only(), "Q").missing is Missing.NOT_CORE
    routed = begin(form(enable_when=(when("first", "no"),))).answer("yes")
    assert the_answer(routed, "Q").missing is Missing.ROUTED_PAST
    proxied = begin(form(proxy="not-asked")).answered_by(Respondent.PROXY).answer("yes")
    assert the_answer(proxied, "Q").missing is Missing.NOT_ASKED_OF_PROXY
    assert the_answer(begin(form(proxy="only")).answer("yes"), "Q").missing is Missing.ONLY_ASKED_OF_PROXY


def test_p9_left_open_and_broken_off_differ_by_what_was_reached() -> None:
    interview = answered("yes", "patient", "good").leave_open().answer("right").ended()
    assert the_answer(interview, "B4").missing is Missing.LEFT_OPEN
    assert the_answer(interview, "D1").missing is Missing.BROKEN_OFF


def test_p9_one_answer_more_after_the_end_leaves_nothing_open_that_was_never_asked() -> None:
    """From the review of a conversation that was stopped the caller goes to one question far behind where it stood."""
    interview = answered("yes", "patient", "good").ended().jump(Address("F1")).answer(7)
    assert the_answer(interview, "F1").value == 7
    assert the_answer(interview, "D1").missing is Missing.BROKEN_OFF


def test_not_applicable_is_keyed_only_where_the_form_says_so() -> None:
    interview = begin(Form(questionnaire(choice("Q"))))
    assert interview.view.missing_keys == (Missing.DECLINED, Missing.UNKNOWN)
    with pytest.raises(InterviewError, match=r"session\.missing-not-taken"):
        interview.without_value(Missing.NOT_APPLICABLE)


@pytest.mark.parametrize("missing", [kind for kind in Missing if kind not in KEYED])
def test_what_follows_from_the_conversation_is_never_keyed(missing: Missing) -> None:
    with pytest.raises(InterviewError, match=r"session\.missing-not-taken"):
        begin(Form(questionnaire(choice("Q")))).without_value(missing)


@pytest.mark.parametrize("role", [Role.CONSENT, Role.RESPONDENT])
def test_consent_and_who_answers_take_an_answer_only(role: Role) -> None:
    codes = [str(kind) for kind in Respondent] if role is Role.RESPONDENT else ["yes", "no"]
    interview = begin(Form(questionnaire(choice("Q", *codes, role=role))))
    assert interview.view.missing_keys == ()
    for missing in Missing:
        with pytest.raises(InterviewError, match=r"session\.missing-not-taken"):
            interview.without_value(missing)
    with pytest.raises(InterviewError, match=r"session\.answer-needed"):
        interview.leave_open()


def test_every_kind_has_words_of_its_own() -> None:
    for language in LANGUAGES:
        catalogue = Catalogue(language)
        words = [catalogue(f"session.missing.{kind}") for kind in Missing]
        assert len(set(words)) == len(Missing)
        assert all(catalogue(f"session.respondent.{who}") for who in [*Respondent, "mixed"])
