"""Imports and their rows: what was sent, what each row would change, what came of it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec

from inspection.domain.imports.sheet_import import (
    Duplicates,
    Facts,
    ImportNoun,
    ImportState,
    JudgedRow,
    Outcome,
    RowFault,
)
from inspection.domain.listing import ListAsked
from inspection.persistence.listing import ListedRows, Listing, SortColumn, listed
from inspection.persistence.locking import for_update_clause
from inspection.persistence.people.places import Scope
from inspection.persistence.statements import insertion, marks, run, run_many


class ImportRow(msgspec.Struct, frozen=True, kw_only=True):
    """An import as it is kept. `faults` is JSON of what keeps the whole file from being read."""

    id: str
    noun: ImportNoun
    file_name: str
    sha256: str
    account: str
    region_path: str
    state: ImportState
    duplicates: Duplicates = Duplicates.OVERWRITE
    faults: str = "[]"
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    faulty: int = 0
    drifted: int = 0
    jobs: int = 0
    created_at: datetime
    written_at: datetime | None = None
    undone_at: datetime | None = None

    @property
    def rows(self) -> int:
        """How many rows the file has."""
        return self.added + self.changed + self.unchanged + self.faulty


class RowWriter(msgspec.Struct, frozen=True, kw_only=True):
    """The import that wrote a record as it is now."""

    id: str
    file_name: str
    region_path: str


class ImportListed(msgspec.Struct, frozen=True, kw_only=True):
    """An import in the list, with who sent it."""

    id: str
    noun: ImportNoun
    file_name: str
    state: ImportState
    added: int
    changed: int
    unchanged: int
    faulty: int
    created_at: datetime
    written_at: datetime | None
    undone_at: datetime | None
    who: str


_FIELDS = ", ".join(ImportRow.__struct_fields__)
_LISTING = Listing(
    select=(
        "SELECT i.id, i.noun, i.file_name, i.state, i.added, i.changed, i.unchanged, i.faulty,"
        " i.created_at, i.written_at, i.undone_at, a.name AS who"
        " FROM sheet_import i JOIN account a ON a.id = i.account"
    ),
    search=("i.file_name", "a.name"),
    columns={
        "at": SortColumn("created_at", "time"),
        "file": SortColumn("file_name"),
        "who": SortColumn("who"),
    },
    usual="-at",
)
_ROWS = Listing(
    select=(
        "SELECT CAST(id AS TEXT) AS id, line, code, name, outcome, cells, faults, record_before,"
        " record_after FROM sheet_import_row"
    ),
    search=("code", "name"),
    columns={"line": SortColumn("line", "number")},
    usual="line",
)
_ROW_FIELDS = (
    "sheet_import",
    "line",
    "code",
    "name",
    "outcome",
    "cells",
    "faults",
    "record_before",
    "record_after",
)
_JSON = msgspec.json.Encoder()
_CELLS = msgspec.json.Decoder(dict[str, str])
_FAULTS = msgspec.json.Decoder(tuple[RowFault, ...])
_FACTS: msgspec.json.Decoder[Facts | None] = msgspec.json.Decoder(dict[str, Any] | None)


async def add_import(row: ImportRow) -> None:
    """Keep what was sent."""
    await run(insertion("sheet_import", ImportRow), *msgspec.structs.astuple(row))


async def find_import(id: str) -> ImportRow | None:
    """The import with this id."""
    rows = await run(f"SELECT {_FIELDS} FROM sheet_import WHERE id = ?", id)
    return msgspec.convert(rows[0], ImportRow) if rows else None


async def lock_import(id: str) -> ImportRow | None:
    """The same, kept from changing until the transaction ends."""
    rows = await run(f"SELECT {_FIELDS} FROM sheet_import WHERE id = ?{for_update_clause()}", id)
    return msgspec.convert(rows[0], ImportRow) if rows else None


async def keep_import(row: ImportRow) -> None:
    """Write what became of it."""
    changing = [name for name in ImportRow.__struct_fields__ if name != "id"]
    await run(
        f"UPDATE sheet_import SET {', '.join(f'{name} = ?' for name in changing)} WHERE id = ?",
        *(getattr(row, name) for name in changing),
        row.id,
    )


async def list_imports(
    scope: Scope, asked: ListAsked
) -> tuple[tuple[ImportListed, ...], ListedRows]:
    """A page of the imports of that part of the tree, latest first."""
    page = await listed(_LISTING, asked, [scope.where("i.region_path")])
    return msgspec.convert(page.rows, tuple[ImportListed, ...]), page


async def replace_rows(id: str, rows: Sequence[JudgedRow]) -> None:
    """Keep what each row would do, in the place of what was said before."""
    await run("DELETE FROM sheet_import_row WHERE sheet_import = ?", id)
    await run_many(
        f"INSERT INTO sheet_import_row ({', '.join(_ROW_FIELDS)})"
        f" VALUES ({marks(len(_ROW_FIELDS))})",
        [(id, *_row_values(row)) for row in rows],
    )


async def rows_of(id: str, outcomes: Sequence[Outcome]) -> tuple[JudgedRow, ...]:
    """Every row of an import with one of these outcomes, in the order of the file."""
    rows = await run(
        "SELECT line, code, name, outcome, cells, faults, record_before, record_after"
        f" FROM sheet_import_row WHERE sheet_import = ? AND outcome IN ({marks(len(outcomes))})"
        " ORDER BY line",
        id,
        *outcomes,
    )
    return tuple(map(_judged, rows))


async def writers_of(noun: ImportNoun, codes: Sequence[str]) -> dict[str, RowWriter]:
    """The last import that wrote each of these records and was not taken back, where one did."""
    if not codes:
        return {}
    rows = await run(
        "SELECT r.code, i.id, i.file_name, i.region_path FROM sheet_import_row r"
        " JOIN sheet_import i ON i.id = r.sheet_import"
        f" WHERE r.code IN ({marks(len(codes))}) AND i.noun = ? AND i.state = ?"
        " AND (r.outcome = ? OR (r.outcome = ? AND i.duplicates = ?)) ORDER BY i.written_at, i.id",
        *codes,
        *(noun.value, ImportState.WRITTEN.value),
        *(Outcome.NEW.value, Outcome.CHANGED.value, Duplicates.OVERWRITE.value),
    )
    return {str(row["code"]): msgspec.convert(row, RowWriter) for row in rows}


async def list_rows(
    id: str, outcome: Outcome, asked: ListAsked
) -> tuple[tuple[JudgedRow, ...], ListedRows]:
    """A page of its rows with one outcome."""
    condition = " AND sheet_import = ? AND outcome = ?"
    page = await listed(_ROWS, asked, [(condition, (id, outcome.value))])
    return tuple(map(_judged, page.rows)), page


def _row_values(row: JudgedRow) -> tuple[object, ...]:
    return (
        row.line,
        row.code[:120],
        row.name[:120],
        row.outcome.value,
        _json(row.cells),
        _json(row.faults),
        _json(row.before),
        _json(row.after),
    )


def _json(value: object) -> str:
    return _JSON.encode(value).decode()


def _judged(row: Mapping[str, Any]) -> JudgedRow:
    return JudgedRow(
        line=row["line"],
        code=row["code"],
        name=row["name"],
        outcome=Outcome(row["outcome"]),
        cells=_CELLS.decode(row["cells"]),
        faults=_FAULTS.decode(row["faults"]),
        before=_FACTS.decode(row["record_before"]),
        after=_FACTS.decode(row["record_after"]),
    )
