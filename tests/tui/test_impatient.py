"""P1, P2: keys that come twice, and faster than the station answers, open nothing twice and do nothing twice."""

import threading
from pathlib import Path

import pytest
from textual.widgets import Input

from interview.config import Settings
from interview.paths import Home
from interview.station import answering, casework
from interview.tui.calls import CallsScreen
from interview.tui.case_forms import CaseForm
from interview.tui.copies import CopyStep
from interview.tui.dialogs import Dialog
from interview.tui.home import HomeScreen
from interview.tui.identity import IdentityScreen
from interview.tui.interview import InterviewScreen
from interview.tui.steps import ChoiceStep, CodeStep, FieldsStep, TypedBackStep
from interview.tui.unlock import UnlockScreen
from tests.tui.caller import PASSPHRASE, Caller, at_the_desk, interview_at
from tests.tui.test_conversation import case_in


def stacked(caller: Caller) -> list[type]:
    return [type(screen) for screen in caller.app.screen_stack]


async def twice(caller: Caller, action: str) -> None:
    """An action done by its key, and again at once."""
    screen = caller.app.screen
    for _ in range(2):
        await caller.app.run_action(action, screen)
    await caller.settled()


async def test_p1_a_second_press_opens_no_second_screen(home: Home) -> None:
    """A new interview, one that was interrupted, a ringing from the list, a backup: each stands on the screen once."""
    async with at_the_desk(home) as caller:
        await twice(caller, "new")
        assert stacked(caller) == [HomeScreen, IdentityScreen]
        await caller.choose(None)
        await twice(caller, "backup")
        assert stacked(caller) == [HomeScreen, CopyStep]
        await caller.choose(None)
        case_in(caller.station, name="Prova Ett")
        answering.keep(caller.station, interview_at(caller.station, "D4"))
        await caller.turn("calls")
        await caller.press_at_once("enter", "enter")
        assert stacked(caller) == [HomeScreen, CallsScreen, IdentityScreen]
        await caller.choose(None, None)
        await caller.press_at_once("enter", "enter")
        assert stacked(caller) == [HomeScreen, InterviewScreen]


async def test_p1_two_digits_at_once_are_one_answer_to_who_is_on_the_line(home: Home) -> None:
    async with at_the_desk(home) as caller:
        await caller.turn("new")
        await caller.press_at_once("1", "7", seen=False)
        assert stacked(caller) == [HomeScreen, InterviewScreen]


async def test_p2_a_case_added_by_a_doubled_key_is_on_the_list_once(home: Home) -> None:
    async with at_the_desk(home) as caller:
        caller.app.push_screen(CaseForm(caller.app.shell))
        await caller.settled()
        for name, text in (("name", "Prova Ett"), ("telephone", "0701740605")):
            caller.app.screen.query_one(f"#{name}", Input).value = text
        busy = threading.Event()
        caller.app.shell.writer.submit(busy.wait)
        for _ in range(2):
            caller.app.screen.add()  # type: ignore[attr-defined]
            await caller.pilot.pause(0)
        busy.set()
        await caller.settled()
        assert len(casework.cases(caller.station)) == 1


async def test_a_demo_is_unlocked_once_by_a_doubled_enter(home: Home) -> None:
    """Only there an empty field unlocks; two open stations would stand in each other's way."""
    async with at_the_desk(home, locked=True) as caller:
        caller.app.shell.demo_passphrase = PASSPHRASE
        await caller.press_at_once("enter", "enter", seen=False)
        await caller.until(lambda: isinstance(caller.app.screen, HomeScreen))
        assert home.log.read_text().count("opened") == 1


async def test_p5_a_station_left_where_it_says_that_the_answers_are_sealed_locks_itself(home: Home) -> None:
    """Nothing of that interview is left to be kept, and none to come back to."""
    async with at_the_desk(home, settings=Settings(lock_after=10)) as caller:
        await caller.resume(interview_at(caller.station))
        await caller.turn("seal")
        await caller.choose("seal")
        await caller.until(lambda: "Förseglat" in caller.text)
        caller.clock.seconds += 3600
        caller.app._look_whether_anybody_is_there()
        await caller.until(lambda: isinstance(caller.app.screen, UnlockScreen) and not caller.app.shell.writer.busy)
        assert caller.app.shell.station is None and caller.app._left_draft is None


async def test_p1_a_dialog_takes_its_keys_again_when_the_window_is_large_again(home: Home) -> None:
    """Below the least size nothing can be chosen in it."""
    async with at_the_desk(home) as caller:
        await caller.resume(interview_at(caller.station, "D4"))
        await caller.turn("pause")
        await caller.resize(30, 8)
        await caller.press("4")
        assert not caller.interview.draft.core_only
        await caller.resize(80, 24)
        await caller.press("4")
        assert caller.interview.draft.core_only


@pytest.mark.parametrize("typed", ["~nobody-of-that-name/kopia", "/" + "a" * 400])
async def test_c3_a_file_name_that_cannot_be_is_refused_and_stays_to_be_mended(home: Home, typed: str) -> None:
    async with at_the_desk(home) as caller:
        caller.app.screen.action_backup()  # type: ignore[attr-defined]
        step = await caller.fill_in(CopyStep, file=typed)
        await caller.settled()
        assert stacked(caller) == [HomeScreen, CopyStep] and step.query_one("#file", Input).value == typed
        assert str(step.query_one("#said").render())


async def test_a8_set_up_goes_on_in_the_other_language_and_the_station_remembers_it(tmp_path: Path) -> None:
    """Each step is put into words before it is asked, so the one on the screen is asked anew."""
    empty = Home(tmp_path / "new")
    async with at_the_desk(empty, locked=True) as caller:
        await caller.until(lambda: isinstance(caller.app.screen, ChoiceStep))
        caller.app.action_language()
        await caller.until(lambda: "There is no station here yet." in caller.text)
        await caller.choose("rehearsal", "ekbacken", "primary-care")
        await caller.fill_in(FieldsStep, passphrase=PASSPHRASE, again=PASSPHRASE)
        await caller.until(lambda: isinstance(caller.app.screen, CodeStep))
        code = caller.app.screen.code.replace("\n", "")  # type: ignore[attr-defined]
        caller.app.action_language()
        await caller.until(lambda: "Steg 5 av 6" in caller.text and "Vidare" in caller.text)
        assert code in caller.app.screen.code.replace("\n", ""), "shown once more, not made once more"  # type: ignore[attr-defined]
        caller.app.action_language()
        await caller.until(lambda: "Step 5 of 6" in caller.text)
        await caller.choose(True)
        await caller.fill_in(TypedBackStep, code=code)
        await caller.until(lambda: isinstance(caller.app.screen, HomeScreen) and empty.settings.exists())
        assert empty.settings.read_text() == 'language = "en"\n'


async def test_a8_a_step_over_another_screen_goes_back_where_the_language_changes(home: Home) -> None:
    async with at_the_desk(home) as caller:
        caller.app.screen.action_backup()  # type: ignore[attr-defined]
        await caller.until(lambda: isinstance(caller.app.screen, CopyStep))
        caller.app.action_language()
        await caller.until(lambda: isinstance(caller.app.screen, HomeScreen) and "New call" in caller.text)


async def test_p1_a_digit_on_the_heels_of_a_card_is_no_answer_to_who_is_on_the_line(home: Home) -> None:
    async with at_the_desk(home) as caller:
        await caller.turn("new")
        await caller.press_at_once("f3", "1", seen=False)
        assert stacked(caller) == [HomeScreen, IdentityScreen, Dialog]
