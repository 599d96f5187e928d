"""Padding: every response of a questionnaire version has one length, so its size tells nothing (T5).

Padded bytes are the content's length (4 bytes, big-endian), the content, and zeros up to the size.
"""

from typing import Final

from interview.errors import InterviewError

PREFIX: Final = 4
"""Bytes before the content."""
KIB: Final = 1024


def pad(content: bytes, size: int) -> bytes:
    """`content` padded to `size` bytes; `crypto.too-long` if it does not fit."""
    if len(content) + PREFIX > size:
        raise InterviewError("crypto.too-long", "", length=len(content), limit=size - PREFIX)
    return (len(content).to_bytes(PREFIX, "big") + content).ljust(size, b"\0")


def unpad(padded: bytes) -> bytes:
    """The content of padded bytes; `crypto.damaged-record` if they were not padded like this."""
    length = int.from_bytes(padded[:PREFIX], "big")
    rest = padded[PREFIX + length :]
    if len(padded) < PREFIX + length or rest.count(0) != len(rest):
        raise InterviewError("crypto.damaged-record")
    return padded[PREFIX : PREFIX + length]


def round_up_kib(length: int) -> int:
    """`length` rounded up to a whole number of KiB."""
    return -(-length // KIB) * KIB
