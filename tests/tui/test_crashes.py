"""C6, T15: wherever an error is raised that nobody foresaw, a code and where to read more, and nothing of its locals."""

import asyncio
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widget import Widget

from interview.config import Settings
from interview.crash import report
from interview.messages import Catalogue
from interview.paths import Home
from interview.station.unlocking import unlock
from interview.tui.app import InterviewApp, make_app
from interview.tui.footer import Keys
from tests.cli.installed import environment
from tests.tui.caller import PASSPHRASE

ANSWER = "Lisbet 640823-3234"
HOSTILE = "[/][red]\x1b]0;KAPAD\x07\x9b2J\u202e"


def breaks(*_: object, **__: object) -> None:
    answer = ANSWER
    raise ZeroDivisionError(f"could not use {answer}")


async def breaks_later() -> None:
    breaks()


def in_render(app: InterviewApp) -> None:
    keys = app.screen.query_one(Keys)
    keys.lines = breaks  # type: ignore[assignment, method-assign]
    keys._drawn_for = None
    keys.refresh()


def in_layout(app: InterviewApp) -> None:
    keys = app.screen.query_one(Keys)
    keys.get_content_height = breaks  # type: ignore[assignment, method-assign]
    keys.refresh(layout=True)


def in_compose(app: InterviewApp) -> None:
    class Broken(Widget):
        def compose(self) -> None:  # type: ignore[override]
            breaks()

    app.screen.mount(Broken())


def in_the_writer(app: InterviewApp) -> None:
    app.run_worker(app.shell.writer.run(breaks))


PLACES: dict[str, Callable[[InterviewApp], object]] = {
    "render": in_render,
    "layout": in_layout,
    "compose": in_compose,
    "worker": lambda app: app.run_worker(breaks_later()),
    "writer": in_the_writer,
    "timer": lambda app: app.set_timer(0.001, breaks),
    "handler": lambda app: app.screen.call_later(breaks),
    "after refresh": lambda app: app.screen.call_after_refresh(breaks),
}


async def crashed(app: InterviewApp, start: Callable[[InterviewApp], object]) -> None:
    """Run the application as a command does, but without a terminal, until what is started in it has broken it."""

    async def at_work(pilot: Pilot[int]) -> None:
        start(app)

    async with asyncio.timeout(20):
        await app.run_async(headless=True, auto_pilot=at_work)
    app.close_station()
    assert app.return_code == 1


def told_by_its_code(shown: str) -> str:
    """The code, once nothing else of the error is found in what is shown."""
    assert ANSWER not in shown and "could not use" not in shown and "Traceback" not in shown
    assert not any(sign in shown for sign in "\x07\x9b\u202e")
    (code,) = re.findall(r"kod ([0-9A-F]{8})", shown)
    return str(code)


@pytest.mark.parametrize("place", PLACES)
async def test_t15_an_error_anywhere_on_the_screen(place: str, home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    await crashed(make_app(home, Settings(), station=unlock(home, PASSPHRASE)), PLACES[place])
    shown = "".join(capsys.readouterr())
    code = told_by_its_code(shown)
    log = home.log.read_text()
    assert f"crash {code} builtins.ZeroDivisionError" in log and ":breaks" in log and ANSWER not in log
    assert "står i filen interview.log" in " ".join(shown.split())


async def test_t15_an_error_at_set_up_where_no_log_can_be_kept_is_told_on_the_screen(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home = Home(tmp_path / "nothing yet")
    await crashed(make_app(home, Settings()), PLACES["worker"])
    shown = "".join(capsys.readouterr())
    told_by_its_code(shown)
    assert "builtins.ZeroDivisionError" in shown and re.search(r"test_crashes\.py:\d+:breaks\n", shown)
    assert "interview.log" not in shown and not home.root.exists()


async def test_t15_a_demo_names_no_log_that_goes_with_it(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    await crashed(make_app(home, Settings(), station=unlock(home, PASSPHRASE), demo=True), PLACES["timer"])
    shown = "".join(capsys.readouterr())
    told_by_its_code(shown)
    assert re.search(r"test_crashes\.py:\d+:breaks\n", shown) and "interview.log" not in shown


@pytest.mark.skipif(os.name == "nt", reason="a name that Windows has not")
async def test_t15_a_home_of_hostile_name_is_told_as_text(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    """T13: also on the way out nothing is obeyed, and no markup makes the crash's own words break."""
    odd = Home(home.root.with_name(HOSTILE.replace("/", "")))
    home.root.rename(odd.root)
    await crashed(make_app(odd, Settings(), station=unlock(odd, PASSPHRASE)), PLACES["handler"])
    shown = "".join(capsys.readouterr())
    told_by_its_code(shown)
    assert "[][red]" in shown.replace("\n", "") and "KAPAD" not in shown
    told = report(ZeroDivisionError(), Home(Path(HOSTILE)), Catalogue("sv"))
    assert not any(sign in told for sign in "\x1b\x07\x9b\u202e")


COMMAND = """
import sys, threading
from interview.cli.main import main
{breaking}
sys.exit(main(["--home", sys.argv[1], *sys.argv[2:]]))
"""
IN_A_COMMAND = """
import interview.cli.log
def breaks(*_):
    answer = "Lisbet 640823-3234"
    raise ZeroDivisionError(f"could not use {answer}")
interview.cli.log.for_support = breaks
"""
IN_A_THREAD = """
import interview.tui.app, interview.tui.start
interview.tui.start.need_screen = lambda: None  # This process has no terminal.
def run(self):
    def breaks():
        answer = "Lisbet 640823-3234"
        raise ZeroDivisionError(f"could not use {answer}")
    thread = threading.Thread(target=breaks)
    thread.start()
    thread.join()
interview.tui.app.InterviewApp.run = run
"""
BEFORE_THE_SCREEN = """
import interview.tui.app
def breaks(*_, **__):
    answer = "Lisbet 640823-3234"
    raise ZeroDivisionError(f"could not use {answer}")
interview.tui.app.InterviewApp.__init__ = breaks
"""


@pytest.mark.parametrize(
    ("breaking", "words", "kept"),
    [
        (IN_A_COMMAND, ["log"], True),
        (IN_A_COMMAND, ["log"], False),
        (IN_A_THREAD, [], True),
        (BEFORE_THE_SCREEN, [], False),
    ],
    ids=["command", "command-nowhere", "thread", "before-the-screen"],
)
def test_t15_an_error_in_a_command_or_outside_the_screen(
    breaking: str, words: list[str], kept: bool, tmp_path: Path
) -> None:
    """In a process of its own: what is told where nothing stands between an error and the interpreter."""
    home = Home(tmp_path / "station")
    if kept:
        home.root.mkdir(mode=0o700)
    done = subprocess.run(
        [sys.executable, "-c", COMMAND.format(breaking=breaking), str(home.root), *words],
        env=environment(home.root, INTERVIEW_LANGUAGE="sv"), capture_output=True, text=True, encoding="utf-8",
        timeout=60, check=False,
    )  # fmt: skip
    code = told_by_its_code(done.stdout + done.stderr)
    if kept:
        assert f"står i filen interview.log i {home.root}" in " ".join(done.stderr.split())
        assert f"crash {code} builtins.ZeroDivisionError" in home.log.read_text()
    else:
        assert ":breaks\n" in done.stderr and not home.root.exists()
