"""Kill loops: a warmed process forks, the child does some work and is killed at one of its steps on the disk.

A step is anything `crashes.disk` shows: a write or sync of SQLite, a rename, an fsync. The kill is SIGKILL, by the child
of itself, right before the step. What the child told before it died is what was acknowledged.

    points = count_points(work)
    for point in spread(points, 20):
        death = kill_at(work, point)

The work opens and closes everything it uses: nothing SQLite has open may be carried over a fork.
"""

import os
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.crashes.disk import Operation, available, watched

Tell = Callable[[str], None]
"""Says, outside the disk, that something was acknowledged."""
Work = Callable[[Tell], None]

needs_forks = pytest.mark.skipif(
    sys.platform == "win32" or not available(), reason="forks, and needs an SQLite that shows its VFS"
)
LONGEST = 120
"""Seconds after which a child is given up."""
_ENDED = "\0"


@dataclass(frozen=True, slots=True)
class Death:
    """How a child ended: whether it was killed, at which step, what it had told."""

    killed: bool
    at: Operation | None
    told: tuple[str, ...]


def count_points(work: Work) -> int:
    """How many steps the work takes when nobody kills it."""
    _, told = _run(work, None)
    return int(told[-1].removeprefix(_ENDED))


def kill_at(work: Work, point: int) -> Death:
    """Do the work in a child that is killed right before its step number `point`, counted from 0."""
    killed, told = _run(work, point)
    if not killed:
        told = told[:-1]
    at = next((line for line in told if line.startswith(_ENDED)), None)
    said = tuple(line for line in told if not line.startswith(_ENDED))
    return Death(killed, None if at is None else _operation(at), said)


def spread(points: int, at_most: int) -> list[int]:
    """So many points or fewer, spread evenly over all of them, the first and the last among them."""
    if points <= at_most:
        return list(range(points))
    return sorted({round(number * (points - 1) / (at_most - 1)) for number in range(at_most)})


def _operation(line: str) -> Operation:
    kind, path = line.removeprefix(_ENDED).split(" ", 1)
    return Operation(kind, Path(path))


def in_child(work: Work) -> tuple[str, ...]:
    """Do the work in a child that nobody kills; what it told. For looking at what a killed one left."""
    return tuple(_run(work, None)[1][:-1])


def together(works: Iterable[Work]) -> list[tuple[str, ...]]:
    """Do several works in as many children at the same time; what each told."""
    _wait_for_threads()
    running = [_start(work, None) for work in works]
    return [tuple(_end(*started)[1][:-1]) for started in running]


def _run(work: Work, point: int | None) -> tuple[bool, list[str]]:
    _wait_for_threads()
    return _end(*_start(work, point))


def _start(work: Work, point: int | None) -> tuple[int, int]:
    """The child, and where to read what it tells."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(read)
        _in_child(work, point, write)
    os.close(write)
    return child, read


def _end(child: int, read: int) -> tuple[bool, list[str]]:
    """Whether it was killed, and what it told."""
    with os.fdopen(read, encoding="utf-8", newline="\n") as pipe:
        told = pipe.read().split("\n")[:-1]
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert status in (0, -signal.SIGKILL), f"the child failed: {status}, having told {told}"
    return status != 0, told


def _wait_for_threads() -> None:
    """Wait until threads that ended are gone: one on its way out may hold a lock of OpenSSL, for ever in the child."""
    tasks = Path("/proc/self/task")
    until = time.monotonic() + 10
    while tasks.exists() and len(list(tasks.iterdir())) > threading.active_count() and time.monotonic() < until:
        os.sched_yield()


def _in_child(work: Work, point: int | None, pipe: int) -> None:
    """Never returns."""
    code, count, turn = 99, 0, threading.Lock()
    signal.alarm(LONGEST)

    def tell(text: str) -> None:
        os.write(pipe, text.encode() + b"\n")

    def watch(operation: Operation) -> None:
        nonlocal count
        with turn:
            if count == point:
                tell(f"{_ENDED}{operation.kind} {operation.path}")
                os.kill(os.getpid(), signal.SIGKILL)
            count += 1

    try:
        with watched(watch):
            work(tell)
        tell(f"{_ENDED}{count}")
        code = 0
    except BaseException:
        traceback.print_exc()
        sys.stderr.flush()
    finally:
        os._exit(code)
