"""Stations for the tests: made once, copied for each test, opened with the keyring that is open already."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta, timezone
from functools import cache
from pathlib import Path

from interview.archive.central import NewSurvey, new_recipient, new_survey
from interview.crypto.padding import unpad
from interview.crypto.sealing import SealingKey, open_sealed
from interview.crypto.slots import TEST
from interview.paths import Home
from interview.questionnaire.canonical import canonical_bytes
from interview.questionnaire.models import ItemType, Role
from interview.session.interview import Interview
from interview.session.response import Response
from interview.station import answering
from interview.station.rehearsal import shipped_questionnaire
from interview.station.setup import set_up
from interview.station.station import Station
from interview.station.unlocking import open_station
from interview.store.keyring import Keyring
from interview.store.workspace import Workspace

PASSPHRASE = "ekorren klättrar sällan"
NOON = datetime(2026, 11, 26, 12, tzinfo=timezone(timedelta(hours=1)))


def noon() -> datetime:
    """A clock that stands still inside the survey."""
    return NOON


@cache
def shipped_form() -> bytes:
    """The canonical bytes of the form that ships, read once."""
    return canonical_bytes(shipped_questionnaire())


@dataclass(frozen=True)
class Original:
    """A station nobody works in, to be copied; with the key that opens its responses where the survey is real."""

    home: Home
    keyring: Keyring
    code: str
    sealing_key: SealingKey | None = field(default=None, repr=False)

    def copy(self, folder: Path) -> Path:
        """A copy in a folder that is not there yet; the folder."""
        shutil.copytree(self.home.root, folder)
        return folder

    def open(self, folder: Path, clock: Callable[[], datetime] = noon) -> Station:
        """The station in a folder, copied there if it is not there yet, unlocked."""
        home = Home(folder if folder.exists() else self.copy(folder))
        return open_station(home, replace(self.keyring, path=home.keyring), clock)

    def opened(self, station: Station) -> list[Response]:
        """The responses of a real station as the central group reads them."""
        assert self.sealing_key is not None
        sealed = [record for _, record in station.responses.waiting(station.survey_hash)]
        survey = bytes.fromhex(station.survey_hash)
        return [Response.from_bytes(unpad(open_sealed(record, self.sealing_key, 0, survey))) for record in sealed]


def real_survey(folder: Path, **rules: int) -> tuple[NewSurvey, SealingKey]:
    """A survey file with two units, and the key its responses are sealed to."""
    central, _ = new_recipient(Home(folder / "central"), "Analysgruppen", PASSPHRASE, TEST)
    with central:
        made = new_survey(
            central, to=folder / "host.survey", id="host-2026", title="Hösten", starts="2026-09", ends="2026-12",
            questionnaire=shipped_form(),
            units=[{"id": "vc-norr", "name": "Norr", "telephone": "035-000000"}, {"id": "vc-syd", "name": "Syd"}], **rules,
        )  # fmt: skip
        return made, central.sealing_key


def real_original(folder: Path) -> Original:
    """A station of a real survey, its unit vc-norr, rung by primary care."""
    made, key = real_survey(folder)
    station, code = set_up(
        Home(folder / "station"), PASSPHRASE, survey_file=made.path.read_bytes(), fingerprint=made.fingerprint,
        unit="vc-norr", organisation="primary-care", profile=TEST, clock=noon,
    )  # fmt: skip
    station.close()
    return Original(station.home, station.keyring, code, key)


def rehearsal_original(folder: Path) -> Original:
    """A rehearsal station."""
    station, code = set_up(Home(folder / "rehearsal"), PASSPHRASE, profile=TEST, clock=noon)
    station.close()
    return Original(station.home, station.keyring, code)


def answered(interview: Interview) -> Interview:
    """The interview one item further: the text read, the question answered the same way every time."""
    item = interview.item
    assert item is not None
    if not item.is_question:
        return interview.go_on()
    if item.type is ItemType.TEXT:
        return interview.answer("Skriv upp det.")
    if item.type is ItemType.CHOICES:
        return interview.answer((item.options[0].code,))
    if item.type is ItemType.CHOICE:
        return interview.answer("patient" if item.role is Role.RESPONDENT else item.options[0].code)
    return interview.answer(item.maximum or 0)


def to_the_review(interview: Interview) -> Interview:
    """The interview answered to its end."""
    while interview.item is not None:
        interview = answered(interview)
    return interview


def talk(station: Station, interview: Interview | None = None, items: int = 10_000) -> Interview:
    """A conversation, each step of it kept, for so many items or to the review."""
    interview = interview or answering.begin(station)
    while interview.item is not None and items:
        interview, items = answered(interview), items - 1
        answering.keep(station, interview)
    return interview


def open_cases(workspace: Workspace) -> int:
    """How many cases no final outcome has closed."""
    return int(workspace.database.query("SELECT count(*) FROM call_case WHERE outcome IS NULL")[0][0])
