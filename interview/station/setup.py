"""Setting a station up: from a survey file and its signer's fingerprint, or as a rehearsal.

Everything is made in a folder beside the station's own and moved there when it is whole, the keyring last: a set-up
that is interrupted leaves no station.
"""

import glob
import hashlib
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from interview.crypto.recovery import normalise
from interview.crypto.signing import SigningKey
from interview.crypto.slots import NORMAL, Profile
from interview.database.wal import log_of
from interview.errors import InterviewError
from interview.exchange.rehearsal import rehearsal_signing_key
from interview.exchange.surveys import SURVEY_LIMIT, SignedSurvey, read_survey
from interview.files import private_folder, refuse_shared_place, sync_folder, write_atomically
from interview.paths import Home
from interview.questionnaire.canonical import take_in
from interview.session.form import Form
from interview.station.card import write_card
from interview.station.keys import names_of
from interview.station.rehearsal import refuse_rehearsal_key, rehearsal_survey
from interview.station.station import (
    GENERATION,
    KIND,
    ORGANISATION,
    RECOVERY_CONFIRMED,
    RESPONSES_KEY,
    SIGNER,
    SIGNING_KEY,
    UNIT,
    WORKSPACE_KEY,
    Clock,
    Identity,
    Station,
    known_units,
    local_time,
    open_stores,
)
from interview.station.unlocking import open_station
from interview.store.keyring import Keyring, check_passphrase, open_keyring
from interview.store.responses import Responses
from interview.survey import Organisation, Unit

__all__ = ["SURVEY_LIMIT", "SurveyPreview", "confirm_recovery", "recovery_confirmed", "set_up", "survey_preview"]

_SUFFIX: Final = 8
"""Hexadecimal digits that tell the folders of several set-ups apart."""
_MOVING: Final = "moving"
"""A file that says a folder is whole, that its files are on their way to the station's own, and what their digests are."""


@dataclass(frozen=True, slots=True)
class SurveyPreview:
    """What a survey file says of itself before anybody has vouched for its signer."""

    title: str
    units: tuple[Unit, ...]
    organisations: tuple[Organisation, ...]
    fingerprint: str
    rehearsal: bool
    threshold: int
    minimum_batch: int


def survey_preview(survey_file: bytes | None = None, fingerprint: str | None = None) -> SurveyPreview:
    """What a survey file, or the rehearsal's where there is none, lets one choose from. Errors as `read_survey`.

    With a `fingerprint` the file must be signed by the key it belongs to.
    """
    signed = read_survey(rehearsal_survey() if survey_file is None else survey_file, fingerprint)
    survey = signed.survey
    return SurveyPreview(
        survey.title,
        survey.units,
        survey.organisations,
        signed.fingerprint,
        survey.rehearsal,
        survey.threshold,
        survey.minimum_batch,
    )


def set_up(
    home: Home,
    passphrase: str,
    *,
    survey_file: bytes | None = None,
    fingerprint: str | None = None,
    unit: str | None = None,
    organisation: str | None = None,
    name: str | None = None,
    profile: Profile = NORMAL,
    clock: Clock = local_time,
) -> tuple[Station, str]:
    """A new station in `home`, unlocked, and its recovery code, which is told this once.

    `fingerprint` of the survey's signer as it stands on paper; without `survey_file` the station is a rehearsal.
    `unit` and `organisation` may be left out where the survey has one (a rehearsal takes its first); `name` is the
    passphrase's owner. Errors: `station.already-set-up`, `folder-in-use`, `fingerprint-needed`, `unknown-unit`,
    `unknown-organisation`, `rehearsal-key`, `keys.weak-passphrase`, `files.shared-place`, those of `read_survey`.
    """
    check_passphrase(passphrase)
    signed = _survey(survey_file, fingerprint)
    check_passphrase(passphrase, name or "", *names_of(signed.survey))
    identity = Identity(_unit(signed, unit).id, _organisation(signed, organisation), signed.signer)
    with new_home(home) as building:
        keys = {WORKSPACE_KEY: secrets.token_bytes(32), RESPONSES_KEY: secrets.token_bytes(32)}
        keys[SIGNING_KEY] = SigningKey.generate().to_bytes()
        keyring, code = Keyring.create(
            building.keyring, KIND, keys, passphrase, name=name or identity.unit, profile=profile
        )
        _build(building, keyring, signed, identity)
    return open_station(home, replace(keyring, path=home.keyring), clock), code


@contextmanager
def new_home(home: Home) -> Iterator[Home]:
    """A folder to make a station in, moved to its place when all has gone well: it is there whole or not at all.

    `station.already-set-up`, `station.folder-in-use`, `files.shared-place`, others of `files`.
    """
    refuse_shared_place(home.root)
    if not home.root.name:
        raise InterviewError("files.folder-open", str(home.root))
    _clear_interrupted(home)
    _refuse_used(home)
    building = Home(home.root.with_name(f"{_building_prefix(home)}{secrets.token_hex(_SUFFIX // 2)}"))
    try:
        private_folder(building.root)
        yield building
        _move(building, home)
    finally:
        shutil.rmtree(building.root, ignore_errors=True)


def _building_prefix(home: Home) -> str:
    return f".{home.root.name}.new-"


def _clear_interrupted(home: Home) -> None:
    """Remove what a set-up that was killed left behind: the folder it built in, and what it had moved and nobody has used."""
    pattern = f"{glob.escape(_building_prefix(home))}{'[0-9a-f]' * _SUFFIX}"
    for left in sorted(home.root.parent.glob(pattern)):
        # What was moved opens to the keyring that was not, or to none.
        if (left / home.keyring.name).exists() and not home.keyring.exists():
            _take_back(left, home)
        shutil.rmtree(left, ignore_errors=True)


def _take_back(left: Path, home: Home) -> None:
    """Remove the files that were moved from an interrupted set-up's folder, if each is still as it was made."""
    marker = left / _MOVING
    made = frozenset(marker.read_bytes().split()) if marker.exists() else frozenset()
    there = [path for path in (home.card, home.workspace, home.responses) if path.exists()]
    if all(_digest(path) in made and not log_of(path).exists() for path in there):
        for path in there:
            path.unlink(missing_ok=True)


def _digest(path: Path) -> bytes:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest().encode()


def _refuse_used(home: Home) -> None:
    if home.keyring.exists():
        raise InterviewError("station.already-set-up", home.root.name)
    # Without its keyring a database cannot be read, but the keyring may lie in a backup.
    if any(path.exists() for path in (home.workspace, home.responses, home.archive)):
        raise InterviewError("station.folder-in-use", home.root.name)


def _survey(survey_file: bytes | None, fingerprint: str | None) -> SignedSurvey:
    """The survey the station begins with; a rehearsal's goes through the same envelope as a real one."""
    if survey_file is None:
        return read_survey(rehearsal_survey(), rehearsal_signing_key().public)
    if not fingerprint:
        raise InterviewError("station.fingerprint-needed")
    signed = read_survey(survey_file, fingerprint)
    refuse_rehearsal_key(signed)
    return signed


def _unit(signed: SignedSurvey, unit: str | None) -> Unit:
    survey = signed.survey
    if unit is None and (len(survey.units) == 1 or survey.rehearsal):
        return survey.units[0]
    found = None if unit is None else survey.unit(unit)
    if found is None:
        raise InterviewError("station.unknown-unit", unit or "", known=known_units(survey))
    return found


def _organisation(signed: SignedSurvey, organisation: str | None) -> Organisation:
    survey = signed.survey
    if organisation is None and (len(survey.organisations) == 1 or survey.rehearsal):
        return survey.organisations[0]
    found = next((kind for kind in survey.organisations if kind == organisation), None)
    if found is None:
        raise InterviewError("station.unknown-organisation", organisation or "", known=", ".join(survey.organisations))
    return found


def _build(home: Home, keyring: Keyring, signed: SignedSurvey, identity: Identity) -> None:
    """Every other file of a station, closed again."""
    workspace, responses = open_stores(home, keyring, create=True)
    try:
        _fill(responses, signed)
        settings = {UNIT: identity.unit, ORGANISATION: identity.organisation, GENERATION: str(keyring.generation)}
        for key, text in settings.items():
            responses.set_setting(key, text.encode())
        write_card(home, keyring, responses)
    finally:
        workspace.database.close()
        responses.database.close()


def _fill(responses: Responses, signed: SignedSurvey) -> None:
    """The survey, its questionnaire with the length it is padded to, and the signer that is pinned from now on."""
    canonical, named = signed.questionnaire, signed.survey.questionnaire
    form = Form(take_in(canonical), named.hash)
    with responses.locked():
        responses.add_questionnaire(named.hash, canonical, form.padded_size)
        responses.add_survey(signed.hash, signed.envelope, named.hash)
        responses.set_setting(SIGNER, signed.signer)


def _move(building: Home, home: Home) -> None:
    """Every file to its place, the keyring last: a home exists when that does."""
    moved: list[Path] = []
    try:
        if home.root.exists():
            private_folder(home.root)
            made = (building.card, building.workspace, building.responses, building.keyring)
            write_atomically(building.root / _MOVING, b"\n".join(map(_digest, made)))
            for path in made:
                moved.append(path.replace(home.root / path.name))
        else:
            building.root.rename(home.root)
        sync_folder(home.root)
        sync_folder(home.root.parent)
    except OSError as error:
        for path in moved:
            path.unlink(missing_ok=True)
        raise InterviewError("files.write-failed", home.root.name, reason=error.strerror or "") from None


def recovery_confirmed(station: Station) -> bool:
    """Whether the printed recovery code has been typed back once (T21)."""
    return station.responses.setting(RECOVERY_CONFIRMED) is not None


def confirm_recovery(station: Station, typed: str) -> None:
    """Accept the recovery code typed back from paper, by opening the keyring with it; errors as `open_keyring`."""
    normalise(typed)
    open_keyring(station.home.keyring, typed)
    station.responses.set_setting(RECOVERY_CONFIRMED, b"1")
