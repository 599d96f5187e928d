"""B8: a form may let nobody answer in the respondent's place; in which words an option is offered to whom."""

from dataclasses import replace

import pytest

from interview.errors import InterviewError
from interview.paths import shipped_questionnaires
from interview.questionnaire.reading import read_questionnaire
from interview.session.answers import Address, Respondent
from interview.session.form import Form
from interview.session.interview import Interview
from interview.station.rehearsal import shipped_questionnaire
from tests.session.monkey import begin


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


def test_a_next_of_kin_chooses_between_words_of_their_own_and_each_answer_keeps_its_givers() -> None:
    """A8: «innan jag kom hem» is the patient's; handed over, the answer still stands as the patient gave it."""
    form = Form(shipped_questionnaire())
    asked = replace(begin(form).draft, position=Address("B4"), respondent=Respondent.PATIENT)
    patient = Interview.resume(form, asked)
    proxy = Interview.resume(form, replace(asked, respondent=Respondent.PROXY))
    assert [one.view.options[0].text for one in (patient, proxy)] == ["Ja, innan jag kom hem", "Ja, före hemkomsten"]
    told = [one.answer("before").last_answer for one in (patient, proxy)]
    assert [said and said.answer for said in told] == ["Ja, innan jag kom hem", "Ja, före hemkomsten"]
    later = replace(patient.answer("before").draft, respondent=Respondent.PROXY)
    reviewed = [line.answer for line in Interview.resume(form, later).review() if line.address == Address("B4")]
    assert reviewed == ["Ja, innan jag kom hem"]
