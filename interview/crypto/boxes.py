"""Small secrets under a 32-byte key: AES-256-GCM boxes, and keys derived from keys by HKDF-SHA256 (RFC 5869).

A box is nonce (12 bytes) | ciphertext | tag (16 bytes); the nonce is random, so one key closes few boxes.
"""

import secrets
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from interview.errors import InterviewError

KEY: Final = 32
"""Bytes of a key."""
NONCE: Final = 12
"""Bytes of a nonce."""


def close_box(key: bytes, secret: bytes, associated: bytes) -> bytes:
    """`secret` encrypted under `key`, bound to `associated`."""
    nonce = secrets.token_bytes(NONCE)
    return nonce + AESGCM(key).encrypt(nonce, secret, associated)


def open_box(key: bytes, box: bytes, associated: bytes) -> bytes:
    """The secret in a box; `crypto.damaged-box` for another key, other associated bytes or any change."""
    if len(box) < NONCE:
        raise InterviewError("crypto.damaged-box")
    try:
        return AESGCM(key).decrypt(box[:NONCE], box[NONCE:], associated)
    except InvalidTag:
        raise InterviewError("crypto.damaged-box") from None


def derive(key: bytes, purpose: str) -> bytes:
    """A 32-byte key for one purpose, from a 32-byte key that is used for nothing else."""
    return HKDF(algorithm=SHA256(), length=KEY, salt=None, info=purpose.encode()).derive(key)
