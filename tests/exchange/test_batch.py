"""The batch format (A14, P6, T9): written down, kept by a vector, and no byte of it can change."""

import hashlib
import io
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from interview.crypto.signing import SigningKey
from interview.errors import InterviewError
from interview.exchange.batch import MAGIC, BatchHeader, read_batch, write_batch
from interview.exchange.cards import make_station_card
from interview.survey import Organisation, Survey

Write = Callable[..., Path]
RECORDS = [b"first", b"second response", b"x" * 40]


def refusal(function: Callable[..., object], *arguments: Any) -> str:
    with pytest.raises(InterviewError) as caught:
        function(*arguments)
    return caught.value.code


def test_a_batch_gives_back_what_was_written(round_: Any, write: Write) -> None:
    batch = read_batch(write(RECORDS, seq=3, prev="ab" * 32, final=True, tallies=b"sealed"))
    assert sorted(sealed for _, sealed in batch.records()) == sorted(RECORDS)
    assert [digest for digest, _ in batch.records()] == sorted(hashlib.sha256(record).digest() for record in RECORDS)
    header = batch.header
    assert (header.seq, header.prev, header.final, header.tallies, header.count) == (3, "ab" * 32, True, b"sealed", 3)
    assert batch.survey.survey == round_.survey
    assert BatchHeader.from_bytes(header.to_bytes()) == header


def test_the_format_is_the_one_written_down(round_: Any, write: Write) -> None:
    """Test vector of format 1: the same keys and records give these bytes for ever."""
    path = write(RECORDS)
    raw = path.read_bytes()
    length = int.from_bytes(raw[8:12], "big")
    assert raw[:8] == MAGIC == b"INTBATCH"
    assert raw[12 : 12 + length].startswith(b'{"count":3,"final":false,"format":1,"prev":"","questionnaires":[{"name":')
    body = b"".join(
        len(record).to_bytes(4, "big") + record for record in sorted(RECORDS, key=lambda r: hashlib.sha256(r).digest())
    )
    assert raw[12 + length : -64] == body
    assert read_batch(path).hash == hashlib.sha256(raw[:-64]).hexdigest()
    assert hashlib.sha256(raw).hexdigest() == "86da132da6a62320eb8b0100298a06dffe4b42b781edc0d12e1c24e6dc2ebc3d"


def test_a_batch_written_by_an_earlier_version_is_read(round_: Any) -> None:
    """Test vector of format 1, the other direction: a stored file, not one made by the code under test."""
    batch = read_batch(Path(__file__).with_name("format-1.batch"))
    assert batch.hash == "52e4265c6dcaab4bd45b2c15e4efad097b9a0ce9df1594ba2a7e42dc37bed40b"
    assert batch.survey.hash == round_.hash
    assert sorted(sealed for _, sealed in batch.records()) == sorted(RECORDS)


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="a file that opens and cannot be read")
def test_a_batch_the_disk_does_not_give_is_refused_as_a_file() -> None:
    assert refusal(read_batch, Path("/proc/self/mem")) == "files.unreadable"


def test_every_byte_of_a_batch_flipped_is_refused_whole(write: Write, tmp_path: Path) -> None:
    """T9, P6. Magic, lengths, header, records and signature alike."""
    raw = write(RECORDS).read_bytes()
    changed = tmp_path / "changed.batch"
    for place in range(len(raw)):
        bit = 0x20 if place % 2 else 1
        changed.write_bytes(raw[:place] + bytes((raw[place] ^ bit,)) + raw[place + 1 :])
        with pytest.raises(InterviewError):
            read_batch(changed)


def test_every_truncation_is_refused(write: Write, tmp_path: Path) -> None:
    """T9."""
    raw = write(RECORDS).read_bytes()
    cut = tmp_path / "cut.batch"
    for length in range(len(raw)):
        cut.write_bytes(raw[:length])
        with pytest.raises(InterviewError):
            read_batch(cut)


@pytest.mark.parametrize("more", [b"\0", b"\n", b"INTBATCH"])
def test_appended_bytes_are_refused(write: Write, more: bytes) -> None:
    """T9."""
    path = write(RECORDS)
    path.write_bytes(path.read_bytes() + more)
    assert refusal(read_batch, path) == "exchange.trailing-bytes"


def test_two_batches_in_one_file_are_refused(write: Write) -> None:
    path = write(RECORDS)
    path.write_bytes(path.read_bytes() * 2)
    assert refusal(read_batch, path) == "exchange.trailing-bytes"


def test_records_out_of_order_or_twice_are_neither_written_nor_read(round_: Any, tmp_path: Path) -> None:
    """T4: the order of a batch says nothing, not even to a station that was changed."""
    records = sorted((hashlib.sha256(record).digest(), record) for record in RECORDS)
    for wrong in (records[::-1], [records[0], records[0], records[2]]):
        assert refusal(write_batch, io.BytesIO(), round_.header(), wrong, round_.station) == "exchange.wrong-order"
        # By hand, with a good signature.
        from interview.crypto.signing import sign

        head = round_.header().to_bytes()
        raw = MAGIC + len(head).to_bytes(4, "big") + head
        raw += b"".join(len(record).to_bytes(4, "big") + record for _, record in wrong)
        raw += sign(round_.station, "interview/1/batch", hashlib.sha256(raw).digest())
        path = tmp_path / "wrong.batch"
        path.write_bytes(raw)
        assert refusal(read_batch, path) == "exchange.wrong-order"


def test_a_record_that_is_not_its_hash_or_a_wrong_count_stops_the_writing(round_: Any) -> None:
    records = sorted((hashlib.sha256(record).digest(), record) for record in RECORDS)
    damaged = [*records[:2], (records[2][0], b"changed")]
    assert refusal(write_batch, io.BytesIO(), round_.header(), damaged, round_.station) == "exchange.damaged-response"
    assert refusal(write_batch, io.BytesIO(), round_.header(), records[:2], round_.station) == "exchange.wrong-count"


def test_a_batch_signed_by_another_station_is_refused(round_: Any, tmp_path: Path) -> None:
    records = sorted((hashlib.sha256(record).digest(), record) for record in RECORDS)
    stream = io.BytesIO()
    write_batch(stream, round_.header(), records, round_.signer)
    path = tmp_path / "forged.batch"
    path.write_bytes(stream.getvalue())
    assert refusal(read_batch, path) == "crypto.bad-signature"


def test_a_real_batch_of_a_rehearsal_survey_and_the_other_way_round_are_refused(write: Write) -> None:
    assert refusal(read_batch, write(RECORDS, rehearsal=True)) == "exchange.batch-contradicts"


def test_a_first_batch_has_none_before_it_and_a_later_one_has(write: Write) -> None:
    assert refusal(read_batch, write(RECORDS, seq=2)) == "exchange.batch-contradicts"
    assert refusal(read_batch, write(RECORDS, prev="ab" * 32)) == "exchange.batch-contradicts"


def test_a_batch_brings_the_card_of_nobody_but_its_station(round_: Any, write: Write) -> None:
    """P6, T21: another's card would let a station speak of keys that are not its own."""

    def card(key: SigningKey, *, rehearsal: bool = False) -> bytes:
        return make_station_card("Norr", "vc-norr", Organisation.PRIMARY_CARE, key, rehearsal=rehearsal)

    assert read_batch(write(RECORDS, card=card(round_.station))).card is not None
    for foreign in (card(round_.signer), card(round_.station, rehearsal=True)):
        assert refusal(read_batch, write(RECORDS, card=foreign)) == "exchange.batch-contradicts"


@pytest.mark.parametrize("changed", [{"seq": 0}, {"count": 2**40}, {"prev": "xyz"}, {"station": b"short"}])
def test_headers_out_of_bounds_are_refused(round_: Any, changed: dict[str, Any]) -> None:
    """T11: bounds first, nothing is allocated for what a header claims."""
    with pytest.raises(InterviewError):
        BatchHeader.from_bytes(round_.header(**changed).to_bytes())


def test_a_claimed_length_beyond_the_limit_is_refused_before_it_is_read(tmp_path: Path) -> None:
    """T11."""
    path = tmp_path / "huge.batch"
    path.write_bytes(MAGIC + b"\xff\xff\xff\xff" + b"{}")
    assert refusal(read_batch, path) == "exchange.not-a-batch"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="named pipes are POSIX")
def test_what_is_no_ordinary_file_is_refused_without_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert refusal(read_batch, tmp_path / "pipe") == "files.not-a-file"
    assert refusal(read_batch, tmp_path) == "files.not-a-file"
    assert refusal(read_batch, tmp_path / "none") == "files.not-found"


def test_a_file_that_changes_after_it_was_verified_yields_nothing_changed(write: Write) -> None:
    """T9: what is imported is what was verified, byte for byte."""
    path = write(RECORDS)
    batch = read_batch(path)
    raw = path.read_bytes()
    path.write_bytes(raw.replace(b"second response", b"SECOND response"))
    assert refusal(lambda: list(batch.records())) == "exchange.changed"


def test_nothing_secret_is_shown_by_repr(write: Write) -> None:
    batch = read_batch(write(RECORDS))
    assert "second" not in repr(batch)


def test_the_models_that_travel_keep_their_fields() -> None:
    """P7: a survey signed today is read for ever; a field may be added with a default, none may go."""
    assert set(Survey.model_fields) >= {
        "id", "version", "title", "starts", "ends", "questionnaire", "units", "organisations", "recipients",
        "threshold", "minimum_batch", "rehearsal",
    }  # fmt: skip
