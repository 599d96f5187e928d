"""Receipts (P6): a station lets go only of what every recipient has."""

import hashlib
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from interview.archive.central import Central, new_recipient, new_survey
from interview.crypto.signing import SigningKey
from interview.crypto.slots import TEST
from interview.errors import InterviewError
from interview.exchange.batch import Batch, read_batch
from interview.exchange.receipt import make_receipt
from interview.paths import Home
from interview.station.exporting import export
from interview.station.receiving import Taken, take_receipt
from interview.station.setup import set_up
from interview.station.station import Station
from interview.station.unlocking import open_station
from interview.store.keyring import Keyring
from tests.station.stations import shipped_form

PASSPHRASE = "correct horse battery staple"


@dataclass
class Sent:
    """A station that has sent one batch of ten, and the two recipients of its survey."""

    station: Station
    recipients: tuple[Central, Central]
    batch: Batch

    def receipt(self, recipient: int) -> bytes:
        return make_receipt(self.batch, self.recipients[recipient].signing_key)

    def stored(self) -> set[bytes]:
        return {row[0] for row in self.station.responses.database.query("SELECT hash FROM response")}


@dataclass
class Made:
    """The same before anybody works in it: the station's folder and its keys, to be copied."""

    home: Home
    keyring: Keyring
    recipients: tuple[Central, Central]
    batch: Batch


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Made]:
    folder = tmp_path_factory.mktemp("sent")
    first, _ = new_recipient(Home(folder / "first"), "Regionen", PASSPHRASE, TEST)
    second, _ = new_recipient(Home(folder / "second"), "Kommunen", PASSPHRASE, TEST)
    survey = new_survey(
        first, to=folder / "s.survey", id="host-2026", title="Hösten", starts="2026-09", ends="2026-12",
        questionnaire=shipped_form(), units=[{"id": "vc-norr", "name": "Norr"}],
        recipients=[second.home.card.read_bytes()],
    )  # fmt: skip
    station, _ = set_up(
        Home(folder / "station"), PASSPHRASE, survey_file=survey.path.read_bytes(), fingerprint=survey.fingerprint,
        unit="vc-norr", organisation="primary-care", profile=TEST,
    )  # fmt: skip
    with station:
        station.responses.add_many(station.survey_hash, [os.urandom(200) for _ in range(10)])
        batch = read_batch(export(station, to=folder).path)
        station.responses.add_many(station.survey_hash, [b"came later"])
    with first, second:
        yield Made(station.home, station.keyring, (first, second), batch)


@pytest.fixture
def sent(made: Made, tmp_path: Path) -> Iterator[Sent]:
    home = Home(shutil.copytree(made.home.root, tmp_path / "station"))
    with open_station(home, replace(made.keyring, path=home.keyring)) as station:
        yield Sent(station, made.recipients, made.batch)


def refusal(sent: Sent, receipt: bytes) -> str:
    with pytest.raises(InterviewError) as caught:
        take_receipt(sent.station, receipt)
    return caught.value.code


def test_responses_leave_with_the_last_recipients_receipt_and_not_before(sent: Sent) -> None:
    """P6. What came after the batch stays."""
    assert len(sent.stored()) == 11
    assert take_receipt(sent.station, sent.receipt(0)) == Taken(seq=1, pruned=0, awaited=1)
    assert len(sent.stored()) == 11
    assert take_receipt(sent.station, sent.receipt(1)) == Taken(seq=1, pruned=10, awaited=0)
    assert sent.stored() == {hashlib.sha256(b"came later").digest()}
    assert sent.station.responses.waiting_count(sent.station.survey_hash) == 1
    assert sent.station.responses.batches()[0].pruned


def test_the_same_receipt_again_counts_once(sent: Sent) -> None:
    for _ in range(3):
        assert take_receipt(sent.station, sent.receipt(0)) == Taken(seq=1, pruned=0, awaited=1)
    take_receipt(sent.station, sent.receipt(1))
    assert take_receipt(sent.station, sent.receipt(0)) == Taken(seq=1, pruned=0, awaited=0)


def test_what_was_pruned_is_not_written_again(sent: Sent, tmp_path: Path) -> None:
    for recipient in (0, 1):
        take_receipt(sent.station, sent.receipt(recipient))
    with pytest.raises(InterviewError, match="batch-pruned"):
        export(sent.station, to=tmp_path / "again", again=True)


def test_a_pruned_batch_still_stands_in_the_chain(sent: Sent, tmp_path: Path) -> None:
    for recipient in (0, 1):
        take_receipt(sent.station, sent.receipt(recipient))
    sent.station.responses.add_many(sent.station.survey_hash, [os.urandom(200) for _ in range(10)])
    header = read_batch(export(sent.station, to=tmp_path).path).header
    assert (header.seq, header.prev, header.count) == (2, sent.batch.hash, 11)


def test_a_receipt_by_nobody_of_the_survey_is_refused(sent: Sent) -> None:
    """P6: a stranger cannot make a station forget."""
    assert refusal(sent, make_receipt(sent.batch, SigningKey.generate())) == "exchange.receipt-not-by-recipient"
    assert refusal(sent, make_receipt(sent.batch, sent.station.signing_key)) == "exchange.receipt-not-by-recipient"
    assert len(sent.stored()) == 11


@pytest.mark.parametrize("part", ["station", "batch", "survey", "seq", "count"])
def test_a_receipt_for_another_batch_or_station_is_refused(sent: Sent, part: str) -> None:
    from interview.canonical import canonical_json, strict_json
    from interview.exchange.encoding import to_base64
    from interview.exchange.envelope import Kind, open_envelope, seal_envelope

    other = {"station": to_base64(bytes(32)), "batch": "0" * 64, "survey": "0" * 64, "seq": 2, "count": 11}
    content = strict_json(open_envelope(Kind.RECEIPT, sent.receipt(0)).content) | {part: other[part]}
    forged = seal_envelope(Kind.RECEIPT, canonical_json(content), sent.recipients[0].signing_key)
    assert refusal(sent, forged) == "exchange.unknown-batch"


def test_a_changed_receipt_is_refused(sent: Sent) -> None:
    """T9, over a stride of the bytes."""
    receipt = sent.receipt(0)
    for place in range(0, len(receipt), 5):
        changed = receipt[:place] + bytes((receipt[place] ^ 1,)) + receipt[place + 1 :]
        try:
            take_receipt(sent.station, changed)
        except InterviewError:
            continue
        # Only a blank for a blank, between the words of the file, is the same receipt.
        assert receipt[place : place + 1] in (b" ", b"\n"), place
