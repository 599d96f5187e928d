"""The station's public card, and the keys it signed with before (P6, T21).

When somebody's key ceases to hold, the station gets another signing key, since that person may have copied the old one.
Each key vouches for the next. The earlier ones stay in the keyring, so that a batch made with one can be written again
until its receipts come; the card names those batches, and the archive takes nothing else they sign.
"""

from collections.abc import Mapping
from contextlib import suppress
from typing import Final

from interview.crypto.signing import SigningKey
from interview.errors import InterviewError
from interview.exchange.batch import BatchHeader
from interview.exchange.cards import MOST_EARLIER, make_station_card
from interview.exchange.succession import MOST_BATCHES, make_succession
from interview.exchange.surveys import SignedSurvey
from interview.files import write_atomically
from interview.paths import Home
from interview.station.station import SIGNING_KEY, Identity, identity_of, known_units, survey_in_force
from interview.store.keyring import Keyring
from interview.store.responses import Responses

EARLIER_KEYS: Final = "earlier-signing"
"""The name of the secret with the earlier signing keys, one after the other, the latest first."""
_KEY: Final = 32


def renewed(keyring: Keyring) -> Mapping[str, bytes]:
    """Another signing key, and the present one among the earlier."""
    earlier = keyring.secrets[SIGNING_KEY] + keyring.secrets.get(EARLIER_KEYS, b"")
    return {SIGNING_KEY: SigningKey.generate().to_bytes(), EARLIER_KEYS: earlier[: MOST_EARLIER * _KEY]}


def signing_keys(keyring: Keyring) -> tuple[SigningKey, ...]:
    """The signing key and the earlier ones, the latest first."""
    every = keyring.secrets[SIGNING_KEY] + keyring.secrets.get(EARLIER_KEYS, b"")
    return tuple(SigningKey.from_bytes(every[start : start + _KEY]) for start in range(0, len(every), _KEY))


def card(keyring: Keyring, responses: Responses, signed: SignedSurvey, identity: Identity) -> bytes:
    """The card as it is now; `station.unknown-unit`."""
    unit = signed.survey.unit(identity.unit)
    if unit is None:
        raise InterviewError("station.unknown-unit", identity.unit, known=known_units(signed.survey))
    key, *earlier = signing_keys(keyring)
    succeeds = _succeeds(key, earlier, responses) if earlier else ()
    rehearsal = signed.survey.rehearsal
    return make_station_card(unit.name, unit.id, identity.organisation, key, rehearsal=rehearsal, succeeds=succeeds)


def write_card(home: Home, keyring: Keyring, responses: Responses) -> None:
    """The card as a file, by which the central group knows the station's batches."""
    identity = identity_of(responses)
    signed = survey_in_force(responses, identity)
    write_atomically(home.card, card(keyring, responses, signed, identity))


def show_card(home: Home, keyring: Keyring, responses: Responses) -> None:
    """The same where nothing may come of it: the next batch carries the card too."""
    with suppress(InterviewError):
        write_card(home, keyring, responses)


def _succeeds(key: SigningKey, earlier: list[SigningKey], responses: Responses) -> tuple[bytes, ...]:
    """What each earlier key says of the one after it, and of the batches it signed that may not have arrived."""
    made: dict[bytes, list[str]] = {}
    under_way = sorted((batch for batch in responses.batches() if not batch.pruned), key=lambda batch: batch.seq)
    for batch in under_way[-MOST_BATCHES:]:
        made.setdefault(BatchHeader.from_bytes(batch.header).station, []).append(batch.hash.hex())
    statements, following = [], key.public
    for old in earlier:
        statements.append(make_succession(old, following, tuple(made.get(old.public, ()))))
        following = old.public
    return tuple(statements)
