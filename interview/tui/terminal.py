"""A POSIX terminal that may be gone before the program is told, and one that was stopped from outside.

What writes to the terminal is a thread of Textual's with a queue of 30 texts: an error ends the thread, and once the queue is
full nothing that is painted ever returns. A terminal that is closed makes every write an error, and sends `SIGCONT` after
`SIGHUP`.
"""

import os
from contextlib import suppress
from typing import IO, Any

from textual.driver import Driver
from textual.drivers.linux_driver import LinuxDriver


class _Output:
    """What is written to a terminal; what it does not take is dropped."""

    def __init__(self, file: IO[str]) -> None:
        self._file = file

    def write(self, text: str) -> None:
        """Write it, or nothing."""
        with suppress(OSError):
            self._file.write(text)

    def flush(self) -> None:
        """Hand on what was written, or nothing."""
        with suppress(OSError):
            self._file.flush()

    def fileno(self) -> int:
        """The number of the file underneath."""
        return self._file.fileno()


class TerminalDriver(LinuxDriver):
    """Textual's driver, at a terminal as above."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._file: Any = _Output(self._file)

    def _sigcont_application(self, *_: object) -> None:
        if not os.isatty(self.fileno):
            return
        if not self._must_signal_resume:
            # Stopped without its knowing: begun anew as it is, it would have two threads that read the keys.
            self.suspend_application_mode()
        super()._sigcont_application()


def drives_terminal(usual: type[Driver]) -> type[Driver]:
    """The driver in place of Textual's usual one; one that is chosen by the environment stays."""
    return TerminalDriver if usual is LinuxDriver else usual
