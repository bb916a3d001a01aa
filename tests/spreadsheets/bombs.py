"""Hostile files, made here: small to send, costly or dangerous for whoever believes them."""

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping
from functools import cache

TYPES = (
    b'<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/'
    b'2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-'
    b'package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/></Types>'
)
RELS = (
    b'<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
    b'relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument'
    b'/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>'
)
BOOK = (
    b'<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/'
    b'main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>'
    b'<sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>'
)
BOOK_RELS = (
    b'<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
    b'relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument'
    b'/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'
)
SHEET = (
    b'<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/'
    b'main"><sheetData>%b</sheetData></worksheet>'
)
CELL = b'<row r="1"><c r="A1" t="inlineStr"><is><t>code</t></is></c></row>'


def parts(rows: bytes = CELL, **others: bytes) -> dict[str, bytes]:
    """The parts of a small workbook; `others` by a name with __ for /."""
    found = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": RELS,
        "xl/workbook.xml": BOOK,
        "xl/_rels/workbook.xml.rels": BOOK_RELS,
        "xl/worksheets/sheet1.xml": SHEET % rows,
    }
    return found | {name.replace("__", "/"): part for name, part in others.items()}


def archive(entries: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """The entries as a zip file."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method, compresslevel=9) as book:
        for name, part in entries.items():
            book.writestr(name, part)
    return file.getvalue()


def lying(content: bytes, name: str, declared: int) -> bytes:
    """The archive with another uncompressed size declared for one entry, in both its headers."""
    changed = bytearray(content)
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        local = book.getinfo(name).header_offset
    struct.pack_into("<I", changed, local + 22, declared)
    at = -1
    while (at := changed.find(b"PK\x01\x02", at + 1)) >= 0:
        length = struct.unpack_from("<H", changed, at + 28)[0]
        if bytes(changed[at + 46 : at + 46 + length]) == name.encode():
            struct.pack_into("<I", changed, at + 24, declared)
    return bytes(changed)


def encrypted(content: bytes) -> bytes:
    """The archive with every entry marked as encrypted."""
    changed = bytearray(content)
    for mark, flag in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = -1
        while (at := changed.find(mark, at + 1)) >= 0:
            changed[at + flag] |= 1
    return bytes(changed)


def zip_bomb() -> bytes:
    """A gigabyte of a sheet in a megabyte."""
    engine = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    # A full flush forgets what came before, so one packed megabyte can be said again and again.
    megabyte = engine.compress(b" " * 1_048_576) + engine.flush(zlib.Z_FULL_FLUSH)
    packed = megabyte * 1024 + engine.flush()
    return _with_raw("xl/worksheets/sheet1.xml", packed, 1024 * 1_048_576)


@cache
def lying_bomb() -> bytes:
    """Eighty megabytes that say they are a hundred bytes."""
    return lying(archive(parts(b" " * 80_000_000)), "xl/worksheets/sheet1.xml", 100)


def many_entries() -> bytes:
    """Ten thousand small parts."""
    return archive(parts() | {f"xl/media/{n}": b"" for n in range(10_000)}, zipfile.ZIP_STORED)


@cache
def parts_together() -> bytes:
    """Four hundred parts that together are more than any of them: each two megabytes of nothing."""
    return archive(parts() | {f"xl/media/{n}.bin": b"\0" * 2_000_000 for n in range(100)})


@cache
def million_rows() -> bytes:
    """A million rows in less than 64 KB."""
    return archive(parts(b"<row><c><v>1</v></c></row>" * 1_000_000))


def far_corner() -> bytes:
    """Two cells with seventeen thousand million between them."""
    return archive(
        parts(
            b'<row r="1"><c r="A1"><v>1</v></c></row>'
            b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
        )
    )


def laughs() -> bytes:
    """Entities that grow tenfold ten times."""
    entities = b"".join(
        b'<!ENTITY e%d "%b">' % (n, b"&e%d;" % (n - 1) * 10 if n else b"ha") for n in range(10)
    )
    sheet = b"<!DOCTYPE worksheet [%b]>" % entities + SHEET % (
        b'<row r="1"><c r="A1" t="inlineStr"><is><t>&e9;</t></is></c></row>'
    )
    return archive(parts(xl__worksheets__sheet1=b"") | {"xl/worksheets/sheet1.xml": sheet})


def outside_entity() -> bytes:
    """An entity that reads a file of the server."""
    shared = b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><sst><si><t>&x;</t></si></sst>'
    return archive(parts() | {"xl/sharedStrings.xml": shared})


def deep_nesting() -> bytes:
    """A hundred thousand elements within each other."""
    return archive(parts(b"<row>" + b"<c><is>" * 100_000))


def shared_text() -> bytes:
    """One long text that ten thousand cells name: 320 MB of it when each is looked up."""
    strings = b"<sst><si><t>%b</t></si></sst>" % (b"x" * 32_000)
    rows = b"".join(
        b'<row r="%d"><c r="A%d" t="s"><v>0</v></c></row>' % (n, n) for n in range(1, 10_000)
    )
    found = parts(rows) | {"xl/sharedStrings.xml": strings}
    more = (
        b'<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        b'relationships/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
    )
    found["xl/_rels/workbook.xml.rels"] = BOOK_RELS.replace(b"</Relationships>", more)
    return archive(found)


def macros() -> bytes:
    """A workbook with a program in it, under the name of one without."""
    return archive(parts() | {"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0"})


def macros_by_type() -> bytes:
    """The same with the program under another name."""
    types = TYPES.replace(
        b"application/xml", b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    )
    return archive(parts() | {"[Content_Types].xml": types})


def ole(*, locked: bool) -> bytes:
    """A file as Excel wrote it before 2007, or a workbook behind a password, which looks alike."""
    inside = "EncryptedPackage" if locked else "Workbook"
    return bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 504 + inside.encode("utf-16-le")


def _with_raw(name: str, packed: bytes, size: int) -> bytes:
    """A workbook whose part is these bytes, compressed already."""
    head = archive({key: part for key, part in parts().items() if key != name})
    with zipfile.ZipFile(io.BytesIO(head)) as book:
        directory = book.start_dir
    crc, raw = 0, name.encode()
    local = struct.pack(
        "<4s5H3I2H", b"PK\x03\x04", 20, 0, 8, 0, 33, crc, len(packed), size, len(raw), 0
    )
    central = struct.pack(
        "<4s6H3I5H2I",
        b"PK\x01\x02",
        20,
        20,
        0,
        8,
        0,
        33,
        crc,
        len(packed),
        size,
        len(raw),
        0,
        0,
        0,
        0,
        0,
        directory,
    )
    listing = head[directory : head.rindex(b"PK\x05\x06")] + central + raw
    body = head[:directory] + local + raw + packed
    end = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, 5, 5, len(listing), len(body), 0)
    return body + listing + end
