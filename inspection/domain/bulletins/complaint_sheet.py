"""A sheet of complaints as another system counted them: weeks by place and channel."""

import re
from collections.abc import Iterator
from datetime import date

import msgspec

from inspection.domain.cursor import YEARS
from inspection.domain.deadline import monday_of
from inspection.domain.imports.sheet import (
    Columns,
    SheetRow,
    SheetText,
    cell_faults,
    checked_rows,
    named_rows,
    repeated,
)
from inspection.domain.refusals import Fault

COLUMNS: Columns = {
    "week": ("week", "周"),
    "place": ("place", "区域或门店编码"),
    "channel": ("channel", "渠道"),
    "count": ("count", "件数"),
}
REQUIRED = tuple(COLUMNS)
LENGTHS = {"week": 20, "place": 40, "channel": 20, "count": 12}

# Spreadsheets like to say 12 as 12.0, and a day with the midnight it begins at.
_COUNT = re.compile(r"([0-9]{1,6})(?:\.0+)?", re.ASCII)
_DAY = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})(?:[T ]00:00(?::00)?)?", re.ASCII)


class ComplaintEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One row, checked. `week` is its Monday."""

    line: int
    week: date
    place: str
    channel: str
    n: int


class ComplaintSheet(msgspec.Struct, frozen=True):
    """What a file says: all its rows, entries for the good ones, faults for the others."""

    entries: tuple[ComplaintEntry, ...] = ()
    faults: tuple[Fault, ...] = ()
    rows: tuple[SheetRow, ...] = ()


def read_complaint_sheet(text: SheetText, today: date) -> ComplaintSheet:
    """Read and check a file row by row; a week that has not begun cannot have been counted."""
    table = named_rows(text, COLUMNS, REQUIRED)
    twice = repeated(table.rows, _key)

    def faults_of(row: SheetRow) -> Iterator[Fault]:
        yield from _row_faults(row, today)
        if before := twice.get(row.line):
            yield Fault(row.at("week"), "sheet.complaint_twice", line=before)

    entries, faults = checked_rows(table, faults_of, _entry)
    return ComplaintSheet(entries, faults, table.rows)


def code_of_count(week: date, place: str, channel: str) -> str:
    """What a count is called: its Monday, its place, its channel."""
    return f"{week.isoformat()} {place} {channel}"


def _row_faults(row: SheetRow, today: date) -> Iterator[Fault]:
    yield from cell_faults(row, REQUIRED, LENGTHS)
    monday = _monday(row)
    if row.cell("week") and monday is None:
        yield row.cell_fault("week", "sheet.week_unknown")
    if monday is not None and monday > today:
        yield row.cell_fault("week", "sheet.week_ahead")
    if row.cell("count") and not _COUNT.fullmatch(row.cell("count")):
        yield row.cell_fault("count", "sheet.count_unknown")


def _key(row: SheetRow) -> tuple[date, str, str] | None:
    monday = _monday(row)
    return (monday, row.cell("place"), row.cell("channel")) if monday else None


def _monday(row: SheetRow) -> date | None:
    found = _DAY.fullmatch(row.cell("week"))
    if found is None:
        return None
    year, month, day = (int(part) for part in found.groups())
    try:
        said = date(year, month, day)
    except ValueError:
        return None
    return monday_of(said) if year in YEARS else None


def _entry(row: SheetRow) -> ComplaintEntry:
    monday, count = _monday(row), _COUNT.fullmatch(row.cell("count"))
    return ComplaintEntry(
        line=row.line,
        week=monday or date.min,
        place=row.cell("place"),
        channel=row.cell("channel"),
        n=int(count[1]) if count else 0,
    )
