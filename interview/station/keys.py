"""Who can open the station: named passphrases and one recovery code (P5, T21).

Every change is asked for with a passphrase or the recovery code, also at a station that is unlocked: whoever passes an
unattended screen gets no key. There is always a passphrase and always a recovery code. A key that ceases to hold,
removed or replaced, ceases for old copies of the keyring too: both databases get new keys (`rekeying`).
"""

from dataclasses import dataclass

from interview.crypto.slots import NORMAL, Profile
from interview.database.opening import open_database
from interview.errors import InterviewError
from interview.files import remove_leftovers
from interview.paths import Home
from interview.station.examining import examine_log
from interview.station.rekeying import alone, rekey, resume
from interview.station.station import GENERATION, KIND, RECOVERY_CONFIRMED, RESPONSES_KEY
from interview.store.keyring import PASSPHRASE, RECOVERY, Keyring, NamedSlot, check_name, kind_of, open_keyring
from interview.store.responses import Responses


@dataclass(frozen=True, slots=True)
class Key:
    """A key that opens the station: its owner's name, and whether it is the recovery code."""

    name: str
    recovery: bool


def keys(keyring: Keyring) -> tuple[Key, ...]:
    """The keys that open the station, in the order they were made."""
    return tuple(Key(slot.name, slot.kind == RECOVERY) for slot in keyring.slots)


def opened(home: Home, secret: str) -> Keyring:
    """The station's keyring by a passphrase or the recovery code; errors as `unlock` has them."""
    if not home.keyring.exists():
        raise InterviewError("station.no-station", home.root.name)
    if kind_of(home.keyring) != KIND:
        raise InterviewError("station.not-a-station", home.root.name)
    return resume(home, open_keyring(home.keyring, secret))


def add(home: Home, secret: str, name: str, passphrase: str, profile: Profile = NORMAL) -> Key:
    """A key more; others may have the station open. `keys.name-taken`, `keys.bad-name`, `keys.too-many`, weak ones."""
    keyring = opened(home, secret)
    name = check_name(name, keyring.slots)
    slot = keyring.new_slot(name, passphrase, profile)
    examine_log(home.responses)
    with open_database(home.responses, keyring.secrets[RESPONSES_KEY]) as database, database.transaction():
        # The database's lock is the keyring's too: no two changes of it cross.
        remove_leftovers(home.keyring)
        present = keyring.fresh()
        check_name(name, present.slots)
        changed = present.with_slot(slot)
        Responses(database).set_setting(GENERATION, str(changed.generation).encode())
    return Key(name, recovery=False)


def remove(home: Home, secret: str, name: str) -> None:
    """Take a key away for good; `keys.no-such-key`, `keys.last-passphrase`, `keys.recovery-stays`, those of `rekey`."""

    def slots(present: Keyring) -> list[NamedSlot]:
        going = _named(present, name)
        if going.kind == RECOVERY:
            raise InterviewError("keys.recovery-stays")
        left = [slot for slot in present.slots if slot is not going]
        if not any(slot.kind == PASSPHRASE for slot in left):
            raise InterviewError("keys.last-passphrase", going.name)
        return left

    keyring = opened(home, secret)
    slots(keyring)
    rekey(home, keyring, slots)


def change(home: Home, secret: str, passphrase: str, name: str | None = None, profile: Profile = NORMAL) -> str:
    """Another passphrase for `name`, or for whoever's passphrase opens; whose it was. Errors as `remove` and `add`."""
    keyring = opened(home, secret)
    going = _named(keyring, name or keyring.opened_by)
    if going.kind == RECOVERY:
        raise InterviewError("keys.recovery-stays")
    coming = keyring.new_slot(going.name, passphrase, profile)
    rekey(home, keyring, lambda present: _replaced(present, coming))
    return going.name


def recover(home: Home, code: str, name: str, passphrase: str, profile: Profile = NORMAL) -> str:
    """A passphrase for `name`, new or instead of a forgotten one, by the recovery code; whose it is.

    `keys.not-the-code` where something else opens; errors as `add` and `rekey`.
    """
    keyring = opened(home, code)
    if keyring.opened_by != RECOVERY:
        raise InterviewError("keys.not-the-code")
    known = next((slot.name for slot in keyring.slots if slot.name.casefold() == name.strip().casefold()), None)
    coming = keyring.new_slot(known or check_name(name, keyring.slots), passphrase, profile)
    rekey(home, keyring, lambda present: _replaced(present, coming))
    return coming.name


def new_code(home: Home, secret: str, profile: Profile = NORMAL) -> str:
    """A new recovery code, told this once; the old one opens nothing any more, and the new one is to be typed back."""
    keyring = opened(home, secret)
    coming, code = keyring.new_recovery(profile)
    with alone(home, keyring) as held:
        Responses(held[RESPONSES_KEY].database).set_setting(RECOVERY_CONFIRMED, None)
    rekey(home, keyring, lambda present: _replaced(present, coming))
    return code


def _replaced(present: Keyring, coming: NamedSlot) -> list[NamedSlot]:
    """The slots with one instead of its namesake, or added."""
    others = [slot for slot in present.slots if slot.name != coming.name]
    if len(others) < len(present.slots):
        return [coming if slot.name == coming.name else slot for slot in present.slots]
    return [*others, coming]


def _named(keyring: Keyring, name: str) -> NamedSlot:
    wanted = " ".join(name.split()).casefold()
    for slot in keyring.slots:
        if slot.name.casefold() == wanted:
            return slot
    raise InterviewError("keys.no-such-key", name, known=", ".join(slot.name for slot in keyring.slots))
