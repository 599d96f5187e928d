"""C6, C8: whatever names the station's folder or the language, one message says what is wrong, where, and what to do."""

import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from interview.archive.central import new_recipient
from interview.cli.main import main, read_settings
from interview.config import home_from, settings_from
from interview.crypto.slots import TEST
from interview.errors import InterviewError
from interview.paths import Home, typed_path
from interview.station.setup import set_up
from tests.cli.inside import run_inside

HOSTILE = "rad\n[cli.påhittad]\x1b]0;KAPAD\x07\x9b2J\u202e"


def refused(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    """What a command that is refused says on standard error; nothing of it obeyed, and only its own code in it."""
    assert main([*words, "--passphrase-file", os.devnull]) == 1
    said = capsys.readouterr()
    assert said.out == "" and "Traceback" not in said.err
    assert not any(sign in said.err for sign in "\x1b\x07\x9b\u202e")
    assert sum(line.startswith(("  [", "[")) for line in said.err.splitlines()) == 1
    return said.err


@pytest.mark.skipif(os.name == "nt", reason="names that POSIX takes or refuses")
@pytest.mark.parametrize(
    ("named", "code"),
    [
        ("a-file", "cli.home-not-a-folder"),
        ("a-file/below", "cli.home-not-a-folder"),
        ("round", "files.unreachable"),
        ("x" * 300, "files.unreachable"),
        ("~nobody-is-called-so/station", "files.no-such-account"),
        ("", "cli.home-empty"),
        ("  ", "cli.home-empty"),
        ("Q:\\no such drive", "station.no-station"),
        ("/no/such/place", "station.no-station"),
        (HOSTILE, "station.no-station"),
    ],
)
def test_an_odd_home_is_told_in_one_message(
    named: str, code: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("INTERVIEW_HOME", str(tmp_path / "another"))
    (tmp_path / "passphrase").write_text("fyra ord utan samband")
    (tmp_path / "a-file").touch()
    (tmp_path / "round").symlink_to("round")
    assert main(["export", "--home", named, "--passphrase-file", "passphrase"]) == 1
    said = capsys.readouterr()
    assert f"\n  [{code}]\n" in said.err and "Traceback" not in said.err
    assert not any(sign in said.err for sign in "\x1b\x07\x9b\u202e")
    assert sum(line.startswith(("  [", "[")) for line in said.err.splitlines()) == 1
    assert {path.name for path in tmp_path.iterdir()} == {"passphrase", "a-file", "round"}


def test_a_home_may_be_the_folder_one_stands_in_and_no_whole_drive(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """`.` and `..` have no name of their own, which what is made beside a station needs."""
    (tmp_path / "station" / "below").mkdir(parents=True)
    secret = tmp_path / "passphrase"
    secret.write_text("fyra ord utan samband")
    monkeypatch.chdir(tmp_path / "station")
    set_up = ["setup", "--rehearsal", "--passphrase-file", str(secret), "--home"]
    assert main([*set_up, "."]) == 0
    monkeypatch.chdir("below")
    assert main([*set_up, ".."]) == 1
    assert "[station.already-set-up]" in capsys.readouterr().err
    assert main([*set_up, tmp_path.anchor]) == 1
    assert "[files.folder-open]" in capsys.readouterr().err


@pytest.mark.skipif(os.name == "nt", reason="names that POSIX takes or refuses")
def test_the_environment_names_an_odd_home(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a-file").touch()
    monkeypatch.setenv("INTERVIEW_HOME", str(tmp_path / "a-file"))
    assert refused(capsys, "export").startswith("INTERVIEW_HOME: ")
    assert home_from(None, {"INTERVIEW_HOME": ""}) is None


@contextmanager
def nobody() -> Iterator[None]:
    """Without the rights of an administrator, whom no folder is closed to."""
    if sys.platform == "win32" or os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.mark.skipif(os.name == "nt", reason="modes are POSIX's")
def test_a_home_that_is_closed_is_told_as_such(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir()
    closed.chmod(0)
    with nobody(), pytest.raises(InterviewError) as caught:
        home_from(str(closed), {})
    assert caught.value.code in {"cli.home-unreachable", "files.unreachable"}


@pytest.mark.parametrize("wanted", ["de", "sv_SE.UTF-8", HOSTILE])
def test_a_language_nobody_has_is_told_with_where_it_was_asked_for(
    wanted: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INTERVIEW_LANGUAGE", wanted)
    said = refused(capsys, "export", "--home", str(tmp_path))
    assert said.startswith("INTERVIEW_LANGUAGE: ") and "[cli.unknown-language]" in said
    monkeypatch.setenv("INTERVIEW_LANGUAGE", "")
    assert read_settings(Home(tmp_path), None).language == "sv"
    with pytest.raises(InterviewError) as caught:
        settings_from('language = "de"', {}, None, "settings.toml")
    assert caught.value.place == "settings.toml"
    assert settings_from('language = "de"', {}, "en").language == "en"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"language = ", "cli.settings-syntax"),
        (b"\xff\xfe", "cli.settings-encoding"),
        (b"x" * 70_000, "files.too-large"),
        (b"\x00", "cli.settings-syntax"),
        (b"language = 5", "cli.unknown-language"),
        (b"theme = []", "cli.unknown-theme"),
        (b'"\\u001b]0;KAPAD\\u0007" = 1', "cli.settings-unknown"),
        (b"keys = 3", "cli.settings-keys"),
        (b"lock-after = true", "cli.settings-lock-after"),
        (b"lock-after = 1e400", "cli.settings-lock-after"),
        (b'[keys]\n"home.\\u001b[2J" = "q"', "actions.unknown-action"),
        (b'[keys]\n"home.new" = "\\u009b31m"', "actions.bad-key"),
        (b'[keys]\n"home.new" = ""', "actions.bad-key"),
        (None, "files.not-a-file"),
    ],
)
def test_settings_nobody_can_follow_are_told_in_one_message(
    content: bytes | None, code: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The screen does not come up, and nothing of the file reaches the terminal as more than text."""
    settings = Home(tmp_path).settings
    settings.mkdir() if content is None else settings.write_bytes(content)
    assert f"  [{code}]\n" in refused(capsys, "--home", str(tmp_path))


@pytest.mark.skipif(os.name == "nt", reason="what POSIX refuses of a name")
def test_a_path_the_system_does_not_take_is_no_crash(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for words in (
        ["questionnaire", "check", "x" * 300],
        ["survey", "new", "--template", "y" * 300],
        ["log", "--to", "z" * 300],
    ):
        Home(tmp_path).log.write_text("2026-10-09 opened\n")
        assert "Något oväntat" not in refused(capsys, *words, "--home", str(tmp_path))


@pytest.mark.parametrize("typed", ["~nobody-is-called-so", "~nobody-is-called-so/x", "x" * 5000, "a\0b"])
def test_a_path_that_is_typed_is_told_in_words(typed: str) -> None:
    with pytest.raises(InterviewError) as caught:
        typed_path(typed)
    assert caught.value.code in {"files.no-such-account", "files.unreachable"}


def test_a_path_is_typed_with_blanks_quotation_marks_and_a_tilde(tmp_path: Path) -> None:
    assert typed_path(f' "{tmp_path}" ') == tmp_path
    assert typed_path("~") == Path.home()
    assert typed_path(str(tmp_path / "new")) == tmp_path / "new"


def test_a_log_that_was_tampered_with_is_only_text(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """T13: the log may be written by whoever has the folder."""
    Home(tmp_path).log.write_text("2026-10-09 opened\x1b]0;KAPAD\x07\x9b2J\u202e\n", encoding="utf-8")
    assert main(["log", "--home", str(tmp_path)]) == 0
    shown = capsys.readouterr().out
    assert "2026-10-09 opened2J\n" in shown or "2026-10-09 opened\n" in shown
    assert not any(sign in shown for sign in "\x1b\x07\x9b\u202e")


def test_what_was_typed_is_repeated_as_text(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """T13: wrong usage, told by the parser itself."""
    for words in (["export", f"--{HOSTILE}"], [HOSTILE], ["export", HOSTILE]):
        with pytest.raises(SystemExit) as ended:
            main([*words, "--home", str(tmp_path)])
        assert ended.value.code == 2
        said = "".join(capsys.readouterr())
        assert "cli.påhittad" in said and not any(sign in said for sign in "\x1b\x07\x9b\u202e")


def test_a_home_of_hostile_name_can_be_worked_at(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    home = Home(tmp_path / HOSTILE.replace("/", ""))
    station, _ = set_up(home, "fyra ord utan samband", profile=TEST)
    station.close()
    (tmp_path / "p").write_text("fyra ord utan samband")
    assert main(["keys", "list", "--home", str(home.root), "--passphrase-file", str(tmp_path / "p")]) == 0
    assert main(["log", "--home", str(home.root)]) == 1
    assert not any(sign in "".join(capsys.readouterr()) for sign in "\x1b\x07\x9b\u202e")


@pytest.fixture
def pipe(tmp_path: Path) -> Iterator[Path]:
    """A pipe that gives nothing to whoever opens it, who without this would wait for ever."""
    path = tmp_path / "pipe"
    os.mkfifo(path)
    writer = threading.Thread(target=lambda: path.open("wb").close())
    writer.start()
    yield path
    # Lets the writer go, whom nobody has read.
    os.close(os.open(path, os.O_RDONLY | os.O_NONBLOCK))
    writer.join()


@pytest.mark.skipif(os.name == "nt", reason="named pipes are POSIX")
@pytest.mark.parametrize(
    "words",
    [
        ("receipt", "PIPE"),
        ("restore", "PIPE", "--home", "NEW"),
        ("survey", "load", "PIPE"),
        ("questionnaire", "check", "PIPE"),
        ("archive", "collect", "PIPE", "--home", "CENTRAL"),
        ("archive", "station", "add", "PIPE", "--home", "CENTRAL"),
    ],
)
def test_t11_a_pipe_is_told_and_not_waited_for(words: tuple[str, ...], pipe: Path, tmp_path: Path) -> None:
    passphrase = "fyra ord utan samband"
    home = Home(tmp_path / "home")
    if "CENTRAL" in words:
        new_recipient(home, "Centralen", passphrase, TEST)[0].close()
    else:
        set_up(home, passphrase, profile=TEST)[0].close()
    places = {"PIPE": pipe, "CENTRAL": home.root, "NEW": tmp_path / "new"}
    told = run_inside(
        *(places.get(word, word) for word in words), "--passphrase-file", "-", home=home.root, passphrase=passphrase
    )
    assert told.returncode == 1 and "[files.not-a-file]" in told.stdout + told.stderr
