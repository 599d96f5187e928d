"""P1: a held, doubled or pasted key never answers a question that was not read."""

from collections.abc import Callable
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from textual.events import Key

from interview.tui.key_guard import AGAIN_SECONDS, HEEL_SECONDS, VISIBLE_SECONDS, KeyGuard


class Clock:
    """Seconds that the test moves on."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now

    def on(self, seconds: float) -> None:
        self.now += seconds


def guard() -> tuple[KeyGuard, Clock]:
    clock = Clock()
    return KeyGuard(clock), clock


def test_nothing_counts_before_a_question_is_shown() -> None:
    keys, clock = guard()
    clock.on(5)
    assert not keys.takes("1")


@pytest.mark.parametrize("what", [KeyGuard.shown, partial(KeyGuard.opened, careful=True)], ids=["question", "menu"])
def test_a_choice_counts_only_when_what_is_to_be_read_has_been_visible_for_300_ms(
    what: Callable[[KeyGuard], None],
) -> None:
    keys, clock = guard()
    what(keys)
    clock.on(VISIBLE_SECONDS - 0.01)
    assert not keys.takes("1")
    clock.on(0.02)
    assert keys.takes("2")


def test_the_same_key_counts_again_only_700_ms_after_its_last_press() -> None:
    keys, clock = guard()
    keys.shown()
    clock.on(1)
    assert keys.takes("1")
    keys.shown()
    clock.on(AGAIN_SECONDS - 0.05)
    assert not keys.takes("1")
    assert keys.takes("2"), "another key is another press"
    clock.on(AGAIN_SECONDS)
    assert keys.takes("1")


def test_a_held_key_answers_once_however_long_it_is_held() -> None:
    keys, clock = guard()
    keys.shown()
    clock.on(1)
    counted = 0
    for _ in range(200):
        if keys.takes("1"):
            counted += 1
            keys.shown()
        clock.on(0.033)
    assert counted == 1


def test_a_slowly_repeating_held_key_answers_once() -> None:
    """Keyboards wait up to half a second before the first repeat."""
    keys, clock = guard()
    keys.shown()
    clock.on(1)
    assert keys.takes("1")
    keys.shown()
    clock.on(0.5)
    assert not keys.takes("1")
    clock.on(0.5)
    assert not keys.takes("1")


def test_keys_during_a_save_are_dropped() -> None:
    keys, clock = guard()
    keys.shown()
    clock.on(1)
    assert keys.takes("1")
    keys.hidden()
    clock.on(2)
    assert not keys.takes("2")
    keys.shown()
    assert not keys.takes("3")


def test_a_burst_of_typed_digits_answers_one_question() -> None:
    """A paste that the terminal does not mark arrives as keys, all within moments."""
    keys, clock = guard()
    keys.shown()
    clock.on(1)
    counted = 0
    for digit in "1231212312":
        if keys.takes(digit):
            counted += 1
            keys.shown()
        clock.on(0.001)
    assert counted == 1


def test_a_menu_the_caller_opened_takes_a_digit_at_once_but_no_held_one() -> None:
    keys, _ = guard()
    keys.opened()
    assert keys.takes("2")
    keys.opened()
    assert not keys.takes("2")


def test_what_was_covered_before_it_was_read_is_to_be_read_again() -> None:
    keys, clock = guard()
    keys.shown()
    clock.on(0.1)
    for _ in range(2):
        keys.opened()
        clock.on(5)
    keys.stayed()
    assert not keys.takes("1")
    clock.on(VISIBLE_SECONDS + 0.01)
    assert keys.takes("2")
    # Once it was read, nothing that lies over it makes it unread.
    keys.covered()
    keys.uncovered()
    assert keys.takes("3")


def test_a_letter_that_was_a_key_before_is_no_text_while_it_is_held() -> None:
    keys, clock = guard()
    keys.shown()
    clock.on(1)
    keys.pressed(Key("k", "k"))
    keys.pressed(Key("enter", "\r"))
    assert keys.takes("enter", in_turn=True), "only letters may be text"
    clock.on(0.5)
    assert not keys.takes("k")


@settings(max_examples=80)
@given(st.lists(st.tuples(st.sampled_from("12345"), st.floats(0, 1.2)), max_size=60))
def test_between_two_answers_lie_300_ms_and_of_one_key_700_ms(presses: list[tuple[str, float]]) -> None:
    keys, clock = guard()
    keys.shown()
    visible_since = clock.now
    last: dict[str, float] = {}
    for key, wait in presses:
        clock.on(wait)
        if keys.takes(key):
            assert clock.now - visible_since >= VISIBLE_SECONDS - 1e-9
            assert key not in last or clock.now - last[key] >= AGAIN_SECONDS
            keys.shown()
            visible_since = clock.now
        last[key] = clock.now


def test_a_key_on_the_heels_of_one_that_leads_elsewhere_counts_only_where_that_led() -> None:
    """Both came at once: the second is looked at before the first has been followed."""
    keys, clock = guard()
    keys.shown()
    clock.on(1)
    keys.pressed(Key("f9", None))
    clock.on(HEEL_SECONDS - 0.01)
    assert not keys.takes("1") and keys.takes("unknown", in_turn=True)
    keys.opened()
    assert keys.takes("2"), "the menu that was asked for is there"
    keys.pressed(Key("f2", None))
    clock.on(HEEL_SECONDS + 0.01)
    assert keys.takes("3")
