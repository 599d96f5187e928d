"""P2, T2, T18: the system ends the program: a closed terminal, a shutdown. It leaves as if somebody had quit."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from interview.paths import Home
from interview.questionnaire.models import ItemType
from interview.station import answering
from tests.cli.installed import SCRIPT, environment, variables
from tests.station.stations import PASSPHRASE, Original, answered, rehearsal_original
from tests.terminal import Terminal
from tests.whole.caller import Caller

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals and pseudo-terminals")
HALF = "de ringde aldrig till"


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Original:
    """A rehearsal station with an interview that has come to a question of free text."""
    made = rehearsal_original(tmp_path_factory.mktemp("made"))
    with made.open(made.home.root) as station:
        interview = answering.begin(station)
        while interview.item is not None and interview.item.type is not ItemType.TEXT:
            interview = answered(interview)
            answering.keep(station, interview)
    return made


@pytest.mark.parametrize("how", ["terminated", "hung up"])
def test_a_conversation_is_put_down_and_the_station_locked(original: Original, tmp_path: Path, how: str) -> None:
    """P2: what was written so far is kept, too; T2: both files are tidied and closed, and the terminal is as it was."""
    home = Home(original.copy(tmp_path / "station"))
    with Caller(home.root) as caller:
        caller.unlocks(PASSPHRASE)
        caller.types("r")
        caller.sees("Nämn inga namn")
        caller.terminal.quiet(0.6)
        caller.types(HALF)
        caller.sees(HALF)
        if how == "hung up":
            assert caller.terminal.hang_up() == 0
        else:
            caller.terminal.tell(signal.SIGTERM)
            assert caller.terminal.ended() == 0
            assert b"\x1b[?1049l" in caller.terminal.raw
    assert not list(home.root.glob("*-wal"))
    with original.open(home.root) as station:
        (kept,) = station.workspace.drafts()
        assert HALF in [answer.value for answer in kept.draft.answers.values()]


LATE = """
import os, signal, sys, threading

def late(number, handler, told=signal.signal):
    if number != signal.SIGHUP or not callable(handler):
        return told(number, handler)
    again = threading.Timer(0.1, os.kill, (os.getpid(), signal.SIGHUP))
    return told(number, lambda *_: (told(number, handler), again.start()))

signal.signal = late
from interview.cli.main import main
sys.exit(main([]))
"""
"""The program, which is told of its terminal's end some time after that."""


def test_a_terminal_that_is_gone_before_the_program_is_told_keeps_nothing_open(
    original: Original, tmp_path: Path
) -> None:
    """T2, T18: what is painted meanwhile goes nowhere, and holds nothing up."""
    home = Home(original.copy(tmp_path / "station"))
    with Caller(home.root, command=(sys.executable, "-c", LATE)) as caller:
        caller.unlocks(PASSPHRASE)
        caller.types("r")
        caller.settled("Nämn inga namn")
        assert caller.terminal.hang_up() == 0
    assert not list(home.root.glob("*-wal"))


def test_a_program_stopped_from_outside_goes_on_where_it_was(original: Original, tmp_path: Path) -> None:
    """P2: `SIGSTOP`, which no program is told of; afterwards it paints the screen anew and takes every key once."""
    home = Home(original.copy(tmp_path / "station"))
    with Caller(home.root) as caller:
        caller.unlocks(PASSPHRASE)
        caller.types("r")
        caller.settled("Nämn inga namn")
        caller.terminal.tell(signal.SIGSTOP)
        caller.terminal.tell(signal.SIGCONT)
        caller.terminal.quiet(0.6)
        caller.types(*HALF)
        caller.sees(HALF)
        assert b"\x1b[?1049l" in caller.terminal.raw


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_the_demo_leaves_nothing_behind(tmp_path: Path, number: signal.Signals) -> None:
    """While it is made up, and on the screen."""
    for words in ("Hittar på en ringlista", "Väntar på export"):
        with Terminal([str(SCRIPT), "demo"], {**variables(tmp_path / "none"), "TMPDIR": str(tmp_path)}) as terminal:
            terminal.until(words)
            assert list(tmp_path.glob("interview-demo-*"))
            terminal.tell(number)
            terminal.ended()
        assert list(tmp_path.iterdir()) == []


def test_a_command_ends_as_by_ctrl_c(original: Original, tmp_path: Path) -> None:
    """It says that it was interrupted; nothing half is left, and it works when it is run again."""
    home, ready = original.copy(tmp_path / "station"), tmp_path / "passphrase"
    os.mkfifo(ready)
    process = subprocess.Popen(
        [str(SCRIPT), "simulate", "-n", "5", "--passphrase-file", str(ready)],
        env=environment(home), stderr=subprocess.PIPE, text=True, encoding="utf-8",
    )  # fmt: skip
    with ready.open("w") as passphrase:
        # It waits for the passphrase now.
        process.send_signal(signal.SIGTERM)
        _, told = process.communicate(timeout=60)
        passphrase.write("")
    assert (process.returncode, told.strip()) == (1, "Avbrutet. Det som redan var sparat är kvar.")
