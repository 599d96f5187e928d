"""C1, T21: keys on the screen, and locking, by key and after idle minutes, which loses nothing of a conversation."""

import asyncio

import pytest
from textual.widgets import Input, Static

from interview.config import Settings
from interview.crypto.slots import TEST
from interview.paths import Home
from interview.station.keys import station_keys
from interview.station.setup import recovery_confirmed
from interview.station.unlocking import unlock
from interview.store.keys import named_keys
from interview.tui.app import IDLE_CHECK
from interview.tui.dialogs import Dialog
from interview.tui.home import HomeScreen
from interview.tui.interview import InterviewScreen
from interview.tui.keys import KeysScreen, KeyStep
from interview.tui.steps import CodeStep
from interview.tui.unlock import UnlockScreen
from tests.crashes.disk import FullOnce, available, watched
from tests.tui.caller import PASSPHRASE, Caller, at_the_desk, interview_at

NEW = "sju helt nya ord här i dag"


async def fill(caller: Caller, **typed: str) -> None:
    """Fill in the step on the screen and go on."""
    step = await caller.fill_in(KeyStep, **typed)
    await caller.until(lambda: caller.app.screen is not step or said(step))


def said(step: object) -> str:
    """What the step says went wrong; nothing while it is trying."""
    assert isinstance(step, KeyStep)
    return "" if step._trying else str(step.query_one("#said", Static).content)


def names(caller: Caller) -> list[str]:
    return [key.name for key in named_keys(caller.station.keyring.fresh())]


async def test_c1_a_key_is_added_changed_and_removed_from_the_home_screen(home: Home) -> None:
    async with at_the_desk(home) as caller:
        owner = caller.station.keyring.slots[0].name
        await caller.press("k")
        await caller.until(lambda: isinstance(caller.app.screen, KeysScreen) and owner in caller.text)
        assert "Återställningskoden" in caller.text and "Två kopior" in caller.text
        await caller.press("n")
        await fill(caller, name="Berit", new=NEW, again=NEW + "x", secret=PASSPHRASE)
        assert "två lösenfraserna är olika" in caller.text
        await fill(caller, again=NEW, secret="fel lösenfras helt")
        assert "Lösenfrasen stämmer inte" in caller.text
        await fill(caller, secret=PASSPHRASE)
        await caller.until(lambda: "Berit" in caller.text)
        assert names(caller) == [owner, "recovery", "Berit"]
        await caller.press("t")
        await fill(caller, secret=NEW)
        await caller.until(lambda: "ny underskriftsnyckel" in caller.text)
        await caller.press("enter")
        assert isinstance(caller.app.screen, KeysScreen) and names(caller) == ["recovery", "Berit"]
        await caller.press("home", "t")
        await fill(caller, secret=NEW)
        assert "går inte att ta bort" in caller.text
        await caller.press("escape")
        assert caller.station.workspace.drafts() == ()
    with unlock(home, NEW) as station:
        assert station.responses.surveys()


async def test_t21_whoever_removes_their_own_key_is_at_a_locked_station(home: Home) -> None:
    """They are warned before, and the first choice keeps the key."""
    await asyncio.to_thread(station_keys(home).add, PASSPHRASE, "Berit", NEW, TEST)
    async with at_the_desk(home) as caller:
        await caller.press("k")
        await caller.until(lambda: "Berit" in caller.text)
        await caller.press("t")
        for choice in ("1", "2"):
            step = caller.app.screen
            step.query_one("#secret", Input).value = PASSPHRASE
            await caller.press("f10")
            await caller.until(lambda: isinstance(caller.app.screen, Dialog))
            assert "din lösenfras inte stationen" in caller.text and len(names(caller)) == 3
            await caller.press(choice)
            if choice == "1":
                await caller.until(lambda: "Nyckeln är kvar" in caller.text)
                assert len(names(caller)) == 3
        await caller.until(lambda: isinstance(caller.app.screen, UnlockScreen))
        assert caller.app.shell.station is None
    unlock(home, NEW).close()


async def shown_code(caller: Caller) -> str:
    """A new recovery code from the home screen, read and put away."""
    await caller.press("k")
    await caller.until(lambda: isinstance(caller.app.screen, KeysScreen) and "Återställningskoden" in caller.text)
    await caller.press("k")
    await fill(caller, secret=PASSPHRASE)
    await caller.until(lambda: isinstance(caller.app.screen, CodeStep))
    code = caller.app.screen.code.replace("\n", "")  # type: ignore[attr-defined]
    await caller.press("enter")
    return code


async def test_t21_a_new_recovery_code_is_shown_once_and_is_to_be_typed_back(home: Home) -> None:
    async with at_the_desk(home) as caller:
        code = await shown_code(caller)
        await caller.until(lambda: isinstance(caller.app.screen, KeysScreen))
        assert not recovery_confirmed(caller.station)
    unlock(home, code).close()


@pytest.mark.skipif(not available(), reason="the library does not show its VFS")
async def test_t21_a_new_code_is_shown_although_the_station_cannot_be_opened_again(home: Home) -> None:
    """A disk that takes nothing more once the keyring is written: the new code holds, and nobody would see it again."""
    disk = FullOnce(home.keyring)
    with watched(disk):
        async with at_the_desk(home) as caller:
            code = await shown_code(caller)
            await caller.until(lambda: isinstance(caller.app.screen, UnlockScreen) and not caller.app.shell.writer.busy)
    assert disk.begun
    unlock(home, code).close()


async def unlock_again(caller: Caller) -> None:
    """Type the passphrase on the screen of a station that has locked itself."""
    await caller.until(lambda: isinstance(caller.app.screen, UnlockScreen))
    assert caller.app.shell.station is None
    caller.app.screen.query_one(Input).value = PASSPHRASE
    await caller.press("enter")


async def test_c1_locking_by_key_closes_the_files(home: Home) -> None:
    async with at_the_desk(home) as caller:
        caller.app.notify("Nyckeln är kvar.", timeout=600)
        await caller.settled()
        assert len(caller.app._notifications) == 1
        await caller.press("l")
        await caller.until(lambda: isinstance(caller.app.screen, UnlockScreen) and not caller.app.shell.writer.busy)
        assert not caller.app._notifications, "what was said to whoever was there is not left on the lock screen"
        assert not list(home.root.glob("*-wal"))
        await unlock_again(caller)
        await caller.until(lambda: isinstance(caller.app.screen, HomeScreen))


async def test_c1_idle_minutes_lock_and_the_conversation_goes_on_where_it_was(home: Home) -> None:
    """The text half written is kept too; a key pressed in time keeps the station open."""
    async with at_the_desk(home, settings=Settings(lock_after=10)) as caller:
        await caller.resume(interview_at(caller.station, "F2"))
        draft = caller.interview.draft.id
        await caller.press(*"Hej")
        caller.clock.seconds += 9 * 60
        await caller.press("d", after=0)
        caller.clock.seconds += 9 * 60
        caller.app._look_whether_anybody_is_there()
        await caller.settled()
        assert isinstance(caller.app.screen, InterviewScreen)
        caller.clock.seconds += 2 * 60
        caller.app._look_whether_anybody_is_there()
        await unlock_again(caller)
        await caller.until(lambda: isinstance(caller.app.screen, InterviewScreen))
        assert (caller.interview.draft.id, caller.at) == (draft, "F2")
        assert "Hejd" in caller.text
    assert IDLE_CHECK <= 10
