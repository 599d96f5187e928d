"""P2, A9: the commit is the acknowledgement; what fails is said and can be tried again; what was begun is found again."""

import asyncio

import pytest
from textual.events import Key
from textual.widgets import Input

from interview.calls.cases import Case
from interview.calls.rules import LONGEST_NOTE
from interview.config import Settings
from interview.errors import InterviewError
from interview.exchange.surveys import read_survey
from interview.paths import Home
from interview.questionnaire.canonical import canonical_bytes, from_canonical, questionnaire_hash
from interview.session.answers import Address, Respondent
from interview.station import answering, casework
from interview.station.rehearsal import rehearsal_survey, shipped_questionnaire
from interview.station.station import Station
from interview.station.unlocking import unlock
from interview.tui.home import HomeScreen
from interview.tui.interview import InterviewScreen
from interview.tui.text_field import TextField
from interview.tui.unlock import UnlockScreen
from tests.tui.caller import PASSPHRASE, at_the_desk, interview_at

LONG = "😶" * 500
"""The longest text in bytes that the question takes."""


def limit(station: Station, pages: int) -> None:
    """Let the workspace take at most so many pages more."""
    database = station.workspace.database
    used = int(database.query("PRAGMA page_count")[0][0])
    database.query(f"PRAGMA max_page_count = {used + pages}")


def fill(station: Station) -> None:
    """Use up every page the workspace has, so that a long text finds no room: a full disk."""
    limit(station, 0)
    case = Case(id="", unit="", name="Övning", telephone="070-174 06 05", note="x" * LONGEST_NOTE)
    with pytest.raises(InterviewError):
        for _ in range(100):
            casework.add_case(station, case)


async def test_an_answer_is_durable_before_the_next_question_is_shown(home: Home) -> None:
    """P2: at the moment the next question is on the screen the answer can be read from the file."""
    async with at_the_desk(home) as caller:
        await caller.resume(interview_at(caller.station, "E1"))
        await caller.press("1")
        assert caller.at == "B1a"
        assert caller.kept("E1").value == "very-good"
        assert "✓ Sparat" in caller.text


async def test_a_save_that_fails_says_why_keeps_the_answer_and_can_be_tried_again(home: Home) -> None:
    """P2: a full disk, really; nobody goes on until the answer rests."""
    async with at_the_desk(home) as caller:
        await caller.resume(interview_at(caller.station, "F2"))
        fill(caller.station)
        field = caller.app.screen.query_one(TextField)
        field.insert(LONG)
        await caller.settled()
        await caller.press("f10")
        assert caller.at == "F2"
        assert "✗ Inte sparat" in caller.text
        assert "Svaret är inte sparat:" in caller.text
        assert "Enter eller r försöker igen. Esc går till startsidan." in caller.text
        assert field.text == LONG and "😶" in caller.text
        await caller.press("f10", "pageup", "f9", "ctrl+s", "k", "v")
        assert caller.at == "F2"
        assert caller.app.screen is caller.screen, "no menu opens"
        await caller.press("f4")
        assert "112" in caller.text, "the care-needed card opens whatever else cannot be done"
        await caller.choose(None)
        await caller.press("escape")
        assert "Svaret på skärmen är inte sparat och går förlorat." in caller.text
        await caller.choose("1")
        assert "✗ Inte sparat" in caller.text and "Esc till startsidan" in caller.text and field.text == LONG
        assert not await caller.screen.put_down(), "and it is not locked away"
        await caller.press("r")
        assert "✗ Inte sparat" in caller.text
        limit(caller.station, 100)
        await caller.press("enter")
        assert caller.at == "closing"
        assert caller.kept("F2").value == LONG
        assert "✓ Sparat" in caller.text


async def test_two_windows_on_one_interview_leave_a_way_home(home: Home) -> None:
    """P2: what the other window kept is there; the answer that could not be kept is lost only once that is confirmed."""
    async with at_the_desk(home) as caller:
        interview = interview_at(caller.station, "E1")
        await caller.resume(interview)
        with unlock(home, PASSPHRASE) as other:
            answering.keep(other, answering.resume(other, interview.draft.id).answer("poor"))
        await caller.press("1")
        assert "Intervjun har ändrats i ett annat fönster" in caller.text and "Esc går till startsidan" in caller.text
        await caller.press("p")
        await caller.choose("2")
        assert isinstance(caller.app.screen, HomeScreen)
        kept = answering.resume(caller.station, interview.draft.id).draft.answers
        assert kept[Address("E1", 0)].value == "poor"


async def test_a_save_that_takes_long_says_so(home: Home) -> None:
    """P2: after 100 ms; keys meanwhile are dropped. Another process holds the file."""
    async with at_the_desk(home) as caller:
        await caller.resume(interview_at(caller.station, "E1"))
        other = unlock(home, PASSPHRASE)
        with other.workspace.locked():
            caller.clock.seconds += 1
            caller.app.post_message(Key("1", "1"))
            async with asyncio.timeout(20):
                while "… Sparar" not in caller.text:
                    await caller.pilot.pause(0)
            assert caller.at == "E1"
            assert not caller.screen.guard.visible, "nor before the next question is painted"
            caller.clock.seconds += 1
            caller.app.post_message(Key("3", "3"))
        await caller.settled()
        other.close()
        assert caller.at == "B1a"
        assert caller.kept("E1").value == "very-good"
        assert caller.kept("B1a") is None
        assert "✓ Sparat" in caller.text


async def test_an_interview_is_taken_up_where_it_was(home: Home) -> None:
    """A9: the same question, language, who answers, core only, minutes; no key counts before it can be read."""
    async with at_the_desk(home) as caller:
        interview = interview_at(caller.station, "D4").answered_by(Respondent.PROXY).in_language("en").core_only()
        await caller.resume(interview.lasting(305))
        question = caller.at
        assert question and "Svarar: Närstående · bara kärnfrågor 5 min" in caller.text
        await caller.press("escape", "2")
        assert isinstance(caller.app.screen, HomeScreen)
        before = dict(answering.resume(caller.station, interview.draft.id).draft.answers)
        await caller.press("r", after=2)
        assert caller.at == question
        assert caller.interview.draft.language == "en"
        assert "Svarar: Närstående · bara kärnfrågor 5 min" in caller.text
        assert dict(caller.interview.draft.answers) == before


async def test_an_interview_is_finished_on_the_version_it_began_with(home: Home) -> None:
    """P7: the station asks a newer form now; the draft asks its own."""
    async with at_the_desk(home) as caller:
        old = interview_at(caller.station, "B2")
        answering.keep(caller.station, old)
        form = shipped_questionnaire()
        newer = canonical_bytes(form.model_copy(update={"version": "2027.1"}))
        station = caller.station
        station.responses.add_questionnaire(questionnaire_hash(newer), newer, 4096)
        survey = read_survey(rehearsal_survey(from_canonical(newer)), None)
        station.responses.add_survey(survey.hash, survey.envelope, survey.survey.questionnaire.hash)
        station.survey_hash = survey.hash
        await caller.press("f", "escape")
        assert "Patienten själv · 2026.2" in caller.text, "the home screen says that it is another version"
        await caller.press("r")
        assert caller.interview.form.questionnaire.version == "2026.2"
        await caller.press("1")
        assert caller.kept("B2").value == "yes"


async def test_interviews_under_way_are_told_apart_without_personal_data(home: Home) -> None:
    """A9, P3: two words, when it began, how far it came, who answers; never the name, number or note of its case."""
    async with at_the_desk(home) as caller:
        case = Case(id="", unit="", name="Övning Övningsson", telephone="070-174 06 05", note="Hör dåligt")
        case = casework.add_case(caller.station, case)
        for item, with_case in (("E1", case), ("D4", None)):
            interview = interview_at(caller.station, item, case=with_case)
            answering.keep(caller.station, interview)
        caller.app.screen.look()
        await caller.settled()
        labels = {line.label for line in answering.drafts(caller.station)}
        assert len(labels) == 2 and all(label in caller.text for label in labels)
        assert "fråga 3 av" in caller.text and "Patienten själv" in caller.text and "i dag 09.12" in caller.text
        for word in ("Övning Ö", "Övningsson", "070", "Hör dåligt"):
            assert word not in caller.text


async def test_locking_keeps_the_conversation(home: Home) -> None:
    """C1: by the palette's action in the middle of a text; unlocking leads back to it, nothing of it stands meanwhile."""
    async with at_the_desk(home) as caller:
        await caller.resume(interview_at(caller.station, "F2"))
        await caller.press("h", "e", "j")
        caller.app.lock()
        await caller.until(lambda: isinstance(caller.app.screen, UnlockScreen))
        assert caller.app.shell.station is None
        assert "hej" not in caller.text and "förbättra" not in caller.text
        caller.app.screen.query_one("#secret", Input).value = PASSPHRASE
        await caller.press("enter")
        await caller.until(lambda: isinstance(caller.app.screen, InterviewScreen))
        assert caller.at == "F2"
        assert caller.app.screen.query_one(TextField).text == "hej"


async def test_the_demo_never_locks_anybody_out(home: Home) -> None:
    """C1: nobody was told its passphrase, so Enter alone unlocks, and the screen says so."""
    async with at_the_desk(home) as caller:
        caller.app.shell.demo_passphrase = PASSPHRASE
        assert PASSPHRASE not in repr(caller.app.shell)
        caller.app.lock()
        await caller.until(lambda: isinstance(caller.app.screen, UnlockScreen))
        assert "Det här är en demo. Enter låser upp" in caller.text and "Skriv din lösenfras" not in caller.text
        await caller.press("enter")
        await caller.until(lambda: isinstance(caller.app.screen, HomeScreen))
        assert caller.app.shell.station is not None


async def test_a_station_locks_itself_when_nobody_is_there(home: Home) -> None:
    """C1: after the settings' minutes without a key, whatever menu is open; the conversation is kept."""
    async with at_the_desk(home, settings=Settings(lock_after=10)) as caller:
        interview = interview_at(caller.station, "E1")
        await caller.resume(interview)
        await caller.press("p")
        caller.clock.seconds += 9 * 60
        caller.app._look_whether_anybody_is_there()
        await caller.settled()
        assert caller.app.shell.station is not None
        caller.clock.seconds += 60
        caller.app._look_whether_anybody_is_there()
        await caller.until(lambda: isinstance(caller.app.screen, UnlockScreen))
        with unlock(home, PASSPHRASE) as station:
            assert answering.resume(station, interview.draft.id).item.id == "E1"


async def test_a_wrong_passphrase_opens_nothing(home: Home) -> None:
    """A8: said with what to do; the field is empty again."""
    async with at_the_desk(home, locked=True) as caller:
        field = caller.app.screen.query_one("#secret", Input)
        field.value = "fel fras helt enkelt"
        await caller.press("enter")
        assert caller.app.shell.station is None and "Skriv din lösenfras" in caller.text
        assert "Lösenfrasen stämmer inte." in caller.text and "Caps Lock" in caller.text
        assert field.value == ""
