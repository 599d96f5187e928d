"""P1, A8: which key does what on which type of question, and which presses never count."""

import pytest
from textual.events import Key, Paste

from interview.session.answers import Address, Missing
from interview.tui.interview import InterviewScreen
from interview.tui.question import QuestionPane
from interview.tui.text_field import TextField
from tests.tui.caller import Caller, interview_at

pytestmark = pytest.mark.asyncio(loop_scope="module")

TYPES = {"choice": "E1", "choices": "D7b", "scale": "F1", "text": "F2", "display": "opening"}
"""A question of the shipped form for every type."""
MISSING = {
    "f6": Missing.UNKNOWN,
    "v": Missing.UNKNOWN,
    "f7": Missing.DECLINED,
    "x": Missing.DECLINED,
}


async def at(caller: Caller, item: str) -> None:
    """Sit at an item of the shipped form, at its review where it is empty."""
    await caller.sit_at(interview_at(caller.station, item))
    assert caller.at == item


async def test_one_digit_answers_a_choice_and_the_next_question_is_there(caller: Caller) -> None:
    """P1: a single choice is one key; the line below shows the answer given and the way back."""
    await at(caller, "E1")
    await caller.press("2")
    assert caller.at == "B1a"
    assert caller.kept("E1").value == "good"
    assert "Nyss: Hur bedömer du ditt allmänna hälsotillstånd? → Bra PageUp tillbaka" in caller.text
    await caller.press("pageup")
    assert caller.at == "E1"
    assert "● 2 Bra ✓ valt" in caller.text
    await caller.press("5", "pageup")
    assert "● 5 Mycket dåligt ✓ valt" in caller.text


async def test_digits_mark_several_choices_and_enter_goes_on(caller: Caller) -> None:
    """P1: several choices toggle; an option that stands alone takes the others away."""
    await at(caller, "D7b")
    await caller.press("1", "3", "2", "3")
    assert caller.at == "D7b"
    assert len(caller.kept("D7b").value) == 2
    assert caller.text.count("✓ valt") == 2
    await caller.press("enter")
    assert caller.at == "D8"


async def test_digits_set_the_number_on_a_scale_and_enter_goes_on(caller: Caller) -> None:
    """P1: `1` then `0` is ten; another digit begins anew."""
    await at(caller, "F1")
    await caller.press("1")
    assert caller.kept("F1").value == 1
    await caller.press("0")
    assert caller.kept("F1").value == 10
    assert "[10]" in caller.text and "10 ✓ valt" in caller.text
    await caller.press("7")
    assert caller.kept("F1").value == 7
    await caller.press("enter")
    assert caller.at == "F2"


async def test_digits_and_letters_are_text_in_a_text_field(caller: Caller) -> None:
    """A8: letters that are keys elsewhere are letters here; Enter is a line, F10 goes on."""
    await at(caller, "F2")
    for key in ("v", "1", "enter", "n", "0"):
        await caller.press(key)
    assert caller.app.screen.query_one(TextField).text == "v1\nn0"
    await caller.press("f10")
    assert caller.at == "closing"
    assert caller.kept("F2").value == "v1\nn0"


async def test_a_written_text_is_kept_while_it_is_written_and_has_an_end(caller: Caller) -> None:
    """P2: leaving by any way out keeps it. A text is cut where its question ends, and that is said."""
    await at(caller, "F2")
    caller.app.screen.query_one(TextField).insert("å" * 501)
    await caller.settled()
    assert "Texten är full: högst 500 tecken." in caller.text
    await caller.press("pageup")
    assert caller.kept("F2").value == "å" * 500


async def test_a_kind_of_no_answer_asks_before_it_takes_a_written_text_away(caller: Caller) -> None:
    """A8, P9."""
    await at(caller, "F2")
    await caller.press("h", "f6")
    assert "Ta bort det skrivna? Texten ersätts med «vet inte»." in caller.text
    await caller.press("1")
    assert caller.app.screen.query_one(TextField).text == "h"
    await caller.press("f7", "2")
    assert caller.kept("F2").missing is Missing.DECLINED


async def test_no_answer_has_the_same_keys_on_every_type(caller: Caller) -> None:
    """P9: don't know, declined; function keys and letters."""
    for item in ("E1", "D7b", "F1"):
        await at(caller, item)
        for key, missing in MISSING.items():
            await caller.press(key)
            assert caller.kept(item).missing is missing
            assert caller.at != item
            await caller.press("pageup")
            assert caller.at == item
            assert "✓ valt" in caller.text


async def test_not_applicable_only_where_it_applies(caller: Caller) -> None:
    """P9: `F8` and `e` on the question of a plan, elsewhere they are told to be of no use."""
    await at(caller, "B4")
    assert "F8 ej aktuellt" in caller.text
    await caller.press("e")
    assert caller.kept("B4").missing is Missing.NOT_APPLICABLE
    assert caller.at == "B6a", "no plan, no question whether it fits"
    assert "F8" not in caller.text
    await caller.press("f8")
    assert caller.at == "B6a"
    assert "Det svaret finns inte på den här frågan." in caller.text


async def test_enter_never_chooses(caller: Caller) -> None:
    """P1, P9: without an answer Enter asks once and then leaves the question open; it never picks one."""
    await at(caller, TYPES["display"])
    await caller.press("3")
    assert "Här finns inget att välja. Enter går vidare när du har läst." in caller.text
    await caller.press("enter")
    assert caller.at == "A1", "a text read aloud has nothing to choose"
    for item, key in (("E1", "enter"), ("D7b", "enter"), ("F1", "enter"), ("F2", "f10")):
        await at(caller, item)
        await caller.press(key)
        assert caller.at == item
        assert f"Inget svar än – {key.title()} igen lämnar frågan öppen." in caller.text
        await caller.press(key)
        assert caller.at != item
        assert caller.kept(item).value is None
        assert caller.kept(item).missing is Missing.LEFT_OPEN


async def test_enter_does_not_pass_the_consent(caller: Caller) -> None:
    """A8: nothing is asked of somebody who has not said yes."""
    await at(caller, "A1")
    await caller.press("enter", "enter", "enter", "pagedown")
    assert caller.at == "A1"
    assert caller.kept("A1") is None
    await caller.press("9")
    assert caller.at == "A1"
    assert "Välj en av siffrorna vid frågan." in caller.text
    await caller.press("pageup", "pageup")
    assert "Det finns inget före det här." in caller.text


async def test_a_held_a_doubled_and_a_pasted_key_answer_once(caller: Caller) -> None:
    """P1: what was not read is not answered, and the screen says that a key was dropped."""
    await at(caller, "B1a")
    await caller.press("1")
    for _ in range(14):
        await caller.press("1", after=0.03)
    assert caller.at == "B1b"
    assert "Tangenten räknades inte" in caller.text
    await caller.press("2", after=0.1)
    assert caller.at == "B2", "0.3 s after the question was shown another key counts"
    await caller.press("1", after=0.25)
    assert caller.at == "B2", "not before"


async def held(caller: Caller, key: str) -> None:
    """Hold a key until it has repeated once; keyboards wait half a second."""
    await caller.press(key)
    await caller.press(key, after=0.5)


async def test_a_letter_held_until_a_text_is_asked_for_writes_nothing(caller: Caller) -> None:
    """P1: `k` leads to the improvement text, `x` may lead to a question that is answered in words."""
    for item, key in (("B1a", "k"), ("F1", "x")):
        await at(caller, item)
        await held(caller, key)
        assert caller.at == "F2"
        assert caller.screen.query_one(TextField).text == "", key


async def test_a_question_in_other_words_is_there_to_be_read_before_a_key_counts(caller: Caller) -> None:
    """P1: the language of the questions changes what is read aloud."""
    await at(caller, "B1a")
    await caller.turn("language")
    await caller.press("1", after=0.02)
    assert caller.kept("B1a") is None


async def test_a_question_that_was_covered_before_it_was_read_is_there_to_be_read_again(caller: Caller) -> None:
    """P1: while the help lies over it, it is not visible."""
    await at(caller, "B1a")
    await caller.press("f1", after=0.02)
    await caller.press("escape")
    await caller.press("2", after=0.02)
    assert caller.kept("B1a") is None


async def test_a_burst_of_keys_during_a_save_answers_one_question(caller: Caller) -> None:
    """P1, P2: keys typed while an answer is being saved are dropped."""
    await at(caller, "B1a")
    caller.clock.seconds += 1
    for digit in "12312":
        caller.app.post_message(Key(digit, digit))
    await caller.settled()
    assert caller.at == "B1b"
    assert caller.kept("B1a").value == "fully"


@pytest.mark.parametrize("leads", [("p", "2"), ("v", "1"), ("ctrl+p", "1")])
async def test_p1_a_digit_on_the_heels_of_a_key_that_leads_elsewhere_answers_nothing(
    caller: Caller, leads: tuple[str, str]
) -> None:
    """Over a slow line both come at once, and the question would take the digit in before its screen has taken in the key."""
    await at(caller, "B1a")
    await caller.press_at_once(*leads, seen=False)
    answer = caller.answer("B1a")
    assert answer is None or answer.value is None
    while not isinstance(caller.app.screen, InterviewScreen):
        await caller.choose(None)


async def test_p1_what_is_typed_on_the_heels_of_going_on_is_no_part_of_the_answer(caller: Caller) -> None:
    await at(caller, "F2")
    caller.screen.stage.field.load_text("Ring tidigare.")
    await caller.press_at_once("f10", "x", seen=False)
    answer = caller.kept("F2")
    assert answer is not None and answer.value == "Ring tidigare."


async def test_pasted_text_answers_nothing(caller: Caller) -> None:
    """P1: a clipboard is no finger."""
    await at(caller, "B1a")
    caller.clock.seconds += 5
    caller.screen.stage.pane.post_message(Paste("1\n2\n"))
    await caller.settled()
    assert caller.at == "B1a"
    assert caller.kept("B1a") is None


async def test_escape_followed_at_once_by_a_digit(caller: Caller) -> None:
    """A8: terminals read it as Alt and the digit; it is the pause menu's choice, never an answer."""
    for item in (*TYPES.values(), ""):
        await at(caller, item)
        answers = dict(caller.interview.draft.answers)
        await caller.press("alt+4")
        assert caller.interview.draft.core_only, item
        assert caller.interview.draft.answers == answers
        assert "bara kärnfrågor" in caller.text


async def test_keys_of_both_kinds_move_and_open(caller: Caller) -> None:
    """A8: PageUp, PageDown, F5/k and back, F2, Ctrl+S elsewhere than on the review."""
    await at(caller, "B2")
    await caller.press("pageup", "pageup")
    assert caller.at == "B1a"
    await caller.press("pagedown", "pagedown", "pagedown")
    assert caller.at == "B2", "forward ends at what has not been asked"
    assert "Det finns inget längre fram än." in caller.text, "a key that is shown is never without effect"
    await caller.press("k")
    assert caller.at == "F2"
    await caller.press("o", "f5")
    assert caller.at == "B2"
    assert caller.kept("F2").value == "o"
    await caller.press("f2")
    assert caller.interview.draft.language == "en"
    assert "Did you get the information" in caller.text or "in writing" in caller.text
    assert "Frågorna visas nu på engelska." in caller.text
    await caller.press("ctrl+s")
    assert "Allt är redan sparat." in caller.text


async def test_p1_an_answer_that_comes_late_is_none_of_the_question_now_on_the_screen(caller: Caller) -> None:
    """Its key was pressed at the question before."""
    await at(caller, "B1a")
    late = QuestionPane.Answered(Address("B1a", 0), "fully", onward=True)
    await caller.press("2")
    assert caller.at == "B1b"
    caller.screen.stage.pane.post_message(late)
    await caller.settled()
    assert caller.at == "B1b" and caller.kept("B1b") is None
