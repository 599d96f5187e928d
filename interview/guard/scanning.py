"""The guard over free text: what in a text may point at a person.

It helps a caller to see what slipped in. It finds what has a form and names that are common or known; it never shows that
a text is anonymous.
"""

import unicodedata
from dataclasses import replace
from typing import Final

from interview.guard.addresses import addresses
from interview.guard.contacts import contacts, everybodys, national
from interview.guard.dates import days
from interview.guard.findings import NOTHING_KNOWN, Finding, Kind, Known
from interview.guard.names import names
from interview.guard.personal_numbers import personal_numbers

_RANK: Final = {
    Kind.EMAIL: 1,
    Kind.WEB: 2,
    Kind.ADDRESS: 3,
    Kind.TELEPHONE: 4,
    Kind.PERSONAL_NUMBER: 5,
    Kind.DATE: 6,
    Kind.NAME: 7,
}
"""Which of two findings in the same place counts; one that is refused comes before all."""


def findings(text: str, known: Known = NOTHING_KNOWN) -> tuple[Finding, ...]:
    """What in the text may point at a person, in order; no two overlap."""
    plain, spans = _plain(text)
    return tuple(
        replace(finding, start=spans[finding.start][0], end=spans[finding.end - 1][1])
        for finding in _findings(plain, known)
    )


def _findings(text: str, known: Known) -> tuple[Finding, ...]:
    dates, spared = days(text), everybodys(known.public)
    found = [
        *personal_numbers(text, dates),
        *contacts(text, known.telephones, spared),
        *addresses(text),
        *(Finding(day.start, day.end, Kind.DATE) for day in dates),
        *names(text, known.names),
    ]
    found.sort(
        key=lambda finding: (not finding.refused, _RANK[finding.kind], finding.start - finding.end, finding.start)
    )
    kept: list[Finding] = []
    # A unit's own number may look like a personal number that nearly holds.
    found = [
        finding for finding in found if finding.refused or national(text[finding.start : finding.end]) not in spared
    ]
    for finding in found:
        if all(finding.end <= other.start or other.end <= finding.start for other in kept):
            kept.append(finding)
    return tuple(sorted(kept, key=lambda finding: finding.start))


def refused(text: str) -> bool:
    """Whether a response with this text is not sealed."""
    plain, _ = _plain(text)
    return any(finding.refused for finding in personal_numbers(plain, days(plain)))


def _plain(text: str) -> tuple[str, list[tuple[int, int]]]:
    """The text as it reads, and from where to where each of its characters stands in the other.

    What is not seen (soft hyphens, joiners, marks of direction) is left out; of the many digits, dashes and letters that
    look alike there is one, and a letter and the mark above it are one letter.
    """
    letters: list[str] = []
    spans: list[tuple[int, int]] = []
    for place, letter in enumerate(text):
        category = unicodedata.category(letter)
        if category == "Cf":
            continue
        if category == "Mn" and letters and len(marked := unicodedata.normalize("NFC", letters[-1] + letter)) == 1:
            letters[-1], spans[-1] = marked, (spans[-1][0], place + 1)
            continue
        usual = unicodedata.normalize("NFKC", letter)
        letters.append("-" if category == "Pd" else usual if len(usual) == 1 else letter)
        spans.append((place, place + 1))
    return "".join(letters), spans
