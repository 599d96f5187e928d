"""The signed envelope of what travels in small files: surveys, cards, receipts.

A file is JSON that people can look at: `format`, `kind`, `content`, `signer`, `signature`. Signed is the content alone,
as canonical JSON: Ed25519 over the domain `interview/1/<kind>`, a zero byte and the SHA-256 of those bytes. Blanks
and the order of keys in the file therefore change nothing; anything else does.
"""

import hashlib
import json
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from interview.canonical import canonical_json, strict_json
from interview.crypto.signing import SigningKey, sign, verify
from interview.errors import InterviewError
from interview.exchange.encoding import from_base64, to_base64

FORMAT: Final = 1
"""The format this program writes and reads."""
ENVELOPE_LIMIT: Final = 1024 * 1024
"""Bytes of an envelope, at most."""
_FIELDS: Final = {"format", "kind", "content", "signer", "signature"}


class Kind(StrEnum):
    """What is signed; part of the domain, so that a signature over one kind never holds for another."""

    SURVEY = "survey"
    BATCH = "batch"
    RECEIPT = "receipt"
    STATION = "station"
    RECIPIENT = "recipient"
    ROTATION = "rotation"
    SUCCESSION = "succession"

    @property
    def domain(self) -> str:
        """The domain string that is signed before the hash."""
        return f"interview/{FORMAT}/{self.value}"


@dataclass(frozen=True, slots=True)
class Opened:
    """An envelope whose signature held: canonical content, signer's public key (32 bytes), SHA-256 of the content."""

    content: bytes
    signer_public: bytes
    hash: str


def seal_envelope(kind: Kind, content: bytes, key: SigningKey) -> bytes:
    """`content` (canonical JSON) signed by `key`, as the bytes of a file."""
    value = strict_json(content)
    content = canonical_json(value)
    signature = sign(key, kind.domain, hashlib.sha256(content).digest())
    return readable(
        {
            "format": FORMAT,
            "kind": kind.value,
            "content": value,
            "signer": to_base64(key.public),
            "signature": to_base64(signature),
        }
    )


def open_envelope(kind: Kind, envelope: bytes) -> Opened:
    """The content of an envelope of that kind, its signature checked against the signer it names.

    Whether that signer is the right one is the caller's to decide. `exchange.too-large`, `exchange.not-an-envelope`,
    `exchange.newer-format`, `exchange.wrong-kind`, `crypto.bad-json`, `crypto.bad-signature`.
    """
    if len(envelope) > ENVELOPE_LIMIT:
        raise InterviewError("exchange.too-large", kind.value, limit=ENVELOPE_LIMIT)
    value = strict_json(envelope)
    if not isinstance(value, dict) or "format" not in value:
        raise InterviewError("exchange.not-an-envelope", kind.value)
    check_format(value["format"], kind)
    if set(value) != _FIELDS:
        raise InterviewError("exchange.not-an-envelope", kind.value)
    if value["kind"] != kind.value:
        raise InterviewError("exchange.wrong-kind", kind.value)
    content = canonical_json(value["content"])
    public = from_base64(value["signer"], 32)
    digest = hashlib.sha256(content)
    verify(public, kind.domain, digest.digest(), from_base64(value["signature"], 64))
    return Opened(content, public, digest.hexdigest())


def check_format(found: object, kind: Kind) -> None:
    """Refuse a format other than this program's: `exchange.newer-format`, `exchange.not-an-envelope`."""
    if isinstance(found, int) and not isinstance(found, bool) and found > FORMAT:
        raise InterviewError("exchange.newer-format", kind.value)
    if found != FORMAT or isinstance(found, bool):
        raise InterviewError("exchange.not-an-envelope", kind.value)


def readable(value: object) -> bytes:
    """JSON that people can look at."""
    return (json.dumps(value, ensure_ascii=False, allow_nan=False, indent=2) + "\n").encode()
