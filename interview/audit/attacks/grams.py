"""Finding what two heaps of bytes have in common, eight bytes at a time.

Eight bytes are read as one number, at every offset; two texts that share more share these.
"""

import base64
import binascii
import hashlib
import re
from collections.abc import Iterator
from typing import Final

from interview.audit.trees import Value

GRAM: Final = 8
"""Bytes that are compared at a time."""
LARGE: Final = 1 << 20
"""Smaller numbers are counts; a larger one may stand for somebody."""
_HEX: Final = re.compile(r"[0-9a-fA-F-]{16,}")
_BASE64: Final = re.compile(r"[A-Za-z0-9+/_-]{16,}={0,2}")


def grams(content: bytes) -> Iterator[memoryview]:
    """Every eight bytes of some content as numbers, one view for each of the eight offsets."""
    whole = memoryview(content)
    for offset in range(min(GRAM, max(len(content) - GRAM + 1, 0))):
        count = (len(content) - offset) // GRAM
        yield whole[offset : offset + count * GRAM].cast("Q")


def gram(content: bytes) -> int:
    """The first eight bytes as such a number."""
    return memoryview(content[:GRAM]).cast("Q")[0]


def forms(value: Value) -> Iterator[bytes]:
    """A value in every form it may take on the other side: as it is, decoded, as hexadecimal, hashed."""
    if isinstance(value, float) or (isinstance(value, int) and abs(value) >= LARGE):
        yield f"{value:>16}".encode()
        return
    if not isinstance(value, str | bytes):
        return
    raw = value.encode("utf-8", "surrogateescape") if isinstance(value, str) else value
    if len(raw) < GRAM:
        return
    yield raw
    if isinstance(value, str):
        yield from decoded(value)
    else:
        yield raw.hex().encode()
    yield hashlib.sha256(raw).digest()


def decoded(text: str) -> Iterator[bytes]:
    """The bytes a text stands for where it is hexadecimal or base64."""
    if _HEX.fullmatch(text):
        bare = text.replace("-", "")
        if len(bare) % 2 == 0:
            yield bytes.fromhex(bare)
    if _BASE64.fullmatch(text):
        try:
            yield base64.b64decode(text.rstrip("=") + "=" * (-len(text.rstrip("=")) % 4), altchars=b"-_")
            yield base64.b64decode(text.rstrip("=") + "=" * (-len(text.rstrip("=")) % 4))
        except binascii.Error:
            return
