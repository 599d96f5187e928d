"""The survey of every rehearsal: the shipped form, signed on the spot by the key that ships with the program.

No real survey may use that key.
"""

from typing import Final

from interview.errors import InterviewError
from interview.exchange.encoding import to_base64
from interview.exchange.rehearsal import rehearsal_recipient, rehearsal_sealing_key, rehearsal_signing_key
from interview.exchange.surveys import SignedSurvey, sign_survey, signed_survey
from interview.files import read_bounded
from interview.messages import Catalogue
from interview.paths import shipped_questionnaires
from interview.questionnaire.canonical import canonical_bytes, questionnaire_hash
from interview.questionnaire.models import Questionnaire
from interview.questionnaire.reading import read_questionnaire
from interview.survey import Named, Survey, Unit

SHIPPED: Final = "utskrivning/2026.2.yaml"
"""The form a rehearsal asks."""
FORM_LIMIT: Final = 1024 * 1024
"""Bytes of a form, at most."""
# Fixed, like everything else in it, so that all rehearsals are of one survey and can be collected together.
STARTS: Final = "2020-01"
ENDS: Final = "2099-12"


def shipped_questionnaire() -> Questionnaire:
    """The form that ships, read from its YAML."""
    return read_questionnaire(read_bounded(shipped_questionnaires() / SHIPPED, FORM_LIMIT), SHIPPED)


def rehearsal_survey(questionnaire: Questionnaire | None = None, version: int = 1) -> bytes:
    """The file of the rehearsal survey, signed by the shipped key; with another form where one is given."""
    form = questionnaire or shipped_questionnaire()
    canonical = canonical_bytes(form)
    return sign_survey(_survey(form, canonical, version), (canonical,), rehearsal_signing_key())


def signed_rehearsal(form: Questionnaire, version: int) -> SignedSurvey:
    """The rehearsal survey that asks a form, for the station that makes it."""
    canonical = canonical_bytes(form)
    return signed_survey(_survey(form, canonical, version), (canonical,), rehearsal_signing_key())


def refuse_rehearsal_key(signed: SignedSurvey) -> None:
    """Refuse a survey that claims to be real and uses a key everybody has: `station.rehearsal-key`."""
    shipped = to_base64(rehearsal_sealing_key().public)
    sealed_for_all = any(recipient.sealing == shipped for recipient in signed.survey.recipients)
    if not signed.survey.rehearsal and (sealed_for_all or signed.signer == rehearsal_signing_key().public):
        raise InterviewError("station.rehearsal-key", signed.survey.id)


def _survey(form: Questionnaire, canonical: bytes, version: int) -> Survey:
    texts = Catalogue("sv")
    return Survey(
        id="rehearsal",
        version=version,
        title=texts("survey.rehearsal-title"),
        starts=STARTS,
        ends=ENDS,
        questionnaire=Named(name=form.name, version=form.version, hash=questionnaire_hash(canonical)),
        units=tuple(
            Unit(id=unit, name=texts(f"survey.rehearsal-unit-{unit}"), telephone=texts("survey.rehearsal-telephone"))
            for unit in ("ekbacken", "hamnen", "solsidan")
        ),
        recipients=(rehearsal_recipient(texts("survey.rehearsal-recipient")),),
        rehearsal=True,
    )
