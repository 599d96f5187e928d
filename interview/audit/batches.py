"""A batch's file, read without the code that writes it: the header, and the records in the order they lie."""

import hashlib
import json
from dataclasses import dataclass, field
from typing import Final

_MAGIC: Final = b"INTBATCH"
_SIGNATURE: Final = 64


@dataclass(frozen=True, slots=True)
class BatchFile:
    """What a batch says and holds; `whole` is False where its bytes are not as the format says."""

    name: str
    seq: int
    survey: str
    final: bool
    hashes: tuple[bytes, ...] = field(repr=False)
    lengths: frozenset[int]
    whole: bool


def read_batch_file(name: str, content: bytes) -> BatchFile:
    """Read a batch as far as it goes."""
    length = int.from_bytes(content[8:12], "big")
    try:
        header = json.loads(content[12 : 12 + length])
        said = header["survey"]["content"]
        canonical = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
        seq, final = int(header["seq"]), bool(header["final"])
    except (ValueError, KeyError, TypeError, RecursionError):
        return BatchFile(name, 0, "", False, (), frozenset(), False)
    hashes, lengths, at = [], set(), 12 + length
    end = len(content) - _SIGNATURE
    while at + 4 <= end:
        size = int.from_bytes(content[at : at + 4], "big")
        record = content[at + 4 : min(at + 4 + size, end)]
        hashes.append(hashlib.sha256(record).digest())
        lengths.add(size)
        at += 4 + size
    whole = content.startswith(_MAGIC) and at == end
    return BatchFile(name, seq, hashlib.sha256(canonical).hexdigest(), final, tuple(hashes), frozenset(lengths), whole)
