"""The central home: a recipient's keys, its archives, and the surveys made there."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from secrets import token_bytes
from typing import Any, Final

from interview.archive.keys import (
    ARCHIVE_KEY,
    KIND,
    REHEARSAL_KEY,
    archive_at,
    central_vault,
    open_archive,
    rehearsal_archive,
)
from interview.archive.store import Archive
from interview.archive.survey_faults import Places, survey_of
from interview.crypto.fingerprint import fingerprint
from interview.crypto.sealing import SealingKey
from interview.crypto.signing import SigningKey
from interview.crypto.slots import NORMAL, Profile
from interview.database.opening import KEY
from interview.errors import InterviewError
from interview.exchange.cards import CARD_LIMIT, make_recipient_card, read_recipient_card
from interview.exchange.encoding import from_base64
from interview.exchange.rehearsal import rehearsal_signing_key
from interview.exchange.rotation import Rotation, make_rotation, read_rotation
from interview.exchange.surveys import SignedSurvey, read_survey, sign_survey
from interview.files import private_folder, read_bounded, refuse_shared_place, write_atomically
from interview.paths import Home
from interview.questionnaire.canonical import questionnaire_hash, take_in
from interview.store.keyring import Keyring, check_passphrase
from interview.store.keys import Keys
from interview.survey import Named, Recipient, Survey

_SIGNING: Final = "signing"
_SEALING: Final = "sealing"


class Central:
    """An unlocked central home; `close` locks it. `recipient` is what its card shows."""

    def __init__(self, home: Home, keyring: Keyring, recipient: Recipient) -> None:
        self.home = home
        self.recipient = recipient
        self._keyring = keyring
        self._archives: dict[bool, Archive] = {}

    @property
    def name(self) -> str:
        """The recipient's name, as it stands in surveys."""
        return self.recipient.name

    @property
    def fingerprint(self) -> str:
        """The fingerprint of the key that signs surveys and receipts, to hand over on paper."""
        return fingerprint(self.signing_key.public)

    @cached_property
    def signing_key(self) -> SigningKey:
        """Signs surveys and receipts."""
        return SigningKey.from_bytes(self._keyring.secrets[_SIGNING])

    @cached_property
    def sealing_key(self) -> SealingKey:
        """Opens what was sealed for this recipient."""
        return SealingKey.from_bytes(self._keyring.secrets[_SEALING])

    def archive(self, *, rehearsal: bool = False) -> Archive:
        """The archive, or that of rehearsals: another file under another key, so that none enters the real one."""
        if rehearsal not in self._archives:
            self._archives[rehearsal] = self._of_rehearsals() if rehearsal else open_archive(self.home, self._keyring)
        return self._archives[rehearsal]

    def _of_rehearsals(self) -> Archive:
        return archive_at(rehearsal_archive(self.home), self._keyring.secrets[REHEARSAL_KEY])

    def close(self) -> None:
        """Lock: close what is open. Closing twice does nothing."""
        for archive in self._archives.values():
            archive.database.close()
        self._archives.clear()

    def __enter__(self) -> "Central":
        return self

    def __exit__(self, *raised: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"Central({self.home.root.name!r})"


@dataclass(frozen=True, slots=True)
class NewSurvey:
    """A survey that was made: its file, its hash, and its signer's fingerprint for the paper."""

    path: Path
    hash: str
    fingerprint: str


def new_recipient(home: Home, name: str, passphrase: str, profile: Profile = NORMAL) -> tuple[Central, str]:
    """A new central home with keys of its own, unlocked, and its recovery code, told this once; writes the public card.

    `archive.home-in-use`, `exchange.card-invalid` for a bad name, `keys.weak-passphrase`, `files.shared-place` and
    others of `files`. The keyring is written last: an interrupted start leaves no home, and can be made again.
    """
    if home.keyring.exists():
        raise InterviewError("archive.home-in-use", home.root.name)
    check_passphrase(passphrase, name)
    signing, sealing = SigningKey.generate(), SealingKey.generate()
    card = make_recipient_card(name, sealing.public, signing)
    refuse_shared_place(home.root)
    private_folder(home.root)
    write_atomically(home.card, card)
    secrets = {
        _SIGNING: signing.to_bytes(),
        _SEALING: sealing.to_bytes(),
        ARCHIVE_KEY: token_bytes(KEY),
        REHEARSAL_KEY: token_bytes(KEY),
    }
    keyring, code = Keyring.create(home.keyring, KIND, secrets, passphrase, name=name, profile=profile)
    return Central(home, keyring, read_recipient_card(card)), code


def open_central(home: Home, secret: str) -> Central:
    """The central home, opened by a passphrase or the recovery code.

    An exchange of keys that was interrupted is ended first. `archive.no-home`, `archive.not-a-central-home`,
    `archive.card-of-another`, those of `open_keyring`.
    """
    keyring = Keys(central_vault(home)).opened(secret)
    recipient = read_recipient_card(read_bounded(home.card, CARD_LIMIT))
    central = Central(home, keyring, recipient)
    own = make_recipient_card(recipient.name, central.sealing_key.public, central.signing_key)
    if read_recipient_card(own) != recipient:
        raise InterviewError("archive.card-of-another", home.card.name)
    return central


def new_survey(
    central: Central,
    *,
    to: Path,
    questionnaire: bytes,
    recipients: Iterable[bytes] = (),
    places: Places | None = None,
    **fields: Any,
) -> NewSurvey:
    """Make and sign a survey, and write the one file a station is set up from.

    `questionnaire` is canonical bytes; `recipients` the cards of others who may open the responses beside this home;
    `fields` whatever else `Survey` takes, units as tables, and `places` where they were written. Codes
    `archive.survey-…` name every field that is not as it must be, `archive.version-not-higher` says that this version
    or a later one was made here; those of `take_in`, `read_recipient_card` and `files`.
    """
    survey = planned(central, questionnaire, recipients, places or Places(), fields)
    archive = central.archive()
    known = [signed.survey.version for signed in archive.surveys() if signed.survey.id == survey.id]
    if known and max(known) >= survey.version:
        raise InterviewError("archive.version-not-higher", survey.id, version=survey.version, latest=max(known))
    file = sign_survey(survey, [questionnaire], central.signing_key)
    write_atomically(to, file)
    signed = read_survey(file, central.signing_key.public)
    archive.add_survey(signed)
    return NewSurvey(to, signed.hash, central.fingerprint)


def planned(
    central: Central, questionnaire: bytes, recipients: Iterable[bytes], places: Places, fields: Mapping[str, Any]
) -> Survey:
    """The survey that `new_survey` would sign, to be looked over; errors as there."""
    form = take_in(questionnaire)
    named = Named(name=form.name, version=form.version, hash=questionnaire_hash(questionnaire))
    known_to_all = (central.recipient, *(read_recipient_card(card) for card in recipients))
    return survey_of(fields, form, named, known_to_all, places)


def hand_over(central: Central, card: bytes, to: Path) -> Rotation:
    """Say, signed, that the stations of this home's surveys follow another recipient's signature from now on.

    `card` is the new signer's. The statement goes to the file `to`. `exchange.rotation-to-itself`, those of
    `read_recipient_card`.
    """
    new = from_base64(read_recipient_card(card).signing, 32)
    statement = make_rotation(central.signing_key, new)
    write_atomically(to, statement)
    return read_rotation(statement)


def take_survey(central: Central, file: bytes, signer: str) -> SignedSurvey:
    """Take a survey that another recipient made, so that its batches can be collected.

    `signer` is the fingerprint typed from paper. `archive.not-a-recipient` where nothing is sealed for this home,
    `archive.rehearsal-signer`, those of `read_survey`.
    """
    signed = read_survey(file, signer)
    if signed.signer == rehearsal_signing_key().public:
        raise InterviewError("archive.rehearsal-signer")
    if central.recipient not in signed.survey.recipients:
        raise InterviewError("archive.not-a-recipient", signed.survey.id)
    take_in(signed.questionnaire)
    archive = central.archive()
    with archive.database.transaction():
        archive.add_signer(signed.signer)
        archive.add_survey(signed)
    return signed
