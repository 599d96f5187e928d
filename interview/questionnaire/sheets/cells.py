"""Cells as people leave them: mended where only one thing can be meant, and every mending told."""

import re
from datetime import date, datetime, time
from typing import Final

from interview.questionnaire.sheets.layout import Kind, language_tag

Raw = str | int | float | bool | datetime | date | time | None
"""What a workbook holds in a cell."""

_BLANKS: Final = re.compile("[\u00a0\u2000-\u200a\u202f\u205f\u3000]")
_NOTHING: Final = re.compile("[\u200b-\u200d\u2060\ufeff\u00ad]")
_CURLY: Final = str.maketrans(
    {"\u201c": '"', "\u201d": '"', "\u201e": '"', "\u2018": "'", "\u2019": "'", "\u2013": "-", "\u2014": "-"}
)
_WHOLE: Final = re.compile(r"(-?[0-9]+)\.0+")
_WITH_COMMA: Final = re.compile(r"(-?[0-9]+),([0-9]+)")
_BETWEEN_LANGUAGES: Final = re.compile(r"[\s,;/&+]+")
_AND: Final = ("och", "and")
_FLAGS: Final = {
    "ja": "yes", "j": "yes", "x": "yes", "true": "yes", "sant": "yes", "1": "yes", "y": "yes",
    "nej": "no", "n": "no", "false": "no", "falskt": "no", "0": "no",
}  # fmt: skip
EXCEL_ERROR: Final = re.compile(
    r"#(NULL!|DIV/0!|VALUE!|REF!|NAME\?|NUM!|N/A|SPILL!|CALC!|FIELD!|BLOCKED!|CONNECT!|BUSY!|UNKNOWN!|PYTHON!|EXTERNAL!"
    r"|GETTING_DATA|SKÄRNING!|DIVISION/0!|VÄRDEFEL!|REFERENS!|NAMN\?|OGILTIGT!|SAKNAS!)"
)
"""What a formula that fails leaves behind, by Excel's own names and, where it was pasted as text, by the Swedish ones."""


def as_text(raw: Raw) -> str:
    """A cell's value as the text that is meant: whole numbers without a point, dates in ISO 8601, yes and no."""
    if raw is None:
        return ""
    if isinstance(raw, bool):
        return "yes" if raw else "no"
    if isinstance(raw, float) and raw.is_integer():
        return str(int(raw))
    return _moment(raw) if isinstance(raw, date | time) else str(raw)


def _moment(raw: date | time) -> str:
    if isinstance(raw, time):
        return raw.strftime("%H:%M")
    if isinstance(raw, datetime):
        return raw.date().isoformat() if raw.time() == time() else raw.isoformat(timespec="minutes")
    return raw.isoformat()


def mended(text: str, kind: Kind) -> str:
    """The text as it is taken: stray blanks away, and in codes and conditions straight quotes, plain numbers."""
    found = _NOTHING.sub("", _BLANKS.sub(" ", text)).replace("\r\n", "\n").replace("\r", "\n").strip()
    if kind in (Kind.WORDS, Kind.PLAIN):
        return found
    found = found.translate(_CURLY)
    if kind is not Kind.CONDITION:
        found = found.strip("\"' ")
        found = _WITH_COMMA.sub(r"\1.\2", found) if _WITH_COMMA.fullmatch(found) else found
        found = _WHOLE.sub(r"\1", found)
    if kind is Kind.FLAG:
        return _FLAGS.get(found.lower(), found.lower())
    return found.lower() if kind is Kind.WORD else found


def languages_in(text: str) -> tuple[str, ...]:
    """The languages a cell names, however they are divided."""
    words = _BETWEEN_LANGUAGES.split(mended(text, Kind.CODE))
    return tuple(language_tag(word) for word in words if word and word.lower() not in _AND)
