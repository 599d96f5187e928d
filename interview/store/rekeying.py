"""New keys for every database of a home, so that whoever's key was removed opens nothing new with an old keyring (T21).

The steps, with the home to itself from the first to the last:

1. `begin`    the keyring gets a new master key, sealed to those who stay, and holds old and new database keys
2. `convert`  the databases, one after the other, are encrypted anew, each in one transaction, and read through
3. `end`      the old keys leave the keyring

Killed or kept from going on anywhere, the keyring opens every file: `resume` goes on at the next unlocking.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from secrets import token_bytes
from typing import Final

from interview.database.compact import checkpoint
from interview.database.inspection import begin_log_anew, examine_log, verify
from interview.database.opening import KEY, Database, free_room, open_database, room_to_rekey
from interview.errors import InterviewError
from interview.files import remove_leftovers
from interview.paths import Home
from interview.store.keyring import Keyring, NamedSlot

NEXT: Final = "-next"
"""What is added to the name of a key that is to replace the key of that name."""
PUT_OFF: Final = frozenset({"keys.no-room", "keys.station-in-use", "database.disk-full", "database.io-error"})
"""What keeps an exchange of keys waiting and the home from nothing else."""
_MEGABYTE: Final = 1024 * 1024
Slots = Callable[[Keyring], Iterable[NamedSlot]]
"""Which slots a keyring is to have, from the keyring as it is."""


@dataclass(frozen=True, slots=True)
class Vault:
    """A home and what its keyring opens: its databases by the names of their keys, in the order they are exchanged.

    `note` keeps the keyring's generation in the first of them. `no_home` and `other_kind` are the codes of what is told
    where there is no keyring, or one of another kind. `renewed` gives the secrets that become others when somebody's key
    ceases to hold, `shown` tells the world of them with the first database open; it may be called again. `checked` refuses
    what is damaged or an older copy before anything is written, and gives the keyring back. `guessed` are words a guesser
    of passphrases tries here.
    """

    home: Home
    kind: str
    databases: Mapping[str, Path]
    note: Callable[[Database, int], None]
    no_home: str
    other_kind: str
    renewed: Callable[[Keyring], Mapping[str, bytes]] = lambda keyring: {}
    shown: Callable[[Database, Keyring], None] = lambda database, keyring: None
    checked: Callable[[Keyring], Keyring] = lambda keyring: keyring
    guessed: Callable[[Keyring], Iterable[str]] = lambda keyring: ()

    @property
    def first(self) -> str:
        """The name of the first database's key."""
        return next(iter(self.databases))


@dataclass(slots=True)
class Held:
    """A database nobody else can open now, and the key it is under."""

    database: Database
    key: bytes = field(repr=False)


Pair = dict[str, Held]
"""The databases of a vault, by the names of their keys."""


def rekey(
    vault: Vault,
    keyring: Keyring,
    slots: Slots,
    *,
    ceased: bool = False,
    put_off: Callable[[InterviewError], object] = lambda error: None,
) -> Keyring:
    """The vault's keyring with `slots` and nothing else that opens it, and new keys under every file.

    `ceased` where somebody's key holds no more: what that person may have copied is renewed too. After an error nothing
    is changed: `keys.station-in-use` while anybody has one of the files open; those of `ready`, `slots` and `files`. From
    the keyring's new file on the change holds: `put_off` is given what then keeps the rest of it from being done.
    """
    with alone(vault, keyring) as held:
        ready(held)
        begun = begin(vault, held, keyring.fresh(), slots, ceased=ceased)
        try:
            _note_generation(vault, held, begun)
            for name, each in held.items():
                convert(each, begun.secrets[name + NEXT])
            return end(vault, held, begun)
        except InterviewError as error:
            put_off(error)
    return with_present_keys(vault, begun)


def resume(vault: Vault, keyring: Keyring) -> Keyring:
    """A keyring whose keys open every file: an exchange of keys that was interrupted is ended first.

    Where the disk does not take that, or somebody has the home open, it is put off, and the keys that open the files now
    are used meanwhile.
    """
    if not is_begun(keyring):
        return keyring
    try:
        with alone(vault, keyring) as held:
            begun = keyring.fresh()
            if not is_begun(begun):
                return begun
            going_on = [name for name, each in held.items() if each.key != begun.secrets.get(name + NEXT, each.key)]
            _check_room(held[name] for name in going_on)
            for name in going_on:
                convert(held[name], begun.secrets[name + NEXT])
            return end(vault, held, begun)
    except InterviewError as error:
        if error.code not in PUT_OFF:
            raise
    return with_present_keys(vault, keyring)


def ready(held: Pair) -> None:
    """Before anything begins: every file is whole, and there is room; `database.damaged`, `keys.no-room`."""
    for each in held.values():
        verify(each.database)
    _check_room(held.values())


def _check_room(held: Iterable[Held]) -> None:
    # One after the other: a file's log is empty again before the next one's is written.
    paths = [each.database.path for each in held]
    needed = max(map(room_to_rekey, paths), default=0)
    if paths and free_room(paths[0]) < needed:
        raise InterviewError("keys.no-room", paths[0].parent.name, megabytes=needed // _MEGABYTE + 1)


def is_begun(keyring: Keyring) -> bool:
    """Whether an exchange of keys was begun and not ended."""
    return any(name.endswith(NEXT) for name in keyring.secrets)


def with_present_keys(vault: Vault, keyring: Keyring) -> Keyring:
    """The keyring with the keys its files are under now."""
    if not is_begun(keyring):
        return keyring
    keys = {name: present_key(path, keyring, name) for name, path in vault.databases.items()}
    return replace(keyring, secrets={**keyring.secrets, **keys})


def present_key(path: Path, keyring: Keyring, name: str) -> bytes:
    """The key of that name its file is under now, also where an exchange of keys was interrupted; only read."""
    following = keyring.secrets.get(name + NEXT)
    if following is not None:
        # Whatever else is wrong with the file is found when it is looked through.
        with suppress(InterviewError):
            open_database(path, following, read_only=True).close()
            return following
    return keyring.secrets[name]


def begin(vault: Vault, held: Pair, keyring: Keyring, slots: Slots, *, ceased: bool = False) -> Keyring:
    """Step 1; once the databases have the new generation, an older keyring is refused."""
    remove_leftovers(keyring.path)
    present, following = _keys_of(held), {name + NEXT: token_bytes(KEY) for name in held}
    renewed = vault.renewed(keyring) if ceased else {}
    return keyring.reissued(slots(keyring), {**keyring.secrets, **renewed, **present, **following})


def convert(held: Held, key: bytes) -> None:
    """Step 2 for one file; `database.damaged` if it cannot be read through afterwards, those of `Database.rekey`."""
    held.database.rekey(key)
    held.key = key
    checkpoint(held.database)
    verify(held.database)


def end(vault: Vault, held: Pair, begun: Keyring) -> Keyring:
    """Step 3."""
    vault.shown(held[vault.first].database, begun)
    secrets = {name: secret for name, secret in begun.secrets.items() if not name.endswith(NEXT)}
    ended = begun.with_secrets({**secrets, **_keys_of(held)})
    _note_generation(vault, held, ended)
    return ended


def _keys_of(held: Pair) -> dict[str, bytes]:
    return {name: each.key for name, each in held.items()}


def _note_generation(vault: Vault, held: Pair, keyring: Keyring) -> None:
    vault.note(held[vault.first].database, keyring.generation)


@contextmanager
def alone(vault: Vault, keyring: Keyring) -> Iterator[Pair]:
    """Every database, with everybody else kept out of it; `keys.station-in-use`, `database.damaged`."""
    held: Pair = {}
    try:
        for name, path in vault.databases.items():
            examine_log(path)
            held[name] = _opened(path, keyring, name)
            begin_log_anew(held[name].database)
    except InterviewError as error:
        _close(held)
        if error.code == "database.busy":
            raise InterviewError("keys.station-in-use", vault.home.root.name) from None
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
