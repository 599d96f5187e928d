"""Key slots: a secret wrapped under a passphrase by Argon2id (RFC 9106) and AES-256-GCM.

The cost stands in the slot, so it can be raised later; it is capped before it is used, so that a forged file cannot
make the program allocate what it asks for, nor many slots together keep it at work for minutes (T7).
"""

import secrets
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from interview.crypto.boxes import KEY, close_box, open_box
from interview.errors import InterviewError

SALT: Final = 16
"""Bytes of a salt."""
MAX_PASSES: Final = 10
MAX_MEMORY: Final = 1024 * 1024
"""KiB."""
MAX_LANES: Final = 16
MAX_WORK: Final = MAX_PASSES * MAX_MEMORY
"""KiB filled in all passes by all slots of a file together: what the dearest slot alone may cost."""


@dataclass(frozen=True, slots=True)
class Profile:
    """A cost of guessing: passes over the memory, memory in KiB, lanes."""

    name: str
    passes: int
    memory: int
    lanes: int


NORMAL: Final = Profile("normal", passes=3, memory=64 * 1024, lanes=4)
"""RFC 9106 section 4, the second recommended option: t=3, 64 MiB, p=4."""
TEST: Final = Profile("test", passes=1, memory=32, lanes=1)
"""For tests and throw-away stations alone: costs nothing to guess."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A wrapped secret with the salt (16 bytes) and the cost of its passphrase; `box` is as in `boxes`."""

    salt: bytes
    passes: int
    memory: int
    lanes: int
    box: bytes = field(repr=False)

    @property
    def work(self) -> int:
        """KiB that are filled in all passes: what trying a passphrase costs."""
        return self.passes * self.memory


def wrap(secret: bytes, passphrase: str, profile: Profile, associated: bytes) -> Slot:
    """`secret` wrapped under a passphrase and bound to `associated`."""
    salt = secrets.token_bytes(SALT)
    key = _stretch(passphrase, salt, profile.passes, profile.memory, profile.lanes)
    return Slot(salt, profile.passes, profile.memory, profile.lanes, close_box(key, secret, associated))


def unwrap(slot: Slot, passphrase: str, associated: bytes) -> bytes:
    """The secret in a slot.

    `crypto.unreasonable-parameters` before anything is computed, `crypto.damaged-box` if it does not open.
    """
    return open_box(_stretch(passphrase, slot.salt, slot.passes, slot.memory, slot.lanes), slot.box, associated)


def check_parameters(salt: bytes, passes: int, memory: int, lanes: int) -> None:
    """Refuse a cost no honest slot has, allocating nothing: `crypto.unreasonable-parameters`."""
    if not (
        len(salt) == SALT
        and 1 <= passes <= MAX_PASSES
        and 1 <= lanes <= MAX_LANES
        # Argon2 needs eight blocks of 1 KiB for each lane (RFC 9106 section 3.1).
        and 8 * lanes <= memory <= MAX_MEMORY
    ):
        raise InterviewError("crypto.unreasonable-parameters")


def check_work(slots: Iterable[Slot]) -> None:
    """Refuse slots that together cost more than honest ones do, allocating nothing: `crypto.unreasonable-parameters`."""
    if sum(slot.work for slot in slots) > MAX_WORK:
        raise InterviewError("crypto.unreasonable-parameters")


def _stretch(passphrase: str, salt: bytes, passes: int, memory: int, lanes: int) -> bytes:
    check_parameters(salt, passes, memory, lanes)
    kdf = Argon2id(salt=salt, length=KEY, iterations=passes, lanes=lanes, memory_cost=memory)
    # One passphrase, however the keyboard composes its letters.
    return kdf.derive(unicodedata.normalize("NFKC", passphrase).encode("utf-8", "surrogatepass"))
