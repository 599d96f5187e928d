"""A pseudo-terminal with a clock: when a marker appeared, when the last byte after a key came. POSIX only."""

import fcntl
import os
import pty
import select
import signal
import struct
import termios
import time
from collections.abc import Mapping, Sequence
from types import TracebackType

QUIET = 0.12
"""Seconds without a byte after which the screen counts as settled."""


class Timed:
    """A program on a pseudo-terminal of 80×24; every wait is for bytes, with a deadline in seconds."""

    def __init__(
        self, command: Sequence[str], environment: Mapping[str, str], rows: int = 24, columns: int = 80
    ) -> None:
        self.started = time.perf_counter()
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.execvpe(command[0], list(command), {**os.environ, **environment, "TERM": "xterm-256color"})
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.seen = b""

    def __enter__(self) -> "Timed":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.fd)

    def until(self, marker: str, deadline: float = 30.0) -> float:
        """Seconds from the start of the program until `marker` had been written."""
        end = time.perf_counter() + deadline
        while marker.encode() not in self.seen:
            if not self._read(end - time.perf_counter()):
                raise TimeoutError(f"{marker!r} never came; last: {self.seen[-400:]!r}")
        return time.perf_counter() - self.started

    def key(self, keys: bytes, quiet: float = QUIET) -> float:
        """Seconds from writing `keys` until the last byte before the screen was quiet."""
        sent = last = time.perf_counter()
        os.write(self.fd, keys)
        while self._read(quiet if last > sent else 2.0):
            last = time.perf_counter()
        return last - sent

    def settle(self, quiet: float = QUIET) -> None:
        """Read until nothing has come for a while."""
        while self._read(quiet):
            pass

    def forget(self) -> None:
        """Drop what has been seen, so that the next marker is a new one."""
        self.seen = b""

    def _read(self, wait: float) -> bool:
        ready, _, _ = select.select([self.fd], [], [], max(wait, 0))
        if not ready:
            return False
        try:
            self.seen += os.read(self.fd, 65536)
        except OSError:
            return False
        return True
