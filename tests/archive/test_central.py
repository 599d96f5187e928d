"""The central home: recipients and surveys (A3, P6)."""

import stat
import sys
from pathlib import Path
from typing import Any

import pytest

from interview.archive.central import new_recipient, new_survey, open_central, take_survey
from interview.crypto.slots import TEST
from interview.errors import InterviewError
from interview.exchange.cards import read_recipient_card
from interview.exchange.surveys import read_survey
from interview.paths import Home

PASSPHRASE = "correct horse battery staple"


def test_a_home_opens_by_passphrase_and_by_recovery_code(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    central, code = new_recipient(home, "Analysgruppen", PASSPHRASE, TEST)
    fingerprint = central.fingerprint
    central.close()
    for secret in (PASSPHRASE, code):
        with open_central(home, secret) as opened:
            assert (opened.fingerprint, opened.name) == (fingerprint, "Analysgruppen")
    with pytest.raises(InterviewError, match="wrong-passphrase"):
        open_central(home, "something else entirely")
    card = read_recipient_card(home.card.read_bytes())
    assert card == central.recipient
    assert "Central" in repr(central) and central.fingerprint not in repr(central)


@pytest.mark.skipif(sys.platform == "win32", reason="modes are POSIX")
def test_a_home_is_for_its_account_alone(tmp_path: Path, world: Any) -> None:
    """T17."""
    root = world.central.home.root
    assert stat.S_IMODE(root.stat().st_mode) == 0o700
    for file in root.iterdir():
        assert stat.S_IMODE(file.stat().st_mode) == 0o600, file.name


def test_a_home_is_never_made_over_another(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    new_recipient(home, "Ett", PASSPHRASE, TEST)[0].close()
    before = {file.name: file.read_bytes() for file in home.root.iterdir()}
    with pytest.raises(InterviewError, match="home-in-use"):
        new_recipient(home, "Två", PASSPHRASE, TEST)
    assert {file.name: file.read_bytes() for file in home.root.iterdir()} == before


@pytest.mark.parametrize(("name", "passphrase"), [("", PASSPHRASE), ("Ett", "short")])
def test_what_is_refused_leaves_no_home(tmp_path: Path, name: str, passphrase: str) -> None:
    home = Home(tmp_path / "home")
    with pytest.raises(InterviewError):
        new_recipient(home, name, passphrase, TEST)
    assert not home.root.exists()


def test_no_home_and_another_recipients_card_are_said(tmp_path: Path, world: Any) -> None:
    with pytest.raises(InterviewError, match="no-home"):
        open_central(Home(tmp_path / "nowhere"), PASSPHRASE)
    other = Home(tmp_path / "other")
    new_recipient(other, "Annan", PASSPHRASE, TEST)[0].close()
    world.central.home.card.write_bytes(other.card.read_bytes())
    with pytest.raises(InterviewError, match="card-of-another"):
        open_central(world.central.home, PASSPHRASE)


def survey_fields(world: Any, **changed: Any) -> dict[str, Any]:
    return {
        "to": world.folder / "new.survey", "id": "var-2027", "title": "Våren", "starts": "2027-01", "ends": "2027-03",
        "questionnaire": world.signed.questionnaire, "units": [{"id": "vc-norr", "name": "Norr"}],
    } | changed  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "code", "place"),
    [
        ({"id": "Var 2027"}, "archive.survey-id", "id"),
        ({"starts": "2027-13"}, "archive.survey-month", "starts"),
        ({"ends": "9999-12"}, "archive.survey-month", "ends"),
        ({"starts": "0000-09"}, "archive.survey-month", "starts"),
        ({"title": ""}, "archive.survey-missing", "title"),
        ({"title": "å" * 121}, "archive.survey-too-long", "title"),
        ({"units": []}, "archive.survey-missing", "unit"),
        ({"units": [{"id": "NORR", "name": "Norr"}]}, "archive.survey-id", "unit[1]: id"),
        ({"units": [{"id": "a", "name": "Norr"}, {"id": "a", "name": "Syd"}]}, "archive.survey-twice", "unit"),
        ({"organisations": ["primary-care", "vårdcentral"]}, "archive.survey-word", "organisations[2]"),
        ({"background": ["relation", "relation"]}, "archive.survey-twice", "background"),
        ({"ends": "2026-12"}, "archive.survey-ends-first", "ends"),
        ({"first_day": 9}, "archive.survey-last-day", "last-day"),
        ({"threshold": 0}, "archive.survey-too-small", "threshold"),
        ({"attempts": 51}, "archive.survey-too-large", "attempts"),
        ({"version": 0}, "archive.survey-too-small", "version"),
        ({"version": "ett"}, "archive.survey-field", "version"),
        ({"questionnaire": b"{}"}, "questionnaire.bad-canonical", "name"),
    ],
)
def test_a_survey_that_is_not_right_is_refused_by_field_and_not_written(
    world: Any, changed: dict[str, Any], code: str, place: str
) -> None:
    """B6: the setting as the template calls it, and how it is to be written."""
    fields = survey_fields(world, **changed)
    with pytest.raises(InterviewError) as caught:
        new_survey(world.central, **fields)
    assert (caught.value.code, caught.value.place) == (code, place)
    assert not fields["to"].exists()


def test_versions_only_go_up(world: Any) -> None:
    """T10."""
    made = new_survey(world.central, **survey_fields(world, version=2))
    assert read_survey(made.path.read_bytes(), made.fingerprint).hash == made.hash
    for version in (1, 2):
        with pytest.raises(InterviewError, match="version-not-higher"):
            new_survey(world.central, **survey_fields(world, version=version))
    new_survey(world.central, **survey_fields(world, version=3))


def test_a_survey_may_have_several_recipients_and_the_others_take_it_by_fingerprint(tmp_path: Path, world: Any) -> None:
    """P4, P6: sealed for each; nobody's survey is taken without its signer's fingerprint from paper."""
    other, _ = new_recipient(Home(tmp_path / "other"), "Kommunen", PASSPHRASE, TEST)
    with other:
        card = other.home.card.read_bytes()
        made = new_survey(world.central, **survey_fields(world, recipients=[card]))
        assert [one.name for one in read_survey(made.path.read_bytes(), None).survey.recipients] == [
            "Regionens analysgrupp", "Kommunen",
        ]  # fmt: skip
        with pytest.raises(InterviewError, match="wrong-signer"):
            take_survey(other, made.path.read_bytes(), other.fingerprint)
        assert take_survey(other, made.path.read_bytes(), made.fingerprint).hash == made.hash
        with pytest.raises(InterviewError, match="not-a-recipient"):
            take_survey(other, world.file, world.central.fingerprint)


def test_a_rehearsal_is_never_taken_for_real(world: Any, rehearsal: Any) -> None:
    """A rehearsal's survey is signed by a key everybody has: taking it would let everybody in."""
    with pytest.raises(InterviewError, match="rehearsal-signer"):
        take_survey(world.central, rehearsal.file, rehearsal.signed.fingerprint)
