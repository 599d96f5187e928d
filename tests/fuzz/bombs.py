"""Small inputs made to cost much: nesting, repetition, long numbers and words, what unpacks or multiplies (T11)."""

import io
import zipfile
from collections.abc import Mapping

from tests.fuzz.readers import Reader

LONG = 30_000
"""Bytes of a small input, about."""


def bombs(reader: Reader, name: str) -> list[bytes]:
    """What is tried with a reader: each of its words a thousand times, alone and in an example; what breaks any; its own."""
    example = reader.examples[0]
    many = [word * min(1000, LONG // max(len(word), 1)) for word in reader.words]
    middle = len(example) // 2
    anywhere = (
        b"",
        b"\x00" * LONG,
        b"a" * LONG,
        b"\xff" * LONG,
        "\u202e".encode() * (LONG // 3),
        b"\n" * LONG,
        b" " * LONG,
    )
    return [
        *many,
        *(example[:middle] + b"".join(many)[:LONG] + example[middle:],),
        *(example[:middle] + word + example[middle:] for word in many[::3]),
        *anywhere,
        *(example[:middle] + junk for junk in anywhere),
        example * 3,
        *OWN.get(name, ()),
        *(workbooks(example) if name == "workbook" else ()),
    ]


_LAUGHS = b"a: &a [x, x, x, x, x, x, x, x]\n" + b"".join(
    b"%c: &%c [%s]\n" % (letter, letter, b", ".join([b"*%c" % (letter - 1)] * 9))
    for letter in range(ord("b"), ord("k"))
)
_MERGED = b"a: &a {x: 1}\n" + b"".join(b"k%d: {<<: [%s]}\n" % (n, b",".join([b"*a"] * 200)) for n in range(30))
_JSON = (
    *(b"[" * 15_000, b"[" * 60 + b"]" * 60, b'{"a":' * 5_000, b"[" + b"1," * 14_000 + b"1]", b"[" + b"{}," * 9_000 + b"{}]"),
    *(b"9" * LONG, b"-" + b"9" * LONG, b"1e" + b"9" * 1000, b'"' + b"\\u0000" * 4_000 + b'"', b'"' + b"\\" * LONG),
    *(b"{" + b",".join(b'"k%d":1' % n for n in range(3_000)) + b"}", b"{" + b'"a":1,' * 4_000 + b'"a":1}', b'"\\ud800"' * 3_000),
)  # fmt: skip
_YAML = (
    *(_LAUGHS, _MERGED, b"- " * 15_000, b"[" * LONG, b"{" * LONG, b"? " * 15_000, b"a: " * 9_000, b"- [" * 9_000, b"!!a " * 7_000),
    *(b"a: |\n" + b" x\n" * 9_000, b"a: >\n" + b" \n" * 14_000, b"".join(b"k%d: v\n" % n for n in range(3_000)), b"a: v\n" * 6_000),
    *(b"---\n" * 7_000, b"".join(b" " * n + b"a:\n" for n in range(240)), b'"' + b"\\x41" * 7_000 + b'"', b"a: " + b"9" * LONG),
    *(b"items:\n" + b"  - {id: a, type: choice, when: {question: a, is: a}}\n" * 500, b"#" * LONG, b"&a " * 9_000),
)  # fmt: skip
_TOML = (
    *(b"[a" + b".a" * 14_000 + b"]", b"[[a]]\n" * 5_000, b"".join(b"[k%d]\n" % n for n in range(4_000)), b"a = " + b"9" * LONG),
    *(b"a = 0x" + b"f" * LONG, b"a = " + b"1_" * 14_000 + b"1", b"a = 1e" + b"9" * LONG, b"a = [" + b"[]," * 9_000 + b"]"),
    *(b"".join(b"k%d.a.b = 1\n" % n for n in range(2_000)), b'a = """' + b'\\"' * 14_000, b"a = 1\n" * 5_000, b"'" * LONG),
    *(b"a = {" + b"b = 1, " * 4_000 + b"}", b"a = " + b"[" * 15_000, b"#" * LONG, b"a = 1979-05-27T" + b"0" * LONG),
)  # fmt: skip
OWN: Mapping[str, tuple[bytes, ...]] = {
    "questionnaire": _YAML,
    "survey plan": _TOML,
    "settings": _TOML,
    **dict.fromkeys(("stored questionnaire", "survey", "keyring", "station card", "recipient card", "receipt"), _JSON),
    **dict.fromkeys(("rotation", "succession", "response", "fhir"), _JSON),
    "backup": (
        *(b"interview/1/backup\n" + length.to_bytes(4, "big") for length in (0, 1, 2**31 - 1, 2**32 - 1)),
        b"interview/1/backup\n" + (20_000).to_bytes(4, "big") + b"[" * 20_000,
    ),
}  # fmt: skip
"""What is made for a reader's own format."""

_SHEET = b'<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
_ROW = b"<sheetData>%s</sheetData></worksheet>"
_ENTITIES = (
    b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">'
    + b"".join(b'<!ENTITY %c "%s">' % (c, b"&%c;" % (c - 1) * 10) for c in range(ord("b"), ord("k")))
    + b"]><a>&j;</a>"
)
_SHEETS = {
    "far": _SHEET
    + b'<dimension ref="A1:XFD1048576"/>'
    + _ROW % b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
    "last": _SHEET + _ROW % b'<row r="6000"><c r="GR6000"><v>1</v></c></row>',
    "wide": _SHEET + _ROW % b"".join(b'<row r="%d"><c r="GR%d"><v>1</v></c></row>' % (n, n) for n in range(1, 400)),
    "number": _SHEET + _ROW % (b'<row r="1"><c r="A1"><v>' + b"9" * 20_000 + b"</v></c></row>"),
    "date": _SHEET + _ROW % b'<row r="1"><c r="A1" t="d"><v>9999999-99-99</v></c><c r="A%s"/></row>' % (b"9" * 5_000),
    "shared": _SHEET + _ROW % b'<row r="1"><c r="A1" t="s"><v>99999999999</v></c></row>',
    "long": _SHEET + _ROW % (b'<row r="1"><c r="A1" t="inlineStr"><is><t>' + b"x" * LONG + b"</t></is></c></row>"),
    "deep": _SHEET + b"<a>" * 8_000,
    "attributes": _SHEET + b"<a " + b" ".join(b'k%d="v"' % n for n in range(2_000)) + b"/>",
    "entities": _ENTITIES,
    "negative": _SHEET + _ROW % b'<row r="-5"><c r="A-5"><v>1</v></c></row><row r="0"/><row r="x"/>',
}


def workbooks(example: bytes) -> list[bytes]:
    """The example with another second sheet, other strings, more files, and as an archive that lies about itself."""
    made = [_repacked(example, {"xl/worksheets/sheet2.xml": sheet}) for sheet in _SHEETS.values()]
    made += [
        _repacked(example, {name: _ENTITIES}) for name in ("xl/workbook.xml", "xl/styles.xml", "[Content_Types].xml")
    ]
    made.append(_repacked(example, {f"xl/more/{n}.xml": b"<a/>" for n in range(250)}))
    made.append(_repacked(example, {f"xl/media/{n}.bin": b"\0" * (4 << 20) for n in range(3)}))
    # The sizes an archive tells of itself: uncompressed (bytes 22 to 26 of a directory's entry), and encrypted (bit 0 of 8).
    entry = example.index(b"PK\x01\x02")
    made.append(example[: entry + 24] + b"\x01\0\0\0" + example[entry + 28 :])
    made.append(example[: entry + 24] + b"\xff\xff\xff\x7f" + example[entry + 28 :])
    made.append(example[: entry + 8] + b"\x01\0" + example[entry + 10 :])
    return made


def _repacked(example: bytes, files: Mapping[str, bytes]) -> bytes:
    """The workbook with these files instead of its own, or besides them."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(example)) as before, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as after:
        for entry in before.infolist():
            after.writestr(entry.filename, files.get(entry.filename, before.read(entry)))
        for name in files.keys() - set(before.namelist()):
            after.writestr(name, files[name])
    return stream.getvalue()
