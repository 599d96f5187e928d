"""Sealing (P4): HPKE to every recipient of a survey, so that the station itself cannot read what it keeps.

HPKE base mode, single shot (RFC 9180 section 6.1), KEM ML-KEM-768 + X25519, KDF HKDF-SHA256, AEAD AES-256-GCM; `info`
is the purpose followed by the survey's hash. A record is

    "IVR" | format 0x01 | suite 0x01 | number of recipients | one HPKE ciphertext for each recipient, all of one length

where a ciphertext is the KEM's 1,120 bytes, the encrypted padded bytes and the tag of 16.
"""

from collections.abc import Sequence
from contextlib import suppress
from enum import Enum
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import (
    AEAD,
    KDF,
    KEM,
    MLKEM768X25519PrivateKey,
    MLKEM768X25519PublicKey,
    Suite,
)

from interview.errors import InterviewError

OVERHEAD: Final = 1120 + 16
"""Bytes a ciphertext is longer than what it seals."""
PRIVATE: Final = 96
"""Bytes of a private key: the ML-KEM-768 seed (64, FIPS 203 section 7.1) and the X25519 scalar (32)."""
PUBLIC: Final = 1216
"""Bytes of a public key: ML-KEM-768 (1,184) and X25519 (32)."""
MAX_RECIPIENTS: Final = 16
"""How many recipients a record may have."""
_HEADER: Final = b"IVR\x01\x01"
_MLKEM_SEED: Final = 64
_MLKEM_PUBLIC: Final = 1184


class Purpose(Enum):
    """What is sealed; begins HPKE's `info`, so that one kind never opens as another."""

    RESPONSE = b"interview/1/response"
    TALLIES = b"interview/1/tallies"
    SLOT = b"interview/1/slot"


class SealingKey:
    """A recipient's private key; `public` is its public key (1,216 bytes).

    The composite key of `cryptography` has no serialisation, so the bytes of its two parts are kept.
    """

    __slots__ = ("_private", "_raw", "public")

    def __init__(self, raw: bytes) -> None:
        mlkem = MLKEM768PrivateKey.from_seed_bytes(raw[:_MLKEM_SEED])
        x25519 = X25519PrivateKey.from_private_bytes(raw[_MLKEM_SEED:])
        self._raw = raw
        self._private = MLKEM768X25519PrivateKey(mlkem, x25519)
        self.public = mlkem.public_key().public_bytes_raw() + x25519.public_key().public_bytes_raw()

    @classmethod
    def generate(cls) -> "SealingKey":
        """A new key from the system's randomness."""
        return cls(MLKEM768PrivateKey.generate().private_bytes_raw() + X25519PrivateKey.generate().private_bytes_raw())

    @classmethod
    def from_bytes(cls, raw: bytes) -> "SealingKey":
        """The key whose 96 bytes `to_bytes` gave; `crypto.bad-key` for any other length."""
        if len(raw) != PRIVATE:
            raise InterviewError("crypto.bad-key")
        return cls(raw)

    def to_bytes(self) -> bytes:
        """The private key, 96 bytes."""
        return self._raw

    def open(self, ciphertext: bytes, info: bytes) -> bytes:
        """What one HPKE ciphertext holds; `crypto.damaged-record` if it was changed or sealed for another key."""
        with suppress(InvalidTag):
            return _suite().decrypt(ciphertext, self._private, info=info)
        # `cryptography` tells an interruption (Ctrl+C) that comes meanwhile as a wrong tag and forgets it. What opens at
        # a second try was whole: then it was that.
        try:
            _suite().decrypt(ciphertext, self._private, info=info)
        except InvalidTag:
            raise InterviewError("crypto.damaged-record") from None
        raise KeyboardInterrupt

    def __repr__(self) -> str:
        return "SealingKey(…)"


class Sealer:
    """Seals to the recipients of one survey; made once, because reading their public keys costs as much as sealing.

    `publics` in the survey's order, `survey_hash` 32 bytes (for a key slot the hash of what the slot is). `crypto.bad-key`
    for a public key nothing can be sealed to.
    """

    def __init__(self, publics: Sequence[bytes], survey_hash: bytes, purpose: Purpose = Purpose.RESPONSE) -> None:
        if not 1 <= len(publics) <= MAX_RECIPIENTS:
            raise ValueError(f"a record has 1 to {MAX_RECIPIENTS} recipients")
        self._info = _info(survey_hash, purpose)
        self._suite = _suite()
        self._header = _HEADER + bytes((len(publics),))
        self._publics = tuple(_read_public(public) for public in publics)
        for public in self._publics:
            self._try(public)

    def _try(self, public: MLKEM768X25519PublicKey) -> None:
        # A point of small order shows only when something is sealed to it.
        try:
            self._suite.encrypt(b"", public, info=self._info)
        except ValueError:
            raise InterviewError("crypto.bad-key") from None

    def seal(self, padded: bytes) -> bytes:
        """A record that holds `padded` for every recipient."""
        parts = [self._suite.encrypt(padded, public, info=self._info) for public in self._publics]
        return b"".join((self._header, *parts))


def seal(padded: bytes, publics: Sequence[bytes], survey_hash: bytes, purpose: Purpose = Purpose.RESPONSE) -> bytes:
    """One record for the recipients `publics`; for many records make one `Sealer`."""
    return Sealer(publics, survey_hash, purpose).seal(padded)


def open_sealed(
    record: bytes, key: SealingKey, position: int, survey_hash: bytes, purpose: Purpose = Purpose.RESPONSE
) -> bytes:
    """The padded bytes of a record, opened by the recipient at `position` (from 0) of the survey.

    `crypto.unknown-format` if it is no record or one of a later format, `crypto.not-for-this-key` if it has fewer
    recipients, `crypto.damaged-record` if anything was changed or it was sealed for another survey, purpose or key.
    """
    start = len(_HEADER) + 1
    if len(record) < start or not record.startswith(_HEADER):
        raise InterviewError("crypto.unknown-format")
    count = record[start - 1]
    length, rest = divmod(len(record) - start, count) if count else (0, 1)
    if rest or length < OVERHEAD or count > MAX_RECIPIENTS:
        raise InterviewError("crypto.damaged-record")
    if not 0 <= position < count:
        raise InterviewError("crypto.not-for-this-key")
    part = record[start + position * length : start + (position + 1) * length]
    return key.open(part, _info(survey_hash, purpose))


def _suite() -> Suite:
    return Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


def _info(survey_hash: bytes, purpose: Purpose) -> bytes:
    if len(survey_hash) != 32:
        raise ValueError("a survey's hash is 32 bytes")
    return purpose.value + survey_hash


def _read_public(public: bytes) -> MLKEM768X25519PublicKey:
    try:
        mlkem = MLKEM768PublicKey.from_public_bytes(public[:_MLKEM_PUBLIC])
        return MLKEM768X25519PublicKey(mlkem, X25519PublicKey.from_public_bytes(public[_MLKEM_PUBLIC:]))
    except ValueError:
        raise InterviewError("crypto.bad-key") from None
