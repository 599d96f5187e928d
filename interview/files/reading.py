"""Reading what somebody handed over: whether it is a file at all comes first, then the limit (T11)."""

import stat
from pathlib import Path
from typing import BinaryIO

from interview.errors import InterviewError


def open_file(path: Path, buffering: int = -1, *, pipe: bool = False) -> BinaryIO:
    """A file, or, where that may be, a pipe, opened to be read; `files.not-found`, `files.not-a-file`, `files.unreadable`."""
    try:
        # Looked at before it is opened: a pipe would wait for whoever writes it.
        mode = path.stat().st_mode
        if not (stat.S_ISREG(mode) or (pipe and stat.S_ISFIFO(mode))):
            raise InterviewError("files.not-a-file", path.name)
        return path.open("rb", buffering)
    except (FileNotFoundError, ValueError):
        # A name that holds a zero byte is no file's.
        raise InterviewError("files.not-found", path.name) from None
    except OSError as error:
        raise unreadable(path, error) from None


def read_bounded(path: Path, limit: int, *, pipe: bool = False) -> bytes:
    """The bytes of a file of at most `limit` bytes; `files.too-large`, those of `open_file`."""
    with open_file(path, pipe=pipe) as file:
        try:
            content = file.read(limit + 1)
        except OSError as error:
            raise unreadable(path, error) from None
    if len(content) > limit:
        raise InterviewError("files.too-large", path.name, limit=limit)
    return content


def unreadable(path: Path, error: OSError) -> InterviewError:
    """What is told of a file that the system does not give."""
    return InterviewError("files.unreadable", path.name, reason=error.strerror or "")
