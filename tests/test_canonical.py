"""P6, T11: one value has one text, and a text that is anything else is refused before it costs anything."""

import json
import time
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interview.canonical import LARGEST, Limits, canonical_json, strict_json
from interview.errors import InterviewError
from tests.pace import slowness

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-LARGEST, LARGEST) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4),
    max_leaves=12,
)


def reason(raw: bytes, limits: Limits | None = None) -> str | int:
    with pytest.raises(InterviewError) as caught:
        strict_json(raw, limits) if limits else strict_json(raw)
    assert caught.value.code == "crypto.bad-json"
    return caught.value.facts["reason"]


def timed(raw: bytes) -> float:
    began = time.process_time()
    reason(raw)
    return time.process_time() - began


@given(VALUES)
def test_what_is_written_is_read_back_and_written_the_same(value: object) -> None:
    raw = canonical_json(value)
    assert strict_json(raw) == value
    assert canonical_json(strict_json(raw)) == raw
    assert canonical_json(json.loads(json.dumps(value, indent=3))) == raw


def test_canonical_bytes_stay_as_they_were_signed() -> None:
    value = {"å": [1, -1, True, None, '\u2028\t"\\/é\N{GRINNING FACE}'], "a": {"z": "", "b": ()}, "": 0}
    expected = '{"":0,"a":{"b":[],"z":""},"å":[1,-1,true,null,"\u2028\\t\\"\\\\/é\N{GRINNING FACE}"]}'
    assert canonical_json(value).decode() == expected


@pytest.mark.parametrize(
    ("value", "why"),
    [
        (1.0, "number"),
        (float("nan"), "number"),
        ([{"a": float("inf")}], "number"),
        (LARGEST + 1, "number"),
        (-(2**70), "number"),
        ({1: "a"}, "key"),
        ({None: "a"}, "key"),
        ({"a": b"bytes"}, "type"),
        ({"a"}, "type"),
        ("\ud800", "text"),
        ({"\udfff": 1}, "text"),
    ],
    ids=repr,
)
def test_what_json_would_not_give_back_is_not_written(value: object, why: str) -> None:
    with pytest.raises(InterviewError) as caught:
        canonical_json(value)
    assert caught.value.facts == {"reason": why}


def test_a_value_that_holds_itself_is_not_written() -> None:
    loop: list[object] = []
    loop.append(loop)
    with pytest.raises(InterviewError) as caught:
        canonical_json(loop)
    assert caught.value.facts == {"reason": "depth"}


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (b'{"a":1,"a":1}', "duplicate-key"),
        (b'[{"b":{"a":1,"\\u0061":2}}]', "duplicate-key"),
        (b"NaN", "number"),
        (b"[Infinity]", "number"),
        (b"[-Infinity]", "number"),
        (b"1.0", "number"),
        (b"1e3", "number"),
        (b"-0", "number"),
        (b"9007199254740992", "number"),
        (b"-9007199254740992", "number"),
        (b"1" * 5000, "number"),
        (b"", "syntax"),
        (b"{}x", "syntax"),
        (b"[1,]", "syntax"),
        (b"{'a':1}", "syntax"),
        (b'"\x01"', "syntax"),
        (b"\xef\xbb\xbf{}", "syntax"),
        (b'"\xff"', "text"),
        (b'"\xed\xa0\x80"', "text"),
        (b'"\\ud800"', "text"),
        (b'{"\\udc00":[]}', "text"),
        (b"\xfe\xff\x00{\x00}", "text"),
        (b"[" * 66 + b"]" * 66, "depth"),
        (b'{"a":' * 66 + b"1" + b"}" * 66, "depth"),
        (b"[" * 5000 + b"]" * 5000, "depth"),
        (b"[" * 100_000, "depth"),
    ],
    ids=lambda value: repr(value)[:30],
)
def test_t11_anything_else_is_refused(raw: bytes, why: str) -> None:
    assert reason(raw) == why


def test_what_the_limits_allow_is_read() -> None:
    assert strict_json(b" [ 1 ,\n 2 ] ") == [1, 2]
    assert strict_json(b'"\\ud83d\\ude00"') == "\N{GRINNING FACE}"
    assert strict_json(b"9007199254740991") == LARGEST
    assert strict_json(b"-9007199254740991") == -LARGEST
    assert strict_json(b"[" * 64 + b"]" * 64)


def test_t11_the_callers_limits_hold() -> None:
    tight = Limits(size=20, depth=2, values=5)
    assert strict_json(b"[[1,2,3]]", tight) == [[1, 2, 3]]
    assert reason(b"[[1,2,3,4,5]]", tight) == "values"
    assert reason(b"[[[1]]]", tight) == "depth"
    assert reason(b'"aaaaaaaaaaaaaaaaaaaaa"', tight) == "size"


@pytest.mark.parametrize(
    "raw",
    [
        b"[" * 200_000,
        b"[" + b"[]," * 1_300_000 + b"[]]",
        b'{"a":' * 100_000,
        b" " * (5 * 1024 * 1024),
        b"1" * (4 * 1024 * 1024),
        b'{"a":1,' + b'"b":1,' * 99_000 + b'"c":1}',
    ],
    ids=["nesting", "many", "nesting objects", "large", "one number", "duplicates"],
)
def test_t11_refusing_takes_little_time_and_memory(raw: bytes) -> None:
    # Once in five times at least, because other programs run on the machine that tests.
    assert any(timed(raw) < 0.1 * slowness() for _ in range(5))
    tracemalloc.start()
    reason(raw)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 50 * 1024 * 1024
