"""A11 on the screen: whom to ring, their number, what can be done with each, and who comes next."""

import threading

import pytest
from textual.events import Key
from textual.widgets import Input

from interview.calls.cases import Attempt, Case
from interview.calls.outcomes import Outcome
from interview.paths import Home
from interview.station import answering, casework
from interview.station.station import Station
from interview.tui.calls import CallsScreen
from interview.tui.case_forms import CaseForm
from interview.tui.conversations import take_up
from interview.tui.dialogs import Dialog
from interview.tui.footer import Keys
from interview.tui.home import HomeScreen
from interview.tui.identity import IdentityScreen
from interview.tui.interview import InterviewScreen
from interview.tui.rows import RowList
from tests.tui.caller import BETWEEN, at_the_desk, interview_at


def added(station: Station, *names: str) -> list[Case]:
    """Cases of those names."""
    return [casework.add_case(station, Case(id="", unit="", name=name, telephone="070-174 06 05")) for name in names]


@pytest.mark.parametrize("width", [80, 40])
async def test_a_long_name_gives_way_to_the_number_on_the_call_list(home: Home, width: int) -> None:
    """A11: the number is what one rings."""
    async with at_the_desk(home, size=(width, 24)) as caller:
        names = [
            "Anna-Karin Margareta von Essen-Lindström af Ugglas",
            "Fiktiva Fiktivgren",
            "Bo Ek",
            *"abcdefghijklmno",
        ]
        added(caller.station, *names)
        await caller.press("c")
        while not (row := next((row for row in caller.rows if "Anna" in row), "")):
            await caller.press("pagedown")
        assert "070-174 06 05" in row and "…" in row.partition("070")[0]
        assert ("inte ringd" in row) is (width == 80) and "int…" not in row
        listed = [row for row in caller.rows if "070-" in row]
        assert any(arrow in row for row in listed for arrow in "▲▼") and all("070-174 06 05" in row for row in listed)


async def test_what_is_wrong_with_a_new_case_is_told_at_its_field_and_replaces_nothing(home: Home) -> None:
    """A11, T20: the number at once, in its own field; a personal number in the note is warned of, and let."""
    async with at_the_desk(home) as caller:
        caller.app.push_screen(form := CaseForm(caller.app.shell))
        await caller.until(lambda: form.is_mounted and form.query("#note"))
        fields = {name: form.query_one(f"#{name}", Input) for name in ("name", "telephone", "note")}
        fields["name"].value, fields["telephone"].value = "Modell Modellén", "123"
        fields["note"].value = "hör illa, 640823-3234"
        fields["telephone"].focus()
        await caller.press("enter")
        assert "går inte att ringa" in caller.text and form.query_one("#telephone-said").display
        form.add()
        await caller.settled()
        assert "personnummer" in caller.text and caller.app.focused is fields["note"]
        form.add()
        await caller.until(lambda: caller.app.focused is fields["telephone"])
        assert caller.app.focused is fields["telephone"] and form.query_one("#telephone-said").display
        await caller.press("4")
        assert fields["telephone"].value == "1234" and fields["note"].value == "hör illa, 640823-3234"
        await caller.press("f10")
        await caller.until(lambda: isinstance(caller.app.screen, HomeScreen))
        assert casework.cases(caller.station)[0].note == "hör illa, 640823-3234"


async def test_what_can_be_done_is_shown_for_the_case_pointed_at_and_a_closed_one_leads_to_the_next(home: Home) -> None:
    """A10, A11: nobody is proposed to ring whose case is closed, nor to take back what was never noted."""
    async with at_the_desk(home) as caller:
        cases = added(caller.station, "Anna Ask", "Bo Ek")
        await caller.press("c")
        screen, rows = caller.app.screen, caller.app.screen.query_one("#cases", RowList)
        assert isinstance(screen, CallsScreen)
        first, second = sorted(cases, key=lambda case: case.id != rows.here)
        assert "Enter Ring" in caller.text and "Ta tillbaka" not in caller.text
        casework.record_attempt(caller.station, first, Outcome.REFUSED)
        screen.look()
        await caller.settled()
        assert rows.here == second.id
        await caller.press("down")
        assert rows.here == first.id
        assert "Enter Ring" not in caller.text and "Ta tillbaka" in caller.text
        await caller.press("t")
        assert "Öppna ärendet igen?" in caller.text and casework.case(caller.station, first.id).attempts
        await caller.press("2")
        assert rows.here == first.id and not casework.case(caller.station, first.id).attempts


async def test_p1_what_is_pressed_right_behind_rings_once_and_opens_nothing_over_the_interview(home: Home) -> None:
    """A11, P1: a doubled Enter, and a digit that slips in behind the one that begins the interview."""
    async with at_the_desk(home) as caller:
        [case] = added(caller.station, "Bo Ek")
        await caller.press("c")
        for key in ("enter", "enter"):
            caller.app.simulate_key(key)
        await caller.until(lambda: isinstance(caller.app.screen, IdentityScreen))
        assert sum(isinstance(screen, IdentityScreen) for screen in caller.app.screen_stack) == 1
        caller.clock.seconds += BETWEEN
        for digit in "18":
            caller.app.post_message(Key(digit, digit))
        await caller.until(lambda: isinstance(caller.app.screen, InterviewScreen))
        assert not any(isinstance(screen, Dialog) for screen in caller.app.screen_stack)
        assert not casework.case(caller.station, case.id).attempts


async def test_nobody_is_told_that_nothing_is_there_before_that_is_known(home: Home) -> None:
    """A11: neither at home nor on the call list, however long it takes to read them."""
    async with at_the_desk(home) as caller:
        added(caller.station, "Bo Ek")
        assert "Inga. n börjar ett samtal" in caller.text, "that is known"
        read = threading.Event()
        try:
            for screen, told in ((HomeScreen, "Inga. n börjar"), (CallsScreen, "Ingen står på listan")):
                caller.app.shell.writer.submit(read.wait)
                caller.app.push_screen(opened := screen(caller.app.shell))
                await caller.pilot.pause()
                assert caller.app.screen is opened and opened.query(Keys) and told not in caller.text
        finally:
            read.set()
        await caller.settled()
        assert "Bo Ek" in caller.text


async def test_a_list_that_was_left_shows_nothing_any_more(home: Home) -> None:
    """A11: it may be read still when its widgets are taken away, and nothing breaks."""
    async with at_the_desk(home) as caller:
        await caller.press("c")
        left = caller.app.screen
        assert isinstance(left, CallsScreen)
        shown: list[str] = []
        await left.show_whole(lambda: shown.append("there"))
        left.dismiss(None)
        await left.show_whole(lambda: shown.append("gone"))
        assert shown == ["there"]


async def test_a_case_whose_answers_are_sealed_never_opens_again(home: Home) -> None:
    """A11, A13: nobody is interviewed and counted twice; one sentence says why."""
    async with at_the_desk(home) as caller:
        [case] = added(caller.station, "Anna Ask")
        caller.station.workspace.add_attempt(case.id, Attempt(caller.station.clock(), Outcome.COMPLETE))
        caller.app.push_screen(CallsScreen(caller.app.shell))
        await caller.settled()
        await caller.turn("take_back")
        assert casework.case(caller.station, case.id).attempts[-1].outcome is Outcome.COMPLETE
        assert "Ta tillbaka" not in caller.text
        [told] = caller.app._notifications
        assert told.message.endswith("Ärendet öppnas inte igen: då skulle samma person räknas två gånger.")


async def test_a_number_is_never_broken_between_lines(home: Home) -> None:
    """A8: on the smallest screen too."""
    async with at_the_desk(home, size=(40, 12)) as caller:
        added(caller.station, "Modell Modellén")
        await caller.press("c", "enter")
        await caller.until(lambda: isinstance(caller.app.screen, IdentityScreen))
        assert any("070-174\N{NO-BREAK SPACE}06\N{NO-BREAK SPACE}05" in row for row in caller.rows)


async def test_a8_a_conversation_from_the_list_goes_on_in_the_other_language(home: Home) -> None:
    """Somebody is on the line; the list is where it leads back to."""
    async with at_the_desk(home) as caller:
        (case,) = added(caller.station, "Prova Ett")
        interview = interview_at(caller.station, "D4", case=case)
        answering.keep(caller.station, interview)
        await caller.turn("calls")
        calls = caller.app.screen
        assert isinstance(calls, CallsScreen)
        calls.run_worker(take_up(calls, interview.draft.id, ringing=False))
        await caller.until(lambda: isinstance(caller.app.screen, InterviewScreen))
        await caller.app.run_action("language")
        await caller.until(lambda: "Answers: The patient" in caller.text)
        assert caller.at == "D4" and caller.app.screen_stack[1] is calls
