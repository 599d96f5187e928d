"""Writing without half files: a temporary name in the same folder, fsync, rename, fsync of the folder.

After a failure neither the output nor the temporary file is there, and what stood under the name before still stands.
"""

import errno
import glob
import os
import stat
import sys
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Final

from interview.errors import InterviewError

_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT} if sys.platform != "win32" else {errno.ENOSPC})
_TOKEN_DIGITS: Final = 16


class AtomicFile:
    """A file (0600) that is there whole or not at all; a context manager that commits on a clean exit.

    `files.disk-full`, `files.write-failed` from every method, `files.not-a-file` on entering where something else than a
    file or a link has the name; the place is the file's name.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._temporary = path.parent / (f".{path.name}.{os.urandom(_TOKEN_DIGITS // 2).hex()}")
        self._file: BinaryIO | None = None

    def __enter__(self) -> "AtomicFile":
        _refuse_device(self.path)
        try:
            create_private(self._temporary)
            self._file = self._temporary.open("r+b")
        except OSError as error:
            raise self._given_up(error) from None
        return self

    def write(self, chunk: bytes) -> int:
        """Append a chunk; how many bytes."""
        file = self._opened()
        try:
            return file.write(chunk)
        except OSError as error:
            raise self._given_up(error) from None

    def __exit__(
        self, kind: type[BaseException] | None, raised: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is not None or self._file is None:
            self._discard()
            return
        try:
            self._file.flush()
            os.fsync(self._file.fileno())
            self._file.close()
            self._temporary.replace(self.path)
            sync_folder(self.path.parent)
        except OSError as error:
            raise self._given_up(error) from None
        except BaseException:
            self._discard()
            raise

    def _opened(self) -> BinaryIO:
        if self._file is None:
            raise ValueError("an atomic file is written inside its with block")
        return self._file

    def _given_up(self, error: OSError) -> InterviewError:
        self._discard()
        return _failure(error, self.path)

    def _discard(self) -> None:
        if self._file is not None:
            # Closing writes what is buffered, which fails again on a full disk.
            with suppress(OSError):
                self._file.close()
        with suppress(OSError):
            self._temporary.unlink(missing_ok=True)


def write_atomically(path: Path, chunks: bytes | Iterable[bytes]) -> None:
    """Write a whole file (0600), given at once or in pieces; `files.disk-full`, `files.write-failed`."""
    with AtomicFile(path) as file:
        for chunk in (chunks,) if isinstance(chunks, bytes) else chunks:
            file.write(chunk)


def _refuse_device(path: Path) -> None:
    """A rename would take the place of a device, pipe or folder, and an administrator's would succeed."""
    with suppress(OSError):
        mode = path.lstat().st_mode
        if not (stat.S_ISREG(mode) or stat.S_ISLNK(mode)):
            raise InterviewError("files.not-a-file", path.name)


def remove_leftovers(path: Path) -> None:
    """Remove what a killed writing of `path` left under its temporary names; nobody else may be writing it."""
    with suppress(OSError):
        for leftover in path.parent.glob(f".{glob.escape(path.name)}.{'[0-9a-f]' * _TOKEN_DIGITS}"):
            leftover.unlink(missing_ok=True)


def create_private(path: Path) -> None:
    """Make an empty file (0600) that was not there; OSError as the system gives it."""
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


def _failure(error: OSError, path: Path) -> InterviewError:
    if error.errno in _FULL:
        return InterviewError("files.disk-full", path.name)
    return InterviewError("files.write-failed", path.name, reason=error.strerror or type(error).__name__)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable, where the platform lets a folder be synchronised; OSError as it gives it."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
