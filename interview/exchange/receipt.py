"""A receipt: a recipient's signed word that a batch arrived whole.

A station prunes only with one from every recipient.
"""

from dataclasses import dataclass
from typing import Annotated, Final

from pydantic import Field, ValidationError

from interview.canonical import canonical_json
from interview.crypto.signing import SigningKey
from interview.errors import InterviewError
from interview.exchange.batch import Batch
from interview.exchange.encoding import from_base64, to_base64
from interview.exchange.envelope import Kind, open_envelope, seal_envelope
from interview.questionnaire.models import Frozen
from interview.survey import Base64, Hash

RECEIPT_LIMIT: Final = 64 * 1024
"""Bytes of a receipt, at most."""


class _Content(Frozen):
    station: Base64
    survey: Hash
    batch: Hash
    seq: Annotated[int, Field(ge=1)]
    count: Annotated[int, Field(ge=0)]


@dataclass(frozen=True, slots=True)
class Receipt:
    """Which batch arrived at whom.

    `station` and `recipient` are Ed25519 public keys (32 bytes), `survey` and `batch` hashes, `count` its responses.
    """

    station: bytes
    survey: str
    batch: str
    seq: int
    count: int
    recipient: bytes


def make_receipt(batch: Batch, key: SigningKey) -> bytes:
    """The receipt for a verified batch, signed by the recipient's signing key, as the bytes of a file."""
    header = batch.header
    content = {
        "station": to_base64(header.station),
        "survey": batch.survey.hash,
        "batch": batch.hash,
        "seq": header.seq,
        "count": header.count,
    }
    return seal_envelope(Kind.RECEIPT, canonical_json(content), key)


def read_receipt(receipt: bytes) -> Receipt:
    """The receipt, its signature checked; whether the signer is a recipient of the survey is the station's to decide.

    `exchange.too-large`, `exchange.receipt-invalid`, those of `open_envelope`.
    """
    if len(receipt) > RECEIPT_LIMIT:
        raise InterviewError("exchange.too-large", Kind.RECEIPT.value, limit=RECEIPT_LIMIT)
    opened = open_envelope(Kind.RECEIPT, receipt)
    try:
        content = _Content.model_validate_json(opened.content, strict=True)
    except ValidationError:
        raise InterviewError("exchange.receipt-invalid") from None
    station = from_base64(content.station, 32)
    return Receipt(station, content.survey, content.batch, content.seq, content.count, opened.signer_public)
