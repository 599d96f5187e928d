"""The analyst's tables (A15, P8, P9, T14): golden bytes from one nasty data set, and what must hold of any."""

import csv
import io
import random
import stat
import sys
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from interview.archive.collecting import collect
from interview.archive.columns import Cell
from interview.archive.tables import NOTE, write_tables
from interview.archive.workbook import MOST_COLUMNS, as_workbook
from interview.errors import InterviewError
from interview.exchange.tallies import Tally
from interview.messages import LANGUAGES, Catalogue
from interview.session.answers import Missing
from interview.text import cell

GOLDEN = Path(__file__).parent / "golden"
SALT = bytes(32)


def by(item: str, value: Any, who: str = "patient") -> dict[str, Any]:
    return {"id": item, "value": value, "by": who}


def none(item: str, why: str, who: str | None = None) -> dict[str, Any]:
    return {"id": item, "missing": why} | ({"by": who} if who else {})


NASTY: list[dict[str, Any]] = [
    {"answers": [by("A", "yes"), by("B", ["by", "missing"]), by("C", 0), by("D", '=HYPERLINK("http://x";"y")'),
                 none("E", "only-asked-of-proxy")]},
    {"answers": [by("A", "no"), by("B", ["none"]), by("C", 10), by("D", '+46 70, "citat"; semikolon\nny rad'),
                 none("E", "only-asked-of-proxy")], "period": "2026-10", "unit": "vc-syd"},
    {"answers": [none("A", "not-applicable", "proxy"), none("B", "not-asked-of-proxy"), by("C", 5, "proxy"),
                 by("D", "＝1+1", "proxy"), by("E", "-2 och @x 🙂", "proxy")], "respondent": "proxy",
     "organisation": "municipality"},
    {"answers": [none("A", "asked-unknown", "patient-with-help"), none("B", "asked-declined", "patient"),
                 none("C", "left-open"), none("D", "asked-declined", "patient-with-help"),
                 none("E", "only-asked-of-proxy")], "respondent": "mixed"},
    {"answers": [by("A", "yes", "patient-with-help"), none("B", "not-core"), by("C", 3, "patient-with-help"),
                 none("D", "broken-off"), none("E", "broken-off")], "respondent": "patient-with-help"},
    {"answers": [none("A", "asked-declined", "patient"), by("B", ["missing"]), none("C", "asked-unknown", "patient"),
                 by("D", "'redan citerat'"), none("E", "only-asked-of-proxy")]},
]  # fmt: skip
TALLIES = [Tally("2026-11", "vc-norr", "1.1", False, 5), Tally("2026-11", "vc-norr", "2.31", True, 1)]


@pytest.fixture
def collected(world: Any) -> Any:
    """An archive that holds the nasty data set."""
    sealed = [world.sealed(world.content(**response)) for response in NASTY]
    (result,) = collect(world.central, [world.batch(sealed, tallies=TALLIES)])
    assert result.refused is None, result.refused
    return world


def table(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))


def test_the_bytes_of_every_table_are_golden(collected: Any, tmp_path: Path) -> None:
    """A15. The order of the rows is random in earnest: here they are compared sorted, all other files as they are."""
    written = write_tables(collected.central, tmp_path / "out", salt=SALT)
    assert [path.name for path in written] == [
        NOTE, "host-2026-v1-responses.csv", "host-2026-v1-codebook.csv", "host-2026-v1-texts.csv",
        "host-2026-v1-outcomes.csv",
    ]  # fmt: skip
    for path in written:
        golden = (GOLDEN / path.name).read_bytes()
        if path.name.endswith("responses.csv"):
            # No cell of this table holds a line break.
            head, *rows = path.read_bytes().split(b"\r\n")
            golden_head, *golden_rows = golden.split(b"\r\n")
            assert (head, sorted(rows)) == (golden_head, sorted(golden_rows))
        else:
            assert path.read_bytes() == golden, path.name


def test_the_table_says_what_was_answered(collected: Any, tmp_path: Path) -> None:
    """A15, P9: a value or why there is none, never both, never a code for missing in a value's column."""
    write_tables(collected.central, tmp_path)
    rows = table(tmp_path / "host-2026-v1-responses.csv")
    assert len(rows) == len(NASTY)
    for row in rows:
        for values, item in ((("A",), "A"), (("B_by_chosen", "B_missing_chosen", "B_none"), "B"), (("C",), "C")):
            assert all((row[value] == "") == (row[f"{item}_missing"] != "") for value in values)
            assert not {row[value] for value in values} & {missing.value for missing in Missing}
        assert (row["D_given"] == "1") == (row["D_missing"] == "")
    expected = sorted(
        (a["A"], a["C"]) for a in ({x["id"]: str(x.get("value", "")) for x in r["answers"]} for r in NASTY)
    )
    assert sorted((row["A"], row["C"]) for row in rows) == expected


def test_the_codebook_has_every_column_and_every_code_of_the_table(collected: Any, tmp_path: Path) -> None:
    write_tables(collected.central, tmp_path)
    rows, book = table(tmp_path / "host-2026-v1-responses.csv"), table(tmp_path / "host-2026-v1-codebook.csv")
    columns = list(rows[0])
    assert [line["column"] for line in book if line["code"] == ""] == columns
    assert len(set(columns)) == len(columns)
    free = {"survey", "version", "period", "C"}
    for column in set(columns) - free:
        codes = {line["code"] for line in book if line["column"] == column and line["code"]}
        assert {row[column] for row in rows} - {""} <= codes, column


def test_free_text_lies_apart_without_background(collected: Any, tmp_path: Path) -> None:
    """P8: nothing in the main table is said in words, and nothing beside the words says whose they are."""
    write_tables(collected.central, tmp_path)
    main = (tmp_path / "host-2026-v1-responses.csv").read_text(encoding="utf-8-sig")
    assert "HYPERLINK" not in main and "citat" not in main
    rows = table(tmp_path / "host-2026-v1-texts.csv")
    assert set(rows[0]) == {"item", "text"}
    said = sorted((a["id"], cell(a["value"])) for r in NASTY for a in r["answers"] if a["id"] in "DE" and "value" in a)
    assert sorted((row["item"], row["text"]) for row in rows) == said


def test_no_cell_is_calculated_by_a_spreadsheet(collected: Any, tmp_path: Path) -> None:
    """T14: = + - @ tab, carriage return, and full-width signs; in data, codebook and unit names alike."""
    for path in write_tables(collected.central, tmp_path):
        if path.suffix == ".csv":
            for line in csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")):
                assert not [value for value in line if value.startswith(("=", "+", "-", "@", "\t", "\r", "＝", "＋"))]


def test_t14_an_excel_book_holds_the_same_cells_numbers_as_numbers_and_no_formula(
    collected: Any, tmp_path: Path
) -> None:
    """A15: what a Swedish Excel opens without asking what divides the columns; read back by another's library."""
    plain = write_tables(collected.central, tmp_path / "csv", salt=SALT)
    books = write_tables(collected.central, tmp_path / "xlsx", salt=SALT, format="xlsx")
    assert [path.stem for path in books] == [path.stem for path in plain]
    assert "-responses.xlsx" in books[0].read_text("utf-8")
    for told, book in zip(plain[1:], books[1:], strict=True):
        (sheet,) = openpyxl.load_workbook(book).worksheets
        rows = [list(row) for row in sheet.iter_rows()]
        shown = [["" if one.value is None else str(one.value) for one in row] for row in rows]
        lines = list(csv.reader(io.StringIO(told.read_text(encoding="utf-8-sig"), newline="")))
        assert sorted(shown) == sorted(lines), book.name
        assert {one.data_type for row in rows for one in row} <= {"s", "inlineStr", "n"}
        numbers = [one.value for row in rows[1:] for one in row if one.data_type == "n" and one.value is not None]
        assert all(isinstance(value, int | float) for value in numbers)
    if sys.platform != "win32":
        assert {stat.S_IMODE(path.stat().st_mode) for path in books} == {0o600}


def test_a_book_is_the_same_bytes_each_time_and_no_larger_than_excel_reads() -> None:
    rows: list[list[Cell]] = [["a", "å & <b> ]]>\n\U0001f642"], [1, Decimal("-0.25")], ["", "x"]]
    book = b"".join(as_workbook(rows))
    assert b"".join(as_workbook(rows)) == book
    (sheet,) = openpyxl.load_workbook(io.BytesIO(book)).worksheets
    assert [list(row) for row in sheet.iter_rows(values_only=True)] == [
        ["a", "å & <b> ]]>\n\U0001f642"], [1, -0.25], [None, "x"],
    ]  # fmt: skip
    with pytest.raises(InterviewError, match="too-large-for-excel"):
        list(as_workbook([["x"] * (MOST_COLUMNS + 1)]))


def test_a_book_says_what_was_typed_where_that_looks_like_an_escape_of_excels() -> None:
    """T14: `_x003D_` is an equals sign to Excel unless its underscore is escaped (ECMA-376-1 22.9.2.19)."""
    with zipfile.ZipFile(io.BytesIO(b"".join(as_workbook([["_x003D_1+1 _x00e5_ _xyz_ a_x"]])))) as packed:
        sheet = packed.read("xl/worksheets/sheet1.xml").decode()
    assert ">_x005F_x003D_1+1 _x005F_x00e5_ _xyz_ a_x<" in sheet


def test_the_order_of_rows_is_another_each_time_and_never_that_of_the_hashes(world: Any, tmp_path: Path) -> None:
    """P8: a batch lies in the order of its hashes, so a table must not."""
    rng = random.Random(1)
    answers = [[by("A", "yes"), none("B", "left-open"), by("C", n % 11), by("D", f"text {n}"),
                none("E", "only-asked-of-proxy")] for n in range(40)]  # fmt: skip
    rng.shuffle(answers)
    collect(world.central, [world.batch([world.sealed(world.content(answer)) for answer in answers])])
    orders = []
    for folder in ("a", "b"):
        write_tables(world.central, tmp_path / folder)
        orders.append([row["C"] for row in table(tmp_path / folder / "host-2026-v1-responses.csv")])
    by_hash = [row["C"] for row in _in_order_of_hashes(world, tmp_path)]
    assert len({tuple(order) for order in (*orders, by_hash)}) == 3
    # And the texts lie in an order of their own.
    numbers = [int(row["text"].split()[1]) % 11 for row in table(tmp_path / "a" / "host-2026-v1-texts.csv")]
    assert [str(number) for number in numbers] != orders[0]


def _in_order_of_hashes(world: Any, folder: Path) -> list[dict[str, str]]:
    import json

    contents = world.central.archive().database.query("SELECT content FROM response ORDER BY hash")
    return [{"C": str(json.loads(content)["answers"][2]["value"])} for (content,) in contents]


@pytest.mark.skipif(sys.platform == "win32", reason="modes are POSIX")
def test_tables_are_for_their_account_alone_and_say_that_they_are_not_for_publication(
    collected: Any, tmp_path: Path
) -> None:
    """P8."""
    written = write_tables(collected.central, tmp_path / "out")
    assert {stat.S_IMODE(path.stat().st_mode) for path in written} == {0o600}
    assert stat.S_IMODE((tmp_path / "out").stat().st_mode) == 0o700
    note = (tmp_path / "out" / NOTE).read_text(encoding="utf-8")
    assert "FÅR INTE PUBLICERAS" in note and "NOT FOR PUBLICATION" in note and "REHEARSAL" not in note


@pytest.mark.parametrize("language", LANGUAGES)
def test_a15_the_note_explains_what_no_row_of_the_codebook_does(language: str, collected: Any) -> None:
    """The codebook's own columns, those of the other tables, and what was added to a text that looked like a formula."""
    note = Catalogue(language)("archive.tables-note", ending="csv")
    write_tables(collected.central, collected.folder / "out")
    book, outcomes = (
        table(collected.folder / "out" / f"host-2026-v1-{name}.csv")[0] for name in ("codebook", "outcomes")
    )
    said = {"column", "item", "content", "type", "repetition", "minimum", "maximum", "month", "unit"}
    for name in {*book, *outcomes, "series", "'"} - said:
        plain = name.removesuffix("_sv").removesuffix("_en")
        assert plain in ("text", "unit") or plain in note, name


def test_a_rehearsals_tables_say_so_and_hold_nothing_real(collected: Any, rehearsal: Any, tmp_path: Path) -> None:
    collect(rehearsal.central, [rehearsal.batch(rehearsal.some(2), name="p.batch")], rehearsal=True)
    written = write_tables(rehearsal.central, tmp_path / "out", rehearsal=True)
    assert [path.name for path in written][1] == "rehearsal-v1-responses.csv"
    assert not list((tmp_path / "out").glob("host*"))
    assert "REHEARSAL" in (tmp_path / "out" / NOTE).read_text(encoding="utf-8")


def test_an_empty_archive_and_an_unknown_format_write_nothing(world: Any, tmp_path: Path) -> None:
    for format, code in (("csv", "archive.nothing-collected"), ("xls", "archive.unknown-format")):
        with pytest.raises(InterviewError) as caught:
            write_tables(world.central, tmp_path / "out", format=format)
        assert caught.value.code == code
    assert not (tmp_path / "out").exists()


def test_progress_ends_at_the_whole(collected: Any, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    write_tables(collected.central, tmp_path, progress=lambda done, total: told.append((done, total)))
    assert told[-1] == (6, 6)


def test_the_columns_of_an_excel_book_are_wide_enough_for_their_names(collected: Any, tmp_path: Path) -> None:
    """A15: and the first row stays in sight."""
    book = next(path for path in write_tables(collected.central, tmp_path, format="xlsx") if "responses" in path.name)
    sheet = openpyxl.load_workbook(book).active
    assert sheet.freeze_panes == "A2" and sheet.column_dimensions["A"].width >= 18
