"""B6, P6, T10: surveys made from a template, loaded under the pinned signature, side by side, replaced and handed over."""

import hashlib
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import pytest

from interview.archive.central import Central, hand_over, new_recipient, new_survey, open_central
from interview.archive.collecting import add_station, collect
from interview.archive.survey_file import MOST_LISTED, read_plan
from interview.calls.cases import Case
from interview.canonical import canonical_json
from interview.crypto.slots import TEST
from interview.errors import InterviewError
from interview.exchange.rehearsal import rehearsal_recipient
from interview.exchange.surveys import read_survey, sign_survey
from interview.messages import LANGUAGES, Catalogue
from interview.paths import Home
from interview.questionnaire.canonical import canonical_bytes
from interview.station import casework
from interview.station import surveys as station_surveys
from interview.station.answering import begin, resume
from interview.station.exporting import export
from interview.station.finishing import finish
from interview.station.questionnaires import versions
from interview.station.rehearsal import rehearsal_survey, shipped_questionnaire
from interview.station.setup import set_up
from interview.station.station import Station
from interview.station.surveys import State, choose_survey, load_survey, others_waiting, survey_called, surveys
from interview.station.unlocking import open_station, unlock
from interview.store.keyring import Keyring
from interview.survey import Background, Named, Recipient, Survey, Unit, UnitContact
from tests.station.stations import to_the_review

PASSPHRASE = "correct horse battery staple"
FORM = canonical_bytes(shipped_questionnaire())


def ten() -> datetime:
    """A clock that stands still inside the survey."""
    return datetime(2026, 11, 26, 10).astimezone()


@dataclass
class World:
    central: Central
    station: Station
    folder: Path

    def survey(self, central: Central | None = None, **changed: object) -> bytes:
        fields = {
            "id": "host-2026", "version": 1, "title": "Hösten", "starts": "2026-09", "ends": "2026-12",
            "units": [{"id": "vc-norr", "name": "Norr"}], "questionnaire": FORM, "to": self.folder / "x.survey",
        }  # fmt: skip
        new_survey(central or self.central, **{**fields, **changed})
        return (self.folder / "x.survey").read_bytes()

    def states(self) -> list[tuple[str, int, State]]:
        return [(line.id, line.version, line.state) for line in surveys(self.station)]


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Keyring]:
    """A folder with the central home and a station of its survey, to be copied; the station's keys."""
    folder = tmp_path_factory.mktemp("founded")
    central, _ = new_recipient(Home(folder / "central"), "Gruppen", PASSPHRASE, TEST)
    made = World(central, None, folder)  # type: ignore[arg-type]
    station, _ = set_up(
        Home(folder / "station"), PASSPHRASE, survey_file=made.survey(), fingerprint=central.fingerprint,
        profile=TEST, organisation="primary-care", clock=ten,
    )  # fmt: skip
    central.close()
    station.close()
    return folder, station.keyring


@pytest.fixture
def world(founded: tuple[Path, Keyring], tmp_path: Path) -> Iterator[World]:
    shutil.copytree(founded[0], tmp_path, dirs_exist_ok=True)
    central = open_central(Home(tmp_path / "central"), PASSPHRASE)
    home = Home(tmp_path / "station")
    with central, open_station(home, replace(founded[1], path=home.keyring), ten) as station:
        yield World(central, station, tmp_path)


def code(caught: pytest.ExceptionInfo[InterviewError]) -> str:
    assert Catalogue("sv").error(caught.value)
    return caught.value.code


def test_a_higher_version_takes_over_and_drafts_finish_on_their_own(world: World) -> None:
    begun = begin(world.station)
    loaded = load_survey(world.station, world.survey(version=2, minimum_batch=20))
    assert loaded.replaces == 1
    assert world.states() == [("host-2026", 2, State.IN_FORCE), ("host-2026", 1, State.REPLACED)]
    assert world.station.survey.minimum_batch == 20
    assert resume(world.station, begun.draft.id).draft.survey == begun.draft.survey != world.station.survey_hash


def test_p2_what_was_finished_on_a_replaced_version_still_leaves_and_arrives(world: World, tmp_path: Path) -> None:
    """A14: nothing waits for ever because the coordinator mended a survey: the older version has batches of its own."""
    old = world.station.survey_hash
    add_station(world.central, world.station.home.card.read_bytes())
    finish(world.station, to_the_review(begin(world.station)))
    load_survey(world.station, world.survey(version=2))
    finish(world.station, to_the_review(begin(world.station)))
    assert [(line.version, line.waiting) for line in others_waiting(world.station, world.station.survey_hash)] == [
        (1, 1)
    ]
    assert survey_called(world.station, "host-2026").version == 2
    assert survey_called(world.station, "host-2026 1").hash == old
    written = [export(world.station, to=tmp_path / "out", final=True, survey=survey) for survey in (None, old)]
    assert [(one.seq, one.count) for one in written] == [(1, 1), (2, 1)]
    assert [(one.refused, one.new) for one in collect(world.central, [one.path for one in written])] == [(None, 1)] * 2
    assert not others_waiting(world.station, world.station.survey_hash)


def test_open_cases_follow_also_where_the_loading_was_cut_short(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody is lost from the call list: what was not brought along is at the next unlocking."""
    case = casework.add_case(world.station, Case(id="", unit="", name="Prova Provström", telephone="070-174 06 06"))
    with monkeypatch.context() as killed:
        killed.setattr(station_surveys, "bring_cases_along", lambda station: None)
        load_survey(world.station, world.survey(version=2))
    assert casework.cases(world.station) == ()
    with unlock(world.station.home, PASSPHRASE, world.station.clock) as again:
        assert [followed.id for followed in casework.cases(again)] == [case.id]


def test_p6_a_window_that_was_open_before_follows_what_another_pinned(world: World, tmp_path: Path) -> None:
    """T10: neither a survey by the signer that was left, nor one older than what was loaded in the other window."""
    new, _ = new_recipient(Home(tmp_path / "new"), "Nya", PASSPHRASE, TEST)
    rotation = hand_over(world.central, new.home.card.read_bytes(), tmp_path / "rotation.json")
    assert rotation.new
    statement = (tmp_path / "rotation.json").read_bytes()
    with unlock(world.station.home, PASSPHRASE, world.station.clock) as other:
        load_survey(other, world.survey(new, version=5), rotation=statement)
    with pytest.raises(InterviewError) as caught:
        load_survey(world.station, world.survey(version=6))
    assert code(caught) == "station.survey-other-signer"
    assert world.station.survey.version == 5


def test_several_surveys_stand_side_by_side_and_one_is_chosen(world: World) -> None:
    first = world.station.survey_hash
    load_survey(world.station, world.survey(id="hjarta-2026", title="Hjärtsvikt", ends="2027-01"))
    assert world.states() == [("hjarta-2026", 1, State.IN_FORCE), ("host-2026", 1, State.OPEN)]
    choose_survey(world.station, first)
    assert begin(world.station).draft.survey == first
    assert world.states()[0] == ("host-2026", 1, State.IN_FORCE)
    load_survey(world.station, world.survey(id="host-2026", version=3))
    with pytest.raises(InterviewError) as caught:
        choose_survey(world.station, first)
    assert code(caught) == "station.survey-replaced"
    with pytest.raises(InterviewError) as caught:
        choose_survey(world.station, "0" * 64)
    assert code(caught) == "station.no-such-survey"


def test_what_is_not_to_be_trusted_is_refused_and_nothing_changes(world: World, tmp_path: Path) -> None:
    """T10: from nobody, from somebody else, changed, older, the same again, a rehearsal's, without the unit."""
    stranger, _ = new_recipient(Home(tmp_path / "stranger"), "Annan", PASSPHRASE, TEST)
    good = world.survey(version=2)
    wrong = {
        "station.survey-other-signer": world.survey(stranger, version=5),
        "crypto.bad-signature": good.replace(b'"threshold": 10', b'"threshold": 11'),
        "exchange.not-a-survey": b"{}",
        "station.unknown-unit": world.survey(version=6, units=[{"id": "annan", "name": "Annan"}]),
        "station.unknown-organisation": world.survey(version=7, organisations=["municipality"]),
    }
    before = world.states()
    for expected, file in wrong.items():
        with pytest.raises(InterviewError) as caught:
            load_survey(world.station, file)
        assert code(caught) == expected
    with pytest.raises(InterviewError) as caught:
        load_survey(world.station, rehearsal_survey())
    assert code(caught) == "station.survey-other-kind"
    load_survey(world.station, good)
    for file, expected in ((good, "station.survey-already-here"), (world.survey(version=8), "")):
        if expected:
            with pytest.raises(InterviewError) as caught:
                load_survey(world.station, file)
            assert code(caught) == expected
        else:
            load_survey(world.station, file)
    with pytest.raises(InterviewError) as caught:
        load_survey(world.station, wrong["station.unknown-unit"])
    assert code(caught) == "station.survey-older"
    assert before == [("host-2026", 1, State.IN_FORCE)]
    stranger.close()


def test_t10_a_real_survey_sealed_to_the_key_everybody_has_is_refused(world: World) -> None:
    """At loading as at set-up, also beside a recipient of its own."""
    signed = read_survey(world.survey(version=2), world.central.fingerprint)
    recipients = (*signed.survey.recipients, rehearsal_recipient("Alla"))
    open_to_all = signed.survey.model_copy(update={"recipients": recipients})
    before = world.states()
    with pytest.raises(InterviewError) as caught:
        load_survey(world.station, sign_survey(open_to_all, signed.questionnaires, world.central.signing_key))
    assert code(caught) == "station.rehearsal-key"
    assert world.states() == before


def test_the_same_version_of_a_form_with_other_questions_is_refused(world: World) -> None:
    """P7; `2026.2.0` is the version `2026.2`."""
    for version in (shipped_questionnaire().version, f"{shipped_questionnaire().version}.0"):
        changed = {"title": {"sv": "Annan", "en": "Other"}, "version": version}
        form = canonical_bytes(shipped_questionnaire().model_copy(update=changed))
        with pytest.raises(InterviewError) as caught:
            load_survey(world.station, world.survey(id=f"annan-{len(version)}", questionnaire=form))
        assert code(caught) == "station.questionnaire-changed"
    assert len(surveys(world.station)) == 1


def test_a_new_signer_is_followed_only_with_the_old_ones_statement(world: World, tmp_path: Path) -> None:
    """P6: rotation is a statement signed by the old key; what the old key signed still opens."""
    old_survey = world.station.survey_hash
    new, _ = new_recipient(Home(tmp_path / "new"), "Nya gruppen", PASSPHRASE, TEST)
    stranger, _ = new_recipient(Home(tmp_path / "stranger"), "Annan", PASSPHRASE, TEST)
    file = world.survey(new, version=2)
    rotation = hand_over(world.central, new.home.card.read_bytes(), tmp_path / "rotation.json")
    forged = hand_over(stranger, new.home.card.read_bytes(), tmp_path / "forged.json")
    assert forged.new == rotation.new
    for statement, expected in ((None, "station.survey-other-signer"), ("forged.json", "station.rotation-by-another")):
        with pytest.raises(InterviewError) as caught:
            load_survey(world.station, file, rotation=statement and (tmp_path / statement).read_bytes())
        assert code(caught) == expected
    statement = (tmp_path / "rotation.json").read_bytes()
    assert load_survey(world.station, file, rotation=statement).new_signer == new.fingerprint
    assert world.station.signed_survey(old_survey).survey.version == 1
    load_survey(world.station, world.survey(new, version=3))
    with pytest.raises(InterviewError) as caught:
        load_survey(world.station, world.survey(version=4, id="annan"))
    assert code(caught) == "station.survey-other-signer"
    with pytest.raises(InterviewError) as caught:
        hand_over(world.central, world.central.home.card.read_bytes(), tmp_path / "self.json")
    assert code(caught) == "exchange.rotation-to-itself"
    new.close()
    stranger.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_template_makes_a_survey_as_it_stands(world: World, language: str) -> None:
    """B6: a coordinator fills a commented template in; every field of the model is in it."""
    plan = read_plan(Catalogue(language)("survey.template"), Path("mall.toml"))
    made = world.survey(**{**plan.fields, "id": "mall"})
    load_survey(world.station, made)
    survey = world.station.survey
    assert (survey.first_day, survey.last_day, survey.attempts, survey.retention_days) == (3, 7, 6, 30)
    assert survey.background == (Background.RELATION, Background.REASON)
    assert survey.units[0].contacts[0].telephone == "035-00 00 01"
    assert {"id", "version", "title", "starts", "ends", "units", "organisations", "threshold", "minimum_batch"} <= set(
        plan.fields
    )


@pytest.mark.parametrize(
    ("written", "expected", "place"),
    [
        ('titel = "x"', "archive.survey-unknown", "m.toml:1:1"),
        ("version = true", "archive.survey-type", "m.toml:1:11"),
        ("title = 1", "archive.survey-type", "m.toml:1:9"),
        ('unit = "x"', "archive.survey-type", "m.toml:1:8"),
        ('[[unit]]\nid = "a"\nnam = "b"', "archive.survey-unknown", "m.toml:3:1"),
        ("version = 1\nstarts = “2026-11”", "archive.survey-syntax", "m.toml:2:10"),
        ("version = 1\ntitle = [\n", "archive.survey-syntax", "m.toml"),
        ("[[[[[[[[[[[[[[[[[[[[", "archive.survey-syntax", "m.toml"),
    ],
)
def test_a_mistake_in_the_template_is_told_at_its_place(written: str, expected: str, place: str) -> None:
    with pytest.raises(InterviewError) as caught:
        read_plan(written, Path("m.toml"))
    assert (code(caught), caught.value.place) == (expected, place)
    if expected == "archive.survey-syntax":
        message, _ = Catalogue("sv").error(caught.value)
        assert re.fullmatch(r"Mallen går inte att läsa längre än till rad \d+, tecken \d+\.", message)


FAULTY = """\
id = "Hösten"
titel = "Hösten 2026"
starts = "september"
ends = "2026-12"
version = "ett"
threshold = 0
organisations = ["primary-care", "vardcentral"]
background = ["relation", "relation"]
first-day = 9
farg = "röd"

[[unit]]
name = "Norr"
telephone = "0123456789012345678901234567890123456789012345"

[[unit]]
id = "syd"
name = "Syd"

  [[unit.contact]]
  name = "Jour"
  telefon = "1177"

  [[unit.card]]
  id = "care-neded"
  title.sv = "Vård"
  title.eng = "Care"
    [[unit.card.entry]]
    heading = "Fara"
    text = {sv = "Ring \\u001b[2J", en = "Ring 112"}

[[unit]]
id = "syd"
name = "Syd igen"
"""


def test_b6_every_fault_of_a_survey_file_is_told_at_once_at_its_line_and_column() -> None:
    """As a questionnaire's: file, line, column, what is wrong, what was probably meant."""
    with pytest.raises(InterviewError) as caught:
        read_plan(FAULTY, Path("m.toml"), languages=lambda named: ("sv", "en"))
    found = [(problem.place.removeprefix("m.toml:"), problem.code.split(".")[1]) for problem in caught.value.problems]
    assert found == [
        ("1:6", "survey-id"),
        ("2:1", "survey-unknown"),
        ("3:10", "survey-month"),
        ("5:11", "survey-type"),
        ("6:13", "survey-too-small"),
        ("7:34", "survey-word"),
        ("8:27", "survey-twice"),
        ("9:13", "survey-last-day"),
        ("10:1", "survey-not-known"),
        ("12:1", "survey-missing"),
        ("14:13", "survey-too-long"),
        ("22:3", "survey-unknown"),
        ("25:8", "survey-word"),
        ("27:15", "survey-language"),
        ("29:15", "survey-type"),
        ("30:18", "survey-control"),
        ("33:6", "survey-twice"),
    ]
    assert {problem.facts.get("near") for problem in caught.value.problems} >= {"title", "telephone"}
    assert all(Catalogue(language).error(problem) for language in LANGUAGES for problem in caught.value.problems)


def test_b6_what_the_command_says_goes_before_what_the_file_says() -> None:
    """A field told elsewhere is neither missing nor wrong in the file."""
    written = 'title = 7\nends = "2026-12"\n[[unit]]\nid = "a"\nname = "A"\n'
    said = {"id": "host", "title": "Hösten", "starts": "2026-09"}
    with pytest.raises(InterviewError):
        read_plan(written, Path("m.toml"))
    plan = read_plan(written.replace("7", '"x"'), Path("m.toml"), said)
    assert (plan.fields["title"], plan.fields["ends"]) == ("Hösten", "2026-12")


@pytest.mark.parametrize("line", ["k{}=1\n", "[[unit]]\n", '[[unit]]\nid="a"\n', "[[unit.card]]\n", "a.b.c{}=1\n"])
def test_t11_a_survey_file_of_nothing_but_faults_tells_a_hundred(line: str) -> None:
    """Nobody reads further, and nothing is looked at further."""
    written = ("" if "card" not in line else "[[unit]]\n") + "".join(line.format(n) for n in range(2_000))
    with pytest.raises(InterviewError) as caught:
        read_plan(written, Path("m.toml"))
    assert len(caught.value.problems) <= 100


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("unit = [{}]", "archive.survey-too-long"),
        ("organisations = [{}]", "archive.survey-type"),
    ],
)
def test_t11_of_a_list_without_end_only_the_beginning_is_looked_at(value: str, expected: str) -> None:
    inner = ",".join(f'{{id = "u{n}", name = "U"}}' for n in range(MOST_LISTED + 500))
    with pytest.raises(InterviewError) as caught:
        read_plan(value.format(inner), Path("m.toml"))
    assert expected in [problem.code for problem in caught.value.problems]
    assert len(caught.value.problems) <= 100


CARDS = """
id = "host-2026"
title = "Hösten"
starts = "2026-09"
ends = "2026-12"
version = 2
[[unit]]
id = "vc-norr"
name = "Norr"
  [[unit.card]]
  id = "care-needed"
  title.sv = "Vård på ön"
  title.en = "Care on the island"
    [[unit.card.entry]]
    heading.sv = "Fara för livet"
    heading.en = "Danger to life"
    text.sv = "Ring 112 och säg Norr."
    text.en = "Ring 112 and say Norr."
  [[unit.card]]
  id = "questions-back"
    [[unit.card.entry]]
    heading = {sv = "Vem ser svaren?", en = "Who sees the answers?"}
    text = {sv = "Ingen på ön.", en = "Nobody on the island."}
[[unit]]
id = "syd"
name = "Syd"
"""


def test_b6_a_unit_brings_cards_of_its_own_signed_with_the_survey(world: World) -> None:
    plan = read_plan(CARDS, Path("m.toml"), languages=lambda named: ("sv", "en"))
    load_survey(world.station, world.survey(**plan.fields))
    unit = world.station.unit
    care, back = unit.card("care-needed"), unit.card("questions-back")
    assert care is not None and back is not None
    assert care.title == {"sv": "Vård på ön", "en": "Care on the island"}
    assert care.entries[0].text["en"] == "Ring 112 and say Norr."
    assert (back.title, back.entries[0].text["sv"]) == (None, "Ingen på ön.")
    other = world.station.survey.unit("syd")
    assert other is not None and other.card("care-needed") is None


def test_b6_a_survey_without_cards_has_the_bytes_it_always_had() -> None:
    """Surveys of before are read, and keep their hash: a field that says nothing is not in them."""
    survey = Survey(
        id="host-2026", version=1, title="Hösten 2026", starts="2026-09", ends="2026-12",
        questionnaire=Named(name="prov", version="1", hash="0" * 64),
        units=(
            Unit(
                id="vc-norr", name="Vårdcentralen Norr", telephone="035-00 00 00",
                contacts=(UnitContact(name="Jour", telephone="1177"),),
            ),
            Unit(id="b", name="B"),
        ),
        recipients=(Recipient(name="Central", sealing="AA==", signing="AA=="),),
    )  # fmt: skip
    content = canonical_json(survey.model_dump(mode="json"))
    assert hashlib.sha256(content).hexdigest() == "2338d80679479fcc02cd602e4dc5b1e27bcecdf593f6cbdd2c92db823747961a"
    assert Survey.model_validate_json(content) == survey


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('text.en = "Ring 112 and say Norr."\n', "", "archive.survey-translation"),
        ('"questions-back"', '"care-needed"', "archive.survey-twice"),
        ('"Vård på ön"', '"' + "å" * 2001 + '"', "archive.survey-too-long"),
        ('"Ring 112 och säg Norr."', '"\\u009b2J"', "archive.survey-control"),
        ("title.en", "title.de", "archive.survey-language"),
    ],
)
def test_b6_a_card_that_is_not_right_is_refused(world: World, old: str, new: str, expected: str) -> None:
    """Limits, languages and control characters, where it is written and where a signed file is read."""
    assert old in CARDS
    with pytest.raises(InterviewError) as caught:
        read_plan(CARDS.replace(old, new), Path("m.toml"), languages=lambda named: ("sv", "en"))
    assert expected in [problem.code for problem in caught.value.problems]


def test_b6_a_language_in_capitals_is_told_once_and_its_words_are_not_missed() -> None:
    spelt = CARDS.replace("title.sv", "title.SV", 1)
    with pytest.raises(InterviewError) as caught:
        read_plan(spelt, Path("m.toml"), languages=lambda named: ("sv", "en"))
    assert [(problem.code, problem.facts["known"]) for problem in caught.value.problems] == [
        ("archive.survey-language", "sv")
    ]
    with pytest.raises(InterviewError) as caught:
        read_plan(spelt, Path("m.toml"))
    assert [problem.code for problem in caught.value.problems] == ["archive.survey-language"]


def test_t13_a_signed_card_that_would_steer_the_screen_is_refused(world: World) -> None:
    plan = read_plan(CARDS, Path("m.toml"))
    signed = read_survey(world.survey(**plan.fields), None)
    card = signed.survey.units[0].cards[0]
    hostile = card.model_copy(update={"title": {"sv": "\x1b[2J", "en": "x"}})
    unit = signed.survey.units[0].model_copy(update={"cards": (hostile,)})
    survey = signed.survey.model_copy(update={"units": (unit,)})
    with pytest.raises(InterviewError) as caught:
        sign_survey(survey, signed.questionnaires, world.central.signing_key)
    assert code(caught) == "exchange.survey-invalid"


def test_p6_the_same_version_with_other_content_is_refused_as_that_and_says_what_to_do(world: World) -> None:
    """T10: not as an older one; what is in force stays."""
    in_force = world.station.survey_hash
    with open_central(world.central.home, PASSPHRASE) as central:
        form, _ = world.station.responses.questionnaire(world.station.survey.questionnaire.hash)
        other = world.station.survey.model_copy(update={"title": "En annan"})
        file = sign_survey(other, (form,), central.signing_key)
    with pytest.raises(InterviewError) as caught:
        load_survey(world.station, file)
    assert caught.value.code == "station.survey-changed"
    assert (caught.value.facts["version"], caught.value.facts["following"]) == (1, 2)
    assert world.station.survey_hash == in_force


def test_b3_a_form_that_an_open_survey_asks_is_told_from_one_that_is_asked_no_more(world: World) -> None:
    mine = canonical_bytes(shipped_questionnaire().model_copy(update={"version": "2099.1"}))
    load_survey(world.station, world.survey(id="var-2027", questionnaire=mine))
    assert [(v.questionnaire.version == "2099.1", v.in_force, v.open) for v in versions(world.station)] == [
        (True, True, False), (False, False, True),
    ]  # fmt: skip
    load_survey(world.station, world.survey(version=2, questionnaire=mine))
    assert [(v.in_force, v.open) for v in versions(world.station)] == [(True, False), (False, False)]
