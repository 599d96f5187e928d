"""A8, P9: from hello to goodbye – who is on the line, cards, pause, another who answers, review, sealing."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from textual.widgets import Input

from interview.calls.cases import Case
from interview.calls.outcomes import Outcome
from interview.calls.rules import Status, state_of
from interview.crypto.padding import unpad
from interview.crypto.sealing import open_sealed
from interview.exchange.rehearsal import rehearsal_sealing_key, rehearsal_signing_key
from interview.exchange.surveys import sign_survey
from interview.paths import Home
from interview.session.answers import Respondent
from interview.session.interview import Interview
from interview.station import answering, casework
from interview.station.station import Station
from interview.station.surveys import load_survey
from interview.survey import UnitCard, UnitCardEntry
from interview.tui.calls import CallsScreen
from interview.tui.dialogs import Dialog
from interview.tui.home import HomeScreen
from interview.tui.identity import IdentityScreen
from interview.tui.interview import InterviewScreen
from tests.tui.caller import Caller, at_the_desk, interview_at

pytestmark = pytest.mark.asyncio(loop_scope="module")

CARE = ("vård", "sjukhus", "1177", "hemkomst", "utskriv", "patient", "hälsa")
"""Words that would tell whoever lifts the telephone what the call is about."""


def case_in(station: Station, **known: Any) -> Case:
    """A case of the call list."""
    case = Case(id="", unit="", name="Prova Provström", telephone="070-174 06 06")
    return casework.add_case(station, replace(case, **known))


async def rung(caller: Caller) -> None:
    """Ring the first on the call list."""
    await caller.press("c", "enter")
    assert isinstance(caller.app.screen, IdentityScreen)


async def test_nothing_read_aloud_before_the_right_person_answers_mentions_care(home: Home) -> None:
    """A8: not the greeting, not what is said to somebody who doubts, not a voicemail; in both languages of the form."""
    async with at_the_desk(home) as caller:
        contact = caller.station.form(caller.station.questionnaire_hash).questionnaire.contact
        for said in (contact.greeting, contact.errand, contact.voicemail):
            for wording in said.values():
                assert not any(word in wording.lower() for word in (*CARE, "hospital", "health", "discharge", "care"))
        case_in(caller.station)
        await rung(caller)
        assert "Jag söker Prova Provström, är det du?" in caller.text
        aloud = [row for row in caller.rows if row.lstrip().startswith("▌")]
        assert aloud and not any(word in " ".join(aloud).lower() for word in CARE)
        await caller.press("f3")
        assert isinstance(caller.app.screen, Dialog)
        doubted = " ".join(text for text, _ in caller.app.screen.said.paragraphs)
        assert "BankID" in doubted and not any(word in doubted.lower() for word in CARE)
        await caller.press("escape")
        await caller.press("2")
        assert "Läs hälsningen igen för den som kommer" in caller.text
        await caller.press("3", "2")
        assert isinstance(caller.app.screen, CallsScreen), "not now: recorded, and nothing was said"
        assert not answering.drafts(caller.station)


async def test_a_ringing_that_reaches_nobody_is_noted(home: Home) -> None:
    """A11: the case carries the outcome, a final one closes it; confirmed first, no interview begins.

    The list is empty when it is opened: the first one added can be rung at once.
    """
    ways = (
        ("5", "1", Outcome.WRONG_NUMBER),
        ("6", "1", Outcome.DECEASED),
        ("8", "1", Outcome.BUSY),
        ("4", "3", Outcome.UNABLE),
    )
    async with at_the_desk(home) as caller:
        await caller.press("c")
        for digit, then, outcome in ways:
            case = case_in(caller.station)
            caller.app.screen.look(case.id)
            await caller.settled()
            await caller.press("enter", digit, then)
            kept = casework.case(caller.station, case.id)
            assert [attempt.outcome for attempt in kept.attempts] == [outcome]
            assert (state_of(kept).status is Status.CLOSED) == outcome.final
            assert isinstance(caller.app.screen, CallsScreen)
        assert not answering.drafts(caller.station)


async def test_a_call_from_the_list_becomes_an_interview_and_its_outcome_closes_the_case(home: Home) -> None:
    """A11: noted consent is asked for in other words; a complete interview closes the case."""
    async with at_the_desk(home) as caller:
        case = case_in(caller.station, consent_noted=True)
        await rung(caller)
        await caller.press("1", "enter")
        assert "Du sa ja på sjukhuset" in caller.text
        await caller.turn("pause")
        await caller.choose("2")
        draft = casework.draft_of(caller.station, case)
        assert draft is not None
        assert casework.case(caller.station, case.id).attempts[-1].outcome is Outcome.INTERRUPTED
        answering.discard(caller.station, answering.resume(caller.station, draft), Outcome.NOT_NOW)
        await caller.press("escape")
        caller.clock.seconds += 120
        await caller.resume(interview_at(caller.station, case=case))
        await caller.press("ctrl+s", "enter", "enter")
        assert state_of(casework.case(caller.station, case.id)).outcome is Outcome.COMPLETE


async def test_ringing_again_begins_with_who_answers_and_goes_on_where_it_was(home: Home) -> None:
    """A8, A9: name and number stand there again, also where a closed terminal cut the call short (no attempt was noted)."""
    async with at_the_desk(home) as caller:
        case = case_in(caller.station, proxy_name="Test Testberg", proxy_telephone="070-174 06 07", proxy_consent=True)
        answering.keep(caller.station, interview_at(caller.station, "B3", case=case))
        draft = casework.draft_of(caller.station, case)
        assert draft is not None and not casework.case(caller.station, case.id).attempts
        caller.app.screen.look()  # type: ignore[attr-defined]
        await caller.settled()
        await caller.press("r")
        assert isinstance(caller.app.screen, IdentityScreen)
        assert "Prova Provström" in caller.text and "070-174 06 06" in caller.text
        await caller.press("1")
        assert caller.at == "B3"
        await caller.press("1", after=0.5)
        assert caller.kept("B3") is None, "P1: a key held until the question is there does not answer it"
        assert caller.interview.draft.id == draft


async def test_somebody_can_be_added_to_the_list_by_hand(home: Home) -> None:
    """A11: what is missing is said at its field, and nothing typed is lost."""
    async with at_the_desk(home) as caller:
        await caller.press("c", "n")
        for name, text in (("name", "Test Testberg"), ("telephone", "nej")):
            caller.app.screen.query_one(f"#{name}", Input).value = text
        await caller.press("f10")
        assert "Det går inte att ringa det numret." in caller.text
        assert caller.app.focused is caller.app.screen.query_one("#telephone", Input)
        caller.app.screen.query_one("#telephone", Input).value = "070-174 06 07"
        await caller.press("f10")
        assert isinstance(caller.app.screen, CallsScreen)
        assert "Test Testberg" in caller.text and "inte ringd" in caller.text


async def test_cards_open_anywhere_and_leave_no_trace(caller: Caller) -> None:
    """A8: the care-needed card asks how it goes on when it closes; neither card changes a letter of the draft."""
    await caller.sit_at(interview_at(caller.station, "D4"))
    before = caller.station.workspace.draft(caller.interview.draft.id).draft
    await caller.press("w")
    assert "112" in caller.text and "1177" in caller.text and "070-174 06 05" in caller.text
    assert caller.text.index("112") < caller.text.index("070-174 06 05") < caller.text.index("1177"), (
        "danger to life first"
    )
    assert "Klagomål" in caller.text and "▼" not in "".join(caller.rows), "the whole card at 80 × 24"
    await caller.press("f4")
    assert "Hur går samtalet vidare?" in caller.text
    await caller.press("1", "f3")
    for asked in ("Vem ser svaren?", "Varför just jag?", "Spelas samtalet in?", "Kan jag ångra mig?", "klaga"):
        assert asked in caller.text
    assert "Slå själv upp vårdcentralens nummer" in caller.text, "said once the right person is on the line"
    await caller.press("escape")
    assert caller.at == "D4"
    assert caller.station.workspace.draft(before.id).draft == before


def with_cards(station: Station) -> None:
    """Put a survey in force whose unit has cards of its own, one of them under the form's title."""
    entries = (
        UnitCardEntry(heading={"sv": "Fara", "en": "Danger"}, text={"sv": "Ring ön.", "en": "Ring the island."}),
    )
    cards = (
        UnitCard(id="care-needed", title={"sv": "Vård på ön", "en": "Care on the island"}, entries=entries),
        UnitCard(id="questions-back", entries=entries),
    )
    old = station.signed
    units = tuple(unit.model_copy(update={"cards": cards}) for unit in old.survey.units)
    survey = old.survey.model_copy(update={"version": old.survey.version + 1, "units": units})
    form, _ = station.responses.questionnaire(survey.questionnaire.hash)
    load_survey(station, sign_survey(survey, (form,), rehearsal_signing_key()))


async def test_b6_the_cards_of_the_unit_stand_in_place_of_the_forms(home: Home) -> None:
    """In the language of the interview, with the unit's numbers; one begun on an earlier survey keeps that one's cards."""
    async with at_the_desk(home) as caller:
        earlier = interview_at(caller.station, "D4")
        with_cards(caller.station)
        await caller.resume(interview_at(caller.station, "D4", language="en"))
        await caller.press("w")
        assert "Care on the island" in caller.text and "Ring the island." in caller.text
        assert "070-174 06 05" in caller.text and "1177" not in caller.text
        await caller.choose(None, "1")
        await caller.turn("questions_back")
        assert "Ring the island." in caller.text and "Who sees the answers?" not in caller.text
        await caller.choose(None)
        await caller.turn("pause")
        await caller.choose("2")
        await caller.resume(earlier)
        await caller.turn("care_needed")
        assert "1177" in caller.text and "Vård på ön" not in caller.text


async def test_the_pause_menu_goes_on_or_interrupts(home: Home) -> None:
    """A8: 1 goes on, 2 rings again, both with every answer; the menu's key closes it."""
    async with at_the_desk(home) as caller:
        interview = interview_at(caller.station, "D4", case=case_in(caller.station))
        await caller.resume(interview)
        await caller.press("p")
        choices = ("Fortsätt", "ring igen", "Boka en tid", "kärnfrågorna", "behåll svaren", "radera svaren")
        assert all(f"{number} " in caller.text and choice in caller.text for number, choice in enumerate(choices, 1))
        assert "F4 behöver vård" in caller.text and "F9 vem svarar" not in caller.text, "no key that does nothing"
        await caller.press("f4")
        assert "1177" in caller.text
        for chosen in (None, "1"):
            caller.app.screen.dismiss(chosen)
            await caller.settled()
        caller.screen.action_pause()
        await caller.settled()
        await caller.press("p", "escape", "1")
        assert caller.at == "D4" and "F9 vem svarar" in caller.text
        await caller.press("escape", "2")
        assert isinstance(caller.app.screen, HomeScreen)
        assert answering.resume(caller.station, interview.draft.id).draft.answers == interview.draft.answers


async def test_the_pause_menu_books_a_time(home: Home) -> None:
    """A8: 3 understands how people write a time, says it back, refuses one that has been."""
    async with at_the_desk(home) as caller:
        case = case_in(caller.station)
        casework.change_case(caller.station, replace(case, window=caller.station.clock().date()))
        await caller.resume(interview_at(caller.station, "D4", case=case))
        await caller.turn("pause")
        await caller.choose("3")
        field = caller.app.screen.query_one(Input)
        field.value = "idag 8"
        await caller.press("enter")
        assert "Den tiden har redan passerat." in caller.text
        field.value = "imorgon 9.30"
        await caller.settled()
        assert "torsdag 15 oktober kl. 9.30" in caller.text.replace("09.30", "9.30")
        assert "OBS: sista dagen att ringa är" in caller.text, "warned of, and taken all the same"
        await caller.press("enter")
        agreed = casework.case(caller.station, case.id).attempts[-1].appointment
        assert agreed is not None
        assert agreed - caller.station.clock() < timedelta(days=1, hours=1) and agreed.hour == 9
        await caller.press("c")
        assert "påbörjad, tid i morgon 09.30" in caller.text, "the call list says when to go on"


async def test_core_only_asks_what_is_left_of_the_core(caller: Caller) -> None:
    """A8: 4 leaves out the rest until it is taken back; what is skipped is no refusal (P9)."""
    await caller.sit_at(interview_at(caller.station, "B2"))
    await caller.turn("pause")
    await caller.choose("4")
    assert "Nu ställs bara kärnfrågorna." in caller.text
    asked = []
    while caller.at:
        asked.append(caller.at)
        key = {"F1": "7", "F2": "f10", "closing": "enter"}.get(caller.at, "1")
        await caller.press(*((key, "enter") if caller.at == "F1" else (key, key) if caller.at == "F2" else (key,)))
    assert asked == ["D5", "F1", "F2", "closing"]
    assert caller.answer("B3") is None


async def test_somebody_who_stops_is_thanked_and_the_answers_kept(caller: Caller) -> None:
    """A8: 5 reads the closing first and leads to the review, 5 again takes the conversation up."""
    await caller.sit_at(interview_at(caller.station, "D4"))
    answers = dict(caller.interview.draft.answers)
    await caller.press("escape", "5")
    assert "Tack! Svaren läggs ihop med andras." in caller.text
    await caller.press("enter")
    assert caller.at == "" and "Granska svaren" in caller.text
    assert dict(caller.interview.draft.answers) == answers
    await caller.turn("pause")
    await caller.choose("5")
    assert caller.at == "D4"


async def test_answers_taken_back_are_erased_once_that_is_confirmed(home: Home) -> None:
    """A8, P3: 6 asks, first choice is to keep; afterwards nothing is left and nothing was sealed."""
    async with at_the_desk(home) as caller:
        await caller.resume(interview_at(caller.station, "D4"))
        await caller.press("escape", "6")
        await caller.press("2", after=0.02)
        assert isinstance(caller.app.screen, Dialog), "P1: what is to be confirmed is to be read"
        await caller.press("1")
        assert caller.at == "D4"
        await caller.turn("pause")
        await caller.choose("6", "2")
        assert "Svaren är raderade. Inget har förseglats." in caller.text
        await caller.press("enter")
        assert isinstance(caller.app.screen, HomeScreen)
        assert not answering.drafts(caller.station)
        assert caller.station.responses.waiting_count(caller.station.survey_hash) == 0


async def test_a_next_of_kin_takes_over_with_consent_relation_and_reason(caller: Caller) -> None:
    """A8: F9 holds from here on; inner states are not asked of them; who gave which answer is kept and shown."""
    await caller.sit_at(interview_at(caller.station, "C1"))
    await caller.press("n", "3")
    assert "Fråga patienten: Går det bra att din närstående svarar i ditt ställe?" in caller.text
    await caller.press("2")
    assert caller.interview.draft.respondent is Respondent.PATIENT
    await caller.press("f9", "3", "1")
    assert "Läs för den närstående" in caller.text and "kring hemkomsten från sjukhuset för ⟨säg namnet⟩" in caller.text
    await caller.press("enter")
    assert "Nu svarar: Närstående." in caller.text
    assert caller.at == "A3" and "relation" in caller.text
    await caller.press("2")
    assert caller.at == "A4"
    await caller.press("1")
    assert caller.at == "B6n", "a question of their own, where the patient was asked another"
    await caller.press("1")
    assert caller.at == "C2a", "C1 is not asked of a next of kin"
    assert "Svarar: Närstående" in caller.text
    await caller.press("1")
    assert caller.kept("C2a").given_by is Respondent.PROXY
    assert caller.kept("B1a").given_by is Respondent.PATIENT
    await caller.press(*["pageup"] * 3)
    assert "✓ valt · Patienten själv" in caller.text
    await caller.turn("respondent")
    await caller.choose("2")
    assert caller.interview.draft.respondent is Respondent.HELPED


async def test_consent_that_is_not_given_ends_the_conversation(home: Home) -> None:
    """A8: not now can be booked or rung again; a no is thanked for, and erased."""
    async with at_the_desk(home) as caller:
        case = case_in(caller.station)
        await caller.resume(interview_at(caller.station, "A1", case=case))
        await caller.press("2")
        assert "fråga när det passar bättre" in caller.text
        await caller.press("3", "3")
        assert "Patienten vill inte vara med" in caller.text
        await caller.press("1", "enter")
        assert not answering.drafts(caller.station)
        assert state_of(casework.case(caller.station, case.id)).outcome is Outcome.REFUSED


async def test_from_the_review_to_an_answer_and_back(caller: Caller) -> None:
    """A8: choosing one goes there; the changed answer leads back to the review."""
    await caller.sit_at(interview_at(caller.station))
    assert "Granska svaren" in caller.text and "Mycket bra" in caller.text
    await caller.press("3", "enter")
    assert caller.at == "E1"
    await caller.press("5")
    assert caller.at == "" and "Mycket dåligt" in caller.text


async def test_what_is_missing_is_said_once_and_never_forced(caller: Caller) -> None:
    """A8, P9: an open question is counted on the review, and sealing goes all the same."""
    await caller.sit_at(interview_at(caller.station, "F2").leave_open().go_on())
    assert caller.at == ""
    assert "En fråga saknar svar. Det går bra att lämna den så." in caller.text
    assert f"Granska svaren {len(caller.interview.review())} frågor" in caller.text, "and nothing counts otherwise"
    await caller.press("end")
    assert "lämnades öppen" in caller.text
    await caller.press("ctrl+s")
    assert "Har ni lagt på?" in caller.text
    await caller.press("escape")


async def test_sealing_says_before_and_after_that_the_answers_are_gone(home: Home) -> None:
    """A8, P3, P4: one sealed response that only the recipient opens; the draft is erased; nothing is left on the screen."""
    async with at_the_desk(home) as caller:
        await caller.resume(interview_at(caller.station))
        await caller.press("ctrl+s")
        assert (
            "Har ni lagt på? Enter förseglar. Därefter är svaren borta från den här stationen för alltid" in caller.text
        )
        await caller.press("escape")
        assert caller.station.responses.waiting_count(caller.station.survey_hash) == 0
        await caller.press("ctrl+s", "enter")
        assert "Svaren är förseglade och borta från den här stationen för alltid." in caller.text
        assert "Ett svar väntar på export." in caller.text
        assert "Mycket bra" not in caller.text and "Ring tidigare" not in caller.text
        await caller.press("enter")
        assert isinstance(caller.app.screen, HomeScreen)
        assert not answering.drafts(caller.station)
        [(_, sealed)] = caller.station.responses.waiting(caller.station.survey_hash)
        content = open_sealed(sealed, rehearsal_sealing_key(), 0, bytes.fromhex(caller.station.survey_hash))
        assert json.loads(unpad(content))["respondent"] == "patient"


async def test_nothing_is_sealed_under_half(home: Home) -> None:
    """P3: said on the review; sealing offers to erase, and to go back first."""
    async with at_the_desk(home) as caller:
        await caller.resume(interview_at(caller.station, "B2").ended())
        lacking = caller.interview.completeness.lacking
        assert f"Mindre än hälften är besvarat, {lacking} svar till fattas: inget kommer att förseglas." in caller.text
        assert "Ctrl+S avslutar" in caller.text and "Ctrl+S avsluta " in caller.text, "no key promises to seal"
        await caller.turn("care_needed")
        await caller.choose(None)
        assert "Avsluta – för få svar, inget förseglas" in caller.text and "behåll svaren" not in caller.text
        await caller.choose("3")
        assert caller.at == "", "whoever has stopped is not asked on"
        await caller.turn("seal")
        await caller.choose("3")
        assert isinstance(caller.app.screen, HomeScreen)
        [line] = answering.drafts(caller.station)
        again = answering.resume(caller.station, line.id)
        assert again.item is not None and not again.draft.ended, "to go on where it stopped, every answer kept"
        await caller.resume(again)
        await caller.turn("pause")
        assert f"och {again.completeness.lacking} till fattas. Slutar ni nu raderas svaren." in caller.text
        assert "behåll svaren" not in caller.text and "för få svar, inget förseglas" in caller.text
        await caller.choose("5")
        assert "Svaren är för få för att förseglas. Säg inte att de läggs ihop med andras." in caller.text
        await caller.choose("on")
        assert caller.at == ""
        await caller.turn("seal")
        await caller.choose("1")
        assert caller.at == ""
        await caller.press("ctrl+s", "2")
        assert "Svaren är raderade. Inget har förseglats." in caller.text
        await caller.press("enter")
        assert caller.station.responses.waiting_count(caller.station.survey_hash) == 0
        assert not answering.drafts(caller.station)


async def test_past_eight_minutes_the_screen_asks_whether_they_can_go_on(home: Home) -> None:
    """A8: minutes of the promised five to ten."""
    async with at_the_desk(home) as caller:
        await caller.resume(interview_at(caller.station, "D4").lasting(7 * 60 + 30))
        assert "7 min av 5–10" in caller.text
        await caller.press("1", after=60)
        assert "8 min – Fråga om patienten orkar fortsätta" in caller.text
        await caller.move(
            replace(caller.interview, draft=replace(caller.interview.draft, respondent=Respondent.HELPED))
        )
        assert "Patienten med hjälp 8 min – orkar?" in caller.text, "shortened, never cut"


async def test_a_menu_closed_twice_takes_only_itself_away(caller: Caller) -> None:
    """P1: two presses that come before the first is done with close the menu; the conversation below stays."""
    await caller.sit_at(interview_at(caller.station, "B2"))
    for opens in ("f9", "f3", "f1"):
        await caller.press(opens)
        caller.app.simulate_key("escape")
        caller.app.simulate_key("escape")
        await caller.settled()
        if not isinstance(caller.app.screen, InterviewScreen):
            await caller.press("escape")
        assert isinstance(caller.app.screen, InterviewScreen)
        assert caller.at == "B2"


async def test_the_review_says_who_gave_an_answer_where_that_is_somebody_else(caller: Caller) -> None:
    """A6, A8: in a mixed interview each answer carries its giver."""
    await caller.sit_at(interview_at(caller.station))
    await caller.press("home")
    assert "Mycket bra" in caller.text and "· Patienten" not in caller.text
    draft = replace(caller.interview.draft, respondent=Respondent.PROXY)
    await caller.move(Interview.resume(caller.interview.form, draft))
    assert "Mycket bra · Patienten" in caller.text
