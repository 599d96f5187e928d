"""P5, T21: a recovery code typed at a terminal is not echoed; a new one stands right under its label, told of once."""

import re
import sys
from pathlib import Path

import pytest

from interview.crypto.slots import TEST
from interview.paths import Home
from interview.station.setup import set_up
from tests.cli.inside import run_inside
from tests.cli.installed import SCRIPT, variables

PASSPHRASE = "lugna gatan tre björkar"


@pytest.fixture
def station(tmp_path: Path) -> tuple[Home, str]:
    """A rehearsal, and its recovery code."""
    home = Home(tmp_path / "station")
    made, code = set_up(home, PASSPHRASE, profile=TEST, name="Anna")
    made.close()
    return home, code


def test_t21_a_new_passphrase_and_a_new_code_are_announced_with_one_fingerprint(station: tuple[Home, str]) -> None:
    home, code = station
    chosen = home.root.parent / "chosen.txt"
    chosen.write_text("en helt annan lösenfras\n", encoding="utf-8")
    line = ("keys", "recover", "Anna", "--new-code", "--new-passphrase-file", chosen, "--passphrase-file", "-")
    done = run_inside(*line, home=home.root, passphrase=code)
    assert done.returncode == 0, done.stderr
    assert len(re.findall("ny underskriftsnyckel", done.stderr)) == 1
    assert done.stderr.rstrip().endswith("Skriv ut den och lås in den."), "the code follows at once"
    assert done.stdout.strip() != code and len(done.stdout.splitlines()) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="a pseudo-terminal is POSIX")
def test_p5_the_code_typed_back_does_not_stay_on_the_terminal(station: tuple[Home, str]) -> None:
    from tests.terminal import Terminal

    home, code = station
    line = [str(SCRIPT), "keys", "recover", "Anna", "--propose"]
    with Terminal(line, variables(home.root)) as terminal:
        terminal.until("Återställningskod:")
        terminal.press(code, "enter")
        assert terminal.ended() == 0, terminal.text
        assert code.encode() not in terminal.raw and code[:6].encode() not in terminal.raw


@pytest.mark.skipif(sys.platform == "win32", reason="a pseudo-terminal is POSIX")
def test_lists_have_headings_for_a_person_and_none_for_a_program(station: tuple[Home, str]) -> None:
    from tests.terminal import Terminal

    home, _ = station
    secret = home.root.parent / "secret.txt"
    secret.write_text(f"{PASSPHRASE}\n", encoding="utf-8")
    for what, heading in (("survey", "väntar"), ("questionnaire", "kontrollsumma")):
        line = (what, "list", "--passphrase-file", secret)
        assert heading not in run_inside(*line, home=home.root).stdout
        with Terminal([str(SCRIPT), *map(str, line)], variables(home.root), columns=160) as terminal:
            assert terminal.ended() == 0
            assert heading in terminal.text
