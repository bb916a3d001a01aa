"""A workbook as an archive: what it holds is measured before anybody takes it apart. What comes
out while it is being unpacked counts, never what the archive says of itself.
"""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator

MOST_ENTRIES = 500
MOST_BYTES = 48 * 1024 * 1024
"""What all parts together may come to; a sheet of 20,000 stores is a third of it."""

MOST_RATIO = 250
RATIO_FROM = 2 * 1024 * 1024
"""Honest sheets shrink to a fiftieth at best; a small part may be as regular as it likes."""

_PIECE = 65_536
_LOCAL_HEADER = struct.Struct("<4s5H3I2H")
_STORED, _DEFLATED = 0, 8
_ENCRYPTED = 0x1
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_NEEDED = {"[content_types].xml", "xl/workbook.xml"}
_ROW = re.compile(rb"<(?:[\w.-]+:)?row[\s/>]")
_ENTITIES = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_WIDE = (b"\xff\xfe", b"\xfe\xff", b"\x00", b"<\x00")


class Unreadable(Exception):
    """The file is refused; the reason is a code of the catalogues, at a line where there is one."""

    def __init__(self, code: str, line: int = 0, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.line = line
        self.facts = facts


def is_archive(content: bytes) -> bool:
    """Whether the content looks like a workbook of today."""
    return content.startswith(b"PK")


def refuse_old(content: bytes) -> None:
    """Raise Unreadable for what Excel kept before 2007, and for workbooks behind a password."""
    if not content.startswith(_OLE):
        return
    locked = _ENCRYPTED_PACKAGE in content
    raise Unreadable(code="sheet.encrypted" if locked else "sheet.old_format")


def check_archive(content: bytes, most_rows: int) -> None:
    """Raise Unreadable unless the archive is a workbook that can be taken apart at little cost."""
    try:
        entries = zipfile.ZipFile(io.BytesIO(content)).infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        raise Unreadable(code="sheet.broken") from None
    if len(entries) > MOST_ENTRIES:
        raise Unreadable(code="sheet.bomb")
    _check_names({entry.filename.lower() for entry in entries})
    left = MOST_BYTES
    for entry in entries:
        left -= _check_entry(content, entry, left, most_rows)


def _check_names(names: set[str]) -> None:
    if not names >= _NEEDED:
        raise Unreadable(code="sheet.not_a_workbook")
    if any(name.endswith(("vbaproject.bin", ".bin.rels")) or "macro" in name for name in names):
        raise Unreadable(code="sheet.macros")


def _check_entry(content: bytes, entry: zipfile.ZipInfo, left: int, most_rows: int) -> int:
    if entry.flag_bits & _ENCRYPTED:
        raise Unreadable(code="sheet.encrypted")
    if entry.compress_type not in (_STORED, _DEFLATED):
        raise Unreadable(code="sheet.broken")
    packed = _packed(content, entry)
    look = _Look(entry.filename.lower(), most_rows)
    size = 0
    for piece in _unpacked(packed, entry.compress_type):
        size += len(piece)
        # More than the archive admits to is a lie nobody tells by accident.
        if size > left or size > max(RATIO_FROM, MOST_RATIO * len(packed)):
            raise Unreadable(code="sheet.bomb")
        look.at(piece)
    return size


def _packed(content: bytes, entry: zipfile.ZipInfo) -> bytes:
    try:
        head = _LOCAL_HEADER.unpack_from(content, entry.header_offset)
    except struct.error:
        raise Unreadable(code="sheet.broken") from None
    start = entry.header_offset + _LOCAL_HEADER.size + int(head[-2]) + int(head[-1])
    packed = content[start : start + entry.compress_size]
    if head[0] != b"PK\x03\x04" or len(packed) != entry.compress_size:
        raise Unreadable(code="sheet.broken")
    return packed


def _unpacked(packed: bytes, method: int) -> Iterator[bytes]:
    if method == _STORED:
        yield from (packed[at : at + _PIECE] for at in range(0, len(packed), _PIECE))
        return
    engine = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        rest = packed
        while rest and not engine.eof:
            yield engine.decompress(rest, _PIECE)
            rest = engine.unconsumed_tail
        yield engine.flush()
    except zlib.error:
        raise Unreadable(code="sheet.broken") from None


class _Look:
    """Looks at one part as it comes by: what is dangerous in it, and how many rows it has."""

    def __init__(self, name: str, most_rows: int) -> None:
        self._markup = name.endswith((".xml", ".rels", ".vml"))
        self._sheet = self._markup and "worksheets/" in name
        self._types = name == "[content_types].xml"
        self._most_rows = most_rows
        self._rows = 0
        self._tail = b""
        self._begun = False

    def at(self, piece: bytes) -> None:
        """The next piece. Raises Unreadable."""
        if not self._markup:
            return
        if not self._begun and piece.startswith(_WIDE):
            raise Unreadable(code="sheet.broken")
        self._begun = True
        seen = self._tail + piece
        # A mark cut in two is looked at with the next piece, and only then.
        cut = seen.rfind(b"<", -_LONGEST_MARK)
        seen, self._tail = (seen[:cut], seen[cut:]) if cut >= 0 else (seen, b"")
        self._look(seen)

    def _look(self, seen: bytes) -> None:
        if _ENTITIES.search(seen):
            raise Unreadable(code="sheet.entities")
        if self._types and b"macroEnabled" in seen:
            raise Unreadable(code="sheet.macros")
        if self._sheet:
            self._rows += sum(1 for _ in _ROW.finditer(seen))
            if self._rows > self._most_rows:
                most = self._most_rows - 1
                raise Unreadable(code="sheet.too_many_rows", line=most + 2, most=most)


_LONGEST_MARK = 64
