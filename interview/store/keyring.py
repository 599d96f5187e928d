"""The keyring: every secret of a station or a central group, in one file that opens to a passphrase or a recovery code.

Each slot has a key pair of its own: the private key lies under its passphrase, and a random master key is sealed to its
public one. So a new master key reaches everybody who stays although their passphrases are not there, and whoever leaves
cannot follow with an old copy of the file (T21). The secrets are encrypted under one key derived from the master, and
the whole file is authenticated under another. `generation` grows with every change, so that an older file can be told
(P5). The file is canonical JSON:

    {"format": 1, "kind", "generation", "slots": [{"name", "kind", "salt", "t", "m", "p", "public", "private", "master"}],
     "secrets", "mac"}

with bytes in base64: `private` and `secrets` are boxes (nonce, AES-256-GCM ciphertext, tag), `public` and `master` are as
in `crypto.sealing`, `mac` is HMAC-SHA256 over the canonical JSON of everything else.
"""

import base64
import binascii
import hashlib
import hmac
import secrets as randomness
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from interview.canonical import Limits, canonical_json, strict_json
from interview.crypto.boxes import KEY, close_box, derive, open_box
from interview.crypto.recovery import looks_like_a_code, new_recovery_code, normalise
from interview.crypto.sealing import Purpose, SealingKey, open_sealed, seal
from interview.crypto.slots import Profile, Slot, check_parameters, check_work, unwrap, wrap
from interview.errors import InterviewError
from interview.files import read_bounded, write_atomically
from interview.store.passphrases import MIN_PASSPHRASE, check_passphrase

__all__ = ["MIN_PASSPHRASE", "Keyring", "NamedSlot", "check_passphrase", "open_keyring"]

FORMAT: Final = 1
"""The format this program writes and reads."""
LIMIT: Final = 256 * 1024
"""Bytes of a keyring, at most."""
PASSPHRASE: Final = "passphrase"  # noqa: S105  a kind of slot
RECOVERY: Final = "recovery"
MAX_SLOTS: Final = 32
MAX_NAME: Final = 120
"""Letters of a slot's name, at most."""
_LIMITS: Final = Limits(size=LIMIT, depth=4, values=4096)
_FIELDS: Final = {"format", "kind", "generation", "slots", "secrets", "mac"}
_SLOT_FIELDS: Final = {"name", "kind", "salt", "t", "m", "p", "public", "private", "master"}


@dataclass(frozen=True, slots=True)
class NamedSlot:
    """A slot under the name its owner gave it; `kind` is `passphrase` or `recovery`.

    `slot` holds the private key, `public` is what the master key is sealed to, `master` the master key sealed.
    """

    name: str
    kind: str
    slot: Slot = field(repr=False)
    public: bytes = field(repr=False)
    master: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Keyring:
    """An open keyring: whose it is (`kind`), its generation, slots and named secrets. `repr` shows no secret.

    `opened_by` is the name of the slot that opened it. Every method that changes it (`following` apart) writes the
    file, which changes whole or not at all, and gives the keyring of the next generation (`noting`: of the same).
    Errors: those of `write_atomically`, and `crypto.unreasonable-parameters` where the slots would together cost more
    than is ever tried.
    """

    path: Path
    kind: str
    generation: int
    slots: tuple[NamedSlot, ...]
    secrets: Mapping[str, bytes] = field(repr=False)
    _master: bytes = field(repr=False)
    opened_by: str = ""

    @classmethod
    def create(
        cls, path: Path, kind: str, secrets: Mapping[str, bytes], passphrase: str, *, name: str, profile: Profile
    ) -> "tuple[Keyring, str]":
        """A new keyring on disk with two slots: the passphrase of `name`, and a recovery code that is told this once.

        `keys.weak-passphrase`, `keys.guessable-passphrase`, `keys.bad-name`, `keys.already-there`.
        """
        name = check_name(name, ())
        check_passphrase(passphrase, name)
        if path.exists():
            raise InterviewError("keys.already-there", path.name)
        master, code = randomness.token_bytes(KEY), new_recovery_code()
        slots = (
            _new_slot(master, kind, (name, PASSPHRASE), passphrase, profile),
            _new_slot(master, kind, (RECOVERY, RECOVERY), code, profile),
        )
        keyring = cls(path, kind, 1, slots, dict(secrets), master, name)
        keyring._write()
        return keyring, code

    def with_secrets(self, secrets: Mapping[str, bytes]) -> "Keyring":
        """With other secrets."""
        return replace(self, generation=self.generation + 1, secrets=dict(secrets))._written()

    def noting(self, name: str, secret: bytes) -> "Keyring":
        """With a note among the secrets; the generation stays, since no key was changed."""
        return replace(self, secrets={**self.secrets, name: secret})._written()

    def with_slot(self, slot: NamedSlot) -> "Keyring":
        """With one slot more; `keys.too-many`."""
        if len(self.slots) >= MAX_SLOTS:
            raise InterviewError("keys.too-many", "", most=MAX_SLOTS)
        return replace(self, generation=self.generation + 1, slots=(*self.slots, slot))._written()

    def reissued(self, slots: Iterable[NamedSlot], secrets: Mapping[str, bytes], path: Path | None = None) -> "Keyring":
        """With a new master key that reaches `slots` alone, and other secrets; at `path` if it is to be another file."""
        return replace(self.following(slots, secrets), path=path or self.path)._written()

    def following(self, slots: Iterable[NamedSlot], secrets: Mapping[str, bytes]) -> "Keyring":
        """The same, in memory alone."""
        master = randomness.token_bytes(KEY)
        sealed = tuple(replace(slot, master=_sealed(master, self.kind, slot)) for slot in slots)
        return Keyring(self.path, self.kind, self.generation + 1, sealed, dict(secrets), master, self.opened_by)

    def new_slot(self, name: str, passphrase: str, profile: Profile, guessed: Iterable[str] = ()) -> NamedSlot:
        """A slot for a passphrase, not yet in the file; errors of `check_passphrase`, which is told what is guessed too."""
        check_passphrase(passphrase, name, *guessed)
        return _new_slot(self._master, self.kind, (name, PASSPHRASE), passphrase, profile)

    def new_recovery(self, profile: Profile) -> tuple[NamedSlot, str]:
        """A slot for a new recovery code, not yet in the file, and the code."""
        code = new_recovery_code()
        return _new_slot(self._master, self.kind, (RECOVERY, RECOVERY), code, profile), code

    def fresh(self) -> "Keyring":
        """As the file has it now, if the same master key opens it; `keys.changed-elsewhere`, `keys.damaged`."""
        content = _read(self.path)
        slots = _slots_from_json(content["slots"], self.path)
        try:
            return _opened(self.path, content, slots, self._master, self.opened_by)
        except InterviewError as error:
            raise InterviewError("keys.changed-elsewhere", self.path.name) from error

    def _written(self) -> "Keyring":
        self._write()
        return self

    def _write(self) -> None:
        write_atomically(self.path, self.to_bytes())

    def to_bytes(self) -> bytes:
        """What its file holds; errors of `check_work`."""
        check_work(named.slot for named in self.slots)
        packed = {name: _to_text(secret) for name, secret in self.secrets.items()}
        box = close_box(_secrets_key(self._master), canonical_json(packed), _bound(self.kind, self.generation))
        content: dict[str, Any] = {
            "format": FORMAT,
            "kind": self.kind,
            "generation": self.generation,
            "slots": [_slot_to_json(slot) for slot in self.slots],
            "secrets": _to_text(box),
        }
        content["mac"] = _to_text(_mac(self._master, content))
        return canonical_json(content)


def open_keyring(path: Path, secret: str) -> Keyring:
    """The keyring, opened by a passphrase or a recovery code.

    `keys.wrong-passphrase` (with how many slots were tried), `keys.damaged`, `keys.newer`,
    `crypto.unreasonable-parameters`, `crypto.recovery-mistyped`, `crypto.recovery-length`, those of `read_bounded`.
    """
    content = _read(path)
    slots = _slots_from_json(content["slots"], path)
    master, name = _master_from(slots, content["kind"], secret, path)
    return _opened(path, content, slots, master, name)


def tidy_name(name: str) -> str:
    """A name as it is kept, however its letters were composed and blanks typed."""
    return " ".join(unicodedata.normalize("NFC", name).split())


def check_name(name: str, taken: Iterable[NamedSlot]) -> str:
    """A slot's name as it is kept; `keys.bad-name`, `keys.name-taken`."""
    kept = tidy_name(name)
    if not kept or len(kept) > MAX_NAME or not kept.isprintable():
        raise InterviewError("keys.bad-name", "", most=MAX_NAME)
    if kept.casefold() in {RECOVERY, *(slot.name.casefold() for slot in taken)}:
        raise InterviewError("keys.name-taken")
    return kept


def _opened(
    path: Path, content: dict[str, Any], slots: tuple[NamedSlot, ...], master: bytes, opened_by: str
) -> Keyring:
    claimed = _from_text(content.pop("mac"), path)
    if not hmac.compare_digest(_mac(master, content), claimed):
        raise _damaged(path)
    kind, generation = content["kind"], content["generation"]
    try:
        packed = strict_json(
            open_box(_secrets_key(master), _from_text(content["secrets"], path), _bound(kind, generation)), _LIMITS
        )
    except InterviewError:
        raise _damaged(path) from None
    secrets = {name: _from_text(text, path) for name, text in packed.items()}
    return Keyring(path, kind, generation, slots, secrets, master, opened_by)


def kind_of(path: Path) -> str:
    """Whose the keyring at `path` says it is, before anything opens it; `keys.damaged`, `keys.newer`."""
    return str(_read(path)["kind"])


def _master_from(slots: tuple[NamedSlot, ...], kind: str, secret: str, path: Path) -> tuple[bytes, str]:
    """The master key, and the name of the slot that opened."""
    for named, text in _attempts(slots, secret):
        try:
            private = unwrap(named.slot, text, _slot_bound(kind, named.name, named.kind, named.public))
        except InterviewError as error:
            if error.code != "crypto.damaged-box":
                raise
            continue
        try:
            info = _slot_info(kind, named.name, named.kind, named.public)
            return open_sealed(named.master, SealingKey.from_bytes(private), 0, info, Purpose.SLOT), named.name
        except InterviewError:
            # The passphrase is right; what it should open is not what was sealed to it.
            raise _damaged(path) from None
    if looks_like_a_code(secret):
        # Says which group is wrong, if one is.
        normalise(secret)
    raise InterviewError("keys.wrong-passphrase", path.name)


def _attempts(slots: tuple[NamedSlot, ...], secret: str) -> Iterator[tuple[NamedSlot, str]]:
    """What to try, the cheapest first: a dear slot keeps nobody waiting whom another lets in."""
    cheapest = sorted(slots, key=lambda slot: slot.slot.work)
    with suppress(InterviewError):
        code = normalise(secret)
        yield from ((slot, code) for slot in cheapest if slot.kind == RECOVERY)
    yield from ((slot, secret) for slot in cheapest if slot.kind == PASSPHRASE)


def _read(path: Path) -> dict[str, Any]:
    try:
        content = strict_json(read_bounded(path, LIMIT), _LIMITS)
    except InterviewError as error:
        raise _damaged(path) if error.code == "crypto.bad-json" else error from None
    if isinstance(content, dict) and type(content.get("format")) is int and content["format"] > FORMAT:
        raise InterviewError("keys.newer", path.name)
    if (
        not isinstance(content, dict)
        or set(content) != _FIELDS
        or content["format"] != FORMAT
        or not isinstance(content["kind"], str)
        or type(content["generation"]) is not int
        or not isinstance(content["slots"], list)
        or not 1 <= len(content["slots"]) <= MAX_SLOTS
    ):
        raise _damaged(path)
    return content


def _new_slot(master: bytes, keyring: str, named: tuple[str, str], text: str, profile: Profile) -> NamedSlot:
    name, kind = named
    key = SealingKey.generate()
    slot = wrap(key.to_bytes(), text, profile, _slot_bound(keyring, name, kind, key.public))
    unsealed = NamedSlot(name, kind, slot, key.public, b"")
    return replace(unsealed, master=_sealed(master, keyring, unsealed))


def _sealed(master: bytes, keyring: str, slot: NamedSlot) -> bytes:
    return seal(master, (slot.public,), _slot_info(keyring, slot.name, slot.kind, slot.public), Purpose.SLOT)


def _slot_to_json(named: NamedSlot) -> dict[str, str | int]:
    slot = named.slot
    return {
        "name": named.name,
        "kind": named.kind,
        "salt": _to_text(slot.salt),
        "t": slot.passes,
        "m": slot.memory,
        "p": slot.lanes,
        "public": _to_text(named.public),
        "private": _to_text(slot.box),
        "master": _to_text(named.master),
    }


def _slots_from_json(values: list[Any], path: Path) -> tuple[NamedSlot, ...]:
    """Every slot before any is tried: one forged slot, or the cost of all, makes the whole file suspect."""
    slots = tuple(_slot_from_json(value, path) for value in values)
    check_work(named.slot for named in slots)
    return slots


def _slot_from_json(value: Any, path: Path) -> NamedSlot:
    if not isinstance(value, dict) or set(value) != _SLOT_FIELDS:
        raise _damaged(path)
    name, kind, passes, memory, lanes = (value[key] for key in ("name", "kind", "t", "m", "p"))
    if not isinstance(name, str) or kind not in (PASSPHRASE, RECOVERY):
        raise _damaged(path)
    if any(type(cost) is not int for cost in (passes, memory, lanes)):
        raise _damaged(path)
    salt, public, private, master = (_from_text(value[key], path) for key in ("salt", "public", "private", "master"))
    check_parameters(salt, passes, memory, lanes)
    return NamedSlot(name, kind, Slot(salt, passes, memory, lanes, private), public, master)


def _slot_bound(keyring: str, name: str, kind: str, public: bytes) -> bytes:
    return canonical_json(["interview/1/slot", keyring, name, kind, _to_text(public)])


def _slot_info(keyring: str, name: str, kind: str, public: bytes) -> bytes:
    return hashlib.sha256(_slot_bound(keyring, name, kind, public)).digest()


def _bound(kind: str, generation: int) -> bytes:
    return canonical_json(["interview/1/secrets", kind, generation])


def _secrets_key(master: bytes) -> bytes:
    return derive(master, "interview/1/keyring/secrets")


def _mac(master: bytes, content: Mapping[str, Any]) -> bytes:
    return hmac.digest(derive(master, "interview/1/keyring/mac"), canonical_json(content), "sha256")


def _to_text(raw: bytes) -> str:
    return base64.b64encode(raw).decode("ascii")


def _from_text(text: object, path: Path) -> bytes:
    if not isinstance(text, str):
        raise _damaged(path)
    try:
        raw = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise _damaged(path) from None
    # The last character may have spare bits; one value has one text, so every change of the file shows.
    if _to_text(raw) != text:
        raise _damaged(path)
    return raw


def _damaged(path: Path) -> InterviewError:
    return InterviewError("keys.damaged", path.name)
