"""Where the program meets whoever calls it: passphrases, pipes, crashes, what a process loads (T13, T15)."""

import io
import json
import os
import random
import re
import shutil
import subprocess
import sys
import types
from collections.abc import Iterator
from pathlib import Path

import pytest

from interview.archive.central import new_recipient
from interview.cli.main import main
from interview.crypto.slots import TEST
from interview.exchange.batch import MAGIC
from interview.paths import Home
from interview.station.exporting import export
from interview.station.setup import set_up
from interview.station.simulating import simulate
from tests.cli.inside import run_inside
from tests.cli.installed import SCRIPT, environment, run

PASSPHRASE = "lugna gatan tre björkar"
SECRET = "Kanarie 19121212-1212"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a central home, to be copied."""
    folder = tmp_path_factory.mktemp("made") / "central"
    new_recipient(Home(folder), "Analysgruppen", PASSPHRASE, TEST)[0].close()
    return folder


@pytest.fixture
def central(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "central"))


@pytest.fixture(autouse=True)
def umask() -> Iterator[None]:
    before = os.umask(0o022)
    os.umask(before)
    yield
    os.umask(before)


def test_a_batch_that_was_cut_off_is_named_where_it_is_told(central: Path, tmp_path: Path) -> None:
    """A14: which of many files, also on standard error."""
    cut = tmp_path / "kapad.batch"
    cut.write_bytes(MAGIC)
    told = run_inside("archive", "collect", "--passphrase-file", "-", cut, home=central, passphrase=PASSPHRASE)
    assert told.returncode == 1
    assert "kapad.batch: " in told.stderr and "[exchange.truncated]" in told.stderr


def test_a_batch_whose_receipt_cannot_be_written_is_taken_in_and_told_to_a_program_too(
    central: Path, tmp_path: Path
) -> None:
    """A15: the station prunes nothing without it, so whoever collects by a program must notice."""
    with set_up(Home(tmp_path / "station"), PASSPHRASE, profile=TEST)[0] as station:
        simulate(station, 30, random.Random(1))
        batch = export(station).path
        card = station.home.card
    no_folder = tmp_path / "fil"
    no_folder.touch()
    unlock = ("--rehearsal", "--passphrase-file", "-")
    run_inside("archive", "station", "add", card, *unlock, home=central, passphrase=PASSPHRASE)
    for receipts, status in ((no_folder, 1), (tmp_path, 0)):
        told = run_inside(
            "archive", "collect", batch, "--receipts", receipts, *unlock, home=central, passphrase=PASSPHRASE
        )
        assert told.returncode == status, told.stderr
        assert batch.name in told.stdout
        assert (f"{batch.name}: " in told.stderr) is (status == 1)


def test_data_goes_to_standard_output_and_narration_to_standard_error(central: Path, tmp_path: Path) -> None:
    shown = run("recipient", "show", "--passphrase-file", "-", home=central, passphrase=PASSPHRASE)
    assert (shown.returncode, shown.stderr) == (0, "")
    assert [line.split("\t")[0] for line in shown.stdout.splitlines()] == ["kort", "fingeravtryck"]
    signed = run_inside(
        *("survey", "new", "--passphrase-file", "-", "--id", "h", "--title", "Hösten", "--to", tmp_path / "h.survey"),
        *("--starts", "2026-09", "--ends", "2026-12", "--unit", "norr=Norr"),
        home=central,
        passphrase=PASSPHRASE,
    )
    assert signed.returncode == 0 and "Skicka filen" in signed.stderr
    assert [line.split("\t")[0] for line in signed.stdout.splitlines()] == ["mätning", "fingeravtryck"]
    refused = run_inside("recipient", "show", "--passphrase-file", "-", home=central, passphrase="fel lösenfras här")
    assert (refused.returncode, refused.stdout) == (1, "")
    assert re.search(r"\n  → .+\n  \[keys\.[a-z-]+\]\n$", refused.stderr)
    assert run("recipient", home=central).returncode == 2


def test_what_goes_into_a_file_is_utf8_whatever_the_code_page(tmp_path: Path) -> None:
    """As on Windows, where it would be cp1252, which has no arrow; to the byte, since the hash of a form names it."""
    windows = {**environment(tmp_path), "PYTHONUTF8": "0", "PYTHONIOENCODING": "cp1252"}
    for form in ("text", "json"):
        asked = [str(SCRIPT), "questionnaire", "show", "utskrivning", "--format", form]
        shown = subprocess.run(asked, env=windows, capture_output=True, check=False, cwd=tmp_path)
        assert (shown.returncode, shown.stderr) == (0, b"")
        assert "Frågor".casefold() in shown.stdout.decode("utf-8").casefold() and b"\r" not in shown.stdout
    refused = subprocess.run([str(SCRIPT), "log"], env=windows, capture_output=True, check=False, cwd=tmp_path)
    assert "→" in refused.stderr.decode("utf-8")


@pytest.mark.parametrize("written", [PASSPHRASE, PASSPHRASE + "\r\nmer", "\ufeff" + PASSPHRASE + "\n"])
def test_a_passphrase_is_the_first_line_of_a_file(
    written: str, central: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "p").write_bytes(written.encode())
    assert main(["recipient", "show", "--home", str(central), "--passphrase-file", str(tmp_path / "p")]) == 0
    assert "fingeravtryck\t" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("written", "code"),
    [
        (b"", "cli.passphrase-empty"),
        (b"\nandra raden", "cli.passphrase-empty"),
        (b"\xff\xfe", "cli.passphrase-encoding"),
        (b"x" * 5000, "files.too-large"),
        (None, "files.not-found"),
    ],
)
def test_a_file_without_a_passphrase_is_refused_and_said_why(
    written: bytes | None, code: str, central: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if written is not None:
        (tmp_path / "p").write_bytes(written)
    assert main(["recipient", "show", "--home", str(central), "--passphrase-file", str(tmp_path / "p")]) == 1
    said = capsys.readouterr()
    assert f"[{code}]" in said.err and said.out == ""


def test_without_a_terminal_nobody_is_asked_for_a_passphrase(
    central: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(PASSPHRASE))
    assert main(["recipient", "show", "--home", str(central)]) == 1
    told = capsys.readouterr().err
    assert "[cli.no-terminal]" in told and "Använd --passphrase-file FIL" in told


def test_without_a_terminal_the_option_for_a_new_passphrase_is_the_one_that_is_named(
    central: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The one that unlocks was given: to name it again would help nobody."""
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    (tmp_path / "p").write_text(PASSPHRASE, encoding="utf-8")
    assert main(["keys", "add", "Berit", "--home", str(central), "--passphrase-file", str(tmp_path / "p")]) == 1
    told = capsys.readouterr().err
    assert "[cli.no-terminal]" in told and "Använd --new-passphrase-file FIL" in told


def test_c3_a_rescue_takes_the_place_of_no_file(tmp_path: Path) -> None:
    """What was saved before may be all there is."""
    earlier = tmp_path / "saved.backup"
    earlier.write_bytes(b"interview/1/backup\n")
    told = run_inside("rescue", "--to", earlier, home=tmp_path / "station")
    assert told.returncode == 1
    assert "[cli.file-exists]" in told.stderr
    assert earlier.read_bytes() == b"interview/1/backup\n"


def test_what_nobody_foresaw_becomes_a_code_and_no_locals(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A command that fails in its own way, with an answer among its locals and in its message (T15)."""
    broken = types.ModuleType("interview.cli.export")
    broken.describe = lambda parser, common, catalogue: None  # type: ignore[attr-defined]

    def fails(arguments: object, context: object) -> int:
        answer = SECRET
        raise RuntimeError(f"could not use {answer}")

    broken.run = fails  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "interview.cli.export", broken)
    (tmp_path / "station").mkdir(mode=0o700)
    line = ["export", "--home", str(tmp_path / "station")]
    codes = []
    for _ in range(2):
        assert main(line) == 1
        said = capsys.readouterr()
        assert said.out == "" and SECRET not in said.err and "Traceback" not in said.err
        assert "[cli.unexpected]" in said.err
        codes += re.findall(r"\b[0-9A-F]{8}\b", said.err)
    log = tmp_path / "station" / "interview.log"
    assert len(codes) == 2 and len(set(codes)) == 1
    assert codes[0] in log.read_text() and "fails" in log.read_text() and SECRET not in log.read_text()
    assert os.name == "nt" or log.stat().st_mode & 0o777 == 0o600


def test_an_interruption_is_no_crash(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    interrupted = types.ModuleType("interview.cli.export")
    interrupted.describe = lambda parser, common, catalogue: None  # type: ignore[attr-defined]

    def run_(arguments: object, context: object) -> int:
        raise KeyboardInterrupt

    interrupted.run = run_  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "interview.cli.export", interrupted)
    assert main(["export", "--home", str(tmp_path)]) == 1
    assert capsys.readouterr().err.startswith("Avbrutet.")


@pytest.mark.skipif(os.name == "nt", reason="closed pipes are POSIX's")
def test_a_reader_that_has_gone_is_no_crash(tmp_path: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    line = [str(SCRIPT), "questionnaire", "schema"]
    gone = subprocess.run(
        line, stdout=writing, stderr=subprocess.PIPE, env=environment(tmp_path), timeout=60, check=False
    )
    os.close(writing)
    assert gone.returncode == 1 and gone.stderr == b""


@pytest.mark.skipif(os.name == "nt", reason="closed pipes are POSIX's")
def test_a_reader_that_has_gone_before_a_short_answer_is_no_crash_either(tmp_path: Path) -> None:
    """A few words stay in the buffer until the end."""
    reading, writing = os.pipe()
    os.close(reading)
    gone = subprocess.run(
        [str(SCRIPT), "--help"],
        stdout=writing,
        stderr=subprocess.PIPE,
        env=environment(tmp_path),
        timeout=60,
        check=False,
    )
    os.close(writing)
    assert gone.returncode == 1 and gone.stderr == b""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
@pytest.mark.parametrize("words", [["--help"], ["questionnaire", "show", "utskrivning"], ["questionnaire", "schema"]])
def test_t18_a_full_disk_behind_standard_output_is_told_and_no_crash(words: list[str], tmp_path: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        told = subprocess.run(
            [str(SCRIPT), *words],
            stdout=full,
            stderr=subprocess.PIPE,
            env=environment(tmp_path),
            timeout=60,
            check=False,
        )
    said = told.stderr.decode()
    assert told.returncode == 1 and said.startswith("Det gick inte att skriva ut allt: disken är full.")
    assert said.count("[cli.") == 1 and said.endswith("[cli.output-failed]\n")


@pytest.mark.parametrize("words", [[], ["demo", "-n", "1"]])
def test_without_a_terminal_the_screen_is_refused(words: list[str], tmp_path: Path) -> None:
    """A job without a terminal would run for ever, with the screen in its log."""
    told = run(*words, home=tmp_path / "station")
    assert (told.returncode, told.stdout) == (1, "") and told.stderr.endswith("[cli.no-screen]\n")
    assert not (tmp_path / "station").exists()


def test_of_several_files_the_one_that_is_refused_is_named(central: Path, tmp_path: Path) -> None:
    """Cards, receipts and statements, by their names and not by what they should have been."""
    (tmp_path / "tom.json").write_text("", encoding="utf-8")
    new = ["survey", "new", "--id", "h", "--title", "H", "--starts", "2026-09", "--ends", "2026-12", "--unit", "a=A"]
    for words in (
        ["archive", "station", "add", tmp_path / "tom.json"],
        ["archive", "station", "add", central / "card.json"],
        ["archive", "station", "add", f"{central}/car*.json"],
        ["recipient", "hand-over", tmp_path / "tom.json", "--to", tmp_path / "r.json"],
        [*new, "--recipient", tmp_path / "tom.json", "--to", tmp_path / "h.survey"],
    ):
        told = run_inside(*words, "--passphrase-file", "-", home=central, passphrase=PASSPHRASE)
        assert told.returncode == 1
        assert told.stderr.startswith(("tom.json: ", "card.json: ")), (words, told.stderr)


def test_commands_without_a_screen_never_load_textual(central: Path, tmp_path: Path) -> None:
    """One process that does everything a script would, and then says what it has loaded."""
    station, _ = set_up(Home(tmp_path / "station"), PASSPHRASE, profile=TEST)
    station.close()
    (tmp_path / "p").write_text(PASSPHRASE, encoding="utf-8")
    at_station = ["--home", str(tmp_path / "station"), "--passphrase-file", str(tmp_path / "p")]
    at_central = ["--home", str(central), *at_station[2:]]
    lines = [
        ["simulate", "-n", "30", "--seed", "1", *at_station],
        ["export", *at_station],
        ["keys", "list", *at_station],
        ["audit", *at_station],
        ["recipient", "show", *at_central],
        ["archive", "station", "add", "--rehearsal", str(tmp_path / "station" / "card.json"), *at_central],
        ["archive", "collect", str(tmp_path / "station" / "batches" / "*.batch"), "--rehearsal", *at_central],
        ["archive", "tables", "--rehearsal", "--to", str(tmp_path / "tables"), *at_central],
        ["questionnaire", "schema"],
    ]
    code = (
        "import json, sys\nfrom interview.cli.main import main\n"
        f"statuses = [main(line) for line in {lines!r}]\n"
        "print(json.dumps([statuses, sorted({name.partition('.')[0] for name in sys.modules})]), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment(tmp_path / "home"), cwd=tmp_path, capture_output=True,
        text=True, encoding="utf-8", timeout=120, check=False,
    )  # fmt: skip
    statuses, loaded = json.loads(done.stderr.splitlines()[-1])
    assert statuses == [0] * len(lines), done.stderr
    assert "interview" in loaded and "textual" not in loaded
