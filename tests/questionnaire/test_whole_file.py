"""A4: all problems of a file at once, in its order; what the file looks like does not matter, what it says does."""

import pytest

from interview.errors import InterviewError
from interview.questionnaire.canonical import canonical_bytes
from interview.questionnaire.findings import MAX_PROBLEMS
from interview.questionnaire.models import ItemType, Operator
from interview.questionnaire.reading import read_questionnaire
from tests.questionnaire.small_form import SMALL, problems, read


def test_every_problem_is_told_at_once_in_the_order_of_the_file() -> None:
    text = (
        SMALL.replace("core: yes", "core: perhaps")
        .replace("type: choices", "type: choises")
        .replace("question: Q2", "question: Q22")
        .replace("max-length: 500", "max-lenght: 500")
        .replace("name: small", "name: Small")
    )
    found = [problem.code for problem in problems(text)]
    assert found == [
        "questionnaire.bad-name",
        "questionnaire.misspelt-question",
        "questionnaire.wanted-yes-or-no",
        "questionnaire.misspelt-word",
        "questionnaire.text-without-length",
        "questionnaire.misspelt-key",
    ]


def test_what_rests_on_a_question_that_cannot_be_read_is_not_told_as_well() -> None:
    """A question of unknown type or without an id gives one problem, although conditions name it."""
    no_type = SMALL.replace("      - id: Q4\n        type: choice", "      - id: Q4\n        type: chioce")
    assert [problem.code for problem in problems(no_type)] == ["questionnaire.misspelt-word"]
    no_id = SMALL.replace("      - id: Q4\n        type: choice", "      - type: choice")
    assert [problem.code for problem in problems(no_id)] == ["questionnaire.missing-key"]
    no_items = SMALL[: SMALL.index("items:\n")]
    assert [problem.code for problem in problems(no_items)] == ["questionnaire.missing-key"]


def test_a_hundred_problems_are_told_and_that_there_are_more() -> None:
    text = SMALL + "".join(f"extra{number}: x\n" for number in range(300))
    found = problems(text)
    assert len(found) == MAX_PROBLEMS + 1
    assert found[-1].code == "questionnaire.more-problems"
    assert {problem.code for problem in found[:-1]} == {"questionnaire.unknown-key"}


def test_an_empty_file_a_list_and_a_form_without_questions_are_refused() -> None:
    for source in (b"", b"\n\n# nothing\n", b"\xef\xbb\xbf"):
        assert [problem.code for problem in problems(source)] == ["questionnaire.empty"]
    assert [problem.code for problem in problems("- a\n- b\n")] == ["questionnaire.not-a-form"]
    assert [problem.code for problem in problems("hello")] == ["questionnaire.not-a-form"]
    silent = SMALL[: SMALL.index("items:\n")].replace("scales:", "ignored:") + "items:\n"
    silent += "  - {id: hello, type: display, text: {sv: Hej, en: Hello}}\n"
    assert "questionnaire.no-questions" in {problem.code for problem in problems(silent)}


def test_a_file_that_is_not_utf8_is_refused_where_it_stops_being_so() -> None:
    spoilt = SMALL.encode("utf-8").replace("Början".encode(), "Början".encode("latin-1"))
    found = problems(spoilt)
    line = next(number for number, text in enumerate(SMALL.split("\n"), 1) if "Början" in text)
    column = SMALL.split("\n")[line - 1].index("ö") + 1
    assert [(problem.code, problem.place) for problem in found] == [
        ("questionnaire.not-utf8", f"form.yaml:{line}:{column}")
    ]


def test_b2_an_excel_book_is_told_from_a_form_in_the_wrong_encoding() -> None:
    """Saving it as UTF-8, the advice for the latter, would help nobody."""
    found = problems(b"PK\x03\x04\x14\x00\xff\xfe")
    assert [(problem.code, problem.place) for problem in found] == [("questionnaire.is-workbook", "form.yaml:1:1")]


def test_columns_count_characters_also_after_other_letters() -> None:
    found = problems(SMALL.replace("{sv: Fick du veta?, en: Were you told?}", "{sv: Åäö ⟨NN⟩ 😀, eeen: x, en: X}"))
    line, text = next((n, t) for n, t in enumerate(SMALL.split("\n"), 1) if "Fick du veta" in t)
    expected = text.index("{") + len("{sv: Åäö ⟨NN⟩ 😀, ") + 1
    assert found[0].place == f"form.yaml:{line}:{expected}"


def test_a_byte_order_mark_and_windows_line_ends_change_nothing() -> None:
    windows = b"\xef\xbb\xbf" + SMALL.replace("\n", "\r\n").encode("utf-8")
    assert canonical_bytes(read_questionnaire(windows, "w.yaml")) == canonical_bytes(read(SMALL))
    spoilt = SMALL.replace("core: yes", "core: ja")
    there = problems(spoilt)[0].place
    with pytest.raises(InterviewError) as caught:
        read_questionnaire(b"\xef\xbb\xbf" + spoilt.replace("\n", "\r\n").encode("utf-8"), "form.yaml")
    assert caught.value.place == there


def test_words_are_text_until_the_form_says_what_they_are() -> None:
    """`no`, `1:30`, `017` and `1.10` are what they look like; only keys that want a number or a yes read them so."""
    text = SMALL.replace('"1.0"', "1.10").replace("dose: {sv: Dos, en: Dose}", "off: {sv: 017, en: 1:30}")
    form = read(text)
    assert form.version == "1.10"
    several = next(item for item in form.questions() if item.type is ItemType.CHOICES)
    assert several.options[0].code == "off"
    assert several.options[0].text == {"sv": "017", "en": "1:30"}


def test_a_form_in_one_language_needs_no_languages_at_its_words() -> None:
    text = """\
name: one
version: 1
title: Frågor
languages: [sv]
minutes: {least: 1, most: 2, ask-after: 2}
contact: {greeting: Hej, doubt: Slå upp numret, voicemail: Ring mig, consented: Vill du?}
items:
  - id: Q1
    type: choice
    text: Mår du bra?
    proxy: not-asked
    read-options: no
    options:
      yes: Ja
      no: {sv: Nej, score: 0}
"""
    form = read(text)
    assert form.title == {"sv": "Frågor"}
    assert [option.text for option in form.items[0].options] == [{"sv": "Ja"}, {"sv": "Nej"}]
    assert form.items[0].options[1].score == 0


def test_answers_named_once_bring_their_reading_aloud_and_their_probe() -> None:
    form = read(SMALL)
    asked = next(item for item in form.questions() if item.id == "Q4")
    assert [(option.code, option.score) for option in asked.options] == [("fully", 100), ("not-at-all", 0)]
    assert asked.read_options
    assert asked.probe == {"sv": "Hur mycket?", "en": "How much?"}
    own = read(
        SMALL.replace("options: H4", "options: H4\n        read-options: no\n        probe: {sv: Ja?, en: Yes?}")
    )
    changed = next(item for item in own.questions() if item.id == "Q4")
    assert not changed.read_options
    assert changed.probe == {"sv": "Ja?", "en": "Yes?"}


def test_conditions_are_read_as_one_any_or_all() -> None:
    form = read(SMALL)
    by_id = {item.id: item for item in form.questions()}
    assert [(c.question, c.operator, c.answer) for c in by_id["Q3"].enable_when] == [("Q2", Operator.IS, "proxy")]
    assert by_id["Q5"].enable_behavior == "any"
    assert by_id["Q7"].enable_when[0].answer == 5
    text = SMALL.replace("is: proxy", "answered: no")
    condition = next(item for item in read(text).questions() if item.id == "Q3").enable_when[0]
    assert (condition.operator, condition.answer) == (Operator.ANSWERED, False)
