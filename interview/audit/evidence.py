"""What an attacker with the folder and every passphrase has in hand: files, opened databases, batches."""

import json
import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Final

from interview.audit.batches import BatchFile, read_batch_file
from interview.audit.pages import Pages, opens, read_pages
from interview.audit.trees import Image, Value
from interview.errors import InterviewError

WORKSPACE: Final = "workspace.db"
RESPONSES: Final = "responses.db"
LOG: Final = "interview.log"
BATCHES: Final = "*.batch"
MINIMUM: Final = 10
"""The smallest group that may leave where the survey does not say."""
KEY: Final = 32
"""Bytes of a database's key."""
_WAL: Final = "-wal"
_SCRATCH: Final = ("etilqs_*", "sqlite_*")
"""How SQLite names files for scratch."""


@dataclass(frozen=True, slots=True)
class File:
    """A file as it lies: its place in the folder (with `/`), its mode and owner, its bytes."""

    name: str
    path: Path
    mode: int
    owner: int
    content: bytes = field(repr=False)


@dataclass(frozen=True)
class Opened:
    """A database whose pages were opened: as its readers see it, and what else can be read."""

    name: str
    pages: Pages = field(repr=False)

    @cached_property
    def image(self) -> Image:
        """What a reader of the database sees."""
        return Image(self.pages.current)

    @property
    def values(self) -> Iterator[tuple[str, str, Value]]:
        """Table, column and value, all there are."""
        for tree in self.image.trees.values():
            if tree.name != "sqlite_schema":
                for row in tree.rows:
                    for column, value in row.items():
                        yield tree.name, column, value


class Evidence:
    """Everything the attacks look at. `secrets` are the keyring's, by name; nothing is written, nothing is locked."""

    def __init__(self, root: Path, secrets: Mapping[str, bytes], scratch: Iterable[Path] | None = None) -> None:
        self.root = root
        self.secrets = secrets
        self.files = tuple(_read(path, root) for path in sorted(root.rglob("*")) if path.is_file())
        folders = scratch_folders() if scratch is None else scratch
        self.scratch = tuple(_read(path, path.parent) for folder in folders for path in _scratch_files(folder))
        self.workspace = self._opened(WORKSPACE)
        self.responses = self._opened(RESPONSES)

    def _opened(self, name: str) -> Opened:
        """A database under whichever key opens it: while keys are exchanged there are old and new ones."""
        content = self.content(name)
        fitting = (key for key in self.secrets.values() if len(key) == KEY and opens(content, key))
        key = next(fitting, None)
        if key is None:
            return Opened(name, Pages({}, (), 1))
        return Opened(name, read_pages(content, self.content(name + _WAL), key))

    def content(self, name: str) -> bytes:
        """The bytes of a file of the folder, none where it is missing."""
        return next((file.content for file in self.files if file.name == name), b"")

    @cached_property
    def sealed(self) -> Mapping[bytes, tuple[bytes, bytes]]:
        """The stored responses: key → survey, sealed bytes."""
        return {
            _raw(row.get("hash")): (_raw(row.get("survey")), _raw(row.get("sealed")))
            for row in self.responses.image.table("response")
        }

    @cached_property
    def surveys(self) -> Mapping[bytes, Mapping[str, object]]:
        """What each survey's envelope says: hash → content."""
        found = {}
        for row in self.responses.image.table("survey"):
            try:
                content = json.loads(_raw(row.get("envelope"))).get("content")
            except (ValueError, AttributeError, RecursionError):
                content = None
            found[_raw(row.get("hash"))] = content if isinstance(content, dict) else {}
        return found

    def minimum(self, survey: bytes) -> int:
        """The smallest batch a survey lets leave."""
        said = self.surveys.get(survey, {}).get("minimum_batch")
        return said if isinstance(said, int) else MINIMUM

    @cached_property
    def public(self) -> bytes:
        """What every station of the survey has and what tells nothing of anybody: surveys, forms and their hashes."""
        parts: list[bytes] = []
        for table, column in (("survey", "envelope"), ("questionnaire", "canonical")):
            for row in self.responses.image.table(table):
                parts += [_raw(row.get(column)), _raw(row.get("hash")), _raw(row.get("hash")).hex().encode()]
        return b"\n".join(parts)

    @cached_property
    def batches(self) -> tuple[BatchFile, ...]:
        """The batches that lie in the folder."""
        return tuple(read_batch_file(file.name, file.content) for file in self.files if file.path.match(BATCHES))

    @cached_property
    def noted(self) -> tuple[File, ...]:
        """What else is written down: the names of files, folders and links, where links lead, what the keyring holds."""
        paths = sorted(self.root.rglob("*"))
        named = [path.relative_to(self.root).as_posix() for path in paths]
        named += [os.fsdecode(path.readlink()) for path in paths if path.is_symlink()]
        kept = {"names": "\n".join(named).encode("utf-8", "surrogateescape")}
        kept |= {f"keyring: {name}": secret for name, secret in self.secrets.items()}
        return tuple(File(name, self.root, 0, -1, content) for name, content in kept.items())

    @cached_property
    def copies(self) -> tuple[tuple[File, str], ...]:
        """Files besides the station's own that open with its keys, and the name of the key."""
        own = {WORKSPACE, RESPONSES}
        keys = {name: key for name, key in self.secrets.items() if len(key) == KEY}
        return tuple(
            (file, name)
            for file in self.files
            if file.name not in own
            for name, key in keys.items()
            if opens(file.content, key)
        )


def scratch_folders() -> tuple[Path, ...]:
    """Where SQLite and Python put what is only for the moment."""
    named = (os.environ.get("SQLITE_TMPDIR"), tempfile.gettempdir(), "/var/tmp")  # noqa: S108  looked into, not used
    return tuple(dict.fromkeys(Path(folder) for folder in named if folder and Path(folder).is_dir()))


def _scratch_files(folder: Path) -> Iterator[Path]:
    for pattern in _SCRATCH:
        for path in sorted(folder.glob(pattern)):
            if path.is_file() and os.access(path, os.R_OK):
                yield path


def _read(path: Path, root: Path) -> File:
    try:
        status = path.stat()
        return File(path.relative_to(root).as_posix(), path, status.st_mode & 0o7777, status.st_uid, path.read_bytes())
    except FileNotFoundError:
        # It went while we looked: an emptied WAL, a batch that got its name.
        return File(path.relative_to(root).as_posix(), path, 0, -1, b"")
    except OSError as error:
        raise InterviewError("audit.unreadable", path.name, reason=error.strerror or "") from None


def _raw(value: Value) -> bytes:
    if isinstance(value, bytes):
        return value
    return b"" if value is None else str(value).encode("utf-8", "surrogateescape")
