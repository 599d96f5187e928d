"""Crockford's base32: letters and digits that people read aloud and type without mixing them up.

Source: https://www.crockford.com/base32.html. No check symbol here; who needs one adds it.
"""

from typing import Final

ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""The 32 symbols by value; I, L, O and U are left out."""
_READ_AS: Final = str.maketrans("OIL", "011")
_BLANKS: Final = str.maketrans("", "", " -\t\r\n\u2010\u2011\u2013\u2014\u2212\u00a0")


def encode(raw: bytes) -> str:
    """`raw` in base32; its length is a multiple of 5 bytes, so nothing is padded."""
    if len(raw) % 5:
        raise ValueError("base32 without padding takes a multiple of 5 bytes")
    number = int.from_bytes(raw, "big")
    count = len(raw) * 8 // 5
    return "".join(ALPHABET[(number >> (5 * place)) & 31] for place in reversed(range(count)))


def tidy(typed: str) -> str:
    """What was typed, as symbols: upper case, O as 0, I and L as 1, no blanks or dashes; other characters stay."""
    return typed.translate(_BLANKS).upper().translate(_READ_AS)


def grouped(symbols: str) -> str:
    """`symbols` in groups of four with dashes between."""
    return "-".join(symbols[start : start + 4] for start in range(0, len(symbols), 4))
