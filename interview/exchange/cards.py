"""Public cards: how a station and a recipient become known.

Each is signed by the key it shows, so no line of it can be swapped.
"""

from dataclasses import dataclass
from typing import Final, TypeVar

from pydantic import Field, JsonValue, ValidationError

from interview.canonical import canonical_json, strict_json
from interview.crypto.fingerprint import fingerprint
from interview.crypto.signing import SigningKey
from interview.errors import InterviewError
from interview.exchange.encoding import from_base64, to_base64
from interview.exchange.envelope import Kind, Opened, open_envelope, seal_envelope
from interview.exchange.succession import Succession, read_succession
from interview.questionnaire.models import Frozen
from interview.survey import Base64, Label, Organisation, Recipient

CARD_LIMIT: Final = 64 * 1024
"""Bytes of a card, at most."""
MOST_EARLIER: Final = 32
"""Earlier keys a station's card names, at most."""


class _StationContent(Frozen):
    signing: Base64
    name: Label
    unit: Label
    organisation: Organisation
    rehearsal: bool
    succeeds: tuple[JsonValue, ...] = Field(default=(), max_length=MOST_EARLIER)


class _RecipientContent(Frozen):
    name: Label
    sealing: Base64
    signing: Base64


@dataclass(frozen=True, slots=True)
class StationCard:
    """A station as others know it: its Ed25519 public key (32 bytes), name, unit's id and the kind that rings.

    `succeeds` are the keys it had before, the latest first; each has vouched for the one after it.
    """

    public: bytes
    name: str
    unit: str
    organisation: Organisation
    rehearsal: bool
    succeeds: tuple[Succession, ...] = ()

    @property
    def fingerprint(self) -> str:
        """The key's fingerprint, to compare with the station's own by telephone."""
        return fingerprint(self.public)


def make_station_card(
    name: str,
    unit: str,
    organisation: Organisation,
    key: SigningKey,
    *,
    rehearsal: bool,
    succeeds: tuple[bytes, ...] = (),
) -> bytes:
    """The card of the station that holds `key`; `exchange.card-invalid` for an empty or too long name.

    `succeeds` are the statements of its earlier keys, the latest first.
    """
    content = _content(
        _StationContent,
        signing=to_base64(key.public),
        name=name,
        unit=unit,
        organisation=organisation,
        rehearsal=rehearsal,
        succeeds=tuple(strict_json(statement) for statement in succeeds),
    )
    return seal_envelope(Kind.STATION, content, key)


def read_station_card(card: bytes) -> StationCard:
    """The station a card shows; `exchange.too-large`, `exchange.card-invalid`, those of `open_envelope`."""
    content, opened = _read(_StationContent, Kind.STATION, card)
    if from_base64(content.signing, 32) != opened.signer_public:
        raise InterviewError("exchange.card-invalid", "signing")
    succeeds = tuple(read_succession(canonical_json(statement)) for statement in content.succeeds)
    followed = opened.signer_public
    for succession in succeeds:
        if succession.new != followed:
            raise InterviewError("exchange.card-invalid", "succeeds")
        followed = succession.old
    return StationCard(
        opened.signer_public, content.name, content.unit, content.organisation, content.rehearsal, succeeds
    )


def make_recipient_card(name: str, sealing_public: bytes, key: SigningKey) -> bytes:
    """The card of the recipient that holds `key`; `exchange.card-invalid` for an empty or too long name."""
    sealing, signing = to_base64(sealing_public), to_base64(key.public)
    return seal_envelope(Kind.RECIPIENT, _content(_RecipientContent, name=name, sealing=sealing, signing=signing), key)


def read_recipient_card(card: bytes) -> Recipient:
    """The recipient a card shows; `exchange.too-large`, `exchange.card-invalid`, those of `open_envelope`."""
    content, opened = _read(_RecipientContent, Kind.RECIPIENT, card)
    if from_base64(content.signing, 32) != opened.signer_public:
        raise InterviewError("exchange.card-invalid", "signing")
    return Recipient(name=content.name, sealing=content.sealing, signing=content.signing)


_Content = TypeVar("_Content", _StationContent, _RecipientContent)


def _content(model: type[Frozen], **fields: object) -> bytes:
    try:
        return canonical_json(model.model_validate(fields).model_dump(mode="json", exclude_defaults=True))
    except ValidationError as invalid:
        raise InterviewError("exchange.card-invalid", str(invalid.errors(include_input=False)[0]["loc"][0])) from None


def _read(model: type[_Content], kind: Kind, card: bytes) -> tuple[_Content, Opened]:
    if len(card) > CARD_LIMIT:
        raise InterviewError("exchange.too-large", kind.value, limit=CARD_LIMIT)
    opened = open_envelope(kind, card)
    try:
        return model.model_validate_json(opened.content), opened
    except ValidationError:
        raise InterviewError("exchange.card-invalid") from None
