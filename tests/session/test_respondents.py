"""B8: a form may let nobody answer in the respondent's place; what an option is offered in where it has a face."""

import pytest

from interview.errors import InterviewError
from interview.paths import shipped_questionnaires
from interview.questionnaire.reading import read_questionnaire
from interview.session.answers import Respondent
from interview.session.form import Form
from interview.session.interview import Interview


def begun() -> Interview:
    source = shipped_questionnaires() / "delaktighet-barn" / "2026.1.yaml"
    form = Form(read_questionnaire(source.read_bytes(), source.name))
    started = Interview.begin(
        form, id="0" * 32, survey="", unit="u", case=None, language="sv", started="2026-11-26T10:00"
    )
    return started.go_on().answer("yes")


def test_a_next_of_kin_is_refused_where_the_form_offers_none() -> None:
    interview = begun()
    assert interview.form.respondents == (Respondent.PATIENT, Respondent.HELPED)
    with pytest.raises(InterviewError) as caught:
        interview.answered_by(Respondent.PROXY)
    assert caught.value.code == "session.not-a-respondent"
    assert interview.answered_by(Respondent.HELPED).draft.respondent is Respondent.HELPED


def test_a_face_is_offered_with_what_is_said_and_kept_with_its_word() -> None:
    asked = begun().answer("patient")
    assert asked.view.options[0].text == "😀 Det glada ansiktet – ja"
    said = asked.answer("yes").last_answer
    assert said is not None
    assert said.answer == "Ja"
