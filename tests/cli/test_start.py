"""`interview` without a word more, as a real process on a real terminal (A3)."""

from pathlib import Path

from interview.crypto.slots import TEST
from interview.paths import Home
from interview.station.setup import set_up
from tests.cli.installed import SCRIPT, variables
from tests.terminal import Terminal

PASSPHRASE = "lugna gatan tre björkar"


def test_without_a_command_the_program_opens_and_sets_a_station_up_first(tmp_path: Path) -> None:
    with Terminal([str(SCRIPT)], variables(tmp_path / "station")) as terminal:
        terminal.until("Steg 1 av", "En ny station")
        terminal.press("escape")
        assert terminal.ended() == 0
    assert not (tmp_path / "station").exists()


def test_a_station_is_unlocked_locked_and_left(tmp_path: Path) -> None:
    station, _ = set_up(Home(tmp_path / "station"), PASSPHRASE, profile=TEST)
    station.close()
    with Terminal([str(SCRIPT)], variables(tmp_path / "station")) as terminal:
        for _ in range(2):
            terminal.until("Lås upp stationen")
            terminal.press(PASSPHRASE, "enter")
            terminal.until("Väntar på export", "Nytt samtal")
            terminal.press("l")
        terminal.until("Lås upp stationen")
        terminal.press("escape")
        assert terminal.ended() == 0


def test_what_is_typed_right_after_enter_belongs_to_the_next_field(tmp_path: Path) -> None:
    # Over a slow line keys come in one go: a passphrase must not be read in the open in the field before.
    with Terminal([str(SCRIPT)], variables(tmp_path / "station")) as terminal:
        terminal.until("Steg 1 av")
        terminal.press("down", "enter")
        for question in ("Vilken enhet räknas svaren till?", "Vem ringer?"):
            terminal.until(question)
            terminal.press("enter")
        terminal.until("Välj en lösenfras")
        terminal.press(PASSPHRASE, "enter", PASSPHRASE, "enter", "Karin")
        terminal.until("Karin", "•" * len(PASSPHRASE))
        assert PASSPHRASE not in terminal.text
