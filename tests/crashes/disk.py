"""A file layer between the program and the disk: everything that reaches the disk is shown first, and may be refused.

SQLite writes through the methods of its VFS (https://www.sqlite.org/vfs.html); here they are replaced in the table the
library itself uses, each by one that shows the operation and then calls the real one. What the program does with other
files goes through `os`, whose functions are wrapped the same way. Nothing is simulated: what is let through happens.
"""

import ctypes
import errno
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any

from sqlcipher3 import _sqlite3

SQLITE_FULL = 13
SQLITE_IOERR = {"read": 266, "write": 778, "sync": 1034, "truncate": 1546, "delete": 2570}
"""Extended result codes: https://www.sqlite.org/rescode.html."""


class Fault(Enum):
    """What the disk answers instead of doing what it was asked."""

    NO_SPACE = errno.ENOSPC
    IO_ERROR = errno.EIO
    SHORT = -1
    """Half of the bytes are written, then the disk is full."""


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing about to happen to a file.

    `kind` is `write`, `sync`, `truncate` or `delete` for a database's files (`write` with its bytes, `truncate` with
    the new length as `offset`; `read`, with the place, where reading is watched too), and `fsync`, `replace`, `rename`,
    `unlink`, `mkdir` or `open` for others. `to` is the new name.
    """

    kind: str
    path: Path
    offset: int = 0
    content: bytes = b""
    to: Path | None = None


Watcher = Callable[[Operation], Fault | None]

_FILE = ctypes.c_void_p
_CLOSE = ctypes.CFUNCTYPE(ctypes.c_int, _FILE)
_WRITE = ctypes.CFUNCTYPE(ctypes.c_int, _FILE, ctypes.c_void_p, ctypes.c_int, ctypes.c_int64)
_READ = _WRITE
_TRUNCATE = ctypes.CFUNCTYPE(ctypes.c_int, _FILE, ctypes.c_int64)
_SYNC = ctypes.CFUNCTYPE(ctypes.c_int, _FILE, ctypes.c_int)
# A name stays a pointer: SQLite keeps it, and reads parameters that lie behind it.
_OPEN = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p, _FILE, ctypes.c_int, ctypes.c_void_p)
_DELETE = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int)


class _Methods(ctypes.Structure):
    """`sqlite3_io_methods`, version 3."""

    _fields_ = (
        ("version", ctypes.c_int),
        ("close", ctypes.c_void_p),
        ("read", ctypes.c_void_p),
        ("write", ctypes.c_void_p),
        ("truncate", ctypes.c_void_p),
        ("sync", ctypes.c_void_p),
        ("size", ctypes.c_void_p),
        ("rest", ctypes.c_void_p * 12),
    )


class _Vfs(ctypes.Structure):
    """The beginning of `sqlite3_vfs`."""

    _fields_ = (
        ("version", ctypes.c_int),
        ("file_size", ctypes.c_int),
        ("longest_path", ctypes.c_int),
        ("next", ctypes.c_void_p),
        ("name", ctypes.c_char_p),
        ("application", ctypes.c_void_p),
        ("open", ctypes.c_void_p),
        ("delete", ctypes.c_void_p),
    )


def available() -> bool:
    """Whether the library shows its VFS, so that it can be watched."""
    return hasattr(_library(), "sqlite3_vfs_find")


@contextmanager
def mounted(place: Path, size: str) -> Iterator[bool]:
    """A file system of its own with little room, until the end of the block; False where the account may mount none."""
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(place)]
    if sys.platform != "linux" or subprocess.run(mount, check=False, capture_output=True).returncode:
        yield False
        return
    try:
        yield True
    finally:
        subprocess.run(["mount", "-o", "remount,rw", str(place)], check=False, capture_output=True)
        subprocess.run(["umount", str(place)], check=True)


@contextmanager
def watched(watcher: Watcher, *, reads: bool = False) -> Iterator[None]:
    """Show every operation of this process to `watcher`, until the end of the block; what is read only with `reads`.

    Only databases opened inside the block are seen, and they must be closed inside it. One watcher at a time.
    """
    vfs = _vfs()
    database = _WatchedDatabases(watcher, vfs, reads)
    files = _WatchedFiles(watcher)
    vfs.open, vfs.delete = database.open_pointer, database.delete_pointer
    files.install()
    try:
        yield
    finally:
        files.remove()
        vfs.open, vfs.delete = database.real_open, database.real_delete


class FullOnce:
    """A watcher: once `file` has been replaced (`begun`), the disk takes nothing more."""

    def __init__(self, file: Path) -> None:
        self.begun = False
        self._file = file

    def __call__(self, operation: Operation) -> Fault | None:
        self.begun = self.begun or (operation.kind == "replace" and operation.to == self._file)
        return Fault.NO_SPACE if self.begun and operation.kind == "write" else None


@cache
def _library() -> ctypes.CDLL:
    return ctypes.CDLL(_sqlite3.__file__)


def _vfs() -> _Vfs:
    find = _library().sqlite3_vfs_find
    find.restype = ctypes.POINTER(_Vfs)
    vfs: _Vfs = find(None).contents
    return vfs


class _WatchedDatabases:
    """The replaced methods of SQLite's VFS; it must outlive every file opened through it."""

    def __init__(self, watcher: Watcher, vfs: _Vfs, reads: bool) -> None:
        self._watcher = watcher
        self._reads = reads
        self._paths: dict[int, Path] = {}
        self._tables: dict[int, tuple[_Methods, tuple[Any, ...]]] = {}
        self.real_open, self.real_delete = vfs.open, vfs.delete
        self._real_open, self._real_delete = _OPEN(self.real_open), _DELETE(self.real_delete)
        self._open_callback, self._delete_callback = _OPEN(self._open), _DELETE(self._delete)
        self.open_pointer = ctypes.cast(self._open_callback, ctypes.c_void_p).value
        self.delete_pointer = ctypes.cast(self._delete_callback, ctypes.c_void_p).value

    def _open(self, vfs: int, name: int | None, file: int, flags: int, out: int | None) -> int:
        result: int = self._real_open(vfs, name, file, flags, out)
        if result == 0 and name is not None:
            self._paths[file] = _path(name)
            pointer = ctypes.cast(file, ctypes.POINTER(ctypes.c_void_p))
            real = pointer[0]
            if real is not None:
                pointer[0] = ctypes.addressof(self._watched_table(real))
        return result

    def _watched_table(self, real: int) -> _Methods:
        """The methods for files whose real ones lie at an address."""
        if real not in self._tables:
            table = _Methods.from_buffer_copy(ctypes.string_at(real, ctypes.sizeof(_Methods)))
            callbacks = (
                _READ(self._read(_READ(table.read))),
                _WRITE(self._write(_WRITE(table.write))),
                _TRUNCATE(self._truncate(_TRUNCATE(table.truncate))),
                _SYNC(self._sync(_SYNC(table.sync))),
            )
            pointers = (ctypes.cast(callback, ctypes.c_void_p).value for callback in callbacks)
            table.read, table.write, table.truncate, table.sync = pointers
            self._tables[real] = (table, callbacks)
        return self._tables[real][0]

    def _asked(self, operation: Operation) -> int:
        fault = self._watcher(operation)
        if fault is None:
            return 0
        if fault is Fault.IO_ERROR or operation.kind != "write":
            return SQLITE_IOERR[operation.kind]
        return SQLITE_FULL

    def _read(self, real: Any) -> Callable[[int, int, int, int], int]:
        def read(file: int, content: int, size: int, offset: int) -> int:
            refused = self._asked(Operation("read", self._paths[file], offset)) if self._reads else 0
            return refused or int(real(file, content, size, offset))

        return read

    def _write(self, real: Any) -> Callable[[int, int, int, int], int]:
        def write(file: int, content: int, size: int, offset: int) -> int:
            operation = Operation("write", self._paths[file], offset, ctypes.string_at(content, size))
            fault = self._watcher(operation)
            if fault is Fault.SHORT:
                real(file, content, size // 2, offset)
            if fault is not None:
                return SQLITE_IOERR["write"] if fault is Fault.IO_ERROR else SQLITE_FULL
            return int(real(file, content, size, offset))

        return write

    def _truncate(self, real: Any) -> Callable[[int, int], int]:
        def truncate(file: int, size: int) -> int:
            return self._asked(Operation("truncate", self._paths[file], size)) or int(real(file, size))

        return truncate

    def _sync(self, real: Any) -> Callable[[int, int], int]:
        def sync(file: int, flags: int) -> int:
            return self._asked(Operation("sync", self._paths[file])) or int(real(file, flags))

        return sync

    def _delete(self, vfs: int, name: int, sync: int) -> int:
        return self._asked(Operation("delete", _path(name))) or int(self._real_delete(vfs, name, sync))


def _path(name: int) -> Path:
    return Path(os.fsdecode(ctypes.string_at(name)))


class _WatchedFiles:
    """The functions of `os` through which the program changes other files."""

    def __init__(self, watcher: Watcher) -> None:
        self._watcher = watcher
        self._real = {name: getattr(os, name) for name in ("fsync", "replace", "rename", "unlink", "mkdir", "open")}

    def install(self) -> None:
        for name in self._real:
            setattr(os, name, self._shown(name))

    def remove(self) -> None:
        for name, function in self._real.items():
            setattr(os, name, function)

    def _shown(self, name: str) -> Callable[..., Any]:
        def shown(path: Any, *more: Any, **named: Any) -> Any:
            if name == "fsync":
                operation = Operation(name, path_of(path))
            elif name in ("replace", "rename"):
                operation = Operation(name, Path(path), to=Path(more[0]))
            else:
                operation = Operation(name, Path(path))
            fault = self._watcher(operation)
            if fault is not None:
                number = errno.EIO if fault is Fault.IO_ERROR else errno.ENOSPC
                raise OSError(number, os.strerror(number))
            return self._real[name](path, *more, **named)

        return shown


def path_of(handle: int) -> Path:
    """Where an open file lies; an empty path where the platform does not say."""
    if sys.platform == "linux":
        return Path(f"/proc/self/fd/{handle}").readlink()
    if sys.platform == "darwin":
        import fcntl

        return Path(os.fsdecode(fcntl.fcntl(handle, 50, bytes(1024)).rstrip(b"\0")))
    return Path()
