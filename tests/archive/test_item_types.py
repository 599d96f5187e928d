"""B1 in the tables: every type of the practice form, each repetition in columns of its own, words apart from the rest."""

import csv
import io
from decimal import Decimal
from functools import cache
from random import Random

from interview.archive.codebook import codebook
from interview.archive.columns import Cell, Content, columns, row, texts
from interview.archive.tables import _csv
from interview.exchange.surveys import SignedSurvey, read_survey
from interview.paths import shipped_questionnaires
from interview.questionnaire.models import Item, ItemType, Option, Questionnaire
from interview.questionnaire.reading import read_questionnaire
from interview.session.answers import Missing
from interview.session.form import Form
from interview.session.interview import Interview
from interview.session.response import make_response
from interview.session.walk import random_walk
from interview.station.rehearsal import rehearsal_survey


@cache
def practice() -> Questionnaire:
    """The practice form."""
    path = shipped_questionnaires() / "ovning" / "2026.1.yaml"
    return read_questionnaire(path.read_bytes(), path.name)


@cache
def signed() -> SignedSurvey:
    """A survey that asks it."""
    return read_survey(rehearsal_survey(practice()), None)


def cells(interview: Interview) -> dict[str, Cell]:
    """The row of an interview, by the names of its columns."""
    table = columns(practice())
    response = make_response(interview, "2026-11", "municipality")
    response.validate_against(interview.form)
    return dict(zip((column.name for column in table), row(table, signed(), interview.form, response), strict=True))


def answered() -> Interview:
    """An interview with two medicines, an open answer, and some kinds of no answer."""
    interview = Interview.begin(
        Form(practice()), id="0" * 32, survey="", unit="ekbacken", case=None, language="sv", started=""
    ).go_on()
    for value in ("yes", "patient", "AB12", "2026-10-09", "17:05", 14, "=Att sova", "no", "yes", "yes"):
        interview = interview.answer(value)
    for value in ("Alvedon", "2.50", "08:00", "yes", "yes", "Waran"):
        interview = interview.answer(value)
    interview = interview.without_value(Missing.NOT_APPLICABLE).answer("partly").answer("no")
    for value in ("other", "Min granne", "yes", "nurse", "no", ("food", "other"), "Trädgården", 8):
        interview = interview.answer(value)
    return interview.leave_open()


def test_b1_each_type_stands_in_its_column_and_each_repetition_in_its_own() -> None:
    row_ = cells(answered())
    expected: dict[str, Cell] = {
        **{"B1": "2026-10-09", "B2": "17:05", "B3": 14, "B5": "no", "B6": "yes", "F1": 8},
        **{"C2_r1": Decimal("2.5"), "C3_r1": "08:00", "medicine_another_r1": "yes", "medicine_another_r2": "no"},
        **{"C2_r2": "", "C2_r2_missing": "not-applicable", "C3_r2_missing": "routed-past", "C4_r2": "partly"},
        **{"C1_r3_given": 0, "C1_r3_missing": "routed-past", "C1_r2_given": 1, "C1_r2_by": "patient"},
        **{"D1_r1": "other", "D1_r2": "nurse", "D1_text_r1_given": 1, "D1_text_r2_missing": "routed-past"},
        **{"D2_food": 1, "D2_other": 1, "D2_nothing": 0, "D2_text_given": 1, "F2_missing": "left-open"},
    }
    assert {name: row_[name] for name in expected} == expected


def test_b1_what_was_said_in_words_stands_in_the_file_of_texts_alone() -> None:
    """P8: lines and open answers are words as texts are; the table says only that there are some."""
    made = make_response(answered(), "2026-11", "municipality")
    assert texts(columns(practice()), made) == [
        ("A5", "AB12"), ("B4", "=Att sova"), ("C1", "Alvedon"), ("C1", "Waran"), ("D1_text", "Min granne"),
        ("D2_text", "Trädgården"),
    ]  # fmt: skip
    words = {text for _, text in texts(columns(practice()), made)}
    assert not words & {str(cell) for cell in cells(answered()).values()}


def test_p9_a_value_or_why_there_is_none_on_every_type_in_every_repetition() -> None:
    """Random walks over the practice form: one of the two always, and never a code for missing among the values."""
    form, rng = Form(practice()), Random(7)
    table = columns(practice())
    kinds = {missing.value for missing in Missing}
    seen: set[ItemType] = set()
    for _ in range(60):
        row_ = cells(random_walk(form, rng, unit="ekbacken"))
        for column in table:
            if column.item is None or column.content in (Content.MISSING, Content.BY):
                continue
            called = f"{column.item.id}_r{column.repetition}" if column.repetition else column.item.id
            cell = row_[column.name]
            is_answered = cell == 1 if column.content is Content.GIVEN else cell != ""
            assert is_answered == (row_[f"{called}_missing"] == ""), column.name
            assert cell not in kinds
            seen |= {column.item.type} if is_answered else set()
    assert seen == set(ItemType) - {ItemType.GROUP, ItemType.DISPLAY}


def test_b1_the_codebook_explains_every_column_its_repetition_limits_and_unit() -> None:
    book = list(codebook(signed(), practice()))
    lines = [dict(zip(book[0], line, strict=True)) for line in book[1:]]
    of_column = {line["column"]: line for line in lines if line["code"] == ""}
    assert list(of_column) == [column.name for column in columns(practice())]
    tablets = of_column["C2_r2"]
    assert (tablets["item"], tablets["type"], tablets["repetition"]) == ("C2", "decimal", 2)
    assert (tablets["minimum"], tablets["maximum"], tablets["unit_sv"]) == (Decimal("0.25"), Decimal(40), "tabletter")
    assert of_column["D1_text_r1_given"]["text_sv"] == "Vem då? Säg inget namn."
    assert of_column["medicine_another_r1"]["text_en"] == "Is there another new medicine?"
    assert [line["text_sv"] for line in lines if line["column"] == "B5"][1:] == ["Ja", "Nej"]


def test_the_codebook_has_an_options_words_to_next_of_kin_and_those_that_are_read_aloud() -> None:
    """A15: wherever they are others than what stands on the form, of one choice and of several."""
    said, near, aloud = ({"sv": words, "en": words.upper()} for words in ("ja", "nn ja", "ja då"))
    option = Option(code="yes", text=said, proxy=near, spoken=aloud)
    items = tuple(
        Item(id=type_.value, type=type_, text=said, options=(option, Option(code="no", text=said)))
        for type_ in (ItemType.CHOICE, ItemType.CHOICES)
    )
    book = list(codebook(signed(), practice().model_copy(update={"items": items})))
    lines = [dict(zip(book[0], line, strict=True)) for line in book[1:]]
    for column, code in (("choice", "yes"), ("choices_yes", 1)):
        (line,) = (line for line in lines if (line["column"], line["code"]) == (column, code))
        assert (line["text_sv"], line["proxy_sv"], line["spoken_en"]) == ("ja", "nn ja", "JA DÅ")
    other = next(line for line in lines if line["code"] == "no")
    assert (other["proxy_sv"], other["spoken_sv"]) == ("", "")


def test_t14_a_negative_number_is_a_number_and_not_a_neutralised_text() -> None:
    content = b"".join(_csv([[-3, Decimal("-0.5"), "-0.5"]])).decode("utf-8-sig")
    (line,) = csv.reader(io.StringIO(content, newline=""))
    assert line[:2] == ["-3", "-0.5"]
    assert line[2] != "-0.5"
