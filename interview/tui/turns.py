"""What takes more than one press: pause, who answers, cards, the end. Each is a coroutine that one worker runs."""

from collections.abc import Awaitable, Callable
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

from interview.calls.outcomes import Outcome
from interview.errors import InterviewError
from interview.questionnaire.models import Ending, Role
from interview.session.answers import Missing, Respondent
from interview.station import casework
from interview.station.guarding import refuse_personal_numbers
from interview.tui.appointment_dialog import AppointmentDialog
from interview.tui.dialogs import Dialog, Said
from interview.tui.menus import Menus

Result = TypeVar("Result")

if TYPE_CHECKING:
    from interview.session.interview import Interview
    from interview.tui.conversation import Conversation
    from interview.tui.desk import Desk
    from interview.tui.keeping import KeepingScreen


CARE = "interview.care-needed"
"""The action that the pause menu leads to as well."""


class Ended(StrEnum):
    """How a conversation left the screen."""

    SEALED = "sealed"
    ERASED = "erased"
    PUT_ASIDE = "put-aside"


class Turns:
    """The turns of one interview screen."""

    def __init__(self, screen: "KeepingScreen") -> None:
        self._screen = screen
        self._desk = screen.desk
        self._menus = Menus(screen.desk.words, screen.desk.unit)

    # In the middle of the conversation.

    async def pause(self, choice: str | None = None) -> None:
        """The pause menu, or at once what was chosen with `Esc` and a digit."""
        if not await self._keep_text():
            return
        draft = self._conversation.interview.draft
        if choice is None:
            lacking = self._conversation.interview.completeness.lacking
            care, closes = self._desk.actions[CARE], self._keys("pause")
            choice = await self._ask(self._menus.pause(draft.core_only, draft.ended, lacking, closes, care))
        match choice:
            case _ if choice == CARE:
                await self.care_needed()
            case "2":
                await self._put_aside(Outcome.INTERRUPTED)
            case "3":
                await self._appointment()
            case "4":
                await self._core_only(not draft.core_only)
            case "5":
                await self._end()
            case "6":
                await self._take_back()

    async def respondent(self) -> None:
        """Who answers from here on; a next of kin only with the patient's consent, and is told first what this is."""
        if not await self._keep_text():
            return
        choice = await self._ask(
            self._menus.who(self._conversation.interview.form.respondents, closes=self._keys("respondent"))
        )
        if choice == "3":
            if await self._ask(self._menus.takeover()) != "1":
                return
            introduction = self._menus.introduction(self._conversation.interview)
            if introduction is not None and await self._ask(introduction) is None:
                return
        respondent = {"1": Respondent.PATIENT, "2": Respondent.HELPED, "3": Respondent.PROXY}.get(choice or "")
        if respondent is not None and await self._follow(lambda present: present.answered_by(respondent)):
            who = self._desk.words(f"session.respondent.{respondent}")
            self._screen.stage.say("answers-now", "good", who=who)

    async def care_needed(self) -> None:
        """The care-needed card, and how the conversation goes on after it; nothing of it is kept.

        After a failed save it goes on with that.
        """
        if not await self._card("care-needed") or self._conversation.unsaved is not None:
            return
        interview = self._conversation.interview
        match await self._ask(self._menus.care(interview.completeness.lacking)):
            case "2":
                await self._put_aside(Outcome.INTERRUPTED)
            case "3" if not interview.draft.ended:
                await self._end()

    async def questions_back(self) -> None:
        """The card for what a respondent asks."""
        await self._card("questions-back")

    async def improvement(self) -> None:
        """The improvement text, from any question, and back."""
        interview = self._conversation.interview
        address = interview.form.with_role(Role.IMPROVEMENT)
        if address is None:
            self._screen.stage.say("not-offered")
        elif interview.draft.position == address:
            await self._follow(lambda present: present.back() if interview.draft.return_to is not None else present)
        else:
            await self._follow(lambda present: present.aside(address))

    async def language(self) -> None:
        """The questions in the form's next language."""
        interview = self._conversation.interview
        languages = interview.form.languages
        if len(languages) < 2:
            self._screen.stage.say("no-language")
            return
        following = languages[(languages.index(interview.draft.language) + 1) % len(languages)]
        if await self._follow(lambda present: present.in_language(following)):
            words, name = self._desk.words, f"asking.language-{following}"
            self._screen.stage.say("language-now", "good", language=words(name) if words.has(name) else following)

    async def replace_text(self, missing: Missing) -> None:
        """A kind of no answer in place of a written text, once that is confirmed."""
        if await self._ask(self._menus.replace_text(missing)) == "2":
            await self._screen.keep(self._conversation.present.without_value(missing))

    async def all_saved(self) -> None:
        """Say that everything is kept, once it is."""
        if await self._keep_text():
            self._screen.stage.say("all-saved", "good")

    async def leave_unsaved(self) -> None:
        """Home without the answer that could not be kept, once that is confirmed; what was kept before rests (P2)."""
        if await self._ask(self._menus.unsaved()) == "2":
            self._screen.dismiss(Ended.PUT_ASIDE)

    # Its end.

    async def ending(self) -> None:
        """The consent asked for was not given: ring later, or leave the patient alone."""
        interview = self._conversation.interview
        if interview.ending is Ending.NOT_NOW:
            match await self._ask(self._menus.not_now()):
                case "1":
                    await self._appointment()
                case "2":
                    await self._erase(Outcome.NOT_NOW)
        elif await self._ask(self._menus.declined()) == "1":
            proxy = interview.draft.respondent is Respondent.PROXY
            await self._erase(Outcome.REFUSED_BY_OTHER if proxy else Outcome.REFUSED)

    async def seal(self) -> None:
        """Seal the answers, or erase them where there are too few; they are gone from here afterwards."""
        sealable = self._conversation.interview.completeness.sealable
        if sealable and not self._may_be_sealed():
            return
        chosen = await self._ask(self._menus.seal() if sealable else self._menus.drop())
        if chosen == "3":
            await self._ring_again()
        if chosen not in ("seal", "2"):
            return
        self._screen.stage.say("sealing", "faint")
        finished = await self._insist(self._conversation.finished)
        if finished is None:
            return
        self._screen.forget()
        outcome = self._desk.words(finished.outcome.label)
        said = self._menus.sealed(outcome, finished.waiting) if finished.sealed else self._menus.erased(outcome)
        await self._ask(said)
        self._screen.dismiss(Ended.SEALED if finished.sealed else Ended.ERASED)

    def _may_be_sealed(self) -> bool:
        """Whether no answer holds a personal number; where one does, that is told."""
        try:
            refuse_personal_numbers(self._conversation.interview)
        except InterviewError as error:
            self._screen.stage.refuse(error)
            return False
        return True

    async def _end(self) -> None:
        """The respondent stops and the answers are kept; where that was so already, it goes on after all."""
        ended = self._conversation.interview.draft.ended
        if ended:
            await self._follow(_resumed)
            return
        goodbye = self._menus.goodbye(self._conversation.interview)
        if await self._follow(lambda present: present.ended()) and goodbye is not None:
            await self._ask(goodbye)

    async def _take_back(self) -> None:
        if await self._ask(self._menus.erase()) == "2":
            await self._erase(Outcome.BREAK_OFF)

    async def _erase(self, outcome: Outcome) -> None:
        if await self._insist(lambda: self._done(self._conversation.discarded(outcome))):
            self._screen.forget()
            await self._ask(self._menus.erased(self._desk.words(outcome.label)))
            self._screen.dismiss(Ended.ERASED)

    async def _core_only(self, on: bool) -> None:
        if await self._follow(lambda present: present.core_only(on)):
            self._screen.stage.say("core-from-here" if on else "core-no-more", "good")

    async def _appointment(self) -> None:
        """Agree on a time; without a case there is nowhere to keep it, and the screen says so."""
        case_id = self._conversation.interview.draft.case
        if case_id is None:
            if await self._ask(self._menus.no_case()) is not None:
                await self._put_aside(Outcome.APPOINTMENT)
            return
        last = await _last_day(self._desk, case_id)
        when = await self._screen.app.push_screen_wait(AppointmentDialog(self._desk.words, self._desk.now, last))
        if when is not None:
            await self._put_aside(Outcome.APPOINTMENT, when)

    async def _ring_again(self) -> None:
        """Put aside what somebody stopped too early, to go on at the first question nobody has answered."""
        if not self._conversation.interview.draft.ended or await self._follow(_resumed):
            await self._put_aside(Outcome.INTERRUPTED)

    async def _put_aside(self, outcome: Outcome, when: datetime | None = None) -> None:
        if await self._insist(lambda: self._done(self._conversation.interrupted(outcome, when))):
            self._screen.dismiss(Ended.PUT_ASIDE)

    # How.

    @property
    def _conversation(self) -> "Conversation":
        return self._screen.conversation

    def _keys(self, action: str) -> tuple[str, ...]:
        """The keys that open a dialog close it too."""
        return self._desk.actions[f"interview.{action}"].every_key

    async def _ask(self, said: Said) -> str | None:
        return await self._screen.app.push_screen_wait(Dialog(said, self._screen.guard))

    async def _keep_text(self) -> bool:
        """Whether what is being written is kept: a menu is one of the ways out of the field."""
        present = self._screen.present
        if present.draft.answers is self._conversation.interview.draft.answers:
            return True
        return await self._screen.keep(present)

    async def _follow(self, step: "Callable[[Interview], Interview]") -> bool:
        """Take a step from the interview as it is and keep it; a step that cannot be taken is told."""
        if self._screen.refusal is not None:
            self._screen.stage.refuse(self._screen.refusal)
            return False
        try:
            following = step(self._screen.present)
        except InterviewError as error:
            self._screen.stage.refuse(error)
            return False
        return await self._screen.keep(following)

    async def _card(self, card_id: str) -> bool:
        said = self._menus.card(self._conversation.interview, card_id, self._keys(card_id))
        if said is None:
            self._screen.stage.say("no-card")
            return False
        await self._ask(said)
        return True

    async def _insist(self, attempt: Callable[[], Awaitable[Result]]) -> Result | None:
        """The result of what may fail, tried again as often as the caller wants; None where it was given up."""
        while True:
            try:
                return await attempt()
            except InterviewError as error:
                self._screen.stage.status.all_clear()
                if await self._ask(self._menus.failed(*self._desk.words.error(error))) != "1":
                    return None

    async def _done(self, work: Awaitable[None]) -> bool:
        await work
        return True


async def _last_day(desk: "Desk", case_id: str) -> date | None:
    """The last day to ring the case, None where it has none or cannot be read now."""
    try:
        return (await desk.writer.run(casework.case, desk.station, case_id)).window
    except InterviewError:
        return None


def _resumed(present: "Interview") -> "Interview":
    """Taken up again at the first question that nobody has answered."""
    again = present.ended(False)
    unsaid = (None, Missing.LEFT_OPEN)
    due = next((entry.address for entry in again.review() if not entry.answer and entry.missing in unsaid), None)
    return again if due is None else again.jump(due)
