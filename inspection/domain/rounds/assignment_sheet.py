"""A sheet of assignments: which inspector goes to which store, checked cell by cell."""

import msgspec

from inspection.domain.imports.sheet import (
    Columns,
    SheetRow,
    SheetText,
    cell_faults,
    named_rows,
    repeated,
)
from inspection.domain.people.account import sign_in_name
from inspection.domain.refusals import Fault

COLUMNS: Columns = {
    "store": ("store", "门店编码"),
    "inspector": ("inspector", "检查员工号"),
    "cover": ("cover", "到店理由"),
}
REQUIRED = ("store", "inspector")
LENGTHS = {"store": 40, "inspector": 120, "cover": 120}


class AssignmentLine(msgspec.Struct, frozen=True, kw_only=True):
    """One visit to be made: a store's code and an inspector's sign-in name."""

    line: int
    store: str
    inspector: str
    cover: str


class AssignmentSheet(msgspec.Struct, frozen=True):
    """What a file says: visits to be made, or faults."""

    lines: tuple[AssignmentLine, ...] = ()
    faults: tuple[Fault, ...] = ()


def read_assignment_sheet(text: SheetText) -> AssignmentSheet:
    """Read a file. The same inspector goes to a store once."""
    table = named_rows(text, COLUMNS, REQUIRED)
    lines = tuple(_line(row) for row in table.rows)
    twice = repeated(
        table.rows, lambda row: (row.cell("store"), sign_in_name(row.cell("inspector")))
    )
    faults = (
        *table.faults,
        *(fault for row in table.rows for fault in cell_faults(row, REQUIRED, LENGTHS)),
        *(Fault(f"/{line}", "sheet.pair_twice", line=before) for line, before in twice.items()),
    )
    return AssignmentSheet(faults=faults) if faults else AssignmentSheet(lines)


def _line(row: SheetRow) -> AssignmentLine:
    return AssignmentLine(
        line=row.line,
        store=row.cell("store"),
        inspector=sign_in_name(row.cell("inspector")),
        cover=row.cell("cover"),
    )
