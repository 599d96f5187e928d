"""B7: a form as an Excel workbook, there and back; every problem by sheet, column and row; dirty cells mended and told."""

import io
import zipfile
from collections.abc import Callable
from functools import cache
from typing import Any

import openpyxl
import pytest

from interview.errors import InterviewError
from interview.messages import LANGUAGES, Catalogue
from interview.paths import shipped_questionnaires
from interview.questionnaire.models import Operator, Questionnaire
from interview.questionnaire.reading import read_questionnaire
from interview.questionnaire.sheets.cells import mended
from interview.questionnaire.sheets.conditions import parse_condition
from interview.questionnaire.sheets.grid import MAX_BYTES
from interview.questionnaire.sheets.layout import COLUMNS, Kind
from interview.questionnaire.sheets.reading import from_workbook
from interview.questionnaire.sheets.writing import to_workbook
from interview.questionnaire.starter import starter
from interview.questionnaire.writing import to_yaml
from tests.questionnaire.small_form import SMALL

FORMS = sorted(shipped_questionnaires().rglob("*.yaml"))
SWEDISH = Catalogue("sv")
Change = Callable[[Any], None]


@cache
def small() -> bytes:
    return to_workbook(read_questionnaire(SMALL.encode(), "small.yaml"), SWEDISH)


def changed(change: Change, source: bytes | None = None) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(source or small()))
    change(book)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def cell_of(book: Any, sheet: str, heading: str, first: str) -> Any:
    """The cell below a heading in the row whose first cell says something."""
    page = book[sheet]
    column = next(cell.column for cell in page[1] if cell.value == heading)
    row = next(row[0].row for row in page.iter_rows(min_row=3) if row[0].value == first)
    return page.cell(row, column)


def put(sheet: str, heading: str, first: str, value: object) -> Change:
    def change(book: Any) -> None:
        cell_of(book, sheet, heading, first).value = value

    return change


@pytest.mark.parametrize("path", FORMS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_every_shipped_form_comes_back_from_excel_and_from_yaml(path: Any) -> None:
    form = read_questionnaire(path.read_bytes(), path.name)
    imported = from_workbook(to_workbook(form, SWEDISH), "form.xlsx")
    assert imported.questionnaire == form
    assert imported.mended == ()
    assert read_questionnaire(to_yaml(form), "form.yaml") == form


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_template_is_a_form_with_a_page_of_explanation_and_drop_downs(language: str) -> None:
    source = shipped_questionnaires() / "utskrivning" / "2026.1.yaml"
    form = starter(read_questionnaire(source.read_bytes(), source.name))
    book_bytes = to_workbook(form, Catalogue(language))
    assert from_workbook(book_bytes, "mall.xlsx").questionnaire == form
    book = openpyxl.load_workbook(io.BytesIO(book_bytes))
    guide = "\n".join(str(row[0]) for row in book.worksheets[0].iter_rows(values_only=True))
    assert "interview questionnaire import" in guide
    lists = [validation.formula1 for validation in book["Frågor"].data_validations.dataValidation]
    assert any("choice" in words for words in lists)
    assert any("not-asked" in words for words in lists)
    for sheet in COLUMNS:
        assert all(str(cell.value).startswith("# ") for cell in book[sheet][2])


WRONG: list[tuple[str, str, Change]] = [
    ("sheets.sheet-missing", "Svar", lambda book: book.remove(book["Svar"])),
    ("sheets.unknown-column", "Frågor B1", lambda book: book["Frågor"].__setitem__("B1", "typ")),
    ("sheets.column-twice", "Frågor B1", lambda book: book["Frågor"].__setitem__("B1", "id")),
    ("sheets.column-language", "Frågor D1", lambda book: book["Frågor"].__setitem__("D1", "text")),
    ("sheets.column-missing", "Svar A1", lambda book: book["Svar"].delete_cols(1)),
    ("sheets.unknown-row", "Formulär A3", lambda book: book["Formulär"].__setitem__("A3", "namn")),
    ("sheets.option-incomplete", "Svar A3", lambda book: book["Svar"].__setitem__("A3", None)),
    ("sheets.options-unused", "Svar A", lambda book: book["Svar"].append(["Q99", "x", "X", "X"])),
    ("sheets.unknown-group", "Frågor C4", lambda book: book["Frågor"].__setitem__("C4", "starr")),
    ("sheets.group-in-itself", "Frågor C3", put("Frågor", "group", "start", "start")),
    ("sheets.unknown-group", "Frågor C3", put("Frågor", "group", "start", "care")),
    ("sheets.proxy-text-unused", "Frågor G", put("Frågor", "proxy", "Q4", "same")),
    ("questionnaire.duplicate-key", "Formulär A", lambda book: book["Formulär"].append(["version", "9.9"])),
    ("questionnaire.duplicate-key", "Formulär A", lambda book: book["Formulär"].append(["greeting", None, "Hej", "Hi"])),
    ("questionnaire.duplicate-key", "Formulär A", lambda book: book["Formulär"].append(["dimension", "care", "V", "C"])),
    (
        "questionnaire.duplicate-key", "Kort B4",
        lambda book: book["Kort"].append(["care-needed", "Vård nu", "Care now", "Mer", "More", "Ring", "Ring"]),
    ),
    ("sheets.condition", "Frågor", put("Frågor", "when", "Q4", "Q3 and or Q1")),
    ("sheets.formula-error", "Frågor", put("Frågor", "text (sv)", "Q4", "#REF!")),
    ("sheets.formula-error", "Frågor B", put("Frågor", "type", "Q4", "#N/A")),
    ("questionnaire.misspelt-word", "Frågor", put("Frågor", "type", "Q4", "chioce")),
    ("questionnaire.duplicate-id", "Frågor A", put("Frågor", "id", "Q4", "Q3")),
    ("questionnaire.missing-translation", "Frågor", put("Frågor", "text (en)", "Q4", None)),
]  # fmt: skip


@pytest.mark.parametrize(("code", "place", "change"), WRONG, ids=[f"{code}-{place}" for code, place, _ in WRONG])
def test_a_problem_is_told_by_sheet_column_and_row(code: str, place: str, change: Change) -> None:
    with pytest.raises(InterviewError) as caught:
        from_workbook(changed(change), "form.xlsx")
    found = [problem for problem in caught.value.problems if problem.code == code]
    assert found, [problem.code for problem in caught.value.problems]
    assert found[0].place.startswith(f"form.xlsx: {place}"), found[0].place
    assert all(Catalogue(language).error(found[0]) for language in LANGUAGES)


def test_every_problem_is_told_at_once() -> None:
    def spoil(book: Any) -> None:
        for id_, heading, value in (
            ("Q1", "type", "chioce"), ("Q3", "text (en)", None), ("Q4", "when", "Q3 blir ja"), ("Q5", "core", "kanske"),
        ):  # fmt: skip
            cell_of(book, "Frågor", heading, id_).value = value

    with pytest.raises(InterviewError) as caught:
        from_workbook(changed(spoil), "form.xlsx")
    assert len({problem.place for problem in caught.value.problems}) >= 4


MISTAKES: list[tuple[str, str, str, object, str]] = [
    ("Formulär", "value", "name", "Mitt formulär", "questionnaire.bad-name"),
    ("Formulär", "text (en)", "doubt", None, "questionnaire.missing-translation"),
    ("Formulär", "value", "most", "tio", "questionnaire.wanted-number"),
    ("Formulär", "key", "source", "sorce", "sheets.unknown-row"),
    ("Frågor", "type", "Q1", "chioce", "questionnaire.misspelt-word"),
    ("Frågor", "read-options", "Q1", None, "questionnaire.read-options-unsaid"),
    ("Frågor", "proxy", "Q1", None, "questionnaire.proxy-unsaid"),
    ("Frågor", "text (sv)", "Q2", None, "questionnaire.missing-translation"),
    ("Frågor", "options", "Q3", "Q33", "questionnaire.misspelt-scale"),
    ("Frågor", "proxy-text (en)", "Q4", None, "questionnaire.missing-translation"),
    ("Frågor", "when", "Q5", "Q4 is fuly", "questionnaire.misspelt-option"),
    ("Frågor", "maximum", "Q6", None, "questionnaire.scale-without-end"),
    ("Frågor", "max-length", "Q7", None, "questionnaire.text-without-length"),
    ("Frågor", "when", "Q7", "Q6 blir 5", "sheets.condition"),
    ("Svar", "text (en)", "Q1", None, "questionnaire.missing-translation"),
    ("Svar", "code", "Q3", "barn!", "questionnaire.bad-code"),
    ("Svar", "score", "Q4", "hundra", "questionnaire.wanted-number"),
    ("Svar", "code", "Q5", None, "sheets.option-incomplete"),
    ("Kort", "heading (sv)", "care-needed", None, "questionnaire.missing-translation"),
]


def test_b7_every_mistake_of_a_workbook_is_told_in_one_run_at_its_own_cell() -> None:
    """Nineteen at once: on every sheet, in what a misspelt type, a misspelt list and an empty cell could hide."""
    expected: set[tuple[str, str]] = set()

    def spoil(book: Any) -> None:
        book["Svar"].append(["Q5", "other", "Annat", "Other"])
        for sheet, heading, first, _, code in MISTAKES:
            cell = cell_of(book, sheet, heading, first)
            expected.add((f"form.xlsx: {sheet} {cell.coordinate}", code))
        for sheet, heading, first, value, _ in MISTAKES:
            cell_of(book, sheet, heading, first).value = value

    with pytest.raises(InterviewError) as caught:
        from_workbook(changed(spoil), "form.xlsx")
    assert {(problem.place, problem.code) for problem in caught.value.problems} == expected


def test_b7_wrong_headings_and_a_missing_sheet_do_not_hide_what_else_is_wrong() -> None:
    """A misspelt heading counts as what it resembles, a missing column is told once and not again in every row."""

    def spoil(book: Any) -> None:
        questions = book["Frågor"]
        for cell in questions[1]:
            cell.value = {"type": "typ", "text (sv)": "text", "read-options": "readoptions"}.get(cell.value, cell.value)
        cell_of(book, "Frågor", "proxy", "Q4").value = "sjlv"
        cell_of(book, "Frågor", "dimension", "Q6").value = "caer"
        book["Svar"].delete_cols(4)
        book.remove(book["Formulär"])

    with pytest.raises(InterviewError) as caught:
        from_workbook(changed(spoil), "form.xlsx")
    assert {(problem.place.removeprefix("form.xlsx: "), problem.code) for problem in caught.value.problems} == {
        ("Formulär", "sheets.sheet-missing"),
        ("Frågor B1", "sheets.unknown-column"),
        ("Frågor D1", "sheets.column-language"),
        ("Frågor K1", "sheets.unknown-column"),
        ("Frågor F9", "questionnaire.unknown-word"),
        ("Svar N1", "sheets.column-missing"),
    }


def test_b7_what_stands_in_a_group_that_is_in_itself_is_checked_all_the_same() -> None:
    """Its questions are neither lost nor left out of the checks."""

    def spoil(book: Any) -> None:
        put("Frågor", "group", "start", "start")(book)
        put("Frågor", "type", "Q1", "chioce")(book)

    with pytest.raises(InterviewError) as caught:
        from_workbook(changed(spoil), "form.xlsx")
    codes = sorted(problem.code for problem in caught.value.problems)
    assert codes == ["questionnaire.misspelt-word", "sheets.group-in-itself"]


@pytest.mark.parametrize(
    ("sheet", "error"), [("Formulär", "#N/A"), ("Frågor", "#REF!"), ("Svar", "#DIV/0!"), ("Kort", "#NAME?")]
)
def test_b7_a_failed_formula_in_the_first_column_is_no_explanation(sheet: str, error: str) -> None:
    """The row is not dropped: its first cell is told, and what the row lost is not told as missing."""
    with pytest.raises(InterviewError) as caught:
        from_workbook(changed(lambda book: book[sheet].__setitem__("A3", error)), "form.xlsx")
    told = [(problem.place, problem.code) for problem in caught.value.problems]
    assert told[0] == (f"form.xlsx: {sheet} A3", "sheets.formula-error")
    assert not [code for _, code in told if code in ("questionnaire.missing-key", "sheets.option-incomplete")]
    remark = changed(lambda book: book["Frågor"].append(["#OBS! Inte klart", "chioce"]))
    assert from_workbook(remark, "form.xlsx").questionnaire == read_questionnaire(SMALL.encode(), "small.yaml")


def test_b7_a_card_may_say_its_title_on_each_of_its_rows() -> None:
    more = changed(lambda book: book["Kort"].append(["care-needed", "Vård", "Care", "Mer", "More", "Ring", "Ring"]))
    assert len(from_workbook(more, "form.xlsx").questionnaire.cards[0].entries) == 2


def test_b7_answers_that_no_question_uses_are_checked_all_the_same() -> None:
    """What is wrong with them does not wait until a question names them; what depends on the question does."""

    def spoil(book: Any) -> None:
        page = book["Svar"]
        page.append(["skala", "ja!", "Ja", "Yes", "många"])
        page.append(["skala", "nej", "Nej", None, None, "yes", "declined"])

    with pytest.raises(InterviewError) as caught:
        from_workbook(changed(spoil), "form.xlsx")
    assert {(problem.place.removeprefix("form.xlsx: "), problem.code) for problem in caught.value.problems} == {
        ("Svar A15", "sheets.options-unused"),
        ("Svar B15", "questionnaire.bad-code"),
        ("Svar E15", "questionnaire.wanted-number"),
        ("Svar D16", "questionnaire.missing-translation"),
    }


def test_b7_a_misspelt_group_is_told_without_blaming_what_names_its_questions() -> None:
    """B2: no condition on a question of the group is called a condition on a question that does not exist."""

    def spoil(book: Any) -> None:
        put("Frågor", "group", "Q3", "finns-inte")(book)
        put("Frågor", "when", "Q4", "Q3 is yes")(book)

    with pytest.raises(InterviewError) as caught:
        from_workbook(changed(spoil), "form.xlsx")
    codes = {problem.code for problem in caught.value.problems}
    assert "sheets.unknown-group" in codes
    assert not {code for code in codes if code.endswith("-question")}, codes


@pytest.mark.parametrize("told", ["sv; en", "SV, EN", "sv\nen", "sv en", "sv,en;", "Sv och en", "sv/en"])
def test_b7_however_the_languages_are_divided_they_are_read_and_the_mending_is_told(told: str) -> None:
    imported = from_workbook(changed(put("Formulär", "value", "languages", told)), "form.xlsx")
    assert imported.questionnaire.languages == ("sv", "en")
    assert [(problem.code, problem.facts["now"]) for problem in imported.mended] == [("sheets.mended", "sv, en")]


@pytest.mark.parametrize(
    ("told", "code", "word"),
    [
        ("svenska; en", "sheets.unknown-language", "svenska"),
        ("sv, en, fi", "sheets.unknown-language", "fi"),
        ("sv", "sheets.language-unsaid", "en"),
        (None, "questionnaire.empty-value", None),
    ],
)
def test_b7_wrong_languages_are_told_once_at_their_cell_and_hide_nothing(
    told: str | None, code: str, word: str | None
) -> None:
    """B2: what else is wrong stands beside it, and no word in a language is blamed for the cell."""
    expected: dict[str, str] = {}

    def spoil(book: Any) -> None:
        for sheet, heading, first, value, key in (
            ("Formulär", "value", "languages", told, code),
            ("Frågor", "type", "Q1", "chioce", "questionnaire.misspelt-word"),
        ):
            cell = cell_of(book, sheet, heading, first)
            cell.value = value
            expected[f"form.xlsx: {sheet} {cell.coordinate}"] = key

    with pytest.raises(InterviewError) as caught:
        from_workbook(changed(spoil), "form.xlsx")
    assert {problem.place: problem.code for problem in caught.value.problems} == expected
    assert len(caught.value.problems) == 2
    assert word in (None, caught.value.problems[0].facts.get("word"))


@pytest.mark.parametrize(("told", "near"), [("word", "words"), ("wordz", "words"), ("närstående", None)])
def test_b7_words_is_among_what_the_column_proxy_may_hold(told: str, near: str | None) -> None:
    with pytest.raises(InterviewError) as caught:
        from_workbook(changed(put("Frågor", "proxy", "Q4", told)), "form.xlsx")
    (problem,) = caught.value.problems
    assert (problem.facts["known"], problem.facts.get("near")) == ("same, not-asked, only, words", near)


def test_b7_an_empty_type_says_nothing_of_what_depends_on_it() -> None:
    def spoil(book: Any) -> None:
        put("Frågor", "minimum", "Q6", "1,5")(book)
        put("Frågor", "type", "Q6", None)(book)

    with pytest.raises(InterviewError) as caught:
        from_workbook(changed(spoil), "form.xlsx")
    assert [problem.code for problem in caught.value.problems] == ["questionnaire.missing-key"]


def test_b7_an_id_that_is_taken_is_told_with_the_cell_of_the_first_and_its_case_does_not_hide_which() -> None:
    with pytest.raises(InterviewError) as caught:
        from_workbook(changed(put("Frågor", "id", "Q4", "Q3")), "form.xlsx")
    taken = next(problem for problem in caught.value.problems if problem.code == "questionnaire.duplicate-id")
    assert taken.facts["at"] == "Frågor A7"
    with pytest.raises(InterviewError) as caught:
        from_workbook(changed(put("Frågor", "when", "Q5", "q4 is fully")), "form.xlsx")
    assert [(p.code, p.facts["near"]) for p in caught.value.problems] == [("questionnaire.misspelt-question", "Q4")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_b7_a_condition_that_cannot_be_read_and_the_explanations_list_the_comparisons(language: str) -> None:
    with pytest.raises(InterviewError) as caught:
        from_workbook(changed(put("Frågor", "when", "Q4", "Q3 has-not yes")), "form.xlsx")
    told = " ".join(Catalogue(language).error(caught.value.problems[0]))
    guide = Catalogue(language)("sheets.guide")
    assert all(operator.value in told and operator.value in guide for operator in Operator)


def test_dirty_cells_are_mended_and_told() -> None:
    """Curly quotes and 1.0 in codes, stray and non-breaking blanks everywhere; words keep their typography."""

    def soil(book: Any) -> None:
        for id_ in ("Q1", "Q3"):
            cell_of(book, "Frågor", "id", id_).value = f"\u00a0{id_} "
        cell_of(book, "Frågor", "text (sv)", "\u00a0Q3 ").value = " \u201cVad\u201d\u00a0då? "

    imported = from_workbook(changed(soil), "form.xlsx")
    told = {(problem.place, problem.facts["was"], problem.facts["now"]) for problem in imported.mended}
    assert len(told) == 3
    third = next(item for item in imported.questionnaire.walk() if item.id == "Q3")
    assert third.text["sv"] == "\u201cVad\u201d då?"


@pytest.mark.parametrize(
    ("raw", "kind", "expected"),
    [
        ("1.0", Kind.CODE, "1"),
        ("\u201dB4\u201d", Kind.CODE, "B4"),
        ("ja", Kind.FLAG, "yes"),
        ("X", Kind.FLAG, "yes"),
        ("Nej ", Kind.FLAG, "no"),
        ("Choice", Kind.WORD, "choice"),
        ("B4\u00a0is\u00a0\u201dbefore\u201d", Kind.CONDITION, 'B4 is "before"'),
        ("a\u200bb\r\nc", Kind.WORDS, "ab\nc"),
        ("1.0", Kind.WORDS, "1.0"),
        ("12,5", Kind.CODE, "12.5"),
        ("2,0", Kind.CODE, "2"),
        ("12,5", Kind.WORDS, "12,5"),
    ],
)
def test_what_a_dirty_cell_means(raw: str, kind: Kind, expected: str) -> None:
    assert mended(raw, kind) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("B4 is before", ("all", [("B4", "is", "before")])),
        ("B4 är ja eller B4 = nej", ("any", [("B4", "is", "ja"), ("B4", "is", "nej")])),
        ("D1 is yes and D2 is-not not-yet", ("all", [("D1", "is", "yes"), ("D2", "is-not", "not-yet")])),
        ("F1>=5 och F1 <= 7", ("all", [("F1", "at-least", "5"), ("F1", "at-most", "7")])),
        ('A1 != "no"', ("all", [("A1", "is-not", "no")])),
        ("B2 answered yes", ("all", [("B2", "answered", "yes")])),
        ("a = 1 and b = 2 or c = 3", None),
        ("“Q3” is ‘yes’", ("all", [("Q3", "is", "yes")])),
        ("Q4 at least 2", ("all", [("Q4", "at-least", "2")])),
        ("Q4 minst 2 och Q4 mindre än 9", ("all", [("Q4", "at-least", "2"), ("Q4", "less-than", "9")])),
        ("Q11 has-not nobody", None),
        ("B4", None),
        ("B4 is", None),
    ],
)
def test_conditions_in_a_cell(text: str, expected: object) -> None:
    assert parse_condition(mended(text, Kind.CONDITION)) == expected


def _bomb() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", b" " * (40 << 20))
    return stream.getvalue()


def _entities() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(small())) as whole, zipfile.ZipFile(stream, "w") as packed:
        for name in whole.namelist():
            content = whole.read(name)
            if name == "xl/workbook.xml":
                content = b'<!DOCTYPE x [<!ENTITY a "b">]>' + content
            packed.writestr(name, content)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("source", "code"),
    [
        (b"", "sheets.not-a-workbook"),
        (b"PK\x03\x04", "sheets.not-a-workbook"),
        (b"x" * (MAX_BYTES + 1), "sheets.too-large"),
        (_bomb(), "sheets.too-large"),
        (_entities(), "sheets.not-a-workbook"),
        (small()[: len(small()) // 2], "sheets.not-a-workbook"),
    ],
    ids=["empty", "magic", "large", "bomb", "entities", "half"],
)
def test_t11_what_is_no_workbook_is_refused(source: bytes, code: str) -> None:
    with pytest.raises(InterviewError) as caught:
        from_workbook(source, "form.xlsx")
    assert caught.value.code == code


def test_a_changed_byte_gives_a_form_or_an_error_in_words() -> None:
    """T11: every 97th byte of a workbook, flipped."""
    whole = small()
    for place in range(0, len(whole), len(whole) // 40):
        spoilt = whole[:place] + bytes((whole[place] ^ 0x41,)) + whole[place + 1 :]
        try:
            assert isinstance(from_workbook(spoilt, "form.xlsx").questionnaire, Questionnaire)
        except InterviewError as error:
            assert all(SWEDISH.error(problem) for problem in error.problems)
