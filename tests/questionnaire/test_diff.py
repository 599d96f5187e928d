"""B4: every kind of change between two versions is told with what it does to the series, and why."""

from typing import NamedTuple

import pytest
from hypothesis import given

from interview.messages import LANGUAGES, Catalogue
from interview.questionnaire.changes import Change, Changed, Comparable, Difference, Kind
from interview.questionnaire.diff import compare
from interview.questionnaire.matching import moved
from interview.questionnaire.models import (
    Condition,
    Contact,
    Ending,
    Item,
    ItemType,
    Operator,
    Option,
    Questionnaire,
    Role,
)
from interview.questionnaire.telling import records, told
from tests.questionnaire.small_form import SMALL, read
from tests.session.generated import questionnaires
from tests.text_width import widest

YES, CARE, NO = Comparable.YES, Comparable.CARE, Comparable.NO
OLD = read(SMALL)
LAST = "        text: {sv: Bättre?, en: Better?}\n        proxy: same\n        when: {question: Q6, at-most: 5}\n"
MORE = "      - {id: Q8, type: %s, text: {sv: Hur många besök?, en: How many?}, proxy: same, %s}\n"


class Step(NamedTuple):
    """A change of the small form, and what must be told of which item."""

    old: str
    new: str
    id: str
    kind: Kind
    comparable: Comparable
    why: str


STEPS = [
    Step("sv: Fick du veta?", "sv: Fick du veta!", "Q4", Kind.WORDING, YES, "same-words"),
    Step("sv: Fick du veta?", "sv: Fick du veta det?", "Q4", Kind.WORDING, CARE, "some-words"),
    Step("sv: Fick du veta?", "sv: Mår ni bra nu?", "Q4", Kind.WORDING, NO, "other-words"),
    Step("en: Were you told?", "en: Were you told so?", "Q4", Kind.TRANSLATION, CARE, "translation"),
    Step("en: Were you told?", "en: Were you told", "Q4", Kind.TRANSLATION, YES, "translation"),
    Step("{sv: Fick ⟨NN⟩ veta?, en: Was ⟨NN⟩ told?}", "not-asked", "Q4", Kind.PROXY, CARE, "proxy-asked"),
    Step("sv: Fick ⟨NN⟩ veta?", "sv: Fick ⟨NN⟩ reda på det?", "Q4", Kind.PROXY, CARE, "proxy-words"),
    Step("en: Was ⟨NN⟩ told?", "en: Was ⟨NN⟩ informed?", "Q4", Kind.TRANSLATION, CARE, "translation"),
    Step("proxy: not-asked", "proxy: only", "Q6", Kind.PROXY, NO, "proxy-only"),
    Step("sv: Läs upp", "sv: Läs upp allt", "Q4", Kind.INSTRUCTION, YES, "instruction"),
    Step("en: Read out", "en: Read them out", "Q4", Kind.INSTRUCTION, YES, "instruction"),
    Step("sv: Hur mycket?", "sv: Hur mycket då?", "Q4", Kind.INSTRUCTION, CARE, "probe"),
    Step("read-options: yes", "read-options: no", "Q4", Kind.READING, CARE, "read-options"),
    Step("        read-aloud: no\n", "", "Q2", Kind.READING, CARE, "read-aloud"),
    Step(
        "      not-at-all:",
        '      partly: {sv: Delvis, en: Partly, score: 50}\n      not-at-all:',
        "Q4", Kind.OPTIONS_ADDED, NO, "option-new",
    ),
    Step(
        "          none: {sv: Inga",
        "          other: {sv: Annat, en: Other}\n          none: {sv: Inga",
        "Q5", Kind.OPTIONS_ADDED, CARE, "option-new-of-several",
    ),
    Step("          later: {sv: Senare, en: Later, ends: not-now}\n", "", "Q1", Kind.OPTIONS_REMOVED, NO, "option-gone"),
    Step("child: {sv: Barn, en", "child: {sv: Son eller dotter, en", "Q3", Kind.OPTIONS_RENAMED, NO, "option-other-words"),
    Step("sv: Närstående, en", "sv: En närstående, en", "Q2", Kind.OPTIONS_RENAMED, CARE, "option-words"),
    Step("sv: Barn, en", 'sv: "Barn!", en', "Q3", Kind.OPTIONS_RENAMED, YES, "same-words"),
    Step("en: Child}", "en: Child, proxy: {sv: Son, en: Son}}", "Q3", Kind.PROXY, CARE, "proxy-words"),
    Step("en: Child}", "en: Child, proxy: {sv: Barn, en: Son}}", "Q3", Kind.TRANSLATION, CARE, "translation"),
    Step("en: Child}", "en: Child, spoken: {sv: Eget barn, en: Own child}}", "Q3", Kind.READING, CARE, "option-spoken"),
    Step("en: Child}", 'en: Child, spoken: {sv: "Barn!", en: Child}}', "Q3", Kind.READING, YES, "same-words"),
    Step("en: Child}", "en: Child, spoken: {sv: Barn, en: Kid}}", "Q3", Kind.TRANSLATION, CARE, "translation"),
    Step("en: Child}", "en: Child, symbol: ☺}", "Q3", Kind.OPTIONS_RENAMED, CARE, "option-symbol"),
    Step("yes: {sv: Ja, en: Yes}", "ja: {sv: Ja, en: Yes, symbol: ☺}", "Q1", Kind.OPTIONS_RENAMED, CARE, "option-symbol"),
    Step("child: {sv: Barn, en: Child}", "kid: {sv: Barn, en: Child, proxy: {sv: Son, en: Son}}", "Q3", Kind.PROXY, CARE, "proxy-words"),
    Step("none: {sv: Inga, en: None, exclusive: yes}", "non: {sv: Inga, en: None}", "Q5", Kind.LIMITS, CARE, "option-rule"),
    Step("child: {sv: Barn", "son-or-daughter: {sv: Barn", "Q3", Kind.OPTIONS_RECODED, CARE, "recoded"),
    Step(
        "          child: {sv: Barn, en: Child}\n          other: {sv: Annan, en: Other}\n",
        "          other: {sv: Annan, en: Other}\n          child: {sv: Barn, en: Child}\n",
        "Q3", Kind.OPTIONS_REORDERED, CARE, "reordered",
    ),
    Step("en: None, exclusive: yes", "en: None", "Q5", Kind.LIMITS, CARE, "option-rule"),
    Step("minimum: 0", "minimum: 1", "Q6", Kind.SCALE, NO, "scale-ends"),
    Step("{sv: dåligt, en: bad}", "{sv: mycket dåligt, en: bad}", "Q6", Kind.SCALE, CARE, "scale-labels"),
    Step("{sv: dåligt, en: bad}", "{sv: dåligt, en: poor}", "Q6", Kind.TRANSLATION, CARE, "translation"),
    Step("score: 100", "score: 90", "Q4", Kind.SCORE, CARE, "score"),
    Step("score-factor: 10", "score-factor: 5", "Q6", Kind.SCORE, CARE, "score"),
    Step("        core: yes\n        dimension: care", "        core: yes", "Q4", Kind.SCORE, CARE, "dimension"),
    Step("max-length: 500", "max-length: 300", "Q7", Kind.LIMITS, YES, "length"),
    Step("not-applicable: yes", "not-applicable: no", "Q4", Kind.LIMITS, CARE, "not-applicable"),
    Step("core: yes", "core: yes\n        required: yes", "Q4", Kind.LIMITS, CARE, "required"),
    Step("core: yes", "core: yes\n        max-repeats: 3", "Q4", Kind.LIMITS, CARE, "repeats"),
    Step("at-most: 5", "at-most: 6", "Q7", Kind.ROUTING, NO, "routing"),
    Step("    text: {sv: Vården", "    when: {question: Q1, is-not: no}\n    text: {sv: Vården", "Q6", Kind.ROUTING, NO, "routing"),
    Step(
        f"type: text\n        role: improvement\n{LAST}        max-length: 500",
        f"type: line\n{LAST}        max-length: 200",
        "Q7", Kind.TYPE, CARE, "words-again",
    ),
    Step("        core: yes\n", "        core: yes\n        code: told\n", "Q4", Kind.ROLE, YES, "code"),
    Step("        core: yes\n", "", "Q4", Kind.ROLE, CARE, "core"),
    Step("        role: improvement\n", "", "Q7", Kind.ROLE, YES, "role"),
    Step("{sv: Hej, en: Hello}", "{sv: Hej hej, en: Hello}", "hello", Kind.WORDING, YES, "no-answer"),
]  # fmt: skip


def found(difference: Difference, id_: str) -> Changed:
    """What is told of an item."""
    return next(changed for changed in difference.items if id_ in (changed.id, changed.was))


@pytest.mark.parametrize("step", STEPS, ids=lambda step: f"{step.kind} {step.why} {step.new[:20]!r}")
def test_a_change_is_classed_with_what_it_does_to_the_series(step: Step) -> None:
    assert step.old in SMALL
    difference = compare(OLD, read(SMALL.replace(step.old, step.new, 1).replace("score: 90, score", "score")))
    told_of = found(difference, step.id)
    assert [(change.kind, change.comparable, change.why) for change in told_of.changes if change.kind is step.kind] == [
        (step.kind, step.comparable, step.why)
    ]
    assert difference.form == ()


def test_a_question_that_is_new_or_gone_begins_or_ends_its_series() -> None:
    more = read(SMALL + MORE % ("integer", "minimum: 0"))
    assert compare(OLD, more).items == (
        Changed("Q8", "", "Hur många besök?", True, (Change(Kind.ADDED, NO, "added"),)),
    )
    back = compare(more, OLD)
    assert back.items == (Changed("", "Q8", "Hur många besök?", True, (Change(Kind.REMOVED, NO, "removed"),)),)
    assert (back.unchanged, compare(OLD, more).unchanged) == (7, 7)


def test_numbers_of_another_kind_or_unit_break_the_series() -> None:
    first = read(SMALL + MORE % ("integer", "minimum: 0, unit: {sv: dagar, en: days}"))
    second = read(SMALL + MORE % ("integer", "minimum: 1, unit: {sv: veckor, en: weeks}"))
    assert [change.why for change in found(compare(first, second), "Q8").changes] == ["unit", "limits"]
    third = read(SMALL + MORE % ("decimal", "minimum: 0.5"))
    assert [change.why for change in found(compare(first, third), "Q8").changes] == ["type"]
    fourth = read(SMALL + MORE % ("yes-no", "core: no"))
    fifth = read(
        SMALL + MORE % ("choice", "read-options: no, options: {yes: {sv: Ja, en: Yes}, no: {sv: Nej, en: No}}")
    )
    assert [(c.kind, c.comparable) for c in found(compare(fourth, fifth), "Q8").changes] == [(Kind.TYPE, YES)]


def test_a_question_that_got_another_id_is_found_and_its_conditions_follow() -> None:
    """The conditions that name it say the same as before, and no other question is told to be changed."""
    new = read(SMALL.replace("id: Q6", "id: K1").replace("question: Q6", "question: K1"))
    difference = compare(OLD, new)
    assert [(changed.was, changed.id) for changed in difference.items] == [("Q6", "K1")]
    assert difference.items[0].changes == (Change(Kind.RENAMED, YES, "renamed", "Q6", "K1"),)
    worded = read(
        SMALL.replace("id: Q4", "id: K1")
        .replace("question: Q4", "question: K1")
        .replace("sv: Fick du veta?", "sv: Fick du veta det?")
    )
    changes = found(compare(OLD, worded), "K1").changes
    assert [change.kind for change in changes] == [Kind.RENAMED, Kind.WORDING]


def test_what_moved_is_told_and_what_stayed_is_not() -> None:
    lines = SMALL.split("      - id: Q7")
    before, question = (
        lines[0].split("      - id: Q5")[0],
        "      - id: Q7" + lines[1].replace("        when: {question: Q6, at-most: 5}\n", ""),
    )
    rest = "      - id: Q5" + lines[0].split("      - id: Q5")[1]
    plain = read(SMALL.replace("        when: {question: Q6, at-most: 5}\n", ""))
    difference = compare(plain, read(before + question + rest))
    assert [(changed.id, [change.kind for change in changed.changes]) for changed in difference.items] == [
        ("Q7", [Kind.MOVED])
    ]
    assert (difference.items[0].changes[0].before, difference.items[0].changes[0].after) == ("Q6", "Q4")


def test_a_question_in_another_section_has_moved() -> None:
    other = (
        "  - id: other\n    type: group\n    text: {sv: Annat, en: Other}\n    items:\n"
        "      - {id: note, type: display, text: {sv: Nu, en: Now}}\n"
    )
    care = "  - id: care\n    type: group\n"
    apart = SMALL.replace(care, other + care)
    together = apart.replace(care + "    text: {sv: Vården, en: Care}\n    items:\n", "")
    difference = compare(read(apart), read(together))
    kinds = {changed.id or changed.was: [change.kind for change in changed.changes] for changed in difference.items}
    assert kinds["care"] == [Kind.REMOVED]
    assert all(kinds[id_] == [Kind.MOVED] for id_ in ("Q4", "Q5", "Q6", "Q7"))


@pytest.mark.parametrize(
    ("order", "found_"), [([0, 1, 2], set()), ([2, 0, 1], {0}), ([1, 2, 0], {2}), ([], set()), ([3, 2, 1], {0, 1})]
)
def test_as_few_as_possible_are_told_to_have_moved(order: list[int], found_: set[int]) -> None:
    assert len(moved(order)) == len(found_)
    staying = [value for place, value in enumerate(order) if place not in moved(order)]
    assert staying == sorted(staying)


@pytest.mark.parametrize(
    ("old", "new", "part"),
    [
        ("title: {sv: Liten", "title: {sv: Annan", "title"),
        ("most: 10", "most: 12", "minutes"),
        ("sv: Ring mig", "sv: Ring oss", "contact.voicemail"),
        ("care: {sv: Vård, en: Care}", "care: {sv: Vården, en: Care}", "dimensions.care"),
        ("sv: Fara", "sv: Livsfara", "cards.care-needed"),
        ("  - made up", "  - made up again", "sources"),
        ("name: small", "name: tiny", "name"),
    ],
)
def test_what_stands_around_the_questions_is_told_too(old: str, new: str, part: str) -> None:
    assert [change.part for change in compare(OLD, read(SMALL.replace(old, new, 1))).form] == [part]


def test_a_language_more_is_told_once_and_not_at_every_question() -> None:
    less = SMALL.replace("languages: [sv, en]", "languages: [sv]")
    for words in ("en: Small", "en: Beginning"):
        assert words in less
    import re

    one = re.sub(r', en: ("[^"]*"|[^,}]*)', "", less)
    difference = compare(read(one), OLD)
    assert [change.part for change in difference.form] == [
        "languages", "title", *(f"contact.{name}" for name in ("greeting", "errand", "doubt", "voicemail", "consented")),
        "dimensions.care", "cards.care-needed",
    ]  # fmt: skip
    assert difference.items == ()


SAID, OTHER = {"sv": "Så sägs det", "en": "So it is said"}, {"sv": "Annorlunda", "en": "Otherwise"}
WHOLE = Option(code="a", text=SAID)
OPTION_FIELDS: dict[str, tuple[object, object]] = {
    "code": ("a", "b"), "text": (SAID, OTHER), "score": (None, 0), "exclusive": (False, True),
    "ends": (None, Ending.DECLINED), "open": (None, SAID), "symbol": ("☺", "☹"), "spoken": (None, OTHER),
    "proxy": (None, OTHER),
}  # fmt: skip
ITEM_FIELDS: dict[str, tuple[object, object]] = {
    "id": ("q", "k"), "type": (ItemType.DECIMAL, ItemType.DATE), "text": (SAID, OTHER),
    "items": ((), (Item(id="in", type=ItemType.DISPLAY, text=SAID),)),
    "enable_when": ((), (Condition(question="first", operator=Operator.ANSWERED, answer=True),)),
    "enable_behavior": ("all", "any"), "role": (None, Role.REASON), "core": (False, True), "read_aloud": (True, False),
    "read_options": (False, True), "instruction": (None, SAID), "probe": (None, SAID), "proxy": ("same", "only"),
    "options": ((), (WHOLE,)), "not_applicable": (False, True), "required": (False, True), "minimum": ("1", "2"),
    "maximum": ("8", "9"), "minimum_label": (None, SAID), "maximum_label": (None, SAID), "decimals": (1, 2),
    "unit": (None, SAID), "max_length": (5, 6), "pattern": (None, "A+"), "max_repeats": (2, 3), "another": (SAID, OTHER),
    "code": (None, "c"), "dimension": (None, "d"), "score_factor": (1, 2),
}  # fmt: skip
"""Two values of every field."""


def different(before: dict[str, object], after: dict[str, object]) -> bool:
    """Whether a form of one question more is told apart from another."""
    first = Item(id="first", type=ItemType.DECIMAL, text=SAID)
    twice = (Condition(question="first", operator=Operator.ANSWERED, answer=True),) * 2
    base = {"id": "q", "type": ItemType.DECIMAL, "text": SAID, "enable_when": twice, "max_repeats": 2, "another": SAID}
    forms = (OLD.model_copy(update={"items": (first, Item.model_validate(base | one))}) for one in (before, after))
    return bool(compare(*forms).items)


@pytest.mark.parametrize("name", Item.model_fields)
def test_p7_no_field_of_an_item_is_forgotten(name: str) -> None:
    """A field that is new to the model fails here until the comparison knows it and two values stand above."""
    told = [{name: value} for value in ITEM_FIELDS[name]]
    if name.endswith("_label"):
        told = [{"type": ItemType.SCALE, "minimum": 0, "maximum": 9, **one} for one in told]
    assert different(*told)


@pytest.mark.parametrize("name", Option.model_fields)
def test_p7_no_field_of_an_option_is_forgotten(name: str) -> None:
    both = [WHOLE.model_copy(update={name: value}) for value in OPTION_FIELDS[name]]
    assert different(*({"type": ItemType.CHOICE, "options": (option,)} for option in both))


def test_p7_another_score_of_an_option_under_another_code_is_told() -> None:
    fields = {"id": "q", "type": ItemType.CHOICE, "text": SAID}
    before, after = (Option(code="a", text=SAID, score=100), Option(code="b", text=SAID, score=49))
    forms = (
        OLD.model_copy(update={"items": (Item.model_validate({**fields, "options": (option,)}),)})
        for option in (before, after)
    )
    changes = compare(*forms).items[0].changes
    assert [(change.kind, change.before, change.after) for change in changes] == [
        (Kind.OPTIONS_RECODED, "a", "b"),
        (Kind.SCORE, "a 100", "b 49"),
    ]


@pytest.mark.parametrize("name", Contact.model_fields)
def test_p7_nothing_said_around_a_call_is_forgotten(name: str) -> None:
    new = OLD.model_copy(update={"contact": OLD.contact.model_copy(update={name: OTHER})})
    assert [change.part for change in compare(OLD, new).form] == [f"contact.{name}"]


@given(questionnaires())
def test_a_form_is_no_different_from_itself(form: Questionnaire) -> None:
    assert compare(form, form).is_none


@given(questionnaires(), questionnaires())
def test_any_two_forms_are_compared_and_told_in_lines_that_fit(old: Questionnaire, new: Questionnaire) -> None:
    difference = compare(old, new)
    for language in LANGUAGES:
        words = Catalogue(language)
        assert widest(told(difference, words, 60)) <= 60
        assert records(difference, words)["items"] is not None
    seen = {changed.id for changed in difference.items if changed.id}
    assert difference.unchanged == sum(item.id not in seen for item in new.questions())


def test_every_kind_and_reason_has_its_words() -> None:
    for language in LANGUAGES:
        words = Catalogue(language)
        assert all(words.has(f"diff.kind-{kind}") for kind in Kind)
        assert all(words.has(f"diff.series-{comparable}") for comparable in Comparable)
        assert all(words.has(f"diff.why-{step.why}") for step in STEPS)


def test_the_words_say_before_and_after_and_what_becomes_of_the_series() -> None:
    difference = compare(OLD, read(SMALL.replace("minimum: 0", "minimum: 1").replace('"1.0"', '"1.1"')))
    lines = list(told(difference, Catalogue("sv")))
    assert lines[0] == "small: 1.0 → 1.1"
    assert "Q6  serien bryts" in lines
    assert any("skala: serien bryts – talen betyder något annat på en annan skala" in line for line in lines)
    assert "      förr: 0–10" in lines
    assert "      nu: 1–10" in lines
    (record,) = records(difference, Catalogue("en"))["items"]
    assert (record["id"], record["comparable"], record["changes"][0]["why"]) == ("Q6", "no", "scale-ends")
    assert list(told(compare(OLD, OLD), Catalogue("sv")))[1] == "Ingenting skiljer."
