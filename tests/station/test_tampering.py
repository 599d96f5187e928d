"""T8: what was changed at a station is found before anything is written, said, and lies as it was with a copy beside it."""

import os
import shutil
import struct
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from interview.calls.cases import Case
from interview.crypto.slots import TEST
from interview.database.opening import PAGE, Database
from interview.database.wal import FRAME, HEADER, _add
from interview.errors import InterviewError
from interview.messages import LANGUAGES, Catalogue
from interview.paths import Home
from interview.station import casework, examining
from interview.station.exporting import export
from interview.station.keys import station_keys, station_vault
from interview.station.setup import set_up
from interview.station.station import RESPONSES_KEY
from interview.station.unlocking import open_station, unlock
from interview.store import rekeying
from interview.store.keyring import open_keyring

PASSPHRASE = "fyra ord utan samband"
COUNT = 12
TOLD = {"station.damaged", "database.damaged", "database.wrong-key"}


def case(name: str) -> Case:
    return Case(id="", unit="", name=name, telephone="070-174 06 05")


@pytest.fixture(scope="module")
def closed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A locked station with responses and cases."""
    home = Home(tmp_path_factory.mktemp("closed") / "station")
    with set_up(home, PASSPHRASE, profile=TEST)[0] as station:
        station.responses.add_many(station.survey_hash, [os.urandom(3000) for _ in range(COUNT)])
        for number in range(20):
            casework.add_case(station, case(f"Övning {number}"))
    return home.root


@pytest.fixture(scope="module")
def killed(closed: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same station as a kill leaves it: five cases and then thirty at once, six commits in the log of the workspace."""
    root = tmp_path_factory.mktemp("killed") / "station"
    work = Home(shutil.copytree(closed, tmp_path_factory.mktemp("work") / "station"))
    station = unlock(work, PASSPHRASE)
    for number in range(5):
        casework.add_case(station, case(f"Senare {number}"))
    with station.workspace.database.transaction():
        for number in range(30):
            casework.add_case(station, case(f"Sist {number}"))
    shutil.copytree(work.root, root, ignore=shutil.ignore_patterns("*-shm"))
    station.close()
    return root


@pytest.fixture
def home(closed: Path, tmp_path: Path) -> Home:
    return Home(shutil.copytree(closed, tmp_path / "station"))


@pytest.fixture
def home_of_killed(killed: Path, tmp_path: Path) -> Home:
    return Home(shutil.copytree(killed, tmp_path / "station"))


def refusal(home: Home) -> InterviewError:
    with pytest.raises(InterviewError) as caught:
        unlock(home, PASSPHRASE).close()
    return caught.value


def found(home: Home, path: Path, content: bytes) -> InterviewError:
    """The refusal of a station one of whose files has other content, which is still there afterwards, and kept."""
    path.write_bytes(content)
    error = refusal(home)
    assert error.code in TOLD
    assert path.read_bytes() == content
    for language in LANGUAGES:
        assert all(Catalogue(language).error(error))
    if error.code == "station.damaged":
        assert error.place == path.name.removesuffix("-wal")
        assert (home.root / str(error.facts["copy"]) / path.name).read_bytes() == content
        shutil.rmtree(home.root / str(error.facts["copy"]))
    return error


def flipped(content: bytes, place: int) -> bytes:
    return content[:place] + bytes([content[place] ^ 0x20]) + content[place + 1 :]


@pytest.mark.parametrize("name", ["responses", "workspace"])
def test_t8_a_flip_in_any_page_is_found(home: Home, name: str) -> None:
    path: Path = getattr(home, name)
    whole = path.read_bytes()
    for start in range(0, len(whole), PAGE):
        error = found(home, path, flipped(whole, start + 100 + start // PAGE))
        assert start == 0 or error.code == "station.damaged"
    path.write_bytes(whole)
    unlock(home, PASSPHRASE).close()


@pytest.mark.parametrize("name", ["responses", "workspace"])
def test_t8_pages_swapped_cut_off_or_added_are_found(home: Home, name: str) -> None:
    path: Path = getattr(home, name)
    whole = path.read_bytes()
    pages = [whole[start : start + PAGE] for start in range(0, len(whole), PAGE)]
    for first in range(1, len(pages) - 1, 3):
        swapped = [*pages]
        swapped[first], swapped[first + 1] = swapped[first + 1], swapped[first]
        found(home, path, b"".join(swapped))
    for left in range(1, len(pages), 4):
        found(home, path, b"".join(pages[:left]))
    found(home, path, whole + pages[-1])
    found(home, path, whole[:-1])


def test_t8_a_flip_in_any_frame_that_a_commit_follows_is_found(home_of_killed: Home) -> None:
    home = home_of_killed
    log = home.workspace.with_name("workspace.db-wal")
    whole = log.read_bytes()
    frames = [(start, whole[start : start + FRAME]) for start in range(HEADER, len(whole), FRAME)]
    commits = [start for start, frame in frames if struct.unpack(">I", frame[4:8])[0]]
    assert len(commits) >= 5
    for start, _ in frames:
        if start < commits[-1]:
            # In its page, its number, each of its salts, its sums.
            for place in (start + 2000, start + 3, start + 9, start + 13, start + 20):
                found(home, log, flipped(whole, place))
    for place in (0, 13, 17, 25):
        found(home, log, flipped(whole, place))
    log.write_bytes(whole)
    with unlock(home, PASSPHRASE) as station:
        assert len(station.workspace.cases(station.survey_hash)) == 55


def test_t8_a_write_cut_short_by_a_power_failure_is_no_damage(home_of_killed: Home, tmp_path: Path) -> None:
    """T18: the last transaction was not acknowledged; whichever parts of it are on the disk, the rest is there."""
    log = home_of_killed.workspace.with_name("workspace.db-wal")
    whole = log.read_bytes()
    starts = list(range(HEADER, len(whole), FRAME))
    commits = [start for start in starts if struct.unpack(">I", whole[start + 4 : start + 8])[0]]
    last = [start for start in starts if start > commits[-2]]
    torn = [whole[: last[-1] + 1000], whole[: last[0]], whole[: last[-1]] + bytes(FRAME)]
    torn.append(whole[: last[0]] + bytes(FRAME) + whole[last[1] :])
    # A frame's header and its page are written one after the other, and a disk may keep any sectors of them.
    page, sector = last[0] + 24, (last[0] // 512 + 3) * 512
    torn.append(whole[:page] + bytes(PAGE) + whole[last[1] :])
    torn.append(whole[:sector] + bytes(512) + whole[sector + 512 :])
    torn.append(whole[:page] + os.urandom(PAGE) + whole[last[1] :] + an_earlier_round(whole))
    for number, content in enumerate(torn):
        home = Home(shutil.copytree(home_of_killed.root, tmp_path / str(number)))
        home.workspace.with_name("workspace.db-wal").write_bytes(content)
        with unlock(home, PASSPHRASE) as station:
            assert len(station.workspace.cases(station.survey_hash)) == 25


def an_earlier_round(log: bytes) -> bytes:
    """A frame such as a log that was used again from its beginning ends with."""
    return log[HEADER : HEADER + 8] + os.urandom(8) + log[HEADER + 16 : HEADER + FRAME]


def test_t8_a_gap_in_a_write_that_others_followed_is_found(home_of_killed: Home) -> None:
    """Those were acknowledged: no power failure left them without what lies before."""
    log = home_of_killed.workspace.with_name("workspace.db-wal")
    whole = log.read_bytes()
    start = HEADER
    for gap in (bytes(FRAME), whole[start : start + 24] + bytes(PAGE)):
        content = whole[:start] + gap + whole[start + FRAME :]
        found(home_of_killed, log, content)
        found(home_of_killed, log, content + an_earlier_round(whole))


def test_t8_a_forged_frame_whose_sums_are_right_is_found(home_of_killed: Home) -> None:
    """The sums need no key; the page does."""
    home = home_of_killed
    log = home.workspace.with_name("workspace.db-wal")
    whole = bytearray(log.read_bytes())
    order = ">" if struct.unpack(">I", whole[:4])[0] & 1 else "<"
    sums: tuple[int, int] = struct.unpack(">2I", whole[24:32])
    for start in range(HEADER, len(whole), FRAME):
        if start >= len(whole) - 2 * FRAME:
            whole[start + 1000] ^= 1
        sums = _add(sums, bytes(whole[start : start + 8] + whole[start + 24 : start + FRAME]), order)
        whole[start + 16 : start + 24] = struct.pack(">2I", *sums)
    assert found(home, log, bytes(whole)).code == "station.damaged"


def test_t8_the_same_damage_is_kept_once_and_a_large_station_is_examined_before_the_first_write(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Unlocking does not wait for it; the first write does, in words, and closing moves nothing into the file."""
    monkeypatch.setattr(examining.Examination, "wait", lambda self: None)
    home.responses.write_bytes(flipped(home.responses.read_bytes(), home.responses.stat().st_size - 5000))
    before = {path.name: path.read_bytes() for path in home.root.iterdir() if path.name.endswith(".db")}
    for _ in range(2):
        station = unlock(home, PASSPHRASE)
        writes: tuple[Callable[[], object], ...] = (
            partial(station.responses.add_many, station.survey_hash, [b"x"]),
            partial(casework.add_case, station, case("Ny")),
            partial(export, station),
        )
        for write in writes:
            with pytest.raises(InterviewError) as caught:
                write()
            assert caught.value.code == "station.damaged"
        station.close()
        assert {path.name: path.read_bytes() for path in home.root.iterdir() if path.name.endswith(".db")} == before
    assert len(list(home.root.glob("damaged-*"))) == 1


def test_t8_a_log_is_not_moved_into_a_file_that_is_damaged(
    home_of_killed: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was damaged, and what was saved last, lie as they were after a station that was opened and closed."""
    home, log = home_of_killed, home_of_killed.workspace.with_name("workspace.db-wal")
    home.responses.write_bytes(flipped(home.responses.read_bytes(), home.responses.stat().st_size - 5000))
    before = (home.workspace.read_bytes(), log.read_bytes(), home.responses.read_bytes())
    wait = examining.Examination.wait
    for waiting in (lambda self: None, wait):
        monkeypatch.setattr(examining.Examination, "wait", waiting)
        with pytest.raises(InterviewError) as caught, unlock(home, PASSPHRASE) as station:
            casework.add_case(station, case("Ny"))
        assert caught.value.code == "station.damaged"
        assert (home.workspace.read_bytes(), log.read_bytes(), home.responses.read_bytes()) == before


OTHER = "en helt annan lösenfras"
CHANGES: list[Callable[[Home], object]] = [
    lambda home: station_keys(home).all(PASSPHRASE),
    lambda home: station_keys(home).add(PASSPHRASE, "Carin", OTHER, TEST),
    lambda home: station_keys(home).change(PASSPHRASE, OTHER, None, TEST),
    lambda home: station_keys(home).new_code(PASSPHRASE, TEST),
]


def no_key_changes(home: Home, code: str) -> None:
    """Every way to change the keys is refused, and leaves everything as it was."""
    before = files(home)
    for change in CHANGES:
        with pytest.raises(InterviewError) as caught:
            change(home)
        assert caught.value.code == code
        assert files(home) == before


def files(home: Home) -> dict[str, bytes]:
    """What lies at a station, but for empty logs and their index, which reading makes."""
    lying = (path for path in home.root.iterdir() if path.is_file() and path.suffix != ".db-shm")
    return {path.name: content for path in lying if (content := path.read_bytes())}


def test_t8_no_exchange_of_keys_moves_a_log_that_was_changed(home_of_killed: Home) -> None:
    log = home_of_killed.workspace.with_name("workspace.db-wal")
    log.write_bytes(flipped(log.read_bytes(), HEADER + 2000))
    no_key_changes(home_of_killed, "station.damaged")


@pytest.mark.parametrize("name", ["responses", "workspace"])
def test_t8_no_key_is_changed_at_a_damaged_station_and_a_copy_is_kept(home: Home, name: str) -> None:
    path: Path = getattr(home, name)
    path.write_bytes(flipped(path.read_bytes(), path.stat().st_size - 5000))
    no_key_changes(home, "station.damaged")
    (copy,) = home.root.glob("damaged-*")
    assert (copy / path.name).read_bytes() == path.read_bytes()


def test_t8_an_exchange_of_keys_that_was_interrupted_goes_on_at_no_damaged_station(home: Home) -> None:
    """One file under its new key, the other under its old: both are looked through before anything is written."""
    vault, keyring = station_vault(home), open_keyring(home.keyring, PASSPHRASE)
    with rekeying.alone(vault, keyring) as held:
        begun = rekeying.begin(vault, held, keyring, lambda present: present.slots)
        rekeying.convert(held[RESPONSES_KEY], begun.secrets[RESPONSES_KEY + rekeying.NEXT])
    for path in (home.responses, home.workspace):
        whole = path.read_bytes()
        path.write_bytes(flipped(whole, path.stat().st_size - 5000))
        assert refusal(home).code == "station.damaged"
        no_key_changes(home, "station.damaged")
        path.write_bytes(whole)
    unlock(home, PASSPHRASE).close()
    assert not rekeying.is_begun(open_keyring(home.keyring, PASSPHRASE))


def test_t8_yesterdays_keyring_is_refused(home: Home) -> None:
    yesterday = home.keyring.read_bytes()
    station_keys(home).add(PASSPHRASE, "Berit", OTHER, TEST)
    unlock(home, PASSPHRASE).close()
    home.keyring.write_bytes(yesterday)
    assert refusal(home).code == "station.keyring-older"


def test_p5_no_key_is_changed_with_yesterdays_keyring(home: Home) -> None:
    """Else it would become the latest one, and whoever got a key since would have lost it."""
    yesterday = home.keyring.read_bytes()
    station_keys(home).add(PASSPHRASE, "Berit", OTHER, TEST)
    today = home.keyring.read_bytes()
    home.keyring.write_bytes(yesterday)
    no_key_changes(home, "station.keyring-older")
    home.keyring.write_bytes(today)
    unlock(home, OTHER).close()


def test_p5_a_key_added_in_another_window_during_an_unlocking_is_no_older_keyring(home: Home) -> None:
    read = open_keyring(home.keyring, PASSPHRASE)
    station_keys(home).add(PASSPHRASE, "Berit", OTHER, TEST)
    with open_station(home, read) as station:
        assert [slot.name for slot in station.keyring.slots][-1] == "Berit"
        assert station.keyring.generation == read.generation + 1


def test_t8_no_key_is_changed_over_yesterdays_responses(home: Home) -> None:
    yesterday = home.responses.read_bytes()
    with unlock(home, PASSPHRASE) as station:
        export(station)
    home.responses.write_bytes(yesterday)
    no_key_changes(home, "station.responses-older")


def test_t8_yesterdays_responses_are_refused_once_a_batch_was_made(home: Home) -> None:
    yesterday = home.responses.read_bytes()
    with unlock(home, PASSPHRASE) as station:
        export(station)
    unlock(home, PASSPHRASE).close()
    home.responses.write_bytes(yesterday)
    error = refusal(home)
    assert (error.code, error.facts["seq"]) == ("station.responses-older", 1)


@pytest.mark.parametrize(
    "sql", ["UPDATE batch SET prev = x'00'", "UPDATE batch SET seq = 2", "UPDATE batch SET hash = x'11'"]
)
def test_t8_a_broken_chain_of_batches_is_refused(home: Home, sql: str) -> None:
    """By somebody who has the key; also the note in the keyring tells."""
    with unlock(home, PASSPHRASE) as station:
        export(station)
        station.responses.database.execute(sql)
    assert refusal(home).code in {"station.broken-chain", "station.responses-older"}


def test_t8_a_file_of_another_station_or_a_plain_one_is_refused(home: Home, tmp_path: Path) -> None:
    other = Home(tmp_path / "other")
    set_up(other, PASSPHRASE, profile=TEST)[0].close()
    changes: tuple[tuple[Callable[[], object], str], ...] = (
        (lambda: shutil.copy(other.responses, home.responses), "database.wrong-key"),
        (lambda: shutil.copy(home.workspace, home.responses), "database.wrong-key"),
        (lambda: home.responses.write_bytes(b"SQLite format 3\0" + bytes(PAGE - 16)), "database.not-encrypted"),
        (lambda: home.responses.write_bytes(b""), "database.damaged"),
        (home.responses.unlink, "database.not-found"),
    )
    for change, code in changes:
        change()
        assert refusal(home).code in {code, "station.damaged" if code == "database.damaged" else code}


def test_t8_what_another_window_writes_meanwhile_is_no_damage(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """However often it is caught half written: only what lies still is judged."""
    half_written = list(range(5))

    def look(path: Path) -> None:
        if path == home.responses and half_written:
            os.utime(path, ns=(0, half_written.pop()))
            raise InterviewError("database.damaged", path.name)

    monkeypatch.setattr(examining, "examine_log", look)
    with unlock(home, PASSPHRASE) as station:
        station.examination.passed()
    assert half_written == []


def breaks_off(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the next examination run out of memory."""
    real, failures = examining.verify, [MemoryError()]

    def verify(database: Database) -> None:
        if failures:
            raise failures.pop()
        real(database)

    monkeypatch.setattr(examining, "verify", verify)


def test_t8_an_examination_that_breaks_off_lets_nobody_in(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """T15: told by a code, whose place stands in the log; unlocking can be tried again."""
    before = (home.workspace.read_bytes(), home.responses.read_bytes())
    breaks_off(monkeypatch)
    monkeypatch.setattr(examining, "PATIENCE", None)
    error = refusal(home)
    assert error.code == "station.not-examined" and str(error.facts["crash"]) in home.log.read_text(encoding="utf-8")
    assert (home.workspace.read_bytes(), home.responses.read_bytes()) == before
    unlock(home, PASSPHRASE).close()


@pytest.mark.parametrize("damaged", [False, True])
def test_t8_an_examination_that_breaks_off_lets_nothing_be_written(
    home: Home, monkeypatch: pytest.MonkeyPatch, damaged: bool
) -> None:
    """In a station that is open already the same save can be tried again, and is examined for then."""
    if damaged:
        home.responses.write_bytes(flipped(home.responses.read_bytes(), home.responses.stat().st_size - 5000))
    before = home.workspace.read_bytes()
    breaks_off(monkeypatch)
    monkeypatch.setattr(examining.Examination, "wait", lambda self: None)
    with unlock(home, PASSPHRASE) as station:
        with pytest.raises(InterviewError) as caught:
            casework.add_case(station, case("Ny"))
        assert caught.value.code == "station.not-examined" and home.workspace.read_bytes() == before
        if damaged:
            with pytest.raises(InterviewError) as caught:
                casework.add_case(station, case("Ny"))
            assert caught.value.code == "station.damaged"
        else:
            casework.add_case(station, case("Ny"))
    if damaged:
        assert home.workspace.read_bytes() == before
