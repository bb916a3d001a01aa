"""A sheet as an operator keeps it: rows of text in, rows of named cells or named faults out."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeVar

import msgspec

from inspection.domain.plain_text import CONTROL
from inspection.domain.refusals import Fault

Entry = TypeVar("Entry")

Columns = Mapping[str, tuple[str, ...]]
"""Column by its headings, English and Chinese."""

PROBLEM = ("problem", "问题")
"""Headings of the column our files of failed rows have; it is read over."""

LARGEST_SHEET = 8 * 1024 * 1024
MOST_ROWS = 20_000
LONGEST_SHOWN = 60
LONGEST_CELL = 240

_READ_OVER = "problem"


def both_languages(names: tuple[str, ...]) -> str:
    """The heading of a column for readers of either language."""
    english, chinese = names
    return f"{chinese} {english}"


class SheetRow(msgspec.Struct, frozen=True):
    """One row: its line in the file and its cells by column, without spaces around them."""

    line: int
    cells: dict[str, str]

    def at(self, column: str) -> str:
        """Pointer of a cell."""
        return f"/{self.line}/{column}"

    def cell(self, column: str) -> str:
        """What the cell says; empty where the sheet lacks the column."""
        return self.cells.get(column, "")

    def cell_fault(self, column: str, code: str) -> Fault:
        """A fault of one cell that shows its beginning."""
        return Fault(self.at(column), code, value=self.cell(column)[:LONGEST_SHOWN])


class SheetRows(msgspec.Struct, frozen=True):
    """The rows of a sheet that has the right headings, or why it cannot be read."""

    rows: tuple[SheetRow, ...] = ()
    faults: tuple[Fault, ...] = ()


class SheetLine(msgspec.Struct, frozen=True, array_like=True):
    """One row as the file has it: its number there, counted from 1, and the text of its cells."""

    number: int
    cells: tuple[str, ...]


class SheetText(msgspec.Struct, frozen=True):
    """The rows of a file that say something, or why it cannot be read."""

    lines: tuple[SheetLine, ...] = ()
    faults: tuple[Fault, ...] = ()


def named_rows(
    text: SheetText, columns: Columns, required: tuple[str, ...], *, may_be_bare: bool = False
) -> SheetRows:
    """Name the cells by the heading row. A pointer is `/line/column`. Headings alone are a template
    nobody filled in, but for a sheet that may be bare.
    """
    if text.faults:
        return SheetRows(faults=text.faults)
    if not text.lines:
        return SheetRows(faults=(Fault("/1", "sheet.empty"),))
    heading, *lines = text.lines
    names, faults = _headings(heading, columns, required)
    if not (faults or lines or may_be_bare):
        faults = [Fault(f"/{heading.number}", "sheet.no_rows")]
    return SheetRows(faults=tuple(faults)) if faults else _body(names, lines)


def cell_faults(
    row: SheetRow, required: tuple[str, ...], longest: Mapping[str, int]
) -> Iterator[Fault]:
    """What can be wrong with a cell whatever it means: empty, unprintable, too long."""
    for column in required:
        if not row.cell(column):
            yield Fault(row.at(column), "sheet.cell_empty")
    for column, value in row.cells.items():
        if CONTROL.search(value):
            yield row.cell_fault(column, "sheet.characters")
        elif len(value) > longest.get(column, LONGEST_CELL):
            yield row.cell_fault(column, "sheet.too_long")


def repeated(rows: Iterable[SheetRow], key: Callable[[SheetRow], object]) -> dict[int, int]:
    """The lines that say what a line before them said, each with the first that did; what says
    nothing repeats nothing.
    """
    first: dict[object, int] = {}
    twice: dict[int, int] = {}
    for row in rows:
        said = key(row)
        if said and (before := first.setdefault(said, row.line)) != row.line:
            twice[row.line] = before
    return twice


def checked_rows(
    table: SheetRows,
    faults_of: Callable[[SheetRow], Iterable[Fault]],
    entry_of: Callable[[SheetRow], Entry],
) -> tuple[tuple[Entry, ...], tuple[Fault, ...]]:
    """Entries for the good rows, and the faults: those of the whole sheet, then row by row."""
    entries: list[Entry] = []
    faults = list(table.faults)
    for row in table.rows:
        found = tuple(faults_of(row))
        faults += found
        if not found:
            entries.append(entry_of(row))
    return tuple(entries), tuple(faults)


def _headings(
    heading: SheetLine, columns: Columns, required: tuple[str, ...]
) -> tuple[list[str], list[Fault]]:
    cells, at = _headings_said(heading), f"/{heading.number}"
    known = _known({**columns, _READ_OVER: PROBLEM})
    found = [known.get(cell.lower().lstrip("\ufeff"), "") for cell in cells]
    faults = [
        Fault(f"{at}/{cell or place}", "sheet.column_unknown", column=cell)
        for place, (cell, column) in enumerate(zip(cells, found, strict=True), start=1)
        if not column
    ]
    faults += [
        Fault(f"{at}/{column}", "sheet.column_twice", column=column)
        for column in sorted(set(found) - {""})
        if found.count(column) > 1
    ]
    faults += [
        Fault(f"{at}/{column}", "sheet.column_missing", column=columns[column][1])
        for column in required
        if column not in found
    ]
    return found, faults


def _known(columns: Columns) -> dict[str, str]:
    """Column by every heading it may have: either language, or both as our templates have them."""
    return {
        heading: column
        for column, names in columns.items()
        for heading in (*names, both_languages(names).lower())
    }


def _headings_said(heading: SheetLine) -> list[str]:
    """Up to the last: spreadsheets like to leave empty columns at the end."""
    cells = [cell.strip() for cell in heading.cells]
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _body(names: list[str], lines: list[SheetLine]) -> SheetRows:
    rows = tuple(SheetRow(line.number, _named(names, line.cells)) for line in lines)
    faults = tuple(
        Fault(f"/{line.number}", "sheet.cells_too_many", most=len(names))
        for line in lines
        if any(line.cells[len(names) :])
    )
    return SheetRows(rows, faults)


def _named(names: list[str], cells: tuple[str, ...]) -> dict[str, str]:
    named = zip(names, cells, strict=False)
    return {name: cell.strip() for name, cell in named if name != _READ_OVER}
