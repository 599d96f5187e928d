"""One conversation: a value from which each thing the caller does makes the next.

An `Interview` is never changed; time, randomness and identifiers are handed in. What it holds rests in its draft; what
else it knows can be worked out from that again, so nothing is lost when it is written down and read back.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from interview.errors import InterviewError
from interview.questionnaire.models import Ending, Item, Role
from interview.session import looking, moving
from interview.session.answers import KEYED, REVIEW, Address, Answer, Draft, Missing, Respondent, Value
from interview.session.completeness import Completeness, completeness
from interview.session.form import Form, first_after
from interview.session.handing import handing_over, said_again, settled_before
from interview.session.standing import Standing, from_nothing
from interview.session.values import NEEDED, accepted, missing_keys
from interview.session.view import AnswerView, OutlineEntry, QuestionView


@dataclass(frozen=True, slots=True)
class Interview:
    """A conversation under way.

    `changed` are the addresses whose record differs from the interview this one was made from: what a save must write
    (an address without an entry in `draft.answers` has lost its record). `recent` is the address of the answer just
    given.
    """

    form: Form
    draft: Draft
    standing: Standing
    changed: tuple[Address, ...] = ()
    recent: Address | None = None

    @classmethod
    def begin(
        cls, form: Form, *, id: str, survey: str, unit: str, case: str | None, language: str, started: str
    ) -> "Interview":
        """A new interview at the form's first item, in `language` where the form has it and its first one otherwise."""
        spoken = language if language in form.languages else form.languages[0]
        draft = Draft(id, survey, form.hash, unit, case, spoken, started)
        begun = cls(form, draft, from_nothing(form, {}))
        first = first_after(begun.applying, -1)
        return replace(begun, draft=replace(draft, position=None if first is None else form.addresses[first]))

    @classmethod
    def resume(cls, form: Form, draft: Draft) -> "Interview":
        """The interview a draft holds, as it was left.

        InterviewError `session.other-version` where the form is not the version the draft began with (P7).
        """
        if draft.questionnaire != form.hash:
            raise InterviewError("session.other-version", draft.id)
        return cls(form, draft, from_nothing(form, draft.answers))

    # Looking.

    @property
    def item(self) -> Item | None:
        """The item on the screen, None on the review."""
        return None if self.draft.position is None else self.form.item(self.draft.position)

    @property
    def applying(self) -> int:
        """The displays and questions that apply now, as a set of the form's items."""
        return self.standing.applying(self.form, self.draft)

    @property
    def ending(self) -> Ending | None:
        """How the consent given ends the conversation before it has begun, None where it goes on."""
        return self.form.ending(self.draft.answers)

    @property
    def view(self) -> QuestionView:
        """What the screen shows of the present item; InterviewError `session.on-review` on the review."""
        return looking.question_view(self.form, self.draft, self.standing)

    @property
    def outline(self) -> tuple[OutlineEntry, ...]:
        """The sections with questions that apply now."""
        return looking.outline(self.form, self.draft, self.standing)

    @property
    def last_answer(self) -> AnswerView | None:
        """The answer just given; after resuming, that of the last question recorded before the present one."""
        return looking.last_answer(self.form, self.draft, self.standing, self.recent)

    def review(self) -> tuple[AnswerView, ...]:
        """Every question that applies now with its answer, in the form's order."""
        return looking.review(self.form, self.draft, self.standing)

    def applies(self, address: Address) -> bool:
        """Whether the display or question at an address applies now."""
        return bool(self.applying >> self.form.number(address) & 1)

    @property
    def open_count(self) -> int:
        """How many questions that apply have no answer and no keyed kind of no answer."""
        standing = self.standing
        return (self.applying & self.form.questions & ~standing.said & ~standing.passed_by).bit_count()

    @property
    def completeness(self) -> Completeness:
        """How much of what applies has been answered, and the outcome that makes."""
        return completeness(self.form, self.draft, self.standing)

    # Answering.

    def answer(self, value: Value) -> "Interview":
        """Record an answer to the present question and go on; a value that says nothing leaves it open.

        Errors as `record` and `leave_open`.
        """
        item = moving.present_question(self.form, self.draft)
        kept = accepted(item, value)
        return self.leave_open() if kept is None else self._kept(item, kept)._onward()

    def record(self, value: Value, given_by: Respondent | None = None) -> "Interview":
        """Record an answer, `given_by` whoever answers now if nobody else, and stay; one that says nothing takes it away.

        InterviewError `session.*` where the question does not take the value (see `values.accepted`), or is not one
        for whoever answers now (`session.not-for-respondent`).
        """
        item = moving.present_question(self.form, self.draft)
        kept = accepted(item, value)
        return self._put(None) if kept is None else self._kept(item, kept, given_by)

    def without_value(self, missing: Missing) -> "Interview":
        """Record a keyed kind of no answer to the present question and go on.

        InterviewError `session.missing-not-taken` where the question does not take that kind.
        """
        item = moving.present_question(self.form, self.draft)
        if missing not in KEYED or missing not in missing_keys(item):
            raise InterviewError("session.missing-not-taken", item.id, missing=str(missing))
        return self._put(Answer(None, missing, self.draft.respondent))._onward()

    def leave_open(self) -> "Interview":
        """Leave the present question open and go on: whatever was recorded gives way.

        InterviewError `session.answer-needed` on the questions nothing goes on without: consent, and who answers; and
        `session.required` where the form wants an answer, or that somebody says why there is none.
        """
        item = moving.present_question(self.form, self.draft)
        if item.role in NEEDED:
            raise InterviewError("session.answer-needed", item.id)
        if item.required:
            raise InterviewError("session.required", item.id)
        return self._put(Answer(None, Missing.LEFT_OPEN, self.draft.respondent))._onward()

    # Moving.

    def go_on(self) -> "Interview":
        """From a text read aloud, or a question with a record, to the next that is due; the same where consent ends it.

        InterviewError `session.no-answer-yet` on a question without a record.
        """
        return replace(self, changed=())._onward()

    def back(self) -> "Interview":
        """To what was asked before this; from a question asked between others, to where it was asked from."""
        return self._at(*moving.backward(self.form, self.draft, self.standing))

    def forward(self) -> "Interview":
        """To what was asked after this, at most to the first not yet asked; the same where there is nothing further."""
        return self._at(*moving.forward(self.form, self.draft, self.standing))

    def jump(self, address: Address) -> "Interview":
        """To any item that applies; from the review, going on returns there.

        InterviewError `session.unknown-question`, `session.does-not-apply`, or `session.consent-first`.
        """
        moving.check_reachable(self.form, self.draft, self.standing, address)
        returns = self.draft.position is None or self.draft.return_to == REVIEW
        return self._at(address, REVIEW if returns else None)

    def aside(self, address: Address) -> "Interview":
        """To a question asked between others (the improvement text), to return to here after it. Errors as `jump`."""
        moving.check_reachable(self.form, self.draft, self.standing, address)
        draft = self.draft
        if address == draft.position:
            return self._at(address, draft.return_to)
        return self._at(address, draft.return_to or draft.position or REVIEW)

    def to_review(self) -> "Interview":
        """To the review."""
        return self._at(None, None)

    # Turning.

    def answered_by(self, respondent: Respondent) -> "Interview":
        """Somebody else answers from here on; relation and reason are asked at once where a next of kin takes over.

        What lies behind and was no question for whoever answered until now is recorded as that, so nobody is sent back.
        InterviewError `session.not-a-respondent` where the form lets nobody of that kind answer.
        """
        handed = self._handed_over(respondent)
        if handed.item is not None and handed.item.role is Role.RESPONDENT:
            return handed._onward()
        return handed._at(*moving.taken_over(handed.form, handed.draft, handed.standing), keep_changed=True)

    def core_only(self, on: bool = True) -> "Interview":
        """Only the core questions, and what is answered, apply from here on, the present one or a later; `on=False` takes it back."""
        narrowed = replace(self, draft=replace(self.draft, core_only=on), changed=())
        return narrowed._at(*moving.instead(self.form, narrowed.draft, self.standing), keep_changed=True)

    def in_language(self, language: str) -> "Interview":
        """The questions in another of the form's languages; InterviewError `session.unknown-language`."""
        if language not in self.form.languages:
            raise InterviewError("session.unknown-language", "", language=language)
        return replace(self, draft=replace(self.draft, language=language), changed=())

    def ended(self, on: bool = True) -> "Interview":
        """The respondent stops and the answers are kept: to the review; `on=False` takes it back."""
        return replace(self, draft=replace(self.draft, ended=on), changed=()).to_review()

    def lasting(self, seconds: int) -> "Interview":
        """The conversation has lasted so many seconds in all."""
        return replace(self, draft=replace(self.draft, seconds=seconds), changed=())

    # How.

    def _onward(self) -> "Interview":
        number = self.form.place(self.draft.position)
        if number == len(self.form.items):
            return self
        item = self.form.items[number]
        if item.is_question and self.draft.position not in self.draft.answers:
            raise InterviewError("session.no-answer-yet", item.id)
        if item.role is Role.CONSENT and self.ending is not None:
            return self
        return self._at(*moving.onward(self.form, self.draft, self.standing, number), keep_changed=True)

    def _at(self, position: Address | None, return_to: Address | None, *, keep_changed: bool = False) -> "Interview":
        draft = self.draft
        changed = self.changed if keep_changed else ()
        if (draft.position, draft.return_to) != (position, return_to):
            draft = replace(draft, position=position, return_to=return_to)
        return Interview(self.form, draft, self.standing, changed, self.recent)

    def _kept(self, item: Item, value: Value, given_by: Respondent | None = None) -> "Interview":
        if item.role is Role.RESPONDENT:
            return self._handed_over(Respondent(str(value)))
        return self._put(Answer(value, None, given_by or self.draft.respondent))

    def _put(self, answer: Answer | None) -> "Interview":
        address, respondent = self.draft.position, self.draft.respondent
        if address is None:
            return self
        put = self._with({address: said_again(self.draft.answers.get(address), answer)}, respondent, recent=address)
        settled = settled_before(put.form, put.draft, put.standing)
        return replace(put._with(settled, respondent, address), changed=(*put.changed, *settled)) if settled else put

    def _with(
        self, records: Mapping[Address, Answer | None], respondent: Respondent, recent: Address | None
    ) -> "Interview":
        answers, standing = dict(self.draft.answers), self.standing
        changed = tuple(address for address, answer in records.items() if answers.get(address) != answer)
        for address in changed:
            _set(answers, address, records[address])
            standing = standing.after(self.form, self.form.index[address], answers)
        draft = replace(self.draft, answers=answers, respondent=respondent)
        return Interview(self.form, draft, standing, changed, recent)

    def _handed_over(self, respondent: Respondent) -> "Interview":
        if respondent not in self.form.respondents:
            raise InterviewError("session.not-a-respondent", "", respondent=str(respondent))
        records = handing_over(self.form, self.draft, self.standing, respondent)
        position = self.draft.position
        return self._with(records, respondent, recent=position if position in records else self.recent)


def _set(answers: dict[Address, Answer], address: Address, answer: Answer | None) -> None:
    if answer is None:
        del answers[address]
    else:
        answers[address] = answer
