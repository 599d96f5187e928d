"""P5: boxes open whole, under their key and in their place, or not at all."""

import pytest

from interview.crypto.boxes import close_box, derive, open_box
from interview.errors import InterviewError

KEY = bytes(range(32))


def test_a_box_opens_under_its_key_and_in_its_place() -> None:
    box = close_box(KEY, b"secret", b"place")
    assert open_box(KEY, box, b"place") == b"secret"
    assert b"secret" not in box
    assert box != close_box(KEY, b"secret", b"place")


def test_every_change_of_a_box_shows() -> None:
    box = close_box(KEY, b"secret", b"place")
    changed = [box[:at] + bytes((box[at] ^ 1,)) + box[at + 1 :] for at in range(len(box))]
    attempts = [(KEY, each, b"place") for each in changed]
    attempts += [(KEY, box[:length], b"place") for length in range(len(box))]
    attempts += [(bytes(32), box, b"place"), (KEY, box, b"other"), (KEY, box + b"\0", b"place")]
    for key, each, place in attempts:
        with pytest.raises(InterviewError) as caught:
            open_box(key, each, place)
        assert caught.value.code == "crypto.damaged-box"


def test_one_key_gives_a_key_for_each_purpose() -> None:
    assert derive(KEY, "mac") == derive(KEY, "mac")
    assert len({derive(KEY, "mac"), derive(KEY, "secrets"), derive(bytes(32), "mac"), KEY}) == 4
