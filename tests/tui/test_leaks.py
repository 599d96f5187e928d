"""C6, T15, T16: what the process leaves behind on a real terminal, in its log and in its memory."""

import os
import re
import sys
from pathlib import Path

import pytest
from textual.widgets import Input

from interview.paths import Home
from interview.station import answering
from interview.station.unlocking import unlock
from tests.cli.installed import SCRIPT, variables
from tests.terminal import Terminal
from tests.tui.caller import PASSPHRASE, at_the_desk, interview_at

ANSWER = "Lisbet på avdelningen var snäll"


async def test_a_crash_shows_a_code_and_nothing_of_the_conversation(
    home: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    """T15: an exception with an answer in its message and its locals, in the middle of a conversation."""
    with pytest.raises(ZeroDivisionError):
        async with at_the_desk(home) as caller:
            await caller.resume(interview_at(caller.station, given={"F2": ANSWER}))

            def breaks() -> None:
                answer = caller.interview.draft.answers
                raise ZeroDivisionError(f"{answer} {caller.station.keyring.secrets}")

            caller.app.call_later(breaks)
            await caller.pilot.pause()
    shown = "".join(capsys.readouterr())
    log = home.log.read_text()
    assert "Något oväntat hände (kod" in shown and "ZeroDivisionError" in log
    for said in (shown, log):
        assert ANSWER not in said and "Lisbet" not in said
        assert "Traceback" not in said and "secrets" not in said and "answer" not in said


async def test_what_is_refused_and_done_is_logged_without_content(home: Home) -> None:
    """C6: started, opened, refused by its code, locked – by the day."""
    async with at_the_desk(home, locked=True) as caller:
        for secret in ("fel fras helt enkelt", PASSPHRASE):
            caller.app.screen.query_one("#secret", Input).value = secret
            await caller.press("enter")
            await caller.settled()
        await caller.until(lambda: caller.app.shell.station is not None)
        await caller.resume(interview_at(caller.station, "F2"))
        await caller.press("h", "e", "j")
        caller.app.lock()
        await caller.until(lambda: caller.app.shell.station is None and not caller.app.shell.writer.busy)
    events = [line.split(" ", 1)[1] for line in home.log.read_text().splitlines()]
    assert [event.split(" ")[0] for event in events] == ["started", "refused", "opened", "locked"]
    assert events[1] == "refused keys.wrong-passphrase"


async def test_the_palette_copies_the_log_for_support(home: Home, tmp_path: Path) -> None:
    """C6: to a folder of the user's choice; one that is not there is refused, and can be corrected."""
    async with at_the_desk(home) as caller:
        await caller.app.run_action("log")
        await caller.settled()
        assert "Inga namn, inga svar, inga klockslag." in caller.text
        field = caller.app.screen.query_one(Input)
        field.value = str(tmp_path / "nowhere")
        await caller.press("enter")
        assert "Mappen finns inte." in caller.text
        field.value = str(tmp_path)
        await caller.press("enter")
        assert len(list(tmp_path.glob("interview-log-*.txt"))) == 1


def test_a_terminal_keeps_nothing_of_a_conversation_and_the_memory_is_closed(home: Home) -> None:
    """T6, T16, C6: everything on the alternate screen, which is left; no core dump, no reading of its memory."""
    with unlock(home, PASSPHRASE) as station:
        interview = interview_at(station, given={"F2": ANSWER})
        answering.keep(station, interview)
    with Terminal([str(SCRIPT)], {**variables(home.root), "NO_COLOR": "1"}) as terminal:
        terminal.until("Lås upp stationen")
        if sys.platform == "linux" and os.geteuid() != 0:
            with pytest.raises(PermissionError):
                Path(f"/proc/{terminal.pid}/mem").open("rb").close()
        if sys.platform == "linux":
            limits = Path(f"/proc/{terminal.pid}/limits").read_text()
            assert re.search(r"Max core file size\s+0\s+0\s", limits)
        terminal.press(PASSPHRASE, "enter")
        terminal.until("granskningen")
        terminal.press("r")
        terminal.until("Granska svaren")
        terminal.until(ANSWER)
        terminal.press("escape")
        terminal.until("Paus")
        terminal.press("2")
        terminal.until("Nytt samtal")
        terminal.press("q")
        assert terminal.ended() == 0
    entered, left = terminal.raw.index(b"\x1b[?1049h"), terminal.raw.rindex(b"\x1b[?1049l")
    assert entered < terminal.raw.index(ANSWER.encode()) < left
    for outside in (terminal.raw[:entered], terminal.raw[left:]):
        assert ANSWER.encode() not in outside and b"Mycket bra" not in outside
    assert PASSPHRASE.encode() not in terminal.raw
    colours = {part for part in terminal.raw.split(b"\x1b[") if part.startswith((b"38;2;", b"48;2;"))}
    assert all(_grey(part) for part in colours), "NO_COLOR"


def _grey(sequence: bytes) -> bool:
    numbers = sequence.partition(b"m")[0].split(b";")
    parts = [
        numbers[n + 2 : n + 5] for n in range(len(numbers)) if numbers[n : n + 2] in ([b"38", b"2"], [b"48", b"2"])
    ]
    return all(len(set(part)) == 1 for part in parts)
