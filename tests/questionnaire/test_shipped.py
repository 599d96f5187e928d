"""A4: the shipped form is complete, in Swedish and English, fits the screen, and says what the promises need."""

import re
import textwrap
from functools import cache
from pathlib import Path

import pytest

from interview.cli.survey import newest_shipped
from interview.paths import shipped_questionnaires
from interview.questionnaire.canonical import canonical_bytes, questionnaire_hash
from interview.questionnaire.conditions import applies
from interview.questionnaire.models import Ending, Item, ItemType, Operator, Questionnaire, Role, Text
from interview.questionnaire.reading import read_questionnaire
from interview.station.rehearsal import shipped_questionnaire

FORMS = sorted(shipped_questionnaires().rglob("*.yaml"))
FORM = shipped_questionnaires() / "utskrivning" / "2026.2.yaml"
FROZEN = {
    "2026.1": "8dcadbf4b9775695b3fb6201c16c566873438362166ce0a3015db3a57905dee6",
    "2026.2": "4c2013e4c8968f8c04234ef03c30a7b0f54b81eb26a49a9e5ab3880038d48b64",
}
"""The hashes of the versions that may have been answered."""
H4 = (("fully", 100), ("largely", 67), ("partly", 33), ("not-at-all", 0))
QUESTIONS = [
    "A1", "A2", "A3", "A4", "E1", "B1a", "B1b", "B2", "B3", "B4", "B5", "B5n", "B6a", "B6", "B6n", "C1", "C2a", "C2b",
    "D1", "D2", "D3", "D3n", "D4", "D4n", "D5", "D5n", "D6", "D7", "D7b", "D8", "E2", "E3", "F1", "F1n", "F2",
]  # fmt: skip
DIMENSIONS = {
    "information": ["B1a", "B1b", "B2", "B6"],
    "participation": ["B3", "B5"],
    "coordination": ["C1", "C2a", "C2b", "D2", "D3", "D4", "D5", "D6"],
    "safety": ["D8", "E2"],
    "health": ["E1"],
    "overall": ["F1"],
}
SCORES = {
    **dict.fromkeys(("B1a", "B1b", "B3", "B5", "B5n", "B6", "C2a", "C2b", "D3", "D3n", "D8"), H4),
    **dict.fromkeys(("B2", "B6n", "D6"), (("yes", 100), ("no", 0))),
    **dict.fromkeys(("D4", "D4n"), (("yes", 100), ("booked", 50), ("no", 0))),
    **dict.fromkeys(("D5", "D5n"), (("yes", 100), ("unsure", 50), ("no", 0))),
    "C1": (("right", 100), ("too-early", 0), ("too-late", 0)),
    "D2": (("in-time", 100), ("too-late", 50), ("not-yet", 0)),
    "E1": (("very-good", 100), ("good", 75), ("fair", 50), ("poor", 25), ("very-poor", 0)),
    "E2": (("not-at-all", 100), ("a-little", 67), ("quite-a-lot", 33), ("a-lot", 0)),
}
TWINS = ("B5", "B6", "D3", "D4", "D5", "F1")
NOT_OF_PROXY = ("E1", "B1a", "B1b", "B3", "C1", "D8", "E2")
OF_CARE = re.compile(r"vård|sjuk|omsorg|hälso|care|hospital|health|patient|1177", re.IGNORECASE)


@cache
def form(path: Path = FORM) -> Questionnaire:
    """A shipped form."""
    return read_questionnaire(path.read_bytes(), path.name)


def question(id_: str) -> Item:
    """A question of the discharge form."""
    return next(item for item in form().walk() if item.id == id_)


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.name)
def test_every_shipped_form_is_named_after_its_folder_and_version(path: Path) -> None:
    shipped = form(path)
    assert (shipped.name, shipped.version) == (path.parent.name, path.stem)
    assert shipped.languages == ("sv", "en")


@pytest.mark.parametrize("version", FROZEN)
def test_a_discharge_form_never_changes(version: str) -> None:
    """P7: a version that may have been answered keeps its hash; a change of wording is a new version in a new file."""
    assert questionnaire_hash(canonical_bytes(form(FORM.with_stem(version)))) == FROZEN[version]


def test_a_rehearsal_and_a_new_survey_ask_the_newest() -> None:
    assert shipped_questionnaire() == form() == form(newest_shipped())


def test_the_questions_come_in_their_order() -> None:
    assert [item.id for item in form().questions()] == QUESTIONS
    first, last = form().items[0].items[0], form().items[-1].items[-1]
    assert (first.id, first.type) == ("opening", ItemType.DISPLAY)
    assert (last.id, last.type) == ("closing", ItemType.DISPLAY)
    assert [len(item.items) > 0 for item in form().items] == [True] * 6


def test_dimensions_scores_and_core_are_those_of_the_questionnaire() -> None:
    for dimension, members in DIMENSIONS.items():
        assert [item.id for item in form().questions() if item.dimension == dimension] == members
    scored = {
        item.id: tuple((option.code, option.score) for option in item.options)
        for item in form().questions()
        if any(option.score is not None for option in item.options)
    }
    assert scored == SCORES
    assert question("F1").score_factor == question("F1n").score_factor == 10
    assert [item.id for item in form().questions() if item.core] == ["D5", "D5n", "F1", "F1n", "F2"]


def test_a_next_of_kin_is_asked_what_the_questionnaire_says() -> None:
    """Inner states are not asked; where the meaning changes the question has a twin; no twin counts in a dimension."""
    for id_ in (*NOT_OF_PROXY, *TWINS):
        assert question(id_).proxy == "not-asked", id_
    for id_ in ("A3", "A4", *(f"{twin}n" for twin in TWINS)):
        assert question(id_).proxy == "only", id_
    for twin in TWINS:
        own, other = question(twin), question(f"{twin}n")
        assert own.enable_when == other.enable_when
        assert own.enable_behavior == other.enable_behavior
        assert other.dimension is None
        assert QUESTIONS.index(f"{twin}n") == QUESTIONS.index(twin) + 1
    for item in form().questions():
        if isinstance(item.proxy, dict):
            assert all("⟨NN⟩" in words for words in item.proxy.values()), item.id


def test_a_next_of_kin_never_hears_you_where_the_patient_is_meant() -> None:
    """A8: nor has to choose an answer in the patient's mouth."""
    told = [item.proxy for item in form().questions() if isinstance(item.proxy, dict) and item.role is None]
    told += [option.proxy or option.text for item in form().questions() for option in item.options]
    for text in told:
        assert not re.search(r"\b(du|dig|din|ditt|dina|jag|mig|min|mitt|mina)\b", text["sv"], re.IGNORECASE)
        assert not re.search(r"\b(you|your|I|my)\b", text["en"], re.IGNORECASE)
    assert question("B4").options[0].proxy == {"sv": "Ja, före hemkomsten", "en": "Yes, before coming home"}


def test_routing_is_that_of_the_questionnaire() -> None:
    cases: list[tuple[str, dict[str, str], bool]] = [
        ("A2", {"A1": "yes"}, True), ("A2", {"A1": "no"}, False),
        ("B5", {"B4": "before"}, True), ("B5", {"B4": "after"}, True), ("B5", {"B4": "booked"}, False),
        ("B5n", {"B4": "after"}, True), ("B5n", {"B4": "no"}, False), ("B5", {}, False),
        ("B6", {"B6a": "yes"}, True), ("B6", {"B6a": "no"}, False), ("B6n", {"B6a": "yes"}, True),
        ("D2", {"D1": "yes"}, True), ("D2", {"D1": "no"}, False),
        ("D3", {"D1": "yes", "D2": "in-time"}, True), ("D3", {"D1": "yes", "D2": "not-yet"}, False),
        ("D3", {"D1": "yes"}, True), ("D3", {"D1": "no"}, False), ("D3n", {"D1": "yes", "D2": "too-late"}, True),
        ("D7", {"B6a": "yes"}, True), ("D7", {"B6a": "no"}, False), ("D7b", {"D7": "yes"}, True), ("D7b", {}, False),
    ]  # fmt: skip
    for id_, answers, expected in cases:
        assert applies(question(id_), answers.get) is expected, (id_, answers)
    routed = {id_ for id_, _, _ in cases}
    assert {item.id for item in form().walk() if item.enable_when} == routed
    operators = {condition.operator for item in form().walk() for condition in item.enable_when}
    assert operators == {Operator.IS, Operator.IS_NOT}


def test_roles_and_endings_are_set() -> None:
    roles = {item.role: item.id for item in form().questions() if item.role}
    assert roles == {
        Role.CONSENT: "A1", Role.RESPONDENT: "A2", Role.RELATION: "A3", Role.REASON: "A4", Role.IMPROVEMENT: "F2",
    }  # fmt: skip
    assert [option.ends for option in question("A1").options] == [None, Ending.NOT_NOW, Ending.DECLINED]
    assert [item.id for item in form().questions() if item.not_applicable] == ["B4"]
    assert [item.id for item in form().questions() if not item.read_aloud] == ["A2"]
    assert question("F2").max_length == 500
    assert (question("F1").minimum, question("F1").maximum) == (0, 10)


def test_what_may_be_left_out_of_the_reading_is_said() -> None:
    """Answers nobody should be led to are not read aloud; scales of degree are."""
    aloud = {item.id for item in form().questions() if item.read_options}
    assert aloud == {id_ for id_, scores in SCORES.items() if scores == H4} | {"E1", "E2", "D2"}


def test_no_is_last_and_yes_first() -> None:
    """The same digit means the same all through."""
    for item in form().questions():
        codes = [option.code for option in item.options]
        if "yes" in codes:
            assert codes[0] == "yes", item.id
        if "no" in codes:
            assert codes[-1] == "no", item.id


def test_nothing_said_before_it_is_known_who_answers_mentions_care() -> None:
    contact = form().contact
    for said in (contact.greeting, contact.errand, contact.voicemail):
        assert said is not None
        assert not [words for words in said.values() if OF_CARE.search(words)]
    assert "⟨NN⟩" in contact.greeting["sv"]
    assert not any("⟨NN⟩" in words for words in contact.voicemail.values())


def test_the_opening_says_all_that_consent_rests_on() -> None:
    opening = question("opening")
    for text in (opening.text, opening.proxy):
        assert isinstance(text, dict)
        for part in (
            "fem till tio minuter",
            "frivilligt",
            "hoppa över",
            "sluta när",
            "utan namn",
            "inte tas bort",
            "påverkas inte",
        ):
            assert part in text["sv"]
        for part in (
            "five to ten minutes",
            "voluntary",
            "skip any",
            "stop whenever",
            "without",
            "cannot be removed",
            "not affected",
        ):
            assert part in text["en"]


def test_the_closing_says_where_to_turn() -> None:
    for text in (question("closing").text, question("closing").proxy):
        assert isinstance(text, dict)
        assert all("1177" in words and "112" in words for words in text.values())


def test_the_cards_answer_what_people_ask() -> None:
    care, back = form().card("care-needed"), form().card("questions-back")
    assert care is not None and back is not None
    told = " ".join(f"{entry.heading['sv']} {entry.text['sv']}" for entry in care.entries)
    assert all(part in told for part in ("112", "1177", "vårdcentral", "Patientnämnden", "nummer"))
    assert [entry.heading["sv"] for entry in back.entries] == [
        "Vem ser svaren?",
        "Varför just jag?",
        "Spelas samtalet in?",
        "Kan jag ångra mig?",
        "Vart vänder jag mig om jag vill klaga?",
    ]


def test_no_placeholder_stands_in_for_a_possessive() -> None:
    """The caller says a name where ⟨NN⟩ stands; «⟨NN⟩s» or «⟨NN⟩:s» cannot be said from the screen."""
    source = FORM.read_text(encoding="utf-8")
    assert not re.findall(r"⟨NN⟩['’:]?s\b", source)


def lines(text: Text | str, width: int = 72) -> int:
    """How many lines the longest language of a wording takes."""
    if isinstance(text, str):
        return 0
    return max(len(textwrap.wrap(words.replace("⟨NN⟩", "⟨säg namnet⟩"), width)) for words in text.values())


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.name)
def test_every_question_fits_a_screen_of_80_by_24(path: Path) -> None:
    """Question, what only the caller sees, options and keys: 24 lines, of which 7 belong to the frame."""
    for item in form(path).walk():
        if item.type is ItemType.GROUP:
            assert lines(item.text, 40) == 1, item.id
            continue
        said = max(lines(item.text), lines(item.proxy))
        aside = sum(lines(text, 60) for text in (item.instruction, item.probe) if text)
        options = sum(lines(option.text, 66) for option in item.options)
        if item.type is ItemType.DISPLAY:
            assert said <= 12, item.id
        else:
            assert said <= 3, item.id
            assert aside <= 4, item.id
        assert said + aside + options + 4 <= 17, item.id


def test_children_choose_between_faces_each_with_a_word_and_what_is_said() -> None:
    """B8: three or four faces, one idea a question, an adult who helps is told, nobody answers in the child's place."""
    children = form(shipped_questionnaires() / "delaktighet-barn" / "2026.1.yaml")
    faces = [item for item in children.questions() if any(option.symbol for option in item.options)]
    assert len(faces) == 10
    for item in faces:
        assert len(item.options) in (3, 4)
        assert all(option.symbol and option.spoken and option.text for option in item.options)
        assert item.proxy == "not-asked"
    helped = next(item for item in children.questions() if item.role is Role.RESPONDENT)
    assert [option.code for option in helped.options] == ["patient", "patient-with-help"]
    assert any(item.role is Role.IMPROVEMENT for item in children.questions())


def test_childbirth_is_rated_from_one_to_ten_with_its_ends_in_words() -> None:
    """B8."""
    birth = form(shipped_questionnaires() / "forlossning" / "2026.1.yaml")
    overall = next(item for item in birth.questions() if item.type is ItemType.SCALE)
    assert (overall.minimum, overall.maximum) == (1, 10)
    assert overall.minimum_label and overall.maximum_label
    assert set(birth.dimensions) == {"overall", "information", "participation", "support", "safety"}
