"""The one screen of a conversation, from hello to goodbye.

A press becomes the next `Interview`; the writer keeps it, and only then the screen shows it (P2). The guard lets nothing count
in between (P1). What takes more than one press is a turn (`turns`); what is where on the screen is the stage (`stage`).
"""

from collections.abc import Coroutine
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.screen import Screen
from textual.timer import Timer
from textual.widgets import TextArea

from interview.errors import InterviewError
from interview.questionnaire.models import ItemType, Role
from interview.session.answers import Missing
from interview.session.interview import Interview
from interview.session.values import NEEDED, toggled
from interview.session.view import QuestionView
from interview.tui.conversation import Conversation
from interview.tui.desk import Desk
from interview.tui.dialogs import LOW
from interview.tui.internals import bind
from interview.tui.key_guard import KeyGuard
from interview.tui.question import QuestionPane
from interview.tui.review import ReviewPane
from interview.tui.stage import LEAST, Stage
from interview.tui.surroundings import Saved
from interview.tui.text_field import TextField
from interview.tui.turns import Ended, Turns

TYPING_PAUSE = 1.0
"""Seconds without a letter after which what is being written is kept."""
TICK = 5.0
"""Seconds between looks at the clock."""
TOO_SMALL = "-too-small"
WIDTHS = [(0, "-narrow"), (60, "-middle"), (110, "-wide")]
"""The widths at which the screen's sheet says other things."""


class InterviewScreen(Screen[Ended]):
    """One conversation, dismissed with how it ended; `put_down` makes it safe to take the screen away before that."""

    CSS_PATH = "interview.tcss"
    AUTO_FOCUS: ClassVar[str | None] = ""
    HORIZONTAL_BREAKPOINTS = WIDTHS
    VERTICAL_BREAKPOINTS = LOW

    def __init__(self, desk: Desk, interview: Interview) -> None:
        super().__init__()
        self.desk = desk
        self.guard = KeyGuard(desk.clock)
        self.conversation = Conversation(desk, interview)
        self.stage = Stage(desk, self.guard)
        self._turns = Turns(self)
        self._occupied = False
        self._open_once = False
        self._typing: Timer | None = None
        bind(self, desk.actions.bindings("interview", desk.words))

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

    # Where the conversation is.

    @property
    def interview(self) -> Interview:
        """The interview as it rests in the workspace."""
        return self.conversation.interview

    @property
    def view(self) -> QuestionView | None:
        """The question on the screen, None on the review."""
        return None if self.interview.item is None else self.interview.view

    @property
    def present(self) -> Interview:
        """The interview with what is being written, as the next step is made from it."""
        present, written, view = self.conversation.present, self.stage.written, self.view
        if written is None or view is None or written == (view.value or ""):
            return present
        return present.record(written)

    # Keeping.

    async def keep(self, following: Interview) -> bool:
        """Keep what follows and show it; where that fails, say why and let nothing go on (P2)."""
        return await self._kept(self.conversation.keep(following, self._saving_is_slow))

    async def put_down(self) -> bool:
        """Keep what is being written and how long it took, before the screen is taken away; False where that failed."""
        return self.conversation.unsaved is None and await self.keep(self.present)

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
            self.stage.show(self.conversation)
            self.stage.not_saved(error)
            return False
        self.stage.show(self.conversation)
        return True

    def _ready(self, *, fresh: bool) -> None:
        """Let keys count again: on another question once it is painted and was there to be read, on the same one at once."""
        if self._occupied or self.conversation.unsaved is not None or self.has_class(TOO_SMALL):
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
        """Whether something new may begin; after a failed save only trying again may."""
        return not self._occupied and self.conversation.unsaved is None and not self.has_class(TOO_SMALL)

    def _step(self, following: Interview) -> None:
        self.start(self.keep(following))

    def _counts(self, action: str) -> bool:
        """Whether the press of an action that answers counts; a dropped one is told."""
        counts = self.guard.takes(action)
        if not counts and self.free:
            self.stage.say("too-soon")
        return counts and self.free

    # Answering.

    def on_question_pane_answered(self, message: QuestionPane.Answered) -> None:
        """A choice or a number."""
        if self.free:
            present = self.present
            self._step(present.answer(message.value) if message.onward else present.record(message.value))

    def on_question_pane_toggled(self, message: QuestionPane.Toggled) -> None:
        """One of several choices."""
        item, view = self.interview.item, self.view
        if self.free and item is not None and view is not None:
            chosen = [option.code for option in view.options if option.chosen]
            self._step(self.present.record(toggled(item, chosen, message.code)))

    def on_question_pane_too_soon(self) -> None:
        """A digit was dropped."""
        if self.free:
            self.stage.say("too-soon")

    def on_question_pane_no_such_answer(self) -> None:
        """A digit that chooses nothing."""
        self.stage.say("no-digit")

    def on_key(self, event: events.Key) -> None:
        """Enter goes on, or tries a failed save again, which `r` does too."""
        if event.key == "enter" or (event.key == "r" and self.conversation.unsaved is not None):
            event.stop()
            self._go_on("enter")

    def action_text_go_on(self) -> None:
        """From a written answer to the next question."""
        self._go_on("text-go-on")

    def action_unknown(self) -> None:
        """Vet inte."""
        self._without_value(Missing.UNKNOWN)

    def action_declined(self) -> None:
        """Vill inte svara."""
        self._without_value(Missing.DECLINED)

    def action_not_applicable(self) -> None:
        """Ej aktuellt."""
        self._without_value(Missing.NOT_APPLICABLE)

    def _go_on(self, key: str) -> None:
        if self.conversation.unsaved is not None:
            if not self._occupied:
                self.start(self._kept(self.conversation.again(self._saving_is_slow)))
            return
        view = self.view
        if view is None or not self._counts(key):
            return
        present = self.present
        if view.type is ItemType.TEXT and self.stage.written:
            present = present.record(self.stage.written)
        record = present.draft.answers.get(view.address)
        if record is not None or view.type is ItemType.DISPLAY:
            if view.role is Role.CONSENT and present.ending is not None:
                self.start(self._turns.ending())
            else:
                self._step(present.go_on())
        elif view.role in NEEDED:
            self.stage.refuse(InterviewError("session.answer-needed"))
        elif not self._open_once:
            self._open_once = True
            self.stage.say("open-once")
        else:
            self._step(present.leave_open())

    def _without_value(self, missing: Missing) -> None:
        view = self.view
        if view is None or not self._counts(str(missing)):
            return
        if missing not in view.missing_keys:
            self.stage.say("not-offered")
        elif self.stage.written:
            self.start(self._turns.replace_text(missing))
        else:
            self._step(self.conversation.present.without_value(missing))

    # Writing.

    def on_text_area_changed(self, message: TextArea.Changed) -> None:
        """Count the letters, and keep the text once nothing has been typed for a while."""
        self.stage.count_letters()
        if self._typing is not None:
            self._typing.stop()
        self._typing = self.set_timer(TYPING_PAUSE, self._keep_text)

    def on_text_field_full(self, message: TextField.Full) -> None:
        """No more letters fit."""
        self.stage.say("full", limit=message.limit)

    def on_text_field_done(self) -> None:
        """Ctrl+Enter, from a terminal that says it in another way."""
        self._go_on("text-go-on")

    def _keep_text(self) -> None:
        if self.free and (present := self.present).draft.answers is not self.interview.draft.answers:
            self._step(present)

    # Moving.

    def action_back(self) -> None:
        """To what was asked before."""
        if self.free:
            self._move(self.present.back())

    def action_forward(self) -> None:
        """To what was asked after."""
        if self.free:
            self._move(self.present.forward())

    def on_review_pane_picked(self, message: ReviewPane.Picked) -> None:
        """To the question that was chosen on the review."""
        if self.free:
            self._move(self.present.jump(message.address))

    def _move(self, following: Interview) -> None:
        """Go there, if that is elsewhere."""
        if following.draft.position != self.interview.draft.position:
            self._step(following)

    # Turns.

    def on_question_pane_escaped(self, message: QuestionPane.Escaped) -> None:
        """`Esc` and a digit at once: the pause menu and its choice."""
        self._turn(self._turns.pause(message.digit))

    def action_pause(self) -> None:
        """Go on, ring again, book a time, core only, end, take back."""
        self._turn(self._turns.pause())

    def action_respondent(self) -> None:
        """Who answers from here on."""
        self._turn(self._turns.respondent())

    def action_care_needed(self) -> None:
        """The card for somebody who needs care."""
        self._turn(self._turns.care_needed())

    def action_questions_back(self) -> None:
        """The card for what a respondent asks."""
        self._turn(self._turns.questions_back())

    def action_improvement(self) -> None:
        """The improvement text and back."""
        self._turn(self._turns.improvement())

    def action_language(self) -> None:
        """The questions in the form's next language."""
        self._turn(self._turns.language())

    def action_seal(self) -> None:
        """Seal, on the review; elsewhere everything is kept already."""
        self._turn(self._turns.seal() if self.view is None else self._turns.all_saved())

    def _turn(self, work: Coroutine[None, None, object]) -> None:
        if self.free:
            self.start(work)
        else:
            work.close()
