"""A14 on the screen: what waits, the least a batch holds, the last remainder only once its size was confirmed."""

from pathlib import Path
from random import Random

from textual.widgets import Input

from interview.paths import Home, shipped_questionnaires
from interview.questionnaire.reading import read_questionnaire
from interview.station.questionnaires import load
from interview.station.simulating import simulate
from interview.tui.home import HomeScreen
from tests.tui.caller import at_the_desk


async def test_a_batch_is_written_where_one_wants_it_and_can_be_written_again(home: Home, tmp_path: Path) -> None:
    """A14: says how many, where it lies and what to do with it; the same bytes again."""
    async with at_the_desk(home) as caller:
        simulate(caller.station, 12, Random(1))
        await caller.press("e")
        assert "12 svar väntar. En leverans kräver minst 10." in caller.text
        await caller.press("s")
        assert "Mätningens sista rest" not in caller.text
        folder = caller.app.screen.query_one("#folder", Input)
        folder.value = f'"{tmp_path}"'
        await caller.press("enter")
        [batch] = tmp_path.glob("*.batch")
        assert "Leverans 1 är skriven: 12 svar." in caller.text and batch.name in caller.text.replace(" ", "")
        first = batch.read_bytes()
        batch.unlink()
        await caller.press("i")
        assert batch.read_bytes() == first
        await caller.press("escape")
        assert isinstance(caller.app.screen, HomeScreen)
        assert "Väntar på export 0 svar" in caller.text


async def test_a_few_responses_leave_only_as_the_last_remainder(home: Home) -> None:
    """P8: under the minimum nothing is written until its size has been said and confirmed; the first choice waits."""
    async with at_the_desk(home) as caller:
        simulate(caller.station, 3, Random(1))
        await caller.press("e", "enter")
        assert "3 svar väntar. En leverans kräver minst 10, så det får vänta" in caller.text
        await caller.press("s")
        assert "3 svar är färre än 10." in caller.text
        await caller.press("1")
        assert not list(home.outbox.glob("*.batch"))
        await caller.press("s", "2")
        assert len(list(home.outbox.glob("*.batch"))) == 1


async def test_p2_what_waits_of_a_replaced_survey_is_told_and_leaves_from_the_screen(home: Home) -> None:
    """A14: home says that there is more, the export names the survey and changes to the one that was replaced."""
    form = shipped_questionnaires() / "ovning" / "2026.1.yaml"
    async with at_the_desk(home) as caller:
        simulate(caller.station, 11, Random(1))
        load(caller.station, read_questionnaire(form.read_bytes(), form.name))
        caller.app.screen.look()
        await caller.settled()
        assert "11 i andra mätningar" in caller.text
        await caller.press("e")
        assert "rehearsal 2" in caller.text and "11 svar väntar i andra mätningar." in caller.text
        await caller.press("a", "1")
        assert "rehearsal 1" in caller.text and "11 svar väntar. En leverans kräver minst 10." in caller.text
        await caller.press("enter")
        assert "Leverans 1 är skriven: 11 svar." in caller.text
        assert len(list(home.outbox.glob("*.batch"))) == 1
