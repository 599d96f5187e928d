"""Text at the border: what may reach a terminal (T13) and what may stand in a spreadsheet's cell (T14)."""

import re
from typing import Final

# Whatever is not plain text to a terminal: C0, DEL, C1, soft hyphen, the format characters (Unicode category Cf:
# bidirectional controls, zero widths, tags), line and paragraph separators, noncharacters and lone surrogates.
_UNCLEAN: Final = (
    "\x00-\x1f\x7f-\x9f\xad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180e"
    "\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufdd0-\ufdef\ufeff\ufff0-\ufffb\ufffe\uffff"
    "\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_SUSPECT: Final = re.compile(f"[{_UNCLEAN}]")
# ECMA-48: whole strings (DCS, SOS, OSC, PM, APC, with ST or BEL at their end), control sequences, other escapes. Of a
# string without an end only the beginning goes, so no words are lost; it ends where another begins, so no time is.
_SEQUENCE: Final = re.compile(
    "(?:\x1b[PX\\]^_]|[\x90\x98\x9d-\x9f])[^\x07\x1b\x90\x98\x9c-\x9f\n\u2028\u2029]*(?:\x07|\x1b\\\\|\x9c)"
    "|(?:\x1b\\[|\x9b)[0-?]*[ -/]*[@-~]?"
    "|\x1b[ -/]*[0-~]?"
)
_LINE_ENDS: Final = re.compile("\r\n|[\r\n\x0b\x0c\x85\u2028\u2029]")
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def clean(text: str, *, keep_newlines: bool = False) -> str:
    """`text` without anything a terminal would obey: escape sequences, control, format and bidirectional characters.

    A tab is a blank; line ends of every kind are one newline, or a blank unless `keep_newlines`.
    """
    if _SUSPECT.search(text) is None:
        return text
    text = _LINE_ENDS.sub("\n", _SEQUENCE.sub("", text)).replace("\t", " ")
    text = _SUSPECT.sub(_newline_or_nothing, text)
    return text if keep_newlines else text.replace("\n", " ")


def cell(text: str) -> str:
    """`text` as a spreadsheet takes it for text: one that would begin a formula gets an apostrophe in front."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def _newline_or_nothing(found: re.Match[str]) -> str:
    return "\n" if found[0] == "\n" else ""
