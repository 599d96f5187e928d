"""The workbook itself. The only code that knows openpyxl; limits first (T11)."""

import io
import zipfile
from collections.abc import Iterable, Sequence
from typing import Final

from interview.errors import InterviewError
from interview.questionnaire.sheets.cells import Raw
from interview.questionnaire.sheets.layout import Column, Sheet

MAX_BYTES: Final = 4 << 20
"""Bytes of a workbook, at most."""
MAX_UNPACKED: Final = 24 << 20
SPARE: Final = 16 << 10
SMALL: Final = 16 << 10
SMALL_PACKED: Final = 8
MOST_PACKED: Final = 16
"""How many times a workbook's own size it may unpack to, besides the spare bytes, for its first bytes and for the others.

The forms that ship take 4 to 5 times, one of 1,000 items 13 times.
"""
MAX_FILES: Final = 200
MAX_ROWS: Final = 6_000
MAX_COLUMNS: Final = 200
_LONGEST_LIST: Final = 250
"""Characters of a drop-down list, which Excel refuses beyond 255."""

Grid = list[tuple[Raw, ...]]
"""A sheet's rows from the first; a cell's value or None."""


def read_workbook(source: bytes, name: str) -> dict[str, Grid]:
    """The sheets of a workbook by name, formulas as their last values.

    `sheets.too-large`, `sheets.not-a-workbook`.
    """
    _check_size(source, name)
    import openpyxl  # noqa: PLC0415  only reading and writing workbooks needs it
    from openpyxl.utils.exceptions import InvalidFileException  # noqa: PLC0415

    try:
        book = openpyxl.load_workbook(io.BytesIO(source), read_only=True, data_only=True, keep_links=False)
        sheets = {}
        for sheet in book.worksheets:
            rows = sheet.iter_rows(max_row=MAX_ROWS + 1, max_col=MAX_COLUMNS, values_only=True)
            sheets[sheet.title] = list(rows)
            if len(sheets[sheet.title]) > MAX_ROWS:
                raise InterviewError("sheets.too-large", name, most=MAX_BYTES >> 20, rows=MAX_ROWS)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, TypeError, IndexError, OSError, EOFError):
        raise InterviewError("sheets.not-a-workbook", name) from None
    except (SyntaxError, AttributeError, zipfile.LargeZipFile, NotImplementedError):
        # What the XML inside makes of openpyxl when it is not what a workbook holds; ParseError is a SyntaxError.
        raise InterviewError("sheets.not-a-workbook", name) from None
    return sheets


def _check_size(source: bytes, name: str) -> None:
    """Refuse what would unpack to more than a form can need, before anything is unpacked."""
    if len(source) > MAX_BYTES:
        raise InterviewError("sheets.too-large", name, most=MAX_BYTES >> 20, rows=MAX_ROWS)
    try:
        with zipfile.ZipFile(io.BytesIO(source)) as packed:
            files = packed.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise InterviewError("sheets.not-a-workbook", name) from None
    first = min(len(source), SMALL)
    allowed = min(MAX_UNPACKED, SPARE + SMALL_PACKED * first + MOST_PACKED * (len(source) - first))
    if len(files) > MAX_FILES or sum(file.file_size for file in files) > allowed:
        raise InterviewError("sheets.too-large", name, most=MAX_BYTES >> 20, rows=MAX_ROWS)
    with zipfile.ZipFile(io.BytesIO(source)) as packed:
        for file in files:
            _check_plain_xml(packed, file, name)


def _check_plain_xml(packed: zipfile.ZipFile, file: zipfile.ZipInfo, name: str) -> None:
    """Refuse XML that declares entities: they can name other files, or grow without end."""
    if not file.filename.endswith((".xml", ".rels")):
        return
    try:
        with packed.open(file) as stream:
            unpacked = stream.read(MAX_UNPACKED + 1)
    except (zipfile.BadZipFile, ValueError, OSError, EOFError, NotImplementedError, RuntimeError):
        raise InterviewError("sheets.not-a-workbook", name) from None
    except zipfile.zlib.error:  # type: ignore[attr-defined]  # the module zipfile itself uses
        raise InterviewError("sheets.not-a-workbook", name) from None
    if len(unpacked) > MAX_UNPACKED or b"<!" in unpacked.replace(b"<!--", b"").replace(b"<![CDATA[", b""):
        raise InterviewError("sheets.not-a-workbook", name)


def write_workbook(
    guide: Iterable[str], sheets: Sequence[tuple[Sheet, list[tuple[str, Column]], Sequence[str], list[list[str]]]]
) -> bytes:
    """A workbook with a page of explanation and, for each sheet, headings, a row that explains them, and rows."""
    import openpyxl  # noqa: PLC0415
    from openpyxl.styles import Alignment, Font, PatternFill  # noqa: PLC0415
    from openpyxl.utils import get_column_letter  # noqa: PLC0415
    from openpyxl.worksheet.datavalidation import DataValidation  # noqa: PLC0415

    book = openpyxl.Workbook()
    first = book.active
    first.title = Sheet.GUIDE
    first.column_dimensions["A"].width = 110
    for row, text in enumerate(guide, 1):
        cell = first.cell(row, 1, text)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        cell.font = Font(bold=text.isupper() or row == 1)
    for sheet, columns, explained, rows in sheets:
        page = book.create_sheet(sheet)
        page.freeze_panes = "B3"
        for place, ((heading, column), words) in enumerate(zip(columns, explained, strict=True), 1):
            letter = get_column_letter(place)
            page.cell(1, place, heading).font = Font(bold=True)
            below = page.cell(2, place, f"# {words}")
            below.font, below.fill = Font(italic=True, color="555555"), PatternFill("solid", fgColor="EEF3F7")
            below.alignment = Alignment(wrap_text=True, vertical="top")
            page.column_dimensions[letter].width = 42 if "(" in heading else 16
            # Text, so that Excel makes no dates and numbers of codes and versions.
            page.column_dimensions[letter].number_format = "@"
            listed = ",".join(column.choices)
            if listed and len(listed) <= _LONGEST_LIST:
                choose = DataValidation(type="list", formula1=f'"{listed}"', allow_blank=True)
                page.add_data_validation(choose)
                choose.add(f"{letter}3:{letter}{MAX_ROWS}")
        for number, values in enumerate(rows, 3):
            for place, text in enumerate(values, 1):
                if text:
                    cell = page.cell(number, place, text)
                    cell.data_type, cell.number_format = "s", "@"
                    cell.alignment = Alignment(wrap_text=True, vertical="top")
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()
