"""CSV as text in rows: in UTF-8 or GB18030, parted by commas, semicolons or tabs."""

import codecs
import csv
import io
import re

from inspection.spreadsheets.archive import Unreadable
from inspection.spreadsheets.workbook import Lines

LONGEST_LINE = 100_000
MOST_IN_CELL = 32_767
SEPARATORS = (",", ";", "\t")

_CHINESE = re.compile("[\u2e80-\u9fff\uff00-\uffef]")
_QUOTED = re.compile('"[^"]*"')


def csv_lines(content: bytes) -> Lines:
    """The rows that say something. Raises Unreadable, for a fault within a row as it comes up."""
    _check_bytes(content)
    text = _decoded(content)
    csv.field_size_limit(MOST_IN_CELL)
    return _lines(text)


def _lines(text: str) -> Lines:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=_separator(text))
    begun = 1
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                yield begun, row
            begun = reader.line_num + 1
    except csv.Error as error:
        raise Unreadable(code="sheet.malformed", line=reader.line_num, reason=str(error)) from None


def _check_bytes(content: bytes) -> None:
    nul = content.find(b"\0")
    if nul >= 0:
        raise Unreadable(code="sheet.not_text", line=content.count(b"\n", 0, nul) + 1)
    longest = max(content.split(b"\n"), key=len)
    if len(longest) > LONGEST_LINE:
        line = content.count(b"\n", 0, content.find(longest)) + 1
        raise Unreadable(code="sheet.line_too_long", line=line, most=LONGEST_LINE)


def _decoded(content: bytes) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        return _in_gb18030(content, fault)
    if not content.startswith(codecs.BOM_UTF8) and _may_be_gb18030(content, text):
        # A few Chinese words in GB18030 are good UTF-8 by accident, and would be read as nonsense.
        raise Unreadable(code="sheet.encoding_unsure")
    return text


def _in_gb18030(content: bytes, fault: UnicodeDecodeError) -> str:
    lenient = content.decode("utf-8", errors="replace")
    broken = lenient.count("\ufffd")
    if len(_CHINESE.findall(lenient)) > broken:
        # Mostly good UTF-8 with a broken character: read as GB18030 every word would be nonsense.
        raise Unreadable(
            code="sheet.encoding_broken", line=content.count(b"\n", 0, fault.start) + 1
        )
    try:
        return content.decode("gb18030")
    except UnicodeDecodeError as fault_there:
        line = content.count(b"\n", 0, fault_there.start) + 1
        raise Unreadable(code="sheet.encoding", line=line) from None


def _may_be_gb18030(content: bytes, text: str) -> bool:
    if text.isascii() or _CHINESE.search(text):
        return False
    try:
        return bool(_CHINESE.search(content.decode("gb18030")))
    except UnicodeDecodeError:
        return False


def _separator(text: str) -> str:
    """The one the first line has most of; a comma where it has none."""
    first = _QUOTED.sub("", text.lstrip("\r\n").partition("\n")[0])
    return max(SEPARATORS, key=first.count)
