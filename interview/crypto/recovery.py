"""Recovery codes: a key on paper that somebody types in years later, perhaps read aloud over the telephone.

Nine groups of four symbols, 135 random bits. The last symbol of each group checks the other three and the group's
place, so a slip is found in its group (31 of 32 slips) before anything is stretched.
"""

import hashlib
import secrets
from typing import Final

from interview.crypto.base32 import ALPHABET, grouped, tidy
from interview.errors import InterviewError

GROUPS: Final = 9
"""Groups in a code."""
_SYMBOLS: Final = GROUPS * 4


def new_recovery_code() -> str:
    """A new code as it is printed: `XXXX-XXXX-…`."""
    groups = []
    for place in range(GROUPS):
        symbols = "".join(secrets.choice(ALPHABET) for _ in range(3))
        groups.append(symbols + _check(place, symbols))
    return grouped("".join(groups))


def normalise(typed: str) -> str:
    """The code as it is printed, from what somebody typed, however blanks, dashes, case, O/0 and I/L/1 were written.

    `crypto.recovery-mistyped` names the first group that is wrong (from 1), `crypto.recovery-length` says how many of
    its symbols are there.
    """
    symbols = tidy(typed)
    for place in range(min(len(symbols), _SYMBOLS) // 4):
        group = symbols[4 * place : 4 * place + 4]
        if any(symbol not in ALPHABET for symbol in group) or group[3] != _check(place, group[:3]):
            raise InterviewError("crypto.recovery-mistyped", "", group=place + 1)
    if len(symbols) != _SYMBOLS:
        raise InterviewError("crypto.recovery-length", "", found=len(symbols), due=_SYMBOLS)
    return grouped(symbols)


def looks_like_a_code(typed: str) -> bool:
    """Whether what was typed may be meant as a recovery code: about as many symbols, nearly all of them its own.

    A digit is among them, which tells a code from words: of 30,000 codes one can be typed without any.
    """
    symbols = tidy(typed)
    known = sum(symbol in ALPHABET for symbol in symbols)
    return abs(len(symbols) - _SYMBOLS) <= 4 and known >= len(symbols) - 2 and any(map(str.isdigit, typed))


def _check(place: int, symbols: str) -> str:
    digest = hashlib.sha256(f"interview/1/recovery/{place}/{symbols}".encode()).digest()
    return ALPHABET[digest[0] % 32]
