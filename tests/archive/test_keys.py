"""C1, T21: who can open a central home; a removed key opens nothing new, and a kill at any step loses nothing."""

import os
import shutil
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from interview.archive.central import Central, new_recipient, new_survey, open_central
from interview.archive.keys import ARCHIVE_KEY, REHEARSAL_KEY, central_keys, rehearsal_archive
from interview.archive.store import Archive
from interview.cli.main import main
from interview.crypto.slots import TEST
from interview.database.opening import open_database
from interview.database.wal import FRAME, HEADER, log_of, walk
from interview.errors import InterviewError
from interview.paths import Home
from interview.questionnaire.canonical import canonical_bytes
from interview.store import rekeying
from interview.store.keyring import Keyring, open_keyring
from tests.archive.conftest import nasty_form

ANNA, BERIT, CARIN = "fyra ord utan samband", "en helt annan lösenfras", "ytterligare några ord här"
COUNT = 20


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A central home of two people with a survey and responses in both archives, and its recovery code."""
    home = Home(tmp_path_factory.mktemp("made") / "central")
    central, code = new_recipient(home, "Anna", ANNA, TEST)
    with central:
        new_survey(
            central, to=home.root / "host.survey", id="host-2026", title="Hösten", starts="2026-09", ends="2026-12",
            questionnaire=canonical_bytes(nasty_form()), units=[{"id": "vc-norr", "name": "Norr"}],
        )  # fmt: skip
        for rehearsal in (False, True):
            archive = central.archive(rehearsal=rehearsal)
            with archive.database.transaction():
                for _ in range(COUNT):
                    archive.add_response(os.urandom(32), bytes(32), os.urandom(3000))
    central_keys(home).add(ANNA, "Berit", BERIT, TEST)
    return home.root, code


@pytest.fixture
def home(made: tuple[Path, str], tmp_path: Path) -> Home:
    return Home(Path(shutil.copytree(made[0], tmp_path / "central")))


def refusal(function: Callable[..., object], *arguments: object) -> InterviewError:
    with pytest.raises(InterviewError) as caught:
        function(*arguments)
    return caught.value


def responses(central: Central, *, rehearsal: bool) -> int:
    archive = central.archive(rehearsal=rehearsal)
    rows = archive.database.query("SELECT content FROM response")
    return sum(len(row[0]) == 3000 for row in rows)


def whole(home: Home, secret: str) -> None:
    """The home opens and has everything, and no exchange of keys is under way."""
    with open_central(home, secret) as central:
        assert [signed.survey.id for signed in central.archive().surveys()] == ["host-2026"]
        assert [responses(central, rehearsal=rehearsal) for rehearsal in (False, True)] == [COUNT, COUNT]
    assert not rekeying.is_begun(open_keyring(home.keyring, secret))


def names(home: Home, secret: str) -> list[str]:
    return [key.name for key in central_keys(home).all(secret)]


def test_t21_a_removed_key_opens_no_archive_even_with_the_old_keyring(home: Home, made: tuple[Path, str]) -> None:
    old_file, old = home.keyring.read_bytes(), open_keyring(home.keyring, BERIT)
    recipient = home.card.read_bytes()
    central_keys(home).remove(ANNA, "berit")
    assert names(home, ANNA) == ["Anna", "recovery"]
    assert refusal(open_central, home, BERIT).code == "keys.wrong-passphrase"
    for secret in (ANNA, made[1]):
        whole(home, secret)
    assert home.card.read_bytes() == recipient
    for path, name in ((home.archive, ARCHIVE_KEY), (rehearsal_archive(home), REHEARSAL_KEY)):
        assert refusal(open_database, path, old.secrets[name]).code == "database.wrong-key"
    home.keyring.write_bytes(old_file)
    with open_central(home, BERIT) as central:
        assert refusal(central.archive).code == "database.wrong-key"


def test_p5_an_older_keyring_is_refused(home: Home) -> None:
    """One from before a key was added opens the same databases; the archive knows that there was a newer one."""
    before = home.keyring.read_bytes()
    central_keys(home).add(ANNA, "Carin", CARIN, TEST)
    home.keyring.write_bytes(before)
    with open_central(home, ANNA) as central:
        assert refusal(central.archive).code == "archive.keyring-older"
    assert refusal(central_keys(home).all, ANNA).code == "archive.keyring-older"


def test_p5_a_key_added_meanwhile_is_no_older_keyring(home: Home) -> None:
    with open_central(home, ANNA) as central:
        central_keys(home).add(ANNA, "Carin", CARIN, TEST)
        assert responses(central, rehearsal=False) == COUNT


def test_c1_keys_are_changed_and_recovered_as_at_a_station(home: Home, made: tuple[Path, str]) -> None:
    keys = central_keys(home)
    assert keys.change(BERIT, CARIN, profile=TEST) == "Berit"
    assert refusal(open_central, home, BERIT).code == "keys.wrong-passphrase"
    assert keys.recover(made[1], "anna", "sju nya ord i en rad", TEST) == "Anna"
    code = keys.new_code(CARIN, TEST)
    assert refusal(open_central, home, made[1]).code == "keys.wrong-passphrase"
    assert names(home, code) == ["Anna", "recovery", "Berit"]
    whole(home, code)
    keys.remove(CARIN, "Anna")
    assert refusal(keys.remove, CARIN, "Berit").code == "keys.last-passphrase"
    with open_central(home, CARIN) as central:
        central.archive()
        assert refusal(keys.change, CARIN, ANNA).code == "keys.station-in-use"
    whole(home, CARIN)


def test_c1_a_home_where_nothing_was_collected_has_keys_too(tmp_path: Path) -> None:
    home = Home(tmp_path / "central")
    new_recipient(home, "Anna", ANNA, TEST)[0].close()
    central_keys(home).add(ANNA, "Berit", BERIT, TEST)
    central_keys(home).remove(BERIT, "Anna")
    with open_central(home, BERIT) as central:
        assert central.archive().surveys() == () and central.archive(rehearsal=True).surveys() == ()


STEPS = [
    (Keyring, "_write", 1),
    (rekeying, "_note_generation", 1),
    *((rekeying, step, number) for number in (1, 2) for step in ("convert", "checkpoint")),
    *((rekeying, "verify", number) for number in (3, 4)),
    (rekeying, "end", 1),
    (Keyring, "_write", 2),
    (rekeying, "_note_generation", 2),
]


@pytest.mark.parametrize(("where", "step", "number"), STEPS)
def test_t21_a_kill_at_any_step_leaves_a_home_that_opens(
    home: Home, made: tuple[Path, str], where: Any, step: str, number: int
) -> None:
    old = open_keyring(home.keyring, BERIT)
    child = os.fork()
    if child == 0:
        _die_at(where, step, number)
        central_keys(home).remove(ANNA, "Berit")
        os._exit(0)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
    whole(home, ANNA)
    whole(home, made[1])
    if (step, number) == ("_write", 1):
        whole(home, BERIT)
        return
    assert refusal(open_central, home, BERIT).code == "keys.wrong-passphrase"
    assert refusal(open_database, home.archive, old.secrets[ARCHIVE_KEY]).code == "database.wrong-key"
    assert not list(home.root.glob(".keyring.*"))


def _die_at(where: Any, step: str, number: int) -> None:
    """Die when a step is called for the `number`th time, before it does anything."""
    real, count = getattr(where, step), [0]

    def dying(*arguments: object, **named: object) -> object:
        count[0] += 1
        if count[0] == number:
            os.kill(os.getpid(), signal.SIGKILL)
        return real(*arguments, **named)

    setattr(where, step, dying)


@pytest.mark.usefixtures("cheap_keys")
def test_c1_the_command_serves_a_central_home(
    home: Home, made: tuple[Path, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """And says what whoever left may have taken along: the keys that open responses stay."""

    def run(*words: str, secret: str = ANNA) -> tuple[int, str, str]:
        file = tmp_path / "secret"
        file.write_text(secret + "\n", encoding="utf-8")
        status = main(["keys", *words, "--home", str(home.root), "--passphrase-file", str(file)])
        return status, *capsys.readouterr()

    assert run("list")[:2] == (0, "Anna\tlösenfras\nrecovery\tåterställningskod\nBerit\tlösenfras\n")
    status, proposed, _ = run("add", "Carin", "--propose")
    assert status == 0
    status, _, said = run("remove", "Berit", secret=proposed.strip())
    assert status == 0 and "interview recipient new" in said
    assert run("change", "--propose")[0] == 0
    status, told, _ = run("recover", "Eva", "--propose", "--new-code", secret=made[1])
    assert status == 0
    passphrase, code = told.splitlines()
    whole(home, passphrase)
    assert names(home, code) == ["Anna", "recovery", "Carin", "Eva"]


def powered_off(home: Home, name: str, to: Path, write: Callable[[Archive], object]) -> tuple[Home, Path]:
    """A copy of a central home as a power failure leaves it after a write to one of its archives, and that archive's log."""
    with open_central(home, ANNA) as central:
        write(central.archive(rehearsal=name != "archive.db"))
        shutil.copytree(home.root, to, ignore=shutil.ignore_patterns("*-shm"))
    return Home(to), log_of(to / name)


def added(*counts: int) -> Callable[[Archive], None]:
    """Writes of so many responses each."""

    def write(archive: Archive) -> None:
        for count in counts:
            with archive.database.transaction():
                for _ in range(count):
                    archive.add_response(os.urandom(32), bytes(32), os.urandom(3000))

    return write


@pytest.mark.parametrize("name", ["archive.db", "rehearsal.db"])
def test_t8_what_a_power_failure_left_behind_a_logs_end_is_never_taken_for_damage(
    home: Home, tmp_path: Path, name: str
) -> None:
    """The rest of a long write that was cut lies behind a short one made later, which another power failure ends."""
    torn, log = powered_off(home, name, tmp_path / "torn", added(1, 30))
    content = log.read_bytes()
    starts = range(HEADER, len(content), FRAME)
    cut = next(start for start in starts if any(content[start + 4 : start + 8])) + FRAME
    log.write_bytes(content[:cut] + bytes(FRAME) + content[cut + FRAME :])
    assert walk(torn.root / name).remnant
    again, log = powered_off(torn, name, tmp_path / "again", added(1))
    assert not walk(again.root / name).doubtful
    central_keys(again).remove(ANNA, "Berit")
    with open_central(again, ANNA) as central:
        assert responses(central, rehearsal=name != "archive.db") == COUNT + 2


def test_t8_a_log_that_was_changed_is_told_and_lies_as_it_was(home: Home, tmp_path: Path) -> None:
    changed, log = powered_off(home, "archive.db", tmp_path / "changed", added(2, 2))
    content = bytearray(log.read_bytes())
    content[HEADER + 2000] ^= 1
    log.write_bytes(content)
    with open_central(changed, ANNA) as central:
        assert refusal(central.archive).code == "database.damaged"
    assert log.read_bytes() == content
