"""Passphrases: how hard one is to guess, and a proposed one of Swedish words.

The guess is zxcvbn's (Wheeler 2016, USENIX Security: words, names, keyboard walks, dates, repetitions), which is told
what a Swede at such a station would choose as well: whose the passphrase is and what they work with (`names`);
`common.txt` has names, places, seasons and clubs, the likeliest first, `care.txt` the words of the work; then come
years, the guard's lists of names and ordinary words, and the interface's own words. Proposals are drawn from
`words.txt`: 2,048 common words of 4 to 7 letters a–z.
"""

import math
import re
import secrets
import unicodedata
from functools import cache
from pathlib import Path
from typing import Final

from interview.errors import InterviewError
from interview.messages import LANGUAGES, vocabulary

MIN_PASSPHRASE: Final = 12
"""Characters of a passphrase, at least."""
MIN_GUESSES: Final = 12.0
"""Guesses it takes to find a passphrase, at least, as a power of ten (its highest grade begins at 10)."""
WORDS: Final = 5
"""Words in a proposed passphrase."""
_FIRST_YEAR: Final = 1900
_LAST_YEAR: Final = 2049
_LETTERS: Final = re.compile(r"\w+")
_BETWEEN: Final = re.compile(r"[\s.,;:_&+/-]+")
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

    told = (part for name in names for part in (name, *_LETTERS.findall(name)))
    # A word that comes twice would count by its last place.
    known = list(dict.fromkeys(word.casefold() for word in (*told, *_known())))

    def of(text: str) -> float:
        """The parts' guesses multiplied, in any order: zxcvbn's own sum takes a fourth part for 10^12 whatever it is."""
        parts = zxcvbn(text[:_LONGEST], user_inputs=known)["sequence"]
        return sum(math.log10(part["guesses"]) for part in parts) + math.log10(math.factorial(len(parts)))

    # What stands between words is tried with them and without.
    joined = _BETWEEN.sub("", passphrase)
    return min(of(passphrase), of(joined)) if joined else 0.0


@cache
def _known() -> tuple[str, ...]:
    """What anybody may choose, the likeliest first."""
    from interview.guard.name_lists import (  # noqa: PLC0415  only where a passphrase is chosen
        AMBIGUOUS_GIVEN,
        AMBIGUOUS_SURNAMES,
        GIVEN,
        SURNAMES,
    )
    from interview.guard.ordinary_words import NEVER_NAMES, TITLES  # noqa: PLC0415

    given, surnames, ordinary = (
        sorted(words) for words in (GIVEN | AMBIGUOUS_GIVEN, SURNAMES | AMBIGUOUS_SURNAMES, NEVER_NAMES | TITLES)
    )
    years = (str(year) for year in range(_FIRST_YEAR, _LAST_YEAR + 1))
    own = (word for language in LANGUAGES for word in vocabulary(language))
    return (*_read("common.txt"), *years, *_read("care.txt"), *given, *surnames, *ordinary, *own, *word_list())


@cache
def word_list() -> tuple[str, ...]:
    """The Swedish words a passphrase is proposed from, in order."""
    return tuple(_read("words.txt"))


def _read(name: str) -> list[str]:
    return (Path(__file__).parent / name).read_text(encoding="utf-8").split()
