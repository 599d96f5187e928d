"""The screen of a conversation as far as keeping goes: a step is committed, then shown, and no key counts in between.

What is where on the screen is the stage; what a key does is said in `interview`.
"""

from collections.abc import Coroutine

from textual import events
from textual.app import ComposeResult

from interview.errors import InterviewError
from interview.session.interview import Interview
from interview.session.spelling import TYPED, read_typed
from interview.session.view import QuestionView
from interview.tui.conversation import Conversation
from interview.tui.desk import Desk
from interview.tui.dialogs import LOW
from interview.tui.internals import Leaving
from interview.tui.stage import LEAST, Stage
from interview.tui.surroundings import Saved
from interview.tui.turns import Ended

TICK = 5.0
"""Seconds between looks at the clock."""
TOO_SMALL = "-too-small"
WIDTHS = [(0, "-narrow"), (60, "-middle"), (118, "-wide")]
"""The widths at which the screen's sheet says other things."""


class KeepingScreen(Leaving[Ended]):
    """One conversation, dismissed with how it ended; `put_down` makes it safe to take the screen away before that."""

    CSS_PATH = "interview.tcss"
    AUTO_FOCUS = ""
    HORIZONTAL_BREAKPOINTS = WIDTHS
    VERTICAL_BREAKPOINTS = LOW

    def __init__(self, desk: Desk, interview: Interview, *, consent_noted: bool = False) -> None:
        super().__init__()
        self.desk = desk
        self.guard = desk.guard
        self.guard.hidden()
        self.conversation = Conversation(desk, interview)
        self.stage = Stage(desk, self.guard, consent_noted=consent_noted)
        self._occupied = False
        self._open_once = False
        self._over = False

    def compose(self) -> ComposeResult:
        """Every part, mounted once; what is not needed is hidden."""
        yield from self.stage.widgets

    def on_mount(self) -> None:
        """Show where the conversation is; the clock runs from here."""
        self.stage.show(self.conversation)
        self.set_interval(TICK, self._look_at_the_clock)
        self._ready(fresh=True)

    def on_resize(self, event: events.Resize) -> None:
        """Below the least size nothing can be asked; above it everything is as it was."""
        small = event.size.width < LEAST[0] or event.size.height < LEAST[1]
        if small != self.has_class(TOO_SMALL):
            self.set_class(small, TOO_SMALL)
            self._ready(fresh=True)
        self.call_after_refresh(self.stage.show, self.conversation)

    def on_screen_suspend(self) -> None:
        """A dialog has the keys."""
        self.guard.covered()
        self.stage.keys.covered(by_dialog=True)

    def on_screen_resume(self) -> None:
        """The keys are the question's again."""
        if self.free:
            self.guard.uncovered()
        self.stage.keys.covered(by_dialog=False)

    # Where the conversation is.

    @property
    def interview(self) -> Interview:
        """The interview as it rests in the workspace."""
        return self.conversation.interview

    @property
    def left(self) -> str | None:
        """The draft to come back to where the screen is taken away, None where it is sealed or erased."""
        return None if self._over else self.interview.draft.id

    @property
    def view(self) -> QuestionView | None:
        """The question on the screen, None on the review."""
        return None if self.interview.item is None else self.interview.view

    @property
    def present(self) -> Interview:
        """The interview with what is being written, as the next step is made from it.

        What is typed and cannot be an answer stays where it is typed: `refusal` says why.
        """
        return self._with_written()[0]

    @property
    def refusal(self) -> InterviewError | None:
        """Why what is being typed cannot be an answer, None where it can or nothing is typed."""
        return self._with_written()[1]

    def _with_written(self) -> tuple[Interview, InterviewError | None]:
        present, written, item = self.conversation.present, self.stage.written, self.interview.item
        if written is None or item is None or written == self.interview.view.written:
            return present, None
        try:
            value = read_typed(item, written, self.desk.now().date()) if item.type in TYPED else written
            return present.record("" if value is None else value), None
        except InterviewError as error:
            return present, error

    # Keeping.

    async def keep(self, following: Interview) -> bool:
        """Keep what follows and show it; where that fails, say why and let nothing go on (P2)."""
        return await self._kept(self.conversation.keep(following, self._saving_is_slow))

    async def put_down(self) -> bool:
        """Keep what is being written and how long it took, before the screen is taken away; False where that failed."""
        return self._over or (self.conversation.unsaved is None and await self.keep(self.present))

    def forget(self) -> None:
        """The interview is sealed or erased: nothing of it is left on the screen, and nothing to be kept."""
        self._over = True
        self.stage.forget()

    def start(self, work: Coroutine[None, None, object]) -> None:
        """Do what takes more than a moment; meanwhile no key counts."""
        self._occupied = True
        self.guard.hidden()
        self.run_worker(self._doing(work))

    async def _doing(self, work: Coroutine[None, None, object]) -> None:
        before = self.stage.place
        try:
            await work
        finally:
            self._occupied = False
        self._ready(fresh=self.stage.place != before)

    async def _kept(self, saving: Coroutine[None, None, None]) -> bool:
        self._open_once = False
        try:
            await saving
        except InterviewError as error:
            self.desk.note("not-saved", error.code)
            self.stage.show(self.conversation)
            self.stage.not_saved(error)
            return False
        self.stage.show(self.conversation)
        return True

    def _ready(self, *, fresh: bool) -> None:
        """Let keys count again: on another question once it was there to be read, on the same one at once.

        While a dialog is open they are the dialog's.
        """
        in_dialog = self._occupied and not self.is_active
        waits = self._occupied or self.conversation.unsaved is not None
        if self.has_class(TOO_SMALL) or (waits and not in_dialog):
            self.guard.hidden()
        elif fresh:
            self.call_after_refresh(self.guard.shown)
        else:
            self.guard.stayed()

    def _saving_is_slow(self) -> None:
        self.stage.heading.now(saved=Saved.UNDER_WAY)

    def _look_at_the_clock(self) -> None:
        self.stage.heading.now(minutes=self.conversation.seconds // 60)

    @property
    def free(self) -> bool:
        """Whether something new may begin; after a failed save only trying again, the care-needed card and the way home may."""
        return self._idle and self.conversation.unsaved is None

    @property
    def stuck(self) -> bool:
        """Whether a save has failed and nothing is being done about it now."""
        return self._idle and self.conversation.unsaved is not None

    @property
    def _idle(self) -> bool:
        return not self._occupied and not self.has_class(TOO_SMALL)
