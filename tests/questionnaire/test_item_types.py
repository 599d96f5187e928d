"""B1: every item type as it is written, read and kept; what the form need not write; patterns that cannot stop anybody."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interview.messages import Catalogue
from interview.questionnaire.canonical import canonical_bytes, take_in
from interview.questionnaire.diff import compare
from interview.questionnaire.kept import fits, in_order, is_date, is_pattern, is_time, kept_decimal
from interview.questionnaire.models import Item, ItemType, Option
from interview.questionnaire.printing import printed
from tests.questionnaire.small_form import SMALL, read

TYPED = """\
  - {id: Y1, type: yes-no, text: {sv: Y, en: Y}, proxy: same, required: yes}
  - {id: N1, type: integer, text: {sv: N, en: N}, proxy: same, minimum: -5, maximum: 120, unit: {sv: dagar, en: days}}
  - {id: M1, type: decimal, text: {sv: M, en: M}, proxy: same, minimum: "0.50", maximum: 39.0, decimals: 1}
  - {id: D1, type: date, text: {sv: D, en: D}, proxy: same, minimum: 2026-01-01}
  - {id: T1, type: time, text: {sv: T, en: T}, proxy: same, maximum: 21:30}
  - id: L1
    type: line
    text: {sv: L, en: L}
    proxy: same
    instruction: {sv: tre bokstäver, en: three letters}
    pattern: "[A-Z]{3}"
    max-length: 3
    max-repeats: 4
    when:
      all: [{question: M1, more-than: 1.50}, {question: D1, at-least: 2026-02-01}, {question: N1, less-than: 7}]
  - id: O1
    type: choice
    text: {sv: O, en: O}
    proxy: same
    read-options: no
    options:
      cold: {sv: Kall, en: Cold}
      other: {sv: Annat, en: Other, open: yes}
  - id: visits
    type: group
    text: {sv: Besök, en: Visits}
    max-repeats: 3
    another: {sv: Ett besök till?, en: Another visit?}
    items:
      - {id: W1, type: line, text: {sv: Vem?, en: Who?}, proxy: same}
"""


def typed() -> dict[str, Item]:
    """The items of a form with each of the types, by their ids."""
    return {item.id: item for item in read(SMALL + TYPED).walk()}


def test_b1_every_type_is_read_as_it_is_written() -> None:
    items = typed()
    assert items["Y1"].type is ItemType.YES_NO
    assert items["Y1"].required
    assert (items["N1"].minimum, items["N1"].maximum, items["N1"].unit) == (-5, 120, {"sv": "dagar", "en": "days"})
    assert (items["M1"].minimum, items["M1"].maximum, items["M1"].decimals) == ("0.5", "39", 1)
    assert (items["D1"].minimum, items["T1"].maximum) == ("2026-01-01", "21:30")
    assert (items["L1"].pattern, items["L1"].max_length) == ("[A-Z]{3}", 3)
    assert [condition.answer for condition in items["L1"].enable_when] == ["1.5", "2026-02-01", 7]


def test_b1_what_a_form_need_not_write_stands_in_its_bytes() -> None:
    """P7: the words that were read out are in the form, whatever a later program would say."""
    items = typed()
    assert items["Y1"].options == (
        Option(code="yes", text={"sv": "Ja", "en": "Yes"}),
        Option(code="no", text={"sv": "Nej", "en": "No"}),
    )
    assert items["L1"].another == {"sv": "Finns det en till?", "en": "Is there another one?"}
    assert items["visits"].another == {"sv": "Ett besök till?", "en": "Another visit?"}
    assert items["O1"].open_option is not None
    assert items["O1"].open_option.open == {"sv": "Vad då?", "en": "What is that?"}
    form = read(SMALL + TYPED)
    assert take_in(canonical_bytes(form)) == form


def test_b1_words_in_a_language_that_is_not_known_have_to_be_written() -> None:
    """A form in a language without standard words is told so at the question, and takes its own."""
    from tests.questionnaire.small_form import problems

    only = "languages: [so]\n"
    head = SMALL[: SMALL.index("dimensions:")].replace("languages: [sv, en]\n", only)
    head = head.replace("{sv: Liten, en: Small}", "Yar")
    contact = "contact: {greeting: A, doubt: A, voicemail: A, consented: A}\nitems:\n"
    question = "  - {id: Y1, type: yes-no, text: Ma?, proxy: same%s}\n"
    found = problems(head + contact + question % "")
    assert {problem.code for problem in found} == {"questionnaire.missing-translation"}
    assert read(head + contact + question % ", options: {yes: Haa, no: Maya}").questions()


@pytest.mark.parametrize(
    ("written", "kept"),
    [("1", "1"), ("007", "7"), ("1.50", "1.5"), ("-0.0", "0"), ("3.000000000", "3"), ("0.000001", "0.000001"),
     ("-12.25", "-12.25"), ("1.", None), (".5", None), ("1e5", None), ("1,5", None), ("1234567890", None),
     ("0.1234567", None), ("", None), ("--1", None), ("NaN", None), ("٣", None)],
)  # fmt: skip
def test_b1_a_decimal_number_has_one_form(written: str, kept: str | None) -> None:
    assert kept_decimal(written) == kept


@given(st.decimals(min_value=-999_999_999, max_value=999_999_999, places=6))
def test_b1_equal_numbers_are_equal_text(number: object) -> None:
    first = kept_decimal(str(number)) if "E" not in str(number) else kept_decimal(f"{number:f}")
    assert first is not None
    assert kept_decimal(first) == first
    assert in_order(first) == in_order(kept_decimal(f"{number:f}" + "0"))


def test_b1_dates_and_times_are_those_of_the_calendar_and_the_clock() -> None:
    assert is_date("2028-02-29")
    assert not any(
        is_date(text) for text in ("2026-02-29", "2026-13-01", "26-01-01", "2026-1-1", "20260101", "2026-W01-1")
    )
    assert is_time("00:00")
    assert is_time("23:59")
    assert not any(is_time(text) for text in ("24:00", "7:30", "07.30", "07:30:00", "07:60"))


def test_t11_no_pattern_takes_more_time_than_its_text() -> None:
    """A pattern that would keep a backtracking engine busy for ever is over at once."""
    started = time.process_time()
    for pattern in ("(a+)+b", "(a|a)*b", "(.*)*x", "([a-z]{0,20}){0,20}9"):
        assert is_pattern(pattern)
        assert not fits(pattern, "a" * 200 + "!")
    assert time.process_time() - started < 1
    assert fits("[A-ZÅÄÖ]{3}[0-9]{3}", "ÅBC123")
    assert not fits("[A-Z]{3}", "ABCD")
    assert not is_pattern("a" * 201)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("required: yes", "required: no"),
        ("minimum: -5", "minimum: -4"),
        ("maximum: 39.0", "maximum: 39.5"),
        ("decimals: 1", "decimals: 2"),
        ("en: days}", "en: nights}"),
        ("maximum: 21:30", "maximum: 21:31"),
        ('pattern: "[A-Z]{3}"', 'pattern: "[A-Z]{2}"'),
        ("max-length: 3", "max-length: 4"),
        ("max-repeats: 4", "max-repeats: 3"),
        ("sv: Ett besök till?", "sv: Kom någon mer?"),
        ("open: yes", "open: {sv: Vad då?, en: Which one?}"),
        ("open: yes", "open: {sv: Vilken då?, en: What is that?}"),
        ("open: yes", "exclusive: no"),
    ],
)
def test_b4_no_change_of_what_is_taken_or_asked_again_goes_unnoticed(old: str, new: str) -> None:
    assert old in TYPED
    assert compare(read(SMALL + TYPED), read(SMALL + TYPED.replace(old, new, 1))).items


def test_b5_a_form_is_shown_with_what_is_taken_and_asked_again() -> None:
    shown = "\n".join(printed(read(SMALL + TYPED), Catalogue("sv")))
    for told in (
        "heltal -5–120 dagar",
        "[A-Z]{3}",
        "lämnas inte öppen",
        "→  Vad då?",
        "upp till 3 gånger: Ett besök till?",
    ):
        assert told in shown, shown


def test_b5_a_form_is_shown_with_faces_the_ends_of_its_scales_and_how_many_answers() -> None:
    text = SMALL.replace('{sv: "Ja, helt", en', '{symbol: "☺", sv: "Ja, helt", en')
    assert text != SMALL
    shown = "\n".join(printed(read(text), Catalogue("sv")))
    for told in ("1  ☺  Ja, helt", "0  dåligt", "ett svar · svar, läses upp:", "flera svar · svar, läses inte upp:"):
        assert told in shown, shown
