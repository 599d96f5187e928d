"""C6, T15: a log of days and codes that may be given to anybody, and nothing of a crash but its code."""

import re
from pathlib import Path

import pytest

from interview import log
from interview.cli.main import _EVENTS
from interview.crash import report
from interview.errors import InterviewError
from interview.messages import LANGUAGES, Catalogue
from interview.paths import Home
from tests.cli.inside import run_inside
from tests.cli.installed import run

ANSWER = "Prova Provström 640823-3234 tyckte att allt var bra"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


def _crashed() -> BaseException:
    answer = ANSWER
    key = bytes(range(32))
    try:
        raise ValueError(f"{answer} {key.hex()}")
    except ValueError as error:
        return error


def test_a_crash_is_told_by_its_code_and_logged_without_content(home: Home) -> None:
    """T15: neither message nor locals, on the screen or in the log; the places it passed through are in the log."""
    told = report(_crashed(), home, Catalogue("sv"))
    written = home.log.read_text()
    for content in (ANSWER, "640823", bytes(range(32)).hex()):
        assert content not in told and content not in written
    code = re.search(r"kod ([0-9A-F]{8})", told)
    assert code is not None and f"crash {code[1]} builtins.ValueError" in written
    assert "test_log.py" in written and "_crashed" in written
    assert home.log.stat().st_mode & 0o077 == 0


def test_an_event_is_logged_by_the_day(home: Home) -> None:
    """T3: no time of day."""
    assert log.append(home, "refused", "keys.wrong-passphrase")
    assert re.fullmatch(r"\d{4}-\d\d-\d\d refused keys\.wrong-passphrase\n", home.log.read_text())


def test_events_are_named_in_a_log_whose_lines_end_as_on_windows(home: Home) -> None:
    home.log.write_bytes(b"2026-11-26 opened\r\n2026-11-26 locked\r\n")
    told = log.for_support(home, Catalogue("en"))
    assert "\r" not in told and told.count(" – ") == 2


def test_a_log_does_not_grow_for_ever(home: Home) -> None:
    home.log.write_text("x" * (log.LIMIT + 1))
    log.append(home, "opened")
    assert home.log.stat().st_size < 100


def test_a_log_that_cannot_be_written_disturbs_nobody(tmp_path: Path) -> None:
    assert not log.append(Home(tmp_path / "nowhere"), "opened")
    (tmp_path / "interview.log").mkdir()
    assert not log.append(Home(tmp_path), "opened")


def test_a_log_whose_lines_end_as_on_windows_is_read_all_the_same(home: Home) -> None:
    home.log.write_bytes(b"2026-11-26 opened\r\n2026-11-27 refused keys.damaged\r\n")
    told = log.for_support(home, Catalogue("sv"))
    assert "\r" not in told and told.endswith("2026-11-27 refused keys.damaged – något nekades; koden säger vad\n")
    log.append(home, "opened")
    assert home.log.read_bytes().endswith(b" opened\n")


def test_of_an_endless_recursion_the_innermost_places_are_told(home: Home) -> None:
    """A log with such a crash stays one that can be read for support."""

    def endless() -> None:
        endless()

    with pytest.raises(RecursionError) as caught:
        endless()
    home.log.write_text("x" * log.LIMIT)
    report(caught.value, home, Catalogue("sv"))
    assert "endless" in log.for_support(home, Catalogue("sv"))


def test_the_command_prints_the_log_or_copies_it_for_support(home: Home, tmp_path: Path) -> None:
    """C6: standard output is data; the copy says which program and machine type, and no name of the machine."""
    log.append(home, "opened")
    printed = run("log", home=home.root)
    assert printed.returncode == 0 and printed.stdout.endswith(" opened – stationen låstes upp\n")
    assert "inga namn, inga svar" in printed.stderr
    (tmp_path / "stick").mkdir()
    copied = run("log", "--to", tmp_path / "stick", home=home.root)
    copy = Path(copied.stdout.strip())
    assert copy.parent == tmp_path / "stick" and re.fullmatch(r"interview-log-\d{4}-\d\d-\d\d\.txt", copy.name)
    assert copy.read_text() == printed.stdout
    assert copy.read_text().startswith("interview ")


@pytest.mark.parametrize("code", ["cli.no-log", "cli.no-such-folder"])
def test_a_copy_that_cannot_be_made_is_refused(home: Home, code: str) -> None:
    if code == "cli.no-such-folder":
        log.append(home, "opened")
    with pytest.raises(InterviewError) as refused:
        log.copy_for_support(home, home.root / "nowhere", Catalogue("sv"))
    assert refused.value.code == code


def test_c6_what_commands_do_at_a_station_and_what_they_are_refused_stands_there_by_the_day(tmp_path: Path) -> None:
    """README: what has happened. Set up, a key more, a wrong passphrase, a backup: each a line, and no name in any."""
    home = Home(tmp_path / "station")
    secret, other = "lugna gatan tre björkar", tmp_path / "other.txt"
    other.write_text("en helt annan lösenfras\n", encoding="utf-8")

    def do(*words: object, passphrase: str = secret) -> int:
        return run_inside(*words, "--passphrase-file", "-", home=home.root, passphrase=passphrase).returncode

    assert do("setup", "--rehearsal") == 0
    assert do("keys", "add", "Berit", "--new-passphrase-file", other) == 0
    assert do("keys", "remove", "Berit", passphrase="guessed wrong twice") == 1
    assert do("backup", "--to", tmp_path / "b.backup") == 0
    assert do("questionnaire", "check", "ovning") == 0
    told = home.log.read_text().splitlines()
    events = ["set-up", "key-added", "refused keys.wrong-passphrase", "backed-up"]
    assert [line.split(" ", 1)[1] for line in told] == events
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\d [a-z.-]+( [a-z.-]+)?", line) for line in told)
    for language in LANGUAGES:
        named = log.for_support(home, Catalogue(language)).splitlines()[-len(told) :]
        assert all(" – " in line for line in named)


def test_c6_every_event_has_its_words() -> None:
    """Of the commands and of the screens."""
    source = Path(log.__file__).parent
    noted = {event for event in _EVENTS.values() if event} | {"crash"}
    for file in source.rglob("*.py"):
        noted |= set(re.findall(r"\.note\(\s*\"([a-z-]+)\"", file.read_text(encoding="utf-8")))
    assert len(noted) > 15
    assert not [event for event in noted for language in LANGUAGES if not Catalogue(language).has(f"cli.event-{event}")]


def test_a_home_that_is_not_there_gets_no_log(tmp_path: Path) -> None:
    assert run_inside("export", "--passphrase-file", "-", home=tmp_path, passphrase="x").returncode == 1
    assert list(tmp_path.iterdir()) == []
