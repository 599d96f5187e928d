"""A throw-away station to look around in: a rehearsal with a made-up call list, interviews under way and responses.

Its recovery code is random and told to nobody; so is its passphrase, which only the program keeps for as long as it
runs. So the cheap key-derivation profile is enough.
"""

import secrets
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random
from typing import Final

from interview.calls.cases import Attempt, Case
from interview.calls.outcomes import Outcome
from interview.crypto.slots import TEST
from interview.messages import Catalogue
from interview.paths import Home
from interview.progress import Progress, silent
from interview.session.interview import Interview
from interview.session.walk import random_walk
from interview.station import casework
from interview.station.setup import set_up
from interview.station.simulating import simulate
from interview.station.station import Clock, Station, local_time

RESPONSES: Final = 300
SEED: Final = 2026
"""The same content every time, so that a guide can point at it."""
# Made-up people; the numbers are from the series PTS keeps for fiction (070-174 06 05 to 070-174 06 99).
PEOPLE: Final = (
    ("Övning Övningsson", 5, "demo-note-hearing"),
    ("Prova Provström", 4, ""),
    ("Test Testberg", 6, "demo-note-afternoon"),
    ("Exempel Exempelsson", 3, ""),
    ("Påhitta Påhittquist", 4, "demo-note-proxy"),
    ("Demo Demodotter", 5, ""),
    ("Låtsas Låtsaslund", 7, ""),
    ("Fiktiva Fiktivgren", 4, "demo-note-interpreter"),
    ("Saga Sagolin", 5, ""),
    ("Lek Lekman", 3, ""),
    ("Modell Modellén", 6, ""),
    ("Skiss Skissander", 4, ""),
)
"""Name, days since coming home, the note's text."""
STOPS: Final = (0.2, 0.5, 0.8)
"""How far the interviews under way have come, as parts of the answers a whole one would have."""


def demo_station(
    home: Home,
    passphrase: str | None = None,
    *,
    responses: int = RESPONSES,
    progress: Progress = silent,
    clock: Clock = local_time,
    language: str = "sv",
) -> Station:
    """A rehearsal station with made-up content in `home`, unlocked; `passphrase` is random too. Errors as `set_up`."""
    station, _ = set_up(home, passphrase or secrets.token_urlsafe(32), profile=TEST, clock=clock)
    rng = Random(SEED)  # noqa: S311  made-up answers, no secret
    cases = [casework.add_case(station, case) for case in _call_list(station.clock(), Catalogue(language))]
    _ring(station, cases)
    for case, part in zip((cases[4], None, cases[5]), STOPS, strict=True):
        station.workspace.add_draft(_under_way(station, rng, part, case).draft)
    if responses:
        simulate(station, responses, rng, progress)
    return station


def _call_list(now: datetime, catalogue: Catalogue) -> Iterator[Case]:
    for number, (name, days, note) in enumerate(PEOPLE):
        discharged = now.date() - timedelta(days=days)
        case = Case(
            id="",
            unit="",
            name=name,
            telephone=f"070-174 06 {5 + number:02}",
            note=catalogue(f"station.{note}") if note else "",
            discharged=discharged,
            window=discharged + timedelta(days=7),
            consent_noted=number % 3 == 0,
        )
        if note == "demo-note-proxy":
            case = replace(
                case,
                proxy_name="Anhörig Påhittquist",
                proxy_relation=catalogue("station.demo-relation"),
                proxy_telephone="070-174 06 90",
                proxy_consent=True,
            )
        yield case


def _ring(station: Station, cases: list[Case]) -> None:
    """Some have been rung: in vain, with a time agreed on, to the end."""
    now = station.clock()
    rung = (
        (1, Attempt(now - timedelta(hours=3), Outcome.NO_ANSWER)),
        (1, Attempt(now - timedelta(hours=1), Outcome.BUSY)),
        (2, Attempt(now - timedelta(hours=2), Outcome.APPOINTMENT, "", now + timedelta(hours=2))),
        (6, Attempt(now - timedelta(hours=4), Outcome.MACHINE)),
        (8, Attempt(now - timedelta(days=1), Outcome.REFUSED)),
        (9, Attempt(now - timedelta(days=1), Outcome.COMPLETE)),
    )
    for number, attempt in rung:
        station.workspace.add_attempt(cases[number].id, attempt)


def _under_way(station: Station, rng: Random, part: float, case: Case | None) -> Interview:
    """An interview that was interrupted on the way: the beginning of a made-up one, with the case it is about."""
    form = station.form(station.questionnaire_hash)
    started = (station.clock() - timedelta(minutes=90)).isoformat(timespec="minutes")
    unit = station.unit.id if case is None else case.unit
    while True:
        whole = random_walk(form, rng, survey=station.survey_hash, unit=unit, started=started)
        if whole.ending is None and whole.draft.position is None and not whole.draft.ended:
            break
    kept = list(whole.draft.answers.items())[: max(3, int(part * len(whole.draft.answers)))]
    begun = replace(whole.draft, case=None if case is None else case.id, answers=dict(kept), position=kept[-1][0])
    return Interview.resume(form, replace(begun, return_to=None, seconds=int(part * whole.draft.seconds))).go_on()
