"""P8, B6: what is to be thought over before a survey is signed is said then, and what protects nobody is refused."""

from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from interview.archive.central import new_recipient
from interview.crypto.slots import TEST
from interview.exchange.surveys import read_survey
from interview.messages import Catalogue
from interview.paths import Home
from interview.questionnaire.sheets.writing import to_workbook
from tests.cli.inside import run_inside
from tests.questionnaire.small_form import SMALL, read

PASSPHRASE = "lugna gatan tre björkar"
POOR = SMALL.replace("sv: Vilka problem?", "sv: Vilka problem har du?")
New = Callable[..., CompletedProcess[str]]
CARD = """
  [[unit.card]]
  id = "care-needed"
    [[unit.card.entry]]
    heading = {sv = "Fara", en = "Danger"}
    text = {sv = "Ring 112", en = "Ring the ward"}
"""


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path / "central")
    new_recipient(home, "Analysgruppen", PASSPHRASE, TEST)[0].close()
    return home


@pytest.fixture
def new(home: Home) -> New:
    def run(*more: object, plan: str | None = None) -> CompletedProcess[str]:
        written = Catalogue("sv")("survey.template") if plan is None else plan
        path = home.root.parent / "plan.toml"
        path.write_text(written, encoding="utf-8")
        line = ("survey", "new", "--from", path, "--passphrase-file", "-", "--to", home.root.parent / "x.survey", *more)
        return run_inside(*line, home=home.root, passphrase=PASSPHRASE)

    return run


def plan(*changed: tuple[str, str]) -> str:
    """The template as somebody filled it in."""
    text = Catalogue("sv")("survey.template").replace("035-00 00 0", "035-13 10 0")
    for old, to in changed:
        assert old in text
        text = text.replace(old, to)
    return text


@pytest.mark.parametrize("key", ["threshold", "minimum-batch"])
def test_p8_a_limit_that_lets_a_few_be_told_apart_is_refused_and_a_low_one_is_asked_about(
    new: New, home: Home, key: str
) -> None:
    refused = new(plan=plan((f"{key} = 10", f"{key} = 1")))
    assert refused.returncode == 1 and "[archive.survey-below-floor]" in refused.stderr
    assert f"{key} är för lågt" in refused.stderr and "plan.toml:" in refused.stderr
    refused = new("--yes", plan=plan((f"{key} = 10", f"{key} = 4")))
    assert refused.returncode == 1 and not (home.root.parent / "x.survey").exists()
    asked = new(plan=plan((f"{key} = 10", f"{key} = 5")))
    assert asked.returncode == 1 and f"{key} är under 10" in asked.stderr and "[cli.not-confirmed]" in asked.stderr
    assert not (home.root.parent / "x.survey").exists()
    meant = new("--yes", plan=plan((f"{key} = 10", f"{key} = 5")))
    assert meant.returncode == 0, meant.stderr
    signed = read_survey((home.root.parent / "x.survey").read_bytes(), None)
    assert getattr(signed.survey, key.replace("-", "_")) == 5
    loaded = run_inside(
        *("setup", "--survey", home.root.parent / "x.survey", "--signer", signed.fingerprint, "--unit", "vc-norr"),
        *("--organisation", "municipality", "--passphrase-file", "-"),
        home=home.root.parent / "station",
        passphrase=PASSPHRASE,
    )
    assert loaded.returncode == 0, loaded.stderr
    assert "mindre än vanligt" in loaded.stderr


def test_b6_the_unedited_template_is_told_by_its_example_numbers(new: New) -> None:
    told = new()
    assert told.returncode == 0, told.stderr
    assert told.stderr.count("mallens exempel") == 2


def test_b6_a_filled_in_plan_says_nothing(new: New) -> None:
    told = new(plan=plan())
    assert told.returncode == 0 and "varning" not in told.stderr


def test_b6_a_survey_never_takes_another_files_place_and_that_is_said_before_anything_is_asked(
    new: New, home: Home
) -> None:
    (home.root.parent / "x.survey").write_text("mine")
    told = new(plan="this is no plan")
    assert told.returncode == 1 and "[cli.file-exists]" in told.stderr and "survey-syntax" not in told.stderr
    assert (home.root.parent / "x.survey").read_text() == "mine"


def test_b6_what_is_no_telephone_number_and_a_card_without_112_are_told_where_they_stand(new: New) -> None:
    told = new(plan=plan(('"035-13 10 00"', '"ring mig"')) + CARD)
    assert told.returncode == 0, told.stderr
    assert "unit[1]: telephone ser inte ut som ett telefonnummer" in told.stderr
    assert "Vårdcentralen Norr nämner inte 112 (en)" in told.stderr


def test_b6_a_survey_with_a_form_that_has_warnings_says_how_many_and_how_to_see_them(new: New, tmp_path: Path) -> None:
    (tmp_path / "form.yaml").write_text(POOR, encoding="utf-8")
    told = new("--questionnaire", tmp_path / "form.yaml", plan=plan())
    assert told.returncode == 0, told.stderr
    assert (
        f"Varningar om formuläret: 1. Se dem med: interview questionnaire check {tmp_path / 'form.yaml'}" in told.stderr
    )


def test_b7_an_imported_workbook_shows_its_warnings_by_their_cells(tmp_path: Path) -> None:
    (tmp_path / "form.xlsx").write_bytes(to_workbook(read(POOR), Catalogue("sv")))
    told = run_inside("questionnaire", "import", tmp_path / "form.xlsx", home=tmp_path / "none")
    assert told.returncode == 0, told.stderr
    assert "form.xlsx: Frågor F10: varning: En närstående får höra samma ord" in told.stderr
    assert "inga fel, varningar: 1" in told.stderr


def test_a_warning_of_an_option_names_its_place_once(home: Home) -> None:
    """B6: without a file there is no line to name, and the message names the setting itself."""
    told = run_inside(
        *("survey", "new", "--id", "h", "--title", "H", "--starts", "2026-09", "--ends", "2026-12"),
        *("--unit", "norr=Norr=035-000000", "--to", home.root.parent / "h.survey", "--passphrase-file", "-"),
        home=home.root,
        passphrase=PASSPHRASE,
    )
    assert told.returncode == 0
    assert told.stderr.startswith("varning: unit[1]: telephone är mallens exempel")


@pytest.mark.parametrize("named", ["forlossning", "utskrivning 2026.1"])
def test_b6_a_form_that_ships_is_called_by_its_name(new: New, home: Home, named: str) -> None:
    """By the option and in the template; a coordinator does not look for it where the program is installed."""
    for changed, more in ((('questionnaire = ""', f'questionnaire = "{named}"'), ()), ((), ("--questionnaire", named))):
        made = new(*more, "--id", f"h{len(more)}", plan=plan(*filter(None, [changed])))
        assert made.returncode == 0, made.stderr
        file = home.root.parent / "x.survey"
        form = read_survey(file.read_bytes(), None).survey.questionnaire
        assert f"{form.name} {form.version}".startswith(named)
        file.unlink()
    refused = new("--id", "h9", plan=plan(('questionnaire = ""', 'questionnaire = "sub/forlossning"')))
    assert "[files.not-found]" in refused.stderr
