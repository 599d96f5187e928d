"""C7, T20: personal and co-ordination numbers. One that holds is refused in every usual spelling, one that nearly does is warned of."""

from random import Random

import pytest

from interview.guard.findings import Kind, Severity, replaced
from interview.guard.personal_numbers import holds
from interview.guard.scanning import findings, refused
from tests.guard.spellings import SENTENCES, check_digit, number, spellings

TEST_NUMBERS = ("196408233234", "197010632391")


def severities(text: str) -> list[Severity]:
    return [finding.severity for finding in findings(text) if finding.kind is Kind.PERSONAL_NUMBER]


@pytest.mark.parametrize("twelve", TEST_NUMBERS)
def test_the_official_test_numbers_are_refused_in_every_spelling_and_place(twelve: str) -> None:
    for spelling in spellings(twelve):
        for sentence in SENTENCES:
            text = sentence.format(spelling)
            assert [text[f.start : f.end] for f in findings(text) if f.refused] == [spelling], text
            assert refused(text)


def test_numbers_made_by_rule_are_refused_in_every_spelling() -> None:
    rng = Random(20)
    for _ in range(150):
        twelve = number(rng)
        assert holds(twelve[2:])
        for spelling in spellings(twelve):
            text = rng.choice(SENTENCES).format(spelling)
            assert refused(text), text


@pytest.mark.parametrize(
    "text", ["23 aug 64-3234", "den 23 augusti 64 3234", "23/8 64-3234", "23.8.64-3234", "23/8-64-3234"]
)
def test_t20_a_day_its_short_year_and_the_last_four_are_refused(text: str) -> None:
    assert [(f.kind, f.start, f.end) for f in findings(f"Född {text}.") if f.refused] == [
        (Kind.PERSONAL_NUMBER, 5, 5 + len(text))
    ]
    assert refused(text)
    assert not refused(text.replace("3234", "3235"))


def test_days_of_birth_in_words_with_the_last_four() -> None:
    assert refused("född 23 augusti 1964-3234")
    assert refused("23/8 1964 3234")
    assert refused("född den 23:e augusti 1964, 3234")
    assert not refused("född 23 augusti 1964-3235")


@pytest.mark.parametrize("unknown", ["700063", "701060", "700060"])
def test_a_coordination_number_with_an_unknown_month_or_day(unknown: str) -> None:
    nine = f"{unknown}239"
    assert refused(f"{unknown}-239{check_digit(nine)}")


@pytest.mark.parametrize(
    "text",
    [
        "640823-3235",
        "19640823-3235",
        "6408233235",
        "640823 3235",
        "641823-3234",
        "640843-3234",
        "940823-3234",
        "640823-323",
        "640823-32344",
        "640823-T234",
        "född 640823, sista fyra 3234",
        "jag är född 640823 och sedan 3235",
        "mina fyra sista är 3234",
        "24 augusti 1964 3234",
    ],
)
def test_what_nearly_holds_is_warned_of(text: str) -> None:
    assert severities(text) == [Severity.WARN]


def test_every_digit_wrong_by_any_amount_is_noticed() -> None:
    right = "640823-3234"
    for place in range(len(right)):
        for digit in "0123456789":
            if right[place] not in ("-", digit):
                wrong = right[:place] + digit + right[place + 1 :]
                assert severities(wrong), wrong


@pytest.mark.parametrize(
    "text",
    [
        "556036-0793",
        "Fick vänta från 10.10-12.30, 14.00 gick jag",
        "blodtryck 150/90, 160/95 och 145/85",
        "500 mg 2 tabletter 3 ggr 7 dagar",
        "kl 08.00-09.30 16.00-17.00",
        "Räkning 1234567890123456",
        "3 veckor, 14 timmar, 365 dagar 2024",
        "Flyttade 2019, opererades 2022 och ringde 1177",
    ],
)
def test_other_figures_are_none(text: str) -> None:
    assert severities(text) == []


@pytest.mark.parametrize(
    "number",
    ["640823\u200b-3234", "640823\u00ad3234", "64\u200d08\u200d23\u200d3234", "640823\uff0d3234", "640823\u20433234",
     "\u246540823-3234", "6\u20740823-3234", "640823~3234", "640823 = 3234", "640823'3234", "640823|3234", "640823 --- 3234"],
)  # fmt: skip
def test_t20_signs_that_are_not_seen_or_look_alike_hide_no_number(number: str) -> None:
    """And what is proposed in its place takes the place of all of it."""
    text = f"Hon\u200b har {number} sa hon."
    assert refused(text)
    (found,) = findings(text)
    assert replaced(text, found) == "Hon\u200b har [personnummer] sa hon."
