"""Backup and restoring: the anonymous side as one file, without the workspace and without its key (C3).

A backup is

    "interview/1/backup\n" | length of the keyring (4 bytes) | keyring | database

where the keyring opens to everybody's passphrases and to the recovery code, and holds one key: the database's own, made
for this backup. The database has the responses, surveys, questionnaires, batches and receipts as they were at one
moment. What is restored is another station: its signing key is new.
"""

import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from functools import partial
from itertools import count
from pathlib import Path
from typing import BinaryIO, Final

from interview.crypto.fingerprint import fingerprint
from interview.crypto.signing import SigningKey
from interview.database.compact import compact
from interview.database.inspection import verify
from interview.database.opening import Database, open_database
from interview.errors import InterviewError
from interview.files import open_file, private_folder, remove_leftovers, sync_folder, unreadable, write_atomically
from interview.paths import Home
from interview.progress import Progress, silent
from interview.station.card import write_card
from interview.station.scratch import scratch
from interview.station.setup import new_home
from interview.station.station import (
    ERASING_DUE,
    GENERATION,
    KIND,
    RESPONSES_KEY,
    SIGNING_KEY,
    UNTIDY,
    WORKSPACE_KEY,
    Clock,
    Station,
    local_time,
    open_stores,
)
from interview.station.unlocking import open_station
from interview.store.copying import Copied, copy_responses
from interview.store.keyring import LIMIT, Keyring, open_keyring
from interview.store.rekeying import present_key
from interview.store.responses import Responses

MAGIC: Final = b"interview/1/backup\n"
_LENGTH: Final = 4
_KEY: Final = 32
_CHUNK: Final = 1024 * 1024

Copy = Callable[[Responses], Copied]
"""Fills the empty tables of a backup."""


@dataclass(frozen=True, slots=True)
class BackedUp:
    """A backup that was written: where, how many responses it has of how many there are."""

    path: Path
    responses: int
    expected: int


@dataclass(frozen=True, slots=True)
class Restored:
    """What was restored: how many responses, the new card, the fingerprint it is registered by."""

    responses: int
    card: Path
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Replaced:
    """A damaged station that another has taken the place of: where its folder lies now, what the new one is like."""

    aside: Path
    restored: Restored


def back_up(station: Station, to: Path, progress: Progress = silent) -> BackedUp:
    """Write a backup, as of one moment, while the station is in use, in place of nothing but an earlier backup.

    `station.backup-inside`, `station.backup-over-file`; errors of `database` and `files`.
    """
    _refuse_place(station.home, to)
    station.examination.passed()
    source = open_database(station.home.responses, station.keyring.secrets[RESPONSES_KEY], read_only=True)
    with source, source.snapshot():
        return _write(
            station.home, station.keyring, to, lambda target: copy_responses(source, target, progress=progress)
        )


def rescue(home: Home, secret: str, to: Path, progress: Progress = silent) -> BackedUp:
    """Write a backup of what can still be read and trusted at a damaged station, which is only read.

    Every response is held against its hash; those that cannot be read are left out. `station.beyond-rescue` where what
    they belong to cannot be read, `station.no-station` where there is no such folder; errors as `back_up`, `open_keyring`
    and `open_database`.
    """
    if not home.root.is_dir():
        raise InterviewError("station.no-station", home.root.name)
    _refuse_place(home, to)
    keyring = open_keyring(home.keyring, secret)
    if keyring.kind != KIND:
        raise InterviewError("station.not-a-station", home.root.name)
    try:
        reopen = partial(
            open_database, home.responses, present_key(home.responses, keyring, RESPONSES_KEY), read_only=True
        )
        with reopen() as source:
            return _write(home, keyring, to, lambda target: copy_responses(source, target, reopen, progress))
    except InterviewError as error:
        if error.code in {"database.damaged", "database.wrong-key", "database.io-error"}:
            raise InterviewError("station.beyond-rescue", home.responses.name) from None
        raise


def _refuse_place(home: Home, to: Path) -> None:
    if to.resolve().is_relative_to(home.root.resolve()):
        raise InterviewError("station.backup-inside", to.name)
    if to.is_file() and not _is_backup(to):
        raise InterviewError("station.backup-over-file", to.name)


def _is_backup(file: Path) -> bool:
    with open_file(file) as reader:
        try:
            return reader.read(len(MAGIC)) == MAGIC
        except OSError as error:
            raise unreadable(file, error) from None


def restore(home: Home, file: Path, secret: str, clock: Clock = local_time) -> tuple[Station, Restored]:
    """A station in `home` from a backup, unlocked: the same people's keys, an empty workspace, a new signing key.

    `station.not-a-backup`, `station.already-set-up`, `station.folder-in-use`, `database.damaged`, those of `open_keyring`.
    """
    with new_home(home) as building, _unpacked(building, file) as packed:
        held = open_keyring(packed.keyring, secret)
        if held.kind != KIND or set(held.secrets) != {RESPONSES_KEY}:
            raise InterviewError("station.not-a-backup", file.name)
        keys = {WORKSPACE_KEY: secrets.token_bytes(_KEY), RESPONSES_KEY: secrets.token_bytes(_KEY)}
        keys[SIGNING_KEY] = SigningKey.generate().to_bytes()
        keyring = held.reissued(held.slots, keys, building.keyring)
        with open_database(packed.responses, held.secrets[RESPONSES_KEY]) as source:
            verify(source)
            copied = _fill(building, keyring, source)
        with open_station(building, keyring, clock) as made:
            write_card(building, keyring, made.responses)
    station = open_station(home, replace(keyring, path=home.keyring), clock)
    return station, Restored(copied.responses, home.card, fingerprint(station.signing_key.public))


def replace_damaged(home: Home, file: Path, secret: str, clock: Clock = local_time) -> tuple[Station, Replaced]:
    """A station made of a backup in place of a damaged one, whose folder is set aside whole, under a name beside it.

    After an error, or when it is broken off, the damaged folder is where it was. Errors as `restore`; those of `files` where it
    cannot be moved.
    """
    aside = _free_name(home.root)
    try:
        _move_folder(home.root, aside)
        station, restored = restore(home, file, secret, clock)
    except BaseException:
        if aside.exists() and not home.root.exists():
            _move_folder(aside, home.root)
        raise
    settings = Home(aside).settings
    if settings.is_file():
        with suppress(InterviewError, OSError):
            write_atomically(home.settings, settings.read_bytes())
    return station, Replaced(aside, restored)


def _free_name(folder: Path) -> Path:
    """A name beside a folder that nothing has."""
    return next(
        name for number in count(1) if not (name := folder.with_name(f"{folder.name}-damaged-{number}")).exists()
    )


def _move_folder(folder: Path, to: Path) -> None:
    try:
        folder.rename(to)
        sync_folder(to.parent)
    except OSError as error:
        raise InterviewError("files.write-failed", folder.name, reason=error.strerror or "") from None


def _fill(building: Home, keyring: Keyring, source: Database) -> Copied:
    workspace, responses = open_stores(building, keyring, create=True)
    with workspace.database, responses.database:
        copied = copy_responses(source, responses)
        responses.set_setting(GENERATION, str(keyring.generation).encode())
        compact(responses.database)
    return copied


def _write(home: Home, keyring: Keyring, to: Path, copy: Copy) -> BackedUp:
    key = secrets.token_bytes(_KEY)
    # In no file but the backup's own: what a kill leaves behind opens to nobody, also not to whoever is removed later.
    keys = keyring.following(keyring.slots, {RESPONSES_KEY: key})
    with scratch(home) as place:
        with open_database(place.responses, key, create=True) as database:
            target = Responses(database)
            target.migrate()
            copied = copy(target)
            target.set_setting(GENERATION, str(keys.generation).encode())
            for due_here in (UNTIDY, ERASING_DUE):
                target.set_setting(due_here, None)
        remove_leftovers(to)
        write_atomically(to, _packed(keys.to_bytes(), place.responses))
    return BackedUp(to, copied.responses, copied.expected)


def _packed(keyring: bytes, database: Path) -> Iterator[bytes]:
    yield MAGIC + len(keyring).to_bytes(_LENGTH, "big") + keyring
    with database.open("rb") as file:
        yield from iter(lambda: file.read(_CHUNK), b"")


@contextmanager
def _unpacked(building: Home, file: Path) -> Iterator[Home]:
    """The keyring and the database of a backup under names of ours."""
    packed = Home(private_folder(building.root / "backup"))
    with open_file(file) as reader:
        try:
            write_atomically(packed.keyring, _keyring_in(reader, file))
            write_atomically(packed.responses, iter(lambda: reader.read(_CHUNK), b""))
        except OSError as error:
            raise unreadable(file, error) from None
    try:
        yield packed
    finally:
        shutil.rmtree(packed.root, ignore_errors=True)


def _keyring_in(reader: BinaryIO, file: Path) -> bytes:
    head = reader.read(len(MAGIC) + _LENGTH)
    length = int.from_bytes(head[len(MAGIC) :], "big")
    if not head.startswith(MAGIC) or not 0 < length <= LIMIT:
        raise InterviewError("station.not-a-backup", file.name)
    return reader.read(length)
