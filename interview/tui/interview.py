"""The one screen of a conversation, from hello to goodbye.

A press becomes the next `Interview`; the writer keeps it, and only then the screen shows it (P2). The guard lets
nothing count in between (P1). What takes more than one press is a turn (`turns`); what stands where is the stage.
"""

from collections.abc import Coroutine
from contextlib import suppress

from textual import events
from textual.timer import Timer
from textual.widgets import TextArea

from interview.errors import InterviewError
from interview.questionnaire.models import ItemType, Role
from interview.session.answers import Missing
from interview.session.interview import Interview
from interview.session.values import NEEDED, toggled
from interview.station.guarding import known_to, marks
from interview.tui.desk import Desk
from interview.tui.guard_line import foremost
from interview.tui.internals import bind
from interview.tui.keeping import KeepingScreen
from interview.tui.question import QuestionPane
from interview.tui.review import ReviewPane
from interview.tui.text_field import TextField
from interview.tui.turns import Turns

TYPING_PAUSE = 1.0
"""Seconds without a letter after which what is being written is kept."""


class InterviewScreen(KeepingScreen):
    """One conversation, its keys; `consent_noted` where the case says that consent was given at the hospital."""

    def __init__(self, desk: Desk, interview: Interview, *, consent_noted: bool = False) -> None:
        super().__init__(desk, interview, consent_noted=consent_noted)
        self._turns = Turns(self)
        self._typing: Timer | None = None
        bind(self, desk.actions.bindings("interview", desk.words))

    def on_mount(self) -> None:
        """The screen's own part of mounting; what it shows is mounted with `KeepingScreen`."""
        self.run_worker(self._learn(), group="guard")

    def _step(self, following: Interview) -> None:
        self.start(self.keep(following))

    async def _answered(self, following: Interview) -> None:
        """Keep an answer; consent that was not given ends the conversation."""
        if await self.keep(following) and self._unwilling:
            await self._turns.ending()

    @property
    def _unwilling(self) -> bool:
        item = self.interview.item
        return item is not None and item.role is Role.CONSENT and self.interview.ending is not None

    def _counts(self, action: str) -> bool:
        """Whether the press of an action that answers counts; a dropped one is told."""
        counts = self.guard.takes(action, in_turn=True)
        if not counts and self.free:
            self.stage.say("too-soon")
        return counts and self.free

    # Answering.

    def on_question_pane_answered(self, message: QuestionPane.Answered) -> None:
        """A choice or a number, of the question that is on the screen still."""
        if self.free and message.address == self.interview.draft.position:
            present = self.present
            following = present.answer(message.value) if message.onward else present.record(message.value)
            self.start(self._answered(following))

    def on_question_pane_toggled(self, message: QuestionPane.Toggled) -> None:
        """One of several choices."""
        item, view = self.interview.item, self.view
        if self.free and item is not None and view is not None and message.address == view.address:
            chosen = [option.code for option in view.options if option.chosen]
            self._step(self.present.record(toggled(item, chosen, message.code)))

    def on_question_pane_too_soon(self) -> None:
        """A digit was dropped."""
        if self.free:
            self.stage.say("too-soon")

    def on_question_pane_no_such_answer(self) -> None:
        """A digit that chooses nothing."""
        if self.view is not None and self.view.type is ItemType.DISPLAY:
            self.stage.say("nothing-to-choose", key=self.desk.key("interview.go-on"))
        else:
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
        if view is None or not self._counts(key) or self._refused():
            return
        present = self.present
        if view.type is ItemType.TEXT and self.stage.written:
            present = present.record(self.stage.written)
        record = present.draft.answers.get(view.address)
        if record is not None or view.type is ItemType.DISPLAY:
            if self._unwilling:
                self.start(self._turns.ending())
            else:
                self._step(present.go_on())
        elif view.role in NEEDED:
            self.stage.refuse(InterviewError("session.answer-needed"))
        elif view.required:
            self.stage.refuse(InterviewError("session.required"))
        elif not self._open_once:
            self._open_once = True
            onward = "interview.text-go-on" if view.type is ItemType.TEXT else "interview.go-on"
            self.stage.say("open-once", key=self.desk.key(onward))
        else:
            self._step(present.leave_open())

    def _refused(self) -> bool:
        """Whether what is typed cannot be an answer; then that is told, and it stays to be corrected."""
        refusal = self.refusal
        if refusal is not None:
            self.stage.refuse(refusal)
        return refusal is not None

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
        if self.stage.typed(None if self.refusal else self.present):
            self._open_once = False
        self.stage.count_letters()
        self.stage.guard_line.look_soon()
        if self._typing is not None:
            self._typing.stop()
        self._typing = self.set_timer(TYPING_PAUSE, self._keep_text)

    def on_text_field_full(self, message: TextField.Full) -> None:
        """No more letters fit."""
        self.stage.say("full", limit=message.limit)

    def on_text_field_beyond(self, message: TextField.Beyond) -> None:
        """The arrows leave the text: the question above it is scrolled."""
        self.stage.pane.scrolled(message.step)

    def on_text_field_done(self) -> None:
        """Ctrl+Enter, from a terminal that says it in another way."""
        self._go_on("text-go-on")

    def action_replace(self) -> None:
        """What is proposed, in place of words that may point at somebody; from the review to where they stand.

        What has been kept before stays with whoever said it, although the caller takes words out of it.
        """
        guard_line, view = self.stage.guard_line, self.view
        said_before = view is not None and self.stage.written == view.written
        if view is None:
            mark = foremost(marks(self.interview, guard_line.known))
            if mark is not None and self.free:
                self._move(self.present.jump(mark.address))
        elif not self.free or not guard_line.replace():
            self.stage.say("nothing-proposed")
        elif said_before:
            self._step(self.conversation.present.record(self.stage.written or "", view.given_by))

    async def _learn(self) -> None:
        """Know the case's names and numbers; without them the guard finds what anybody would."""
        with suppress(InterviewError):
            known = await self.desk.writer.run(known_to, self.desk.station, self.interview.draft)
            await self.stage.guard_line.learn(known)
            if self.view is None:
                self.stage.show(self.conversation)

    def _keep_text(self) -> None:
        if self.free and (present := self.present).draft.answers is not self.interview.draft.answers:
            self._step(present)

    # Moving.

    def action_back(self) -> None:
        """To what was asked before."""
        if self.free and not self._refused():
            self._move(self.present.back(), "nothing-before")

    def action_forward(self) -> None:
        """To what was asked after."""
        if self.free and not self._refused():
            self._move(self.present.forward(), "nothing-further")

    def on_review_pane_picked(self, message: ReviewPane.Picked) -> None:
        """To the question that was chosen on the review."""
        if self.free:
            self._move(self.present.jump(message.address))

    def _move(self, following: Interview, nowhere: str = "") -> None:
        """Go there, if that is elsewhere; where it is not, a key that is among those shown says so."""
        if following.draft.position != self.interview.draft.position:
            self._step(following)
        elif nowhere:
            self.stage.say(nowhere)

    # Turns.

    def on_question_pane_escaped(self, message: QuestionPane.Escaped) -> None:
        """`Esc` and a digit at once: the pause menu and its choice; after a failed save the way home alone."""
        self._turn(self._turns.leave_unsaved() if self.stuck else self._turns.pause(message.digit), stuck=True)

    def action_pause(self) -> None:
        """Go on, ring again, book a time, core only, end, take back; after a failed save the way home."""
        self._turn(self._turns.leave_unsaved() if self.stuck else self._turns.pause(), stuck=True)

    def action_respondent(self) -> None:
        """Who answers from here on."""
        self._turn(self._turns.respondent())

    def action_care_needed(self) -> None:
        """The card for somebody who needs care, whatever else cannot be done."""
        self._turn(self._turns.care_needed(), stuck=True)

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

    def _turn(self, work: Coroutine[None, None, object], *, stuck: bool = False) -> None:
        """Begin a turn where one may begin; `stuck` for one that may after a failed save too."""
        if self.free or (stuck and self.stuck):
            self.start(work)
        else:
            work.close()
