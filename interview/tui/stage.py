"""The parts of the interview screen, and the one function that makes them show a conversation."""

from dataclasses import replace
from enum import StrEnum

from textual.content import Content
from textual.widget import Widget

from interview.errors import InterviewError
from interview.questionnaire.models import ItemType, Role
from interview.session.answers import Respondent
from interview.session.interview import Interview
from interview.session.spelling import TYPED
from interview.session.view import QuestionView
from interview.station.guarding import marks
from interview.text import clean
from interview.tui.conversation import Conversation
from interview.tui.desk import Desk
from interview.tui.guard_line import GuardLine, on_review
from interview.tui.key_guard import KeyGuard
from interview.tui.line_field import LineField
from interview.tui.lines import Part
from interview.tui.question import QuestionPane
from interview.tui.question_page import MISSING_ACTIONS, PageWords, digits_of, page_words
from interview.tui.review import ReviewFacts, ReviewPane
from interview.tui.surroundings import Heading, HeadingFacts, KeyLines, Outline, Saved, StatusLine, TooSmall
from interview.tui.text_field import TextField

LEAST = (40, 12)
"""Columns and rows below which the screen only says that it is too small."""


class Face(StrEnum):
    """What the middle of the screen shows."""

    QUESTION = "question"
    TEXT = "text"
    LINE = "line"
    REVIEW = "review"


class Stage:
    """The widgets of the interview screen, mounted once, and what they show."""

    def __init__(self, desk: Desk, guard: KeyGuard, *, consent_noted: bool) -> None:
        words = desk.words
        self.desk = desk
        self._consent_noted = consent_noted
        self.heading = Heading(words)
        self.pane = QuestionPane(guard, _page_words(desk))
        taken = {key for action in desk.actions.of("interview", "app") for key in action.keys}
        self.field = TextField(guard, taken)
        self.line = LineField(guard, taken)
        self.guard_line = GuardLine(words, desk.key("interview.replace"))
        self.review = ReviewPane(guard, words)
        self.status = StatusLine(words, desk.key("interview.back"))
        self.keys = KeyLines()
        self.outline = Outline(words)
        self.too_small = TooSmall(words, LEAST)
        self.face: Face | None = None
        self._said_of = ""
        self._not_saved = ""
        """Why the last save that failed did, in words."""

    @property
    def widgets(self) -> tuple[Widget, ...]:
        """Every part, from the top down."""
        return (
            self.heading,
            self.pane,
            self.field,
            self.line,
            self.guard_line,
            self.review,
            self.status,
            self.keys,
            self.outline,
            self.too_small,
        )

    @property
    def place(self) -> tuple[object, ...]:
        """What is shown, in which words, to be compared with what is shown later."""
        return self.face, self.pane.view and (self.pane.view.address, self.pane.view.text)

    def show(self, conversation: Conversation) -> None:
        """Draw the conversation as it is; only what differs is painted."""
        shown = conversation.shown
        if shown.draft.position is None:
            view = None
            key = self.desk.key("interview.replace")
            alarm = on_review(self.desk.words, marks(shown, self.guard_line.known), key)
            lacking = shown.completeness.lacking
            hint = self._review_hint(lacking)
            facts = ReviewFacts(shown.open_count, lacking, hint, shown.draft.respondent, alarm)
            self.review.show(shown.review(), facts)
            self._put_on(Face.REVIEW, conversation)
            self.keys.show(*self._key_rows(Face.REVIEW, shown))
        else:
            view = self._worded(shown)
            self._show_question(view, conversation)
        self.heading.show(self._facts(shown, view, conversation))
        self.status.show(shown.last_answer)
        if conversation.unsaved is not None and self._not_saved:
            self._show_not_saved()
        if self.outline.display:
            self.outline.show(shown.outline)

    def say(self, key: str, /, part: Part = "warning", **facts: object) -> None:
        """Say something below the question until the next answer."""
        self.status.say(self.desk.words(f"asking.{key}", **facts), part)

    def refuse(self, error: InterviewError) -> None:
        """Say why something cannot be done, and what can."""
        self.status.say(" ".join(self.desk.words.error(error)))

    def not_saved(self, error: InterviewError) -> None:
        """Say that a save failed, why, that only trying again goes on (P2), and the two ways out of that."""
        reason, words, home = " ".join(self.desk.words.error(error)), self.desk.words, self.desk.key("interview.pause")
        self._not_saved = f"{words('asking.save-failed', message=reason)} {words('asking.try-again', home=home)}"
        self._show_not_saved()

    def _show_not_saved(self) -> None:
        words, home = self.desk.words, self.desk.key("interview.pause")
        self.status.say(self._not_saved)
        ways = (("Enter", words("asking.key-try-again")), (home, words("asking.key-home")))
        self.keys.show(ways, self.desk.keys("interview.care-needed", "app.help"))

    def forget(self) -> None:
        """Nothing of the conversation is left on the screen."""
        self.pane.display = self.field.display = self.line.display = self.review.display = False
        self.field.load_text("")
        self.line.load_text("")
        self.guard_line.look_at(None)
        self.status.visible = self.keys.visible = False
        self.outline.show(())

    @property
    def written(self) -> str | None:
        """What stands in the field for what is typed, None where there is no such field on the screen."""
        return None if self._typing_in is None else self._typing_in.text

    def typed(self, present: Interview | None) -> bool:
        """Show how what is typed now is understood, None where it is not yet; whether it is other than a moment ago.

        What was said of what stood there before is over.
        """
        written, view = self.written, self.pane.view
        if view is None or written is None or written == self._said_of:
            return False
        self._said_of = written
        self.status.all_clear()
        if self.face is Face.LINE:
            self.pane.understood(None if written == view.written else "" if present is None else present.view.written)
        return True

    def count_letters(self) -> None:
        """Say below the field how many more letters it takes; below a number its unit."""
        view, field = self.pane.view, self._typing_in
        if view is None or field is None:
            return
        worded = self._worded_in is not None
        field.border_subtitle = (
            self.desk.words("asking.left", count=field.left) if worded else Content(clean(view.unit))
        )

    @property
    def _typing_in(self) -> TextField | None:
        return {Face.TEXT: self.field, Face.LINE: self.line}.get(self.face) if self.face else None

    @property
    def _worded_in(self) -> TextField | None:
        """The field somebody's own words are typed in, None where there is none or it takes numbers, dates or times."""
        view = self.pane.view
        return self._typing_in if view is not None and view.type in (ItemType.TEXT, ItemType.LINE) else None

    def _review_hint(self, lacking: int) -> str:
        key = "review-help-few" if lacking else "review-help"
        return self.desk.words(f"asking.{key}", seal=self.desk.key("interview.seal"))

    def _worded(self, shown: Interview) -> QuestionView:
        """The question; where the case notes that consent was given at the hospital, it is asked for in other words."""
        view, draft = shown.view, shown.draft
        if not self._consent_noted or view.role is not Role.CONSENT or draft.respondent is Respondent.PROXY:
            return view
        consented = shown.form.questionnaire.contact.consented
        return replace(view, text=consented.get(draft.language) or consented[shown.form.languages[0]])

    def _show_question(self, view: QuestionView, conversation: Conversation) -> None:
        before = self.pane.view
        self.pane.show(view, conversation.shown.draft.respondent)
        face = Face.TEXT if view.type is ItemType.TEXT else Face.LINE if view.type in TYPED else Face.QUESTION
        fresh = self.face is not face or before is None or before.address != view.address
        if fresh and face is Face.TEXT:
            self.field.take_up(view.written, view.max_length or 0)
        elif fresh and face is Face.LINE:
            self.line.ask_for(view.type, view.written, view.max_length)
        if fresh:
            self._said_of = view.written
        self._put_on(face, conversation)
        self.keys.show(*self._key_rows(face, conversation.shown, view))
        self.count_letters()

    def _put_on(self, face: Face, conversation: Conversation) -> None:
        """Show one of the three faces and give it the keys; nothing happens where that is so already."""
        if face is not self.face:
            self.face = face
            self.pane.display = face is not Face.REVIEW
            self.field.display = face is Face.TEXT
            self.line.display = face is Face.LINE
            self.review.display = face is Face.REVIEW
        focus: Widget = self.pane
        # After a failed save the field takes no letters: Enter and r are to try again.
        if self._typing_in is not None and conversation.unsaved is None:
            focus = self._typing_in
        elif face is Face.REVIEW:
            focus = self.review
        if not focus.has_focus:
            focus.focus()
        self.guard_line.look_at(self._worded_in)

    def _facts(self, shown: Interview, view: QuestionView | None, conversation: Conversation) -> HeadingFacts:
        if view is None:
            section, number, count = self.desk.words("asking.review"), 0, len(shown.review())
        else:
            section, number, count = self._section(view), view.number, view.count
        return HeadingFacts(
            section=section,
            number=number,
            count=count,
            minutes=conversation.seconds // 60,
            promised=shown.form.questionnaire.minutes,
            respondent=shown.draft.respondent,
            core_only=shown.draft.core_only,
            saved=_saved(conversation),
            rehearsal=self.desk.rehearsal,
        )

    def _section(self, view: QuestionView) -> str:
        """The section, and which of several where what is asked repeats."""
        if not view.repetition:
            return view.section
        return self.desk.words("asking.repetition", section=view.section, number=view.repetition).strip(" ·")

    def _key_rows(
        self, face: Face, shown: Interview, view: QuestionView | None = None
    ) -> tuple[tuple[tuple[str, str], ...], ...]:
        """Two lines of the keys that do something here: the digits there are, the cards, the languages of its form."""
        form, unit, words = shown.form.questionnaire, self.desk.unit, self.desk.words
        moving = self.desk.keys("interview.back", "interview.forward", "interview.respondent")
        going_on = self.desk.keys("interview.text-go-on" if face is Face.TEXT else "interview.go-on")
        first = self.desk.keys("interview.seal", "interview.back", "interview.respondent")
        if face is Face.REVIEW and shown.completeness.lacking:
            # Nothing will be sealed: the same key asks what becomes of the answers.
            first = ((self.desk.key("interview.seal"), words("asking.key-end")), *first[1:])
        if face is not Face.REVIEW:
            digits = "" if view is None else digits_of(view)
            choosing = ((digits, words(self.desk.actions["interview.choose"].label)),) if digits else ()
            first = (*choosing, *going_on, *moving)
        there = {
            "interview.care-needed": (unit.card("care-needed") or form.card("care-needed")) is not None,
            "interview.questions-back": bool(form.contact.doubt),
            "interview.improvement": any(item.role is Role.IMPROVEMENT for item in form.questions()),
            "interview.language": len(form.languages) > 1,
        }
        second = ("interview.pause", "app.help", *(action for action, offered in there.items() if offered))
        return first, self.desk.keys(*second)


def _saved(conversation: Conversation) -> Saved:
    if not conversation.keeps:
        return Saved.NOTHING
    return Saved.YES if conversation.unsaved is None else Saved.NO


def _page_words(desk: Desk) -> PageWords:
    names = {"go-on": "interview.go-on", "text-done": "interview.text-go-on"}
    names |= {action: f"interview.{action}" for action in MISSING_ACTIONS.values()}
    return page_words(desk.words, {name: desk.key(action) for name, action in names.items()})
