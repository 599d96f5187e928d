"""Power cuts: what a disk may hold when the power goes, worked out from a recording of everything that was written.

A write is on the disk for certain once its file was synchronised; until then any part of it may be missing: all of it,
some pages, some sectors of a page. A new name, a rename or a removal in a folder is certain once the folder was
synchronised; until then the last ones may be missing. The recording is of the real program (`crashes.disk`).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from tests.crashes.disk import Fault, Operation, watched

SECTOR = 512


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """Something the program said was safe, in its place among the operations."""

    what: str


@dataclass(frozen=True, slots=True)
class Synchronised:
    """A file that is no database was synchronised with this content; a folder with None."""

    path: Path
    content: bytes | None


Event = Operation | Acknowledged | Synchronised


class Recording:
    """Everything that happened to the files below a folder, from what lay there at first."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
        self.events: list[Event] = []

    @contextmanager
    def running(self) -> Iterator[None]:
        """Record what this process does inside the block."""
        with watched(self._watch):
            yield

    def acknowledge(self, what: str) -> None:
        """Note that the program said so."""
        self.events.append(Acknowledged(what))

    def _watch(self, operation: Operation) -> Fault | None:
        path = operation.path
        if not path.is_relative_to(self.folder):
            return None
        if operation.kind == "fsync":
            self.events.append(Synchronised(path, None if path.is_dir() else path.read_bytes()))
        elif operation.kind not in ("open", "mkdir"):
            self.events.append(operation)
        return None

    def acknowledged(self, cut: int) -> tuple[str, ...]:
        """What had been acknowledged when the power went before event number `cut`."""
        return tuple(event.what for event in self.events[:cut] if isinstance(event, Acknowledged))

    def cuts(self) -> range:
        """Every place where the power may go."""
        return range(len(self.events) + 1)

    def after_cut(self, cut: int, rng: Random, folder: Path) -> None:
        """Put into an empty folder what the disk may hold when the power goes before event number `cut`."""
        disk = _Disk(dict(self.before))
        for event in self.events[:cut]:
            disk.take(event)
        for path, content in disk.left(rng).items():
            place = folder / path.relative_to(self.folder)
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(content)
        folder.mkdir(exist_ok=True)


@dataclass(slots=True)
class _Disk:
    """What is certain, and what is not yet."""

    certain: dict[Path, bytes]
    written: dict[Path, list[Operation]] = field(default_factory=dict)
    names: list[Operation] = field(default_factory=list)
    synchronised: dict[Path, bytes] = field(default_factory=dict)

    def take(self, event: Event) -> None:
        """One more event."""
        if isinstance(event, Acknowledged):
            return
        if isinstance(event, Synchronised):
            self._file_or_folder(event)
        elif event.kind in ("write", "truncate"):
            self.written.setdefault(event.path, []).append(event)
        elif event.kind == "sync":
            self.certain[event.path] = _applied(self.certain.get(event.path, b""), self.written.pop(event.path, []))
        else:
            # What was removed and made anew is another file.
            self.written.pop(event.path, None)
            self.names.append(event)
            if event.kind == "delete":
                self._settle([event])

    def _file_or_folder(self, event: Synchronised) -> None:
        if event.content is not None:
            self.synchronised[event.path] = event.content
        else:
            self._settle([name for name in self.names if event.path in (name.path.parent, name.path)])

    def _settle(self, names: list[Operation]) -> None:
        for name in names:
            self.names.remove(name)
            _renamed(self.certain, self.synchronised, name)

    def left(self, rng: Random) -> dict[Path, bytes]:
        """The files after the cut: what is certain, some of the names, some of what was written."""
        files, synchronised = dict(self.certain), dict(self.synchronised)
        for name in self.names[: rng.randint(0, len(self.names))]:
            _renamed(files, synchronised, name)
        for path, pending in self.written.items():
            survived = _survivors(pending, rng)
            if survived:
                files[path] = _applied(files.get(path, b""), survived)
        return files


def _renamed(files: dict[Path, bytes], synchronised: dict[Path, bytes], name: Operation) -> None:
    """A name given or taken away; what nobody synchronised is empty under its new name."""
    if name.to is None:
        files.pop(name.path, None)
    else:
        files[name.to] = synchronised.pop(name.path, files.pop(name.path, b""))


def _survivors(pending: list[Operation], rng: Random) -> list[Operation]:
    """Which of the writes nobody waited for reached the disk: none, all, the first ones, any, the last one torn."""
    match rng.randrange(5):
        case 0:
            return []
        case 1:
            return pending
        case 2:
            return pending[: rng.randint(0, len(pending))]
        case 3:
            return [operation for operation in pending if rng.random() < 0.5]
        case _:
            first = pending[: rng.randint(1, len(pending))]
            last = first[-1]
            torn = last.content[: SECTOR * rng.randint(0, len(last.content) // SECTOR)]
            return [*first[:-1], Operation(last.kind, last.path, last.offset, torn)]


def _applied(content: bytes, operations: list[Operation]) -> bytes:
    whole = bytearray(content)
    for operation in operations:
        if operation.kind == "truncate":
            del whole[operation.offset :]
            continue
        end = operation.offset + len(operation.content)
        if len(whole) < end:
            whole.extend(bytes(end - len(whole)))
        whole[operation.offset : end] = operation.content
    return bytes(whole)
