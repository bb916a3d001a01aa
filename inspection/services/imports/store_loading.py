"""Loading stores from a sheet at once: everything is checked, then all rows are written or none."""

import asyncio

import msgspec

from inspection.domain.access import Actor
from inspection.domain.imports.sheet import SheetText
from inspection.domain.imports.sheet_import import JudgedRow, Outcome
from inspection.persistence.engine import tx
from inspection.services.imports.import_kind import Judged
from inspection.services.imports.import_report import ImportReport, note_import
from inspection.services.imports.store_import import judge_stores
from inspection.services.org.store_writing import hold_places, write_stores
from inspection.services.overtaking import look_again
from inspection.services.tools import Tools
from inspection.spreadsheets.reading import read_sheet

EVERYWHERE = ""

_FEATURES = msgspec.json.Decoder(frozenset[str])


async def import_stores(
    tools: Tools, content: bytes, by: Actor | None, *, dry_run: bool, name: str = ""
) -> ImportReport:
    """Load a sheet, XLSX or CSV. The sheet overwrites stores whose codes exist,
    in the columns it has: an empty cell empties, an absent column keeps.
    """
    text = await asyncio.to_thread(read_sheet, content, name)
    return await look_again(lambda: _import(tools, text, by, dry_run=dry_run))


async def _import(
    tools: Tools, text: SheetText, by: Actor | None, *, dry_run: bool
) -> ImportReport:
    async with tx():
        await hold_places()
        judged = await judge_stores(tools, text, EVERYWHERE)
        if judged.faults:
            return ImportReport(faults=judged.faults)
        report = _report(judged, written=not dry_run)
        if not dry_run:
            writing = [row for row in judged.rows if row.outcome is not Outcome.UNCHANGED]
            await write_stores(tools, by, writing)
            await note_import(tools, by, "store", report)
    return report


def _report(judged: Judged, *, written: bool) -> ImportReport:
    outcomes = [row.outcome for row in judged.rows]
    return ImportReport(
        added=outcomes.count(Outcome.NEW),
        updated=outcomes.count(Outcome.CHANGED),
        unchanged=outcomes.count(Outcome.UNCHANGED),
        losing_features=sum(map(_loses_features, judged.rows)),
        written=written,
    )


def _loses_features(row: JudgedRow) -> bool:
    if row.before is None or row.after is None:
        return False
    had, has = (_FEATURES.decode(facts["features"]) for facts in (row.before, row.after))
    return bool(had - has)
