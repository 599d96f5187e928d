"""What each menu, card and confirmation says, in the language of the interface."""

from collections.abc import Collection, Iterable
from dataclasses import replace

from interview.messages import Catalogue
from interview.questionnaire.emergency import CARE_NEEDED, tells_number
from interview.questionnaire.models import Card, Item, ItemType, Text
from interview.questionnaire.room import NAME_MARK
from interview.session.answers import Missing, Respondent
from interview.session.interview import Interview
from interview.session.wording import question_text
from interview.survey import Unit, UnitCard
from interview.tui.actions import Action
from interview.tui.dialogs import Said
from interview.tui.lines import Part, unbroken


class Menus:
    """Makes the dialogs of a conversation; `words` is the catalogue of one language."""

    def __init__(self, words: Catalogue, unit: Unit) -> None:
        self.words = words
        self.unit = unit

    def pause(self, core_only: bool, ended: bool, lacking: int, closes: tuple[str, ...], care: Action) -> Said:
        """The six ways on from a pause, and the card for somebody who needs `care`; what was chosen before can be taken back.

        Where `lacking` answers are missing to a response, what becomes of the answers is said before anybody stops.
        """
        texts = [self.words(f"asking.pause-{n}") for n in range(1, 7)]
        if core_only:
            texts[3] = self.words("asking.pause-4-off")
        if ended:
            texts[4] = self.words("asking.pause-5-off")
        elif lacking:
            texts[4] = self.words("asking.pause-5-few")
        said = self._said("pause", _numbered(texts), closes=closes)
        few: tuple[tuple[str, Part], ...] = ((self.words("asking.pause-few", count=lacking), "warning"),)
        ways = [
            self.words("asking.continue-esc"),
            *([f"{care.on_keyboard} {self.words(care.label)}"] if care.keys else []),
        ]
        return replace(
            said,
            paragraphs=(*said.paragraphs, *few) if lacking else said.paragraphs,
            hint=" · ".join(ways),
            leads=tuple((key, care.id) for key in care.every_key),
        )

    def who(self, respondents: Collection[Respondent], *, closes: tuple[str, ...]) -> Said:
        """Who answers from here on, of those the form lets answer; each keeps its digit."""
        digits = {str(digit) for digit, kind in enumerate(Respondent, 1) if kind in respondents}
        options = tuple(option for option in self._options("who", 3) if option[0] in digits)
        return self._said("who", options, hint="continue-esc", closes=closes, text="who-text")

    def takeover(self) -> Said:
        """The patient's consent to a next of kin taking over."""
        paragraphs: tuple[tuple[str, Part], ...] = (
            (self.words("asking.takeover-text"), "aloud"),
            (self.words("asking.takeover-rule"), "note"),
        )
        return Said(self.words("asking.takeover-title"), paragraphs, self._options("takeover", 2), careful=True)

    def erase(self) -> Said:
        """Before everything said is erased."""
        return self._said("erase", self._options("erase", 2), careful=True)

    def replace_text(self, missing: Missing) -> Said:
        """Before a written text gives way to a kind of no answer."""
        text = self.words("asking.replace-text", missing=self.words(f"session.missing.{missing}"))
        return Said(self.words("asking.replace-title"), ((text, "plain"),), self._options("replace", 2), careful=True)

    def care(self, lacking: int) -> Said:
        """After the care-needed card; where `lacking` answers are missing to a response, none is promised."""
        texts = [self.words(f"asking.care-{n}") for n in range(1, 4)]
        if lacking:
            texts[2] = self.words("asking.care-3-few")
        return self._said("care", _numbered(texts))

    def not_now(self) -> Said:
        """The patient would rather be rung later."""
        return self._said("not-now", self._options("not-now", 3), careful=True)

    def declined(self) -> Said:
        """The patient does not take part."""
        return self._said("declined", self._options("declined", 2), careful=True)

    def goodbye(self, interview: Interview) -> Said | None:
        """What the form has read aloud at its end, to somebody who stops before it; None where it has no such text.

        It thanks for answers that are used: where there are too few for that, the caller is told before it is read.
        """
        said = self._read_aloud(interview, interview.form.items[-1], interview.draft.respondent, "goodbye")
        if said is None or interview.completeness.sealable:
            return said
        return replace(said, paragraphs=((self.words("asking.goodbye-few"), "warning"), *said.paragraphs))

    def introduction(self, interview: Interview) -> Said | None:
        """What the form has read aloud at its beginning, to a next of kin who comes to the telephone after that.

        None where it has no such text, or the beginning is on the screen.
        """
        first = next(item for item in interview.form.items if item.type is not ItemType.GROUP)
        if interview.item is first:
            return None
        return self._read_aloud(interview, first, Respondent.PROXY, "introduction")

    def no_case(self) -> Said:
        """An agreed time has nowhere to be kept where no case was rung."""
        hint = f"{self.words('asking.no-case-enter')} · {self.words('asking.continue-esc')}"
        paragraphs: tuple[tuple[str, Part], ...] = ((self.words("asking.no-case-text"), "plain"),)
        return Said(self.words("asking.appointment-title"), paragraphs, hint=hint, enter="on", careful=True)

    def seal(self) -> Said:
        """Before the answers are sealed."""
        hint = f"{self.words('asking.seal-enter')} · {self.words('asking.continue-esc')}"
        return Said(
            self.words("asking.seal-title"),
            ((self.words("asking.seal-text"), "plain"),),
            hint=hint,
            enter="seal",
            careful=True,
            help="asking.help-seal",
        )

    def unsaved(self) -> Said:
        """Before the home screen while an answer could not be kept."""
        return self._said("unsaved", self._options("unsaved", 2), careful=True)

    def drop(self) -> Said:
        """Before too few answers are erased instead of sealed."""
        return self._said("drop", self._options("drop", 3), careful=True)

    def sealed(self, outcome: str, waiting: int) -> Said:
        """After sealing."""
        key = "asking.sealed-waiting-one" if waiting == 1 else "asking.sealed-waiting"
        paragraphs: tuple[tuple[str, Part], ...] = (
            (self.words("asking.sealed-text", outcome=outcome), "plain"),
            (self.words(key, count=waiting), "plain"),
        )
        return self._ended("sealed-title", paragraphs)

    def erased(self, outcome: str) -> Said:
        """After the answers were erased."""
        paragraphs: tuple[tuple[str, Part], ...] = (
            (self.words("asking.erased-text"), "plain"),
            (self.words("asking.outcome-noted", outcome=outcome), "plain"),
        )
        return self._ended("erased-title", paragraphs)

    def failed(self, message: str, remedy: str) -> Said:
        """After the station refused something that can be tried again."""
        paragraphs: tuple[tuple[str, Part], ...] = ((message, "warning"), (remedy, "plain"))
        return Said(self.words("asking.failed-title"), paragraphs, self._options("failed", 2), careful=True)

    def card(self, interview: Interview, card_id: str, closes: tuple[str, ...]) -> Said | None:
        """A card of the unit, or else of the questionnaire, in the interview's language; None where neither has it."""
        shared, own = interview.form.questionnaire.card(card_id), self.unit.card(card_id)
        card = own or shared
        languages = (interview.draft.language, *interview.form.languages)
        lines = [] if card is None else list(self._card_lines(card, languages))
        if card_id == "questions-back":
            lines.extend(self._doubt(interview, languages))
        if not lines:
            return None
        title = (card and card.title) or (shared.title if shared else {})
        return Said(
            _in(title, languages) or self.words(f"actions.interview.{card_id}"),
            tuple(lines),
            hint=f"{self.words('asking.close')} · {self.words('asking.scroll')}",
            enter="close",
            help="asking.help-card",
            also_closes=closes,
        )

    def _doubt(self, interview: Interview, languages: tuple[str, ...]) -> Iterable[tuple[str, Part]]:
        """What the form says to somebody who doubts the caller: it may name care, which no stranger hears of."""
        said = _in(interview.form.questionnaire.contact.doubt, languages)
        yield self.words("asking.identity-doubt"), "label"
        yield said.replace(NAME_MARK, self.words("asking.say-name")), "plain"

    def _card_lines(self, card: Card | UnitCard, languages: tuple[str, ...]) -> Iterable[tuple[str, Part]]:
        """What a card says: danger to life first, then the unit's own numbers, then the rest."""
        first = [entry for entry in card.entries if card.id == CARE_NEEDED and tells_number(entry)]
        for entry in first:
            yield _in(entry.heading, languages), "label"
            yield _in(entry.text, languages), "plain"
        if card.id == CARE_NEEDED and self.unit.telephone:
            number = self.words("asking.unit-number", unit=self.unit.name, telephone=unbroken(self.unit.telephone))
            yield number, "here"
        if card.id == CARE_NEEDED:
            for contact in self.unit.contacts:
                yield self.words("asking.unit-number", unit=contact.name, telephone=unbroken(contact.telephone)), "here"
        for entry in (entry for entry in card.entries if entry not in first):
            yield _in(entry.heading, languages), "label"
            yield _in(entry.text, languages), "plain"

    def _read_aloud(self, interview: Interview, item: Item, respondent: Respondent, name: str) -> Said | None:
        """A text of the form to read to somebody before it goes on; None where the item is a question."""
        if item.type is not ItemType.DISPLAY:
            return None
        text = question_text(item, interview.form, interview.draft.language, respondent)
        text = text.replace(NAME_MARK, self.words("asking.say-name"))
        hint = self.words(f"asking.{name}-enter")
        return Said(self.words(f"asking.{name}-title"), ((text, "aloud"),), hint=hint, enter="on", careful=True)

    def _said(
        self,
        name: str,
        options: tuple[tuple[str, str], ...],
        *,
        hint: str = "",
        closes: tuple[str, ...] = (),
        text: str = "",
        careful: bool = False,
    ) -> Said:
        title = f"asking.{name}-title"
        return Said(
            self.words(title if self.words.has(title) else f"asking.{name}"),
            ((self.words(f"asking.{text or name + '-text'}"), "plain"),),
            options,
            hint=self.words(f"asking.{hint}") if hint else "",
            careful=careful,
            help=told if self.words.has(told := f"asking.help-{name}") else "asking.help-dialog",
            also_closes=closes,
        )

    def _ended(self, title: str, paragraphs: tuple[tuple[str, Part], ...]) -> Said:
        return Said(
            self.words(f"asking.{title}"), paragraphs, hint=self.words("asking.sealed-enter"), enter="on", careful=True
        )

    def _options(self, name: str, count: int) -> tuple[tuple[str, str], ...]:
        return _numbered(self.words(f"asking.{name}-{n}") for n in range(1, count + 1))


def _numbered(texts: Iterable[str]) -> tuple[tuple[str, str], ...]:
    return tuple((str(n), text) for n, text in enumerate(texts, 1))


def _in(text: Text, languages: tuple[str, ...]) -> str:
    return next((text[language] for language in languages if language in text), "")
