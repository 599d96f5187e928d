"""P6, T10: a fingerprint is typed from paper by people."""

import hashlib
import re

from hypothesis import given
from hypothesis import strategies as st

from interview.crypto.base32 import ALPHABET, encode
from interview.crypto.fingerprint import fingerprint, same

PUBLIC = bytes(range(32))


def test_a_fingerprint_is_120_bits_in_six_groups_of_four() -> None:
    assert re.fullmatch(f"[{ALPHABET}]{{4}}(-[{ALPHABET}]{{4}}){{5}}", fingerprint(PUBLIC))
    number = 0
    for symbol in fingerprint(PUBLIC).replace("-", ""):
        number = number * 32 + ALPHABET.index(symbol)
    assert number.to_bytes(15, "big") == hashlib.sha256(PUBLIC).digest()[:15]


def test_fingerprints_stay_as_they_were_printed() -> None:
    assert fingerprint(PUBLIC) == "CC6W-TAB6-RGSP-D48J-AH4B-QCJV"


@given(st.binary(min_size=32, max_size=32))
def test_it_is_the_same_however_it_is_written(public: bytes) -> None:
    printed = fingerprint(public)
    written = printed.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    for typed in (printed, written, printed.replace("-", ""), f"  {printed}\n", printed.replace("-", "–")):
        assert same(typed, public)
    assert same(printed.replace("1", "I").replace("0", "O"), public)


@given(st.integers(0, 23), st.sampled_from(ALPHABET))
def test_t10_one_other_symbol_is_another_key(place: int, symbol: str) -> None:
    symbols = fingerprint(PUBLIC).replace("-", "")
    typed = symbols[:place] + symbol + symbols[place + 1 :]
    assert same(typed, PUBLIC) is (typed == symbols)


@given(st.text())
def test_no_text_upsets_it(typed: str) -> None:
    assert not same(typed, PUBLIC)


def test_a_part_of_it_is_not_enough() -> None:
    assert not same("", PUBLIC)
    assert not same(fingerprint(PUBLIC)[:-1], PUBLIC)
    assert not same(fingerprint(PUBLIC) + "0", PUBLIC)
    assert not same("\ud800", PUBLIC)


def test_base32_of_known_bytes() -> None:
    assert encode(b"\x00\x44\x32\x14\xc7") == "01234567"
    assert encode(b"\xff" * 5) == "ZZZZZZZZ"
