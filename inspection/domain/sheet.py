"""A sheet as an operator keeps it: bytes of CSV in, rows of named cells or named faults out."""

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping

import msgspec

from inspection.domain.refusals import Fault

Columns = Mapping[str, tuple[str, ...]]
"""Column by its headings, English and Chinese."""

ENCODINGS = ("utf-8-sig", "gb18030")
LARGEST_SHEET = 8 * 1024 * 1024
MOST_ROWS = 20_000
LONGEST_SHOWN = 60
LONGEST_CELL = 240

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


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


def read_bytes(content: bytes, columns: Columns, required: tuple[str, ...]) -> SheetRows:
    """Read CSV with a heading row, in UTF-8 or GB18030. A pointer is `/line/column`; line 1 is the
    heading.
    """
    if len(content) > LARGEST_SHEET:
        return SheetRows(faults=(Fault("/", "sheet.too_large", limit=LARGEST_SHEET),))
    for encoding in ENCODINGS:
        try:
            return _read(content.decode(encoding), columns, required)
        except UnicodeDecodeError:
            continue
    return SheetRows(faults=(Fault("/", "sheet.encoding"),))


def _read(text: str, columns: Columns, required: tuple[str, ...]) -> SheetRows:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        lines = [(reader.line_num, row) for row in reader if any(cell.strip() for cell in row)]
    except csv.Error as error:
        fault = Fault(f"/{reader.line_num}", "sheet.malformed", reason=str(error))
        return SheetRows(faults=(fault,))
    if not lines:
        return SheetRows(faults=(Fault("/1", "sheet.empty"),))
    names, faults = _headings(lines[0][1], columns, required)
    if len(lines) - 1 > MOST_ROWS:
        faults.append(Fault(f"/{MOST_ROWS + 2}", "sheet.too_many_rows", most=MOST_ROWS))
    if faults:
        return SheetRows(faults=tuple(faults))
    return _body(names, lines[1:])


def cell_faults(
    row: SheetRow, required: tuple[str, ...], longest: Mapping[str, int]
) -> Iterator[Fault]:
    """What can be wrong with a cell whatever it means: empty, unprintable, too long."""
    for column in required:
        if not row.cell(column):
            yield Fault(row.at(column), "sheet.cell_empty")
    for column, value in row.cells.items():
        if _CONTROL.search(value):
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


def _headings(
    cells: list[str], columns: Columns, required: tuple[str, ...]
) -> tuple[list[str], list[Fault]]:
    known = {heading: column for column, names in columns.items() for heading in names}
    found = [known.get(cell.strip().lower().lstrip("\ufeff"), "") for cell in cells]
    faults = [
        Fault(f"/1/{cell.strip() or place}", "sheet.column_unknown", column=cell.strip())
        for place, (cell, column) in enumerate(zip(cells, found, strict=True), start=1)
        if not column
    ]
    faults += [
        Fault(f"/1/{column}", "sheet.column_twice", column=column)
        for column in sorted(set(found) - {""})
        if found.count(column) > 1
    ]
    faults += [
        Fault(f"/1/{column}", "sheet.column_missing", column=columns[column][1])
        for column in required
        if column not in found
    ]
    return found, faults


def _body(names: list[str], lines: list[tuple[int, list[str]]]) -> SheetRows:
    rows = tuple(
        SheetRow(line, dict(zip(names, (cell.strip() for cell in cells), strict=False)))
        for line, cells in lines
    )
    faults = tuple(
        Fault(f"/{line}", "sheet.cells_too_many", most=len(names))
        for line, cells in lines
        if len(cells) > len(names)
    )
    return SheetRows(rows, faults)
