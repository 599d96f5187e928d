"""C5, T18: the installed program on a real terminal, killed while it is answered and sealed, and on a disk that refuses."""

import random
import re
import sys
from pathlib import Path

import pytest

from interview.station import answering
from interview.station.finishing import finish
from tests.crashes.refusing import Refusing, compiled, needs_compiler
from tests.station.stations import PASSPHRASE, Original, answered, rehearsal_original, talk
from tests.whole.caller import Caller

pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform == "win32", reason="signals and pseudo-terminals")]
SEALED = "Svaren är förseglade"
TURNS = 7


@pytest.fixture(scope="module")
def under_way(tmp_path_factory: pytest.TempPathFactory) -> Original:
    """A rehearsal station with one interview, at the first of several questions with two options or more."""
    made = rehearsal_original(tmp_path_factory.mktemp("under-way"))
    with made.open(made.home.root) as station:
        interview = answering.begin(station)
        while interview.item is None or interview.item.id != "B1a":
            interview = answered(interview)
            answering.keep(station, interview)
    return made


@pytest.fixture(scope="module")
def on_review(tmp_path_factory: pytest.TempPathFactory) -> Original:
    """A rehearsal station with one interview that is whole."""
    made = rehearsal_original(tmp_path_factory.mktemp("on-review"))
    with made.open(made.home.root) as station:
        talk(station)
    return made


def question(caller: Caller) -> str:
    """Which question stands on the screen."""
    found = re.search(r"Fråga \d+ av", caller.terminal.text)
    return found[0] if found else ""


def resumed(caller: Caller) -> str:
    """The station unlocked and its interview taken up; the question it stands at."""
    caller.unlocks(PASSPHRASE)
    caller.types("r")
    caller.sees("Fråga ")
    return question(caller)


def the_next(caller: Caller, after: str) -> str:
    """The question that comes after one, once it stands on the screen."""
    caller.terminal.until_true(lambda text: question(caller) not in ("", after), "the next question")
    return question(caller)


def answers(original: Original, folder: Path) -> int:
    """How many answers the one interview has."""
    with original.open(folder) as station:
        (kept,) = station.workspace.drafts()
        return len(kept.draft.answers)


def test_killed_while_it_is_answered(under_way: Original, ram: Path) -> None:
    """P2: every answer after which the next question was seen is there."""
    rng = random.Random(7)
    before = answers(under_way, under_way.copy(ram / "counted"))
    for turn in range(TURNS):
        folder, seen = under_way.copy(ram / str(turn)), 0
        with Caller(folder) as caller:
            stands = resumed(caller)
            for number in range(rng.randint(0, 2)):
                caller.presses(stands, "12"[number % 2])
                stands, seen = the_next(caller, stands), seen + 1
            caller.terminal.quiet(0.5)
            caller.types("12"[seen % 2])
            caller.terminal.read(rng.uniform(0, 0.06))
            seen += question(caller) not in ("", stands)
            caller.terminal.kill()
        assert answers(under_way, folder) - before >= seen


def test_killed_while_it_is_sealed(on_review: Original, ram: Path) -> None:
    """A13: one response comes of it, never two; what was said to be sealed is."""
    rng = random.Random(8)
    for turn in range(TURNS):
        folder = on_review.copy(ram / str(turn))
        with Caller(folder) as caller:
            caller.unlocks(PASSPHRASE)
            caller.types("r")
            caller.presses("Granska svaren", "ctrl+s")
            caller.sees("Har ni lagt på?")
            caller.terminal.quiet(0.5)
            caller.types("enter")
            if turn == 0:
                caller.sees(SEALED)
            caller.terminal.read(rng.uniform(0, 0.1))
            told = SEALED in caller.terminal.text
            caller.terminal.kill()
        with on_review.open(folder) as station:
            drafts = station.workspace.drafts()
            waiting = station.responses.waiting_count(station.survey_hash)
            assert len(drafts) + waiting == 1 and (waiting or not told)
            for kept in drafts:
                assert finish(station, answering.resume(station, kept.draft.id)).waiting == 1
            assert station.responses.tokens() == frozenset()


@needs_compiler
@pytest.mark.parametrize(
    ("kind", "how", "said"),
    [
        ("sync", "error", "Disken svarar med fel"),
        ("write", "full", "Disken är full"),
        ("write", "short", "Disken är full"),
    ],
)
def test_an_answer_the_disk_refuses(
    under_way: Original, ram: Path, tmp_path: Path, kind: str, how: str, said: str
) -> None:
    """P2: it is said, the question stays, nothing acknowledged is lost; with room again Enter goes on."""
    folder, armed = under_way.copy(ram / "station"), ram / "armed"
    before = answers(under_way, folder)
    disk = Refusing(compiled(tmp_path), folder, ram / "counted", kind, how, 1, armed)
    with Caller(folder, disk.environment()) as caller:
        stands = resumed(caller)
        caller.presses(stands, "1")
        stands = the_next(caller, stands)
        caller.terminal.quiet(0.5)
        armed.touch()
        caller.types("2")
        caller.sees(said)
        assert disk.refused and question(caller) == stands
        armed.unlink()
        seen = 1
        if how != "error":
            caller.types("enter")
            the_next(caller, stands)
            seen = 2
        caller.terminal.kill()
    assert answers(under_way, folder) - before >= seen
    with Caller(folder) as caller:
        assert resumed(caller)
