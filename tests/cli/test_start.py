"""`interview` without a word more, as a real process on a real terminal (A3)."""

from pathlib import Path

from tests.cli.installed import SCRIPT, variables
from tests.terminal import Terminal


def test_without_a_command_the_program_opens_and_sets_a_station_up_first(tmp_path: Path) -> None:
    with Terminal([str(SCRIPT)], variables(tmp_path / "station")) as terminal:
        terminal.until("Steg 1 av", "En ny station")
        terminal.press("escape")
        assert terminal.ended() == 0
    assert not (tmp_path / "station").exists()
