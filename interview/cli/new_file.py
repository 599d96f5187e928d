"""A file a command is to make: of a kind it knows, and never in place of another."""

from pathlib import Path

from interview.errors import InterviewError


def refuse_existing(path: Path, *endings: str) -> str:
    """The ending of a file to be made; `cli.file-exists`, `cli.file-ending` where it is none of `endings`."""
    ending = path.suffix.lower()
    if ending not in endings:
        raise InterviewError("cli.file-ending", str(path), known=", ".join(endings))
    if path.exists():
        raise InterviewError("cli.file-exists", str(path))
    return ending
