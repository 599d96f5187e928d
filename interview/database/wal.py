"""The write-ahead log read frame by frame, before SQLite does: SQLite silently drops whatever follows a frame it doubts.

Format: https://www.sqlite.org/fileformat2.html#the_write_ahead_log. A log has a header (32 bytes) and frames of a header
(24 bytes: page, size of the database after a commit or 0, two salts, two sums) and a page. Frames of earlier rounds keep
the salts of theirs.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Final

from interview.database.opening import PAGE
from interview.errors import InterviewError

HEADER: Final = 32
FRAME: Final = 24 + PAGE
_MAGIC: Final = (0x377F0682, 0x377F0683)
_MASK: Final = 0xFFFFFFFF
_SECTOR: Final = 512
"""What a disk writes whole or not at all. Pages are encrypted: a part of a frame that is all zeros was never written."""

Pair = tuple[int, int]
"""Two numbers of 32 bits: salts, sums."""


@dataclass(frozen=True, slots=True)
class Walk:
    """What a log holds: the pages that are committed in it, and whether something in it was changed.

    `doubtful`: a frame of the present round does not add up although a later commit follows. A write that was cut short
    by a power failure has at most its own after it, behind what did not reach the disk, and is not doubtful.
    `remnant`: a commit of the present round lies behind the end, doubtful or not. Once a shorter write is put before it,
    what a power failure left can no longer be told from what somebody changed: the log must be emptied first.
    """

    pages: frozenset[int]
    doubtful: bool = False
    remnant: bool = False


NOTHING: Final = Walk(frozenset())


@dataclass(frozen=True, slots=True)
class _Frame:
    page: int
    commit: bool
    salts: Pair
    sums: Pair
    checked: bytes
    unwritten: bool


def log_of(path: Path) -> Path:
    """Where the log of a database lies."""
    return path.with_name(path.name + "-wal")


def walk(path: Path) -> Walk:
    """Read the log of the database at `path`; without one there is nothing in it. `database.io-error` where it cannot be read."""
    try:
        with log_of(path).open("rb") as file:
            header = file.read(HEADER)
            return _walk(header, _frames(iter(lambda: file.read(FRAME), b"")))
    except FileNotFoundError:
        return NOTHING
    except OSError:
        raise InterviewError("database.io-error", path.name) from None


def _walk(header: bytes, frames: Iterator[_Frame]) -> Walk:
    if len(header) < HEADER:
        return NOTHING
    magic, _, _, _, *rest = struct.unpack(">8I", header)
    salts, order = (rest[0], rest[1]), ">" if magic & 1 else "<"
    sums = _add((0, 0), header[:24], order)
    if magic not in _MAGIC or sums != (rest[2], rest[3]):
        # The header is on the disk before the first frame is written, so a frame below a wrong one tells.
        return Walk(frozenset(), doubtful=any(frame.commit for frame in frames))
    pages: set[int] = set()
    uncommitted: set[int] = set()
    for frame in frames:
        sums = _add(sums, frame.checked, order)
        if frame.salts != salts or frame.sums != sums:
            doubtful, remnant = _behind_the_end(frame, salts, sums, frames, order)
            return Walk(frozenset(pages), doubtful, remnant)
        uncommitted.add(frame.page)
        if frame.commit:
            pages |= uncommitted
            uncommitted.clear()
    return Walk(frozenset(pages))


def _behind_the_end(bad: _Frame, salts: Pair, sums: Pair, frames: Iterator[_Frame], order: str) -> tuple[bool, bool]:
    """What follows a frame that does not add up to `sums`: whether a commit that was once durable does, whether any."""
    later = others = 0
    previous, goes_on_from = bad, (sums, bad.sums)
    for frame in frames:
        if frame.salts != salts:
            others += 1
        elif frame.commit:
            # One that does not follow from a frame that is there was itself cut short, by a cut or a full disk.
            known = previous.salts == salts and not previous.unwritten
            later += not known or any(_add(each, frame.checked, order) == frame.sums for each in goes_on_from)
        previous, goes_on_from = frame, (frame.sums, frame.sums)
    earlier = bad.salts[0] != salts[0] and bad.salts[1] != salts[1]
    # Where something of the frame did not reach the disk, the commit of the same cut-short transaction may still have.
    # Over an earlier round that is no gap of zeros: what follows tells that one lies there.
    allowed = 1 if earlier or bad.unwritten or (others and not bad.commit) else 0
    return later > allowed, later > 0


def _frames(chunks: Iterator[bytes]) -> Iterator[_Frame]:
    for number, chunk in enumerate(chunks):
        if len(chunk) < FRAME:
            return
        page, size, salt1, salt2, sum1, sum2 = struct.unpack(">6I", chunk[:24])
        unwritten = _has_gap(chunk, HEADER + number * FRAME)
        yield _Frame(page, size > 0, (salt1, salt2), (sum1, sum2), chunk[:8] + chunk[24:], unwritten)


def _has_gap(chunk: bytes, place: int) -> bool:
    """Whether a sector's whole part in a frame that lies at `place` in the log is zeros."""
    first = _SECTOR - place % _SECTOR
    cuts = [0, *range(first, len(chunk), _SECTOR), len(chunk)]
    return any(not any(chunk[start:end]) for start, end in pairwise(cuts))


def _add(sums: Pair, content: bytes, order: str) -> Pair:
    first, second = sums
    words = iter(struct.unpack(f"{order}{len(content) // 4}I", content))
    for left, right in zip(words, words, strict=True):
        first = (first + left + second) & _MASK
        second = (second + right + first) & _MASK
    return first, second
