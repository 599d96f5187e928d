"""Bytes inside JSON: standard base64 (RFC 4648 section 4), in its one canonical form."""

import base64
import binascii

from interview.errors import InterviewError


def to_base64(raw: bytes) -> str:
    """`raw` as padded base64."""
    return base64.b64encode(raw).decode("ascii")


def from_base64(text: object, length: int | None = None) -> bytes:
    """The bytes of canonical base64; `exchange.bad-encoding` for anything else or where `length` bytes were due."""
    if not isinstance(text, str):
        raise InterviewError("exchange.bad-encoding")
    try:
        raw = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise InterviewError("exchange.bad-encoding") from None
    # The last character of unpadded bits may differ and decode alike; one value has one text here.
    if to_base64(raw) != text or (length is not None and len(raw) != length):
        raise InterviewError("exchange.bad-encoding")
    return raw
