"""C7, T20: while a text is written a line names what may point at somebody; one key writes the proposal; a number is not sealed."""

from interview.calls.cases import Case
from interview.paths import Home
from interview.session.answers import Address, Respondent
from interview.station import answering, casework
from interview.station.station import Station
from tests.tui.caller import at_the_desk, interview_at

HOLDS = "640823-3234"
CASE = Case(id="", unit="", name="Ljubomir Zzyx", telephone="035-12 34 56")


def written(station: Station, text: str, *, case: Case | None = None):  # type: ignore[no-untyped-def]
    interview = interview_at(station, "F2", case=case)
    return interview.record(text)


async def test_the_words_are_named_while_writing_and_one_key_writes_the_proposal(home: Home) -> None:
    async with at_the_desk(home) as caller:
        case = casework.add_case(caller.station, CASE)
        await caller.resume(written(caller.station, "zzyx ringde", case=case))
        await caller.until(lambda: "Kan peka ut någon: «zzyx». Ctrl+R skriver [namn]" in caller.text)
        await caller.press("ctrl+r")
        assert caller.screen.stage.field.text == "[namn] ringde"
        await caller.until(lambda: "peka ut" not in caller.text)
        await caller.press(*" 0739999999")
        await caller.until(lambda: "«0739999999». Ctrl+R skriver [telefon]" in caller.text)
        await caller.press("ctrl+r", "f10")
        answer = caller.kept("F2")
        assert answer is not None
        assert answer.value == "[namn] ringde [telefon]"


async def test_a_text_that_words_are_taken_out_of_stays_with_whoever_gave_it(home: Home) -> None:
    """A6: each answer carries who gave it; the caller who tidies it up afterwards gives nothing."""
    async with at_the_desk(home) as caller:
        await caller.resume(written(caller.station, HOLDS).answered_by(Respondent.PROXY).jump(Address("F2")))
        await caller.press("ctrl+r")
        await caller.until(lambda: (answer := caller.kept("F2")) is not None and answer.value != HOLDS)
        kept = caller.kept("F2")
        assert kept is not None and kept.given_by is Respondent.PATIENT
        await caller.press(*" ja", "f10")
        added = caller.kept("F2")
        assert added is not None and added.given_by is Respondent.PROXY


async def test_a_proposal_never_makes_the_text_longer_than_it_may_be(home: Home) -> None:
    async with at_the_desk(home) as caller:
        await caller.resume(written(caller.station, "x" * 488 + "\n" + HOLDS))
        await caller.press("ctrl+r")
        assert caller.screen.stage.field.text == "x" * 488 + "\n[…]"


async def test_the_review_says_what_it_found_once_and_a_number_keeps_it_from_being_sealed(home: Home) -> None:
    async with at_the_desk(home) as caller:
        interview = written(caller.station, f"Anna tog fel på\n{HOLDS}")
        while interview.item is not None:
            interview = interview.go_on()
        await caller.resume(interview)
        assert caller.at == ""
        assert f"innehåller ett personnummer och kan inte förseglas: «{HOLDS}». Ctrl+R går dit." in caller.text
        await caller.press("ctrl+s")
        assert "inget förseglas. Gå till frågan och ta bort det." in caller.text
        assert "Har ni lagt på?" not in caller.text
        await caller.press("ctrl+r")
        assert caller.at == "F2"
        await caller.press("ctrl+r", "f10")
        while caller.at:
            await caller.press("pagedown")
        assert "kan peka ut någon: «Anna». Ctrl+R går dit." in caller.text
        await caller.press("ctrl+s")
        assert "Har ni lagt på?" in caller.text


async def test_nothing_ever_says_that_a_text_is_anonymous(home: Home) -> None:
    async with at_the_desk(home) as caller:
        await caller.resume(written(caller.station, "Bättre mat."))
        await caller.press("ctrl+r")
        assert "Här finns inget förslag att ta emot." in caller.text
        assert not caller.screen.stage.guard_line.display
        answering.keep(caller.station, caller.interview)
