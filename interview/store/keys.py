"""Who can open a home: named passphrases and one recovery code (P5, T21).

Every change is asked for with a passphrase or the recovery code, also where the home is unlocked: whoever passes an
unattended screen gets no key. There is always a passphrase and always a recovery code. A key that ceases to hold,
removed or replaced, ceases for old copies of the keyring too: every database gets a new key (`rekeying`), and what its
owner may have copied is renewed where that can be (`Vault.renewed`).
"""

from collections.abc import Callable
from dataclasses import dataclass

from interview.crypto.slots import NORMAL, Profile
from interview.database.inspection import open_examined
from interview.errors import InterviewError
from interview.files import remove_leftovers
from interview.store.keyring import (
    PASSPHRASE,
    RECOVERY,
    Keyring,
    NamedSlot,
    check_name,
    kind_of,
    open_keyring,
    tidy_name,
)
from interview.store.rekeying import Vault, rekey, resume, with_present_keys

PutOff = Callable[[InterviewError], object]


def ignored(error: InterviewError) -> None:
    """Nobody asks what put the rest of a change off."""


@dataclass(frozen=True, slots=True)
class Key:
    """A key that opens a home: its owner's name, and whether it is the recovery code."""

    name: str
    recovery: bool


def named_keys(keyring: Keyring) -> tuple[Key, ...]:
    """The keys of a keyring, in the order they were made."""
    return tuple(Key(slot.name, slot.kind == RECOVERY) for slot in keyring.slots)


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys of one home. Errors of every method are those of `opened`; after one of them nothing is changed.

    `put_off` is given what keeps a change from being ended, which holds all the same (`rekey`).
    """

    vault: Vault
    put_off: PutOff = ignored

    def opened(self, secret: str) -> Keyring:
        """The keyring by a passphrase or the recovery code; the vault's own codes, those of `open_keyring` and `resume`."""
        home = self.vault.home
        if not home.keyring.exists():
            raise InterviewError(self.vault.no_home, home.root.name)
        if kind_of(home.keyring) != self.vault.kind:
            raise InterviewError(self.vault.other_kind, home.root.name)
        keyring = with_present_keys(self.vault, open_keyring(home.keyring, secret))
        return resume(self.vault, self.vault.checked(keyring))

    def all(self, secret: str) -> tuple[Key, ...]:
        """Every key, in the order they were made."""
        return named_keys(self.opened(secret))

    def opens(self, secret: str, name: str) -> bool:
        """Whether a passphrase is that of `name`: whoever takes that key away takes their own; `keys.no-such-key`."""
        keyring = self.opened(secret)
        return _named(keyring, name).name == keyring.opened_by

    def add(self, secret: str, name: str, passphrase: str, profile: Profile = NORMAL) -> Key:
        """A key more; others may have the home open. `keys.name-taken`, `keys.bad-name`, `keys.too-many`, weak ones."""
        keyring = self.opened(secret)
        name = check_name(name, keyring.slots)
        slot = self._slot(keyring, name, passphrase, profile)
        path = self.vault.databases[self.vault.first]
        with open_examined(path, keyring.secrets[self.vault.first]) as database, database.transaction():
            # The database's lock is the keyring's too: no two changes of it cross.
            remove_leftovers(keyring.path)
            present = keyring.fresh()
            check_name(name, present.slots)
            self.vault.note(database, present.with_slot(slot).generation)
        return Key(name, recovery=False)

    def remove(self, secret: str, name: str) -> None:
        """Take a key away for good; `keys.no-such-key`, `keys.last-passphrase`, `keys.recovery-stays`, those of `rekey`."""

        def slots(present: Keyring) -> list[NamedSlot]:
            going = _named(present, name)
            if going.kind == RECOVERY:
                raise InterviewError("keys.recovery-stays")
            left = [slot for slot in present.slots if slot is not going]
            if not any(slot.kind == PASSPHRASE for slot in left):
                raise InterviewError("keys.last-passphrase", going.name)
            return left

        keyring = self.opened(secret)
        slots(keyring)
        rekey(self.vault, keyring, slots, ceased=True, put_off=self.put_off)

    def change(self, secret: str, passphrase: str, name: str | None = None, profile: Profile = NORMAL) -> str:
        """Another passphrase for `name`, or for whoever's passphrase opens; whose it was. Errors as `remove` and `add`."""
        keyring = self.opened(secret)
        going = _named(keyring, name or keyring.opened_by)
        if going.kind == RECOVERY:
            raise InterviewError("keys.recovery-stays")
        coming = self._slot(keyring, going.name, passphrase, profile)
        rekey(self.vault, keyring, lambda present: _replaced(present, coming), ceased=True, put_off=self.put_off)
        return going.name

    def recover(self, code: str, name: str, passphrase: str, profile: Profile = NORMAL) -> str:
        """A passphrase for `name`, new or instead of a forgotten one, by the recovery code; whose it is.

        `keys.not-the-code` where something else opens; errors as `add`, `change` and `rekey`.
        """
        keyring = self.opened(code)
        if keyring.opened_by != RECOVERY:
            raise InterviewError("keys.not-the-code")
        known = _found(keyring, name)
        if known is not None and known.kind == RECOVERY:
            raise InterviewError("keys.recovery-stays")
        kept = check_name(name, keyring.slots) if known is None else known.name
        coming = self._slot(keyring, kept, passphrase, profile)
        rekey(self.vault, keyring, lambda present: _replaced(present, coming), ceased=True, put_off=self.put_off)
        return coming.name

    def new_code(self, secret: str, profile: Profile = NORMAL) -> str:
        """A new recovery code, told this once; the old one opens nothing any more."""
        keyring = self.opened(secret)
        coming, code = keyring.new_recovery(profile)
        rekey(self.vault, keyring, lambda present: _replaced(present, coming), ceased=True, put_off=self.put_off)
        return code

    def _slot(self, keyring: Keyring, name: str, passphrase: str, profile: Profile) -> NamedSlot:
        return keyring.new_slot(name, passphrase, profile, self.vault.guessed(keyring))


def _replaced(present: Keyring, coming: NamedSlot) -> list[NamedSlot]:
    """The slots with one instead of its namesake, or added."""
    others = [slot for slot in present.slots if slot.name != coming.name]
    if len(others) < len(present.slots):
        return [coming if slot.name == coming.name else slot for slot in present.slots]
    return [*others, coming]


def _named(keyring: Keyring, name: str) -> NamedSlot:
    found = _found(keyring, name)
    if found is None:
        raise InterviewError("keys.no-such-key", name, known=", ".join(slot.name for slot in keyring.slots))
    return found


def _found(keyring: Keyring, name: str) -> NamedSlot | None:
    wanted = tidy_name(name).casefold()
    return next((slot for slot in keyring.slots if slot.name.casefold() == wanted), None)
