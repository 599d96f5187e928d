"""What a reader costs in a process of its own: processor time and the most memory, of C libraries too (T11)."""

import json
import os
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from tests.fuzz.readers import LARGEST, SLOWEST, Reader
from tests.pace import slowness

_STATUS = Path("/proc/self/status")


class Cost(NamedTuple):
    """The slowest of several inputs, its seconds and its beginning, and the most bytes any of them took."""

    seconds: float
    slowest: str
    memory: int


def cost(reader: Reader, contents: Iterable[bytes], tries: int = 3) -> Cost:
    """Read everything in a fork of this process, where nothing else is counted (Linux).

    A slow input is tried again: a pause of the machine is not the reader's. Memory that one input gave back and the next
    took again is counted once, so what is told is never less than the most that one of them took.
    """
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        try:
            told = json.dumps(_measured(reader, contents, tries))
        except BaseException as error:
            told = json.dumps(f"{type(error).__name__}: {error}")
        os.write(writing, told.encode()[:60_000])
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        told = json.loads(pipe.read() or b'"the process ended"')
    os.waitpid(child, 0)
    assert isinstance(told, list), told
    return Cost(*told)


def assert_cheap(reader: Reader, contents: Sequence[bytes], tries: int = 3) -> None:
    """Every input in time and in little memory; where others keep the machine busy, in one of three goes."""
    for _ in range(3):
        found = cost(reader, contents, tries)
        if found.seconds < SLOWEST * slowness():
            break
    else:
        raise AssertionError(found)
    assert found.memory < LARGEST, found


def _measured(reader: Reader, contents: Iterable[bytes], tries: int) -> Cost:
    before, worst, slowest = _memory("VmRSS"), 0.0, b""
    for content in contents:
        seconds = reader.timed(content)
        if seconds > worst and (seconds := min([seconds, *(reader.timed(content) for _ in range(tries - 1))])) > worst:
            worst, slowest = seconds, content
    return Cost(worst, repr(slowest[:60]), _memory("VmHWM") - before)


def _memory(what: str) -> int:
    """Bytes of memory, now (`VmRSS`) or at most so far (`VmHWM`); proc(5)."""
    found = re.search(rf"{what}:\s+(\d+) kB", _STATUS.read_text())
    assert found is not None
    return int(found[1]) * 1024
