"""Reading a spreadsheet somebody sent: XLSX or CSV in, rows of text or a named fault out."""

import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import msgspec

from inspection.domain.imports.sheet import LARGEST_SHEET, MOST_ROWS, SheetLine, SheetText
from inspection.domain.refusals import Fault
from inspection.domain.table_text import original_cell
from inspection.spreadsheets.parser import BROKEN, NO_MORE, TOO_COSTLY

SCRIPT = Path(__file__).with_name("parser_process.py")
WALL_SECONDS = 30.0
"""Many times the processor time a file may take: the machine may be busy."""

MOST_SHEETS = 8

_FELL_OVER = {signal.SIGSEGV, signal.SIGABRT, signal.SIGBUS, signal.SIGFPE, signal.SIGILL}


class ReaderFailed(Exception):
    """The reader itself did not work; the file is not to blame."""


class _Verdict(msgspec.Struct, frozen=True):
    code: str = ""
    line: int = 0
    facts: dict[str, Any] = {}


_ROWS = msgspec.json.Decoder(SheetLine)


def read_book(content: bytes, name: str) -> tuple[SheetText, ...]:
    """Every sheet of a workbook that people see, up to eight; the one of a CSV file. A file that
    cannot be read is one sheet with the fault. Blocks. Raises ReaderFailed.
    """
    found: list[SheetText] = []
    for place in range(MOST_SHEETS):
        text = read_sheet(content, name, place=place)
        if [fault.code for fault in text.faults] == [NO_MORE]:
            break
        found.append(text)
        if text.faults:
            break
    return tuple(found)


def read_sheet(
    content: bytes, name: str, most_rows: int = MOST_ROWS, *, place: int = 0
) -> SheetText:
    """The rows of a CSV file (UTF-8 or GB18030; commas, semicolons or tabs) or of a sheet of a
    workbook, the first or the one at `place`, each with its number in the file; what an export put
    before a cell to keep it from running is taken away again. Hostile and broken files are a
    fault. Blocks. Raises ReaderFailed.
    """
    if len(content) > LARGEST_SHEET:
        return _refused("sheet.too_large", limit=LARGEST_SHEET)
    try:
        ran = subprocess.run(  # noqa: S603  our own interpreter and script
            [sys.executable, "-I", str(SCRIPT), Path(name).suffix, str(most_rows + 1), str(place)],
            input=content,
            capture_output=True,
            timeout=WALL_SECONDS,
            env={},
            check=False,
        )
    except subprocess.TimeoutExpired:
        return _refused(TOO_COSTLY)
    if ran.returncode < 0:
        return _refused(_killed(signal.Signals(-ran.returncode)))
    if ran.returncode > 0:
        raise ReaderFailed(ran.stderr.decode(errors="replace")[-1000:])
    return parsed(ran.stdout)


def parsed(output: bytes) -> SheetText:
    """What the parser wrote, as rows or a fault."""
    rows, _, last = output.rpartition(b"\n")
    verdict = msgspec.json.decode(last, type=_Verdict)
    if verdict.code:
        return _refused(verdict.code, verdict.line, **verdict.facts)
    return SheetText(tuple(map(_original, _ROWS.decode_lines(rows))))


def _killed(by: signal.Signals) -> str:
    # A parser that asks for more memory than there is ends its process itself.
    if by is signal.SIGXCPU or by is signal.SIGKILL:
        return TOO_COSTLY
    if by in _FELL_OVER:
        return BROKEN
    msg = f"the reader was killed by {by.name}"
    raise ReaderFailed(msg)


def _refused(code: str, line: int = 0, **facts: object) -> SheetText:
    return SheetText(faults=(Fault(f"/{line}" if line else "/", code, **facts),))


def _original(line: SheetLine) -> SheetLine:
    return SheetLine(line.number, tuple(map(original_cell, line.cells)))
