"""The surveys of a station: loaded under the pinned signature, several side by side, one in force for new interviews.

A new version of a survey takes the older one's place; interviews under way finish on what they began with (P7).
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from interview.errors import InterviewError
from interview.exchange.rotation import Rotation, read_rotation
from interview.exchange.surveys import SURVEY_LIMIT, SignedSurvey, read_survey
from interview.questionnaire.canonical import take_in
from interview.questionnaire.models import Questionnaire
from interview.questionnaire.versions import rank
from interview.session.form import Form
from interview.station.rehearsal import refuse_rehearsal_key
from interview.station.station import Station, known_units
from interview.survey import Survey

__all__ = [
    "SURVEY_LIMIT",
    "Loaded",
    "State",
    "SurveyLine",
    "choose_survey",
    "load_survey",
    "others_waiting",
    "survey_called",
    "surveys",
]

HASH_SHOWN: Final = 12


class State(StrEnum):
    """What a survey is to a station: the one of new interviews, one to change to, one not open now, one replaced."""

    IN_FORCE = "in-force"
    OPEN = "open"
    CLOSED = "closed"
    REPLACED = "replaced"


@dataclass(frozen=True, slots=True)
class SurveyLine:
    """A survey as it is listed; `waiting` responses of it wait for a batch."""

    hash: str
    id: str
    version: int
    title: str
    starts: str
    ends: str
    questionnaire: str
    waiting: int
    state: State


@dataclass(frozen=True, slots=True)
class Loaded:
    """What loading did: the survey, the version it replaces (0: none), the new signer's fingerprint, if there is one."""

    survey: Survey
    replaces: int
    new_signer: str


def load_survey(station: Station, file: bytes, *, rotation: bytes | None = None) -> Loaded:
    """Take a survey in and let it be the one in force; all of it or nothing.

    Its signer must be the pinned one, or the one a statement of the pinned signer (`rotation`) names. Errors:
    `station.survey-other-kind` (a rehearsal's for a real station, or the other way round), `station.survey-other-signer`,
    `station.survey-already-here`, `station.survey-changed`, `station.survey-older`, `station.unknown-unit`, `station.unknown-organisation`,
    `station.rotation-by-another`, `station.questionnaire-changed`, `station.questionnaire-older`, those of `read_survey`,
    `refuse_rehearsal_key`, `read_rotation` and `take_in`.
    """
    return _taken(station, lambda: _load(station, file, rotation))


def load_rehearsal(station: Station, signed: SignedSurvey, form: Questionnaire) -> None:
    """Take in the survey a rehearsal made itself of a form that was checked; errors as `load_survey`.

    What the station just made is neither read nor checked again.
    """
    _taken(station, lambda: _take(station, signed, lambda: form))


def _taken(station: Station, take: Callable[[], Loaded]) -> Loaded:
    with station.responses.locked():
        # Another window may have loaded a survey, or followed another signer, since this one looked.
        station.look_again()
        loaded = take()
    station.look_again()
    bring_cases_along(station)
    return loaded


def _load(station: Station, file: bytes, rotation: bytes | None) -> Loaded:
    turned = None if rotation is None else _turned(station, rotation)
    signed = _trusted(station, file, station.identity.signer if turned is None else turned.new)
    loaded = _take(station, signed, lambda: take_in(signed.questionnaire))
    if turned is None:
        return loaded
    station.pin(turned.new)
    return replace(loaded, new_signer=turned.fingerprint)


def _take(station: Station, signed: SignedSurvey, read: Callable[[], Questionnaire]) -> Loaded:
    """Keep a survey; `read` gives its questionnaire, checked, once everything else about the survey is right."""
    survey = signed.survey
    replaces = _check_version(station, signed)
    if survey.unit(station.identity.unit) is None:
        raise InterviewError("station.unknown-unit", station.identity.unit, known=known_units(survey))
    if station.identity.organisation not in survey.organisations:
        known = ", ".join(survey.organisations)
        raise InterviewError("station.unknown-organisation", station.identity.organisation, known=known)
    form = Form(read(), survey.questionnaire.hash)
    refuse_changed(station, form)
    _refuse_older(station, survey, form)
    station.responses.add_questionnaire(form.hash, signed.questionnaire, form.padded_size)
    station.responses.add_survey(signed.hash, signed.envelope, form.hash)
    return Loaded(survey, replaces, "")


def _trusted(station: Station, file: bytes, signer: bytes) -> SignedSurvey:
    """The survey in the file, if it is of the station's kind and signed with the key that the station follows."""
    signed = read_survey(file, None)
    if signed.survey.rehearsal != station.rehearsal:
        raise InterviewError("station.survey-other-kind", signed.survey.id)
    if signed.signer != signer:
        raise InterviewError("station.survey-other-signer", signed.survey.id, signer=signed.fingerprint)
    refuse_rehearsal_key(signed)
    return signed


def surveys(station: Station) -> tuple[SurveyLine, ...]:
    """Every survey the station has, the one in force first, then by id, the highest version first."""
    lines = [_line(station, stored.hash, stored.waiting) for stored in station.responses.surveys()]
    return tuple(sorted(lines, key=lambda line: (line.state is not State.IN_FORCE, line.id, -line.version)))


def others_waiting(station: Station, survey: str) -> tuple[SurveyLine, ...]:
    """The surveys beside the one with that hash, replaced and closed ones too, of which responses wait for a batch."""
    return tuple(line for line in surveys(station) if line.waiting and line.hash != survey)


def survey_called(station: Station, called: str) -> SurveyLine:
    """The survey with an id, or with an id and a version (`host-2026 1`), else the highest; `station.unknown-survey`."""
    id_, _, version = called.strip().partition(" ")
    found = [line for line in surveys(station) if line.id == id_ and version.strip() in ("", str(line.version))]
    if not found:
        known = ", ".join(f"{line.id} {line.version}" for line in surveys(station))
        raise InterviewError("station.unknown-survey", called, known=known)
    return max(found, key=lambda line: line.version)


def choose_survey(station: Station, survey: str) -> None:
    """Let new interviews begin with another survey; `station.no-such-survey`, `station.survey-replaced`."""
    line = next((line for line in surveys(station) if line.hash == survey), None)
    if line is None:
        raise InterviewError("station.no-such-survey", survey[:HASH_SHOWN])
    if line.state is State.REPLACED:
        raise InterviewError("station.survey-replaced", line.id, version=line.version)
    station.responses.put_in_force(survey)
    station.look_again()


def bring_cases_along(station: Station) -> None:
    """Let open cases follow their survey to its newest version; done again at unlocking, in case it was interrupted."""
    known = {stored.hash: station.signed_survey(stored.hash).survey for stored in station.responses.surveys()}
    newest: dict[str, str] = {}
    for survey_hash, survey in known.items():
        if survey.version >= known[newest.setdefault(survey.id, survey_hash)].version:
            newest[survey.id] = survey_hash
    for survey_hash, survey in known.items():
        if newest[survey.id] != survey_hash:
            station.workspace.move_open_cases(survey_hash, newest[survey.id])


def refuse_changed(station: Station, form: Form) -> None:
    """Refuse a questionnaire that has the name and version of one that is here, but other content (P7)."""
    name, version = form.questionnaire.name, form.questionnaire.version
    for known in station.responses.questionnaires():
        other = station.form(known).questionnaire
        if known != form.hash and (other.name, rank(other.version)) == (name, rank(version)):
            raise InterviewError("station.questionnaire-changed", f"{name} {version}")


def _refuse_older(station: Station, survey: Survey, form: Form) -> None:
    """Refuse a survey that would ask a lower version of the form than an earlier version of it asks (T10)."""
    name, version = form.questionnaire.name, form.questionnaire.version
    for stored in station.responses.surveys():
        if station.signed_survey(stored.hash).survey.id == survey.id:
            other = station.form(stored.questionnaire).questionnaire
            if other.name == name and rank(other.version) > rank(version):
                raise InterviewError("station.questionnaire-older", f"{name} {version}", latest=other.version)


def _turned(station: Station, statement: bytes) -> Rotation:
    """The new signer that the pinned one names."""
    turned = read_rotation(statement)
    if turned.old != station.identity.signer:
        raise InterviewError("station.rotation-by-another")
    return turned


def _check_version(station: Station, signed: SignedSurvey) -> int:
    """The highest version that is here of the same survey, 0 where none is; refused unless the new one is higher."""
    highest = 0
    for stored in station.responses.surveys():
        if stored.hash == signed.hash:
            raise InterviewError("station.survey-already-here", signed.survey.id, version=signed.survey.version)
        known = station.signed_survey(stored.hash).survey
        if known.id == signed.survey.id:
            highest = max(highest, known.version)
            if known.version == signed.survey.version:
                facts = {"version": known.version, "following": known.version + 1}
                raise InterviewError("station.survey-changed", signed.survey.id, **facts)
    if highest >= signed.survey.version:
        raise InterviewError("station.survey-older", signed.survey.id, version=signed.survey.version, latest=highest)
    return highest


def _line(station: Station, survey_hash: str, waiting: int) -> SurveyLine:
    survey = station.signed_survey(survey_hash).survey
    named = survey.questionnaire
    return SurveyLine(
        hash=survey_hash,
        id=survey.id,
        version=survey.version,
        title=survey.title,
        starts=survey.starts,
        ends=survey.ends,
        questionnaire=f"{named.name} {named.version}",
        waiting=waiting,
        state=_state(station, survey, survey_hash),
    )


def _state(station: Station, survey: Survey, survey_hash: str) -> State:
    if survey_hash == station.survey_hash:
        return State.IN_FORCE
    known = (station.signed_survey(stored.hash).survey for stored in station.responses.surveys())
    if any(other.id == survey.id and other.version > survey.version for other in known):
        return State.REPLACED
    return State.OPEN if survey.starts <= f"{station.clock():%Y-%m}" <= survey.ends else State.CLOSED
