"""P5, C1: the station locks itself when nobody has been there, also when the computer slept meanwhile or its clock was set."""

import shutil
import subprocess
import sys
import time

import pytest

from interview.config import Settings
from interview.paths import Home
from interview.tui.home import HomeScreen
from interview.tui.idle import Idle, waking_seconds
from interview.tui.unlock import UnlockScreen
from tests.tui.caller import at_the_desk
from tests.tui.test_keys import unlock_again

HOUR = 3600
ASLEEP = ["unshare", "--user", "--map-root-user", "--time", "--boottime", str(10 * HOUR), "--fork"]
"""A process for which the computer has slept ten hours since it was started: time_namespaces(7)."""


def test_c1_a_clock_set_back_keeps_nothing_open_and_one_set_forward_may_lock() -> None:
    at = {"clock": 100.0, "wall": 5_000.0}
    idle = Idle(lambda: at["clock"], lambda: at["wall"])
    at["clock"], at["wall"] = 700.0, 5_000.0 - HOUR
    assert idle.seconds == 600
    at["wall"] = 5_000.0 + HOUR
    assert idle.seconds == HOUR
    idle.seen()
    assert idle.seconds == 0


@pytest.mark.skipif(sys.platform != "linux", reason="names Linux's clock")
def test_c1_the_clock_goes_on_while_the_computer_sleeps() -> None:
    before = time.clock_gettime(time.CLOCK_BOOTTIME)
    assert before <= waking_seconds() <= time.clock_gettime(time.CLOCK_BOOTTIME)


@pytest.mark.skipif(shutil.which("unshare") is None, reason="no unshare here")
def test_c1_what_was_slept_counts() -> None:
    """The program's default clock, where the computer has slept and `time.monotonic` does not know of it."""
    if subprocess.run([*ASLEEP, "true"], check=False, capture_output=True).returncode:
        pytest.skip("no time namespaces here")
    asked = "import time; from interview.tui.shell import Shell; print(Shell.__dataclass_fields__['clock'].default() - time.monotonic())"
    slept = subprocess.run([*ASLEEP, sys.executable, "-c", asked], check=True, capture_output=True, text=True).stdout
    assert float(slept) > 9 * HOUR


async def test_c1_the_first_key_after_the_computer_slept_locks_and_does_nothing_else(home: Home) -> None:
    """Nobody has looked at the clock yet when it comes; where only the time of day goes on, that is enough."""
    async with at_the_desk(home, settings=Settings(lock_after=10)) as caller:
        caller.clock.seconds += HOUR
        await caller.press("c", after=0)
        await caller.until(lambda: isinstance(caller.app.screen, UnlockScreen) and not caller.app.shell.writer.busy)
        await unlock_again(caller)
        await caller.until(lambda: isinstance(caller.app.screen, HomeScreen))
        caller.clock.set_by -= HOUR
        await caller.press("f1", after=0)
        assert not isinstance(caller.app.screen, UnlockScreen)
        await caller.press("escape")
        caller.clock.set_by += 2 * HOUR
        caller.app._look_whether_anybody_is_there()
        await caller.until(lambda: isinstance(caller.app.screen, UnlockScreen) and not caller.app.shell.writer.busy)
