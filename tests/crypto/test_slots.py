"""P5, T7: what a passphrase opens, and what a forged cost does not make the program do."""

import resource
import secrets
import time
from dataclasses import replace

import pytest

from interview.crypto.slots import NORMAL, TEST, Profile, Slot, unwrap, wrap
from interview.errors import InterviewError

SECRET = bytes(range(32))


def refusal(slot: Slot, passphrase: str = "a passphrase of words", associated: bytes = b"slot") -> str:
    with pytest.raises(InterviewError) as caught:
        unwrap(slot, passphrase, associated)
    return caught.value.code


@pytest.fixture
def slot() -> Slot:
    return wrap(SECRET, "a passphrase of words", TEST, b"slot")


def test_p5_a_slot_opens_to_its_passphrase_alone(slot: Slot) -> None:
    assert unwrap(slot, "a passphrase of words", b"slot") == SECRET
    assert refusal(slot, "a passphrase of word") == "crypto.damaged-box"
    assert refusal(slot, associated=b"another slot") == "crypto.damaged-box"
    assert refusal(replace(slot, salt=secrets.token_bytes(16))) == "crypto.damaged-box"
    assert refusal(replace(slot, passes=2)) == "crypto.damaged-box"
    assert refusal(replace(slot, box=slot.box[:-1])) == "crypto.damaged-box"
    assert refusal(replace(slot, box=b"")) == "crypto.damaged-box"


def test_p5_the_normal_cost_is_the_one_of_rfc_9106() -> None:
    assert (NORMAL.passes, NORMAL.memory, NORMAL.lanes) == (3, 64 * 1024, 4)
    made = wrap(SECRET, "a passphrase of words", NORMAL, b"")
    assert (made.passes, made.memory, made.lanes) == (3, 65536, 4)
    assert unwrap(made, "a passphrase of words", b"") == SECRET


@pytest.mark.parametrize(
    "change",
    [
        {"memory": 2**31},
        {"memory": 1024 * 1024 + 1},
        {"memory": 7},
        {"memory": -1},
        {"passes": 0},
        {"passes": 11},
        {"passes": 2**40},
        {"lanes": 0},
        {"lanes": 17},
        {"salt": b""},
        {"salt": bytes(15)},
        {"salt": bytes(4096)},
    ],
    ids=str,
)
def test_t7_a_forged_cost_is_refused_with_nothing_allocated(slot: Slot, change: dict[str, int]) -> None:
    before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.monotonic()
    assert refusal(replace(slot, **change)) == "crypto.unreasonable-parameters"
    assert time.monotonic() - began < 0.1
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 8 * 1024


def test_the_caps_stand_where_they_were_promised(slot: Slot) -> None:
    # t ≤ 10 and p ≤ 16 are computed; a cap on them that is too low would lock somebody out.
    assert refusal(replace(slot, passes=10, lanes=16, memory=128)) == "crypto.damaged-box"


def test_a_passphrase_is_the_same_from_every_keyboard() -> None:
    composed, decomposed = "blåbärsöl på ön", "bla\u030aba\u0308rso\u0308l pa\u030a o\u0308n"
    assert unwrap(wrap(SECRET, composed, TEST, b""), decomposed, b"") == SECRET


def test_every_slot_has_its_own_salt_and_hides_what_it_holds() -> None:
    one, other = (wrap(SECRET, "same", TEST, b"") for _ in range(2))
    assert one.salt != other.salt
    assert one.box != other.box
    assert SECRET not in one.box
    assert "box" not in repr(one)


def test_a_profile_made_here_is_held_to_the_caps_too() -> None:
    with pytest.raises(InterviewError) as caught:
        wrap(SECRET, "x", Profile("greedy", passes=3, memory=2**31, lanes=4), b"")
    assert caught.value.code == "crypto.unreasonable-parameters"


def test_a_lone_surrogate_from_a_terminal_is_a_passphrase_like_any_other() -> None:
    assert unwrap(wrap(SECRET, "\udcff", TEST, b""), "\udcff", b"") == SECRET
