"""JSON that hashes the same everywhere, and a reader that takes nothing else for granted (T11).

Canonical: keys sorted by code point, no blanks, UTF-8, no escapes beyond JSON's own, whole numbers only. It is the form
every hash and signature of the program is over.
"""

import json
import re
from dataclasses import dataclass
from typing import Any, Final, NoReturn

from interview.errors import InterviewError

LARGEST: Final = 2**53 - 1
"""The largest whole number, either side of zero, that every JSON reader takes exactly (RFC 8259 section 6)."""
_DIGITS: Final = 17
_SURROGATE_ESCAPE: Final = re.compile(rb"\\u[dD][89a-fA-F]")


@dataclass(frozen=True, slots=True)
class Limits:
    """What is read at most: bytes, depth of nesting, and values (counted before anything is built)."""

    size: int = 4 * 1024 * 1024
    depth: int = 64
    values: int = 100_000


DEFAULT_LIMITS: Final = Limits()


def canonical_json(value: object) -> bytes:
    """The canonical bytes of dicts with text keys, lists, tuples, texts, whole numbers, booleans and None.

    `crypto.bad-json` (reason `number`, `key`, `type`, `text`, `depth`) for anything JSON would not give back unchanged.
    """
    _check(value)
    try:
        text = json.dumps(value, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"))
        return text.encode("utf-8")
    except UnicodeEncodeError:
        _refuse("text")


def strict_json(raw: bytes, limits: Limits = DEFAULT_LIMITS) -> Any:
    """The value of a JSON text: dicts, lists, texts, whole numbers, booleans, None.

    `crypto.bad-json` with the reason: `size`, `depth`, `values`, `text` (not UTF-8, lone surrogates), `syntax`,
    `duplicate-key`, `number` (fractions, NaN, beyond `LARGEST`).
    """
    if len(raw) > limits.size:
        _refuse("size")
    # Every value but the first follows one of these; some stand inside texts, so this counts too many, never too few.
    if raw.count(b",") + raw.count(b"[") + raw.count(b"{") > limits.values:
        _refuse("values")
    try:
        value = json.loads(
            raw.decode("utf-8"),
            object_pairs_hook=_object,
            parse_int=_integer,
            parse_float=_no_number,
            parse_constant=_no_number,
        )
    except UnicodeDecodeError:
        _refuse("text")
    except json.JSONDecodeError:
        _refuse("syntax")
    except RecursionError:
        _refuse("depth")
    _check_depth(value, limits.depth)
    if _SURROGATE_ESCAPE.search(raw):
        _check_text(value)
    return value


def _check(value: object) -> None:
    # Level by level instead of recursively: half the time on a response, and no stack to exhaust.
    level = [value]
    for _ in range(DEFAULT_LIMITS.depth + 1):
        below: list[object] = []
        for item in level:
            kind = type(item)
            if kind is str or kind is bool or item is None:
                continue
            if kind is dict:
                below.extend(_values_of(item))
            elif kind is list or kind is tuple:
                below.extend(item)  # type: ignore[arg-type]
            elif isinstance(item, int):
                if not -LARGEST <= item <= LARGEST:
                    _refuse("number")
            elif isinstance(item, float):
                _refuse("number")
            elif not isinstance(item, str):
                _refuse("type")
        if not below:
            return
        level = below
    _refuse("depth")


def _values_of(item: Any) -> Any:
    for key in item:
        if not isinstance(key, str):
            _refuse("key")
    return item.values()


def _check_depth(value: object, depth: int) -> None:
    level = [value]
    for _ in range(depth + 1):
        below: list[object] = []
        for item in level:
            if type(item) is dict:
                below.extend(item.values())
            elif type(item) is list:
                below.extend(item)
        if not below:
            return
        level = below
    _refuse("depth")


def _check_text(value: object) -> None:
    try:
        json.dumps(value, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError:
        _refuse("text")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        _refuse("duplicate-key")
    return found


def _integer(text: str) -> int:
    if len(text) > _DIGITS or not -LARGEST <= (number := int(text)) <= LARGEST or text == "-0":
        _refuse("number")
    return number


def _no_number(text: str) -> NoReturn:
    _refuse("number")


def _refuse(reason: str) -> NoReturn:
    raise InterviewError("crypto.bad-json", "", reason=reason)
