"""C2, P3: the audit passes on a station as the program leaves it, tells so in words, and changes nothing."""

import json
import re
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interview.archive.central import new_recipient
from interview.audit.attacks import ATTACKS
from interview.audit.auditing import attack, audit
from interview.audit.batches import read_batch_file
from interview.audit.evidence import Evidence
from interview.audit.pages import PAGE, read_pages
from interview.audit.trees import Image
from interview.cli.main import main
from interview.crash import crash_code, note
from interview.crypto.slots import TEST
from interview.errors import InterviewError
from interview.log import append
from interview.messages import LANGUAGES, Catalogue
from interview.paths import Home
from interview.session.walk import random_walk
from interview.station.answering import begin, keep
from interview.station.demo import demo_station
from interview.station.finishing import finish
from interview.station.keys import station_vault
from interview.station.setup import set_up
from interview.store.rekeying import NEXT, alone, convert, end
from interview.store.rekeying import begin as begin_exchange
from tests.audit.conftest import Attacked

NOTED = re.compile(r'(?:(?:shell|desk)\.note(?:\(|, )|"event-|append\(home, )"?([a-z-]+)"')
"""The events that the program's own source notes in its log, and those that its catalogue names."""
SOURCE = Path(__file__).parents[2] / "interview"
PASSPHRASE = "correct horse battery staple"


def test_c2_a_demo_station_holds_while_it_is_open_and_when_it_is_closed(tmp_path: Path) -> None:
    with demo_station(Home(tmp_path / "station"), responses=40) as station:
        station.settle()
        report = attack(station.home.root, station.keyring.secrets, scratch=[])
        assert report.passed, report.codes
        keyring = station.keyring
    assert attack(station.home.root, keyring.secrets, scratch=[]).passed


def test_c2_a_station_holds_after_exports(attacked: Attacked) -> None:
    report = attacked.report()
    assert report.passed, [trial.looked.leaks for trial in report.trials]
    seen = {trial.attack: trial.looked.facts for trial in report.trials}
    # It looked at something: a pass over nothing would prove nothing.
    assert seen["batch-order"]["files"] == 2
    assert seen["two-batches"]["exports"] == 4
    assert seen["pages"]["pages"] > 100
    assert seen["cell-order"]["pages"] > 8
    assert seen["shared-values"]["values"] > 1000
    assert seen["plaintext"]["texts"] > 30
    assert seen["private-keys"]["tried"] > 15


def test_c2_a_station_holds_after_interviews_one_by_one_and_with_one_under_way(attacked: Attacked) -> None:
    with attacked.unlock() as station:
        form, rng = station.form(station.questionnaire_hash), Random(3)
        for _ in range(6):
            begun = begin(station)
            walked = random_walk(
                form, rng, survey=station.survey_hash, unit=station.unit.id, started=begun.draft.started
            )
            station.workspace.add_draft(walked.draft)
            finish(station, walked)
        station.settle()
        keep(station, begin(station))
        report = attacked.report()
        assert report.passed, [trial.looked.leaks for trial in report.trials]


def test_c2_the_log_that_the_program_writes_is_no_leak(attacked: Attacked) -> None:
    """Every event the program notes, a crash with its places among them."""
    noted = {code for path in SOURCE.rglob("*.py") for code in NOTED.findall(path.read_text(encoding="utf-8"))}
    assert {"started", "opened", "locked", "refused", "exported", "not-saved"} <= noted
    for event in noted:
        assert append(attacked.home, event, "station.folder-in-use", "1.0.0+local")
    try:
        raise ValueError
    except ValueError as error:
        note(error, attacked.home, crash_code(error))
    log = next(trial for trial in attacked.report().trials if trial.attack == "log")
    assert log.passed and log.looked.facts["lines"] > len(noted), log.looked.leaks


def test_c2_it_reads_the_same_rows_as_the_database_does(attacked: Attacked) -> None:
    evidence = Evidence(attacked.home.root, attacked.secrets, [])
    for opened, database in ((evidence.responses, attacked.responses()), (evidence.workspace, attacked.workspace())):
        with database:
            tables = [row[0] for row in database.query("SELECT name FROM sqlite_schema WHERE type = 'table'")]
            assert len(tables) >= 5
            for table in tables:
                rows = opened.image.table(table)
                columns = ", ".join(opened.image.trees[table].columns)
                assert [tuple(row.values()) for row in rows] == database.query(f"SELECT {columns} FROM {table}")


def test_c2_nothing_is_changed(attacked: Attacked) -> None:
    def state() -> list[tuple[str, bytes, int]]:
        files = sorted(path for path in attacked.home.root.rglob("*") if path.is_file())
        return [(path.name, path.read_bytes(), path.stat().st_mtime_ns) for path in files]

    before = state()
    attacked.report()
    assert state() == before


@pytest.mark.parametrize("language", LANGUAGES)
def test_c2_every_attack_has_its_words(attacked: Attacked, language: str) -> None:
    told = attacked.report().to_json(Catalogue(language))
    assert [one["attack"] for one in told["attacks"]] == [each.name for each in ATTACKS]
    for one in told["attacks"]:
        assert one["passed"] and one["what"] and one["learned"] and one["threats"]
    assert len({one["what"] for one in told["attacks"]}) == len(ATTACKS)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Home:
    home = Home(tmp_path_factory.mktemp("small") / "station")
    station, _ = set_up(home, PASSPHRASE, profile=TEST)
    station.close()
    return home


def test_c2_the_command_reports_and_its_status_says_whether_it_holds(
    small: Home, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    secret = tmp_path / "passphrase"
    secret.write_text(PASSPHRASE)
    words = ["audit", "--home", str(small.root), "--passphrase-file", str(secret)]
    assert main([*words, "--language", "en"]) == 0
    told = capsys.readouterr()
    assert told.out.count("HOLDS") == len(ATTACKS)
    assert "Nothing ties an answer to a person" in told.err
    small.card.chmod(0o644)
    try:
        assert main(words) == 1
        told = capsys.readouterr()
        assert told.out.count("HÅLLER") == len(ATTACKS) - 1
        assert "LÄCKER    modes" in told.out
        assert "card.json är öppen för andra (0644)." in told.out
        assert main([*words, "--format", "json"]) == 1
        report = json.loads(capsys.readouterr().out)
    finally:
        small.card.chmod(0o600)
    assert not report["passed"]
    assert [one["leaks"] for one in report["attacks"] if not one["passed"]] == [
        [{"leak": "mode", "file": "card.json", "mode": "0644"}]
    ]


def test_c2_what_cannot_be_audited_is_refused(small: Home, tmp_path: Path) -> None:
    with pytest.raises(InterviewError) as caught:
        audit(Home(tmp_path), PASSPHRASE)
    assert caught.value.code == "audit.no-station"
    with pytest.raises(InterviewError) as caught:
        audit(small, "wrong horse battery")
    assert caught.value.code == "keys.wrong-passphrase"
    central, _ = new_recipient(Home(tmp_path / "central"), "Centralen", PASSPHRASE, TEST)
    central.close()
    with pytest.raises(InterviewError) as caught:
        audit(central.home, PASSPHRASE)
    assert caught.value.code == "audit.not-a-station"


@pytest.mark.skipif(sys.platform != "linux", reason="needs a file that opens and cannot be read")
def test_c2_a_file_that_cannot_be_read_is_said(attacked: Attacked) -> None:
    (attacked.home.root / "memory").symlink_to("/proc/self/mem")
    with pytest.raises(InterviewError) as caught:
        attacked.report()
    assert (caught.value.code, caught.value.place) == ("audit.unreadable", "memory")


def test_c2_a_station_holds_after_keys_were_exchanged_and_while_they_are(attacked: Attacked) -> None:
    with alone(station_vault(attacked.home), attacked.keyring) as held:
        begun = begin_exchange(station_vault(attacked.home), held, attacked.keyring, lambda keyring: keyring.slots)
        convert(held["responses"], begun.secrets["responses" + NEXT])
    half = attack(attacked.home.root, begun.secrets, scratch=[])
    assert half.passed, half.codes
    with alone(station_vault(attacked.home), begun) as held:
        convert(held["workspace"], begun.secrets["workspace" + NEXT])
        ended = end(station_vault(attacked.home), held, begun)
    whole = attack(attacked.home.root, ended.secrets, scratch=[])
    assert whole.passed, whole.codes
    # The old keys open nothing any more.
    assert not attack(attacked.home.root, attacked.secrets, scratch=[]).passed


@given(content=st.binary(max_size=600))
def test_t11_any_bytes_are_read_as_a_batch(content: bytes) -> None:
    for start in (b"", b"INTBATCH\x00\x00\x00\x02{}", b'INTBATCH\x00\x00\x01\x00{"survey":' + b"[" * 200):
        read_batch_file("some.batch", start + content)


@given(first=st.binary(max_size=PAGE), second=st.binary(max_size=PAGE), kind=st.sampled_from((2, 5, 10, 13)))
def test_t11_any_pages_are_read_as_trees(first: bytes, second: bytes, kind: int) -> None:
    page = bytes(100) + bytes((kind,)) + first
    Image({1: page.ljust(PAGE, b"\0")[:PAGE], 2: (bytes((kind,)) + second).ljust(PAGE, b"\0")[:PAGE]})


@given(content=st.binary(max_size=2 * PAGE), wal=st.binary(max_size=2 * PAGE))
def test_t11_any_bytes_are_read_as_pages(content: bytes, wal: bytes) -> None:
    assert read_pages(content, wal, bytes(32)).shut or not content


def test_c2_the_audit_loads_nothing_of_what_it_attacks() -> None:
    code = "import sys, interview.audit.auditing\nprint('\\n'.join(sys.modules))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    rooms = ("station", "exchange", "database", "session", "calls", "archive", "store.workspace", "store.responses")
    loaded = [name for name in run.stdout.split() if name.startswith(tuple(f"interview.{room}" for room in rooms))]
    assert not loaded
    assert "sqlcipher3" not in run.stdout.split()
