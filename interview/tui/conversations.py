"""From the home screen or the call list into a conversation, and back."""

from interview.calls.cases import Case
from interview.errors import InterviewError
from interview.session.interview import Interview
from interview.station import answering, casework
from interview.station.station import Station
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


async def take_up(screen: Page[None], draft_id: str) -> None:
    """Go on with an interview under way, on the version it began with (P7)."""
    shell = screen.shell
    try:
        desk = await shell.writer.run(desk_for, shell)
        interview, consent_noted = await shell.writer.run(_resumed, shell.unlocked, draft_id)
    except InterviewError as error:
        screen.refuse(error)
        return
    await screen.app.push_screen_wait(InterviewScreen(desk, interview, consent_noted=consent_noted))


def _resumed(station: Station, draft_id: str) -> tuple[Interview, bool]:
    """The interview as it was left, and whether its case notes that consent was given at the hospital."""
    interview = answering.resume(station, draft_id)
    case = interview.draft.case
    return interview, case is not None and casework.case(station, case).consent_noted
