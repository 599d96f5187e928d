"""A14: a stranger reads a batch by what is written down alone. `read` uses hashlib, json, base64 and cryptography, nothing of ours."""

import base64
import hashlib
import json
from collections import Counter
from pathlib import Path
from random import Random
from typing import Any

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, MLKEM768X25519PrivateKey, Suite

from interview.crypto.slots import TEST
from interview.exchange.rehearsal import rehearsal_sealing_key
from interview.paths import Home
from interview.station.exporting import export
from interview.station.setup import set_up
from interview.station.simulating import simulate


def canonical(value: Any) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def check(public: str, kind: str, digest: bytes, signature: bytes) -> None:
    signed = f"interview/1/{kind}".encode() + b"\0" + digest
    Ed25519PublicKey.from_public_bytes(base64.b64decode(public)).verify(signature, signed)


def sealed_in(raw: bytes) -> tuple[dict[str, Any], bytes, list[bytes]]:
    """Header, the survey's hash and the sealed responses of a batch, its signatures and hashes checked."""
    assert raw[:8] == b"INTBATCH"
    end = 12 + int.from_bytes(raw[8:12], "big")
    header = json.loads(raw[12:end])
    records = []
    for _ in range(header["count"]):
        start, end = end + 4, end + 4 + int.from_bytes(raw[end : end + 4], "big")
        records.append(raw[start:end])
    assert len(raw) == end + 64
    check(header["station"], "batch", hashlib.sha256(raw[:-64]).digest(), raw[-64:])
    survey = header["survey"]
    survey_hash = hashlib.sha256(canonical(survey["content"])).digest()
    check(survey["signer"], "survey", survey_hash, base64.b64decode(survey["signature"]))
    named = survey["content"]["questionnaire"]["hash"]
    assert named in {hashlib.sha256(canonical(form)).hexdigest() for form in header["questionnaires"]}
    hashes = [hashlib.sha256(record).digest() for record in records]
    assert hashes == sorted(set(hashes))
    return header, survey_hash, records


def opened(record: bytes, survey_hash: bytes, key: bytes, position: int = 0) -> dict[str, Any]:
    """The response in a record, opened by the recipient at a position of the survey."""
    assert record[:5] == b"IVR\x01\x01"
    length = (len(record) - 6) // record[5]
    ciphertext = record[6 + position * length : 6 + (position + 1) * length]
    mlkem, x25519 = MLKEM768PrivateKey.from_seed_bytes(key[:64]), X25519PrivateKey.from_private_bytes(key[64:])
    suite = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
    info = b"interview/1/response" + survey_hash
    padded = suite.decrypt(ciphertext, MLKEM768X25519PrivateKey(mlkem, x25519), info=info)
    size = int.from_bytes(padded[:4], "big")
    assert not padded[4 + size :].strip(b"\0")
    response: dict[str, Any] = json.loads(padded[4 : 4 + size])
    return response


def test_a_stranger_opens_a_stations_batch(tmp_path: Path) -> None:
    station, _ = set_up(Home(tmp_path / "station"), "lugna gatan tre björkar", profile=TEST)
    with station:
        stored = simulate(station, 30, Random(5))
        batch, form = export(station).path, station.form(station.questionnaire_hash)
    header, survey_hash, records = sealed_in(batch.read_bytes())
    assert (header["format"], header["seq"], header["prev"], header["rehearsal"]) == (1, 1, "", True)
    responses = [opened(record, survey_hash, rehearsal_sealing_key().to_bytes()) for record in records]
    assert len(responses) == stored
    (questionnaire,) = header["questionnaires"]
    for response in responses:
        assert response["questionnaire"] == hashlib.sha256(canonical(questionnaire)).hexdigest()
        assert [answer["id"] for answer in response["answers"]] == [address.id for address in form.question_addresses]
        assert all(("value" in answer) != ("missing" in answer) for answer in response["answers"])
    assert len(Counter(response["respondent"] for response in responses)) > 1


def test_a_stranger_reads_the_kept_batch_and_sees_a_changed_byte() -> None:
    raw = Path(__file__).with_name("format-1.batch").read_bytes()
    _, _, records = sealed_in(raw)
    assert sorted(records) == sorted([b"first", b"second response", b"x" * 40])
    with pytest.raises(InvalidSignature):
        sealed_in(raw[:-65] + bytes([raw[-65] ^ 1]) + raw[-64:])
