"""Setting up and unlocking (A3, A12, P5): a whole station or none, and only for whoever may."""

import json
import os
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from interview.crypto.fingerprint import fingerprint
from interview.crypto.signing import SigningKey
from interview.crypto.slots import TEST
from interview.errors import InterviewError
from interview.exchange.cards import read_station_card
from interview.exchange.rehearsal import rehearsal_recipient, rehearsal_signing_key
from interview.exchange.surveys import read_survey, sign_survey
from interview.paths import Home
from interview.session.form import Form
from interview.station import setup
from interview.station.setup import confirm_recovery, recovery_confirmed, set_up, survey_preview
from interview.station.unlocking import open_station, unlock
from interview.store.passphrases import check_passphrase
from tests.crashes.kills import Tell, count_points, in_child, kill_at, needs_forks, spread
from tests.station.stations import PASSPHRASE, Original, noon, real_survey


class Maker:
    """Sets stations up from one real survey."""

    def __init__(self, folder: Path) -> None:
        self.made, _ = real_survey(folder)
        self.file = self.made.path.read_bytes()

    def set_up(self, folder: Path, **changed: Any) -> Any:
        given = {
            "survey_file": self.file, "fingerprint": self.made.fingerprint, "unit": "vc-syd",
            "organisation": "municipality", "profile": TEST, "clock": noon,
        }  # fmt: skip
        return set_up(Home(folder), changed.pop("passphrase", PASSPHRASE), **given | changed)


@pytest.fixture(scope="module")
def maker(tmp_path_factory: pytest.TempPathFactory) -> Maker:
    return Maker(tmp_path_factory.mktemp("maker"))


def refusal(function: Callable[[], object]) -> InterviewError:
    with pytest.raises(InterviewError) as caught:
        function()
    return caught.value


def test_a_real_station_is_what_its_survey_says(maker: Maker, tmp_path: Path) -> None:
    """A3: with everything it needs, unlocked, and nothing more in the folder."""
    station, code = maker.set_up(tmp_path / "å station")
    with station:
        assert (station.rehearsal, station.survey.id, station.unit.id) == (False, "host-2026", "vc-syd")
        assert station.identity.organisation == "municipality"
        assert fingerprint(station.identity.signer) == maker.made.fingerprint
        form: Form = station.form(station.questionnaire_hash)
        assert station.responses.questionnaire(station.questionnaire_hash)[1] == form.padded_size
        assert not recovery_confirmed(station)
    card = read_station_card((tmp_path / "å station" / "card.json").read_bytes())
    assert (card.unit, card.organisation, card.rehearsal) == ("vc-syd", "municipality", False)
    assert card.public == station.signing_key.public
    files = {path.name for path in (tmp_path / "å station").iterdir()}
    assert files == {"card.json", "keyring", "responses.db", "workspace.db"}
    assert [path.name for path in tmp_path.iterdir()] == ["å station"]
    for secret in (PASSPHRASE, code):
        with unlock(Home(tmp_path / "å station"), secret, noon) as again:
            assert again.survey_hash == station.survey_hash


def test_a_rehearsal_needs_nothing_and_goes_through_the_same_envelope(rehearsal_station: Original) -> None:
    """A3: signed by the key that ships, which no real station takes."""
    with open_station(rehearsal_station.home, rehearsal_station.keyring, noon) as station:
        assert station.rehearsal and station.identity.signer == rehearsal_signing_key().public
        assert read_station_card(station.home.card.read_bytes()).rehearsal


def test_t7_a_passphrase_of_the_surveys_own_names_is_refused(tmp_path: Path) -> None:
    unit = "Vårdcentralen Ekbacken (påhittad) 2026"
    check_passphrase(unit)
    error = refusal(lambda: set_up(Home(tmp_path / "station"), unit, name="Anna", profile=TEST))
    assert (error.code, list(tmp_path.iterdir())) == ("keys.guessable-passphrase", [])


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"fingerprint": None}, "station.fingerprint-needed"),
        ({"fingerprint": fingerprint(bytes(32))}, "exchange.wrong-signer"),
        ({"unit": "vc-west"}, "station.unknown-unit"),
        ({"unit": None}, "station.unknown-unit"),
        ({"organisation": "army"}, "station.unknown-organisation"),
        ({"organisation": None}, "station.unknown-organisation"),
        ({"passphrase": "kort"}, "keys.weak-passphrase"),
        ({"survey_file": b"{}"}, "exchange.not-a-survey"),
    ],
)
def test_what_is_refused_leaves_nothing(maker: Maker, tmp_path: Path, changed: dict[str, Any], code: str) -> None:
    assert refusal(lambda: maker.set_up(tmp_path / "station", **changed)).code == code
    assert list(tmp_path.iterdir()) == []


def test_a_changed_survey_is_refused_whole(maker: Maker, tmp_path: Path) -> None:
    """T10."""
    file = json.loads(maker.file)
    file["questionnaires"][0]["version"] = "9"
    changed = json.dumps(file).encode()
    assert refusal(lambda: maker.set_up(tmp_path / "station", survey_file=changed)).code.startswith("exchange.")
    assert list(tmp_path.iterdir()) == []


def test_a_real_survey_sealed_to_the_key_everybody_has_is_refused(maker: Maker, tmp_path: Path) -> None:
    signed, key = read_survey(maker.file, maker.made.fingerprint), SigningKey.generate()
    open_to_all = signed.survey.model_copy(update={"recipients": (rehearsal_recipient("Alla"),)})
    file = sign_survey(open_to_all, signed.questionnaires, key)
    known = fingerprint(key.public)
    error = refusal(lambda: maker.set_up(tmp_path / "station", survey_file=file, fingerprint=known))
    assert error.code == "station.rehearsal-key"


def test_one_looks_at_a_survey_before_trusting_it(maker: Maker) -> None:
    preview = survey_preview(maker.file)
    assert [unit.id for unit in preview.units] == ["vc-norr", "vc-syd"]
    assert (preview.fingerprint, preview.rehearsal) == (maker.made.fingerprint, False)
    assert survey_preview().rehearsal


def test_a_folder_that_holds_something_is_not_set_up_again(original: Original, tmp_path: Path) -> None:
    home = Home(original.copy(tmp_path / "station"))
    assert refusal(lambda: set_up(home, PASSPHRASE, profile=TEST)).code == "station.already-set-up"
    home.keyring.unlink()
    before = home.responses.read_bytes()
    assert refusal(lambda: set_up(home, PASSPHRASE, profile=TEST)).code == "station.folder-in-use"
    assert home.responses.read_bytes() == before


def test_a_folder_with_settings_keeps_them(tmp_path: Path) -> None:
    home = Home(tmp_path / "station")
    home.root.mkdir()
    home.settings.write_text('language = "en"\n', encoding="utf-8")
    station, _ = set_up(home, PASSPHRASE, profile=TEST)
    station.close()
    names = {path.name for path in home.root.iterdir()}
    assert names == {"settings.toml", "card.json", "keyring", "responses.db", "workspace.db"}
    if sys.platform != "win32":
        assert home.root.stat().st_mode & 0o777 == 0o700
        assert {path.stat().st_mode & 0o777 for path in home.root.iterdir() if path != home.settings} == {0o600}


@needs_forks
@pytest.mark.parametrize("folder_is_there", [False, True])
def test_killed_at_any_step_it_leaves_a_whole_station_or_none(maker: Maker, ram: Path, folder_is_there: bool) -> None:
    """A3, T18: and the next try succeeds and leaves nothing of the first."""
    place = ram / "home" / "station"

    def work(tell: Tell) -> None:
        station, code = maker.set_up(place)
        tell(code)
        station.close()

    def look(tell: Tell) -> None:
        if Home(place).keyring.exists():
            unlock(Home(place), PASSPHRASE).close()
            tell("station")
        else:
            station, _ = maker.set_up(place)
            station.close()

    def fresh() -> None:
        shutil.rmtree(place.parent, ignore_errors=True)
        (place if folder_is_there else place.parent).mkdir(parents=True)

    fresh()
    points, outcomes = count_points(work), set()
    for point in spread(points, 6) + ([] if not folder_is_there else list(range(points - 12, points, 2))):
        fresh()
        death = kill_at(work, point)
        outcome = in_child(look)
        outcomes.add(outcome)
        assert outcome or not death.told, point
        assert Home(place).keyring.exists()
        if not outcome:
            assert [path.name for path in place.parent.iterdir()] == ["station"]
            assert not (place / "moving").exists()
    assert outcomes == {(), ("station",)}


@needs_forks
@pytest.mark.parametrize("kept_apart", [False, True])
def test_a_used_station_whose_set_up_was_killed_is_never_removed(
    maker: Maker, ram: Path, monkeypatch: pytest.MonkeyPatch, kept_apart: bool
) -> None:
    """P2, T18: killed once the keyring was in its place; the station is used, then its keyring is moved away."""
    home = Home(ram / "station")
    home.root.mkdir()

    def killed(tell: Tell) -> None:
        monkeypatch.setattr(setup, "sync_folder", lambda folder: os.kill(os.getpid(), signal.SIGKILL))
        maker.set_up(home.root)

    assert kill_at(killed, -1).killed
    (building,) = ram.glob(".station.new-*")
    with unlock(home, PASSPHRASE, noon) as station:
        station.responses.set_setting("used", b"1")
    # However the keyring came there: what was used is no unfinished set-up's.
    home.keyring.replace((building if kept_apart else ram) / "keyring")
    before = {path.name: path.read_bytes() for path in (home.workspace, home.responses)}
    keyring = next(ram.rglob("keyring")).read_bytes()
    assert refusal(lambda: maker.set_up(home.root)).code == "station.folder-in-use"
    assert {name: (home.root / name).read_bytes() for name in before} == before
    home.keyring.write_bytes(keyring)
    with unlock(home, PASSPHRASE, noon) as station:
        assert station.responses.setting("used") == b"1"


def test_the_recovery_code_is_typed_back_once(original: Original, tmp_path: Path) -> None:
    """A3, T21."""
    with original.open(tmp_path / "station") as station:
        wrong = original.code[:-1] + ("A" if original.code[-1] != "A" else "B")
        assert refusal(lambda: confirm_recovery(station, wrong)).code.startswith("crypto.recovery")
        assert refusal(lambda: confirm_recovery(station, PASSPHRASE)).code.startswith("crypto.recovery")
        assert not recovery_confirmed(station)
        confirm_recovery(station, original.code.lower())
        assert recovery_confirmed(station)
    with original.open(tmp_path / "station") as station:
        assert recovery_confirmed(station)


def test_unlocking_takes_what_belongs_to_the_station(original: Original, tmp_path: Path) -> None:
    """P5."""
    home = Home(original.copy(tmp_path / "station"))
    assert refusal(lambda: unlock(home, "ekorren klättrar ofta")).code == "keys.wrong-passphrase"
    assert refusal(lambda: unlock(Home(tmp_path / "nowhere"), PASSPHRASE)).code == "station.no-station"
    central = Home(original.home.root.parent / "central")
    assert refusal(lambda: unlock(central, PASSPHRASE)).code == "station.not-a-station"
    home.responses.write_bytes(original.home.workspace.read_bytes())
    assert refusal(lambda: unlock(home, PASSPHRASE)).code == "database.wrong-key"


def test_an_older_keyring_is_refused(original: Original, tmp_path: Path) -> None:
    """P5, T21: who was removed may hold a key to it."""
    with original.open(tmp_path / "station") as station:
        keyring = station.home.keyring
        older = keyring.read_bytes()
        open_station(
            station.home, unlock(station.home, PASSPHRASE).keyring.with_secrets(original.keyring.secrets)
        ).close()
    keyring.write_bytes(older)
    error = refusal(lambda: unlock(Home(tmp_path / "station"), PASSPHRASE))
    assert (error.code, dict(error.facts)) == ("station.keyring-older", {"found": 1, "seen": 2})


@pytest.mark.parametrize("file", ["workspace.db", "responses.db"])
def test_a_newer_schema_is_left_alone(original: Original, tmp_path: Path, file: str) -> None:
    """T18, C5."""
    with original.open(tmp_path / "station") as station:
        store = station.workspace if file == "workspace.db" else station.responses
        store.database.execute("PRAGMA user_version = 99")
    before = (tmp_path / "station" / file).read_bytes()
    error = refusal(lambda: original.open(tmp_path / "station"))
    assert (error.code, error.place) == ("database.newer-schema", file)
    assert (tmp_path / "station" / file).read_bytes() == before


def test_locking_twice_does_nothing_and_the_files_are_closed(original: Original, tmp_path: Path) -> None:
    station = original.open(tmp_path / "station")
    assert station.close() is None and station.close() is None
    assert refusal(station.workspace.drafts).code == "database.closed"
    assert not list((tmp_path / "station").glob("*-wal"))
