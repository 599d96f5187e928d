"""Another's FHIR Questionnaire becomes a form: what it lacks is filled, what it cannot have is left out, and all is told."""

import json
from typing import Any

import pytest

from interview.errors import Problem
from interview.messages import LANGUAGES, Catalogue
from interview.questionnaire.canonical import canonical_bytes, take_in
from interview.questionnaire.fhir.reading import Imported, from_fhir
from interview.questionnaire.models import Item, ItemType, Operator

HL7 = "http://hl7.org/fhir/StructureDefinition/"


def control(code: str) -> dict[str, Any]:
    """The extension that says how an item is shown."""
    return {"url": f"{HL7}questionnaire-itemControl", "valueCodeableConcept": {"coding": [{"code": code}]}}


LIFESTYLE: dict[str, Any] = {
    "resourceType": "Questionnaire",
    "id": "f201",
    "text": {"status": "generated", "div": "<div xmlns='http://www.w3.org/1999/xhtml'>Lifestyle</div>"},
    "url": "http://example.org/Questionnaire/f201",
    "status": "draft",
    "subjectType": ["Patient"],
    "date": "2010",
    "item": [
        {"linkId": "1", "text": "Any allergies?", "type": "boolean"},
        {
            "linkId": "2",
            "text": "About you",
            "type": "group",
            "item": [
                {"linkId": "2.1", "text": "What is your gender?", "type": "string"},
                {"linkId": "2.2", "text": "When were you born?", "type": "date"},
            ],
        },
        {
            "linkId": "3",
            "text": "Habits",
            "type": "group",
            "item": [
                {
                    "linkId": "3.1",
                    "text": "Do you smoke?",
                    "type": "boolean",
                    "item": [{"linkId": "3.1.1", "text": "How many a day?", "type": "integer"}],
                },
            ],
        },
    ],
}
"""In the shape of FHIR's official example f201 (a lifestyle questionnaire): nested items and not one extension."""


def imported(*items: dict[str, Any], **head: Any) -> Imported:
    """The form of a resource with those items."""
    resource = {"resourceType": "Questionnaire", "status": "active", "language": "sv", **head, "item": list(items)}
    return from_fhir(json.dumps(resource, indent=1).encode(), "form.json")


def question(link: str, kind: str, *extensions: dict[str, Any], **more: Any) -> dict[str, Any]:
    """An item with its text."""
    return {"linkId": link, "type": kind, "text": f"Fråga {link}", "extension": list(extensions), **more}


def told(found: Imported, code: str) -> list[dict[str, str | int]]:
    """The facts of every note of a kind, without the counts."""
    return [
        {name: fact for name, fact in note.facts.items() if name != "count"}
        for note in found.notes
        if note.code == code
    ]


def by_id(found: Imported) -> dict[str, Item]:
    return {item.id: item for item in found.questionnaire.walk()}


def test_an_official_shape_without_extensions_becomes_a_form_and_all_is_told() -> None:
    found = from_fhir(json.dumps(LIFESTYLE, indent=2).encode(), "f201.json")
    form = found.questionnaire
    assert take_in(canonical_bytes(form)) == form
    assert (form.name, form.version, form.languages) == ("f201", "1", ("en",))
    items = by_id(found)
    assert list(items) == ["q1", "q2", "q2-1", "q2-2", "q3", "q3-1", "q3-1-more", "q3-1-1"]
    assert [items[name].type for name in ("q1", "q2", "q2-1", "q2-2")] == [
        *(ItemType.YES_NO, ItemType.GROUP, ItemType.LINE, ItemType.DATE),
    ]
    (answered,) = items["q3-1-more"].enable_when
    assert (answered.question, answered.operator, answered.answer) == ("q3-1", Operator.ANSWERED, True)
    assert told(found, "fhir.moved") == [{"link": "3.1", "group": "q3-1-more"}]
    assert {fact["element"] for fact in told(found, "fhir.left-out")} == {
        *("text", "url", "subjectType", "date", "status: draft"),
    }
    filled = {fact["element"]: fact["value"] for fact in told(found, "fhir.filled")}
    assert (filled["language"], filled["proxy"], filled["minutes.most"]) == ("en", "same", "10")
    assert {"element": "linkId", "was": "2.1", "now": "q2-1"} in told(found, "fhir.changed")


def test_every_note_has_a_place_a_count_and_words() -> None:
    found = from_fhir(json.dumps(LIFESTYLE, indent=2).encode(), "f201.json")
    proxy = next(note for note in found.notes if note.facts.get("element") == "proxy")
    assert proxy == Problem(
        "fhir.filled", "f201.json:15:5 (item[0])", {"element": "proxy", "value": "same", "count": 5}
    )
    for note in found.notes:
        for language in LANGUAGES:
            assert all(Catalogue(language).error(note))


def test_choices_of_r4_and_r5_with_codings_words_and_weights() -> None:
    weight = [{"url": f"{HL7}ordinalValue", "valueDecimal": 50.0}]
    codings = [
        {"valueCoding": {"system": "http://loinc.org", "code": "LA1-2", "display": "Ja"}, "extension": weight},
        {
            "valueCoding": {
                "code": "at0.5",
                "display": "Nej",
                "extension": [{"url": f"{HL7}itemWeight", "valueDecimal": 0}],
            }
        },
    ]
    long = "Trött efter en lång natt utan sömn"
    words = [{"valueString": f"{long} alls"}, {"valueString": f"{long} nästan"}, {"valueInteger": 3}]
    coded = {"question": "old", "operator": "=", "answerCoding": {"code": "at0.5"}}
    written = {"question": "why", "operator": "!=", "answerString": f"{long} nästan"}
    found = imported(
        question("old", "choice", answerOption=codings),
        question("why", "open-choice", answerOption=words, repeats=True),
        question("new", "coding", answerOption=codings, answerConstraint="optionsOnly", enableWhen=[coded]),
        question("last", "date", enableWhen=[coded, written], enableBehavior="any"),
        question("plain", "string", answerOption=words[:2]),
    )
    items = by_id(found)
    assert [option.code for option in items["old"].options] == ["LA1-2", "at0-5"]
    assert [option.score for option in items["old"].options] == [50, 0]
    assert items["new"].enable_when[0].answer == "at0-5"
    assert items["why"].type is ItemType.CHOICES
    codes = [option.code for option in items["why"].options]
    assert codes[2:] == ["3", "other"]
    assert items["why"].options[3].open == {"sv": "Vad då?"}
    assert (items["last"].enable_behavior, items["last"].enable_when[1].answer) == ("any", codes[1])
    assert items["plain"].type is ItemType.CHOICE
    assert {"element": "item.answerOption.valueCoding.system"} in told(found, "fhir.left-out")
    assert {"element": "type", "was": "string", "now": "choice"} in told(found, "fhir.changed")


def test_extensions_of_the_standard_are_understood() -> None:
    limits = [{"url": f"{HL7}minValue", "valueInteger": 0}, {"url": f"{HL7}maxValue", "valueInteger": 10}]
    lower = question("s-low", "display", control("lower"))
    unit = {"url": f"{HL7}questionnaire-unit", "valueCoding": {"system": "http://unitsofmeasure.org", "code": "kg"}}
    found = imported(
        question("s", "integer", *limits, control("slider"), item=[lower]),
        question("n", "integer", *limits, unit, control("slider")),
        question(
            "d",
            "decimal",
            {"url": f"{HL7}minValue", "valueDecimal": 1e-3},
            item=[question("h", "display", control("help"))],
        ),
        question("t", "time", {"url": f"{HL7}maxValue", "valueTime": "18:30:00"}),
        question(
            "l",
            "string",
            {"url": f"{HL7}regex", "valueString": "[0-9]+"},
            {"url": f"{HL7}entryFormat", "valueString": "siffror"},
        ),
        question("r", "string", {"url": f"{HL7}regex", "valueString": "[0-9]+"}, maxLength=20),
        question("m", "string", maxLength=255, repeats=True),
        question("x", "text", {"url": "http://example.org/colour", "valueCode": "red"}, maxLength=9000, readOnly=False),
    )
    items = by_id(found)
    assert (items["s"].type, items["s"].minimum_label) == (ItemType.SCALE, {"sv": "Fråga s-low"})
    assert (items["n"].type, items["n"].unit) == (ItemType.INTEGER, {"sv": "kg"})
    assert (items["d"].minimum, items["d"].instruction) == ("0.001", {"sv": "Fråga h"})
    assert items["t"].maximum == "18:30"
    assert items["l"].instruction == {"sv": "siffror"}
    assert items["r"].instruction == {"sv": "Svaret ska ha ett visst mönster."}
    assert (items["m"].type, items["m"].max_repeats, items["m"].max_length) == (ItemType.TEXT, 20, 255)
    assert items["x"].max_length == 4000
    left = [str(fact["element"]) for fact in told(found, "fhir.left-out")]
    assert "http://example.org/colour" in left
    assert "itemControl: slider" in left


def test_what_is_translated_anywhere_is_a_language_of_the_form() -> None:
    translated = {
        "extension": [
            {
                "url": f"{HL7}translation",
                "extension": [{"url": "lang", "valueCode": "fi"}, {"url": "content", "valueString": "Miksi?"}],
            }
        ]
    }
    found = imported({**question("q", "string"), "_text": translated}, title="Titel", _title=translated)
    assert found.questionnaire.languages == ("sv", "fi")
    assert found.questionnaire.items[0].text == {"sv": "Fråga q", "fi": "Miksi?"}
    assert found.questionnaire.contact.doubt["fi"].startswith("Look up")


@pytest.mark.parametrize(
    ("head", "name", "version"),
    [
        ({"name": "PHQ_9", "version": "2.1.0"}, "phq-9", "2.1.0"),
        ({"url": "http://example.org/Questionnaire/Åldrar/", "version": "v2"}, "aldrar", "1"),
        ({"id": "***"}, "questionnaire", "1"),
    ],
)
def test_a_name_and_a_version_are_made_to_fit_and_told(head: dict[str, Any], name: str, version: str) -> None:
    found = imported(question("q", "string"), **head)
    assert (found.questionnaire.name, found.questionnaire.version) == (name, version)
    assert {fact["element"] for fact in (*told(found, "fhir.changed"), *told(found, "fhir.filled"))} >= {"title"}


def test_ids_that_would_be_the_same_stay_apart() -> None:
    when = [{"question": "1-1", "operator": "exists", "answerBoolean": True}]
    found = imported(question("1.1", "string"), question("1-1", "date"), question("q1-1", "time", enableWhen=when))
    assert list(by_id(found)) == ["q1-1-2", "q1-1-3", "q1-1"]
    assert found.questionnaire.items[2].enable_when[0].question == "q1-1-3"
