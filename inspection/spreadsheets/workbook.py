"""One sheet of a workbook as the rows of text a person sees."""

import io
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from python_calamine import CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from inspection.spreadsheets.archive import Unreadable, check_archive

Lines = Iterator[tuple[int, list[str]]]
"""Row by its number, counted from 1 as the spreadsheet does."""


def workbook_lines(content: bytes, most_rows: int, place: int = 0) -> Lines:
    """The rows that say something, of the sheet at that place among those people see. Raises
    Unreadable for what must not or cannot be read.
    """
    check_archive(content, most_rows)
    return _lines(_sheet_at(place, CalamineWorkbook.from_filelike(io.BytesIO(content))))


def _sheet_at(place: int, book: CalamineWorkbook) -> CalamineSheet:
    seen_ones = [
        sheet.name
        for sheet in book.sheets_metadata
        if sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible == SheetVisibleEnum.Visible
    ]
    if place < len(seen_ones):
        return book.get_sheet_by_name(seen_ones[place])
    raise Unreadable(code="sheet.no_more" if place else "sheet.empty", line=1)


def _lines(sheet: CalamineSheet) -> Lines:
    # Rows come from the first of the sheet on, cells only from the first column in use.
    before = [""] * (sheet.start or (0, 0))[1]
    for number, cells in enumerate(sheet.iter_rows(), start=1):
        texts = [seen(cell) for cell in cells]
        if any(text.strip() for text in texts):
            yield number, before + texts


def seen(cell: object) -> str:
    """What a person sees in the cell: 620102, not 620102.0; the day of a midnight."""
    match cell:
        case bool():
            return str(cell).upper()
        case float() | int():
            return _number(cell)
        case datetime():
            at_midnight = cell.time() == time()
            return cell.date().isoformat() if at_midnight else cell.isoformat(" ", "minutes")
        case date():
            return cell.isoformat()
        case time():
            return cell.isoformat("minutes")
        case timedelta():
            return str(cell)
        case _:
            return str(cell)


def _number(value: float) -> str:
    # Fifteen digits are what a spreadsheet keeps and shows.
    shown = format(Decimal(f"{value:.15g}"), "f")
    return "0" if shown == "-0" else shown
