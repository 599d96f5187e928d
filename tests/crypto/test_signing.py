"""P6: a signature holds for one key, one domain and one digest."""

import hashlib

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from interview.crypto.signing import _SMALL_ORDER, SigningKey, sign, verify
from interview.errors import InterviewError

DIGEST = hashlib.sha256(b"content").digest()
DOMAIN = "interview/1/batch"


def refused(public: bytes, domain: str, digest: bytes, signature: bytes) -> bool:
    with pytest.raises(InterviewError) as caught:
        verify(public, domain, digest, signature)
    return caught.value.code == "crypto.bad-signature"


def test_p6_a_signature_holds() -> None:
    key = SigningKey.generate()
    signature = sign(key, DOMAIN, DIGEST)
    verify(key.public, DOMAIN, DIGEST, signature)
    assert len(signature) == 64


def test_p6_signed_is_domain_zero_digest() -> None:
    key = SigningKey.generate()
    Ed25519PublicKey.from_public_bytes(key.public).verify(sign(key, DOMAIN, DIGEST), b"interview/1/batch\0" + DIGEST)


def test_p6_another_key_domain_or_digest_is_refused() -> None:
    key = SigningKey.generate()
    signature = sign(key, DOMAIN, DIGEST)
    assert refused(SigningKey.generate().public, DOMAIN, DIGEST, signature)
    assert refused(key.public, "interview/1/survey", DIGEST, signature)
    assert refused(key.public, DOMAIN, hashlib.sha256(b"other").digest(), signature)


def test_t9_every_changed_bit_of_a_signature_is_refused() -> None:
    key = SigningKey.generate()
    signature = sign(key, DOMAIN, DIGEST)
    for bit in range(8 * len(signature)):
        changed = bytearray(signature)
        changed[bit // 8] ^= 1 << bit % 8
        assert refused(key.public, DOMAIN, DIGEST, bytes(changed))
    assert refused(key.public, DOMAIN, DIGEST, signature[:-1])
    assert refused(key.public[:-1], DOMAIN, DIGEST, signature)
    assert refused(b"\xff" * 32, DOMAIN, DIGEST, signature)


def _times_eight_is_neutral(y: int) -> bool:
    """Whether eight times the point with this y is the neutral point of edwards25519 (RFC 8032 section 5.1)."""
    p = 2**255 - 19
    d = -121665 * pow(121666, -1, p) % p
    square = (y * y - 1) * pow(d * y * y + 1, -1, p) % p
    x = pow(square, (p + 3) // 8, p)
    if (x * x - square) % p:
        x = x * pow(2, (p - 1) // 4, p) % p
    if (x * x - square) % p:
        return False
    for _ in range(3):
        product = d * x * x * y * y
        x, y = 2 * x * y * pow(1 + product, -1, p) % p, (y * y + x * x) * pow(1 - product, -1, p) % p
    return (x, y) == (0, 1)


def test_p6_nobody_signs_for_a_key_of_small_order() -> None:
    assert len(_SMALL_ORDER) == 7
    for y in _SMALL_ORDER:
        assert _times_eight_is_neutral(y % (2**255 - 19))
        for sign_bit in (0, 1 << 255):
            public = (y + sign_bit).to_bytes(32, "little")
            # Such a "key" is its own signature for one message in eight, or for every one.
            for digest in (hashlib.sha256(bytes((number,))).digest() for number in range(32)):
                assert refused(public, DOMAIN, digest, public + bytes(32))
                assert refused(public, DOMAIN, digest, b"\1" + bytes(63))


def test_a_key_comes_back_from_its_bytes_and_hides_them() -> None:
    key = SigningKey.generate()
    again = SigningKey.from_bytes(key.to_bytes())
    assert again.public == key.public
    assert repr(again) == "SigningKey(…)"
    for length in (0, 31, 33, 64):
        with pytest.raises(InterviewError) as caught:
            SigningKey.from_bytes(bytes(length))
        assert caught.value.code == "crypto.bad-key"


def test_rfc_8032_test_1_gives_the_public_key() -> None:
    raw = bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
    public = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
    assert SigningKey.from_bytes(raw).public.hex() == public


def test_a_digest_that_is_no_digest_is_a_mistake_of_the_caller() -> None:
    key = SigningKey.generate()
    with pytest.raises(ValueError, match="SHA-256"):
        sign(key, DOMAIN, b"content itself")
    with pytest.raises(ValueError, match="zero bytes"):
        sign(key, "interview\0", DIGEST)
