"""From a response to a row: the columns of a questionnaire's table, and what stands in each.

Beside every value stand why there is none (`_missing`) and who gave it (`_by`); a value's column holds no
sentinel (P9). What somebody said in words is not in this table, only that there is something (P8).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from interview.exchange.surveys import SignedSurvey
from interview.questionnaire.models import Item, ItemType, Questionnaire
from interview.session.answers import Address
from interview.session.response import Response, ResponseAnswer

Cell = str | int


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
    """A column: its name, what it holds, of which question, and of which option where several can be chosen."""

    name: str
    content: Content
    item: Item | None = None
    option: str = ""


BACKGROUND = ("survey", "version", "period", "unit", "organisation", "respondent")
"""The columns before the questions: the survey's id and version, and the background every response carries."""


def columns(questionnaire: Questionnaire) -> tuple[Column, ...]:
    """The columns of a questionnaire's table, in the form's order; every name is unique."""
    found = [Column(name, Content.BACKGROUND) for name in BACKGROUND]
    for item in questionnaire.questions():
        found.extend(_of(item))
    return tuple(found)


def row(columns_: tuple[Column, ...], signed: SignedSurvey, response: Response) -> list[Cell]:
    """What stands in each column for a response."""
    answers = {answer.address: answer for answer in response.answers}
    survey = signed.survey
    background: Mapping[str, Cell] = {
        "survey": survey.id,
        "version": survey.version,
        "period": response.period,
        "unit": response.unit,
        "organisation": response.organisation.value,
        "respondent": str(response.respondent),
    }
    return [
        background[column.name] if column.item is None else _cell(column, answers.get(Address(column.item.id)))
        for column in columns_
    ]


def texts(questionnaire: Questionnaire, response: Response) -> list[tuple[str, str]]:
    """What was said in words: the question's id and the text."""
    worded = {item.id for item in questionnaire.questions() if item.type is ItemType.TEXT}
    return [
        (answer.id, answer.value)
        for answer in response.answers
        if answer.id in worded and isinstance(answer.value, str)
    ]


def _of(item: Item) -> list[Column]:
    beside = [Column(f"{item.id}_missing", Content.MISSING, item), Column(f"{item.id}_by", Content.BY, item)]
    if item.type is ItemType.TEXT:
        return [Column(f"{item.id}_given", Content.GIVEN, item), *beside]
    if item.type is not ItemType.CHOICES:
        return [Column(item.id, Content.VALUE, item), *beside]
    taken = {column.name for column in beside}
    options = []
    for option in item.options:
        name = f"{item.id}_{option.code}"
        # An option may be called `by`; ids hold no underscore, so this is the only way for two names to meet.
        name = f"{name}_chosen" if name in taken else name
        options.append(Column(name, Content.CHOSEN, item, option.code))
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
            return answer.value if isinstance(answer.value, str | int) else ""
