"""T13, T14: what a terminal obeys and what a spreadsheet computes never gets there."""

import sys
import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interview.text import cell, clean

ATTACKS = {
    "title": ("före\x1b]0;ny titel\x07efter", "föreefter"),
    "title, ST": ("före\x1b]0;ny titel\x1b\\efter", "föreefter"),
    "title, C1": ("före\x9d0;ny titel\x9cefter", "föreefter"),
    "link": ("\x1b]8;;http://example.org\x1b\\text\x1b]8;;\x1b\\", "text"),
    "clipboard": ("a\x1b]52;c;aGVq\x07b", "ab"),
    "device control": ("a\x1bP+q544e\x1b\\b", "ab"),
    "application": ("a\x1b_Gpayload\x1b\\b", "ab"),
    "clear": ("a\x1b[2Jb", "ab"),
    "colour": ("\x1b[1;31mröd\x1b[0m", "röd"),
    "cursor, C1": ("a\x9b10;10Hb", "ab"),
    "mouse": ("a\x1b[?1000hb", "ab"),
    "bracketed paste": ("a\x1b[201~b", "ab"),
    "reset": ("a\x1bcb", "ab"),
    "charset": ("a\x1b(0b", "ab"),
    "title without an end": ("a\x1b]0;b", "a0;b"),
    "cut control sequence": ("a\x1b[", "a"),
    "cut escape": ("a\x1b", "a"),
    "escape twice": ("a\x1b\x1b[2Jb", "ab"),
    "made by removing": ("a\x1b[\x1b[2J2Jb", "a2Jb"),
    "bell, backspace, delete": ("a\x07\x08\x7fb", "ab"),
    "null": ("a\x00b", "ab"),
    "right to left": ("a\u202egnp.exe\u202cb", "agnp.exeb"),
    "isolate": ("a\u2066b\u2069\u200e\u200f\u061c", "ab"),
    "zero width": ("a\u200b\u200c\u200d\u2060\ufeffb", "ab"),
    "soft hyphen": ("sam\u00adtal", "samtal"),
    "tags": ("a\U000e0041\U000e007fb", "ab"),
    "lone surrogate": ("a\ud800b", "ab"),
    "tab": ("a\tb", "a b"),
    "overwriting the line": ("nej\rja ", "nej ja "),
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_t13_nothing_a_terminal_obeys_comes_out(attack: str) -> None:
    given_text, expected = ATTACKS[attack]
    assert clean(given_text) == expected
    assert clean(given_text, keep_newlines=True) == expected.replace("nej ja", "nej\nja")


def test_t13_no_character_of_these_categories_comes_out() -> None:
    every = [chr(code) for code in range(sys.maxunicode + 1)]
    came_out = [
        f"U+{ord(character):04X}"
        for character in every
        if unicodedata.category(character) in {"Cc", "Cf", "Cs", "Zl", "Zp"}
        and character in clean(f"a{character}b", keep_newlines=True)
        and character != "\n"
    ]
    assert came_out == []


def test_letters_and_signs_of_every_language_stay() -> None:
    for text in ("Åsa Öberg, 3–7 dagar «ja» … ⟨säg namnet⟩", "日本語 עברית العربية ไทย हिन्दी", "👍🏽 e\u0301 ½ € ✗"):
        assert clean(text) == text
    stays = {"L", "M", "N", "P", "S"}
    for code in range(0x20, 0x3000):
        character = chr(code)
        if unicodedata.category(character)[0] in stays:
            assert clean(f"a{character}b") == f"a{character}b", hex(code)


def test_markup_is_not_the_sanitisers_business() -> None:
    for text in ("[/]", "[@click=app.quit]x[/]", "$variabel", "\\["):
        assert clean(text) == text


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\u2029"])
def test_every_kind_of_line_end_is_one_newline_or_one_blank(end: str) -> None:
    assert clean(f"a{end}b", keep_newlines=True) == "a\nb"
    assert clean(f"a{end}b") == "a b"


@given(st.text(alphabet=st.sampled_from("ab;[]?0m\\P_H\n\r\t\x1b\x07\x9b\x9c\x9d\x90\u202e\u200b\ud800é"), max_size=60))
def test_t13_what_comes_out_is_clean(text: str) -> None:
    for keep in (False, True):
        once = clean(text, keep_newlines=keep)
        assert clean(once, keep_newlines=keep) == once
        assert all(character.isprintable() or (keep and character == "\n") for character in once)


def test_t11_a_hostile_text_takes_no_time() -> None:
    began = time.process_time()
    for unit in ("\x1b", "\x1b[", "\x1b]", "\x9d", "\x1b[1;", "\x1bP\x1b", "\x90a"):
        clean(unit * 20_000)
    assert time.process_time() - began < 0.5


@pytest.mark.parametrize("first", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_t14_a_cell_that_would_compute_is_text(first: str) -> None:
    assert cell(f"{first}HYPERLINK(1)") == f"'{first}HYPERLINK(1)"
    assert cell(first) == f"'{first}"


def test_t14_other_cells_stay_as_they_are() -> None:
    for text in ("", "ja", "a=b", "'=1", " =1", "7-10", "ö@x"):
        assert cell(text) == text
