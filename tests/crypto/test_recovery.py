"""T21: a recovery code is printed once and typed years later."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interview.crypto.base32 import ALPHABET
from interview.crypto.recovery import looks_like_a_code, new_recovery_code, normalise
from interview.errors import InterviewError


def refusal(typed: str) -> InterviewError:
    with pytest.raises(InterviewError) as caught:
        normalise(typed)
    return caught.value


def test_a_code_is_nine_groups_of_four_with_at_least_128_random_bits() -> None:
    codes = {new_recovery_code() for _ in range(200)}
    assert len(codes) == 200
    for code in codes:
        assert re.fullmatch(f"[{ALPHABET}]{{4}}(-[{ALPHABET}]{{4}}){{8}}", code)
        assert normalise(code) == code
    # Three of four symbols are free, five bits each; every place takes every symbol.
    assert 9 * 3 * 5 >= 128
    assert len({code[0] for code in codes}) > 25


def test_it_is_the_same_however_it_is_typed() -> None:
    code = new_recovery_code()
    for typed in (
        code.lower(),
        code.replace("-", ""),
        code.replace("-", " "),
        code.replace("0", "O").replace("1", "I"),
        code.replace("0", "o").replace("1", "l"),
        f"\t{code}\n",
    ):
        assert normalise(typed) == code


@pytest.mark.parametrize("group", range(1, 10))
def test_a_slip_is_found_in_its_group(group: int) -> None:
    code = new_recovery_code()
    place = 5 * (group - 1)
    found = 0
    for symbol in ALPHABET:
        typed = code[:place] + symbol + code[place + 1 :]
        if typed == code:
            continue
        try:
            normalise(typed)
        except InterviewError as error:
            assert error.code == "crypto.recovery-mistyped"
            assert error.facts == {"group": group}
            found += 1
    # One slip of 32 passes by chance; the slot refuses that one.
    assert found >= 24


def test_groups_in_the_wrong_order_are_found() -> None:
    swapped = 0
    for _ in range(50):
        groups = new_recovery_code().split("-")
        groups[2], groups[3] = groups[3], groups[2]
        try:
            normalise("-".join(groups))
        except InterviewError as error:
            swapped += error.code == "crypto.recovery-mistyped"
    assert swapped >= 45


def test_a_missing_or_extra_group_is_counted() -> None:
    code = new_recovery_code()
    assert refusal(code[:-5]).facts == {"found": 32, "due": 36}
    assert refusal(code + "-0000").code == "crypto.recovery-length"
    assert refusal("").facts == {"found": 0, "due": 36}


def test_a_symbol_no_code_has_is_found_in_its_group() -> None:
    code = new_recovery_code()
    assert refusal(code[:10] + "U" + code[11:]).facts == {"group": 3}
    assert refusal(code[:10] + "å" + code[11:]).facts == {"group": 3}


@given(st.text(max_size=60))
def test_no_text_upsets_it(typed: str) -> None:
    assert refusal(typed).code in {"crypto.recovery-mistyped", "crypto.recovery-length"}
    looks_like_a_code(typed)


def test_a_passphrase_is_not_taken_for_a_code() -> None:
    assert looks_like_a_code(new_recovery_code())
    assert not looks_like_a_code("fyra ord som inte hör ihop")
    assert not looks_like_a_code("fyra ord som inte hör ihop, men med många tecken till!")
    assert not looks_like_a_code("spelman kolonn bleka matsal fordras")
