"""Conditions as they are written in a cell: `B4 is before or B4 is after`, `D1 = yes and D2 is-not not-yet`."""

import re
from typing import Any, Final

_JOINED: Final = re.compile(r"\s+(and|och|or|eller)\s+", re.IGNORECASE)
_COMPARED: Final = re.compile(
    r"\s*[\"']?([A-Za-z][A-Za-z0-9-]*)[\"']?\s*"
    r"(?:\s(answered|besvarad|is[ -]not|är inte|is|är|more[ -]than|less[ -]than|at[ -]least|at[ -]most"
    r"|mer än|mindre än|minst|högst)\s"
    r"|(!=|<>|>=|<=|=|>|<))\s*(\S.*?)\s*",
    re.IGNORECASE,
)
_WORDS: Final = {
    "är": "is", "=": "is", "is not": "is-not", "är inte": "is-not", "!=": "is-not", "<>": "is-not", ">": "more-than",
    "<": "less-than", ">=": "at-least", "<=": "at-most", "besvarad": "answered",
    "mer än": "more-than", "mindre än": "less-than", "minst": "at-least", "högst": "at-most",
}  # fmt: skip
_ANY: Final = ("or", "eller")
OPERATORS: Final = ("is", "is-not", "more-than", "less-than", "at-least", "at-most", "answered")
"""How two things can be compared, as it is written in a cell."""


def parse_condition(text: str) -> tuple[str, list[tuple[str, str, str]]] | None:
    """`any` or `all`, and the comparisons as (question, operator, answer); None where it cannot be read."""
    parts = _JOINED.split(text)
    joins = {"any" if word.lower() in _ANY else "all" for word in parts[1::2]}
    if len(joins) > 1:
        return None
    found = []
    for part in parts[::2]:
        compared = _COMPARED.fullmatch(part)
        if compared is None:
            return None
        word = (compared[2] or compared[3]).lower()
        word = _WORDS.get(word, word).replace(" ", "-")
        found.append((compared[1], word, compared[4].strip("\"'")))
    return (joins.pop() if joins else "all"), found


def write_condition(when: dict[str, Any] | None) -> str:
    """The cell of a condition as `writing.as_tree` gives it."""
    if not when:
        return ""
    join = next((join for join in ("any", "all") if join in when), "")
    parts = when[join] if join else [when]
    words = " or " if join == "any" else " and "
    return words.join(_written(part) for part in parts)


def _written(condition: dict[str, Any]) -> str:
    operator = next(key for key in condition if key != "question")
    return f"{condition['question']} {operator} {condition[operator]}"
