"""From a response to a row: the columns of a questionnaire's table, and what stands in each.

Beside every value stand why there is none (`_missing`) and who gave it (`_by`); a value's column holds no
sentinel (P9). What somebody said in words is not in this table, only that there is something (P8). What can be asked
several times has its columns once for each, numbered from 1: `C1_r1`, `C1_r1_missing`, `C1_r2`.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from interview.exchange.surveys import SignedSurvey
from interview.questionnaire.models import Item, ItemType, Questionnaire
from interview.questionnaire.places import Place, places
from interview.session.answers import Address
from interview.session.completeness import completeness_told
from interview.session.form import Form
from interview.session.response import Response, ResponseAnswer
from interview.survey import Background

Cell = str | int | Decimal
_IN_WORDS = (ItemType.LINE, ItemType.TEXT)
"""The types that are answered in somebody's own words."""


class Content(StrEnum):
    """What a column holds."""

    BACKGROUND = "background"
    VALUE = "value"
    CHOSEN = "chosen"
    GIVEN = "given"
    MISSING = "missing"
    BY = "by"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, what it holds, of which question, and of which option where several can be chosen.

    `repetition` counts from 1 and is 0 for what is asked once.
    """

    name: str
    content: Content
    item: Item | None = None
    option: str = ""
    repetition: int = 0

    @property
    def address(self) -> Address | None:
        """Where the answer it is about lies in a response; None for the background."""
        return None if self.item is None else Address(self.item.id, max(self.repetition - 1, 0))


BACKGROUND = ("survey", "version", "period", "unit", "organisation", "respondent", "completion")
"""The columns before the questions: the survey's id and version, the background every response carries, how much it answers."""
LANGUAGE = "language"
"""One more, where the survey asks for it."""


def columns(questionnaire: Questionnaire, background: Collection[Background] = ()) -> tuple[Column, ...]:
    """The columns of a questionnaire's table, in the form's order; every name is unique.

    `background` is what the survey asks besides the questions.
    """
    asked = (LANGUAGE,) if Background.LANGUAGE in background else ()
    found = [Column(name, Content.BACKGROUND) for name in (*BACKGROUND, *asked)]
    for place in places(questionnaire):
        if place.item.is_question:
            found.extend(_of(place))
    return tuple(found)


def row(columns_: tuple[Column, ...], signed: SignedSurvey, form: Form, response: Response) -> list[Cell]:
    """What stands in each column for a response; `form` is its questionnaire's."""
    answers = {answer.address: answer for answer in response.answers}
    survey = signed.survey
    background: Mapping[str, Cell] = {
        "survey": survey.id,
        "version": survey.version,
        "period": response.period,
        "unit": response.unit,
        "organisation": response.organisation.value,
        "respondent": str(response.respondent),
        "completion": completeness_told(
            form, ((said.address, said.missing) for said in response.answers)
        ).completion.value,
        LANGUAGE: response.language or "",
    }
    return [
        background[column.name] if column.address is None else _cell(column, answers.get(column.address))
        for column in columns_
    ]


def texts(columns_: tuple[Column, ...], response: Response) -> list[tuple[str, str]]:
    """What was said in words: the question's id and the text."""
    worded = {column.item.id for column in columns_ if column.content is Content.GIVEN and column.item}
    return [
        (answer.id, answer.value)
        for answer in response.answers
        if answer.id in worded and isinstance(answer.value, str)
    ]


def _of(place: Place) -> list[Column]:
    item, repetition = place.item, place.repetition + 1 if place.scope else 0
    called = f"{item.id}_r{repetition}" if repetition else item.id

    def column(name: str, content: Content, option: str = "") -> Column:
        return Column(name, content, item, option, repetition)

    beside = [column(f"{called}_missing", Content.MISSING), column(f"{called}_by", Content.BY)]
    if item.type in _IN_WORDS:
        return [column(f"{called}_given", Content.GIVEN), *beside]
    if item.type is not ItemType.CHOICES:
        return [column(called, Content.VALUE), *beside]
    taken = {one.name for one in beside}
    options = []
    for option in item.options:
        name = f"{called}_{option.code}"
        # An option may be called `by`; ids hold no underscore, so this is the only way for two names to meet.
        name = f"{name}_chosen" if name in taken else name
        options.append(column(name, Content.CHOSEN, option.code))
    return [*options, *beside]


def _cell(column: Column, answer: ResponseAnswer | None) -> Cell:
    if answer is None:
        return ""
    match column.content:
        case Content.MISSING:
            return answer.missing.value if answer.missing else ""
        case Content.BY:
            return answer.by.value if answer.by else ""
        case Content.GIVEN:
            return int(answer.value is not None)
        case Content.CHOSEN:
            return int(column.option in answer.value) if isinstance(answer.value, tuple) else ""
        case _:
            return _value(column, answer)


def _value(column: Column, answer: ResponseAnswer) -> Cell:
    """A value as an analyst's tool takes it: a decimal number is a number."""
    value = answer.value
    if not isinstance(value, str | int):
        return ""
    is_decimal = column.item is not None and column.item.type is ItemType.DECIMAL
    return Decimal(value) if is_decimal else value
