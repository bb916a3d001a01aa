"""Loading stores from a sheet: everything is checked first, then all rows are written or none."""

import asyncio
from datetime import datetime

import msgspec

from inspection.domain.access import Actor
from inspection.domain.deadline import day_of
from inspection.domain.refusals import Fault
from inspection.domain.region import RegionState
from inspection.domain.region_path import code_of
from inspection.domain.store_sheet import Sheet, StoreEntry, read_store_sheet
from inspection.persistence import org
from inspection.persistence.engine import tx
from inspection.persistence.org import RegionKey, StoreRecord
from inspection.persistence.round_places import keep_places_of_stores
from inspection.services.changes import record
from inspection.services.import_report import ImportReport, note_import
from inspection.services.overtaking import look_again
from inspection.services.tools import Tools
from inspection.spreadsheets.reading import read_sheet

OPTIONAL_FIELDS = {
    "features": "features",
    "ownership": "ownership",
    "address": "address",
    "contact_name": "contact_name",
    "contact_phone": "contact_phone",
    "latitude": "latitude_e6",
    "longitude": "longitude_e6",
}
"""Field of a store by the column it may be missing from."""

_JSON = msgspec.json.Encoder()
_FEATURES = msgspec.json.Decoder(frozenset[str])


async def import_stores(
    tools: Tools, content: bytes, by: Actor | None, *, dry_run: bool, name: str = ""
) -> ImportReport:
    """Load a sheet, XLSX or CSV. The sheet overwrites stores whose codes exist,
    in the columns it has: an empty cell empties, an absent column keeps.
    """
    sheet = read_store_sheet(await asyncio.to_thread(read_sheet, content, name))
    if sheet.faults:
        return ImportReport(faults=sheet.faults)
    return await look_again(lambda: _import(tools, sheet, by, dry_run=dry_run))


async def _import(tools: Tools, sheet: Sheet, by: Actor | None, *, dry_run: bool) -> ImportReport:
    async with tx():
        await org.hold_regions()
        regions = await org.regions_by_code()
        known = await org.stores_by_code()
        if faults := _region_faults(sheet, regions, known):
            return ImportReport(faults=faults)
        now = tools.now()
        records = [_record(tools, entry, regions, known, now) for entry in sheet.entries]
        new = [record for record in records if record.code not in known]
        changed = [r for r in records if r.code in known and r != known[r.code]]
        report = ImportReport(
            added=len(new),
            updated=len(changed),
            unchanged=len(records) - len(new) - len(changed),
            losing_features=sum(_loses_features(known[r.code], r) for r in changed),
            written=not dry_run,
        )
        if not dry_run:
            await org.add_stores(new)
            moved = [record for record in changed if record.region != known[record.code].region]
            await keep_places_of_stores([record.id for record in moved], day_of(now))
            await org.update_stores(changed)
            for store in moved:
                await _note_move(tools, by, known[store.code], store)
            await note_import(tools, by, "store", report)
    return report


def _region_faults(
    sheet: Sheet, regions: dict[str, RegionKey], known: dict[str, StoreRecord]
) -> tuple[Fault, ...]:
    faults = []
    for entry in sheet.entries:
        region, before = regions.get(entry.region), known.get(entry.code)
        if region is None:
            code = "sheet.region_unknown"
        elif region.state != RegionState.OPEN and (before is None or before.region != region.id):
            code = "sheet.region_closed"
        else:
            continue
        faults.append(Fault(f"/{entry.line}/region", code, value=entry.region))
    return tuple(faults)


async def _note_move(
    tools: Tools, by: Actor | None, before: StoreRecord, after: StoreRecord
) -> None:
    codes = [code_of(record.region_path) for record in (before, after)]
    body = {"code": after.code, "changes": {"region": codes}}
    await record(tools, by, "store.move", ("store", after.id), body)


def _record(
    tools: Tools,
    entry: StoreEntry,
    regions: dict[str, RegionKey],
    known: dict[str, StoreRecord],
    now: datetime,
) -> StoreRecord:
    before = known.get(entry.code)
    region = regions[entry.region]
    facts = msgspec.structs.asdict(entry)
    facts.pop("line")
    given = facts.pop("given")
    facts |= {
        "id": before.id if before else tools.random_id(),
        "region": region.id,
        "region_path": region.path,
        "features": _JSON.encode(entry.features).decode(),
        "created_at": before.created_at if before else now,
    }
    record = StoreRecord(**facts)
    return _keeping(before, record, given) if before else record


def _keeping(before: StoreRecord, record: StoreRecord, given: frozenset[str]) -> StoreRecord:
    kept = {
        field: getattr(before, field)
        for column, field in OPTIONAL_FIELDS.items()
        if column not in given
    }
    return msgspec.structs.replace(record, **kept)


def _loses_features(before: StoreRecord, after: StoreRecord) -> bool:
    had, has = (_FEATURES.decode(record.features) for record in (before, after))
    return bool(had - has)
