"""B2: what a telephone suffers from is told at its exact line and column, apart from errors, and stops nothing."""

from importlib import import_module
from itertools import groupby

import pytest

from interview.messages import LANGUAGES, Catalogue
from interview.questionnaire.examining import Examined, examine, is_warning
from interview.questionnaire.reading import read_questionnaire
from interview.questionnaire.speaking import words_in
from tests.questionnaire.small_form import SMALL, spoil
from tests.questionnaire.test_problems import Wrong
from tests.questionnaire.test_shipped import FORMS

LONG = " ".join(["ord"] * 31)
LINE = "x" * 60
SIX = "".join(f"          o{number}: {{sv: Svar {number}, en: Answer {number}}}\n" for number in range(6))
AFTER = """\
      - id: Q8
        type: text
        text: {sv: Mer?, en: More?}
        proxy: only
        ‹when: {question: Q6, at-most: 5}
        max-length: 50
"""

WRONG = [
    Wrong(
        "always-holds",
        "max-length: 500",
        "max-length: 500\n" + AFTER.replace("only", "not-asked").replace("Q6, at-most: 5", "Q1, is-not: no"),
        {"id": "Q8"},
    ),
    Wrong(
        "always-holds",
        "when: {question: Q2, is: proxy}",
        "‹when: {any: [{question: Q2, is: proxy}, {question: Q2, is-not: proxy}]}",
        {"id": "Q3"},
    ),
    Wrong("every-answer", "when: {question: Q6, at-most: 5}", "‹when: {question: Q6, at-least: 0}", {"question": "Q6"}),
    Wrong("other-respondent", "max-length: 500\n", "max-length: 500\n" + AFTER, {"id": "Q8", "question": "Q6"}),
    Wrong("long-to-read", "sv: Siffra?", f"sv: ‹{LONG}", {"id": "Q6", "words": 31, "most": 30}),
    Wrong("long-to-read", "{sv: Hej, en: Hello}", f"{{sv: ‹{' '.join([LONG] * 4)}, en: Hello}}", {"most": 100}),
    Wrong("long-to-read", "score: 100}", f"score: 100, spoken: {{sv: ‹{LONG}, en: Yes}}}}", {"id": "Q4", "words": 31}),
    Wrong(
        "many-aloud",
        "read-options: no\n        options:\n          child",
        f"read-options: yes\n        ‹options:\n{SIX}          child",
        {"id": "Q3", "count": 8, "most": 5},
    ),
    Wrong("long-section", "sv: Början", f"sv: ‹{LINE}", {"id": "start"}),
    Wrong(
        "does-not-fit",
        "{sv: Bättre?, en: Better?}",
        f"{{sv: ‹{LINE} Bättre?, en: Better?}}\n        instruction: {{sv: {' '.join([LINE] * 8)}, en: Short}}",
        {"id": "Q7", "lines": 11, "most": 10},
    ),
    Wrong("negative-first", "      fully: {sv", "      ‹worst: {sv: Sämst, en: Worst, score: 0}\n      fully: {sv", {"id": "Q4"}),
    Wrong(
        "no-emergency-number",
        "    entries:\n      - heading: {sv: Fara, en: Danger}\n        text: {sv: Ring 112, en: Ring 112}",
        "    ‹entries:\n      - heading: {sv: Fara, en: Danger}\n        text: {sv: Ring 112, en: Ring 01122}",
        {"number": "112", "languages": "en"},
    ),
    Wrong("untranslated", "{sv: Läs upp, en: Read out}", "{sv: Läs upp alla svaren, en: ‹Läs upp alla svaren}", {"id": "Q4"}),
    Wrong("long-conversation", "{least: 5, most: 10, ask-after: 8}", "{least: 1, most: ‹1, ask-after: 1}", {"most": 1}),
]  # fmt: skip


QUESTION = """\
      - id: {id}
        type: choice
        text: {{sv: {sv}, en: Well?}}
        proxy: {proxy}
        read-options: no
        options: {{{first}: {{sv: {said}, en: X}}, {second}: {{sv: Annat, en: Other}}}}
"""
MORE = [
    (QUESTION.format(id="Q8", sv="Mår du bra?", proxy="‹same", first="a", said="A", second="b"), "same-says-you"),
    (QUESTION.format(id="Q8", sv="Bra?", proxy="same", first="‹a", said="Hos mig", second="b"), "option-of-patient"),
    (
        QUESTION.format(
            id="Q8", sv="Bra?", proxy="same", first="a", said="A, en: X, proxy: {sv: ‹Hos mig, en: X}", second="b"
        ).replace("en: X}, en: X}", "en: X}}"),
        "option-of-patient",
    ),
    (
        QUESTION.format(
            id="Q8", sv="Bra?", proxy="same", first="a", said="A, en: X, proxy: {sv: ‹LINES, en: X}", second="b"
        )
        .replace("en: X}, en: X}", "en: X}}")
        .replace("LINES", " ".join([LINE] * 17)),
        "does-not-fit",
    ),
    (
        QUESTION.format(id="Q8", sv="Bra?", proxy="same", first="a", said="A", second="b")
        + QUESTION.format(id="Q9", sv="Bra?", proxy="same", first="b", said="B", second="a").replace(
            " options", " ‹options"
        ),
        "other-order",
    ),
    (
        QUESTION.format(id="Q8", sv="Bra?", proxy="same", first="no", said="Nej", second="yes")
        .replace("Annat", "Ja")
        .replace("{no", "{‹no"),
        "negative-first",
    ),
]
"""Questions added at the end, `‹` where the advice is told."""


NEWEST = [max(versions) for _, versions in groupby(FORMS, key=lambda path: path.parent)]
"""The forms that a station would ask now: an older version is frozen, whatever is advised later."""


def look(text: str) -> Examined:
    """What is found in a form of that text."""
    return examine(text.encode("utf-8"), "form.yaml")


def test_the_small_form_needs_no_advice() -> None:
    assert look(SMALL) == Examined(read_questionnaire(SMALL.encode(), "form.yaml"), (), ())


@pytest.mark.parametrize("wrong", WRONG, ids=lambda wrong: f"{wrong.code}: {wrong.new[:30]!r}")
def test_advice_is_told_alone_at_its_line_and_column(wrong: Wrong) -> None:
    text, place = spoil(wrong.old, wrong.new, wrong.without)
    found = look(text)
    assert found.errors == ()
    assert [(problem.code, problem.place) for problem in found.warnings] == [(f"advice.{wrong.code}", place)]
    assert wrong.facts.items() <= dict(found.warnings[0].facts).items()
    for language in LANGUAGES:
        assert all(Catalogue(language).error(found.warnings[0]))


@pytest.mark.parametrize(("added", "code"), MORE, ids=lambda value: value[:20])
def test_advice_on_a_question_more(added: str, code: str) -> None:
    text, place = spoil("max-length: 500\n", f"max-length: 500\n{added}")
    assert [(problem.code, problem.place) for problem in look(text).warnings] == [(f"advice.{code}", place)]


def test_every_code_of_the_area_has_a_wrong_file() -> None:
    known = set(import_module("interview.messages.sv.advice").ERRORS)
    assert {wrong.code for wrong in WRONG} | {code for _, code in MORE} == known


def test_a_warning_never_stops_loading_and_an_error_does() -> None:
    text, _ = spoil("sv: Siffra?", f"sv: ‹{LONG}")
    found = look(text)
    assert found.questionnaire == read_questionnaire(text.encode("utf-8"), "form.yaml")
    assert all(map(is_warning, found.warnings))
    wrong = look(text.replace("core: yes", "core: ja"))
    assert wrong.questionnaire is None
    assert not any(map(is_warning, wrong.errors))
    assert wrong.warnings == found.warnings


def test_twelve_different_mistakes_give_twelve_findings_in_one_run() -> None:
    mistakes = (
        ("name: small", "name: Small"),
        ("core: yes", "core: ja"),
        ("type: scale", "type: scal"),
        ("role: improvement", "role: improvment"),
        ("is: proxy", "is: proxxy"),
        ("{sv: Hej, en: Hello}", "{sv: Hej}"),
        ("id: Q5", "id: q1"),
        ("score: 100", "score: 101"),
        ("instruction:", "instrukton:"),
        ("sv: Början", f"sv: {LINE}"),
        ("en: Were you told?", f"en: {LONG}"),
        ("sv: Vem?", "sv: Vem är NN?"),
    )
    text = SMALL
    for old, new in mistakes:
        assert old in text
        text = text.replace(old, new, 1)
    found = look(text)
    assert sorted(problem.code for problem in (*found.errors, *found.warnings)) == [
        "advice.long-section",
        "advice.long-to-read",
        "questionnaire.bad-name",
        "questionnaire.duplicate-id",
        "questionnaire.missing-translation",
        "questionnaire.misspelt-key",
        "questionnaire.misspelt-option",
        "questionnaire.misspelt-word",
        "questionnaire.misspelt-word",
        "questionnaire.score-beyond",
        "questionnaire.unknown-placeholder",
        "questionnaire.wanted-yes-or-no",
    ]


def test_b2_what_is_spoken_takes_its_time_and_its_room() -> None:
    """A page is judged, and a conversation timed, by what is read aloud and not by what stands on the form."""
    spoken = f"score: 100, spoken: {{sv: {' '.join(['ord'] * 330)}, en: Yes}}}}"
    short = SMALL.replace("least: 5, most: 10, ask-after: 8", "least: 1, most: 3, ask-after: 2")
    found = look(short.replace("score: 100}", spoken, 1))
    assert found.errors == ()
    assert {problem.code.partition(".")[2] for problem in found.warnings} == {
        *("long-to-read", "does-not-fit", "long-conversation"),
    }
    assert look(short).warnings == ()
    assert words_in("Det glada ansiktet – ja, för ⟨NN⟩") == 6


def test_an_answer_with_words_for_a_next_of_kin_needs_no_advice() -> None:
    own = "Hos mig, en: X, proxy: {sv: Hos ⟨NN⟩, en: X}"
    more = QUESTION.format(id="Q8", sv="Bra?", proxy="same", first="a", said="Hos mig", second="b")
    assert look(SMALL + more.replace("Hos mig, en: X", own)).warnings == ()


@pytest.mark.parametrize("path", NEWEST, ids=lambda path: f"{path.parent.name} {path.stem}")
def test_the_shipped_forms_take_the_advice_they_give(path: object) -> None:
    found = examine(path.read_bytes(), path.name)
    assert (found.errors, found.warnings) == ((), ())


def test_a_hundred_warnings_are_told_and_no_more() -> None:
    more = "".join(
        QUESTION.format(id=f"X{number}", sv="Mår du bra?", proxy="same", first="a", said="A", second="b")
        for number in range(150)
    )
    found = look(SMALL.replace("most: 10", "most: 90") + more)
    assert found.errors == ()
    assert len(found.warnings) == 100
    assert {problem.code for problem in found.warnings} == {"advice.same-says-you"}
