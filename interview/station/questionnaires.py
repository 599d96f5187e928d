"""The questionnaires of a station: which versions are here, what a new one would change, and taking it in.

A real station asks what its signed survey names, so it takes a form in only together with such a survey. A rehearsal
makes its own survey anew for a form that is loaded, and asks it at once. Versions only go up, and none that is here
ever changes or goes (P7): interviews under way finish on the version they began with.
"""

from dataclasses import dataclass
from typing import Final

from interview.errors import InterviewError
from interview.questionnaire.canonical import canonical_bytes, questionnaire_hash
from interview.questionnaire.changes import Difference
from interview.questionnaire.diff import compare
from interview.questionnaire.models import Questionnaire
from interview.questionnaire.versions import rank
from interview.station.rehearsal import signed_rehearsal
from interview.station.station import Station
from interview.station.surveys import State, load_rehearsal, surveys

SHORTEST_HASH: Final = 6
"""Digits of a hash that name a version, at least."""


@dataclass(frozen=True, slots=True)
class Version:
    """A version that is here. `answered` tells that responses were given to it; `drafts` interviews are under way on it.

    `open` tells that a survey asks it that one can change to, besides the one in force.
    """

    questionnaire: Questionnaire
    hash: str
    in_force: bool
    answered: bool
    drafts: int
    open: bool = False

    @property
    def named(self) -> str:
        """Name and version."""
        return f"{self.questionnaire.name} {self.questionnaire.version}"


def versions(station: Station) -> tuple[Version, ...]:
    """Every version here: the one in force first, then by name, the highest version first."""
    sealed = {stored.survey for stored in station.responses.batches()}
    stored = station.responses.surveys()
    answered = {survey.questionnaire for survey in stored if survey.waiting or survey.hash in sealed}
    states = {line.hash: line.state for line in surveys(station)}
    asked = {survey.questionnaire for survey in stored if states[survey.hash] is State.OPEN}
    begun = [kept.draft.questionnaire for kept in station.workspace.drafts()]
    found = [
        Version(
            questionnaire=station.form(digest).questionnaire,
            hash=digest,
            in_force=digest == station.questionnaire_hash,
            answered=digest in answered,
            drafts=begun.count(digest),
            open=digest in asked and digest != station.questionnaire_hash,
        )
        for digest in station.responses.questionnaires()
    ]
    highest_first = sorted(found, key=lambda version: rank(version.questionnaire.version), reverse=True)
    return tuple(sorted(highest_first, key=lambda version: (not version.in_force, version.questionnaire.name)))


def find(station: Station, named: str) -> Version:
    """The version called so: `2026.1`, `utskrivning 2026.1`, or the beginning of its hash.

    `station.no-such-questionnaire`, `station.several-questionnaires` where more than one is meant.
    """
    here = versions(station)
    found = [
        version
        for version in here
        if named in (version.questionnaire.version, version.named)
        or (len(named) >= SHORTEST_HASH and version.hash.startswith(named))
    ]
    if not found:
        known = ", ".join(version.named for version in here)
        raise InterviewError("station.no-such-questionnaire", named, known=known)
    if len(found) > 1:
        known = ", ".join(version.named for version in found)
        raise InterviewError("station.several-questionnaires", named, known=known)
    return found[0]


def refuse_loading(station: Station) -> None:
    """Refuse a form where only a signed survey can bring one: `station.questionnaire-needs-survey`."""
    if not station.rehearsal:
        raise InterviewError("station.questionnaire-needs-survey")


def difference_to(station: Station, form: Questionnaire) -> Difference | None:
    """What a form changes in the version in force; None where that is another form altogether.

    Errors as `refuse_version`.
    """
    refuse_version(station, form)
    current = station.form(station.questionnaire_hash).questionnaire
    return compare(current, form) if current.name == form.name else None


def refuse_version(station: Station, form: Questionnaire) -> None:
    """Refuse a form whose version cannot follow those that are here.

    `station.questionnaire-in-force` where it is the same, `station.questionnaire-changed` where a version of that name
    and number is here with other content, `station.questionnaire-older` where a higher one is.
    """
    digest = questionnaire_hash(canonical_bytes(form))
    if digest == station.questionnaire_hash:
        raise InterviewError("station.questionnaire-in-force", f"{form.name} {form.version}")
    here = [station.form(known).questionnaire for known in station.responses.questionnaires() if known != digest]
    others = [other for other in here if other.name == form.name]
    if any(rank(other.version) == rank(form.version) for other in others):
        raise InterviewError("station.questionnaire-changed", f"{form.name} {form.version}")
    latest = max((other.version for other in others), key=rank, default="0")
    if rank(latest) > rank(form.version):
        raise InterviewError("station.questionnaire-older", f"{form.name} {form.version}", latest=latest)


def load(station: Station, form: Questionnaire) -> Version:
    """Freeze a form that was checked and let new interviews begin with it; errors as `refuse_version`, `refuse_loading`.

    All of it or nothing: the form and the rehearsal's survey that asks it are one transaction.
    """
    refuse_loading(station)
    refuse_version(station, form)
    latest = max(line.version for line in surveys(station) if line.id == station.survey.id)
    load_rehearsal(station, signed_rehearsal(form, latest + 1), form)
    return Version(form, station.questionnaire_hash, in_force=True, answered=False, drafts=0)
