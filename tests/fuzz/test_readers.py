"""C8, T11: whatever comes from outside is read to a value or to an InterviewError in words, quickly and in little memory."""

import json
import sys
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from interview.canonical import canonical_json
from interview.exchange.encoding import to_base64
from interview.exchange.envelope import Kind
from interview.exchange.succession import make_succession
from tests.fuzz.bombs import bombs
from tests.fuzz.measuring import assert_cheap
from tests.fuzz.readers import RECEIPT, RESPONSE, SIGNER, SLOWEST, STATION, SURVEY, Reader, sign_any
from tests.pace import slowness

NAMES = (
    *("questionnaire", "stored questionnaire", "workbook", "batch", "survey", "survey plan", "keyring", "station card"),
    *("recipient card", "receipt", "rotation", "succession", "response", "settings", "fhir", "backup"),
)
QUICK = {"workbook": 6, "backup": 6}
"""Examples in the quick suite where a good one takes long by itself."""


@st.composite
def accidents(draw: st.DrawFn) -> list[tuple[int, int, int, bytes]]:
    """What happens to a file: at a place (in 1/10,000 of it), so many bytes go, and a word or bytes come."""
    one = st.tuples(st.integers(0, 9999), st.integers(0, 3), st.integers(0, 40), st.binary(max_size=3))
    return draw(st.lists(one, min_size=1, max_size=4))


def spoilt(reader: Reader, changes: list[tuple[int, int, int, bytes]]) -> bytes:
    """An example after the accidents."""
    content = reader.examples[0]
    for place, gone, word, other in changes:
        at = len(content) * place // 10_000
        come = reader.words[word % len(reader.words)] if word < 30 else other
        content = content[:at] + come + content[at + gone :]
    return content


def fuzzed(name: str, reader: Reader, examples: int) -> None:
    """Spoil a reader's example in so many ways; each is judged, and each in time."""

    @settings(
        max_examples=examples, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
    )
    @given(accidents())
    def each(changes: list[tuple[int, int, int, bytes]]) -> None:
        content = spoilt(reader, changes)
        took = reader.timed(content)
        # A pause of the machine is not the reader's.
        assert took < SLOWEST or any(reader.timed(content) < SLOWEST * slowness() for _ in range(5)), (name, took)

    each()


@pytest.mark.parametrize("name", NAMES)
def test_t11_accidents_to_a_file_are_told_in_words(every_reader: Mapping[str, Reader], name: str) -> None:
    fuzzed(name, every_reader[name], QUICK.get(name, 20))


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_t11_many_accidents_to_a_file_are_told_in_words(every_reader: Mapping[str, Reader], name: str) -> None:
    fuzzed(name, every_reader[name], 150 if name in QUICK else 1200)


def test_every_reader_is_tried(every_reader: Mapping[str, Reader]) -> None:
    assert set(NAMES) == set(every_reader)


JUNK: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(st.characters(exclude_categories=("Cs",)), max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abcdefgh", max_size=4), inner, max_size=3),
    max_leaves=6,
)  # fmt: skip
CONTENTS: dict[str, tuple[Kind, dict[str, Any]]] = {
    "survey": (Kind.SURVEY, SURVEY.model_dump(mode="json")),
    "receipt": (Kind.RECEIPT, RECEIPT),
    "rotation": (Kind.ROTATION, {"new": RECEIPT["station"]}),
    "succession": (Kind.SUCCESSION, {"new": RECEIPT["station"], "batches": [RECEIPT["batch"]]}),
    "station card": (
        Kind.STATION,
        {"signing": to_base64(SIGNER.public), "name": "S", "unit": "u", "organisation": "primary-care", "rehearsal": False,
         "succeeds": [json.loads(make_succession(STATION, SIGNER.public, ()))]},
    ),
    "recipient card": (Kind.RECIPIENT, {"name": "C", "sealing": RECEIPT["station"], "signing": RECEIPT["station"]}),
}  # fmt: skip


def grafted(value: Any, path: list[int], junk: Any) -> Any:
    """A value with something else at a place in it, found by going down as `path` says."""
    if not path or not isinstance(value, dict | list) or not value:
        return junk
    if isinstance(value, list):
        at = path[0] % len(value)
        return [*value[:at], grafted(value[at], path[1:], junk), *value[at + 1 :]]
    key = sorted(value)[path[0] % len(value)]
    return {**value, key: grafted(value[key], path[1:], junk)}


def signed(name: str, reader: Reader, examples: int) -> None:
    """Put anything at any place of what is signed; each is judged."""
    kind, content = CONTENTS[name]

    @settings(max_examples=examples, deadline=None, derandomize=True, database=None)
    @given(st.lists(st.integers(0, 30), min_size=1, max_size=4), JUNK)
    def each(path: list[int], junk: Any) -> None:
        envelope = sign_any(kind, grafted(content, path, junk))
        reader.judged(b'{"survey":' + envelope + b',"questionnaires":[]}' if name == "survey" else envelope)

    each()


@pytest.mark.parametrize("name", CONTENTS)
def test_t11_anything_may_be_signed(every_reader: Mapping[str, Reader], name: str) -> None:
    signed(name, every_reader[name], 20)


@pytest.mark.slow
@pytest.mark.parametrize("name", CONTENTS)
def test_t11_very_much_may_be_signed(every_reader: Mapping[str, Reader], name: str) -> None:
    signed(name, every_reader[name], 1000)


@settings(max_examples=30, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.integers(0, 30), min_size=1, max_size=4), JUNK)
def test_t11_a_response_may_hold_anything(every_reader: Mapping[str, Reader], path: list[int], junk: Any) -> None:
    every_reader["response"].judged(canonical_json(grafted(RESPONSE, path, junk)))


@pytest.mark.skipif(sys.platform != "linux", reason="memory is read from Linux's own account of it")
@pytest.mark.parametrize("name", NAMES)
def test_t11_small_inputs_made_to_cost_much_cost_little(every_reader: Mapping[str, Reader], name: str) -> None:
    """In under 100 ms and 50 MB, whatever library reads it."""
    assert_cheap(every_reader[name], bombs(every_reader[name], name))
