"""Finding what two heaps of bytes have in common, eight bytes at a time.

Eight bytes are read as one number, at every offset; two texts that share more share these.
"""

import base64
import binascii
import hashlib
import re
from collections.abc import Iterable, Iterator
from typing import Final

from interview.audit.trees import Value

GRAM: Final = 8
"""Bytes that are compared at a time."""
LARGE: Final = 1 << 20
"""Smaller numbers are counts; a larger one may stand for somebody."""
_SHORTEST: Final = 6
_SEVERAL: Final = 3
_BY_CHANCE: Final = 1 << 26
"""Places times keys where one in 64 meets four bytes of a key by chance, and three never do."""
_HEX: Final = re.compile(r"[0-9a-fA-F-]{16,}")
_BASE64: Final = re.compile(r"[A-Za-z0-9+/_-]{16,}={0,2}")


def grams(content: bytes, size: int = GRAM) -> Iterator[memoryview]:
    """Every eight bytes of some content (or four, `size`) as numbers, one view for each of as many offsets."""
    whole = memoryview(content)
    for offset in range(min(size, max(len(content) - size + 1, 0))):
        count = (len(content) - offset) // size
        part = whole[offset : offset + count * size]
        yield part.cast("Q") if size == GRAM else part.cast("I")


def gram(content: bytes) -> int:
    """The first eight bytes as such a number."""
    return memoryview(content[:GRAM]).cast("Q")[0]


class Beginnings:
    """The beginnings of keys, which name them as well as the whole: six bytes or twelve hexadecimal digits of one.

    Of several keys four bytes or eight digits do, in content so small that these are not there by chance.
    """

    def __init__(self, keys: Iterable[bytes]) -> None:
        whole = [key for key in keys if len(key) >= GRAM]
        self._bytes = {memoryview(key[:4]).cast("I")[0]: key[:6] for key in whole}
        self._digits = {gram(key.hex().encode()): key.hex().encode()[:12] for key in whole}
        self._heads = (frozenset(self._bytes), frozenset(self._digits))

    def named_in(self, content: bytes) -> int:
        """How many keys are named."""
        if len(content) < _SHORTEST:
            return 0
        heads, digits = self._heads
        return self._named({self._bytes[hit] for hit in _met(heads, content, 4)}, content) or self._named(
            {self._digits[hit] for hit in _met(digits, content.lower(), GRAM)}, content.lower()
        )

    def _named(self, met: set[bytes], content: bytes) -> int:
        if len(met) >= _SEVERAL and len(content) * len(self._bytes) < _BY_CHANCE:
            return len(met)
        return sum(beginning in content for beginning in met)


def _met(heads: frozenset[int], content: bytes, size: int) -> set[int]:
    return {hit for view in grams(content, size) for hit in heads.intersection(view)}


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


def bytes_of(value: Value) -> bytes:
    """A text or bytes as bytes, nothing for a number."""
    if isinstance(value, str):
        return value.encode("utf-8", "surrogateescape")
    return value if isinstance(value, bytes) else b""


def names_of(key: bytes) -> Iterator[bytes]:
    """A key in every spelling it may be written down in: as it is, hashed, in base32, as a decimal number."""
    yield key
    yield hashlib.sha256(key).digest()
    yield base64.b32encode(key)
    number = str(int.from_bytes(key, "big")).encode()
    if len(number) >= GRAM:
        yield number


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
