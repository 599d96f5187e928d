"""An unlocked station: what every use case is given.

Used from one thread at a time (the front ends' writer); only the tidier has a thread and connections of its own.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Final, Protocol

from interview.crypto.sealing import Sealer
from interview.crypto.signing import SigningKey
from interview.database.opening import open_database
from interview.errors import InterviewError
from interview.exchange.encoding import from_base64
from interview.exchange.surveys import SignedSurvey, open_survey
from interview.paths import Home
from interview.questionnaire.canonical import from_canonical
from interview.session.answers import Draft
from interview.session.form import Form
from interview.station.tidying import Connections, Tidier
from interview.store.keyring import Keyring
from interview.store.responses import Responses
from interview.store.workspace import Kept, Workspace
from interview.survey import Background, Organisation, Survey, Unit

KIND: Final = "station"
"""The kind of a station's keyring."""
WORKSPACE_KEY: Final = "workspace"
RESPONSES_KEY: Final = "responses"
SIGNING_KEY: Final = "signing"
"""The names of its secrets."""
UNTIDY: Final = "untidy"
ERASING_DUE: Final = "erasing-due"
GENERATION: Final = "generation"
UNIT: Final = "unit"
ORGANISATION: Final = "organisation"
SIGNER: Final = "signer"
EARLIER_SIGNERS: Final = "earlier-signers"
RECOVERY_CONFIRMED: Final = "recovery-confirmed"
"""What it keeps about itself in `responses.db`."""

PUBLIC_KEY: Final = 32
"""Bytes of a signer's public key."""

Clock = Callable[[], datetime]
"""Gives the present local time."""


def local_time() -> datetime:
    """The present time where the station stands."""
    return datetime.now().astimezone()


@dataclass(frozen=True, slots=True)
class Identity:
    """Whose responses a station makes: the unit they are counted under (its id), the organisation that rings."""

    unit: str
    organisation: Organisation
    signer: bytes
    """The pinned public key, which every new survey must be signed by."""
    earlier_signers: tuple[bytes, ...] = ()
    """Keys that were pinned before; what they signed then still holds."""

    @property
    def signers(self) -> tuple[bytes, ...]:
        """Every key that is or was pinned."""
        return (self.signer, *self.earlier_signers)


class Station:
    """A station that was unlocked; `close` locks it. Use it in a `with` statement where no screen holds it."""

    def __init__(
        self,
        home: Home,
        keyring: Keyring,
        workspace: Workspace,
        responses: Responses,
        clock: Clock,
        *,
        examination: "Examination",
    ) -> None:
        self.home = home
        self.keyring = keyring
        self.workspace = workspace
        self.responses = responses
        self.clock = clock
        self.examination = examination
        self.tidier = Tidier(self._connect)
        self.identity = identity_of(responses)
        self._forms: dict[tuple[str, tuple[Background, ...]], Form] = {}
        self._sealers: dict[str, Sealer] = {}
        self._signed: dict[str, SignedSurvey] = {}
        self._kept: dict[str, Kept] = {}
        self.survey_hash = _in_force(responses)

    # The survey in force.

    @property
    def signed(self) -> SignedSurvey:
        """The survey in force, its signature checked."""
        return self.signed_survey(self.survey_hash)

    @property
    def survey(self) -> Survey:
        """The survey in force."""
        return self.signed.survey

    @property
    def rehearsal(self) -> bool:
        """Whether nothing here can ever enter a real archive."""
        return self.survey.rehearsal

    @property
    def unit(self) -> Unit:
        """The unit responses are counted under."""
        unit = self.survey.unit(self.identity.unit)
        if unit is None:
            raise InterviewError("station.unknown-unit", self.identity.unit, known=known_units(self.survey))
        return unit

    @property
    def questionnaire_hash(self) -> str:
        """The questionnaire new interviews begin with."""
        return self.survey.questionnaire.hash

    @cached_property
    def signing_key(self) -> SigningKey:
        """What the station signs its card and its batches with."""
        return SigningKey.from_bytes(self.keyring.secrets[SIGNING_KEY])

    # Surveys and questionnaires, by hash.

    def signed_survey(self, survey: str) -> SignedSurvey:
        """A survey the station has, read through its envelope; `station.no-such-survey`, those of `open_survey`."""
        if survey not in self._signed:
            self._signed[survey] = _signed(self.responses, survey, self.identity)
        return self._signed[survey]

    def form(self, questionnaire: str, survey: str = "") -> Form:
        """A questionnaire the station has, prepared for asking in a survey, or in the one in force.

        `store.no-such-questionnaire`, those of `signed_survey`.
        """
        background = self.signed_survey(survey or self.survey_hash).survey.background
        key = questionnaire, background
        if key not in self._forms:
            canonical, _ = self.responses.questionnaire(questionnaire)
            self._forms[key] = Form(from_canonical(canonical), questionnaire, background)
        return self._forms[key]

    def sealer(self, survey: str) -> Sealer:
        """What seals the responses of a survey to its recipients."""
        if survey not in self._sealers:
            recipients = self.signed_survey(survey).survey.recipients
            publics = [from_base64(recipient.sealing) for recipient in recipients]
            self._sealers[survey] = Sealer(publics, bytes.fromhex(survey))
        return self._sealers[survey]

    def pin(self, signer: bytes) -> None:
        """Follow another signer from now on."""
        self.responses.set_setting(EARLIER_SIGNERS, b"".join(self.identity.signers))
        self.responses.set_setting(SIGNER, signer)

    def look_again(self) -> None:
        """Know which survey is in force, and whose signature is pinned, after a change of either."""
        self.identity = identity_of(self.responses)
        self.survey_hash = _in_force(self.responses)

    # Drafts as they rest.

    def kept(self, draft_id: str) -> Kept:
        """A draft as it was kept last; `store.no-such-draft`."""
        if draft_id not in self._kept:
            self._kept[draft_id] = self.workspace.draft(draft_id)
        return self._kept[draft_id]

    def remember(self, draft: Draft, revision: int) -> None:
        """Know a draft that was just kept, so that the next save writes only what differs."""
        self._kept[draft.id] = Kept(draft, revision)

    def overlook(self, draft_id: str) -> None:
        """Know a draft no longer: it was erased, or must be read again."""
        self._kept.pop(draft_id, None)

    # Locking.

    def settle(self, timeout: float = 60.0) -> None:
        """Wait until no order of arrival is left in the files; see `Tidier.settle`."""
        self.tidier.settle(timeout)

    def close(self) -> InterviewError | None:
        """Lock: tidy and close both files. Closing twice does nothing.

        What the examination found wrong with them, or what kept the station from tidying, if anything did.
        """
        trouble = None
        try:
            self.tidier.settle()
        except InterviewError as error:
            trouble = error
            self._note_untidy()
        self.tidier.stop()
        self.workspace.database.close()
        self.responses.database.close()
        found = self._found()
        self.examination.close()
        self._kept.clear()
        return found or trouble

    def _found(self) -> InterviewError | None:
        try:
            self.examination.passed()
        except InterviewError as error:
            return error
        return None

    def _note_untidy(self) -> None:
        # A clean close empties the WAL, by which the next unlocking would have seen that tidying is due.
        try:
            self.responses.set_setting(UNTIDY, b"1")
        except InterviewError:
            return

    def _connect(self) -> Connections:
        secrets = self.keyring.secrets
        responses = open_database(self.home.responses, secrets[RESPONSES_KEY])
        responses.before_writing = self.examination.passed
        try:
            return responses, open_database(self.home.workspace, secrets[WORKSPACE_KEY])
        except InterviewError:
            responses.close()
            raise

    def __enter__(self) -> "Station":
        return self

    def __exit__(self, *raised: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"Station({self.home.root.name!r})"


def known_units(survey: Survey) -> str:
    """The ids of a survey's units, to name in an error."""
    return ", ".join(unit.id for unit in survey.units)


class Examination(Protocol):
    """What looks whether the files are whole while the station is opened; see `examining`."""

    def passed(self) -> None:
        """Wait for it, and raise what was found; before that nothing is written."""
        ...

    def close(self) -> None:
        """Let go of the files, after every other connection."""
        ...


def open_stores(
    home: Home, keyring: Keyring, *, create: bool = False, before_writing: Callable[[], None] | None = None
) -> tuple[Workspace, Responses]:
    """Both files, opened and brought to this program's shape; if one does not open, neither stays open."""
    responses = Responses(open_database(home.responses, keyring.secrets[RESPONSES_KEY], create=create))
    try:
        workspace = Workspace(open_database(home.workspace, keyring.secrets[WORKSPACE_KEY], create=create))
    except InterviewError:
        responses.database.close()
        raise
    responses.database.before_writing = workspace.database.before_writing = before_writing
    try:
        responses.migrate()
        workspace.migrate()
    except InterviewError:
        workspace.database.close()
        responses.database.close()
        raise
    return workspace, responses


def identity_of(responses: Responses) -> Identity:
    """Whose responses a station makes, by what it keeps; `station.not-set-up`."""
    unit, organisation, signer = (responses.setting(key) for key in (UNIT, ORGANISATION, SIGNER))
    if unit is None or organisation is None or signer is None:
        raise InterviewError("station.not-set-up")
    earlier = responses.setting(EARLIER_SIGNERS) or b""
    keys = tuple(earlier[start : start + PUBLIC_KEY] for start in range(0, len(earlier), PUBLIC_KEY))
    return Identity(unit.decode(), Organisation(organisation.decode()), signer, keys)


def survey_in_force(responses: Responses, identity: Identity) -> SignedSurvey:
    """The survey new interviews belong to; errors as `Station.signed_survey`."""
    return _signed(responses, _in_force(responses), identity)


def _signed(responses: Responses, survey: str, identity: Identity) -> SignedSurvey:
    stored = next((found for found in responses.surveys() if found.hash == survey), None)
    if stored is None:
        raise InterviewError("station.no-such-survey", survey[:12])
    canonical, _ = responses.questionnaire(stored.questionnaire)
    return open_survey(stored.envelope, [canonical], identity.signers)


def _in_force(responses: Responses) -> str:
    return next((survey.hash for survey in responses.surveys() if survey.in_force), "")
