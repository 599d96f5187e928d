"""Likely names of people in a text: by lists of common names, by the word in front, and the names the case gives.

A name that is also an ordinary word counts only beside another name, after a title, or after "med", "av", "åt", "hos" in the
middle of a sentence. Names of places, wards and medicines are capitalised too, so a capital alone says nothing.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from interview.guard.findings import Finding, Kind
from interview.guard.name_lists import AMBIGUOUS_GIVEN, AMBIGUOUS_SURNAMES, GIVEN, SURNAMES
from interview.guard.ordinary_words import (
    ABBREVIATED,
    FAMILY,
    HEARD,
    INSTITUTIONS,
    KIN,
    NEVER_NAMES,
    NO_PERSON_NEAR,
    OWN,
    PHRASES,
    PROFESSIONS,
    SAINTS,
    TITLES,
)

_WORD: Final = re.compile(r"[^\W\d_]+(?:[-'’´][^\W\d_]+)*")
_OPENING: Final = " \t\"”»«'(*•–-"
_ENDING: Final = ".!?:;…\n"
_PATRONYMIC: Final = re.compile(r"[a-zåäöéü]{2,}(?:sson|sdotter|qvist|quist|kvist)s?")
_BLANK: Final = re.compile(r"[ \u00a0]{1,2}")
_AFTER_ABBREVIATION: Final = re.compile(r"\.[ \u00a0]{0,2}")
_JOINTS: Final = frozenset({"med", "av", "åt", "hos"})
_PARTICLES: Final = frozenset({"von", "van", "de", "af", "al", "el", "bin", "della", "da", "di"})
_MONTHS: Final = frozenset({"maj", "mars", "jan", "juni", "juli"})
_PLACE_ENDINGS: Final = (
    "gården",
    "hemmet",
    "kliniken",
    "mottagningen",
    "centralen",
    "centrum",
    "sjukhuset",
    "boendet",
    "avdelningen",
    "appen",
)
_IT: Final = frozenset({"det", "den", "vad", "hund", "hunden", "katt", "katten"})
_NEAR: Final = 5
"""How many words before a verb say whether a person is called so."""
_ORDINARY: Final = AMBIGUOUS_GIVEN | AMBIGUOUS_SURNAMES | NEVER_NAMES
_SHORTEST: Final = 3
"""Letters of a name of the case that is looked for in small letters too."""
_FEW: Final = 4
"""Words from which their capitals say how a text is written."""
_SHOUTED: Final = 0.6
"""Share of capitals from which a text is written in capitals."""


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of the text; `plain` is in small letters and without accents that Swedish does not know."""

    start: int
    end: int
    text: str
    plain: str
    first: bool
    """Whether a sentence begins with it."""
    capital: bool
    """Whether it is written as names are: a capital, then small letters."""

    @property
    def parts(self) -> list[str]:
        """Its plain form and, of a double name, the two."""
        return self.plain.split("-") if "-" in self.plain else [self.plain]


def names(text: str, known: Iterable[str]) -> Iterator[Finding]:
    """Every likely name, adjacent ones as one finding."""
    words = _words(text)
    letters = [char for char in text if char.isalpha()]
    shouted = len(letters) > 12 and sum(char.isupper() for char in letters) > _SHOUTED * len(letters)
    # Where most words begin with a capital, a capital says as little as where all letters are.
    later = [word for word in words if not word.first]
    shouted |= len(later) >= _FEW and sum(word.text[0].isupper() for word in later) > _SHOUTED * len(later)
    sure = {place for place, word in enumerate(words) if _listed(word, shouted)}
    sure |= _titled(text, words, shouted) | _joined(text, words, shouted)
    sure -= _in_phrases(words)
    sure |= _of_the_case(
        words, [folded(word) for name in known for word in _WORD.findall(unicodedata.normalize("NFC", name))]
    )
    sure = _with_neighbours(text, words, sure, shouted)
    yield from _grouped(text, words, sure)


def folded(word: str) -> str:
    """The word in small letters, without accents except those of å, ä, ö and ø."""
    small = word.casefold()
    if small.isascii():
        return small
    return "".join(
        char if char in "åäöø" else unicodedata.normalize("NFD", char)[0]
        for char in unicodedata.normalize("NFC", small)
    )


def _words(text: str) -> list[_Word]:
    words = []
    for match in _WORD.finditer(text):
        start, word = match.start(), match[0]
        capital = word[0].isupper() and not word.isupper()
        words.append(_Word(start, match.end(), word, folded(word), _begins(text, start), capital))
    return words


def _begins(text: str, start: int) -> bool:
    """Whether a sentence, a line or a quotation begins there."""
    before = text[:start].rstrip(_OPENING)
    return not before or before[-1] in _ENDING


def _in(plain: str, *lists: frozenset[str]) -> bool:
    """Whether a word in small letters, or what is left of it without the genitive's s, is in one of the lists."""
    return any(plain in listed or (plain.endswith("s") and plain[:-1] in listed) for listed in lists)


def _certain(word: _Word) -> bool:
    """Whether its letters, capital or not, are a name that is nothing else."""
    return any(_in(part, GIVEN, SURNAMES) for part in word.parts) or _PATRONYMIC.fullmatch(word.parts[-1]) is not None


def _listed(word: _Word, shouted: bool) -> bool:
    """Whether it is a name wherever it stands."""
    if word.plain in NEVER_NAMES:
        return False
    if word.text.isupper():
        return (shouted or len(word.text) > _SHORTEST) and _certain(word)
    return word.capital and all(part[:1].isupper() for part in word.text.split("-")) and _certain(word)


def _titled(text: str, words: list[_Word], shouted: bool) -> set[int]:
    """The words after a title, or after a verb that says how somebody is called."""
    found = set()
    for place, (title, word) in enumerate(pairwise(words), start=1):
        gap = text[title.end : word.start]
        plain = title.plain
        if not (_BLANK.fullmatch(gap) or (plain in ABBREVIATED and _AFTER_ABBREVIATION.fullmatch(gap))):
            continue
        if not (
            plain in TITLES
            or plain in PROFESSIONS
            or _is_kin(words, place - 1)
            or (plain in HEARD and not _of_a_thing(words, place - 1))
        ):
            continue
        if word.plain in TITLES or (word.plain in NEVER_NAMES and not (word.capital and word.plain in AMBIGUOUS_GIVEN)):
            continue
        if _certain(word) or (word.capital and not shouted and _may_follow(plain, word)):
            found.add(place)
    return found


def _may_follow(title: str, word: _Word) -> bool:
    """Whether a capital after a title is likely a name: of a place it is none, after kin and most callings known as one."""
    if title in FAMILY or title in PROFESSIONS or title in KIN:
        return _in(word.plain, AMBIGUOUS_GIVEN, AMBIGUOUS_SURNAMES)
    return not word.text.endswith(_PLACE_ENDINGS)


def _is_kin(words: list[_Word], place: int) -> bool:
    """Whether it is "min man", "hennes son" and their like."""
    return words[place].plain in KIN and place > 0 and words[place - 1].plain in OWN


def _of_a_thing(words: list[_Word], place: int) -> bool:
    """Whether one of the words before says that a thing or a place is called so."""
    for word in reversed(words[max(place - _NEAR, 0) : place]):
        if word.plain.startswith(NO_PERSON_NEAR) or word.plain in _IT:
            return True
        if word.first:
            return False
    return False


def _joined(text: str, words: list[_Word], shouted: bool) -> set[int]:
    """Names that are also words, after "med", "av", "åt", "hos" in the middle of a sentence."""
    return {
        place
        for place, (joint, word) in enumerate(pairwise(words), start=1)
        if not shouted
        and joint.plain in _JOINTS
        and word.capital
        and word.plain in AMBIGUOUS_GIVEN
        and word.plain not in _MONTHS
        and _BLANK.fullmatch(text[joint.end : word.start])
    }


def _of_the_case(words: list[_Word], known: list[str]) -> set[int]:
    """The names the case gives, in any letters; one that is also a word only with a capital inside a sentence."""
    wanted = {part for name in known for part in (name, *name.split("-"), name.replace("-", ""))} - _PARTICLES - TITLES
    inside = frozenset(wanted)
    anywhere = frozenset(name for name in wanted if len(name) >= _SHORTEST and name not in _ORDINARY)
    return {
        place
        for place, word in enumerate(words)
        if any(_in(part, anywhere) for part in (word.plain, *word.parts))
        or (word.capital and not word.first and _in(word.plain, inside))
    }


def _in_phrases(words: list[_Word]) -> set[int]:
    """Names of hospitals, saints, writers."""
    found = set()
    for place, (word, following) in enumerate(pairwise(words)):
        if (word.plain, following.plain) in PHRASES:
            found |= {place, place + 1}
        elif any(part in INSTITUTIONS for part in following.parts) and not word.plain.endswith("s"):
            found.add(place)
        elif word.plain in SAINTS:
            found.add(place + 1)
    return found


def _with_neighbours(text: str, words: list[_Word], sure: set[int], shouted: bool) -> set[int]:
    """The names and the capitals right beside them: of a first name the second, of a surname the first."""
    found = set(sure)
    for place, (word, following) in enumerate(pairwise(words)):
        if shouted or not _BLANK.fullmatch(text[word.end : following.start]) or not following.capital:
            continue
        both = _in(word.plain, AMBIGUOUS_GIVEN) and _in(following.plain, AMBIGUOUS_SURNAMES, SURNAMES)
        if word.capital and both:
            found |= {place, place + 1}
        elif place in found and following.plain not in NEVER_NAMES and following.plain not in TITLES:
            found.add(place + 1)
        elif place + 1 in sure and word.capital and word.plain not in NEVER_NAMES and word.plain not in TITLES:
            found |= {place} if not word.first or _in(word.plain, AMBIGUOUS_GIVEN) else set()
    return found


def _grouped(text: str, words: list[_Word], sure: set[int]) -> Iterator[Finding]:
    start = end = None
    for place in sorted(sure):
        word = words[place]
        if end is not None and start is not None:
            if _BLANK.fullmatch(text[end : word.start]):
                end = word.end
                continue
            yield Finding(start, end, Kind.NAME)
        start, end = word.start, word.end
    if start is not None and end is not None:
        yield Finding(start, end, Kind.NAME)
