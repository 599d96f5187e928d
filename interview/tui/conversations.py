"""From the home screen or the call list into a conversation, and back."""

from dataclasses import replace

from interview.calls.cases import Case
from interview.errors import InterviewError
from interview.session.answers import Respondent
from interview.session.interview import Interview
from interview.station import answering, casework
from interview.station.station import Station
from interview.survey import Unit
from interview.tui.conversation import begun
from interview.tui.desk import desk_for
from interview.tui.identity import IdentityScreen, Met
from interview.tui.interview import InterviewScreen
from interview.tui.recovery import recovery_typed_back
from interview.tui.shell import Page


async def converse(screen: Page[None], case: Case | None) -> None:
    """A new conversation, with a case or without one: who answers is settled first, then the interview begins."""
    shell = screen.shell
    try:
        if not await recovery_typed_back(screen):
            return
        desk = await shell.writer.run(desk_for, shell)
        met = await screen.app.push_screen_wait(IdentityScreen(desk, case))
        if met is None:
            return
        interview = await begun(desk, case, by_proxy=met is Met.PROXY)
    except InterviewError as error:
        screen.refuse(error)
        return
    consent_noted = case is not None and case.consent_noted
    await screen.app.push_screen_wait(InterviewScreen(desk, interview, consent_noted=consent_noted))


async def take_up(screen: Page[None], draft_id: str, *, ringing: bool) -> None:
    """Go on with an interview under way, on the version it began with (P7).

    Taken up by the caller (`ringing`) it means ringing again: the case's name, number and who answers come first, as at
    its beginning. What a lock or another language took from the screen goes right on: somebody is on the line.
    """
    shell = screen.shell
    try:
        desk = await shell.writer.run(desk_for, shell)
        interview, case, unit = await shell.writer.run(_resumed, shell.unlocked, draft_id)
        desk = replace(desk, unit=unit or desk.unit)
        if case is not None and ringing:
            met = await screen.app.push_screen_wait(IdentityScreen(desk, case))
            if met is None:
                return
            if met is Met.PROXY and interview.draft.respondent is not Respondent.PROXY:
                interview = interview.answered_by(Respondent.PROXY)
                await shell.writer.run(answering.keep, shell.unlocked, interview)
    except InterviewError as error:
        screen.refuse(error)
        return
    consent_noted = case is not None and case.consent_noted
    await screen.app.push_screen_wait(InterviewScreen(desk, interview, consent_noted=consent_noted))


def _resumed(station: Station, draft_id: str) -> tuple[Interview, Case | None, Unit | None]:
    """The interview as it was left, its case, if it has one, and its unit as its own survey describes it."""
    interview = answering.resume(station, draft_id)
    case, unit = interview.draft.case, station.signed_survey(interview.draft.survey).survey.unit(interview.draft.unit)
    return interview, None if case is None else casework.case(station, case), unit
