"""From the home screen or the call list into a conversation, and back."""

from interview.calls.cases import Case
from interview.errors import InterviewError
from interview.station import answering
from interview.tui.desk import desk_for
from interview.tui.interview import InterviewScreen
from interview.tui.recovery import recovery_typed_back
from interview.tui.shell import Page


async def converse(screen: Page[None], case: Case | None) -> None:
    """A new conversation, with a case or without one: who answers is settled first, then the interview begins."""


async def take_up(screen: Page[None], draft_id: str) -> None:
    """Go on with an interview under way, on the version it began with (P7)."""
    shell = screen.shell
    try:
        desk = await shell.writer.run(desk_for, shell)
        interview = await shell.writer.run(answering.resume, shell.unlocked, draft_id)
    except InterviewError as error:
        screen.refuse(error)
        return
    await screen.app.push_screen_wait(InterviewScreen(desk, interview))
