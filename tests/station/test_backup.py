"""C3, T8: a backup is of one moment and without the workspace; what is restored is another station; rescue saves what it can."""

import os
import shutil
import signal
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import Any

import pytest

from interview.archive.central import new_recipient
from interview.archive.collecting import add_station, collect
from interview.audit.auditing import audit
from interview.calls.cases import Case
from interview.cli.main import main
from interview.crypto.slots import TEST
from interview.database.opening import KEY, PAGE, Database, open_database
from interview.errors import InterviewError
from interview.paths import Home
from interview.station import backup, casework
from interview.station.backup import MAGIC, BackedUp, back_up, replace_damaged, rescue, restore
from interview.station.exporting import export
from interview.station.keys import station_keys
from interview.station.setup import confirm_recovery, recovery_confirmed, set_up
from interview.station.simulating import simulate
from interview.station.station import RESPONSES_KEY, SIGNING_KEY, WORKSPACE_KEY, Station
from interview.station.unlocking import unlock
from interview.store.copying import Copied, copy_responses
from interview.store.keyring import open_keyring
from interview.store.responses import Responses
from tests.crashes.kills import Tell, kill_at, needs_forks

PASSPHRASE, OTHER = "fyra ord utan samband", "en helt annan lösenfras"
COUNT = 30


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A station of two people with responses and a case, and its recovery code."""
    home = Home(tmp_path_factory.mktemp("made") / "station")
    station, code = set_up(home, PASSPHRASE, name="Anna", profile=TEST)
    with station:
        confirm_recovery(station, code)
        station.responses.add_many(station.survey_hash, [os.urandom(3000) for _ in range(COUNT)])
        casework.add_case(station, Case(id="", unit="", name="Kanarie Fågelsson", telephone="070-174 06 05"))
    station_keys(home).add(PASSPHRASE, "Berit", OTHER, TEST)
    return home.root, code


@pytest.fixture
def home(made: tuple[Path, str], tmp_path: Path) -> Home:
    return Home(shutil.copytree(made[0], tmp_path / "station"))


@pytest.fixture
def new(tmp_path: Path) -> Home:
    return Home(tmp_path / "new")


def refusal(function: Callable[..., object], *arguments: object) -> InterviewError:
    with pytest.raises(InterviewError) as caught:
        function(*arguments)
    return caught.value


def hashes(station: Station) -> set[bytes]:
    return {digest for digest, _ in station.responses.waiting(station.survey_hash)}


def test_c3_a_restored_station_has_the_responses_the_people_and_a_new_signing_key(
    home: Home, new: Home, made: tuple[Path, str], tmp_path: Path
) -> None:
    with unlock(home, PASSPHRASE) as station:
        before, old_key, identity = hashes(station), station.signing_key.public, station.identity
        assert back_up(station, tmp_path / "b").responses == COUNT
    restored_station, restored = restore(new, tmp_path / "b", OTHER)
    with restored_station as station:
        assert hashes(station) == before and restored.responses == COUNT
        assert station.responses.waiting_count(station.survey_hash) == COUNT
        assert station.identity == identity
        assert station.signing_key.public != old_key
        assert station.workspace.cases(station.survey_hash) == ()
        assert recovery_confirmed(station)
        assert restored.card == new.card and new.card.exists()
    for secret in (PASSPHRASE, OTHER, made[1]):
        unlock(new, secret).close()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["b", "new", "station"]
    assert not list(home.root.glob(".*"))


def test_p3_a_backup_has_no_workspace_and_no_key_to_it(home: Home, new: Home, tmp_path: Path) -> None:
    with unlock(home, PASSPHRASE) as station:
        back_up(station, tmp_path / "b")
    content = (tmp_path / "b").read_bytes()
    length = int.from_bytes(content[len(MAGIC) : len(MAGIC) + 4], "big")
    new.root.mkdir()
    new.keyring.write_bytes(content[len(MAGIC) + 4 :][:length])
    held, own = open_keyring(new.keyring, PASSPHRASE), open_keyring(home.keyring, PASSPHRASE)
    assert set(held.secrets) == {RESPONSES_KEY}
    assert held.secrets[RESPONSES_KEY] not in own.secrets.values()
    for name in (WORKSPACE_KEY, SIGNING_KEY, RESPONSES_KEY):
        assert own.secrets[name] not in content
    assert b"Kanarie" not in content
    assert (
        refusal(restore, Home(tmp_path / "other"), tmp_path / "station/keyring", PASSPHRASE).code
        == "station.not-a-backup"
    )


def test_t2_nothing_of_the_order_of_arrival_is_in_a_backup(home: Home, new: Home, tmp_path: Path) -> None:
    """Its rows were written in the order of their keys, and no finishing came along."""
    with unlock(home, PASSPHRASE) as station:
        station.responses.database.execute("INSERT INTO finishing VALUES (x'0102')")
        back_up(station, tmp_path / "b")
        station.responses.database.execute("DELETE FROM finishing")
    with restore(new, tmp_path / "b", PASSPHRASE)[0] as station:
        assert station.responses.tokens() == frozenset()


def test_c3_a_backup_is_of_one_moment_while_others_write(
    home: Home, new: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with unlock(home, PASSPHRASE) as station, unlock(home, OTHER) as other:

        def copy(source: Database, target: Responses, **how: Any) -> Copied:
            assert source.query("SELECT count(*) FROM response") == [(COUNT,)]
            other.responses.add_many(other.survey_hash, [os.urandom(3000)])
            return copy_responses(source, target, **how)

        monkeypatch.setattr(backup, "copy_responses", copy)
        assert back_up(station, tmp_path / "b") == BackedUp(tmp_path / "b", COUNT, COUNT)
        assert station.responses.waiting_count(station.survey_hash) == COUNT + 1
    monkeypatch.undo()
    with restore(new, tmp_path / "b", PASSPHRASE)[0] as station:
        assert len(hashes(station)) == station.responses.waiting_count(station.survey_hash) == COUNT


def test_c3_a_backup_takes_the_place_of_nothing_but_an_earlier_one(home: Home, tmp_path: Path) -> None:
    """A file of another kind stays as it was, and the station's own folder is no place for a copy of it."""
    form = tmp_path / "utskrivning.yaml"
    form.write_text("name: utskrivning", encoding="utf-8")
    with unlock(home, PASSPHRASE) as station:
        assert refusal(back_up, station, form).code == "station.backup-over-file"
        assert refusal(back_up, station, home.root / "b").code == "station.backup-inside"
        first = back_up(station, tmp_path / "b").path.read_bytes()
        assert back_up(station, tmp_path / "b").path.read_bytes() != first
    assert form.read_text(encoding="utf-8") == "name: utskrivning"
    assert not (home.root / "b").exists()


def test_t8_a_changed_backup_is_refused_whole(home: Home, new: Home, tmp_path: Path) -> None:
    file = tmp_path / "b"
    with unlock(home, PASSPHRASE) as station:
        back_up(station, file)
    whole = file.read_bytes()
    told = {"station.not-a-backup", "keys.damaged", "keys.wrong-passphrase", "database.damaged", "database.wrong-key"}
    told |= {"crypto.unreasonable-parameters", "keys.newer"}
    changed = [whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :] for place in range(0, len(whole), 4999)]
    changed += [whole[:length] for length in (0, 10, 30, 3000, len(whole) - 1, len(whole) - PAGE)]
    changed += [whole + b"x", whole + bytes(PAGE)]
    for content in changed:
        file.write_bytes(content)
        assert refusal(restore, new, file, PASSPHRASE).code in told
        assert not new.root.exists()
    assert refusal(restore, new, tmp_path / "nowhere", PASSPHRASE).code == "files.not-found"
    file.write_bytes(whole)
    assert refusal(restore, new, file, "fel fel fel fel").code == "keys.wrong-passphrase"
    assert refusal(restore, home, file, PASSPHRASE).code == "station.already-set-up"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["b", "station"]


def test_t8_rescue_saves_every_response_that_is_whole_and_changes_nothing(
    home: Home, new: Home, tmp_path: Path
) -> None:
    with unlock(home, PASSPHRASE) as station:
        every = hashes(station)
        key = station.keyring.secrets[RESPONSES_KEY]
    whole = home.responses.read_bytes()
    pages = _pages_of_responses(home, key)
    damaged = _flipped(whole, pages[5::12])
    home.responses.write_bytes(damaged)
    assert refusal(unlock, home, PASSPHRASE).code == "station.damaged"
    saved = rescue(home, PASSPHRASE, tmp_path / "saved")
    readable = _readable_one_by_one(home, key, every)
    assert saved.expected == COUNT > saved.responses >= len(readable) > 0
    assert home.responses.read_bytes() == damaged
    with restore(new, tmp_path / "saved", PASSPHRASE)[0] as station:
        assert readable <= hashes(station) < every
        assert len(hashes(station)) == station.responses.waiting_count(station.survey_hash) == saved.responses
        assert all(
            sha256(sealed).digest() == digest for digest, sealed in station.responses.waiting(station.survey_hash)
        )


def test_t8_a_response_that_is_not_its_hash_is_neither_backed_up_nor_saved(home: Home, tmp_path: Path) -> None:
    """Changed by somebody who has the key, so that every page is in order."""
    with unlock(home, PASSPHRASE) as station:
        station.responses.database.execute(
            "UPDATE response SET sealed = x'00' WHERE hash = (SELECT min(hash) FROM response)"
        )
        assert refusal(back_up, station, tmp_path / "b").code == "database.damaged"
        assert not (tmp_path / "b").exists()
    saved = rescue(home, PASSPHRASE, tmp_path / "saved")
    assert (saved.responses, saved.expected) == (COUNT - 1, COUNT)


def _pages_of_responses(home: Home, key: bytes) -> list[int]:
    """The pages nothing but responses are read from."""
    whole, found = home.responses.read_bytes(), []
    for page in range(2, len(whole) // PAGE + 1):
        home.responses.write_bytes(_flipped(whole, [page]))
        with suppress(InterviewError), open_database(home.responses, key, read_only=True) as database:
            for table in ("station", "survey", "questionnaire", "batch", "batch_member", "receipt", "finishing"):
                database.query(f"SELECT * FROM {table}")
            found.append(page)
    home.responses.write_bytes(whole)
    return found


def _readable_one_by_one(home: Home, key: bytes, every: set[bytes]) -> set[bytes]:
    readable = set()
    for digest in every:
        with suppress(InterviewError), open_database(home.responses, key, read_only=True) as database:
            rows = database.query("SELECT sealed FROM response WHERE hash = ?", (digest,))
            if rows and sha256(rows[0][0]).digest() == digest:
                readable.add(digest)
    return readable


def _flipped(whole: bytes, pages: list[int]) -> bytes:
    changed = bytearray(whole)
    for page in pages:
        changed[(page - 1) * PAGE + 500] ^= 1
    return bytes(changed)


def test_t8_what_the_responses_belong_to_must_be_readable(home: Home, tmp_path: Path) -> None:
    damaged = bytearray(home.responses.read_bytes())
    for start in range(PAGE, len(damaged), PAGE):
        damaged[start + 500] ^= 1
    home.responses.write_bytes(bytes(damaged))
    assert refusal(rescue, home, PASSPHRASE, tmp_path / "saved").code == "station.beyond-rescue"
    assert refusal(rescue, Home(tmp_path / "nowhere"), PASSPHRASE, tmp_path / "saved").code == "station.no-station"
    assert not (tmp_path / "saved").exists()
    assert not list(home.root.glob(".backup-*"))


@pytest.fixture
def killed(home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What a backup leaves that is killed when the copy is whole."""

    def work(tell: Tell) -> None:
        monkeypatch.setattr(backup, "_packed", lambda *parts: os.kill(os.getpid(), signal.SIGKILL))
        with unlock(home, PASSPHRASE) as station:
            back_up(station, tmp_path / "b")

    assert kill_at(work, -1).killed and not (tmp_path / "b").exists()
    (left,) = home.root.glob(".backup-*")
    return left


@needs_forks
def test_t21_what_a_killed_backup_leaves_opens_to_nobody(home: Home, killed: Path) -> None:
    """There is no keyring, and no key of the station's fits; it goes when somebody's key is removed."""
    assert {path.name.partition("-")[0] for path in killed.iterdir()} == {"responses.db"}
    for secret in (value for value in open_keyring(home.keyring, OTHER).secrets.values() if len(value) == KEY):
        assert refusal(open_database, killed / "responses.db", secret).code == "database.wrong-key"
    station_keys(home).remove(PASSPHRASE, "Berit")
    assert not killed.exists()


@needs_forks
def test_t21_what_a_killed_backup_leaves_goes_at_the_next_backup_or_start_a_day_later(
    home: Home, killed: Path, tmp_path: Path
) -> None:
    """What was just written may be another window's, and is left for a day."""
    kept = Path(shutil.copytree(killed, home.root / ".backup-0"))
    unlock(home, PASSPHRASE).close()
    assert killed.exists() and kept.exists()
    grow_old(killed)
    os.utime(kept)
    with unlock(home, PASSPHRASE) as station:
        assert kept.exists() and not killed.exists()
        (tmp_path / f".b.{'0' * 16}").write_bytes(b"half a backup")
        back_up(station, tmp_path / "b")
        assert kept.exists()
        grow_old(kept)
        back_up(station, tmp_path / "b")
    assert not kept.exists() and sorted(path.name for path in tmp_path.iterdir()) == ["b", "station"]


def grow_old(folder: Path) -> None:
    """Let nothing have been written in a folder for long."""
    for path in (*folder.iterdir(), folder):
        os.utime(path, (0, 0))


@pytest.mark.parametrize("raised", [InterviewError("database.disk-full"), OSError("no more"), KeyboardInterrupt()])
def test_c3_a_damaged_station_is_where_it_was_when_none_can_take_its_place(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, raised: BaseException
) -> None:
    """Whatever keeps the new one from being made: a refusal, the system, somebody who breaks off."""
    with unlock(home, PASSPHRASE) as station:
        back_up(station, tmp_path / "b")
    before = {path.name: path.read_bytes() for path in home.root.iterdir()}

    def fail(*parts: Any) -> Any:
        raise raised

    monkeypatch.setattr(backup, "copy_responses", fail)
    with pytest.raises(type(raised)):
        replace_damaged(home, tmp_path / "b", PASSPHRASE)
    assert {path.name: path.read_bytes() for path in home.root.iterdir()} == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["b", "station"]


def test_c3_two_windows_may_make_a_backup_at_once(home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither takes away what the other puts together."""
    pack = backup._packed
    with unlock(home, PASSPHRASE) as one, unlock(home, PASSPHRASE) as other:

        def meanwhile(*parts: Any) -> Any:
            monkeypatch.setattr(backup, "_packed", pack)
            assert back_up(other, tmp_path / "b").responses == COUNT
            return pack(*parts)

        monkeypatch.setattr(backup, "_packed", meanwhile)
        assert back_up(one, tmp_path / "a").responses == COUNT
    assert (tmp_path / "a").exists() and (tmp_path / "b").exists() and not list(home.root.glob(".backup-*"))


def test_c3_a_restored_station_has_no_order_of_its_own(home: Home, new: Home, tmp_path: Path) -> None:
    """T2: the pages of what was copied are as if it had been written in the order of the keys alone."""
    with unlock(home, PASSPHRASE) as station:
        station.responses.add_many(station.survey_hash, [os.urandom(9_000) for _ in range(3 * COUNT)])
        back_up(station, tmp_path / "b")
    restore(new, tmp_path / "b", PASSPHRASE)[0].close()
    assert audit(new, PASSPHRASE).codes.isdisjoint({"rowid", "cell-order", "page-order", "wal", "wal-index"})


def test_c3_a_restored_station_exports_under_its_new_card(tmp_path: Path) -> None:
    """P6, T4: what left before stays away, and the archive takes the new station once its card is there."""
    central, _ = new_recipient(Home(tmp_path / "central"), "Centralen", PASSPHRASE, TEST)
    home, new = Home(tmp_path / "station"), Home(tmp_path / "new")
    with set_up(home, PASSPHRASE, profile=TEST)[0] as station:
        stored = simulate(station, 20, Random(1))
        first = export(station, to=tmp_path / "out")
        later = simulate(station, 20, Random(2))
        assert stored >= 10 and later >= 10
        back_up(station, tmp_path / "b")
    with restore(new, tmp_path / "b", PASSPHRASE)[0] as station, central:
        assert refusal(lambda: export(station, again=True)).code == "exchange.by-earlier-key"
        second = export(station, to=tmp_path / "out")
        assert (second.count, second.seq) == (later, 2)
        add_station(central, home.card.read_bytes(), rehearsal=True)
        old, unknown = collect(central, [first.path, second.path], rehearsal=True)
        assert old.refused is None and unknown.refused is not None
        add_station(central, new.card.read_bytes(), rehearsal=True)
        (taken,) = collect(central, [second.path], rehearsal=True)
        assert taken.refused is None


def test_c3_the_commands_say_what_copies_reveal_and_that_the_card_is_new(
    home: Home, new: Home, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    secret = tmp_path / "secret"
    secret.write_text(PASSPHRASE + "\n", encoding="utf-8")

    def run(*words: str, at: Home = home) -> tuple[Any, ...]:
        status = main([*words, "--home", str(at.root), "--passphrase-file", str(secret)])
        return status, *capsys.readouterr()

    file = str(tmp_path / "b")
    status, out, said = run("backup", "--to", file)
    assert (status, out) == (0, file + "\n") and "två kopior från olika tider" in said
    status, out, said = run("restore", file, at=new)
    assert (status, out) == (0, f"{new.card}\n") and "ny underskriftsnyckel" in said
    status, out, said = run("rescue", "--to", str(tmp_path / "r"))
    assert status == 0 and f"{COUNT} av {COUNT}" in said
