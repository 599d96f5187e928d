"""Examining both files before anything is written to them (T8): changed logs, pages and tables are found, and kept.

It runs beside the unlocking, which waits for it at most `PATIENCE`; from then on the first write waits. While something
is wrong nothing is written and no log is moved into its file: what was found lies as it was, and copied aside. An
examination that breaks off has found nothing whole: nothing is written either, and whoever asks again has it done again.

Once both are found whole, a log that a power failure left something behind the end of is moved into its file before the
first write, and begins anew with other salts: written over in part, what is left would look like damage next time.
"""

import hashlib
import threading
from collections.abc import Iterator
from contextlib import suppress
from io import BufferedReader
from pathlib import Path
from typing import Final

from interview.crash import crash_code, note
from interview.database.inspection import begin_log_anew, examine_log, verify
from interview.database.opening import Database, open_database
from interview.database.wal import log_of
from interview.errors import InterviewError
from interview.files import private_folder, write_atomically
from interview.paths import Home
from interview.station.station import RESPONSES_KEY, WORKSPACE_KEY
from interview.store.keyring import Keyring

PATIENCE: Final = 0.3
"""Seconds an unlocking waits for the examination."""
ASIDE: Final = "damaged-"
"""How the name of a folder with copies begins."""
_LOOKS: Final = 3
_MOST_LOOKS: Final = 30
"""How often a file that looks damaged is looked at while it lies still, and in all."""
_CHUNK: Final = 1024 * 1024
_UNREAD: Final = "database.io-error"
_BROKEN_OFF: Final = "station.not-examined"
_BAD: Final = frozenset({"database.damaged", _UNREAD})


class Examination:
    """A thread with connections of its own that only read. `passed` waits for it and raises what it found.

    InterviewError `station.damaged`, with the file and the folder its copy lies in; `station.unreadable`, where the disk
    or the account's rights keep a file from being read; `station.not-examined` where it broke off; others as `open_database`.
    """

    def __init__(self, home: Home, keyring: Keyring) -> None:
        self._home = home
        self._secrets = keyring.secrets
        self._connections: list[Database] = []
        self._copied: list[BufferedReader] = []
        self._remnants: list[tuple[Path, bytes]] = []
        self._passing = threading.Lock()
        self._again = False
        self._begin()

    def _begin(self) -> None:
        # Stands until the end is reached: whatever becomes of the thread, nothing is written before.
        self._found: InterviewError | None = self._broken_off("–")
        self._thread = threading.Thread(target=self._run, name="examination", daemon=True)
        self._thread.start()

    def wait(self) -> None:
        """Raise what was found, if that shows before patience ends."""
        self._thread.join(PATIENCE)
        if not self._thread.is_alive():
            self.passed()

    def passed(self) -> None:
        """Wait to the end, and raise what was found; `database.busy` while another window keeps a log from being emptied."""
        with self._passing:
            if self._again:
                self._begin()
            self._thread.join()
            found = self._found
            self._again = found is not None and found.code == _BROKEN_OFF
            if found is not None:
                raise found
            while self._remnants:
                path, key = self._remnants[-1]
                with open_database(path, key) as database:
                    begin_log_anew(database)
                self._remnants.pop()

    def close(self) -> None:
        """Let go of the files. To be called when every other connection is closed: the last one moves no log."""
        self._thread.join()
        self._let_go()

    def _run(self) -> None:
        self._remnants.clear()
        files = ((self._home.responses, RESPONSES_KEY), (self._home.workspace, WORKSPACE_KEY))
        try:
            # Both, whatever the first is like: an open connection of this thread's keeps a log from being moved.
            looks = [self._look_at(path, self._secrets[name]) for path, name in files]
        except Exception as error:  # the border of a thread: whatever it was is told to those who wait
            code = crash_code(error)
            note(error, self._home, code)
            self._found = self._broken_off(code)
            return
        self._found = next((found for found in looks if found is not None), None)
        if self._found is None:
            self._let_go()

    def _broken_off(self, crash: str) -> InterviewError:
        return InterviewError(_BROKEN_OFF, self._home.root.name, crash=crash)

    def _look_at(self, path: Path, key: bytes) -> InterviewError | None:
        try:
            # Another process that writes meanwhile can look like damage; what lies still under several looks is damage.
            still = 0
            for look in range(_MOST_LOOKS):
                before = _state(path)
                if self._whole(path, key, last=still == _LOOKS - 1 or look == _MOST_LOOKS - 1):
                    break
                still = still + 1 if _state(path) == before else 0
        except InterviewError as error:
            if error.code == _UNREAD:
                return InterviewError("station.unreadable", path.name)
            return self._kept(path) if error.code in _BAD else error
        except OSError:
            return InterviewError("station.unreadable", path.name)
        return None

    def _whole(self, path: Path, key: bytes, *, last: bool) -> bool:
        try:
            connection = open_database(path, key, read_only=True)
            self._connections.append(connection)
            remnant = examine_log(path)
            verify(connection)
        except InterviewError as error:
            if last or error.code not in _BAD:
                raise
            return False
        if remnant:
            self._remnants.append((path, key))
        return True

    def _kept(self, path: Path) -> InterviewError:
        folder = ""
        # A full disk keeps no copy; the files themselves are not touched.
        with suppress(InterviewError, OSError):
            folder = keep_aside(path, self._copied).name
        return InterviewError("station.damaged", path.name, copy=folder or path.parent.name)

    def _let_go(self) -> None:
        for connection in self._connections:
            connection.close()
        for file in self._copied:
            file.close()


def _state(path: Path) -> tuple[tuple[int, int] | None, ...]:
    """What changes when a database or its log is written: size and time."""
    found: list[tuple[int, int] | None] = []
    for file in (path, log_of(path)):
        try:
            status = file.stat()
        except FileNotFoundError:
            found.append(None)
        else:
            found.append((status.st_size, status.st_mtime_ns))
    return tuple(found)


def keep_aside(path: Path, opened: list[BufferedReader]) -> Path:
    """Copy a database and its log into a folder beside it, named by their content: the same damage is kept once.

    The files read stay open in `opened`: closing one would drop this process's locks on it.
    """
    digest = hashlib.sha256()
    sources = [source for source in (path, log_of(path)) if source.exists()]
    readers = [source.open("rb") for source in sources]
    opened.extend(readers)
    for reader in readers:
        for chunk in _chunks(reader):
            digest.update(chunk)
    folder = private_folder(path.with_name(ASIDE + digest.hexdigest()[:12]))
    for source, reader in zip(sources, readers, strict=True):
        if not (folder / source.name).exists():
            reader.seek(0)
            write_atomically(folder / source.name, _chunks(reader))
    return folder


def _chunks(reader: BufferedReader) -> Iterator[bytes]:
    return iter(lambda: reader.read(_CHUNK), b"")
