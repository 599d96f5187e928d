"""A4: every kind of problem is found at its exact line and column, and says in both languages what to do."""

from collections.abc import Mapping
from importlib import import_module
from types import MappingProxyType
from typing import NamedTuple

import pytest

from interview.messages import LANGUAGES, Catalogue
from interview.questionnaire.findings import MISSING_CODES
from interview.session.answers import Missing, Respondent
from tests.questionnaire.small_form import SMALL, problems, read, spoil


class Wrong(NamedTuple):
    """A change to the small form, `‹` at the place that must be told, facts that must come along, what goes first."""

    code: str
    old: str
    new: str
    facts: Mapping[str, str | int] = MappingProxyType({})
    without: str = ""


LONG = "x" * 2001
CARD_ENTRY = "      - heading: {sv: Fara, en: Danger}\n        text: {sv: Ring 112, en: Ring 112}\n"
RELATION = "        role: relation\n"
OTHER = "          other: {sv: Annan, en: Other}\n"
TEN_MORE = "".join(f"          o{number}: {{sv: S, en: E}}\n" for number in range(10))

SYNTAX = [
    Wrong("anchor", "name: small", "name: ‹&n small"),
    Wrong("anchor", "name: small", "name: ‹*n"),
    Wrong("tag", "name: small", "name: ‹!!str small"),
    Wrong("several-documents", "minutes", "‹---\nminutes"),
    Wrong("key-not-text", "minutes", "? ‹[x]\n: y\nminutes"),
    Wrong("tab", "  care: {sv: Vård", "‹\tcare: {sv: Vård"),
    Wrong("begins-with-sign", "name: small", "name: ‹@small", {"sign": "@"}),
    Wrong("begins-with-sign", "name: small", "name: ‹%small", {"sign": "%"}),
    Wrong("colon-in-text", "  - made up", "  - made: up‹: here"),
    Wrong("brace-not-closed", "sv: Liten,", "sv: Liten‹: kort,"),
    Wrong("quote-not-closed", "text: {sv: Bättre?, en: Better?}", "text: ‹'Bättre?"),
    Wrong("key-without-colon", "minutes:", "minutes\n‹minutes:"),
    Wrong("indentation", '"1.0"', '"1.0" ‹x'),
    Wrong("indentation", "  - id: care", " ‹- id: care"),
    Wrong("indentation", "        proxy: only", "       ‹proxy: only"),
    Wrong("indentation", "name: small", "name: ‹- small"),
    Wrong("not-yaml", "name: small", 'name: "\\u‹d800"'),
    Wrong("control-character", "sv: Hej,", 'sv: ‹"Hej\\x1b",'),
    Wrong("control-character", "name: small", "name: sm‹\x9ball"),
    Wrong("control-character", "name: small", "name: sm‹\u202eall"),
    Wrong("duplicate-key", "minutes", "‹name: other\nminutes", {"key": "name", "line": 1}),
    Wrong("duplicate-key", "proxy: only", "proxy: only\n        ‹text: x", {"key": "text"}),
]
VALUES = [
    Wrong("wanted-keys", "{least: 5, most: 10, ask-after: 8}", "‹10"),
    Wrong("wanted-keys", "  care: {sv: Vård, en: Care}", "  ‹- Vård"),
    Wrong("wanted-keys", "  - id: start", "  - ‹start\n  - id: start"),
    Wrong("wanted-list", "[sv, en]", "‹sv", {"key": "languages"}),
    Wrong("wanted-list", "      - heading: {sv: Fara, en: Danger}\n        text:", "      ‹text:", {"key": "entries"}),
    Wrong("wanted-text", "name: small", "name: ‹[small]", {"key": "name"}),
    Wrong("wanted-number", "max-length: 500", "max-length: ‹fem", {"key": "max-length"}),
    Wrong("wanted-number", "max-length: 500", "max-length: ‹5.5", {"key": "max-length"}),
    Wrong("wanted-number", "score-factor: 10", "score-factor: ‹1e9", {"key": "score-factor"}),
    Wrong("wanted-number", "maximum: 10", "maximum: ‹.nan", {"key": "maximum"}),
    Wrong("wanted-yes-or-no", "core: yes", "core: ‹ja", {"key": "core"}),
    Wrong("wanted-yes-or-no", "is: proxy", "answered: ‹sant", {"key": "answered"}),
    Wrong("wanted-wording", "{sv: Liten, en: Small}", "‹Liten", {"key": "title", "languages": "sv, en"}),
    Wrong("empty-value", "name: small", "name:‹", {"key": "name"}),
    Wrong("empty-value", "sv: Hej,", "sv: ‹'',", {"key": "sv"}),
    Wrong("missing-key", "version", "‹version", {"key": "name"}, "name: small\n"),
    Wrong("missing-key", "- id: Q6\n        type", "- ‹type", {"key": "id"}),
    Wrong("missing-key", "- id: Q6\n        type: scale", "- ‹id: Q6", {"key": "type"}),
    Wrong("missing-key", "{question: Q2, is", "‹{is", {"key": "question"}),
    Wrong("split-by-comma", "sv: Fick du veta?,", "sv: Fick du, ‹eller inte?,", {"word": "eller inte?"}),
    Wrong("split-by-comma", 'sv: "Ja, helt"', "sv: Ja, ‹helt", {"word": "helt"}),
    Wrong("unknown-key", "core: yes", "‹zzz: yes", {"word": "zzz"}),
    Wrong("misspelt-key", "instruction:", "‹instrukton:", {"word": "instrukton", "near": "instruction"}),
    Wrong("misspelt-key", "  care-needed:", "  ‹care-neded:", {"near": "care-needed"}),
    Wrong("misspelt-key", "is: proxy", "‹answerd: yes, is: proxy", {"near": "answered"}),
    Wrong("unknown-word", "type: choices", "type: ‹xyz", {"key": "type", "word": "xyz"}),
    Wrong("misspelt-word", "type: choices", "type: ‹choises", {"word": "choises", "near": "choices"}),
    Wrong("misspelt-word", "proxy: only", "proxy: ‹onlly", {"key": "proxy", "near": "only"}),
    Wrong("misspelt-word", "ends: not-now", "ends: ‹not-no", {"near": "not-now"}),
    Wrong("misspelt-word", "role: relation", "role: ‹relatoin", {"near": "relation"}),
    Wrong("unknown-language", "en: Who?", "en: Who?, ‹quechua: Pi?", {"word": "quechua", "known": "sv, en"}),
    Wrong("misspelt-language", "en: Hello", "en: Hello, ‹env: Hello", {"near": "en"}),
    Wrong("misspelt-language", "ends: declined", "‹end: declined", {"near": "ends"}),
    Wrong("unknown-scale", "options: H4", "options: ‹Ja-nej", {"word": "Ja-nej", "known": "H4"}),
    Wrong("misspelt-scale", "options: H4", "options: ‹H44", {"word": "H44", "near": "H4"}),
    Wrong("unused-scale", "scales:", "scales:\n  ‹J2:\n    options:\n      a: {sv: A, en: A}", {"word": "J2"}),
    Wrong("no-languages", "languages: [sv, en]", "‹languages: []"),
    Wrong(
        "many-languages",
        "languages: [sv, en]",
        f"‹languages: [{', '.join(f'a{chr(97 + n // 26)}{chr(97 + n % 26)}' for n in range(41))}]",
    ),
    Wrong("read-options-unsaid", "- id: Q1", "- ‹id: Q1", {"id": "Q1"}, "        read-options: no\n"),
    Wrong("proxy-unsaid", "- id: Q6", "- ‹id: Q6", {"id": "Q6"}, "        proxy: not-asked\n"),
    Wrong("wanted-condition", "{question: Q2, is: proxy}", "‹proxy"),
    Wrong("any-and-all", "when: {question: Q2, is: proxy}", "when: ‹{any: [], all: []}"),
    Wrong("one-comparison", "{question: Q2, is: proxy}", "‹{question: Q2, is: proxy, is-not: proxy}"),
]
MEANING = [
    Wrong("bad-name", "name: small", "name: ‹Små former"),
    Wrong("bad-version", '"1.0"', '‹"v 1"', {"word": "v 1"}),
    Wrong("bad-language", "languages: [sv, en]", "languages: [sv, en, ‹Svenska]", {"word": "Svenska"}),
    Wrong("language-twice", "languages: [sv, en]", "languages: [sv, en, ‹sv]"),
    Wrong("minutes-order", "minutes: {least: 5, most: 10", "‹minutes: {least: 5, most: 7"),
    Wrong("card-empty", "    entries:", "    ‹entries: []", {"id": "care-needed"}, CARD_ENTRY),
    Wrong("missing-translation", "text: {sv: Hej, en: Hello}", "‹text: {sv: Hej}", {"language": "en"}),
    Wrong(
        "missing-translation", 'fully: {sv: "Ja, helt", en: "Yes, fully",', "‹fully: {en: Fully,", {"language": "sv"}
    ),
    Wrong("long-text", "sv: Hej,", f"sv: ‹{LONG},", {"length": 2001}),
    Wrong("unknown-placeholder", "sv: Fick ⟨NN⟩ veta?", "sv: ‹Fick ⟨namnet⟩ veta?", {"word": "⟨namnet⟩"}),
    Wrong("unknown-placeholder", "sv: Fick ⟨NN⟩ veta?", "sv: ‹Fick NN veta?", {"word": "NN"}),
    Wrong("unknown-placeholder", "sv: Fick ⟨NN⟩ veta?", "sv: ‹Fick <NN> veta?", {"word": "<NN>"}),
    Wrong("bad-id", "id: hello", "id: ‹hej då"),
    Wrong("bad-id", "id: hello", "id: ‹a_b"),
    Wrong("duplicate-id", "id: Q5", "id: ‹q4", {"id": "q4", "first": "Q4", "at": "72:13"}),
    Wrong("misplaced", "type: text", "type: text\n        ‹maximum: 5", {"key": "maximum", "type": "text"}),
    Wrong("misplaced", "type: display", "type: display\n        ‹options: H4", {"key": "options", "type": "display"}),
    Wrong("misplaced", "    type: group", "    type: group\n    ‹core: yes", {"key": "core", "type": "group"}),
    Wrong("misplaced", "type: display", "type: display\n        ‹role: reason", {"key": "role"}),
    Wrong("unknown-dimension", "dimension: care", "dimension: ‹zz", {"word": "zz", "known": "care"}),
    Wrong("misspelt-dimension", "dimension: care", "dimension: ‹caree", {"near": "care"}),
    Wrong("dimension-without-scores", "type: choices", "type: choices\n        dimension: ‹care", {"id": "Q5"}),
    Wrong("few-options", "options:\n          child", "‹options:\n          child", {"id": "Q3"}, OTHER),
    Wrong("many-options", "options:\n          dose", f"‹options:\n{TEN_MORE}          dose", {"id": "Q5", "most": 10}),
    Wrong("bad-code", "          dose:", "          ‹dos och mängd:", {"word": "dos och mängd"}),
    Wrong("reserved-code", "          dose:", "          ‹asked-unknown:", {"word": "asked-unknown"}),
    Wrong("duplicate-option", "exclusive: yes}", "exclusive: yes}\n          ‹NONE: {sv: X, en: X}", {"word": "NONE"}),
    Wrong("score-beyond", "score: 100", "score: ‹101", {"most": 100}),
    Wrong("score-on-several", "en: Dose}", "en: Dose, score: ‹5}", {"id": "Q5"}),
    Wrong("exclusive-on-single", "en: Child}", "en: Child, exclusive: ‹yes}", {"id": "Q3"}),
    Wrong("bad-symbol", "en: Child}", "en: Child, symbol: ‹':-)'}"),
    Wrong("bad-symbol", "en: Child}", 'en: Child, symbol: ‹"☺\u200b"}'),
    Wrong("ends-elsewhere", "en: Child}", "en: Child, ends: ‹declined}", {"id": "Q3"}),
    Wrong("text-without-length", "- id: Q7", "- ‹id: Q7", {"id": "Q7"}, "        max-length: 500\n"),
    Wrong("length-beyond", "max-length: 500", "max-length: ‹4001", {"most": 4000}),
    Wrong("length-beyond", "max-length: 500", "max-length: ‹0"),
    Wrong("scale-without-end", "- id: Q6", "- ‹id: Q6", {"id": "Q6", "key": "maximum"}, "        maximum: 10\n"),
    Wrong("scale-beyond", "maximum: 10", "maximum: ‹101"),
    Wrong("scale-beyond", "minimum: 0", "minimum: ‹-1"),
    Wrong("scale-order", "maximum: 10", "maximum: ‹0", {"id": "Q6"}),
    Wrong("factor-beyond", "score-factor: 10", "score-factor: ‹11", {"most": 100}),
    Wrong("factor-beyond", "score-factor: 10", "score-factor: ‹0"),
]
GROUPS = """\
  - id: outer
    type: group
    text: {sv: Y, en: O}
    items:
      - id: inner
        type: group
        text: {sv: I, en: I}
        items:
          - id: innermost
            type: ‹group
            text: {sv: Z, en: Z}
            items:
              - {id: deep, type: display, text: {sv: D, en: D}}
  - id: care
"""
SHAPE = [
    Wrong(
        "empty-group",
        "    items:\n      - id: Q4",
        "    ‹items: []\n  - id: rest\n    type: group\n    text: {sv: R, en: R}\n    items:\n      - id: Q4",
        {"id": "care"},
    ),
    Wrong("deep-group", "  - id: care\n", GROUPS, {"id": "innermost"}),
    Wrong("role-twice", "role: respondent", "role: ‹consent", {"role": "consent", "first": "Q1"}),
]
CONDITIONS = [
    Wrong(
        "any-of-one", "        when:\n", "        ‹when:\n", {"id": "Q5"}, "            - {question: Q4, is: fully}\n"
    ),
    Wrong("unknown-question", "question: Q2", "question: ‹zebra", {"word": "zebra"}),
    Wrong("misspelt-question", "question: Q6", "question: ‹Q66", {"near": "Q6"}),
    Wrong("unknown-option", "is: fully", "is: ‹zzz", {"word": "zzz", "question": "Q4", "known": "fully, not-at-all"}),
    Wrong("misspelt-option", "is: fully", "is: ‹fuly", {"near": "fully"}),
    Wrong("condition-on-no-question", "question: Q2", "question: ‹hello", {"question": "hello"}),
    Wrong("condition-on-itself", "question: Q6", "question: ‹Q7", {"question": "Q7"}),
    Wrong("condition-on-later", "question: Q2", "question: ‹Q4", {"question": "Q4"}),
    Wrong(
        "circular-condition",
        "proxy: same\n        when: {question: Q6, at-most: 5}",
        "proxy: same\n        when: {question: ‹Q7b, answered: yes}\n        max-length: 500\n"
        "      - id: Q7b\n        type: text\n        text: {sv: Mer?, en: More?}\n        proxy: same\n"
        "        when: {question: Q7, answered: yes}",
        {"question": "Q7b", "circle": "Q7 → Q7b → Q7"},
    ),
    Wrong(
        "circular-condition",
        "- id: care\n",
        "- id: care\n    when: {question: ‹Q4, is: fully}\n",
        {"circle": "care → Q4 → care"},
    ),
    Wrong("never-holds", "{question: Q6, at-most: 5}", "‹{question: Q6, less-than: 0}", {"question": "Q6"}),
    Wrong(
        "never-together",
        "when: {question: Q2, is: proxy}",
        "‹when: {all: [{question: Q2, is: proxy}, {question: Q2, is: patient}]}",
        {"id": "Q3"},
    ),
    Wrong("unreachable", "when: {question: Q2, is: proxy}", "‹when: {question: Q1, is: no}", {"id": "Q3"}),
    Wrong("operator-does-not-fit", "is: proxy", "‹at-least: proxy", {"question": "Q2", "operator": "at-least"}),
    Wrong("condition-on-missing", "is: fully", "is: ‹asked-declined", {"word": "asked-declined"}),
    Wrong("answer-of-other-type", "at-most: 5", "at-most: ‹fem", {"question": "Q6", "example": "7"}),
    Wrong("answer-beyond-limits", "at-most: 5", "at-most: ‹11", {"question": "Q6", "least": 0, "most": 10}),
]
ROLES = [
    Wrong("role-on-type", "role: improvement", "role: ‹relation", {"role": "relation", "wanted": "choice"}, RELATION),
    Wrong(
        "consent-without-yes", "options:\n          yes: {", "‹options:\n          yes: {ends: declined, ", {"id": "Q1"}
    ),
    Wrong("respondent-options", "options:\n          patient:", "‹options:\n          patients:", {"id": "Q2"}),
    Wrong("role-of-proxy", "proxy: only", "proxy: ‹same", {"role": "relation", "id": "Q3"}),
]


def asked(code: str, question: str, facts: Mapping[str, str | int] = MappingProxyType({}), before: str = "") -> Wrong:
    """A mistake in one more question, written in one line before the last section, after another without one."""
    lines = "".join(
        f"  - {{id: X{n}, text: {{sv: X, en: X}}, proxy: same, {one}}}\n"
        for n, one in enumerate((before, question))
        if one
    )
    return Wrong(code, "  - id: care\n", f"{lines}  - id: care\n", facts)


def many(count: int, **more: object) -> str:
    """So many questions, each asked twenty times, at the beginning of the form."""
    told = ", ".join(f"{key}: {value}" for key, value in more.items())
    one = "  - {{id: Y{n}, text: {{sv: X, en: X}}, proxy: same, max-repeats: 20, {told}}}\n"
    return "‹items:\n" + "".join(one.format(n=n, told=told) for n in range(count))


REPEATED = """\
  - id: again
    type: group
    text: {sv: I, en: I}
    max-repeats: 3
    items:
      - {id: X1, type: line, text: {sv: X, en: X}, proxy: same, max-repeats: ‹2}
  - id: care
"""
SILENT = """\
  - {id: again, type: group, text: {sv: I, en: I}, max-repeats: ‹3, items: [{id: X1, type: display, text: {sv: X, en: X}}]}
  - id: care
"""
OPENED = "options: {a: {sv: A, en: A, open: yes}, b: {sv: B, en: B, open: ‹yes}}"
PATTERN = "type: line, instruction: {sv: I, en: I}, pattern: ‹"
ANSWERS = [
    asked("limit-of-other-type", "type: date, minimum: ‹26/11", {"key": "minimum", "example": "2026-11-26"}),
    asked("limit-of-other-type", "type: date, minimum: ‹2026-02-30", {"type": "date"}),
    asked("limit-of-other-type", "type: time, maximum: ‹24:00", {"example": "14:30"}),
    asked("limit-of-other-type", "type: decimal, maximum: ‹1e9", {"example": "12.5"}),
    asked("wanted-number", "type: integer, maximum: ‹1.5", {"key": "maximum"}),
    asked("limits-order", "type: decimal, minimum: 11, maximum: ‹10.5", {"id": "X1"}),
    asked("limits-order", "type: time, minimum: 10:00, maximum: ‹09:59"),
    asked("decimals-beyond", "type: decimal, decimals: ‹7", {"most": 6}),
    asked("misplaced", "type: integer, ‹decimals: 2", {"key": "decimals", "type": "integer"}),
    asked("misplaced", "type: date, ‹unit: {sv: d, en: d}", {"key": "unit"}),
    asked("misplaced", "type: text, max-length: 9, ‹pattern: x", {"key": "pattern"}),
    asked("length-beyond", "type: line, max-length: ‹201", {"most": 200}),
    asked("bad-pattern", f"{PATTERN}'(a'", {"most": 200}),
    asked("bad-pattern", f"{PATTERN}'(a)\\1'"),
    asked("bad-pattern", f"{PATTERN}'((a{{99}}){{99}}){{99}}'"),
    asked("pattern-unexplained", "type: line, pattern: ‹a+", {"id": "X1"}),
    asked("yes-no-options", "type: yes-no, ‹options: {no: {sv: N, en: N}, yes: {sv: J, en: J}}", {"id": "X1"}),
    asked("open-elsewhere", "type: yes-no, options: {yes: {sv: J, en: J}, no: {sv: N, en: N, open: ‹yes}}"),
    asked("wanted-yes-or-no", "type: choice, read-options: no, " + OPENED.replace("‹yes", "‹vad")),
    asked("open-twice", "type: choice, read-options: no, " + OPENED, {"id": "X1"}),
    asked("repeats-beyond", "type: line, max-repeats: ‹21", {"most": 20}),
    asked("another-without-repeats", "type: line, ‹another: {sv: E, en: A}", {"id": "X1"}),
    asked("missing-translation", "type: line, max-repeats: 2, ‹another: {sv: E}", {"language": "en"}),
    asked(
        "answer-of-other-type", "type: line, when: {question: X0, more-than: ‹x}", {"example": "12.5"}, "type: decimal"
    ),
    asked(
        "answer-beyond-limits",
        "type: line, when: {question: X0, less-than: ‹9.5}",
        {"most": "9"},
        "type: decimal, maximum: 9",
    ),
    asked(
        "operator-does-not-fit", "type: line, when: {question: X0, ‹at-most: yes}", {"type": "yes-no"}, "type: yes-no"
    ),
    Wrong("repeat-in-repeat", "  - id: care\n", REPEATED, {"id": "X1", "outer": "again"}),
    Wrong("repeat-without-question", "  - id: care\n", SILENT, {"id": "again"}),
    Wrong("role-in-repeat", "role: improvement", "max-repeats: 2\n        role: ‹improvement", {"id": "Q7"}),
    Wrong("too-many-questions", "items:\n", many(200, type="line"), {"most": 3000}),
    Wrong("answers-too-large", "items:\n", many(100, type="text", **{"max-length": 400}), {"most": 900}),
]
EVERY = [*SYNTAX, *VALUES, *MEANING, *SHAPE, *CONDITIONS, *ROLES, *ANSWERS]
ELSEWHERE = {
    "too-large", "too-many-nodes", "too-deep", "more-problems", "not-utf8", "is-workbook", "empty", "not-a-form", "no-questions",
    "card-twice", "another-unsaid", "empty-text", "answered-not-yes-or-no", "bad-canonical", "not-canonical",
}  # fmt: skip
"""Codes that need another file than the small form, spoiled: below, in test_limits and in test_canonical."""


def test_the_small_form_has_no_problem() -> None:
    assert [item.id for item in read(SMALL).questions()] == ["Q1", "Q2", "Q3", "Q4", "Q5", "Q6", "Q7"]


@pytest.mark.parametrize("wrong", EVERY, ids=lambda wrong: f"{wrong.code}: {wrong.new[:30]!r}")
def test_a_problem_is_told_alone_at_its_line_and_column(wrong: Wrong) -> None:
    """One mistake gives one problem: what rests on something that cannot be read is not reported as well."""
    text, place = spoil(wrong.old, wrong.new, wrong.without)
    found = problems(text)
    assert [(problem.code, problem.place) for problem in found] == [(f"questionnaire.{wrong.code}", place)]
    assert wrong.facts.items() <= dict(found[0].facts).items()
    for language in LANGUAGES:
        message, remedy = Catalogue(language).error(found[0])
        assert message and remedy
        assert "{sv" not in message


def test_every_code_of_the_area_has_a_wrong_file() -> None:
    known = set(import_module("interview.messages.sv.questionnaire").ERRORS)
    assert {wrong.code for wrong in EVERY} == known - ELSEWHERE


def test_the_words_for_no_answer_and_for_respondents_are_those_of_the_session() -> None:
    """P9: an option or a condition can never be mistaken for a kind of no answer."""
    from interview.questionnaire.checking import RESPONDENTS

    assert {missing.value for missing in Missing} == MISSING_CODES
    assert tuple(respondent.value for respondent in Respondent) == RESPONDENTS
