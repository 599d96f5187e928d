"""T11: a small workbook that unpacks to much is refused before it is; what may unpack is read quickly and in little memory."""

import io
import sys
import zipfile
from collections.abc import Mapping

import pytest

from interview.errors import InterviewError
from tests.fuzz.measuring import assert_cheap
from tests.fuzz.readers import Reader

ROWS = (b"<sheetData>", b"<sheetData>%s", b"<row><c><v>1</v></c></row>")
CELLS = (b"<sheetData>", b'<sheetData><row r="1">%s</row>', b'<c r="A1"><v>1</v></c>')
FORMATS = (b"<cellXfs", b"<numFmts>%s</numFmts><cellXfs", b'<numFmt numFmtId="170" formatCode="0"/>')
NESTED = (b"<sheets>", b"<sheets>%s", b"<a>")


def packed(example: bytes, file: str, put: tuple[bytes, bytes, bytes], size: int) -> bytes:
    """The workbook with one of its files grown by so many bytes, packed again."""
    place, around, piece = put
    grown = around % (piece * (size // len(piece)))
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(example)) as before, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as after:
        for entry in before.infolist():
            content = before.read(entry)
            after.writestr(
                entry.filename, content.replace(place, grown, 1) if entry.filename.endswith(file) else content
            )
    return stream.getvalue()


@pytest.mark.skipif(sys.platform != "linux", reason="memory is read from Linux's own account of it")
@pytest.mark.parametrize(
    ("file", "put"),
    [("sheet2.xml", ROWS), ("sheet2.xml", CELLS), ("styles.xml", FORMATS), ("xl/workbook.xml", NESTED)],
    ids=["rows", "cells", "formats", "nested"],
)
def test_t11_a_workbook_that_unpacks_to_much(
    every_reader: Mapping[str, Reader], file: str, put: tuple[bytes, bytes, bytes]
) -> None:
    reader = every_reader["workbook"]
    example = reader.examples[0]
    with pytest.raises(InterviewError) as caught:
        reader.read(packed(example, file, put, 8 << 20))
    assert caught.value.code == "sheets.too-large"
    assert_cheap(reader, [packed(example, file, put, size) for size in (150_000, 60_000)], tries=2)
