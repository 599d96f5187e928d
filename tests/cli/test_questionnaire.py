"""B4, B5: forms compared, loaded, listed and shown from the command line."""

import hashlib
import json
import shutil
from pathlib import Path

import pytest

from interview.crypto.slots import TEST
from interview.paths import Home, shipped_questionnaires
from interview.station.setup import set_up
from tests.cli.inside import run_inside
from tests.cli.installed import SCRIPT, run, variables
from tests.terminal import Terminal

PASSPHRASE = "lugna gatan tre björkar"
SHIPPED = shipped_questionnaires() / "utskrivning" / "2026.2.yaml"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a rehearsal station, to be copied."""
    station, _ = set_up(Home(tmp_path_factory.mktemp("made") / "station"), PASSPHRASE, profile=TEST)
    station.close()
    return station.home.root


@pytest.fixture
def home(made: Path, tmp_path: Path) -> Path:
    """The folder of a rehearsal station."""
    return Path(shutil.copytree(made, tmp_path / "station"))


@pytest.fixture
def newer(tmp_path: Path) -> Path:
    """Next year's form, its scale from 1 to 10."""
    text = SHIPPED.read_text(encoding="utf-8").replace('"2026.2"', '"2027.1"')
    path = tmp_path / "2027.yaml"
    path.write_text(
        text.replace("minimum: 0\n        maximum: 10", "minimum: 1\n        maximum: 10"), encoding="utf-8"
    )
    return path


def test_two_files_are_compared_without_a_station(newer: Path, tmp_path: Path) -> None:
    told = run("questionnaire", "diff", SHIPPED, newer, home=tmp_path / "none")
    assert told.returncode == 0
    assert told.stdout.splitlines()[0] == "utskrivning: 2026.2 → 2027.1"
    assert "F1  serien bryts" in told.stdout
    told = run_inside("questionnaire", "diff", "--format", "json", SHIPPED, newer, home=tmp_path / "none")
    assert [(item["id"], item["comparable"]) for item in json.loads(told.stdout)["items"]] == [
        ("F1", "no"),
        ("F1n", "no"),
    ]
    assert not (tmp_path / "none").exists()


def test_b4_versions_that_ship_are_compared_by_name_and_an_unknown_one_is_told(tmp_path: Path) -> None:
    told = run_inside("questionnaire", "diff", "utskrivning 2025.1", "utskrivning", home=tmp_path / "none")
    assert told.stdout.splitlines()[0] == "utskrivning: 2025.1 → 2026.2"
    assert "D1 is yes and D2 is-not not-yet" in told.stdout
    told = run_inside("questionnaire", "diff", "2025.1", "2026.2", home=tmp_path / "none")
    assert (told.returncode, told.stdout) == (1, "")
    assert "[cli.no-such-form]" in told.stderr


def test_a_form_is_loaded_with_yes_and_then_listed_compared_and_shown(home: Path, newer: Path) -> None:
    options = {"home": home, "passphrase": PASSPHRASE}
    given = ("--passphrase-file", "-")
    asked = run_inside("questionnaire", "load", newer, *given, **options)
    assert (asked.returncode, asked.stdout) == (1, "")
    assert "F1  serien bryts" in asked.stderr
    assert "[cli.not-confirmed]" in asked.stderr
    loaded = run("questionnaire", "load", newer, "--yes", *given, **options)
    assert loaded.returncode == 0
    name, version, digest = loaded.stdout.strip().split("\t")
    assert (name, version) == ("utskrivning", "2027.1")
    rows = [row.split("\t") for row in run_inside("questionnaire", "list", *given, **options).stdout.splitlines()]
    assert [row[:5] for row in rows] == [
        ["utskrivning", "2027.1", "gäller", "35", "0"],
        ["utskrivning", "2026.2", "–", "35", "0"],
    ]
    assert rows[0][5] == digest
    told = run_inside("questionnaire", "diff", "2026.2", "2027.1", *given, **options)
    assert told.stdout.splitlines()[0] == "utskrivning: 2026.2 → 2027.1"
    shown = run_inside("questionnaire", "show", "2027.1", *given, **options)
    assert "Utskrivningsintervju · utskrivning 2027.1" in shown.stdout
    frozen = run_inside("questionnaire", "show", "--format", "json", "2027.1", *given, **options)
    assert hashlib.sha256(frozen.stdout.encode()).hexdigest() == digest
    again = run_inside("questionnaire", "load", SHIPPED, "--yes", *given, **options)
    assert (again.returncode, again.stdout) == (1, "")
    assert "[station.questionnaire-older]" in again.stderr


def test_a_form_with_errors_is_not_loaded_and_says_all_of_them(home: Path, newer: Path) -> None:
    newer.write_text(
        newer.read_text(encoding="utf-8")
        .replace("role: improvement", "role: improvment")
        .replace("core: yes", "core: ja"),
        encoding="utf-8",
    )
    told = run_inside(
        "questionnaire", "load", newer, "--yes", "--passphrase-file", "-", home=home, passphrase=PASSPHRASE
    )
    assert (told.returncode, told.stdout) == (1, "")
    assert told.stderr.count("[questionnaire.") == 6


@pytest.mark.parametrize(("answer", "status"), [("ja", 0), ("nej", 1)])
def test_a_person_at_the_terminal_is_asked(home: Path, newer: Path, answer: str, status: int) -> None:
    with Terminal([str(SCRIPT), "questionnaire", "load", str(newer)], variables(home)) as terminal:
        terminal.until("Lösenfras:")
        terminal.press(PASSPHRASE, "enter")
        terminal.until("(ja/nej)")
        terminal.press(answer, "enter")
        assert terminal.ended() == status


def test_a_form_goes_to_fhir_and_back_by_the_endings_of_the_files(tmp_path: Path) -> None:
    """DESIGN "Questionnaires": FHIR JSON and back with nothing lost."""
    resource, copy = tmp_path / "form.json", tmp_path / "copy.yaml"
    made = run_inside("questionnaire", "export", "ovning", "--to", resource, home=tmp_path / "none")
    assert (made.returncode, made.stdout.strip()) == (0, str(resource))
    assert json.loads(resource.read_text(encoding="utf-8"))["resourceType"] == "Questionnaire"
    back = run_inside("questionnaire", "import", resource, "--to", copy, home=tmp_path / "none")
    assert (back.returncode, back.stdout.strip()) == (0, str(copy))
    printed = run_inside("questionnaire", "import", resource, home=tmp_path / "none")
    assert printed.stdout == copy.read_text(encoding="utf-8")
    shown = [
        run_inside("questionnaire", "show", "--format", "json", form, home=tmp_path / "none")
        for form in ("ovning", copy)
    ]
    assert shown[0].stdout == shown[1].stdout != ""


def test_another_s_fhir_is_told_on_standard_error_and_nothing_is_written_of_what_is_refused(tmp_path: Path) -> None:
    resource, form = tmp_path / "other.json", tmp_path / "other.yaml"
    item = {"linkId": "1", "type": "boolean", "text": "Mår du bra?", "prefix": "a)"}
    head = {"resourceType": "Questionnaire", "language": "sv", "title": "Annat", "status": "active"}
    resource.write_text(json.dumps({**head, "item": [item | {"answerValueSet": "#x"}]}), encoding="utf-8")
    told = run_inside("questionnaire", "import", resource, "--to", form, home=tmp_path / "none")
    assert (told.returncode, told.stdout, form.exists()) == (1, "", False)
    assert "[fhir.cannot-keep]" in told.stderr
    resource.write_text(json.dumps({**head, "item": [item]}), encoding="utf-8")
    told = run_inside("questionnaire", "import", resource, "--to", form, home=tmp_path / "none")
    assert told.returncode == 0
    assert "item.prefix" in told.stderr
    assert "«1» blir «q1»" in told.stderr
    told = run_inside("questionnaire", "export", form, "--to", tmp_path / "x.txt", home=tmp_path / "none")
    assert "[cli.file-ending]" in told.stderr


def test_b6_a_card_given_as_a_survey_is_named_for_what_it_is(home: Path) -> None:
    """Both where a station is set up and where a survey is loaded: the file's name, what it seems to be, what is needed."""
    card, given = home / "card.json", ("--passphrase-file", "-")
    for command in (("setup", "--survey", card, "--signer", "x", *given), ("survey", "load", card, *given)):
        told = run(*command, home=home if command[0] == "survey" else home / "new", passphrase=PASSPHRASE)
        assert (told.returncode, told.stdout) == (1, "")
        assert "card.json" in told.stderr and "en stations kort" in told.stderr
        assert "[exchange.is-station-card]" in told.stderr


def test_b6_every_fault_of_a_survey_file_is_printed_with_its_line(tmp_path: Path) -> None:
    """Before any passphrase is asked for; what the command says itself is no fault of the file."""
    plan = tmp_path / "plan.toml"
    plan.write_text('id = "A B"\nstart = "2026-09"\nends = "snart"\n[[unit]]\nid = "a"\nnam = "A"\n', encoding="utf-8")
    told = run(
        "survey", "new", "--from", plan, "--title", "Hösten", "--to", tmp_path / "x.survey", home=tmp_path / "none"
    )
    assert (told.returncode, told.stdout) == (1, "")
    for place in ("plan.toml:1:6", "plan.toml:2:1", "plan.toml:3:8", "plan.toml:6:1"):
        assert place in told.stderr, told.stderr
    assert told.stderr.count("[archive.survey-") == 4
