"""Street addresses in a text: Swedish names of streets with a number, post boxes, flats, post codes."""

import re
from collections.abc import Iterator
from typing import Final

from interview.guard.findings import Finding, Kind

_ENDINGS: Final = (
    "gatan|gata|vägen|väg|gränden|gränd|stigen|stig|allén|allé|torget|torg|backen|backe|leden|slingan|kroken|svängen|kajen"
    "|esplanaden|stranden|strand|promenaden|bågen|ringen|liden|vången|gången|gård|gården|kullen|höjden|dalen|ängen|åsen"
)
_SURE: Final = "gatan|gata|vägen|väg|gränden|gränd|stigen|allén|esplanaden|slingan|kroken"
_NUMBER: Final = r"\s?(?:nr\s?|nummer\s)?\d{1,3}(?:[A-Za-z]\b|\s[A-H]\b|\s[a-h]\b(?!\s?[a-zåäö]))?(?:\s?[-–/]\s?\d{1,3})?(?![\d.,:]*\d)"
_NO_AMOUNT: Final = (
    r"(?!\s?(?:min|tim|mil\b|km|m\b|meter|gång|ggr|dag|veck|månad|år\b|st\b|stycken|kr|mg|ml|person|pers|patient|steg|trapp"
    r"|kilo|procent|%))"
)
_REST: Final = (
    r"(?:,?\s(?:lgh|lägenhet|våning|vån|tr)\.?\s?\d{1,4})?"
    r"(?:,?\s(?:S-|SE-)?\d{3}\s?\d{2}(?:\s[A-ZÅÄÖ][\wåäö]+)?|,?\s[A-ZÅÄÖ][a-zåäö]+(?=\s?[,.]|$))?"
)
_SIDE: Final = "Norra|Södra|Östra|Västra|Stora|Lilla|Gamla|Nya|Övre|Nedre"
_CAPITALISED: Final = re.compile(
    rf"\b(?P<street>(?:(?:{_SIDE})\s)?[A-ZÅÄÖ][\wåäö:-]*?(?:{_ENDINGS})|(?:{_SIDE})\s(?:{_ENDINGS}|Torg)"
    rf"|(?:[A-ZÅÄÖ][\wåäö]+\s)?[A-ZÅÄÖ][\wåäö]+s\s(?:väg|gata|gränd|stig|allé|plats|torg|backe))"
    rf"(?P<number>{_NUMBER}){_NO_AMOUNT}(?:{_REST})"
)
_SMALL: Final = re.compile(
    rf"\b(?P<street>[a-zåäöé]{{2,}}(?:{_SURE}))(?P<number>{_NUMBER}){_NO_AMOUNT}(?:{_REST})", re.IGNORECASE
)
_NO_STREET: Final = re.compile(
    r"(?:hem|om|åter|ut|in|till|från|motor|riks|läns|bil|cykel|gen|halv|mellan|urin|gall|luft|blod|smitt|vård|köp|fot|upp|ned|ner"
    r"|sido|gräns|ändtarms|transport|färd|kör|körs|tåg|på|av|sjö|land|skol|arbets|gång|farts|lands|huvud|tillfarts|trapp"
    r"|avdelnings|vårdavdelnings|sjukhus)"
    r"(?:vägen|väg|gatan|gata|stigen|leden|backen|gången|gård|gården|torget|strand|ringen|bågen|dalen|höjden)"
    r"|(?:hälso|innergård|bak|fram|omring|dörr|upp|telefon|efter).*|vård\w*",
    re.IGNORECASE,
)
_LIVING: Final = re.compile(
    r"\b(?:bor|bodde|bosatt|adress(?:en)?(?: är)?:?|hemadress:?)\s(?:(?:fortfarande|numera|nu|ju|kvar|själv|ensam)\s)?"
    rf"(?:på\s|i\s|vid\s)?(?P<street>[A-ZÅÄÖ][\wåäö:-]*(?:{_SURE}))\b"
)
_OTHER: Final = re.compile(
    r"\b(?:[Bb]ox\s\d{1,5}(?=\s?,|\s?\d{3}\s?\d{2}|\s?[.]|$)|(?:lgh|lägenhet)\.?\s?(?:nr\s?)?\d{3,4}\b"
    r"|[Pp]ostnummer(?:et)?\s(?:är\s)?\d{3}\s?\d{2}|(?:S-|SE-)\d{3}\s?\d{2}(?:\s[A-ZÅÄÖ][\wåäö]+)?"
    r"|[Pp]ortkod(?:en)?\s?(?:är\s|:\s?)?\d{3,6}|(?<=,\s)\d{3}\s\d{2}\s[A-ZÅÄÖ][a-zåäö]{2,})"
)


def addresses(text: str) -> Iterator[Finding]:
    """Every street address and part of one that says where somebody lives."""
    for pattern in (_CAPITALISED, _SMALL):
        for match in pattern.finditer(text):
            if not _NO_STREET.fullmatch(match["street"].split()[-1]):
                yield Finding(match.start(), match.start() + len(match[0].rstrip()), Kind.ADDRESS)
    for match in _LIVING.finditer(text):
        yield Finding(match.start("street"), match.end("street"), Kind.ADDRESS)
    for match in _OTHER.finditer(text):
        yield Finding(match.start(), match.end(), Kind.ADDRESS)
