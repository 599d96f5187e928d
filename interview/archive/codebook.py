"""The codebook: every column of a table with its meaning, every code with its words and its score."""

from collections.abc import Iterator
from decimal import Decimal

from interview.archive.columns import Cell, Column, Content, columns
from interview.exchange.surveys import SignedSurvey
from interview.messages import LANGUAGES, Catalogue
from interview.questionnaire.models import Item, ItemType, Option, Questionnaire, Text
from interview.session.answers import Missing, Respondent
from interview.session.completeness import Completion


def codebook(signed: SignedSurvey, questionnaire: Questionnaire) -> Iterator[list[Cell]]:
    """The codebook's rows, the header first: one for each column, followed by one for each code it can hold.

    A row of a column has no code. `score` is an option's, 0–100; `score_factor` is what a scale's value is
    multiplied by; `repetition` tells which time it was asked, from 1. Texts are in the questionnaire's languages; an
    option's `proxy` and `spoken` words stand where they are others than its `text`.
    """
    languages = questionnaire.languages
    yield [
        *("column", "item", "content", "type", "code"),
        *(f"text_{language}" for language in languages),
        *(f"proxy_{language}" for language in languages),
        *("proxy", "score", "score_factor", "dimension", "core", "role", "analysis_code"),
        *("repetition", "minimum", "maximum", *(f"unit_{language}" for language in languages)),
        *(f"spoken_{language}" for language in languages),
    ]
    for column in columns(questionnaire, signed.survey.background):
        item = column.item
        if item is None:
            yield _background(column, languages)
            yield from _codes_of_background(column, signed, languages)
        else:
            yield _question(column, item, languages)
            yield from _codes(column, item, languages)


def _background(column: Column, languages: tuple[str, ...]) -> list[Cell]:
    words = _words(f"archive.column.{column.name}", languages)
    return _line(column, languages, words)


def _codes_of_background(column: Column, signed: SignedSurvey, languages: tuple[str, ...]) -> Iterator[list[Cell]]:
    survey = signed.survey
    if column.name == "unit":
        for unit in survey.units:
            yield _line(column, languages, dict.fromkeys(languages, unit.name), code=unit.id)
    elif column.name == "organisation":
        for organisation in survey.organisations:
            key = f"archive.organisation.{organisation.value}"
            yield _line(column, languages, _words(key, languages), code=organisation.value)
    elif column.name == "completion":
        for completion in Completion:
            yield _line(
                column, languages, _words(f"archive.completion.{completion.value}", languages), code=completion.value
            )
    elif column.name == "respondent":
        for code in (*(respondent.value for respondent in Respondent), "mixed"):
            yield _line(column, languages, _words(f"session.respondent.{code}", languages), code=code)


def _question(column: Column, item: Item, languages: tuple[str, ...]) -> list[Cell]:
    line = _line(column, languages, item.text)
    own = item.proxy if isinstance(item.proxy, dict) else {}
    proxied = [own.get(language, "") for language in languages]
    kind = item.proxy if isinstance(item.proxy, str) else "own-words"
    # What the question counts as stands once, beside its value.
    counted: list[Cell] = ["", "", "", "", ""]
    if column.content in (Content.VALUE, Content.CHOSEN, Content.GIVEN):
        factor = "" if item.score_factor is None else item.score_factor
        role = item.role.value if item.role else ""
        counted = [factor, item.dimension or "", int(item.core), role, item.code or ""]
    start = 5 + len(languages)
    return [*line[:start], *proxied, kind, "", *counted, *_taken(column, item, languages), *("" for _ in languages)]


def _taken(column: Column, item: Item, languages: tuple[str, ...]) -> list[Cell]:
    """Which time a question was asked, and what a number, a date or a time lies between and counts."""
    times: Cell = column.repetition or ""
    if column.content is not Content.VALUE:
        return [times, "", "", *("" for _ in languages)]
    ends = (item.minimum, item.maximum)
    number = Decimal if item.type is ItemType.DECIMAL else lambda end: end
    limits: list[Cell] = ["" if end is None else number(end) for end in ends]
    return [times, *limits, *((item.unit or {}).get(language, "") for language in languages)]


def _codes(column: Column, item: Item, languages: tuple[str, ...]) -> Iterator[list[Cell]]:
    match column.content:
        case Content.MISSING:
            for missing in Missing:
                words = _words(f"session.missing.{missing.value}", languages)
                yield _line(column, languages, words, code=missing.value)
        case Content.BY:
            for respondent in Respondent:
                words = _words(f"session.respondent.{respondent.value}", languages)
                yield _line(column, languages, words, code=respondent.value)
        case Content.GIVEN:
            for code, key in ((1, "given"), (0, "not-given")):
                yield _line(column, languages, _words(f"archive.{key}", languages), code=code)
        case Content.CHOSEN:
            option = next(option for option in item.options if option.code == column.option)
            yield _option(column, option, languages, 1)
            yield _line(column, languages, _words("archive.not-chosen", languages), code=0)
        case _:
            yield from _values(column, item, languages)


def _values(column: Column, item: Item, languages: tuple[str, ...]) -> Iterator[list[Cell]]:
    if item.type is ItemType.SCALE:
        low, high = item.ends_of_scale
        for value, words in ((low, item.minimum_label), (high, item.maximum_label)):
            yield _line(column, languages, words or {}, code=value)
    for option in item.options:
        yield _option(column, option, languages, option.code)


def _option(column: Column, option: Option, languages: tuple[str, ...], code: Cell) -> list[Cell]:
    """What an option says, what a next of kin hears in its place, and what is read aloud."""
    line = _line(column, languages, option.text, code=code, score=option.score)
    start, end = 5 + len(languages), len(line) - len(languages)
    line[start : start + len(languages)] = _in(option.proxy, languages)
    return [*line[:end], *_in(option.spoken, languages)]


def _in(words: Text | None, languages: tuple[str, ...]) -> list[Cell]:
    return [(words or {}).get(language, "") for language in languages]


def _line(
    column: Column, languages: tuple[str, ...], words: Text, *, code: Cell = "", score: int | None = None
) -> list[Cell]:
    type_ = column.item.type.value if column.item else ""
    return [
        *(column.name, column.item.id if column.item else "", column.content.value, type_, code),
        *_in(words, languages),
        *("" for _ in languages),
        *("", "" if score is None else score, "", "", "", "", ""),
        *("", "", "", *("" for _ in languages)),
        *("" for _ in languages),
    ]


def _words(key: str, languages: tuple[str, ...]) -> Text:
    """The interface's own words; a questionnaire's other languages have none for them."""
    return {language: Catalogue(language)(key) for language in languages if language in LANGUAGES}
