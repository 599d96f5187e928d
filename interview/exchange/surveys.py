"""A survey as it travels: the signed survey with the questionnaires it names, in one file that sets a station up.

The file is JSON `{"survey": <envelope>, "questionnaires": [...]}`. Signed is the survey; a questionnaire beside it
counts only where the survey names the SHA-256 of its canonical bytes.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from pydantic import ValidationError

from interview.canonical import canonical_json, strict_json
from interview.crypto.fingerprint import fingerprint, same
from interview.crypto.sealing import PUBLIC
from interview.crypto.signing import SigningKey
from interview.errors import InterviewError
from interview.exchange.encoding import from_base64
from interview.exchange.envelope import Kind, open_envelope, readable, seal_envelope
from interview.exchange.rehearsal import rehearsal_signing_key
from interview.survey import Survey

SURVEY_LIMIT: Final = 4 * 1024 * 1024
"""Bytes of a survey file, at most."""

Signer = str | bytes | tuple[bytes, ...] | None
"""Who may have signed: a fingerprint, one public key, one of several, or anybody (looked at, not trusted)."""


@dataclass(frozen=True, slots=True)
class SignedSurvey:
    """A survey whose signature held.

    `hash` is the SHA-256 of the survey's canonical bytes, `signer` an Ed25519 public key (32 bytes), `envelope` the
    signed survey alone, as canonical JSON; `questionnaires` are canonical bytes.
    """

    survey: Survey
    hash: str
    signer: bytes
    envelope: bytes = field(repr=False)
    questionnaires: tuple[bytes, ...] = field(default=(), repr=False)

    @property
    def questionnaire(self) -> bytes:
        """The canonical bytes of the questionnaire the survey asks; `exchange.questionnaire-missing`."""
        for canonical in self.questionnaires:
            if hashlib.sha256(canonical).hexdigest() == self.survey.questionnaire.hash:
                return canonical
        raise InterviewError("exchange.questionnaire-missing", self.survey.id)

    @property
    def fingerprint(self) -> str:
        """The signer's fingerprint, as it stands on paper."""
        return fingerprint(self.signer)


def sign_survey(survey: Survey, questionnaires: Iterable[bytes], key: SigningKey) -> bytes:
    """The file of a new survey; `questionnaires` holds the canonical bytes of each it names.

    `exchange.survey-invalid` where the survey contradicts itself; `exchange.questionnaire-missing`.
    """
    envelope = _sealed(survey, key)
    forms = [strict_json(canonical) for canonical in questionnaires]
    file = readable({"survey": strict_json(envelope), "questionnaires": forms})
    # What is handed out is what a station will read: a file too large or without its form never leaves here.
    _ = read_survey(file, key.public).questionnaire
    return file


def signed_survey(survey: Survey, questionnaires: Iterable[bytes], key: SigningKey) -> SignedSurvey:
    """A new survey as a station has it that never was a file; errors as `sign_survey`."""
    return open_survey(_sealed(survey, key), questionnaires, key.public)


def read_survey(file: bytes, signer: Signer) -> SignedSurvey:
    """The survey in a survey file, checked: signature, signer, every questionnaire by its hash.

    `signer` is the fingerprint typed from paper or the pinned public keys; None looks at a survey without trusting it.
    Errors: `exchange.too-large`, `exchange.not-a-survey`, `exchange.wrong-signer`, `exchange.survey-invalid`,
    `exchange.questionnaire-missing`, those of `open_envelope`.
    """
    if len(file) > SURVEY_LIMIT:
        raise InterviewError("exchange.too-large", Kind.SURVEY, limit=SURVEY_LIMIT)
    value = strict_json(file)
    if not isinstance(value, dict) or set(value) != {"survey", "questionnaires"}:
        raise InterviewError("exchange.not-a-survey")
    forms = value["questionnaires"]
    if not isinstance(forms, list):
        raise InterviewError("exchange.not-a-survey")
    return open_survey(canonical_json(value["survey"]), [canonical_json(form) for form in forms], signer)


def open_survey(envelope: bytes, questionnaires: Iterable[bytes], signer: Signer) -> SignedSurvey:
    """A survey from its envelope and the questionnaires' canonical bytes, as a store or a batch holds them."""
    opened = open_envelope(Kind.SURVEY, envelope)
    if not _is_signer(signer, opened.signer_public):
        raise InterviewError("exchange.wrong-signer")
    try:
        survey = Survey.model_validate_json(opened.content)
    except ValidationError as invalid:
        raise InterviewError("exchange.survey-invalid", _place(invalid)) from None
    _check(survey)
    # A rehearsal can never pass for real, nor the other way round: only the shipped key signs one, and only one.
    if survey.rehearsal != (opened.signer_public == rehearsal_signing_key().public):
        raise InterviewError("exchange.survey-invalid", "rehearsal")
    signed = SignedSurvey(
        survey, opened.hash, opened.signer_public, canonical_json(strict_json(envelope)), tuple(questionnaires)
    )
    if any(hashlib.sha256(canonical).hexdigest() != survey.questionnaire.hash for canonical in signed.questionnaires):
        raise InterviewError("exchange.questionnaire-missing", survey.id)
    _ = signed.questionnaire
    return signed


def _sealed(survey: Survey, key: SigningKey) -> bytes:
    _check(survey)
    return seal_envelope(Kind.SURVEY, canonical_json(survey.model_dump(mode="json")), key)


def _is_signer(signer: Signer, public: bytes) -> bool:
    match signer:
        case None:
            return True
        case str():
            return same(signer, public)
        case bytes():
            return signer == public
        case _:
            return public in signer


def _check(survey: Survey) -> None:
    """What the model alone cannot see: a period or window that ends before it starts, anything twice, a bad key."""
    if survey.starts > survey.ends:
        raise InterviewError("exchange.survey-invalid", "ends")
    if survey.first_day > survey.last_day:
        raise InterviewError("exchange.survey-invalid", "last_day")
    units = [unit.id for unit in survey.units]
    signers = [recipient.signing for recipient in survey.recipients]
    sealing = [recipient.sealing for recipient in survey.recipients]
    lists: dict[str, Sequence[str]] = {
        "units": units,
        "recipients": signers,
        "recipients.sealing": sealing,
        "organisations": survey.organisations,
        "background": survey.background,
    }
    lists |= {f"units.{number}.cards": [card.id for card in unit.cards] for number, unit in enumerate(survey.units)}
    for place, values in lists.items():
        if len(set(values)) != len(values):
            raise InterviewError("exchange.survey-invalid", place)
    for key in signers:
        from_base64(key, 32)
    for key in sealing:
        from_base64(key, PUBLIC)


def _place(invalid: ValidationError) -> str:
    """Where the first fault is; pydantic's message is left out since it quotes the input."""
    return ".".join(str(part) for part in invalid.errors(include_input=False)[0]["loc"])
