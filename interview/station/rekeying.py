"""New keys for both databases, so that whoever's key was removed opens nothing new with an old keyring (T21).

The steps, with the station to itself from the first to the last:

1. `begin`    the keyring gets a new master key, sealed to those who stay, and holds old and new database keys
2. `convert`  the responses, then the workspace, are encrypted anew, each in one transaction, and read through
3. `end`      the old keys leave the keyring

Killed anywhere, the keyring opens both files: `resume` goes on at the next unlocking.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from secrets import token_bytes
from typing import Final

from interview.database.compact import checkpoint
from interview.database.inspection import verify
from interview.database.opening import KEY, Database, open_database
from interview.errors import InterviewError
from interview.files import remove_leftovers
from interview.paths import Home
from interview.station.examining import examine_log
from interview.station.station import GENERATION, RESPONSES_KEY, WORKSPACE_KEY
from interview.store.keyring import Keyring, NamedSlot
from interview.store.responses import Responses

NEXT: Final = "-next"
"""What is added to the name of a key that is to replace the key of that name."""
KEYS: Final = (RESPONSES_KEY, WORKSPACE_KEY)
"""The names of the databases' keys, in the order in which they are exchanged."""
Slots = Callable[[Keyring], Iterable[NamedSlot]]
"""Which slots a keyring is to have, from the keyring as it is."""


@dataclass(slots=True)
class Held:
    """A database nobody else can open now, and the key it is under."""

    database: Database
    key: bytes = field(repr=False)


Pair = dict[str, Held]
"""Both databases, by the names of their keys."""


def rekey(home: Home, keyring: Keyring, slots: Slots) -> Keyring:
    """The station's keyring with `slots` and nothing else that opens it, and new keys under both files.

    `keys.station-in-use` while anybody has the station open; those of `slots`, `database` and `files`. After an error
    the keyring on the disk opens the station.
    """
    with alone(home, keyring) as held:
        begun = begin(held, keyring.fresh(), slots)
        for name in KEYS:
            convert(held[name], begun.secrets[name + NEXT])
        return end(held, begun)


def resume(home: Home, keyring: Keyring) -> Keyring:
    """A keyring whose keys open both files: an exchange of keys that was interrupted is ended first.

    On a full disk it is put off, and the keys that open the files now are used meanwhile.
    """
    if not is_begun(keyring):
        return keyring
    with alone(home, keyring) as held:
        begun = keyring.fresh()
        if not is_begun(begun):
            return begun
        try:
            for name in KEYS:
                if held[name].key != begun.secrets[name + NEXT]:
                    convert(held[name], begun.secrets[name + NEXT])
        except InterviewError as error:
            if error.code != "database.disk-full":
                raise
            return replace(begun, secrets={**begun.secrets, **{name: held[name].key for name in KEYS}})
        return end(held, begun)


def is_begun(keyring: Keyring) -> bool:
    """Whether an exchange of keys was begun and not ended."""
    return any(name + NEXT in keyring.secrets for name in KEYS)


def begin(held: Pair, keyring: Keyring, slots: Slots) -> Keyring:
    """Step 1; from here on an older keyring is refused."""
    remove_leftovers(keyring.path)
    present = {name: held[name].key for name in KEYS}
    following = {name + NEXT: token_bytes(KEY) for name in KEYS}
    begun = keyring.reissued(slots(keyring), {**keyring.secrets, **present, **following})
    _note_generation(held, begun)
    return begun


def convert(held: Held, key: bytes) -> None:
    """Step 2 for one file; `database.damaged` if it cannot be read through, before or afterwards."""
    held.database.rekey(key)
    held.key = key
    checkpoint(held.database)
    verify(held.database)


def end(held: Pair, begun: Keyring) -> Keyring:
    """Step 3."""
    secrets = {name: secret for name, secret in begun.secrets.items() if not name.endswith(NEXT)}
    ended = begun.with_secrets({**secrets, **{name: held[name].key for name in KEYS}})
    _note_generation(held, ended)
    return ended


def _note_generation(held: Pair, keyring: Keyring) -> None:
    Responses(held[RESPONSES_KEY].database).set_setting(GENERATION, str(keyring.generation).encode())


@contextmanager
def alone(home: Home, keyring: Keyring) -> Iterator[Pair]:
    """Both databases, with everybody else kept out of them; `keys.station-in-use`, `database.damaged`."""
    held: Pair = {}
    try:
        for name, path in ((RESPONSES_KEY, home.responses), (WORKSPACE_KEY, home.workspace)):
            examine_log(path)
            held[name] = _opened(path, keyring, name)
    except InterviewError as error:
        _close(held)
        if error.code == "database.busy":
            raise InterviewError("keys.station-in-use", home.root.name) from None
        raise
    try:
        yield held
    finally:
        _close(held)


def _opened(path: Path, keyring: Keyring, name: str) -> Held:
    """A database under whichever of its keys opens it."""
    following = keyring.secrets.get(name + NEXT)
    if following is not None:
        try:
            return Held(open_database(path, following, alone=True), following)
        except InterviewError as error:
            if error.code != "database.wrong-key":
                raise
    return Held(open_database(path, keyring.secrets[name], alone=True), keyring.secrets[name])


def _close(held: Pair) -> None:
    for each in held.values():
        each.database.close()
