"""T5: padded bytes have one length and give back exactly what was padded."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interview.crypto.padding import pad, round_up_kib, unpad
from interview.errors import InterviewError


@given(st.binary(max_size=200), st.integers(0, 100))
def test_t5_what_was_padded_comes_back(content: bytes, spare: int) -> None:
    padded = pad(content, len(content) + 4 + spare)
    assert len(padded) == len(content) + 4 + spare
    assert unpad(padded) == content


def test_p4_what_does_not_fit_is_refused_with_both_lengths() -> None:
    pad(bytes(60), 64)
    with pytest.raises(InterviewError) as caught:
        pad(bytes(61), 64)
    assert caught.value.code == "crypto.too-long"
    assert caught.value.facts == {"length": 61, "limit": 60}


@pytest.mark.parametrize("padded", [b"", b"\0\0\0", b"\0\0\0\2a", b"\0\0\0\1ab", b"\0\0\0\1a\0\0b", b"\xff" * 64])
def test_what_was_not_padded_is_refused(padded: bytes) -> None:
    with pytest.raises(InterviewError) as caught:
        unpad(padded)
    assert caught.value.code == "crypto.damaged-record"


def test_sizes_are_whole_kib() -> None:
    assert [round_up_kib(length) for length in (0, 1, 1023, 1024, 1025)] == [0, 1024, 1024, 1024, 2048]
