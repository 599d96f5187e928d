"""What a questionnaire is: frozen models, free of files, screens and databases.

Semantics follow HL7 FHIR R5 Questionnaire (item, linkId, enableWhen, enableBehavior, answerOption); what a telephone
needs beyond it (what is read aloud, proxy wording, scores) stands beside. Texts are mappings from language to words.
"""

from collections.abc import Iterator
from enum import StrEnum
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

Value = str | int | tuple[str, ...]
"""What a question is answered with: an option's code, several codes in the form's order, a whole number, or text.

A decimal number, a date, a time and words are text, each in its one kept form (`questionnaire.kept`).
"""
Text = dict[str, str]
"""A wording in each language, by BCP 47 tag: `{"sv": "Ja, helt", "en": "Yes, fully"}`."""


class ItemType(StrEnum):
    """The types of item; FHIR R5 `Questionnaire.item.type` in the words of the form."""

    GROUP = "group"
    DISPLAY = "display"
    CHOICE = "choice"
    CHOICES = "choices"
    YES_NO = "yes-no"
    SCALE = "scale"
    INTEGER = "integer"
    DECIMAL = "decimal"
    DATE = "date"
    TIME = "time"
    LINE = "line"
    TEXT = "text"


class Operator(StrEnum):
    """How a condition compares; FHIR R5 `enableWhen.operator` (exists, =, !=, >, <, >=, <=)."""

    ANSWERED = "answered"
    IS = "is"
    IS_NOT = "is-not"
    MORE_THAN = "more-than"
    LESS_THAN = "less-than"
    AT_LEAST = "at-least"
    AT_MOST = "at-most"


class Role(StrEnum):
    """What an item does for the conversation itself, beside being asked."""

    CONSENT = "consent"
    RESPONDENT = "respondent"
    RELATION = "relation"
    REASON = "reason"
    IMPROVEMENT = "improvement"


class Ending(StrEnum):
    """How a consent option ends the conversation before it has begun."""

    NOT_NOW = "not-now"
    DECLINED = "declined"


class Frozen(BaseModel):
    """A value that cannot change and knows no field beyond its own."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Condition(Frozen):
    """One comparison with an earlier question's answer; never with a missing code."""

    question: str
    operator: Operator
    answer: str | int | bool


class Option(Frozen):
    """One answer to choose. `score` is 0–100; `exclusive` unmarks the others where several may be chosen.

    `open` is what is asked once it is chosen, answered in words (FHIR R5 `answerConstraint` *optionsOrString*).
    `symbol` is a face or a sign shown before the words, `spoken` what is read aloud in their place, `proxy` the words
    to a next of kin, where those to the patient would be wrong.
    """

    code: str
    text: Text
    score: int | None = None
    exclusive: bool = False
    ends: Ending | None = None
    open: Text | None = None
    symbol: str | None = None
    spoken: Text | None = None
    proxy: Text | None = None


class Item(Frozen):
    """A group, a display text or a question; `id` is FHIR's linkId.

    `proxy` says what a next of kin is asked: the same words, words of their own, nothing (`not-asked`),
    or that only a next of kin is asked (`only`; `text` is then worded to the next of kin).
    `⟨NN⟩` in a wording stands where the caller says the patient's name. A `required` question is not left open: it
    takes an answer or a kind of no answer that somebody said. `minimum` and `maximum` are whole numbers on a scale and
    an integer, and text in the kept form on a decimal, a date and a time. An item with `max_repeats` over 1 is asked
    again, at most so many times in all, as long as the answer to `another` is yes.
    """

    id: str
    type: ItemType
    text: Text
    items: tuple["Item", ...] = ()
    enable_when: tuple[Condition, ...] = ()
    enable_behavior: Literal["all", "any"] = "all"
    role: Role | None = None
    core: bool = False
    # On the telephone.
    read_aloud: bool = True
    read_options: bool = False
    instruction: Text | None = None
    probe: Text | None = None
    proxy: Text | Literal["same", "not-asked", "only"] = "same"
    # What can be answered.
    options: tuple[Option, ...] = ()
    not_applicable: bool = False
    required: bool = False
    minimum: int | str | None = None
    maximum: int | str | None = None
    minimum_label: Text | None = None
    maximum_label: Text | None = None
    decimals: int | None = None
    unit: Text | None = None
    max_length: int | None = None
    pattern: str | None = None
    max_repeats: int = 1
    another: Text | None = None
    # What it is counted as.
    code: str | None = None
    dimension: str | None = None
    score_factor: int | None = None

    @property
    def is_question(self) -> bool:
        """Whether the item takes an answer."""
        return self.type not in (ItemType.GROUP, ItemType.DISPLAY)

    @property
    def repeats(self) -> bool:
        """Whether the item can be asked more than once."""
        return self.max_repeats > 1

    @property
    def ends_of_scale(self) -> tuple[int, int]:
        """The least and the greatest number of a scale; 0 for an end that is not one."""
        low, high = self.minimum, self.maximum
        return low if isinstance(low, int) else 0, high if isinstance(high, int) else 0

    @property
    def open_option(self) -> Option | None:
        """The option whose choice asks for words, if there is one."""
        return next((option for option in self.options if option.open is not None), None)


class Card(Frozen):
    """What the caller can open at any time, `care-needed` or `questions-back`; each entry a heading and what to say."""

    id: Literal["care-needed", "questions-back"]
    title: Text
    entries: tuple["CardEntry", ...]


class CardEntry(Frozen):
    """One line of a card."""

    heading: Text
    text: Text


class Contact(Frozen):
    """What is said around the beginning of a call; `⟨NN⟩` is the name of the person rung.

    Until it is known who answers only `greeting` (asks for the person), `errand` (to somebody else who asks what it is
    about) and `voicemail` (left on an answering machine) are said: they mention neither care nor hospital. `doubt`
    answers somebody who doubts the caller, once the right person is on the line; `consented` is asked instead of consent
    where it was given at the hospital.
    """

    greeting: Text
    errand: Text | None = None
    doubt: Text
    voicemail: Text
    consented: Text


class Minutes(Frozen):
    """The promised length of the conversation, in minutes, and when to ask whether the respondent can go on."""

    least: int
    most: int
    ask_after: int


class Questionnaire(Frozen):
    """A form: name, version, languages, what is said around it, and its items.

    It is identified by the hash of its canonical bytes.
    """

    name: str
    version: str
    title: Text
    languages: tuple[str, ...] = Field(min_length=1)
    minutes: Minutes
    contact: Contact
    cards: tuple[Card, ...]
    dimensions: dict[str, Text]
    sources: tuple[str, ...] = ()
    items: tuple[Item, ...]

    def walk(self) -> Iterator[Item]:
        """Every item in reading order, groups before what they hold."""
        pending = list(reversed(self.items))
        while pending:
            item = pending.pop()
            yield item
            pending.extend(reversed(item.items))

    def questions(self) -> tuple[Item, ...]:
        """The questions in reading order."""
        return tuple(item for item in self.walk() if item.is_question)

    def card(self, card_id: str) -> Card | None:
        """The card with that id, if the form has it."""
        return next((card for card in self.cards if card.id == card_id), None)
