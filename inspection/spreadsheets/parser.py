"""One file as rows of text, or why it is refused; whatever a parser does with hostile bytes."""

import json
from collections.abc import Iterator
from typing import BinaryIO

from inspection.spreadsheets.archive import Unreadable, is_archive, refuse_old
from inspection.spreadsheets.delimited import csv_lines
from inspection.spreadsheets.workbook import Lines, workbook_lines

MOST_CELLS_IN_ROW = 200
MOST_CHARACTERS = 12_000_000

NO_MORE = "sheet.no_more"
BROKEN = "sheet.broken"
TOO_COSTLY = "sheet.too_costly"

_WORKBOOKS = (".xlsx", ".xlsm", ".xltx", ".xls", ".ods")


def parse(content: bytes, name: str, most_rows: int, target: BinaryIO, place: int = 0) -> None:
    """Write a line of JSON per row, as it comes, and a last one with the `code`, `line` and `facts`
    of a refusal, or with nothing.
    """
    answer: dict[str, object] = {}
    try:
        for row in _capped(_lines(content, name, most_rows, place), most_rows):
            target.write(json.dumps(row).encode() + b"\n")
    except Unreadable as fault:
        answer = {"code": fault.code, "line": fault.line, "facts": fault.facts}
    except MemoryError:
        answer = {"code": TOO_COSTLY}
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException:  # noqa: BLE001  the panic of a parser is no Exception
        answer = {"code": BROKEN}
    target.write(json.dumps(answer).encode())


def _lines(content: bytes, name: str, most_rows: int, place: int) -> Lines:
    refuse_old(content)
    if is_archive(content):
        return workbook_lines(content, most_rows, place)
    if name.lower().endswith(_WORKBOOKS):
        raise Unreadable(code="sheet.not_a_workbook")
    if place:
        raise Unreadable(code=NO_MORE)
    return csv_lines(content)


def _capped(lines: Lines, most_rows: int) -> Iterator[tuple[int, list[str]]]:
    """The rows, as long as there are not too many and not too much in them."""
    size = 0
    for count, (number, cells) in enumerate(lines, start=1):
        size += sum(map(len, cells))
        if count > most_rows:
            raise Unreadable(code="sheet.too_many_rows", line=number, most=most_rows - 1)
        if len(cells) > MOST_CELLS_IN_ROW:
            raise Unreadable(code="sheet.cells_too_many", line=number, most=MOST_CELLS_IN_ROW)
        if size > MOST_CHARACTERS:
            raise Unreadable(code="sheet.too_much_text", line=number)
        yield number, cells
