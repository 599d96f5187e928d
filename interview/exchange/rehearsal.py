"""The keys of rehearsals. They ship with the program, so whatever they seal or sign is for practice and proves nothing.

They are expanded from a public phrase: nobody can take them for a secret, and both ends have them without a file.
"""

import hashlib
from typing import Final

from interview.crypto.sealing import PRIVATE, SealingKey
from interview.crypto.signing import SigningKey
from interview.exchange.encoding import to_base64
from interview.survey import Recipient

_PHRASE: Final = b"interview/1/rehearsal: a public phrase, no secret/"


def rehearsal_signing_key() -> SigningKey:
    """Signs rehearsal surveys and their receipts."""
    return SigningKey.from_bytes(hashlib.shake_256(_PHRASE + b"signing").digest(32))


def rehearsal_sealing_key() -> SealingKey:
    """Opens what a rehearsal sealed."""
    return SealingKey.from_bytes(hashlib.shake_256(_PHRASE + b"sealing").digest(PRIVATE))


def rehearsal_recipient(name: str) -> Recipient:
    """The one recipient of every rehearsal survey, under a name in the caller's language."""
    return Recipient(
        name=name, sealing=to_base64(rehearsal_sealing_key().public), signing=to_base64(rehearsal_signing_key().public)
    )
