"""B1 on the screen: the keys of every type of the practice form, what is typed and refused, repeats, open options."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from textual.events import Paste

from interview.crypto.slots import TEST
from interview.exchange.surveys import read_survey
from interview.paths import Home, shipped_questionnaires
from interview.questionnaire.reading import read_questionnaire
from interview.session.answers import Address, Missing
from interview.station.rehearsal import rehearsal_survey
from interview.station.setup import set_up
from interview.tui.line_field import LineField
from interview.tui.unlock import UnlockScreen
from tests.tui.caller import PASSPHRASE, Caller, Clock, at_the_desk, interview_at

pytestmark = pytest.mark.asyncio(loop_scope="module")

TYPED = {"date": "B1", "time": "B2", "integer": "B3", "line": "C1", "decimal": "C2"}
"""A question of the practice form for every type that is answered in typing."""
FIRST = {"A5": "AB12"}


@pytest.fixture(scope="session")
def made_practice(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A rehearsal station whose survey asks the practice form."""
    home = Home(tmp_path_factory.mktemp("practice") / "station")
    path = shipped_questionnaires() / "ovning" / "2026.1.yaml"
    survey = rehearsal_survey(read_questionnaire(path.read_bytes(), path.name))
    fingerprint = read_survey(survey, None).fingerprint
    station, _ = set_up(
        home, PASSPHRASE, survey_file=survey, fingerprint=fingerprint, profile=TEST, clock=Clock().time_of_day
    )
    station.close()
    return home


@pytest.fixture
def practice(made_practice: Home, tmp_path: Path) -> Home:
    """A practice station of the test's own."""
    shutil.copytree(made_practice.root, tmp_path / "practice")
    return Home(tmp_path / "practice")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def caller(made_practice: Home, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Caller]:
    """A caller who stays at a practice station; each test begins with `at` and ends in the conversation."""
    root = tmp_path_factory.mktemp("caller") / "practice"
    shutil.copytree(made_practice.root, root)
    async with at_the_desk(Home(root)) as caller:
        yield caller


async def at(caller: Caller, item: str, **given: str) -> None:
    """Sit at an item of the practice form."""
    await caller.sit_at(interview_at(caller.station, item, given=FIRST | given))
    assert caller.at == item


async def typed(caller: Caller, text: str) -> None:
    """Have a text in the field, as if typed."""
    field(caller).insert(text)
    await caller.settled()


def field(caller: Caller) -> LineField:
    """The field of one line."""
    return caller.screen.query_one(LineField)


def value(caller: Caller, item: str, repetition: int = 0) -> object:
    """What the workspace holds for an item in a repetition, read anew."""
    answers = caller.station.workspace.draft(caller.interview.draft.id).draft.answers
    answer = answers.get(Address(item, repetition))
    return None if answer is None else answer.value


async def test_letters_are_text_in_a_date_and_enter_goes_on(caller: Caller) -> None:
    """A8: `k`, `v` and the others are letters of a month; what was understood is kept and shown."""
    await at(caller, "B1")
    assert "Skriv datum, som 26/11, från 2026-01-01 till 2035-12-31" in caller.text
    assert field(caller).has_focus and "Enter går vidare" in caller.text
    await caller.press("9", "space", "o", "k", "t", "enter")
    assert caller.at == "B2"
    assert value(caller, "B1") == "2026-10-09"
    assert "→ 2026-10-09" in caller.text
    await typed(caller, "kl 14.30")
    await caller.press("pageup")
    assert value(caller, "B2") == "14:30", "leaving by any way out keeps it"
    assert field(caller).text == "2026-10-09"
    assert "● fredag 2026-10-09 ✓ valt" in caller.text


async def test_while_one_types_the_screen_says_how_it_is_understood_and_nothing_else(caller: Caller) -> None:
    """B1: what was said before is over; a half date means nothing yet; the usual keys empty the field."""
    await at(caller, "B1")
    await caller.press("enter")
    assert "Inget svar än" in caller.text
    await typed(caller, "9")
    assert "Inget svar än" not in caller.text and caller.text.count("→") == 1
    await typed(caller, " okt")
    assert "→ fredag 2026-10-09" in caller.text and "✓ valt" not in caller.text
    await caller.press("ctrl+u")
    assert field(caller).text == "" and "2026-10-09" not in caller.text
    await typed(caller, "14/10")
    await caller.press("ctrl+a", "ctrl+k")
    assert field(caller).text == ""


async def test_what_is_not_understood_is_refused_and_stays_to_be_corrected(caller: Caller) -> None:
    """P2: nothing typed is lost, no way out of the question takes it along, and the remedy is said."""
    await at(caller, "B1")
    await typed(caller, "i våras")
    for key in ("enter", "pageup", "f5", "f2"):
        await caller.press(key)
        assert caller.at == "B1"
        assert "Skriv datumet som 2026-11-26, 26/11 eller 26 nov." in caller.text
        assert field(caller).text == "i våras"
    assert value(caller, "B1") is None
    await caller.press("f6")
    assert "Ta bort det skrivna? Texten ersätts med «vet inte»." in caller.text
    await caller.press("2")
    assert caller.at == "B2"
    assert caller.kept("B1").missing is Missing.UNKNOWN


async def test_what_cannot_be_read_does_not_keep_the_station_open(practice: Home) -> None:
    """C1: locking goes on; what is no answer is not kept as one."""
    async with at_the_desk(practice) as caller:
        await at(caller, "B1")
        await typed(caller, "i våras")
        caller.app.lock()
        await caller.until(lambda: isinstance(caller.app.screen, UnlockScreen))
        assert "våras" not in caller.text


async def test_letters_are_keys_on_a_number_and_a_required_one_is_not_left_open(caller: Caller) -> None:
    """P9: in a number no letter is text; over a written number the kinds of no answer ask first."""
    await at(caller, "B3")
    assert "Skriv heltal, från 0 till 365 nätter" in caller.text
    await caller.press("enter", "enter")
    assert caller.at == "B3"
    assert "Frågan behöver ett svar." in caller.text
    await caller.press("1", "v")
    assert "Ta bort det skrivna?" in caller.text
    await caller.press("1", "4", "4", "4", "enter")
    assert caller.at == "B3"
    assert field(caller).text == "1444"
    assert "Svaret ska ligga mellan 0 och 365." in caller.text
    await caller.press("backspace", "backspace", "enter")
    assert caller.at == "B4", "fourteen nights ask what was best"
    assert value(caller, "B3") == 14
    await caller.press("pageup", "backspace", "backspace", "x")
    assert caller.kept("B3").missing is Missing.DECLINED
    assert caller.at == "B5"


async def test_yes_and_no_are_one_and_two(caller: Caller) -> None:
    """P1: a yes-no question is answered as a choice is; no other digit does anything."""
    await at(caller, "B5", B2="12:00")
    assert "1 Ja" in caller.text and "2 Nej" in caller.text
    await caller.press("3")
    assert "Välj en av siffrorna vid frågan." in caller.text
    await caller.press("2")
    assert value(caller, "B5") == "no"
    assert caller.at == "C0", "no shop to close at noon"


async def test_a_held_key_types_nothing_into_the_next_question(caller: Caller) -> None:
    """P1: the key that answered yes is still down when the field appears; a pasted answer still takes an Enter."""
    await at(caller, "C0")
    await caller.press("1")
    assert caller.at == "C1"
    for _ in range(4):
        await caller.press("1", after=0.03)
    assert field(caller).text == ""
    assert "Tangenten räknades inte" in caller.text
    await caller.press("1", "2", after=1)
    assert field(caller).text == "12"
    caller.app.post_message(Paste(" x\ny\n"))
    await caller.settled()
    assert field(caller).text == "12 x y"
    assert caller.at == "C1"


async def test_a_held_key_writes_nothing_into_a_text(caller: Caller) -> None:
    """P1: `v` for «vet inte» is still down when the text to write appears."""
    await at(caller, "F1")
    await caller.press("v")
    assert caller.at == "F2"
    for _ in range(3):
        await caller.press("v", after=0.03)
    assert caller.screen.stage.written == ""
    await caller.press("v", "v", after=1)
    assert caller.screen.stage.written == "vv"
    await at(caller, "B3")
    await caller.press("k")
    assert caller.at == "F2", "a number leaves its letters to the screen"
    await caller.press("k", after=0.5)
    assert caller.screen.stage.written == ""


async def test_what_is_pasted_before_a_question_was_read_is_no_answer_of_it(caller: Caller) -> None:
    """P1: meant for what was there before; a second later it is meant."""
    for item in ("F2", "B3"):
        await at(caller, item)
        for pasted, seconds in (("", 0.1), ("12", 1)):
            caller.clock.seconds += seconds
            caller.app.post_message(Paste("12"))
            await caller.settled()
            assert caller.screen.stage.written == pasted


async def test_what_repeats_is_asked_again_while_there_is_another(caller: Caller) -> None:
    """Each repetition is told by its number; the most that may be is not asked beyond."""
    await at(caller, "C1")
    assert "Nr 1 · Nya läkemedel" in caller.text
    for text in ("Alvedon", "2,5", "kl 8.15"):
        await typed(caller, text)
        await caller.press("enter")
    assert caller.at == "C4"
    await caller.press("1")
    assert "Finns det ett nytt läkemedel till?" in caller.text
    await caller.press("1")
    assert "Nr 2 · Nya läkemedel" in caller.text
    assert field(caller).text == ""
    assert (value(caller, "C1"), value(caller, "C2"), value(caller, "C3")) == ("Alvedon", "2.5", "08:15")
    await typed(caller, "Waran")
    await caller.press("pageup")
    assert value(caller, "C1", 1) == "Waran"
    await caller.press("2")
    assert caller.at == "D1", "no other after all"


async def test_an_open_option_is_followed_by_its_question(caller: Caller) -> None:
    """B1: somebody else, who? The words are an answer of their own, and the repeats go on."""
    await at(caller, "D1")
    await caller.press("5")
    assert "Vem då? Säg inget namn." in caller.text
    await typed(caller, "En volontär")
    await caller.press("enter")
    assert "Har någon mer hjälpt till?" in caller.text
    assert (value(caller, "D1"), value(caller, "D1_text")) == ("other", "En volontär")
    await caller.press("2")
    assert caller.at == "D2"


async def test_no_answer_has_the_same_keys_on_every_typed_question(caller: Caller) -> None:
    """P9: function keys always; not applicable where it applies."""
    for kind, item in TYPED.items():
        await at(caller, item)
        for key, missing in (("f6", Missing.UNKNOWN), ("f7", Missing.DECLINED)):
            await caller.press(key)
            assert caller.kept(item).missing is missing, kind
            assert caller.at != item
            await caller.press("pageup")
            assert caller.at == item
            assert "✓ valt" in caller.text
        await caller.press("f8")
        applies = item in ("B2", "C2")
        assert caller.kept(item).missing is (Missing.NOT_APPLICABLE if applies else Missing.DECLINED), kind
        assert applies or "Det svaret finns inte på den här frågan." in caller.text


async def test_a_typed_question_is_whole_on_every_screen_and_the_field_has_help(caller: Caller) -> None:
    """A8: 80×24 shows everything; at 40×12 question, field and keys are there."""
    await at(caller, "C2")
    for size in ((80, 24), (40, 12)):
        await caller.resize(*size)
        assert "Hur många tabletter om dagen är det?" in caller.text
        assert field(caller).region.height >= 1 and field(caller).has_focus
        assert "F6" in caller.text
    await caller.resize(80, 24)
    await caller.press("f1")
    assert "Raden ovanför fältet visar hur svaret har tolkats." in caller.text
    await caller.press("escape")


async def test_the_review_tells_repetitions_apart(practice: Home) -> None:
    """B1: the answers of each repetition, numbers with their unit and a decimal comma."""
    async with at_the_desk(practice, size=(100, 50)) as caller:
        await caller.resume(interview_at(caller.station, given=FIRST | {"medicine_another": "yes", "D1": "other"}))
        assert caller.at == ""
        for words in (
            "Vad heter läkemedlet? (1) Alvedon",
            "Vad heter läkemedlet? (5) Alvedon",
            "2,5 tabletter",
            "3 nätter",
        ):
            assert words in caller.text or await _further(caller, words)


async def _further(caller: Caller, words: str) -> bool:
    """Whether the words stand further down on the review."""
    await caller.press("end")
    return words in caller.text
