"""Telephone numbers, e-mail and web addresses in a text. 1177, 112 and the units' own numbers are no findings."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from interview.guard.findings import Finding, Kind

_EMAIL: Final = re.compile(
    r"[\w.+%-]{1,64}\s?(?:@|\((?:at|a|snabel-?a)\)|\[(?:at|a|snabel-?a)\]|\ssnabel-?a\s)\s?[\w-]{1,63}(?:\s?\.\s?[\w-]{2,63}){0,4}(?<![.-])",
    re.IGNORECASE,
)
_WEB: Final = re.compile(
    r"(?:https?://|www\.)[^\s<>\"»”)\]]{2,}[^\s<>\"»”)\].,;:!?]"
    r"|(?<![\w.@-])(?:[a-zåäö0-9-]{2,63}\.){1,3}(?:com|org|net|eu|info)\b(?:/[^\s<>\"»”)\],;]*)?"
    # Where somebody forgets the blank after a full stop, "se" and "nu" begin a sentence.
    r"|(?<![\w.@-])(?:[a-zåäö0-9-]{2,63}\.){1,3}(?:se|nu)/[^\s<>\"»”)\],;]+"
    r"|(?<=\bpå\s)(?:[a-zåäö0-9-]{2,63}\.){1,3}(?:se|nu)\b|(?<=\bsidan\s)(?:[a-zåäö0-9-]{2,63}\.){1,3}(?:se|nu)\b",
    re.IGNORECASE,
)
_PUBLIC_WEB: Final = re.compile(r"(?:https?://)?(?:www\.)?1177\.se\b", re.IGNORECASE)

_TELEPHONE: Final = re.compile(r"(?<![\d.,:+/-])(?P<lead>\(?\+|\(?0)[\d\s()/.\-‐‑‒–—−]{5,22}\d(?![\d]|[.:,]\d)")
_WHOM: Final = "mig|oss|henne|honom|dem|gärna|helst|bara|alltid|bäst|hem|tillbaka|då|sedan|me|us"
_TOLD: Final = re.compile(
    r"\b(?:(?:tel|tfn|tele?fon|telefonen|telnr|telefonnummer|telefonnr|mobil|mobilen|mobilnummer|mobilnr|ring|nås på|nå mig på|phone)"
    r"(?:\s?(?:är|:|\.|på|nr))?"
    rf"|(?:ring(?:a|er|t|de)?|nås|når?|nått|sök(?:a|er|s|te)?|sms:?a|messa|svarar|call|reach)(?:\s(?:{_WHOM}))*\s(?:på|till|on|at)"
    r"(?:\s(?:tel|tele?fon|telefonen|mobil|mobilen|nr|nummer|numret))?"
    rf"|(?:ring(?:a|er)?|nå|sök|call)(?:\s(?:{_WHOM}))+"
    r"|(?:mitt|hennes|hans|vårt|deras|my)\s(?:nr|nummer|number)(?:\s(?:är|is))?|numret\sär)"
    r"[\s:.]{1,3}(?P<number>\d[\d\s\-‐‑‒–—−]{3,12}\d)"
    r"(?!\d|[.:,]\d|\s?(?:min|tim|gång|dag|år|mg|kr))",
    re.IGNORECASE,
)
_SHAPED: Final = re.compile(
    r"\(?0\d{1,3}\)?\s?[-‐‑‒–—−/]\s?\d{2,3}[\s-]?\d{2,3}(?:[\s-]?\d{2,3})?|07\d{8}|07\d(?:[\s-]?\d{2,3}){3}"
    r"|\+[1-9](?:[\s-]?\d){8,14}"
)
"""What looks like a telephone number to people, though no such number may be given out."""

_HOURS: Final = re.compile(r"[0-2]?\d[.:]?[0-5]?\d?\s?[-‐‑‒–—−]\s?[0-2]?\d[.:]?[0-5]?\d?|\d\d[.]\d\d(?:\s.*)?")
_BIRTHDAY: Final = re.compile(r"\d{6}[-+]\d{4}|(?:19|20)\d{6}[-+]?\d{4}|\d{2,4}-\d{2}-\d{2}")
_LONGEST_AREA: Final = 3
"""Digits of an area code without its zero, at most (08, 035, 0346)."""
_SHORTEST_NUMBER: Final = 5
_EVERYBODYS: Final = frozenset({"1177", "112", "11414", "11313"})


def everybodys(public: Iterable[str]) -> frozenset[str]:
    """The numbers that are no findings, as `national` gives them, with and without the area code: those given, 1177 and the emergency's."""
    return _EVERYBODYS.union(*(_local(national(number)) for number in public)) - {""}


def contacts(text: str, known: Iterable[str], spared: frozenset[str]) -> Iterator[Finding]:
    """Every telephone number, e-mail and web address; `known` numbers in any spelling, `spared` ones never."""
    for match in _EMAIL.finditer(text):
        yield Finding(match.start(), match.end(), Kind.EMAIL)
    for match in _WEB.finditer(text):
        if not _PUBLIC_WEB.match(match[0]):
            yield Finding(match.start(), match.end(), Kind.WEB)
    yield from _known(text, {national(number) for number in known} - spared)
    for match in _TELEPHONE.finditer(text):
        unclosed = match[0].startswith("(") and ")" not in match[0]
        yield from _trimmed(text, match.start() + unclosed, match.end(), spared)
    for match in _TOLD.finditer(text):
        number = match["number"]
        if 5 <= len(national(number)) <= 9 and national(number) not in spared and not _HOURS.fullmatch(number):
            yield Finding(match.start("number"), match.end("number"), Kind.TELEPHONE)


def _trimmed(text: str, start: int, end: int, spared: frozenset[str]) -> Iterator[Finding]:
    """The longest beginning that is a telephone number: other figures may follow it."""
    while end - start > 6:
        written = text[start:end]
        if _HOURS.fullmatch(written) or _BIRTHDAY.fullmatch(written) or national(written) in spared:
            return
        if _SHAPED.fullmatch(written) or _is_telephone(written):
            yield Finding(start, end, Kind.TELEPHONE)
            return
        # Without its last group of digits.
        end = start + len(re.sub(r"[^\d]*\d+$", "", written))


def _is_telephone(written: str) -> bool:
    import phonenumbers  # noqa: PLC0415  55 ms, and most texts have no number

    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(written, "SE"))
    except phonenumbers.NumberParseException:
        return False


def _known(text: str, numbers: set[str]) -> Iterator[Finding]:
    """Numbers of the case, whatever stands between their digits, with or without the area or country code."""
    for number in numbers:
        for local in _local(number):
            spelled = r"[\s()/.\-‐‑‒–—−]{0,3}".join(local)
            code = r"(?:\+|00)?(?:46)?[\s()-]{0,3}0?[\s()-]{0,3}" if local == number else ""
            for match in re.finditer(rf"(?<!\d){code}{spelled}(?!\d)", text):
                blanks = len(match[0]) - len(match[0].lstrip())
                yield Finding(match.start() + blanks, match.end(), Kind.TELEPHONE)


def _local(number: str) -> list[str]:
    """A number as `national` gives it, and without what may be its area code; nothing for one too short to be known by."""
    return [number[area:] for area in range(_LONGEST_AREA + 1) if len(number) - area >= _SHORTEST_NUMBER]


def national(number: str) -> str:
    """The digits without the country's code and the zero before the area's."""
    digits = "".join(char for char in number if char.isdigit())
    if number.lstrip(" (").startswith("+46"):
        digits = digits[2:]
    elif digits.startswith("0046"):
        digits = digits[4:]
    return digits.lstrip("0")
