"""A form walked through as a caller would, as patient, with help or as next of kin, storing nothing.

It is the screen of the interview itself; only what keeps it, and what ends it, is another.
"""

import secrets
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any, ClassVar

from interview.calls.outcomes import Outcome
from interview.errors import InterviewError
from interview.session.answers import Respondent
from interview.session.form import Form
from interview.session.interview import Interview
from interview.station import finishing
from interview.tui.conversation import Conversation
from interview.tui.desk import Desk, desk_for
from interview.tui.dialogs import Dialog, Said
from interview.tui.interview import InterviewScreen
from interview.tui.shell import Page
from interview.tui.turns import Turns

ANSWERING = {"1": Respondent.PATIENT, "2": Respondent.HELPED, "3": Respondent.PROXY}
"""Who answers, by the digit of the menu."""


class Trial(Conversation):
    """A conversation that nothing is kept of: what follows is the interview at once, and its end leaves no trace."""

    keeps: ClassVar[bool] = False

    async def keep(self, following: Interview, slow: Callable[[], None]) -> None:
        """Go on without the disk."""
        self.interview = following

    async def interrupted(self, outcome: Outcome, when: datetime | None = None) -> None:
        """Nothing is put aside."""

    async def discarded(self, outcome: Outcome) -> None:
        """There is nothing to erase."""

    async def finished(self) -> finishing.Finished:
        """Nothing is sealed."""
        return finishing.Finished(Outcome.BREAK_OFF, False, 0)


class PreviewTurns(Turns):
    """The turns of a preview: pausing and sealing both only lead out of it."""

    async def pause(self, choice: str | None = None) -> None:
        """Go on, or end the preview."""
        words = self._desk.words
        said = Said(
            words("asking.preview-title"),
            ((words("asking.preview-text"), "plain"),),
            tuple((digit, words(f"asking.preview-{digit}")) for digit in ("1", "2")),
        )
        if (choice or await self._ask(said)) == "2":
            self._screen.dismiss(None)

    async def seal(self) -> None:
        """Nothing is sealed here; ending is offered instead."""
        await self.pause()

    async def all_saved(self) -> None:
        """Nothing is."""
        self._screen.stage.say("preview-text", "faint")


class PreviewScreen(InterviewScreen):
    """The interview screen over a `Trial`."""

    def __init__(self, desk: Desk, interview: Interview) -> None:
        super().__init__(desk, interview)
        self.conversation = Trial(desk, interview)
        self._turns = PreviewTurns(self)

    @property
    def left(self) -> str | None:
        """There is nothing to come back to after a lock."""
        return None


async def preview(page: Page[Any], form: Form) -> None:
    """Ask who is to answer, and walk the form."""
    shell = page.shell
    try:
        desk = await shell.writer.run(desk_for, shell)
    except InterviewError as error:
        page.refuse(error)
        return
    words = desk.words
    said = Said(
        words("asking.preview-who"),
        ((words("asking.preview-text"), "plain"),),
        tuple(
            (digit, words(f"asking.who-{digit}"))
            for digit, respondent in ANSWERING.items()
            if respondent in form.respondents
        ),
        help="asking.help-dialog",
    )
    choice = await page.app.push_screen_wait(Dialog(said, desk.guard))
    respondent = ANSWERING.get(choice or "")
    if respondent is not None:
        interview = trial_of(form, desk, respondent)
        await page.app.push_screen_wait(PreviewScreen(replace(desk, questionnaire=form.questionnaire), interview))


def trial_of(form: Form, desk: Desk, respondent: Respondent) -> Interview:
    """An interview with a form at its beginning, that no store knows of."""
    interview = Interview.begin(
        form,
        id=secrets.token_hex(16),
        survey=desk.station.survey_hash,
        unit=desk.unit.id,
        case=None,
        language=desk.words.language,
        started=desk.now().isoformat(timespec="minutes"),
    )
    return interview if respondent is Respondent.PATIENT else interview.answered_by(respondent)
