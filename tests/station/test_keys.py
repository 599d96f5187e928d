"""P5, T21: who can open the station; a key that ceases to hold opens nothing new, and a kill at any step loses nothing."""

import os
import shutil
import signal
from collections.abc import Callable, Iterator
from inspect import signature
from pathlib import Path

import pytest

from interview.cli.main import main
from interview.crypto.slots import NORMAL, TEST
from interview.database.opening import open_database
from interview.errors import InterviewError
from interview.exchange.cards import read_station_card
from interview.paths import Home
from interview.station.keys import StationKeys, station_keys
from interview.station.setup import confirm_recovery, recovery_confirmed, set_up
from interview.station.station import RESPONSES_KEY, WORKSPACE_KEY
from interview.station.unlocking import unlock
from interview.store import rekeying
from interview.store.keyring import Keyring, open_keyring
from interview.store.keys import Keys
from interview.store.passphrases import check_passphrase

UNIT_GUESSED = "Vårdcentralen Ekbacken (påhittad) 2026"
"""Hard to guess for who does not know the survey's units."""
ANNA, BERIT, CARIN = "fyra ord utan samband", "en helt annan lösenfras", "ytterligare några ord här"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A station of Anna and Berit with 20 responses and a case, and its recovery code."""
    home = Home(tmp_path_factory.mktemp("made") / "station")
    station, code = set_up(home, ANNA, name="Anna", profile=TEST)
    with station:
        confirm_recovery(station, code)
        station.responses.add_many(station.survey_hash, [os.urandom(3000) for _ in range(20)])
    station_keys(home).add(ANNA, "Berit", BERIT, TEST)
    return home.root, code


@pytest.fixture
def home(made: tuple[Path, str], tmp_path: Path) -> Home:
    return Home(Path(shutil.copytree(made[0], tmp_path / "station")))


def refusal(function: Callable[..., object], *arguments: object) -> InterviewError:
    with pytest.raises(InterviewError) as caught:
        function(*arguments)
    return caught.value


def whole(home: Home, secret: str) -> None:
    """The station opens and has everything."""
    with unlock(home, secret) as station:
        assert station.responses.waiting_count(station.survey_hash) == 20
        assert len(list(station.responses.waiting(station.survey_hash))) == 20
        assert not rekeying.is_begun(station.keyring)
        assert read_station_card(home.card.read_bytes()).public == station.signing_key.public


def names(home: Home, secret: str) -> list[str]:
    return [key.name for key in station_keys(home).all(secret)]


def test_c1_everybody_opens_with_their_own(home: Home, made: tuple[Path, str]) -> None:
    for secret in (ANNA, BERIT, made[1]):
        whole(home, secret)
    assert names(home, BERIT) == ["Anna", "recovery", "Berit"]


def test_t21_a_removed_key_opens_nothing_new_even_with_the_old_keyring(home: Home, made: tuple[Path, str]) -> None:
    old_file = home.keyring.read_bytes()
    old = open_keyring(home.keyring, BERIT)
    station_keys(home).remove(ANNA, "berit")
    assert names(home, ANNA) == ["Anna", "recovery"]
    assert refusal(unlock, home, BERIT).code == "keys.wrong-passphrase"
    for secret in (ANNA, made[1]):
        whole(home, secret)
    for path, name in ((home.responses, RESPONSES_KEY), (home.workspace, WORKSPACE_KEY)):
        assert refusal(open_database, path, old.secrets[name]).code == "database.wrong-key"
    # Nor does whoever left get at the new keys through the master key they had.
    assert refusal(old.fresh).code == "keys.changed-elsewhere"
    home.keyring.write_bytes(old_file)
    assert refusal(unlock, home, BERIT).code == "database.wrong-key"


def test_t21_there_is_always_a_passphrase_and_a_recovery_code(home: Home) -> None:
    station_keys(home).remove(ANNA, "Berit")
    before = home.keyring.read_bytes()
    assert refusal(station_keys(home).remove, ANNA, "Anna").code == "keys.last-passphrase"
    assert refusal(station_keys(home).remove, ANNA, "recovery").code == "keys.recovery-stays"
    assert refusal(station_keys(home).change, ANNA, CARIN, "recovery").code == "keys.recovery-stays"
    assert refusal(station_keys(home).remove, ANNA, "Eva").code == "keys.no-such-key"
    assert refusal(station_keys(home).add, ANNA, "anna", CARIN).code == "keys.name-taken"
    for guessed in ("Halmstad2026!", UNIT_GUESSED):
        assert refusal(station_keys(home).add, ANNA, "Eva", guessed).code == "keys.guessable-passphrase"
        assert refusal(station_keys(home).change, ANNA, guessed).code == "keys.guessable-passphrase"
    check_passphrase(UNIT_GUESSED, "Eva")
    assert home.keyring.read_bytes() == before


def test_c1_a_changed_passphrase_replaces_the_old_one(home: Home) -> None:
    old = open_keyring(home.keyring, BERIT)
    assert station_keys(home).change(BERIT, CARIN, profile=TEST) == "Berit"
    assert refusal(unlock, home, BERIT).code == "keys.wrong-passphrase"
    whole(home, CARIN)
    whole(home, ANNA)
    assert refusal(open_database, home.responses, old.secrets[RESPONSES_KEY]).code == "database.wrong-key"


def test_t21_the_recovery_code_gives_a_new_passphrase(home: Home, made: tuple[Path, str]) -> None:
    assert refusal(station_keys(home).recover, ANNA, "Anna", CARIN).code == "keys.not-the-code"
    assert refusal(station_keys(home).recover, made[1], " Recovery", CARIN, TEST).code == "keys.recovery-stays"
    assert station_keys(home).recover(made[1].lower(), "anna", CARIN, TEST) == "Anna"
    assert refusal(unlock, home, ANNA).code == "keys.wrong-passphrase"
    whole(home, CARIN)
    assert names(home, CARIN) == ["Anna", "recovery", "Berit"]
    assert station_keys(home).recover(made[1], "Eva", "sex nya ord i rad", TEST) == "Eva"
    assert names(home, CARIN) == ["Anna", "recovery", "Berit", "Eva"]


def test_t21_a_new_code_ends_the_old_one_and_is_to_be_typed_back(home: Home, made: tuple[Path, str]) -> None:
    code = station_keys(home).new_code(ANNA, TEST)
    assert refusal(unlock, home, made[1]).code == "keys.wrong-passphrase"
    with unlock(home, code) as station:
        assert not recovery_confirmed(station)
        confirm_recovery(station, code)
    whole(home, BERIT)


def test_c1_nothing_is_removed_while_another_window_has_the_station(home: Home) -> None:
    before = home.keyring.read_bytes()
    with unlock(home, BERIT):
        assert refusal(station_keys(home).remove, ANNA, "Berit").code == "keys.station-in-use"
        assert home.keyring.read_bytes() == before
        station_keys(home).add(ANNA, "Carin", CARIN, TEST)
    assert names(home, CARIN) == ["Anna", "recovery", "Berit", "Carin"]
    station_keys(home).remove(CARIN, "Berit")
    whole(home, CARIN)


STEPS = ("begin", "first", "second", "end")


def _kill_at(home: Home, place: str, number: int) -> None:
    """Remove Berit's key in a process that kills itself in the middle of it."""
    child = os.fork()
    if child == 0:
        patch(place, number)
        station_keys(home).remove(ANNA, "Berit")
        os._exit(0)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL


def patch(place: str, number: int) -> None:
    """Die when `place` is called for the `number`th time, before it does anything."""
    owner, _, name = place.rpartition(".")
    where = {"keyring": Keyring, "rekeying": rekeying}[owner]
    real, count = getattr(where, name), [0]

    def dying(*arguments: object, **named: object) -> object:
        count[0] += 1
        if count[0] == number:
            os.kill(os.getpid(), signal.SIGKILL)
        return real(*arguments, **named)

    setattr(where, name, dying)


@pytest.mark.parametrize(
    ("place", "number"),
    [
        ("keyring._write", 1),
        ("rekeying._note_generation", 1),
        ("rekeying.convert", 1),
        ("rekeying.checkpoint", 1),
        ("rekeying.verify", 3),
        ("rekeying.convert", 2),
        ("rekeying.checkpoint", 2),
        ("rekeying.verify", 4),
        ("rekeying.end", 1),
        ("keyring._write", 2),
        ("rekeying._note_generation", 2),
    ],
)
def test_t21_a_kill_at_any_step_leaves_a_station_that_opens(
    home: Home, made: tuple[Path, str], place: str, number: int
) -> None:
    old = open_keyring(home.keyring, BERIT)
    _kill_at(home, place, number)
    whole(home, ANNA)
    whole(home, made[1])
    begun = (place, number) != ("keyring._write", 1)
    if begun:
        assert refusal(unlock, home, BERIT).code == "keys.wrong-passphrase"
        assert refusal(open_database, home.responses, old.secrets[RESPONSES_KEY]).code == "database.wrong-key"
        assert refusal(open_database, home.workspace, old.secrets[WORKSPACE_KEY]).code == "database.wrong-key"
    else:
        whole(home, BERIT)
    assert not list(home.root.glob(".keyring.*"))


@pytest.fixture
def typed(tmp_path: Path) -> Iterator[Callable[[str], str]]:
    def file(text: str) -> str:
        path = tmp_path / f"{len(list(tmp_path.iterdir()))}.txt"
        path.write_text(text + "\n", encoding="utf-8")
        return str(path)

    yield file


def test_p5_a_key_costs_the_normal_profile_unless_another_is_named() -> None:
    for make in (Keys.add, Keys.change, Keys.recover, Keys.new_code, StationKeys.new_code, set_up):
        assert signature(make).parameters["profile"].default is NORMAL


@pytest.mark.usefixtures("cheap_keys")
def test_c1_the_command_does_the_same(
    home: Home, made: tuple[Path, str], typed: Callable[[str], str], capsys: pytest.CaptureFixture[str]
) -> None:
    def run(*words: str, secret: str = ANNA) -> tuple[int, str, str]:
        status = main(["keys", *words, "--home", str(home.root), "--passphrase-file", typed(secret)])
        out, err = capsys.readouterr()
        return status, out, err

    assert run("list")[:2] == (0, "Anna\tlösenfras\nrecovery\tåterställningskod\nBerit\tlösenfras\n")
    status, proposed, _ = run("add", "Carin", "--propose")
    assert status == 0
    whole(home, proposed.strip())
    assert run("change", "--new-passphrase-file", typed("sju nya ord i en rad"), secret=BERIT)[0] == 0
    status, _, said = run("remove", "berit", secret="sju nya ord i en rad")
    assert status == 1 and "din egen nyckel" in said and "cli.not-confirmed" in said
    assert "Berit" in names(home, ANNA)
    status, _, said = run("remove", "Berit", "--yes", secret="sju nya ord i en rad")
    assert status == 0 and "din egen nyckel" in said and "Kopior av mappen" in said
    status, code, _ = run("recover", "Anna", "--propose", "--new-code", secret=made[1])
    assert status == 0
    passphrase, code = code.splitlines()
    whole(home, passphrase)
    whole(home, code)
    assert names(home, code) == ["Anna", "recovery", "Carin"]
    status, _, said = run("remove", "Anna", secret="fel fel fel fel")
    assert status == 1 and "keys.wrong-passphrase" in said
