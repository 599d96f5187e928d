"""A rotation: the old signer of surveys says, signed, whose surveys its stations follow from now on (P6)."""

from dataclasses import dataclass

from interview.canonical import canonical_json, strict_json
from interview.crypto.fingerprint import fingerprint
from interview.crypto.signing import SigningKey
from interview.errors import InterviewError
from interview.exchange.encoding import from_base64, to_base64
from interview.exchange.envelope import Kind, open_envelope, seal_envelope


@dataclass(frozen=True, slots=True)
class Rotation:
    """Who signed surveys until now, and who does from now on: Ed25519 public keys of 32 bytes."""

    old: bytes
    new: bytes

    @property
    def fingerprint(self) -> str:
        """The new signer's fingerprint, as it stands on paper."""
        return fingerprint(self.new)


def make_rotation(old: SigningKey, new: bytes) -> bytes:
    """The statement that `new` (a public key) signs from now on; `exchange.rotation-to-itself`."""
    if new == old.public:
        raise InterviewError("exchange.rotation-to-itself")
    return seal_envelope(Kind.ROTATION, canonical_json({"new": to_base64(new)}), old)


def read_rotation(statement: bytes) -> Rotation:
    """A statement whose signature held; `exchange.not-an-envelope` for other content, those of `open_envelope`."""
    opened = open_envelope(Kind.ROTATION, statement)
    content = strict_json(opened.content)
    if not isinstance(content, dict) or set(content) != {"new"}:
        raise InterviewError("exchange.not-an-envelope", Kind.ROTATION.value)
    return Rotation(opened.signer_public, from_base64(content["new"], 32))
