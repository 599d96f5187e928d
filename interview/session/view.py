"""What the screen shows of an interview, as plain values in one language; the screen is a function of these."""

from dataclasses import dataclass

from interview.questionnaire.models import ItemType, Role
from interview.session.answers import Address, Missing, Respondent, Value


@dataclass(frozen=True, slots=True)
class OptionView:
    """One option in the interview's language: the digit that chooses it, its code, its words, whether it is chosen."""

    digit: str
    code: str
    text: str
    chosen: bool
    exclusive: bool


@dataclass(frozen=True, slots=True)
class QuestionView:
    """One item as the caller sees it.

    `number` of `count` counts the questions that apply now; a display has the number of the question before it.
    `text` is worded to whoever answers now. `value`, `missing` and `given_by` are the answer the item has, if any.
    `missing_keys` are the kinds of no answer that can be keyed here. `written` is the value as it would be typed, with
    its `unit` and the `limits` between which it lies beside it. `repetition` counts from 1 and is 0 for what is asked once.
    """

    address: Address
    type: ItemType
    role: Role | None
    section: str
    number: int
    count: int
    text: str
    read_aloud: bool
    read_options: bool
    instruction: str
    probe: str
    options: tuple[OptionView, ...]
    minimum: int | None
    maximum: int | None
    minimum_label: str
    maximum_label: str
    max_length: int | None
    missing_keys: tuple[Missing, ...]
    value: Value | None
    missing: Missing | None
    given_by: Respondent | None
    written: str = ""
    unit: str = ""
    limits: tuple[str, str] = ("", "")
    required: bool = False
    repetition: int = 0


@dataclass(frozen=True, slots=True)
class AnswerView:
    """One line of the review or of the answer just given: the question and its answer in words.

    `answer` is the option's words, the number or the text; empty where `missing` says why there is none, or where
    nothing has been said yet. `repetition` counts from 1 and is 0 for what is asked once.
    """

    address: Address
    section: str
    number: int
    question: str
    answer: str
    missing: Missing | None
    given_by: Respondent | None
    repetition: int = 0


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """One section of the outline on a wide screen: its title, questions, how many are answered, whether it is here."""

    title: str
    answered: int
    count: int
    current: bool
