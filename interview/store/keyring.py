"""The keyring: every secret of a station or a central group, in one file that opens to a passphrase or a recovery code.

A random master key is wrapped in each slot; the secrets are encrypted under one key derived from it, and the whole file
is authenticated under another. `generation` grows with every change, so that an older file can be told (P5). The file
is canonical JSON:

    {"format": 1, "kind", "generation", "slots": [{"name", "kind", "salt", "t", "m", "p", "wrapped"}], "secrets", "mac"}

with bytes in base64: `wrapped` and `secrets` are boxes (nonce, AES-256-GCM ciphertext, tag), `mac` is HMAC-SHA256 over
the canonical JSON of everything else.
"""

import base64
import binascii
import hmac
import secrets as randomness
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from interview.canonical import Limits, canonical_json, strict_json
from interview.crypto.boxes import KEY, close_box, derive, open_box
from interview.crypto.recovery import looks_like_a_code, new_recovery_code, normalise
from interview.crypto.slots import Profile, Slot, check_parameters, unwrap, wrap
from interview.errors import InterviewError
from interview.files import read_bounded, write_atomically

FORMAT: Final = 1
"""The format this program writes and reads."""
LIMIT: Final = 64 * 1024
"""Bytes of a keyring, at most."""
PASSPHRASE: Final = "passphrase"  # noqa: S105  a kind of slot
RECOVERY: Final = "recovery"
MIN_PASSPHRASE: Final = 12
"""Characters of a passphrase, at least."""
MAX_SLOTS: Final = 32
_LIMITS: Final = Limits(size=LIMIT, depth=4, values=4096)
_FIELDS: Final = {"format", "kind", "generation", "slots", "secrets", "mac"}
_SLOT_FIELDS: Final = {"name", "kind", "salt", "t", "m", "p", "wrapped"}


@dataclass(frozen=True, slots=True)
class NamedSlot:
    """A slot under the name its owner gave it; `kind` is `passphrase` or `recovery`."""

    name: str
    kind: str
    slot: Slot = field(repr=False)


@dataclass(frozen=True, slots=True)
class Keyring:
    """An open keyring: whose it is (`kind`), its generation, slots and named secrets. `repr` shows no secret."""

    path: Path
    kind: str
    generation: int
    slots: tuple[NamedSlot, ...]
    secrets: Mapping[str, bytes] = field(repr=False)
    _master: bytes = field(repr=False)

    @classmethod
    def create(
        cls, path: Path, kind: str, secrets: Mapping[str, bytes], passphrase: str, *, name: str, profile: Profile
    ) -> "tuple[Keyring, str]":
        """A new keyring on disk with two slots: the passphrase of `name`, and a recovery code that is told this once.

        `keys.weak-passphrase`, `keys.already-there`, those of `write_atomically`.
        """
        check_passphrase(passphrase)
        if path.exists():
            raise InterviewError("keys.already-there", path.name)
        master, code = randomness.token_bytes(KEY), new_recovery_code()
        slots = (
            _new_slot(master, kind, (name, PASSPHRASE), passphrase, profile),
            _new_slot(master, kind, (RECOVERY, RECOVERY), code, profile),
        )
        keyring = cls(path, kind, 1, slots, dict(secrets), master)
        keyring._write()
        return keyring, code

    def with_secrets(self, secrets: Mapping[str, bytes]) -> "Keyring":
        """The keyring with other secrets and the next generation, written; the file changes whole or not at all."""
        keyring = Keyring(self.path, self.kind, self.generation + 1, self.slots, dict(secrets), self._master)
        keyring._write()
        return keyring

    def _write(self) -> None:
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
        write_atomically(self.path, canonical_json(content))


def open_keyring(path: Path, secret: str) -> Keyring:
    """The keyring, opened by a passphrase or a recovery code.

    `keys.wrong-passphrase` (with how many slots were tried), `keys.damaged`, `keys.newer`,
    `crypto.unreasonable-parameters`, `crypto.recovery-mistyped`, `crypto.recovery-length`, those of `read_bounded`.
    """
    content = _read(path)
    slots = tuple(_slot_from_json(slot, path) for slot in content["slots"])
    master = _master_from(slots, content["kind"], secret, path)
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
    return Keyring(path, kind, generation, slots, secrets, master)


def kind_of(path: Path) -> str:
    """Whose the keyring at `path` says it is, before anything opens it; `keys.damaged`, `keys.newer`."""
    return str(_read(path)["kind"])


def check_passphrase(passphrase: str) -> None:
    """Refuse a passphrase under 12 characters or of nearly one letter: `keys.weak-passphrase`."""
    normal = unicodedata.normalize("NFKC", passphrase).strip()
    if len(normal) < MIN_PASSPHRASE or len(set(normal)) < MIN_PASSPHRASE // 3:
        raise InterviewError("keys.weak-passphrase", "", minimum=MIN_PASSPHRASE)


def _master_from(slots: tuple[NamedSlot, ...], kind: str, secret: str, path: Path) -> bytes:
    for slot, text in _attempts(slots, secret):
        try:
            return unwrap(slot.slot, text, _slot_bound(kind, slot.name, slot.kind))
        except InterviewError as error:
            if error.code != "crypto.damaged-box":
                raise
    if looks_like_a_code(secret):
        # Says which group is wrong, if one is.
        normalise(secret)
    raise InterviewError("keys.wrong-passphrase", path.name, slots=len(slots))


def _attempts(slots: tuple[NamedSlot, ...], secret: str) -> Iterator[tuple[NamedSlot, str]]:
    with suppress(InterviewError):
        code = normalise(secret)
        yield from ((slot, code) for slot in slots if slot.kind == RECOVERY)
    yield from ((slot, secret) for slot in slots if slot.kind == PASSPHRASE)


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
    return NamedSlot(name, kind, wrap(master, text, profile, _slot_bound(keyring, name, kind)))


def _slot_to_json(named: NamedSlot) -> dict[str, str | int]:
    slot = named.slot
    return {
        "name": named.name,
        "kind": named.kind,
        "salt": _to_text(slot.salt),
        "t": slot.passes,
        "m": slot.memory,
        "p": slot.lanes,
        "wrapped": _to_text(slot.box),
    }


def _slot_from_json(value: Any, path: Path) -> NamedSlot:
    if not isinstance(value, dict) or set(value) != _SLOT_FIELDS:
        raise _damaged(path)
    name, kind, passes, memory, lanes = (value[key] for key in ("name", "kind", "t", "m", "p"))
    if not isinstance(name, str) or kind not in (PASSPHRASE, RECOVERY):
        raise _damaged(path)
    if any(type(cost) is not int for cost in (passes, memory, lanes)):
        raise _damaged(path)
    salt = _from_text(value["salt"], path)
    # Every slot before any is tried: one forged slot makes the whole file suspect.
    check_parameters(salt, passes, memory, lanes)
    return NamedSlot(name, kind, Slot(salt, passes, memory, lanes, _from_text(value["wrapped"], path)))


def _slot_bound(keyring: str, name: str, kind: str) -> bytes:
    return canonical_json(["interview/1/slot", keyring, name, kind])


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
