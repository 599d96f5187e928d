"""Passphrases: how hard one is to guess, and a proposed one of Swedish words.

The guess is zxcvbn's (Wheeler 2016, USENIX Security: words, names, keyboard walks, dates, repetitions), which is told
what a Swede would choose as well: `common.txt` has names, places, seasons and clubs, the likeliest first. Proposals are
drawn from `words.txt`: 2,048 common words of 4 to 7 letters a–z.
"""

import math
import secrets
import unicodedata
from functools import cache
from pathlib import Path
from typing import Final

from interview.errors import InterviewError

MIN_PASSPHRASE: Final = 12
"""Characters of a passphrase, at least."""
MIN_GUESSES: Final = 12.0
"""Guesses it takes to find a passphrase, at least, as a power of ten (its highest grade begins at 10)."""
WORDS: Final = 5
"""Words in a proposed passphrase."""
_LONGEST: Final = 72
"""Characters zxcvbn looks at; it refuses longer ones."""


def propose() -> str:
    """A passphrase of five words drawn evenly from the list: 5 × 11 = 55 bits."""
    words = word_list()
    return " ".join(secrets.choice(words) for _ in range(WORDS))


def proposed_bits() -> int:
    """The entropy of a proposed passphrase, in bits."""
    return int(WORDS * math.log2(len(word_list())))


def check_passphrase(passphrase: str, *names: str) -> None:
    """Refuse a passphrase under 12 characters or nearly one letter (`keys.weak-passphrase`), or one that is guessed.

    `keys.guessable-passphrase` says how many guesses it takes; `names` are what a guesser would try besides words.
    """
    normal = unicodedata.normalize("NFKC", passphrase).strip()
    if len(normal) < MIN_PASSPHRASE or len(set(normal)) < MIN_PASSPHRASE // 3:
        raise InterviewError("keys.weak-passphrase", "", minimum=MIN_PASSPHRASE)
    if guesses(normal, *names) < MIN_GUESSES:
        raise InterviewError("keys.guessable-passphrase")


def guesses(passphrase: str, *names: str) -> float:
    """How many guesses it takes to find a passphrase, as a power of ten."""
    from zxcvbn import zxcvbn  # noqa: PLC0415  65 ms, only where a passphrase is chosen

    known = [*(part for name in names for part in name.split()), *_read("common.txt"), *word_list()]
    return float(zxcvbn(passphrase[:_LONGEST], user_inputs=known)["guesses_log10"])


@cache
def word_list() -> tuple[str, ...]:
    """The Swedish words a passphrase is proposed from, in order."""
    return tuple(_read("words.txt"))


def _read(name: str) -> list[str]:
    return (Path(__file__).parent / name).read_text(encoding="utf-8").split()
