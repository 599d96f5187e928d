"""Who can open a central home: the archives' databases lie behind the recipient's keyring (P5, T21).

The keys that open responses and sign stay the same when somebody's key is removed: they stand in surveys, and what is on
its way is sealed to them. Where whoever left may have copied them there must be another recipient (`recipient hand-over`).
"""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from interview.archive.store import Archive
from interview.database.inspection import open_examined
from interview.database.opening import Database, open_database
from interview.errors import InterviewError
from interview.paths import Home
from interview.store.keyring import Keyring
from interview.store.keys import Keys, PutOff, ignored
from interview.store.rekeying import Vault

KIND: Final = "recipient"
"""The kind of a central group's keyring."""
ARCHIVE_KEY: Final = "archive"
REHEARSAL_KEY: Final = "rehearsal-archive"
"""The names of its databases' keys."""
_GENERATION: Final = "generation"


def central_vault(home: Home) -> Vault:
    """The archive and, where there is one, that of rehearsals; the keyring's generation is kept in the archive."""
    rehearsal = rehearsal_archive(home)
    databases = {ARCHIVE_KEY: home.archive} | ({REHEARSAL_KEY: rehearsal} if rehearsal.exists() else {})
    return Vault(home, KIND, databases, note=_note, no_home="archive.no-home", other_kind="archive.not-a-central-home")


def rehearsal_archive(home: Home) -> Path:
    """Where the archive of rehearsals lies."""
    return home.root / "rehearsal.db"


def central_keys(home: Home, put_off: PutOff = ignored) -> "CentralKeys":
    """The keys that open a central home."""
    return CentralKeys(central_vault(home), put_off)


@dataclass(frozen=True, slots=True)
class CentralKeys(Keys):
    """A central home's keys; its archive is made where nothing has been collected yet."""

    def opened(self, secret: str) -> Keyring:
        """As `Keys.opened`; `archive.keyring-older`."""
        # Slots of dataclasses leave `super()` without its class.
        keyring = Keys.opened(self, secret)
        open_archive(self.vault.home, keyring).database.close()
        return keyring


def open_archive(home: Home, keyring: Keyring) -> Archive:
    """The archive, made if it is not there; `archive.keyring-older`, those of `open_examined`."""
    archive = archive_at(home.archive, keyring.secrets[ARCHIVE_KEY])
    try:
        _check_generation(archive, keyring)
    except InterviewError:
        archive.database.close()
        raise
    return archive


def archive_at(path: Path, key: bytes) -> Archive:
    """An archive by its file, made if it is not there; errors of `open_examined`."""
    database = open_examined(path, key) if path.exists() else open_database(path, key, create=True)
    try:
        return Archive(database)
    except InterviewError:
        database.close()
        raise


def _check_generation(archive: Archive, keyring: Keyring) -> None:
    """Refuse a keyring older than the one the archive has seen (P5); follow a newer one."""
    seen = int(archive.setting(_GENERATION) or b"0")
    if keyring.generation < seen:
        # Another command may have added a key since the keyring was read.
        keyring = replace(keyring, generation=keyring.fresh().generation)
    if keyring.generation < seen:
        raise InterviewError("archive.keyring-older", keyring.path.name, found=keyring.generation, seen=seen)
    if keyring.generation > seen:
        _note(archive.database, keyring.generation)


def _note(database: Database, generation: int) -> None:
    Archive(database).set_setting(_GENERATION, str(generation).encode())
