"""A real pseudo-terminal with a real terminal emulator behind it: what a person would see of the installed program.

Every wait is for a condition on the screen, with a deadline; nothing sleeps. POSIX only.
"""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from types import TracebackType

import pyte

KEYS = {
    "enter": b"\r",
    "escape": b"\x1b",
    "tab": b"\t",
    "backspace": b"\x7f",
    "up": b"\x1b[A",
    "down": b"\x1b[B",
    "pageup": b"\x1b[5~",
    "pagedown": b"\x1b[6~",
    "f1": b"\x1bOP",
    "f2": b"\x1bOQ",
    "f3": b"\x1bOR",
    "f4": b"\x1bOS",
    "f5": b"\x1b[15~",
    "f6": b"\x1b[17~",
    "f7": b"\x1b[18~",
    "f8": b"\x1b[19~",
    "f9": b"\x1b[20~",
    "f10": b"\x1b[21~",
    "ctrl+s": b"\x13",
    "ctrl+p": b"\x10",
}
# pyte prints the tail of sequences it does not know (kitty keyboard protocol, in-band resize): they are taken out first.
_UNKNOWN = re.compile(rb"\x1b\[[<>=?][0-9;]*[u$p]+|\x1b\[[0-9;]*\$p|\x1bP.*?\x1b\\", re.DOTALL)


class Terminal:
    """A program running on a terminal of a given size; `raw` is every byte it has written."""

    def __init__(
        self, command: Sequence[str], environment: Mapping[str, str], *, columns: int = 80, rows: int = 24
    ) -> None:
        self.screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self.screen)
        self.raw = b""
        self.status: int | None = None
        self.pid, self._fd = pty.fork()
        if self.pid == 0:
            # As a terminal's shell has it, also where the tests themselves run without one.
            signal.signal(signal.SIGHUP, signal.SIG_DFL)
            os.execvpe(command[0], list(command), {**os.environ, **environment, "TERM": "xterm-256color"})
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def __enter__(self) -> "Terminal":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.kill()
        if self._fd >= 0:
            os.close(self._fd)

    @property
    def text(self) -> str:
        """The screen as it stands, a line a row."""
        return "\n".join(line.rstrip() for line in self.screen.display)

    def until(self, *wanted: str, deadline: float = 20.0) -> str:
        """The screen, as soon as every one of `wanted` stands on it (a line break counts as a blank)."""
        return self.until_true(lambda text: all(words in _flat(text) for words in wanted), repr(wanted), deadline)

    def until_gone(self, *unwanted: str, deadline: float = 20.0) -> str:
        """The screen, as soon as none of `unwanted` stands on it."""
        return self.until_true(lambda text: not any(words in _flat(text) for words in unwanted), "gone", deadline)

    def until_true(self, condition: Callable[[str], bool], what: str, deadline: float = 20.0) -> str:
        """The screen, as soon as the condition holds of it."""
        end = time.monotonic() + deadline
        while not condition(self.text):
            if not self.read(end - time.monotonic()):
                raise AssertionError(f"{what} did not come; the screen:\n{self.text}")
        return self.text

    def read(self, wait: float) -> bool:
        """Take in what the program writes within `wait` seconds; whether there was anything."""
        ready, _, _ = select.select([self._fd], [], [], max(wait, 0))
        if not ready:
            return False
        try:
            written = os.read(self._fd, 65536)
        except OSError:
            return False
        if not written:
            return False
        self.raw += written
        self.show(written)
        return True

    def show(self, written: bytes) -> None:
        """Let the emulator take in what was written."""
        self._stream.feed(_UNKNOWN.sub(b"", written))

    def quiet(self, seconds: float = 0.3) -> str:
        """The screen, once nothing has been written for `seconds`: also how long a question must have stood (P1)."""
        while self.read(seconds):
            pass
        return self.text

    def press(self, *keys: str) -> None:
        """Send keys by name, or text as it is typed."""
        for key in keys:
            os.write(self._fd, KEYS.get(key, key.encode()))

    def resize(self, columns: int, rows: int) -> None:
        """Change the size of the window."""
        self.screen.resize(rows, columns)
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def kill(self) -> None:
        """End the program at once, as a power cut would."""
        if self.status is None:
            os.kill(self.pid, signal.SIGKILL)
            _, self.status = os.waitpid(self.pid, 0)

    def tell(self, number: int) -> None:
        """Send the program a signal."""
        os.kill(self.pid, number)

    def hang_up(self, deadline: float = 20.0) -> int:
        """Close the terminal under the program, as a window that is closed; the exit status, once it has ended."""
        os.close(self._fd)
        self._fd = -1
        end = time.monotonic() + deadline
        while self.status is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.status = os.waitstatus_to_exitcode(status)
            elif time.monotonic() > end:
                raise AssertionError("the program did not end")
            else:
                select.select([], [], [], 0.02)
        return self.status

    def ended(self, deadline: float = 20.0) -> int:
        """The exit status, once the program has ended by itself."""
        end = time.monotonic() + deadline
        while self.status is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.status = os.waitstatus_to_exitcode(status)
            elif not self.read(0.05) and time.monotonic() > end:
                raise AssertionError(f"the program did not end; the screen:\n{self.text}")
        return self.status


def _flat(text: str) -> str:
    return re.sub(r"\s+", " ", text)
