"""Reading what somebody handed over: the limit comes first (T11)."""

from pathlib import Path

from interview.errors import InterviewError


def read_bounded(path: Path, limit: int) -> bytes:
    """The bytes of a file of at most `limit` bytes; `files.not-found`, `files.too-large`, `files.unreadable`."""
    try:
        with path.open("rb") as file:
            content = file.read(limit + 1)
    except FileNotFoundError:
        raise InterviewError("files.not-found", path.name) from None
    except OSError as error:
        raise InterviewError("files.unreadable", path.name, reason=error.strerror or "") from None
    if len(content) > limit:
        raise InterviewError("files.too-large", path.name, limit=limit)
    return content
