"""B5, P7, T10: a rehearsal takes forms in, versions only go up, none ever changes, and drafts finish on their own."""

import random
from dataclasses import replace

import pytest

from interview.errors import InterviewError
from interview.messages import LANGUAGES, Catalogue
from interview.questionnaire.canonical import canonical_bytes
from interview.questionnaire.models import Questionnaire
from interview.questionnaire.versions import rank
from interview.session.interview import Interview
from interview.session.walk import random_walk
from interview.station.answering import begin, keep, resume
from interview.station.finishing import finish
from interview.station.questionnaires import difference_to, find, load, versions
from interview.station.rehearsal import shipped_questionnaire
from interview.station.station import Station
from interview.station.surveys import load_survey
from interview.station.unlocking import unlock
from tests.questionnaire.small_form import SMALL, read
from tests.station.stations import PASSPHRASE
from tests.station.test_surveys import World, founded, world  # noqa: F401  the real station of the surveys' tests

FORM = shipped_questionnaire()


def version(number: str, **changed: object) -> Questionnaire:
    """The shipped form under another version."""
    return FORM.model_copy(update={"version": number, **changed})


@pytest.fixture
def station(rehearsal: Station) -> Station:
    return rehearsal


def refused(station: Station, form: Questionnaire) -> str:
    """The code a form is refused with; nothing may have changed by it."""
    before = (station.survey_hash, versions(station), station.responses.surveys())
    with pytest.raises(InterviewError) as caught:
        load(station, form)
    assert (station.survey_hash, versions(station), station.responses.surveys()) == before
    for language in LANGUAGES:
        assert all(Catalogue(language).error(caught.value))
    return caught.value.code


def answered(station: Station, interview: Interview) -> Interview:
    """The interview with made-up answers to everything, kept."""
    for seed in range(50):
        walked = random_walk(
            interview.form, random.Random(seed), survey=interview.draft.survey, unit=interview.draft.unit
        )
        filled = Interview.resume(interview.form, replace(interview.draft, answers=walked.draft.answers, position=None))
        if filled.completeness.sealable:
            keep(station, filled)
            return filled
    raise AssertionError("no walk answers enough")


def test_a_loaded_form_is_frozen_and_asked_at_once_also_after_a_lock(station: Station) -> None:
    loaded = load(station, version("2026.3"))
    assert (loaded.named, loaded.in_force) == ("utskrivning 2026.3", True)
    assert begin(station).form.questionnaire.version == "2026.3"
    station.close()
    with unlock(station.home, PASSPHRASE) as again:
        assert [(one.named, one.in_force) for one in versions(again)] == [
            ("utskrivning 2026.3", True),
            ("utskrivning 2026.2", False),
        ]
        assert again.survey.rehearsal
        assert canonical_bytes(again.form(again.questionnaire_hash).questionnaire) == canonical_bytes(version("2026.3"))


def test_a_draft_is_finished_and_sealed_on_the_version_it_began_with(station: Station) -> None:
    begun = begin(station)
    old_survey, old_hash = station.survey_hash, station.questionnaire_hash
    load(station, version("2027.1", items=FORM.items[:3]))
    assert [(one.named, one.drafts) for one in versions(station)] == [
        ("utskrivning 2027.1", 0),
        ("utskrivning 2026.2", 1),
    ]
    going_on = resume(station, begun.draft.id)
    assert going_on.form.hash == old_hash
    finished = finish(station, answered(station, going_on))
    assert finished.sealed
    assert station.responses.waiting_count(old_survey) == 1
    assert station.responses.waiting_count(station.survey_hash) == 0
    assert [(one.named, one.answered) for one in versions(station)] == [
        ("utskrivning 2027.1", False),
        ("utskrivning 2026.2", True),
    ]


def test_a_version_that_is_here_never_changes(station: Station) -> None:
    title = {"sv": "Annan", "en": "Other"}
    assert refused(station, version("2026.2", title=title)) == "station.questionnaire-changed"
    assert refused(station, version("2026.2.0", title=title)) == "station.questionnaire-changed"
    canonical, size = station.responses.questionnaire(station.questionnaire_hash)
    station.responses.add_questionnaire(station.questionnaire_hash, b"{}", 1)
    assert station.responses.questionnaire(station.questionnaire_hash) == (canonical, size)


def test_versions_only_go_up(station: Station) -> None:
    assert refused(station, version("2026.2")) == "station.questionnaire-in-force"
    assert refused(station, version("2025.12")) == "station.questionnaire-older"
    load(station, version("2026.10"))
    assert refused(station, version("2026.9")) == "station.questionnaire-older"
    assert refused(station, version("2026.2")) == "station.questionnaire-older"
    assert rank("2026.10") > rank("2026.9") > rank("2026") == rank("2026.0")


def test_another_form_can_be_tried_and_the_first_comes_back(station: Station) -> None:
    small = read(SMALL)
    assert difference_to(station, small) is None
    load(station, small)
    assert difference_to(station, FORM) is None
    load(station, FORM)
    assert [one.named for one in versions(station)] == ["utskrivning 2026.2", "small 1.0"]


def test_what_a_form_changes_is_told_before_it_is_loaded(station: Station) -> None:
    difference = difference_to(station, version("2026.3", items=FORM.items[:3]))
    assert difference is not None
    assert (difference.old, difference.new) == ("2026.2", "2026.3")
    assert {changed.was for changed in difference.items} >= {"D5", "F1"}


def test_a_version_is_found_by_number_name_or_hash_and_only_if_it_is_one(station: Station) -> None:
    load(station, version("2026.3"))
    digest = station.questionnaire_hash
    assert {find(station, named).hash for named in ("2026.3", "utskrivning 2026.3", digest, digest[:6])} == {digest}
    for named, code in (("2027.1", "no-such-questionnaire"), (digest[:5], "no-such-questionnaire")):
        with pytest.raises(InterviewError) as caught:
            find(station, named)
        assert caught.value.code == f"station.{code}"
    load(station, version("2026.3", name="other"))
    with pytest.raises(InterviewError) as caught:
        find(station, "2026.3")
    assert caught.value.code == "station.several-questionnaires"
    assert caught.value.facts["known"] == "other 2026.3, utskrivning 2026.3"


def test_a_real_station_takes_a_form_only_in_a_signed_survey(world: World) -> None:  # noqa: F811
    assert refused(world.station, version("2026.3")) == "station.questionnaire-needs-survey"


def test_a_survey_does_not_bring_an_older_form_back(world: World) -> None:  # noqa: F811
    """T10: a higher version of a survey that asks a lower version of the form is refused, and nothing has changed."""
    newer = canonical_bytes(version("2026.3"))
    load_survey(world.station, world.survey(version=2, questionnaire=newer))
    before = world.states()
    with pytest.raises(InterviewError) as caught:
        load_survey(world.station, world.survey(version=3))
    assert caught.value.code == "station.questionnaire-older"
    assert world.states() == before
    load_survey(world.station, world.survey(version=4, questionnaire=newer))
