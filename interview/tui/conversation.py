"""One conversation at a desk: the interview as it was kept last, what waits to be kept, how long it has lasted."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import ClassVar

from interview.calls.cases import Case
from interview.calls.outcomes import Outcome
from interview.session.answers import Respondent
from interview.session.interview import Interview
from interview.station import answering, finishing
from interview.tui.desk import Desk


async def begun(desk: Desk, case: Case | None, *, by_proxy: bool) -> Interview:
    """A new interview with a case or without one, kept already; `by_proxy` where a next of kin was met.

    InterviewError as `answering.begin` and `answering.keep`.
    """

    def begin() -> Interview:
        interview = answering.begin(desk.station, case, desk.words.language)
        if by_proxy:
            interview = interview.answered_by(Respondent.PROXY)
            answering.keep(desk.station, interview)
        return interview

    return await desk.writer.run(begin)


class Conversation:
    """What the screen shows is `interview`, which rests in the workspace already (P2).

    While `unsaved` is not None a save has failed: nothing else may be done but `again`. `keeps` tells that it rests
    anywhere at all.
    """

    keeps: ClassVar[bool] = True

    def __init__(self, desk: Desk, interview: Interview) -> None:
        self.desk = desk
        self.interview = interview
        self.unsaved: Interview | None = None
        self._began = desk.clock() - interview.draft.seconds

    @property
    def seconds(self) -> int:
        """How long the conversation has lasted, over all its sittings."""
        return int(self.desk.clock() - self._began)

    @property
    def present(self) -> Interview:
        """The interview as it stands, its length brought up to now: what the next step is made from."""
        return self.interview.lasting(self.seconds)

    @property
    def shown(self) -> Interview:
        """What belongs on the screen: after a failed save the answer, still at its question."""
        if self.unsaved is None:
            return self.interview
        before, draft = self.interview.draft, self.unsaved.draft
        held = replace(draft, position=before.position, return_to=before.return_to)
        return replace(self.unsaved, draft=held)

    async def keep(self, following: Interview, slow: Callable[[], None]) -> None:
        """Commit what follows; only then it is the interview. `slow` is called when that takes long.

        InterviewError where it could not be kept; `unsaved` then holds it.
        """
        self.unsaved = following
        await self.desk.writer.run_telling(slow, answering.keep, self.desk.station, following)
        self.interview, self.unsaved = following, None

    async def again(self, slow: Callable[[], None]) -> None:
        """Try the failed save again."""
        if self.unsaved is not None:
            await self.keep(self.unsaved, slow)

    async def interrupted(self, outcome: Outcome, when: datetime | None = None) -> None:
        """Put the interview aside to go on another day."""
        desk = self.desk
        await desk.writer.run(answering.interrupted, desk.station, self.present, outcome, when=when)

    async def discarded(self, outcome: Outcome) -> None:
        """Erase the interview; nothing is sealed."""
        await self.desk.writer.run(answering.discard, self.desk.station, self.present, outcome)

    async def finished(self) -> finishing.Finished:
        """Seal the interview and erase its draft, or only erase it where too little was answered."""
        return await self.desk.writer.run(finishing.finish, self.desk.station, self.present)
