"""Signatures: Ed25519 (RFC 8032) over a domain string, a zero byte and a SHA-256 digest.

The domain says what kind of thing is signed, so a signature over one kind never holds for another (P6).
"""

from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from interview.errors import InterviewError

DIGEST: Final = 32
"""Bytes of a SHA-256 digest."""
_FIELD: Final = 2**255 - 19
# The y coordinates of the eight points whose order divides 8, with those written a second way above the field's size.
# OpenSSL takes them for keys, and anybody can sign for such a key.
_SMALL_ORDER: Final = frozenset(
    {
        0,
        1,
        _FIELD - 1,
        _FIELD,
        _FIELD + 1,
        0x05FC536D880238B13933C6D305ACDFD5F098EFF289F4C345B027B2C28F95E826,
        0x7A03AC9277FDC74EC6CC392CFA53202A0F67100D760B3CBA4FD84D3D706A17C7,
    }
)


class SigningKey:
    """A private signing key; `public` is its Ed25519 public key (32 bytes)."""

    __slots__ = ("_private", "public")

    def __init__(self, private: Ed25519PrivateKey) -> None:
        self._private = private
        self.public = private.public_key().public_bytes_raw()

    @classmethod
    def generate(cls) -> "SigningKey":
        """A new key from the system's randomness."""
        return cls(Ed25519PrivateKey.generate())

    @classmethod
    def from_bytes(cls, raw: bytes) -> "SigningKey":
        """The key whose 32 bytes `to_bytes` gave; `crypto.bad-key` for any other length."""
        if len(raw) != 32:
            raise InterviewError("crypto.bad-key")
        return cls(Ed25519PrivateKey.from_private_bytes(raw))

    def to_bytes(self) -> bytes:
        """The private key, 32 bytes."""
        return self._private.private_bytes_raw()

    def sign(self, message: bytes) -> bytes:
        """The signature (64 bytes) over `message` as it is; `sign` puts the domain before the digest."""
        return self._private.sign(message)

    def __repr__(self) -> str:
        return "SigningKey(…)"


def sign(key: SigningKey, domain: str, digest: bytes) -> bytes:
    """The signature (64 bytes) over `domain` and a SHA-256 digest (32 bytes)."""
    return key.sign(_message(domain, digest))


def verify(public: bytes, domain: str, digest: bytes, signature: bytes) -> None:
    """Accept the signature of the key `public` over `domain` and `digest`, or raise `crypto.bad-signature`."""
    if int.from_bytes(public, "little") % 2**255 in _SMALL_ORDER:
        raise InterviewError("crypto.bad-signature")
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, _message(domain, digest))
    except (InvalidSignature, ValueError):
        raise InterviewError("crypto.bad-signature") from None


def _message(domain: str, digest: bytes) -> bytes:
    if len(digest) != DIGEST or "\0" in domain:
        raise ValueError("signed is a domain without zero bytes and a SHA-256 digest")
    return domain.encode() + b"\0" + digest
