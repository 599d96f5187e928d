"""A survey, its recipients and a small batch, made anew for each test from keys that are always the same."""

import hashlib
import io
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from interview.canonical import canonical_json
from interview.crypto.sealing import SealingKey
from interview.crypto.signing import SigningKey
from interview.exchange.batch import BatchHeader, write_batch
from interview.exchange.encoding import to_base64
from interview.exchange.surveys import read_survey, sign_survey
from interview.survey import Named, Recipient, Survey, Unit

FORM = canonical_json({"name": "prov", "text": "Fråga “ett” ⟨NN⟩"})


@dataclass(frozen=True)
class Round:
    """Everything of one round of measurement."""

    signer: SigningKey
    sealing: SealingKey
    station: SigningKey
    survey: Survey
    file: bytes
    envelope: bytes
    hash: str

    def header(self, **changed: object) -> BatchHeader:
        header = BatchHeader(
            station=self.station.public,
            seq=1,
            prev="",
            survey=self.envelope,
            questionnaires=(FORM,),
            tallies=b"",
            count=3,
            final=False,
            rehearsal=False,
        )
        return replace(header, **changed)


def key(phrase: str) -> SigningKey:
    return SigningKey.from_bytes(hashlib.sha256(phrase.encode()).digest())


@pytest.fixture
def round_() -> Round:
    signer = key("signer")
    sealing = SealingKey.from_bytes(hashlib.shake_256(b"sealing").digest(96))
    survey = Survey(
        id="host-2026",
        version=1,
        title="Hösten 2026",
        starts="2026-09",
        ends="2026-12",
        questionnaire=Named(name="prov", version="1", hash=hashlib.sha256(FORM).hexdigest()),
        units=(Unit(id="vc-norr", name="Vårdcentralen Norr"),),
        recipients=(Recipient(name="Central", sealing=to_base64(sealing.public), signing=to_base64(signer.public)),),
    )
    file = sign_survey(survey, [FORM], signer)
    signed = read_survey(file, signer.public)
    return Round(signer, sealing, key("station"), survey, file, signed.envelope, signed.hash)


@pytest.fixture
def write(tmp_path: Path, round_: Round) -> Callable[..., Path]:
    """Write a batch of the given sealed records to a file."""

    def written(sealed: list[bytes], name: str = "a.batch", **changed: object) -> Path:
        records = sorted((hashlib.sha256(record).digest(), record) for record in sealed)
        stream = io.BytesIO()
        write_batch(stream, round_.header(count=len(records), **changed), records, round_.station)
        path = tmp_path / name
        path.write_bytes(stream.getvalue())
        return path

    return written
