"""The pages of an encrypted database, from its file and its write-ahead log, in plain bytes.

Formats: https://www.sqlite.org/fileformat2.html sections 1.2 to 1.5 and 4 (the WAL). SQLCipher encrypts a page in the
WAL as it does in the file; the headers of WAL and frames stay plain.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from interview.crypto.bare import RESERVED, SALT, PageKey

PAGE: Final = 4096
"""Bytes of a page."""
USABLE: Final = PAGE - RESERVED
"""Bytes of a page that hold content."""
_WAL_HEADER: Final = 32
_FRAME_HEADER: Final = 24
_INDEX_BLOCK: Final = 32_768
_INDEX_HEADER: Final = 136


@dataclass(frozen=True, slots=True)
class Frame:
    """One page as the WAL holds it; `live` where it belongs to the WAL's present run and to a commit."""

    number: int
    page: bytes = field(repr=False)
    live: bool


@dataclass(frozen=True)
class Pages:
    """What could be opened: `filed` by the file, `frames` in the order of the WAL; `shut` could not be opened."""

    filed: Mapping[int, bytes] = field(repr=False)
    frames: tuple[Frame, ...] = field(repr=False)
    shut: int

    @cached_property
    def current(self) -> Mapping[int, bytes]:
        """Each page as a reader of the database sees it: the last committed frame over the file."""
        seen = {**self.filed, **{frame.number: frame.page for frame in self.frames if frame.live}}
        size = int.from_bytes(seen[1][28:32], "big") if 1 in seen else 0
        return {number: page for number, page in seen.items() if number <= size}

    @cached_property
    def superseded(self) -> tuple[bytes, ...]:
        """Every version of a page that a reader does not see but that can be read all the same."""
        current = self.current
        versions = [*self.filed.items(), *((frame.number, frame.page) for frame in self.frames)]
        return tuple(page for number, page in versions if current.get(number) != page)


def opens(start: bytes, key: bytes) -> bool:
    """Whether a file's first page is one of a database under this key."""
    return len(start) >= PAGE and PageKey(key, start[:SALT]).open(start[:PAGE], 1) is not None


def read_pages(file: bytes, wal: bytes, key: bytes) -> Pages:
    """Every page of a database's file and WAL that opens with the raw key."""
    page_key = PageKey(key, file[:SALT])
    filed: dict[int, bytes] = {}
    shut = 1 if len(file) % PAGE or not file else 0
    for number in range(1, len(file) // PAGE + 1):
        opened = page_key.open(file[(number - 1) * PAGE : number * PAGE], number)
        if opened is None:
            shut += 1
        else:
            filed[number] = opened
    frames = tuple(_frames(wal, page_key))
    return Pages(filed, tuple(frame for frame in frames if frame.page), shut + sum(not frame.page for frame in frames))


def indexed_pages(index: bytes) -> tuple[tuple[int, ...], ...]:
    """The pages a WAL's index names, in the order they were written, block by block; also those it counts no longer.

    Format: https://www.sqlite.org/walformat.html section 2.2. The numbers are as the machine writes them.
    """
    blocks = []
    for start in range(0, len(index), _INDEX_BLOCK):
        numbers = index[start + (0 if start else _INDEX_HEADER) : start + _INDEX_BLOCK // 2]
        view = memoryview(numbers[: len(numbers) // 4 * 4]).cast("I")
        blocks.append(tuple(number for number in view if number))
    return tuple(blocks)


def _frames(wal: bytes, key: PageKey) -> Iterator[Frame]:
    """Every frame there is, also what is left of earlier runs; a page that does not open is empty."""
    salts, step = wal[16:24], _FRAME_HEADER + PAGE
    starts = range(_WAL_HEADER, len(wal) - step + 1, step)
    run = 0
    while run < len(starts) and wal[starts[run] + 8 : starts[run] + 16] == salts:
        run += 1
    # What follows the last commit was never acknowledged, or is being written.
    while run and wal[starts[run - 1] + 4 : starts[run - 1] + 8] == bytes(4):
        run -= 1
    for place, start in enumerate(starts):
        number = int.from_bytes(wal[start : start + 4], "big")
        page = key.open(wal[start + _FRAME_HEADER : start + step], number)
        yield Frame(number, page or b"", place < run)
