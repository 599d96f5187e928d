"""C6, T15: a log of days and codes that may be given to anybody, and nothing of a crash but its code."""

import re
from pathlib import Path

import pytest

from interview import log
from interview.crash import report
from interview.errors import InterviewError
from interview.messages import Catalogue
from interview.paths import Home
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


def test_a_log_does_not_grow_for_ever(home: Home) -> None:
    home.log.write_text("x" * (log.LIMIT + 1))
    log.append(home, "opened")
    assert home.log.stat().st_size < 100


def test_a_log_that_cannot_be_written_disturbs_nobody(tmp_path: Path) -> None:
    assert not log.append(Home(tmp_path / "nowhere"), "opened")
    (tmp_path / "interview.log").mkdir()
    assert not log.append(Home(tmp_path), "opened")


def test_the_command_prints_the_log_or_copies_it_for_support(home: Home, tmp_path: Path) -> None:
    """C6: standard output is data; the copy says which program and machine type, and no name of the machine."""
    log.append(home, "opened")
    printed = run("log", home=home.root)
    assert printed.returncode == 0 and printed.stdout.endswith(" opened\n")
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
        log.copy_for_support(home, home.root / "nowhere")
    assert refused.value.code == code
