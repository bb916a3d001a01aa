"""Writing stores from a sheet, and taking them back."""

from collections.abc import Mapping, Sequence

import msgspec

from inspection.domain.access import Actor
from inspection.domain.deadline import day_of
from inspection.domain.imports.sheet_import import Facts, JudgedRow, Outcome
from inspection.domain.org.region import RegionState
from inspection.domain.org.region_path import code_of, lies_in
from inspection.domain.refusals import ImportUsed
from inspection.persistence.org import org
from inspection.persistence.org.org import RegionKey, StoreRecord
from inspection.persistence.rounds.round_places import keep_places_of_stores
from inspection.services.changes import record
from inspection.services.tools import Tools

MOST_NAMED = 5


async def hold_places() -> None:
    """Let no region and no store change until the caller's transaction ends."""
    await org.hold_regions()
    await org.hold_stores()


async def write_stores(tools: Tools, by: Actor | None, rows: Sequence[JudgedRow]) -> None:
    """Keep the new stores, overwrite the changed ones; what was found in one that moves stays where
    it was found.
    """
    now = tools.now()
    new = [_stored(row.after) for row in rows if row.outcome is Outcome.NEW]
    await org.add_stores([msgspec.structs.replace(store, created_at=now) for store in new])
    changed = [row for row in rows if row.outcome is Outcome.CHANGED]
    await _update(tools, by, [(_stored(row.before), _stored(row.after)) for row in changed])


async def undo_stores(tools: Tools, by: Actor, rows: Sequence[JudgedRow]) -> None:
    """Remove the new stores, give the changed ones back what they had, each below its region where
    that is now. Raises ImportUsed when a region a store would go back to closed since, or moved out
    of the caller's part of the tree.
    """
    changed = [row for row in rows if row.outcome is Outcome.CHANGED]
    regions = {region.id: region for region in (await org.regions_by_code()).values()}
    pairs = [_back(row, regions) for row in changed]
    if homeless := [back.code for now, back in pairs if _is_homeless(now, back, regions, by)]:
        raise ImportUsed(count=len(homeless), codes=", ".join(homeless[:MOST_NAMED]))
    await org.remove_stores([_stored(row.after).id for row in rows if row.outcome is Outcome.NEW])
    await _update(tools, by, pairs)


def _back(row: JudgedRow, regions: Mapping[str, RegionKey]) -> tuple[StoreRecord, StoreRecord]:
    """A store as it is and as it was, both below their regions where those are now."""
    now, then = (
        msgspec.structs.replace(record, region_path=regions[record.region].path)
        for record in (_stored(row.after), _stored(row.before))
    )
    return now, then


def _is_homeless(
    now: StoreRecord, back: StoreRecord, regions: Mapping[str, RegionKey], by: Actor
) -> bool:
    if now.region == back.region:
        return False
    closed = regions[back.region].state != RegionState.OPEN
    return closed or not lies_in(back.region_path, by.region_path)


async def _update(
    tools: Tools, by: Actor | None, stores: Sequence[tuple[StoreRecord, StoreRecord]]
) -> None:
    moved = [(before, after) for before, after in stores if before.region != after.region]
    await keep_places_of_stores([after.id for _, after in moved], day_of(tools.now()))
    await org.update_stores([after for _, after in stores])
    for before, after in moved:
        codes = [code_of(record.region_path) for record in (before, after)]
        body = {"code": after.code, "changes": {"region": codes}}
        await record(tools, by, "store.move", ("store", after.id), body)


def _stored(facts: Facts | None) -> StoreRecord:
    return msgspec.convert(facts, StoreRecord)
