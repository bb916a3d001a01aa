"""Writing tables as files a spreadsheet opens. No text of theirs ever runs there: in a workbook it
is typed as text, in CSV an apostrophe stands before what looks like a formula.
"""

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import IO

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from inspection.domain.deadline import SHANGHAI
from inspection.domain.table import Cell, Row, Table
from inspection.domain.table_text import safe_cell
from inspection.spreadsheets.delimited import MOST_IN_CELL

BOM = b"\xef\xbb\xbf"
"""Without it Excel reads UTF-8 as the encoding of the country."""

_NARROW, _WIDE = 8, 40
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\", " "))


def write_csv(table: Table) -> bytes:
    """The table as UTF-8 with a byte order mark."""
    return BOM + b"".join(csv_pieces((table.headings,))) + b"".join(csv_pieces(table.rows))


def csv_pieces(rows: Iterable[Row]) -> Iterator[bytes]:
    """The rows as lines of CSV, one at a time."""
    for row in rows:
        line = io.StringIO(newline="")
        csv.writer(line).writerow([_in_csv(cell) for cell in row])
        yield line.getvalue().encode("utf-8")


def write_xlsx(*tables: Table) -> bytes:
    """The tables as the sheets of one workbook."""
    file = io.BytesIO()
    book = BookWriter(file)
    for table in tables:
        book.begin(table)
        book.add(table.rows)
    book.close()
    return file.getvalue()


class BookWriter:
    """A workbook being written to a file, sheet by sheet and row by row, in little memory."""

    def __init__(self, file: IO[bytes]) -> None:
        options = {"constant_memory": True, "default_date_format": "yyyy-mm-dd"}
        self._book = xlsxwriter.Workbook(file, options)
        self._heading = self._book.add_format({"bold": True, "bg_color": "#EEF1F8", "border": 1})
        self._moment = self._book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        # A cell somebody fills in later stays the text they typed: 00123 keeps its zeros.
        self._text = self._book.add_format({"num_format": "@"})
        self._sheet: Worksheet | None = None
        self._row = 0

    def begin(self, table: Table) -> None:
        """A new sheet with its headings."""
        name = table.name.translate(_FORBIDDEN).strip("' ")[:31] or "Sheet"
        self._sheet = self._book.add_worksheet(name)
        self._sheet.freeze_panes(1, 0)
        for column, heading in enumerate(table.headings):
            width = min(max(2 * len(heading) + 2, _NARROW), _WIDE)
            self._sheet.set_column(column, column, width, self._text)
            self._sheet.write_string(0, column, heading, self._heading)
        self._row = 1

    def add(self, rows: Iterable[Row]) -> None:
        """More rows of the sheet begun last."""
        assert self._sheet is not None  # noqa: S101 - begin() comes first
        for row in rows:
            for column, cell in enumerate(row):
                _put(self._sheet, self._row, column, cell, self._moment)
            self._row += 1

    def close(self) -> None:
        """Finish the file."""
        self._book.close()


class TextWriter:
    """The same as CSV: one table, UTF-8 with a byte order mark."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    def begin(self, table: Table) -> None:
        """The headings."""
        self._file.write(BOM)
        self.add((table.headings,))

    def add(self, rows: Iterable[Row]) -> None:
        """More rows."""
        self._file.writelines(csv_pieces(rows))

    def close(self) -> None:
        """Nothing is left to be written."""


def _put(sheet: Worksheet, row: int, column: int, cell: Cell, moment: Format) -> None:
    match cell:
        case None | "":
            return
        case str():
            sheet.write_string(row, column, cell[:MOST_IN_CELL])
        case int() | Decimal():
            sheet.write_number(row, column, cell)
        case datetime():
            local = cell.astimezone(SHANGHAI).replace(tzinfo=None)
            sheet.write_datetime(row, column, local, moment)
        case date():
            sheet.write_datetime(row, column, cell)


def _in_csv(cell: Cell) -> str:
    """Only what people typed can be a formula; a number below zero is none."""
    return safe_cell(cell) if isinstance(cell, str) else _text(cell)


def _text(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case datetime():
            return cell.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M")
        case Decimal():
            return format(cell, "f")
        case _:
            return str(cell)
