"""The chain of batches (T8): each names the one before, and the keyring knows the last.

The note in the keyring is what tells a `responses.db` that was put back to an older copy, once a batch has been made since.
It is no change of anybody's key, so the keyring's generation stays.
"""

from contextlib import suppress
from dataclasses import replace
from typing import Final

from interview.errors import InterviewError
from interview.station.station import Station
from interview.store.keyring import Keyring
from interview.store.responses import Responses

LATEST: Final = "latest-batch"
"""The name of the note: number (8 bytes) and hash (32) of the latest batch."""
_NUMBER: Final = 8


def check(responses: Responses, keyring: Keyring) -> None:
    """`station.broken-chain` where a batch does not follow the one before, `station.responses-older` where one is missing."""
    before, expected = b"", 1
    made = responses.chain()
    for seq, digest, prev in made:
        if seq != expected or prev != before:
            raise InterviewError("station.broken-chain", responses.database.path.name, seq=seq)
        before, expected = digest, seq + 1
    note = keyring.secrets.get(LATEST)
    if note is not None and note not in {_note(seq, digest) for seq, digest, _ in made}:
        raise InterviewError(
            "station.responses-older", responses.database.path.name, seq=int.from_bytes(note[:_NUMBER], "big")
        )


def remember(station: Station, seq: int, digest: bytes) -> None:
    """Note the latest batch in the keyring."""
    # The batch is made, and the next one notes itself too: what cannot be noted now is no reason to refuse anything.
    with suppress(InterviewError), station.responses.locked():
        present = replace(station.keyring, path=station.home.keyring).fresh()
        station.keyring = present.noting(LATEST, _note(seq, digest))


def _note(seq: int, digest: bytes) -> bytes:
    return seq.to_bytes(_NUMBER, "big") + digest
