"""DESIGN "Questionnaires": a form goes to FHIR R5 JSON and back with nothing lost."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from pydantic import BaseModel

from interview.questionnaire import models
from interview.questionnaire.canonical import canonical_bytes, from_canonical, questionnaire_hash
from interview.questionnaire.checking import check
from interview.questionnaire.fhir.reading import from_fhir
from interview.questionnaire.fhir.vocabulary import OWN, TRANSLATION
from interview.questionnaire.fhir.writing import to_fhir
from interview.questionnaire.models import Frozen, Questionnaire
from interview.questionnaire.reading import read_questionnaire
from tests.questionnaire.fhir_shape import faults
from tests.questionnaire.small_form import SMALL, read
from tests.questionnaire.test_shipped import FORMS
from tests.session.generated import questionnaires

CODED = SMALL.replace("core: yes\n        dimension: care", "core: yes\n        code: told-1\n        dimension: care")
HL7 = "http://hl7.org/fhir/StructureDefinition/"


def shipped() -> Iterator[Questionnaire]:
    """Every form that ships, and the small one with a code for the analysis."""
    yield from (read_questionnaire(path.read_bytes(), path.name) for path in FORMS)
    yield read(CODED)


def item(resource: Any, link: str) -> Any:
    """The item of a resource with a linkId."""
    pending = list(resource["item"])
    while pending:
        found = pending.pop()
        if found["linkId"] == link:
            return found
        pending += found.get("item", [])
    raise AssertionError(link)


def said(element: Any, url: str) -> Any:
    """The value of an extension, whatever its kind; None without it."""
    for extension in element.get("extension", []):
        if extension["url"] == url:
            return next(value for key, value in extension.items() if key.startswith("value"))
    return None


@pytest.mark.parametrize("form", list(shipped()), ids=lambda form: f"{form.name} {form.version}")
def test_every_shipped_form_comes_back_to_the_byte(form: Questionnaire) -> None:
    imported = from_fhir(to_fhir(form), "form.json")
    assert imported.questionnaire == form
    assert questionnaire_hash(canonical_bytes(imported.questionnaire)) == questionnaire_hash(canonical_bytes(form))
    assert imported.notes == ()


def _comes_back(examples: int) -> None:
    """That so many generated forms without a fault come back, and are what FHIR takes."""

    @settings(max_examples=examples, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(form=questionnaires())
    def each(form: Questionnaire) -> None:
        form = from_canonical(canonical_bytes(form).replace("⟨NN⟩".encode(), b"NN").replace(b"NN", "⟨NN⟩".encode()))
        assume(not check(form))
        written = to_fhir(form)
        assert faults(json.loads(written)) == []
        imported = from_fhir(written, "form.json")
        assert canonical_bytes(imported.questionnaire) == canonical_bytes(form)
        assert imported.notes == ()

    each()


def test_a_generated_form_comes_back_to_the_byte() -> None:
    _comes_back(20)


@pytest.mark.slow
def test_many_generated_forms_come_back_to_the_byte() -> None:
    _comes_back(500)


@pytest.mark.slow
def test_a_form_of_a_thousand_questions_comes_back() -> None:
    """What YAML takes is not too large for FHIR, which says the same in five times the bytes."""
    form = read(SMALL)
    care = form.items[1]
    asked = care.items[0].model_copy(update={"enable_when": (), "core": False})
    items = tuple(asked.model_copy(update={"id": f"N{number}"}) for number in range(1000))
    form = form.model_copy(update={"items": (*form.items, care.model_copy(update={"id": "many", "items": items}))})
    assert from_fhir(to_fhir(form), "form.json").questionnaire == form


def test_a_new_field_of_the_models_has_to_be_mapped() -> None:
    """The forms that come back use every field there is: a field that is added fails here until a form uses it, and
    then above until `vocabulary` maps it."""
    kinds = {kind for kind in vars(models).values() if isinstance(kind, type) and issubclass(kind, Frozen)} - {Frozen}
    fields = {(kind.__name__, name) for kind in kinds for name in kind.model_fields}
    used: set[tuple[str, str]] = set()
    for form in shipped():
        used |= set(_used(form))
    assert fields - used == set()


def _used(value: object) -> Iterator[tuple[str, str]]:
    """The fields that do not have their usual value, here and in all that is within."""
    if isinstance(value, BaseModel):
        for name, field in type(value).model_fields.items():
            inner = getattr(value, name)
            if inner != field.default:
                yield type(value).__name__, name
            yield from _used(inner)
    elif isinstance(value, tuple):
        for inner in value:
            yield from _used(inner)


@pytest.mark.parametrize("form", list(shipped()), ids=lambda form: f"{form.name} {form.version}")
def test_what_is_written_is_a_questionnaire_of_fhir_r5(form: Questionnaire) -> None:
    assert faults(json.loads(to_fhir(form))) == []


def test_the_shape_says_no_to_what_is_none() -> None:
    resource = json.loads(to_fhir(read(SMALL)))
    item(resource, "Q5").pop("enableBehavior")
    item(resource, "Q6")["answerOption"] = [{"valueString": "x"}]
    item(resource, "Q4")["required"] = "yes"
    item(resource, "hello")["linkId"] = "Q1"
    told = "\n".join(faults(resource))
    for part in ("que-12", "valueString", "'yes' is not of type 'boolean'", "que-2"):
        assert part in told


def test_fhir_s_own_elements_say_what_they_can() -> None:
    resource = json.loads(to_fhir(read(CODED)))
    assert [resource[key] for key in ("id", "language", "version", "title", "status")] == [
        *("small", "sv", "1.0", "Liten", "active"),
    ]
    assert resource["_title"]["extension"] == [
        {
            "url": TRANSLATION,
            "extension": [{"url": "lang", "valueCode": "en"}, {"url": "content", "valueString": "Small"}],
        }
    ]
    told = item(resource, "Q4")
    assert (told["type"], told["answerConstraint"], told["code"][0]["code"]) == ("coding", "optionsOnly", "told-1")
    assert told["answerOption"][0]["valueCoding"]["display"] == "Ja, helt"
    assert said(told["answerOption"][0], f"{HL7}itemWeight") == 100
    several = item(resource, "Q5")
    assert (several["repeats"], several["enableBehavior"]) == (True, "any")
    assert several["enableWhen"][1] == {"question": "Q4", "operator": "!=", "answerCoding": {"code": "not-at-all"}}
    assert said(several["answerOption"][1], f"{HL7}questionnaire-optionExclusive") is True
    scale = item(resource, "Q6")
    assert (scale["type"], said(scale, f"{HL7}minValue"), said(scale, f"{HL7}maxValue")) == ("integer", 0, 10)
    assert said(scale, f"{OWN}proxy") == "not-asked"
    assert scale["item"][0]["text"] == "dåligt"
    assert (item(resource, "Q7")["maxLength"], item(resource, "Q7")["type"]) == (500, "text")


def test_the_practice_form_s_numbers_times_and_repeats_are_fhir_s() -> None:
    path = next(path for path in FORMS if path.parent.name == "ovning")
    resource = json.loads(to_fhir(read_questionnaire(path.read_bytes(), path.name)))
    assert said(item(resource, "B1"), f"{HL7}minValue") == "2026-01-01"
    assert said(item(resource, "B3"), f"{HL7}questionnaire-unit")["display"] == "nätter"
    assert said(item(resource, "A5"), f"{HL7}regex") == "[A-ZÅÄÖ]{2}[0-9]{2}"
    assert [said(item(resource, "C2"), f"{HL7}{name}") for name in ("minValue", "maxDecimalPlaces")] == [0.25, 2]
    medicine = item(resource, "medicine")
    assert (medicine["repeats"], said(medicine, f"{HL7}questionnaire-maxOccurs")) == (True, 5)
    assert item(resource, "B6")["enableWhen"] == [
        {"question": "B5", "operator": "!=", "answerBoolean": True},
        {"question": "B2", "operator": ">", "answerTime": "16:00:00"},
    ]
    assert (item(resource, "B5")["type"], item(resource, "B3")["required"]) == ("boolean", True)
    assert item(resource, "D1")["answerConstraint"] == "optionsOrString"
