"""A succession: a station's earlier key says, signed, which key signs its batches from now on (P6, T21).

It holds only in what the new key signs: a card, or a batch that carries the card. Whoever left with a copy of the earlier
key can name a key of their own, and then two successors of one key meet at the archive, which takes neither by itself.
"""

from dataclasses import dataclass
from typing import Final

from pydantic import Field, ValidationError

from interview.canonical import canonical_json
from interview.crypto.signing import SigningKey
from interview.errors import InterviewError
from interview.exchange.encoding import from_base64, to_base64
from interview.exchange.envelope import Kind, open_envelope, seal_envelope
from interview.questionnaire.models import Frozen
from interview.survey import Base64, Hash

MOST_BATCHES: Final = 500
"""Batches a succession vouches for, at most."""


class _Content(Frozen):
    new: Base64
    batches: tuple[Hash, ...] = Field(max_length=MOST_BATCHES)


@dataclass(frozen=True, slots=True)
class Succession:
    """Which key follows which (Ed25519 public keys, 32 bytes), and the hashes of batches the old one signed that may still come."""

    old: bytes
    new: bytes
    batches: tuple[str, ...]


def make_succession(old: SigningKey, new: bytes, batches: tuple[str, ...]) -> bytes:
    """The statement that the key `new` follows, and that `batches` alone may still come signed by `old`."""
    return seal_envelope(Kind.SUCCESSION, canonical_json({"new": to_base64(new), "batches": list(batches)}), old)


def read_succession(statement: bytes) -> Succession:
    """A statement whose signature held; `exchange.not-an-envelope` for other content, those of `open_envelope`."""
    opened = open_envelope(Kind.SUCCESSION, statement)
    try:
        content = _Content.model_validate_json(opened.content, strict=True)
    except ValidationError:
        raise InterviewError("exchange.not-an-envelope", Kind.SUCCESSION.value) from None
    return Succession(opened.signer_public, from_base64(content.new, 32), content.batches)
