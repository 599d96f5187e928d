"""TOML as people write it, read within limits (T11): of nesting and of dotted keys the standard library makes much work."""

import re
import tomllib
from typing import Any, Final

DEEPEST: Final = 16
"""Levels of brackets, and dots of a line outside its texts, at most."""
_COMMENT: Final = re.compile(r"#[^\n]*")
_TEXT: Final = re.compile(r"\"[^\"\n]*\"|'[^'\n]*'")
_BRACKET: Final = re.compile(r"[\[\]{}]")


def parse_toml(text: str) -> dict[str, Any]:
    """The table in a TOML text; ValueError, which says why and where, for any other text."""
    bare = _COMMENT.sub("", _TEXT.sub("", text))
    for number, line in enumerate(bare.split("\n"), 1):
        if line.count(".") > DEEPEST:
            raise ValueError(f"More than {DEEPEST} dots (at line {number})")
    depth = 0
    for bracket in _BRACKET.findall(bare):
        depth = depth + 1 if bracket in "[{" else max(depth - 1, 0)
        if depth > DEEPEST:
            raise ValueError(f"Nested more than {DEEPEST} deep")
    return tomllib.loads(text)
