"""A table as an Excel book (ECMA-376 Office Open XML): one sheet, numbers as numbers in whatever language Excel speaks.

Written here and not by openpyxl, which lays everything that was said into temporary files outside the chosen folder.
"""

import re
import zipfile
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Final
from xml.sax.saxutils import escape

from interview.archive.columns import Cell
from interview.errors import InterviewError

MOST_ROWS: Final = 1_048_576
MOST_COLUMNS: Final = 16_384
"""What a sheet of Excel holds (Excel specifications and limits)."""
_AT_ONCE: Final = 500
_LOOKS_ESCAPED: Final = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
"""What Excel would read as an escaped character (ECMA-376-1 22.9.2.19, ST_Xstring)."""
_SPREADSHEET: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PARTS: Final = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPE}.worksheet+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="rId1" Type="{_OFFICE}/officeDocument"'
    ' Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{_SPREADSHEET}" xmlns:r="{_OFFICE}"><sheets>'
    '<sheet name="interview" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="rId1"'
    f' Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
}
_OPENED: Final = (
    f'{_HEAD}<worksheet xmlns="{_SPREADSHEET}"><sheetViews><sheetView workbookViewId="0">'
    '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
    f'<cols><col min="1" max="{MOST_COLUMNS}" width="18" customWidth="1"/></cols><sheetData>'
)
"""The first row stays in sight, and the names of the columns can be read."""
_CLOSED: Final = "</sheetData></worksheet>"
# The same bytes whenever it is written: the time says nothing, and nothing says the time.
_WHEN: Final = (1980, 1, 1, 0, 0, 0)


def as_workbook(rows: Iterable[Iterable[Cell]]) -> Iterator[bytes]:
    """The file in pieces; text is text whatever it begins with. `archive.too-large-for-excel`."""
    pieces = _Pieces()
    with zipfile.ZipFile(pieces, "w") as book:
        for name, part in _PARTS.items():
            book.writestr(_file(name), _HEAD + part)
        with book.open(_file("xl/worksheets/sheet1.xml"), "w", force_zip64=True) as sheet:
            sheet.write(_OPENED.encode())
            for number, cells in enumerate(rows, 1):
                sheet.write(_row(number, list(cells)).encode())
                if number % _AT_ONCE == 0:
                    yield pieces.taken()
            sheet.write(_CLOSED.encode())
    yield pieces.taken()


class _Pieces:
    """Keeps what is written until it is taken."""

    def __init__(self) -> None:
        self._written: list[bytes] = []

    def write(self, piece: bytes) -> int:
        """Keep a piece."""
        self._written.append(bytes(piece))
        return len(piece)

    def flush(self) -> None:
        """Nothing waits elsewhere."""

    def close(self) -> None:
        """Nothing is open."""

    def taken(self) -> bytes:
        """What was written since the last time."""
        written, self._written = b"".join(self._written), []
        return written


def _file(name: str) -> zipfile.ZipInfo:
    file = zipfile.ZipInfo(name, _WHEN)
    file.compress_type = zipfile.ZIP_DEFLATED
    return file


def _row(number: int, cells: list[Cell]) -> str:
    if number > MOST_ROWS or len(cells) > MOST_COLUMNS:
        raise InterviewError("archive.too-large-for-excel", rows=MOST_ROWS, columns=MOST_COLUMNS)
    return f'<row r="{number}">{"".join(_cell(cell) for cell in cells)}</row>'


def _cell(value: Cell) -> str:
    if isinstance(value, int | Decimal):
        return f"<c><v>{value}</v></c>"
    if not value:
        return "<c/>"
    text = escape(_LOOKS_ESCAPED.sub("_x005F_", value))
    return f'<c t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
