"""A8, A10: F1 explains whatever has the focus, also over a screen; the keys that are shown are those that do something."""

from pathlib import Path

from textual.screen import Screen

from interview.calls.rules import RINGINGS
from interview.config import Settings
from interview.paths import Home
from interview.tui.app import make_app
from interview.tui.appointment_dialog import AppointmentDialog
from interview.tui.case_forms import CaseForm, OutcomeList
from interview.tui.desk import desk_for
from interview.tui.dialogs import Dialog
from interview.tui.help import HelpScreen
from interview.tui.menus import Menus
from interview.tui.palette import PaletteScreen
from interview.tui.support import support_step
from tests.tui.caller import Caller, Clock, at_the_desk, flat, interview_at


def over(caller: Caller) -> list[tuple[Screen, str]]:
    """What can stand over a screen, and some words of its help."""
    shell = caller.app.shell
    desk = desk_for(shell)
    menus = Menus(desk.words, desk.unit)
    guard = caller.screen.guard
    return [
        (
            Dialog(menus.pause(False, False, 0, (), desk.actions["interview.care-needed"]), guard),
            "2 är för ett samtal som bröts",
        ),
        (Dialog(menus.who((), closes=()), guard), "Det frågar du patienten om först."),
        (Dialog(menus.erase(), guard), "Esc stänger utan att något händer."),
        (AppointmentDialog(desk.words, desk.now), "fredag 10, 15/3 14.30"),
        (CaseForm(shell), "Inget av det följer med svaren."),
        (OutcomeList(shell, RINGINGS), "Det du väljer noteras på ärendet."),
        (PaletteScreen(shell, ()), "Skriv några bokstäver"),
        (support_step(shell), "där står inget om någon patient"),
    ]


async def test_f1_explains_whatever_stands_over_a_screen_and_closes_again(home: Home) -> None:
    """A10: a dialog keeps every other key to itself; what it asks is still there when the help goes."""
    async with at_the_desk(home) as caller:
        await caller.resume(interview_at(caller.station, "E1"))
        closed_by_its_key = True
        for screen, words in over(caller):
            caller.app.push_screen(screen)
            await caller.settled()
            await caller.press("f1")
            assert isinstance(caller.app.screen, HelpScreen), screen
            assert words in caller.text, screen
            await (caller.press("f1") if closed_by_its_key else caller.app.action_help())
            await caller.settled()
            closed_by_its_key = False
            assert caller.app.screen is screen
            screen.dismiss(None)
            await caller.settled()


async def test_f1_explains_the_step_of_set_up_one_is_at(tmp_path: Path) -> None:
    """A10, A3."""
    app = make_app(Home(tmp_path / "none"), Settings())
    async with app.run_test(size=(80, 24)) as pilot:
        caller = Caller(app, pilot, Clock())
        await caller.until(lambda: len(app.screen_stack) > 1)
        await caller.press("f1")
        assert "ett fingeravtryck på papper" in caller.text


async def test_the_digits_shown_are_those_that_answer(home: Home) -> None:
    """A10: a text that is read has none, a scale has nought too, and what the form lacks is not offered."""
    async with at_the_desk(home) as caller:
        await caller.resume(interview_at(caller.station, "opening"))
        assert flat(caller.rows[-2]).startswith("Enter vidare PageUp bakåt")
        for item, shown in (("A1", "1–3 svarar"), ("E1", "1–5 svarar"), ("F1", "0–9 svarar"), ("F2", "F10 vidare")):
            await caller.move(interview_at(caller.station, item))
            assert flat(caller.rows[-2]).startswith(shown)
        assert "F3 motfrågor F5 förbättring F2 språk" in flat(caller.rows[-1])


async def test_an_export_without_a_batch_before_proposes_none_again(home: Home) -> None:
    """A14."""
    async with at_the_desk(home) as caller:
        await caller.press("e", "enter")
        await caller.until(lambda: "Inga svar väntar" in caller.text)
        assert "igen" not in caller.text.partition("Inga svar väntar")[2]
