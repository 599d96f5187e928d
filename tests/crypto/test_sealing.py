"""P4: whatever a station keeps opens for its recipients alone, and for ever."""

import hashlib
import json
import random
import signal
from pathlib import Path

import pytest

from interview.crypto.padding import pad, unpad
from interview.crypto.sealing import (
    MAX_RECIPIENTS,
    OVERHEAD,
    PRIVATE,
    PUBLIC,
    Purpose,
    Sealer,
    SealingKey,
    open_sealed,
    seal,
)
from interview.errors import InterviewError

SURVEY = hashlib.sha256(b"a survey").digest()
VECTOR = json.loads((Path(__file__).parent / "record-format-1.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def keys() -> list[SealingKey]:
    return [SealingKey.generate() for _ in range(3)]


def refusal(record: bytes, key: SealingKey, position: int = 0, survey: bytes = SURVEY) -> str:
    with pytest.raises(InterviewError) as caught:
        open_sealed(record, key, position, survey)
    return caught.value.code


def test_p4_every_recipient_opens_the_same_bytes(keys: list[SealingKey]) -> None:
    padded = pad(b"answers", 1024)
    record = seal(padded, [key.public for key in keys], SURVEY)
    assert [open_sealed(record, key, position, SURVEY) for position, key in enumerate(keys)] == [padded] * 3
    assert len(record) == 6 + 3 * (1024 + OVERHEAD)


def test_p4_a_record_of_format_1_opens_for_ever() -> None:
    record, survey = bytes.fromhex(VECTOR["record"]), bytes.fromhex(VECTOR["survey_hash"])
    for position, raw in enumerate(VECTOR["keys"]):
        key = SealingKey.from_bytes(bytes.fromhex(raw))
        assert hashlib.sha256(key.public).hexdigest() == VECTOR["publics"][position]
        assert open_sealed(record, key, position, survey).hex() == VECTOR["padded"]
    assert unpad(bytes.fromhex(VECTOR["padded"])) == b'{"svar":"Ja, till stor del"}'


def test_p4_the_record_names_format_suite_and_recipients(keys: list[SealingKey]) -> None:
    record = seal(bytes(16), [keys[0].public, keys[1].public], SURVEY)
    assert record[:6] == b"IVR\x01\x01\x02"


def test_t5_the_length_tells_nothing_about_the_answers(keys: list[SealingKey]) -> None:
    sealer = Sealer([keys[0].public], SURVEY)
    texts = ("", "a" * 500, "\N{GRINNING FACE}" * 500)
    assert len({len(sealer.seal(pad(text.encode(), 4096))) for text in texts}) == 1


def test_two_records_of_the_same_answers_are_different(keys: list[SealingKey]) -> None:
    sealer = Sealer([keys[0].public], SURVEY)
    assert sealer.seal(bytes(64)) != sealer.seal(bytes(64))


def test_p4_another_survey_purpose_key_or_position_does_not_open_it(keys: list[SealingKey]) -> None:
    record = seal(bytes(64), [key.public for key in keys[:2]], SURVEY)
    assert refusal(record, keys[2]) == "crypto.damaged-record"
    assert refusal(record, keys[0], position=1) == "crypto.damaged-record"
    assert refusal(record, keys[0], position=2) == "crypto.not-for-this-key"
    assert refusal(record, keys[0], position=-1) == "crypto.not-for-this-key"
    assert refusal(record, keys[0], survey=hashlib.sha256(b"another").digest()) == "crypto.damaged-record"
    with pytest.raises(InterviewError) as caught:
        open_sealed(record, keys[0], 0, SURVEY, Purpose.TALLIES)
    assert caught.value.code == "crypto.damaged-record"


def test_t9_no_changed_byte_of_a_record_opens(keys: list[SealingKey]) -> None:
    record = seal(b"0123456789abcdef", [keys[0].public], SURVEY)
    rng = random.Random(9)
    for place in range(len(record)):
        changed = bytearray(record)
        changed[place] ^= 1 << rng.randrange(8)
        code = refusal(bytes(changed), keys[0])
        assert code == ("crypto.unknown-format" if place < 5 else "crypto.damaged-record"), place


@pytest.mark.parametrize("length", [0, 1, 5, 6, 7, 100, 1141, -1])
def test_t9_no_shortened_record_opens(keys: list[SealingKey], length: int) -> None:
    record = seal(bytes(64), [keys[0].public], SURVEY)
    assert refusal(record[:length], keys[0]) == (
        "crypto.unknown-format" if 0 <= length < 6 else "crypto.damaged-record"
    )
    assert refusal(record + b"\0", keys[0]) == "crypto.damaged-record"


def test_a_record_for_nobody_or_for_too_many_is_damaged(keys: list[SealingKey]) -> None:
    assert refusal(b"IVR\x01\x01\x00", keys[0]) == "crypto.damaged-record"
    assert refusal(b"IVR\x01\x01\xff" + bytes(255 * 1200), keys[0]) == "crypto.damaged-record"
    with pytest.raises(ValueError, match="recipients"):
        Sealer([], SURVEY)
    with pytest.raises(ValueError, match="recipients"):
        Sealer([keys[0].public] * (MAX_RECIPIENTS + 1), SURVEY)


def test_a_later_format_is_told_from_damage(keys: list[SealingKey]) -> None:
    record = seal(bytes(64), [keys[0].public], SURVEY)
    assert refusal(record[:3] + b"\x02" + record[4:], keys[0]) == "crypto.unknown-format"
    assert refusal(record[:4] + b"\x02" + record[5:], keys[0]) == "crypto.unknown-format"


def test_a_public_key_nothing_can_be_sealed_to_is_refused(keys: list[SealingKey]) -> None:
    good = keys[0].public
    small_order = good[:1184] + bytes(32)
    # Every coefficient of the lattice part above its modulus (FIPS 203 section 7.2).
    out_of_range = b"\xff" * 1184 + good[1184:]
    for public in (b"", good[:-1], good + b"\0", small_order, out_of_range):
        with pytest.raises(InterviewError) as caught:
            Sealer([public], SURVEY)
        assert caught.value.code == "crypto.bad-key"


def test_a_key_comes_back_from_its_bytes_and_hides_them(keys: list[SealingKey]) -> None:
    raw = keys[0].to_bytes()
    again = SealingKey.from_bytes(raw)
    assert again.public == keys[0].public
    assert (len(raw), len(again.public)) == (PRIVATE, PUBLIC)
    assert open_sealed(seal(b"x", [keys[0].public], SURVEY), again, 0, SURVEY) == b"x"
    assert repr(again) == "SealingKey(…)"
    with pytest.raises(InterviewError) as caught:
        SealingKey.from_bytes(raw[:-1])
    assert caught.value.code == "crypto.bad-key"


def test_a_survey_hash_that_is_no_hash_is_a_mistake_of_the_caller(keys: list[SealingKey]) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        Sealer([keys[0].public], SURVEY.hex().encode())


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="a timer's signal is POSIX's")
def test_t9_an_interruption_while_a_record_is_opened_is_none_of_its_faults(keys: list[SealingKey]) -> None:
    """Ctrl+C during collecting ends it, and refuses no batch as damaged: the library makes a wrong tag of it."""
    record = seal(pad(b"answers", 4096), [keys[0].public], SURVEY)

    def interrupt(number: int, frame: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGALRM, interrupt)
    rng = random.Random(1)
    try:
        for _ in range(60):
            with pytest.raises(KeyboardInterrupt):
                signal.setitimer(signal.ITIMER_REAL, rng.uniform(0.0001, 0.002))
                while True:
                    open_sealed(record, keys[0], 0, SURVEY)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    assert refusal(record[:-1] + bytes((record[-1] ^ 1,)), keys[0]) == "crypto.damaged-record"
