"""P2, T18: what was acknowledged outlives a power cut anywhere; and with less care it does not, so the test can tell."""

import os
from pathlib import Path
from random import Random

import pytest

from interview.database import opening
from interview.errors import InterviewError
from interview.exchange.batch import read_batch
from interview.session.answers import Draft
from interview.station import answering
from interview.station.exporting import export
from interview.station.finishing import finish
from interview.station.station import Station
from tests.crashes.disk import Operation
from tests.crashes.kills import needs_forks, spread
from tests.crashes.power import Event, Recording, Synchronised
from tests.station.stations import Original, answered, real_original, talk

pytestmark = needs_forks
ITEMS = 9


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Original:
    """A real station that has nine responses waiting: one more, and they may leave."""
    folder = tmp_path_factory.mktemp("power")
    original = real_original(folder)
    with original.open(original.home.root) as station:
        station.responses.add_many(station.survey_hash, [os.urandom(500) for _ in range(9)])
    return original


class Day:
    """A day's work, recorded: one interview to its end and the batch, one that is under way when the power goes."""

    def __init__(self, original: Original, folder: Path) -> None:
        self.original, self.finished, self.steps = original, [], []
        folder.mkdir()
        original.copy(folder / "station")
        self.recording = Recording(folder)
        with self.recording.running(), original.open(folder / "station") as station:
            whole = talk(station)
            self.recording.acknowledge("answered")
            finish(station, whole)
            self.recording.acknowledge("finished")
            self._under_way(station)
            export(station, to=folder / "stick")
            self.recording.acknowledge("exported")
        self.recording.acknowledge("locked")

    def _under_way(self, station: Station) -> None:
        interview = answering.begin(station)
        self.steps: list[Draft] = [interview.draft]
        self.recording.acknowledge("step")
        for _ in range(ITEMS):
            interview = answered(interview)
            answering.keep(station, interview)
            self.steps.append(interview.draft)
            self.recording.acknowledge("step")

    def losses(self, cuts: list[int], folder: Path) -> list[str]:
        """What was acknowledged and is not there after a cut at each of these places."""
        lost = []
        for cut in cuts:
            place = folder / str(cut)
            self.recording.after_cut(cut, Random(cut), place)
            told = self.recording.acknowledged(cut)
            try:
                with self.original.open(place / "station") as station:
                    lost += [f"{cut}: {loss}" for loss in self._lost(station, place / "stick", told)]
            except InterviewError as error:
                lost.append(f"{cut}: {error.code}")
        return lost

    def _lost(self, station: Station, stick: Path, told: tuple[str, ...]) -> list[str]:
        lost = []
        here = station.responses.database.query("SELECT count(*) FROM response")[0][0] - 9
        drafts = {kept.draft.id: kept.draft for kept in station.workspace.drafts()}
        others = [draft for id_, draft in drafts.items() if id_ != self.steps[0].id]
        if here > 1 or here + len(others) > 1:
            lost.append("twice")
        if "finished" in told and (here != 1 or others):
            lost.append("a finished interview")
        if "answered" in told and not here and (not others or others[0].position is not None):
            lost.append("an answered interview")
        steps = told.count("step")
        if steps and drafts.get(self.steps[0].id) not in self.steps[steps - 1 : steps + 1]:
            lost.append("an answer")
        known = {batch.hash.hex() for batch in station.responses.batches()}
        files = list(stick.glob("*.batch")) if stick.exists() else []
        if "exported" in told and not files:
            lost.append("a batch")
        # What has the name of a batch is whole, and the station knows it.
        if any(read_batch(file).hash not in known for file in files):
            lost.append("a batch nobody knows")
        return lost


def test_no_acknowledged_work_is_lost_wherever_the_power_goes(original: Original, ram: Path) -> None:
    """P2, A14, T18."""
    day = Day(original, ram / "day")
    assert day.losses(spread(len(day.recording.events) + 1, 24), ram / "cuts") == []


@pytest.mark.slow
def test_no_acknowledged_work_is_lost_at_any_event(original: Original, ram: Path) -> None:
    """P2, T18: every cut, in several days."""
    for turn in range(2):
        day = Day(original, ram / f"day {turn}")
        assert day.losses(list(day.recording.cuts()), ram / f"cuts {turn}") == []


def test_with_synchronous_lowered_answers_are_lost(
    original: Original, ram: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """T18: the simulator sees what FULL is for."""
    careless = tuple("synchronous = NORMAL" if "synchronous" in pragma else pragma for pragma in opening._PRAGMAS)
    assert careless != opening._PRAGMAS
    monkeypatch.setattr(opening, "_PRAGMAS", careless)
    day = Day(original, ram / "day")
    cuts, lost, rounds = range(len(day.recording.events) + 1), [], 6
    # Which cut loses what depends on when the station tidied: others are tried until both were seen.
    for turn in range(rounds):
        lost += day.losses(list(cuts[turn::rounds]), ram / f"cuts {turn}")
        if any("an answer" in loss for loss in lost) and any("finished" in loss for loss in lost):
            return
    pytest.fail(f"only {lost} lost")


def test_without_the_fsync_before_its_name_a_batch_is_lost(original: Original, ram: Path) -> None:
    """A14: the simulator sees what it is for."""
    day = Day(original, ram / "day")
    careful = day.recording.events
    day.recording.events = [event for event in careful if not isinstance(event, Synchronised)]
    named = [number for number, event in enumerate(day.recording.events) if is_naming_a_batch(event)][-1]
    assert day.losses(list(range(named + 1, named + 12)), ram / "cuts") != []


def is_naming_a_batch(event: Event) -> bool:
    return isinstance(event, Operation) and event.to is not None and event.to.suffix == ".batch"
