"""A FHIR resource that is no form: every fault at once, each at its line, column and path; limits first (T11)."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from interview.errors import InterviewError, Problem
from interview.messages import LANGUAGES, Catalogue
from interview.questionnaire import fhir
from interview.questionnaire.answer_checks import MOST_QUESTIONS
from interview.questionnaire.checking import ID
from interview.questionnaire.fhir.json_nodes import MAX_BYTES, MAX_ITEMS, MAX_VALUES, JsonReport, read_json
from interview.questionnaire.fhir.names import Names
from interview.questionnaire.fhir.reading import from_fhir
from interview.questionnaire.fhir.writing import to_fhir
from tests.questionnaire.small_form import SMALL, read
from tests.questionnaire.test_fhir import item
from tests.questionnaire.test_fhir_foreign import HL7, question

RAISED = re.compile(r'"fhir\.([a-z-]+)"')
WORDS: dict[str, Any] = {"resourceType": "Questionnaire", "status": "active", "language": "sv"}
TWICE = {
    "url": f"{HL7}translation",
    "extension": [{"url": "lang", "valueCode": "sv"}, {"url": "content", "valueString": "igen"}],
}


def problems(source: bytes) -> tuple[Problem, ...]:
    """What is wrong with a file; the test fails if nothing is."""
    with pytest.raises(InterviewError) as caught:
        from_fhir(source, "f.json")
    for problem in caught.value.problems:
        for language in LANGUAGES:
            assert all(Catalogue(language).error(problem))
    return caught.value.problems


def told(*items: Any, **head: Any) -> dict[str, str]:
    """The places by code and element of what is wrong with a resource of those items."""
    found = problems(json.dumps({**WORDS, **head, "item": list(items)}).encode())
    return {
        f"{one.code.partition('.')[2]} {one.facts.get('element', '')}": one.place.partition(" ")[2] for one in found
    }


OPTIONS = [{"valueCoding": {"code": "a", "display": "A"}}, {"valueCoding": {"code": "b", "display": "B"}}]
REFUSED: list[tuple[dict[str, Any], str, str]] = [
    (question("q", "quantity"), "unknown-word type", "(item[0].type)"),
    (question("q", "attachment"), "unknown-word type", "(item[0].type)"),
    (question("q", "coding", answerValueSet="#v"), "cannot-keep answerValueSet", "(item[0].answerValueSet)"),
    (question("q", "coding", answerOption=OPTIONS, answerConstraint="optionsOrType"),
     "cannot-keep answerConstraint: optionsOrType", "(item[0].answerConstraint)"),
    (question("q", "coding", answerOption=[{"valueReference": {"reference": "Patient/1"}}, *OPTIONS]),
     "cannot-keep answerOption.valueReference", "(item[0].answerOption[0].valueReference)"),
    (question("q", "coding", answerOption=[{}, *OPTIONS]), "missing answerOption.value[x]", "(item[0].answerOption[0])"),
    (question("q", "coding", answerOption=[{"valueCoding": {"system": "x"}}, *OPTIONS]),
     "missing valueCoding.code", "(item[0].answerOption[0].valueCoding)"),
    (question("q", "coding", answerOption=[*OPTIONS, OPTIONS[0]]), "duplicate-option ", "(item[0].answerOption[2].valueCoding.code)"),
    (question("q", "string", modifierExtension=[]), "cannot-keep modifierExtension", "(item[0].modifierExtension)"),
    (question("q", "string", {"url": f"{HL7}questionnaire-hidden", "valueBoolean": True}),
     "cannot-keep questionnaire-hidden", "(item[0].extension[0])"),
    (question("q", "string", {"url": f"{HL7}questionnaire-hidden"}),
     "cannot-keep questionnaire-hidden", "(item[0].extension[0])"),
    (question("q", "string", repeats=True, item=[question("q1", "date")]), "asked-of-each ", "(item[0].linkId)"),
    (question("q", "coding", answerOption=OPTIONS, repeats=True, item=[{"linkId": "g", "type": "group", "item": [
        question("q1", "date")]}]), "asked-of-each ", "(item[0].linkId)"),
    (question("q", "string", readOnly=True), "cannot-keep readOnly", "(item[0].readOnly)"),
    (question("q", "date", {"url": f"{HL7}minValue", "valueDateTime": "2026-01-01T00:00:00Z"}),
     "cannot-keep valueDateTime", "(item[0].extension[0])"),
    (question("q", "date", {"valueDate": "2026-01-01"}), "missing extension.url", "(item[0].extension[0])"),
    (question("q", "string", required="yes"), "wanted required", "(item[0].required)"),
    (question("q", "string", maxLength="9"), "wanted maxLength", "(item[0].maxLength)"),
    (question("q", "string", code={}), "wanted code", "(item[0].code)"),
    (question("q", "string", _text=[]), "wanted _text", "(item[0]._text)"),
    (question("q", "string", _text={"extension": [TWICE]}), "translated-twice ", "(item[0]._text.extension[0])"),
    (question("q", "string", _text={"extension": [{"url": f"{HL7}translation"}]}),
     "wanted translation", "(item[0]._text.extension[0])"),
    ({"type": "string", "text": "x"}, "missing linkId", "(item[0])"),
    ({"linkId": "q", "text": "x"}, "missing type", "(item[0])"),
]  # fmt: skip
CONDITIONS: list[tuple[dict[str, Any], str]] = [
    ({"operator": "exists", "answerBoolean": True}, "missing enableWhen.question"),
    ({"question": "n", "answerBoolean": True}, "missing enableWhen.operator"),
    ({"question": "n", "operator": "exists"}, "missing enableWhen.answer[x]"),
    ({"question": "n", "operator": "=", "answerQuantity": {"value": 1}}, "cannot-keep enableWhen.answerQuantity"),
    ({"question": "n", "operator": "=", "answerReference": {}}, "cannot-keep enableWhen.answerReference"),
    ({"question": "n", "operator": "=", "answerDateTime": "2026"}, "cannot-keep enableWhen.answerDateTime"),
    ({"question": "n", "operator": "~", "answerInteger": 1}, "unknown-word operator"),
    ({"question": "n", "operator": "=", "answerCoding": {}}, "missing answerCoding.code"),
    ({"question": "n", "operator": "=", "answerInteger": "1"}, "wanted answerInteger"),
    ({"question": "gone", "operator": "=", "answerInteger": 1}, "unknown-question "),
]


@pytest.mark.parametrize(("wrong", "code", "place"), REFUSED, ids=[code for _, code, _ in REFUSED])
def test_what_cannot_be_kept_is_refused_at_its_path(wrong: dict[str, Any], code: str, place: str) -> None:
    assert told(wrong)[code] == place


@pytest.mark.parametrize(("condition", "code"), CONDITIONS, ids=[code for _, code in CONDITIONS])
def test_a_condition_that_no_form_can_have_is_refused(condition: dict[str, Any], code: str) -> None:
    assert told(question("n", "integer"), question("q", "string", enableWhen=[condition]))[code].startswith(
        "(item[1].enableWhen[0]"
    )


def test_what_is_said_to_be_shown_and_a_text_in_a_repeated_question_are_no_faults() -> None:
    """B: `hidden: false` says what holds anyway; a display in a repeated question asks nothing of each answer."""
    shown = question("q", "date", {"url": f"{HL7}questionnaire-hidden", "valueBoolean": False}, repeats=True)
    items = [{**shown, "item": [{"linkId": "d", "type": "display", "text": "Tell"}]}]
    found = from_fhir(json.dumps({**WORDS, "item": items}).encode(), "f.json")
    assert [item.type.value for item in found.questionnaire.walk()] == ["date", "group", "display"]
    assert "hidden" not in str(found.notes)


def test_a_condition_on_a_number_among_options_means_the_option_with_its_code() -> None:
    """B: -1 is no code of a form; the option and what tests it are renamed alike."""
    numbers = question("n", "integer", answerOption=[{"valueInteger": number} for number in (-1, 0, 2)])
    when = {"question": "n", "operator": "=", "answerInteger": -1}
    found = from_fhir(
        json.dumps({**WORDS, "item": [numbers, question("q", "date", enableWhen=[when])]}).encode(), "f.json"
    )
    first, second = found.questionnaire.questions()
    assert second.enable_when[0].answer == first.options[0].code


def test_several_conditions_have_to_say_how_they_go_together() -> None:
    two = [{"question": "n", "operator": sign, "answerInteger": 1} for sign in (">", "<")]
    asked = question("n", "integer")
    assert "missing enableBehavior" in told(asked, question("q", "string", enableWhen=two))
    assert "unknown-word enableBehavior" in told(asked, question("q", "string", enableWhen=two, enableBehavior="none"))


def test_every_fault_comes_at_once_with_line_column_and_path() -> None:
    resource = json.loads(to_fhir(read(SMALL)))
    item(resource, "Q4")["answerOption"][0]["valueCoding"]["_display"]["extension"].clear()
    item(resource, "Q5")["enableWhen"][0]["question"] = "Q44"
    item(resource, "Q6")["type"] = "quantity"
    written = json.dumps(resource, indent=2).encode()
    found = problems(written)
    assert [one.code for one in found] == [
        *("questionnaire.missing-translation", "questionnaire.misspelt-question", "fhir.unknown-word"),
    ]
    place = re.fullmatch(
        r"f\.json:([0-9]+):([0-9]+) \(item\[1\]\.item\[1\]\.enableWhen\[0\]\.question\)", found[1].place
    )
    assert place
    assert written.decode().split("\n")[int(place[1]) - 1][int(place[2]) - 1 :].startswith('"Q44"')


def test_what_is_broken_of_our_own_is_told() -> None:
    resource = json.loads(to_fhir(read(SMALL)))
    by_name = {one["url"].rpartition("/")[2]: one for one in resource["extension"]}
    by_name["dimension"]["extension"].pop()
    by_name["card"]["extension"].pop(0)
    by_name["minutes"]["extension"].pop(0)
    codes = [
        (one.code, one.facts.get("element") or one.facts.get("key")) for one in problems(json.dumps(resource).encode())
    ]
    for wanted in (("fhir.wanted", "dimension"), ("fhir.wanted", "card"), ("questionnaire.missing-key", "least")):
        assert wanted in codes
    for name in ("dimension", "card"):
        resource = json.loads(to_fhir(read(SMALL)))
        resource["extension"] += [one for one in resource["extension"] if one["url"].endswith(f"/{name}")]
        assert [one.code for one in problems(json.dumps(resource).encode())] == ["questionnaire.duplicate-key"]


def test_nothing_that_is_added_to_our_own_is_dropped_in_silence() -> None:
    resource = json.loads(to_fhir(read(SMALL)))
    resource |= {"url": "http://example.org/other", "publisher": "Regionen", "status": "retired"}
    item(resource, "Q4")["initial"] = [{"valueCoding": {"code": "fully"}}]
    imported = from_fhir(json.dumps(resource).encode(), "f.json")
    assert imported.questionnaire == read(SMALL)
    assert {note.facts["element"] for note in imported.notes} == {
        *("url: http://example.org/other", "publisher", "status: retired", "item.initial"),
    }


HOSTILE = {
    "nothing": (b"", "fhir.not-json"),
    "words": (b"name: small", "fhir.not-json"),
    "comment": (b'{"a": 1} // x', "fhir.not-json"),
    "two values": (b"{} {}", "fhir.not-json"),
    "trailing comma": (b'{"a": 1,}', "fhir.not-json"),
    "missing comma": (b'{"a": 1 "b": 2}', "fhir.not-json"),
    "NaN": (b'{"a": NaN}', "fhir.not-json"),
    "infinity": (b'{"a": -Infinity}', "fhir.not-json"),
    "leading zero": (b'{"a": 012}', "fhir.not-json"),
    "open string": (b'{"a": "' + b"x" * 100_000, "fhir.not-json"),
    "open escapes": (b'{"a": "' + b"\\n" * 50_000, "fhir.not-json"),
    "raw newline": (b'{"a": "x\ny"}', "fhir.not-json"),
    "a long number": (b'{"a": ' + b"9" * 40 + b"}", "fhir.long-number"),
    "a list": (b"[]", "fhir.not-questionnaire"),
    "a bundle": (b'{"resourceType": "Bundle"}', "fhir.not-questionnaire"),
    "of no type": (b"{}", "fhir.not-questionnaire"),
    "deep": (b"[" * 50_000, "questionnaire.too-deep"),
    "deep objects": (b'{"a":' * 50_000, "questionnaire.too-deep"),
    "large": (b" " * (MAX_BYTES + 1), "fhir.too-large"),
    "many": (b"[" + b"0," * MAX_VALUES + b"0]", "fhir.too-large"),
    "latin": ('{"a": "å"}'.encode("latin-1"), "questionnaire.not-utf8"),
}


@pytest.mark.parametrize(("source", "code"), HOSTILE.values(), ids=HOSTILE)
def test_t11_what_is_no_json_of_a_form_is_refused_first(source: bytes, code: str) -> None:
    assert problems(source)[0].code == code


def test_t11_a_key_twice_and_what_a_terminal_obeys_are_told_with_the_rest() -> None:
    escape = json.dumps({**WORDS, "item": [question("q", "string") | {"text": "\x1b[2J\ud800"}]}).encode()
    assert {one.code for one in problems(escape)} == {"questionnaire.control-character"}
    twice = json.dumps({**WORDS, "item": []}).encode()[:-1] + b', "language": "en"}'
    assert "questionnaire.duplicate-key" in {one.code for one in problems(twice)}


def test_t11_a_thousand_names_that_look_alike_stay_apart() -> None:
    links = [f"{'.' * (number % 40)}å{'-' * (number // 40)}" for number in range(1000)]
    node = read_json(json.dumps([{"linkId": link} for link in links]).join(('{"item":', "}")).encode(), JsonReport("f"))
    names = Names(node.entries["item"].value)
    ids = {names.id_of(link) for link in links}
    assert len(ids) == 1000
    assert all(ID.fullmatch(name) for name in ids)


def test_json_is_read_as_it_is_written() -> None:
    source = b'\xef\xbb\xbf {"a\\u00e5":\t[1.50, -0e1, true, null, "\\ud83d\\ude42\\/"]\r\n}\n'
    report = JsonReport("f.json")
    root = read_json(source, report)
    key, value = root.entries["aå"]
    assert [one.text for one in value.entries] == ["1.50", "-0e1", "true", "null", "🙂/"]  # type: ignore[union-attr]
    assert report.place(value.entries[4].mark) == "f.json:1:39 (aå[4])"  # type: ignore[union-attr]
    assert (key.mark, report.problems) == ((1, 3), ())


def test_every_code_of_the_area_is_raised_in_a_test_of_this_room() -> None:
    source = "".join(file.read_text(encoding="utf-8") for file in Path(fhir.__file__).parent.glob("*.py"))
    tests = "".join(file.read_text(encoding="utf-8") for file in Path(__file__).parent.glob("test_fhir*.py"))
    for code in set(RAISED.findall(source)):
        assert code in tests, code


def _many(count: int, kind: str) -> bytes:
    items = [{"linkId": f"q{n}", "type": kind, "text": "Hur?"} for n in range(count)]
    return json.dumps({**WORDS, "item": items}).encode()


@pytest.mark.parametrize(
    ("source", "code"),
    [
        (_many(10_000, "boolean"), "questionnaire.too-many-questions"),
        (_many(MOST_QUESTIONS + 1, "boolean"), "questionnaire.too-many-questions"),
        (_many(MAX_ITEMS + 1, "display"), "questionnaire.too-many-nodes"),
        (_many(MAX_ITEMS + 1, "group"), "questionnaire.too-many-nodes"),
        (_many(MAX_ITEMS + 1, "display").replace(b"linkId", rb"linkI\u0064"), "questionnaire.too-many-nodes"),
    ],
    ids=["many", "one more than questions", "one more than texts", "one more than groups", "in escapes"],
)
def test_t11_more_items_than_a_form_has_room_for_are_refused_before_they_are_read(source: bytes, code: str) -> None:
    """The place is the beginning: nothing was parsed; or, where the keys cannot be counted before, the first too many."""
    assert [(problem.code, problem.place.partition(" ")[0] == "f.json:1:1") for problem in problems(source)] == [
        (code, b"\\u" not in source)
    ]


def test_t11_as_many_questions_as_there_may_be_are_not_too_many() -> None:
    """The words that are counted are keys; a text may say them as often as it likes."""
    assert read_json(_many(MOST_QUESTIONS, "boolean"), JsonReport("f.json")).entries
    assert read_json(_many(MAX_ITEMS, "display"), JsonReport("f.json")).entries
    spoken = {**WORDS, "title": '"linkId": ' * (MAX_ITEMS + 1)}
    assert read_json(json.dumps(spoken).encode(), JsonReport("f.json")).entries
