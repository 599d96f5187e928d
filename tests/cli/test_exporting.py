"""A14, P2: a command finds what waits of every survey, also of a version that was replaced before it could be sent."""

from pathlib import Path
from random import Random

import pytest

from interview.crypto.slots import TEST
from interview.paths import Home, shipped_questionnaires
from interview.questionnaire.reading import read_questionnaire
from interview.station.questionnaires import load
from interview.station.setup import set_up
from interview.station.simulating import simulate
from tests.cli.inside import run_inside

PASSPHRASE = "korrekt häst batteri klammer"
REPLACED = 'I mätningen rehearsal 1 väntar också {} svar. Exportera dem med: interview export --survey "rehearsal 1"'


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A rehearsal's station where eleven responses wait of the form before and two of the one in force."""
    station, _ = set_up(Home(tmp_path / "station"), PASSPHRASE, profile=TEST)
    with station:
        simulate(station, 11, Random(1))
        form = shipped_questionnaires() / "ovning" / "2026.1.yaml"
        load(station, read_questionnaire(form.read_bytes(), form.name))
        simulate(station, 2, Random(2))
    return tmp_path / "station"


def test_p2_what_waits_of_a_replaced_survey_is_told_and_can_be_written(home: Path, tmp_path: Path) -> None:
    def export(*words: str) -> tuple[int, str, str]:
        asked = ("export", "--to", tmp_path / "out", "--passphrase-file", "-", *words)
        done = run_inside(*asked, home=home, passphrase=PASSPHRASE)
        return done.returncode, done.stdout, done.stderr

    status, out, err = export()
    assert (status, out) == (1, "") and "[exchange.under-minimum]" in err
    waiting = REPLACED.format(11)
    assert waiting in err
    status, out, err = export("--final")
    assert status == 0 and "Leverans 1 är skriven: 2 svar." in err and waiting in err
    status, out, err = export("--survey", "rehearsal 1")
    assert status == 0 and "Leverans 2 är skriven: 11 svar." in err and "väntar" not in err
    assert Path(out.strip()).is_file()
    status, out, err = export("--survey", "rehearsal")
    assert status == 1 and "[exchange.nothing-waiting]" in err
    assert "Leverans 2 är skriven" in export("--again")[2]
    assert "Leverans 1 är skriven" in export("--again", "--survey", "rehearsal 2")[2]
    status, out, err = export("--survey", "höst 1")
    assert status == 1 and "[station.unknown-survey]" in err and "rehearsal 1" in err
