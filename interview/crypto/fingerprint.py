"""Fingerprints: a public key short enough to be printed on paper, read aloud and typed in."""

import hashlib
import hmac
from typing import Final

from interview.crypto.base32 import encode, grouped, tidy

_BYTES: Final = 15
"""120 bits: 24 symbols, six groups of four."""


def fingerprint(public: bytes) -> str:
    """The fingerprint of a public key: the first 120 bits of its SHA-256 in base32, as `7K3M-…`."""
    return grouped(encode(hashlib.sha256(public).digest()[:_BYTES]))


def same(typed: str, public: bytes) -> bool:
    """Whether somebody typed the key's fingerprint, however blanks, dashes, case, O/0 and I/L/1 were written."""
    return hmac.compare_digest(tidy(typed).encode("utf-8", "replace"), tidy(fingerprint(public)).encode())
