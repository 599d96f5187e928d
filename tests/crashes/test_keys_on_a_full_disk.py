"""T18, T21, C5: a disk without the room, or the health, for an exchange of keys keeps nobody out and loses no key."""

import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from interview.calls.cases import Case
from interview.cli.main import main
from interview.crypto.slots import TEST
from interview.database.inspection import verify
from interview.database.opening import open_database
from interview.errors import InterviewError
from interview.messages import LANGUAGES, Catalogue
from interview.paths import Home
from interview.station import casework
from interview.station.keys import station_keys, station_vault
from interview.station.retention import NEW_KEYS_DUE
from interview.station.setup import confirm_recovery, recovery_confirmed, set_up
from interview.station.station import RESPONSES_KEY, Station
from interview.station.unlocking import unlock
from interview.store import rekeying
from interview.store.keyring import Keyring, open_keyring
from interview.store.keys import Keys
from tests.crashes.disk import Fault, FullOnce, Operation, available, mounted, watched
from tests.station.test_tampering import files

ANNA, BERIT = "fyra ord utan samband", "en helt annan lösenfras"
FEW, MANY = 80, 800
"""Responses: all of the file fits in what is kept in memory while it is encrypted anew, or does not."""
SOME_ROOM = 160 * 1024
"""What a day's work needs, and an exchange of keys is far from content with."""


@pytest.fixture(scope="module", params=[FEW, MANY])
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str, int]:
    """A locked station with responses, its recovery code, how many there are."""
    home, count = Home(tmp_path_factory.mktemp("made") / "station"), int(request.param)
    station, code = set_up(home, ANNA, name="Anna", profile=TEST)
    with station:
        confirm_recovery(station, code)
        station.responses.add_many(station.survey_hash, [os.urandom(3000) for _ in range(count)])
    return home.root, code, count


@pytest.fixture
def home(made: tuple[Path, str, int], tmp_path: Path) -> Iterator[Home]:
    """A copy of it on a disk of its own, with a little room beside."""
    with mounted(tmp_path / "disk", "12m") as own:
        if not own:
            pytest.skip("no file system can be mounted here")
        yield Home(Path(shutil.copytree(made[0], tmp_path / "disk" / "station")))


def fill(home: Home) -> None:
    """Leave only some room on its disk."""
    free = shutil.disk_usage(home.root).free
    (home.root.parent / "filler").write_bytes(bytes(free - SOME_ROOM))


def make_room(home: Home) -> None:
    (home.root.parent / "filler").unlink()


def opens(home: Home, secret: str) -> bool:
    try:
        open_keyring(home.keyring, secret)
    except InterviewError as error:
        assert error.code == "keys.wrong-passphrase"
        return False
    return True


def works(station: Station, count: int) -> None:
    """Everything is there, and a day's work can be done."""
    assert len(list(station.responses.waiting(station.survey_hash))) == count
    casework.add_case(station, Case("", "", "Påhittad", "070-174 06 05"))


def secrets(home: Home, secret: str = ANNA) -> Mapping[str, bytes]:
    return open_keyring(home.keyring, secret).secrets


def test_t21_without_room_no_exchange_of_keys_begins(home: Home, made: tuple[Path, str, int]) -> None:
    """The code on the paper and the passphrase hold on, and the station opens."""
    _, code, count = made
    fill(home)
    before = files(home)
    changes: tuple[Callable[[Keys], object], ...] = (
        lambda keys: keys.new_code(ANNA, TEST),
        lambda keys: keys.change(ANNA, BERIT, profile=TEST),
        lambda keys: keys.recover(code, "Eva", BERIT, TEST),
    )
    for change in changes:
        with pytest.raises(InterviewError) as caught:
            change(station_keys(home))
        assert caught.value.code == "keys.no-room"
        for language in LANGUAGES:
            assert "MB" in Catalogue(language).error(caught.value)[0]
        assert files(home) == before
    assert opens(home, code)
    with unlock(home, ANNA) as station:
        works(station, count)
        assert recovery_confirmed(station)
    make_room(home)
    assert opens(home, station_keys(home).new_code(ANNA, TEST)) and not opens(home, code)


def test_t18_without_room_the_exchange_at_the_end_of_a_survey_is_put_off(
    home: Home, made: tuple[Path, str, int]
) -> None:
    with unlock(home, ANNA) as station:
        station.responses.set_setting(NEW_KEYS_DUE, b"1")
    before = secrets(home)
    fill(home)
    for _ in range(2):
        with unlock(home, ANNA) as station:
            assert len(list(station.responses.waiting(station.survey_hash))) == made[2]
    assert secrets(home) == before
    make_room(home)
    unlock(home, ANNA).close()
    assert secrets(home)[RESPONSES_KEY] != before[RESPONSES_KEY]


@pytest.mark.parametrize("converted", [0, 1, 2])
def test_t21_a_half_done_exchange_on_a_full_disk_keeps_nobody_out(
    home: Home, made: tuple[Path, str, int], converted: int
) -> None:
    """The keyring holds both keys until both files have theirs, and the rest is done when there is room."""
    vault, keyring = station_vault(home), open_keyring(home.keyring, ANNA)
    with rekeying.alone(vault, keyring) as held:
        begun = rekeying.begin(vault, held, keyring, lambda present: present.slots)
        for name in list(held)[:converted]:
            rekeying.convert(held[name], begun.secrets[name + rekeying.NEXT])
    fill(home)
    with unlock(home, ANNA) as station:
        works(station, made[2])
        if converted == 0:
            assert rekeying.is_begun(station.keyring)
            # Another window opens too.
            unlock(home, ANNA).close()
    make_room(home)
    with unlock(home, ANNA) as station:
        assert len(list(station.responses.waiting(station.survey_hash))) == made[2]
        assert not rekeying.is_begun(station.keyring)
        assert len(casework.cases(station)) == 1
    for path in (home.responses, home.workspace):
        assert not any(_opens_database(path, key) for key in keyring.secrets.values())


def _opens_database(path: Path, key: bytes) -> bool:
    try:
        open_database(path, key, read_only=True).close()
    except InterviewError:
        return False
    return True


def test_t21_a_new_code_is_told_although_the_disk_fills_up_meanwhile(home: Home, made: tuple[Path, str, int]) -> None:
    """Nothing says so but the file: the library's own command is silent when it fails."""
    _, old, count = made
    vault = station_vault(home)

    def renewed(keyring: Keyring) -> Mapping[str, bytes]:
        # Called when there was room, just before the keyring is written.
        fill(home)
        return vault.renewed(keyring)

    told: list[InterviewError] = []
    code = Keys(replace(vault, renewed=renewed), told.append).new_code(ANNA, TEST)
    assert [error.code for error in told] == ["database.disk-full"]
    assert opens(home, code) and not opens(home, old)
    with unlock(home, code) as station:
        works(station, count)
    assert any(name.endswith(rekeying.NEXT) for name in secrets(home))
    make_room(home)
    with unlock(home, ANNA) as station:
        works(station, count)
    assert not any(name.endswith(rekeying.NEXT) for name in secrets(home))


@pytest.mark.skipif(not available(), reason="the library does not show its VFS")
@pytest.mark.parametrize("fault", [Fault.NO_SPACE, Fault.SHORT, Fault.IO_ERROR])
def test_t21_a_new_key_that_was_not_written_is_never_believed(
    made: tuple[Path, str, int], tmp_path: Path, fault: Fault
) -> None:
    """Whichever write to the log fails; the file is under the old key, whole."""
    old, new = secrets(Home(made[0]))[RESPONSES_KEY], os.urandom(32)

    def rekeyed(path: Path, nth: int) -> int:
        """Whether it failed, and how many writes there were."""
        seen = 0

        def watcher(operation: Operation) -> Fault | None:
            nonlocal seen
            if operation.kind != "write" or not operation.path.name.endswith("-wal"):
                return None
            seen += 1
            return fault if seen == nth else None

        shutil.copy(Home(made[0]).responses, path)
        with watched(watcher), open_database(path, old, alone=True) as database:
            if nth:
                with pytest.raises(InterviewError) as caught:
                    database.rekey(new)
                assert caught.value.code == "database.io-error"
            else:
                database.rekey(new)
        return seen

    writes = rekeyed(tmp_path / "counted.db", 0)
    assert _opens_database(tmp_path / "counted.db", new)
    for nth in (1, 2, 3, writes // 2, writes - 1, writes):
        path = tmp_path / f"{nth}.db"
        rekeyed(path, nth)
        assert not _opens_database(path, new)
        with open_database(path, old) as database:
            verify(database)


@pytest.mark.skipif(not available(), reason="the library does not show its VFS")
@pytest.mark.usefixtures("cheap_keys")
def test_c1_the_command_shows_the_code_and_says_what_was_put_off(
    made: tuple[Path, str, int], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home = Home(Path(shutil.copytree(made[0], tmp_path / "station")))
    (tmp_path / "typed").write_text(ANNA, encoding="utf-8")
    disk = FullOnce(home.keyring)
    with watched(disk):
        status = main(
            ["keys", "change", "--code", "--home", str(home.root), "--passphrase-file", str(tmp_path / "typed")]
        )
    code, said = capsys.readouterr()
    assert (status, disk.begun) == (0, True)
    assert "Ändringen gäller" in said and "Disken är full" in said
    assert opens(home, code.strip()) and not opens(home, made[1])
    with unlock(home, code.strip()) as station:
        assert not rekeying.is_begun(station.keyring)
