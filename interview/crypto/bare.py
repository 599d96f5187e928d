"""The bare primitives `audit` needs to attack a station: a database page opened without the cipher's own code, and the
public keys that belong to bytes suspected of being private ones.

A page of SQLCipher 4 ends in 80 reserved bytes: an IV (16) and an HMAC-SHA512 (64). Encrypted is what comes before, by
AES-256-CBC without padding; the HMAC is over the ciphertext, the IV and the page's number (4 bytes, little-endian),
under PBKDF2-HMAC-SHA512 of the raw key with the file's salt, each byte exclusive-or 0x3A, in 2 rounds. The first page
begins with the salt (16 bytes) in clear. Source: https://www.zetetic.net/sqlcipher/design/
"""

import hashlib
import hmac
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES256
from cryptography.hazmat.primitives.ciphers.modes import CBC

RESERVED: Final = 80
"""Bytes at the end of a page that hold no content."""
SALT: Final = 16
"""Bytes of salt at the start of a file."""
PRIVATE: Final = 32
"""Bytes of an X25519 or Ed25519 private key."""
_IV: Final = 16
_MASK: Final = 0x3A


class PageKey:
    """Opens the pages of one database file: a raw key of 32 bytes and the file's salt."""

    def __init__(self, key: bytes, salt: bytes) -> None:
        self._key = AES256(key)
        self._mac = hashlib.pbkdf2_hmac("sha512", key, bytes(byte ^ _MASK for byte in salt), 2, dklen=32)

    def open(self, page: bytes, number: int) -> bytes | None:
        """The content of page `number` (from 1), zeros in place of salt and reserved bytes; None if it is not whole."""
        skipped = SALT if number == 1 else 0
        end = len(page) - RESERVED
        authentic = hmac.digest(self._mac, page[skipped : end + _IV] + number.to_bytes(4, "little"), "sha512")
        if not hmac.compare_digest(authentic, page[end + _IV :]):
            return None
        decryptor = Cipher(self._key, CBC(page[end : end + _IV])).decryptor()
        return bytes(skipped) + decryptor.update(page[skipped:end]) + decryptor.finalize() + bytes(RESERVED)

    def __repr__(self) -> str:
        return "PageKey(…)"


def public_keys(private: bytes) -> tuple[bytes, bytes]:
    """The X25519 and the Ed25519 public key that 32 bytes are the private key of."""
    x25519 = X25519PrivateKey.from_private_bytes(private).public_key()
    return x25519.public_bytes_raw(), Ed25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()
