"""Stores from a sheet: what each row would change, writing it, and taking it back."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

import msgspec

from inspection.domain.imports.sheet import SheetRow, SheetText
from inspection.domain.imports.sheet_import import (
    Facts,
    JudgedRow,
    Outcome,
    RowFault,
    faults_by_line,
    outcome_of,
)
from inspection.domain.org.region import RegionState
from inspection.domain.org.store_sheet import COLUMNS, REQUIRED, StoreEntry, read_store_sheet
from inspection.domain.refusals import Fault
from inspection.persistence.org import org
from inspection.persistence.org.org import RegionKey, StoreRecord
from inspection.persistence.reviews.inspected_stores import inspected_among, used_among
from inspection.services.imports.import_kind import ImportKind, Judged, facts_of
from inspection.services.org.store_writing import hold_places, undo_stores, write_stores
from inspection.services.tools import Tools

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

MADE = frozenset({"id", "created_at"})
FOLLOWS = frozenset({"region_path"})

_JSON = msgspec.json.Encoder()
_FEATURES = msgspec.json.Decoder(frozenset[str])


class _Kept(msgspec.Struct, frozen=True):
    """What rows are held against; `now` is when new stores begin."""

    regions: Mapping[str, RegionKey]
    stores: Mapping[str, StoreRecord]
    scope: str
    now: datetime


async def judge_stores(tools: Tools, text: SheetText, scope: str) -> Judged:
    """What a sheet of stores would do below that path, row by row. An empty cell empties, an absent
    column keeps.
    """
    sheet = read_store_sheet(text)
    if not sheet.rows:
        return Judged(faults=sheet.faults)
    kept = _Kept(await org.regions_by_code(), await org.stores_by_code(), scope, tools.now())
    faults = (
        *sheet.faults,
        *(fault for entry in sheet.entries for fault in _place_faults(entry, kept)),
        *await _kind_faults(sheet.entries, kept),
    )
    wrong = faults_by_line(faults)
    entries = {entry.line: entry for entry in sheet.entries if entry.line not in wrong}
    return Judged(
        tuple(_judged(tools, row, entries.get(row.line), wrong, kept) for row in sheet.rows), faults
    )


async def kept_stores(codes: Sequence[str]) -> dict[str, Facts]:
    """The stores with these codes as they are now."""
    stores, wanted = await org.stores_by_code(), set(codes)
    return {code: facts_of(store) for code, store in stores.items() if code in wanted}


async def used_stores(records: Sequence[Facts]) -> frozenset[str]:
    """The codes of those that have an assignment, a visit, a notice or an account."""
    codes = {str(record["id"]): str(record["code"]) for record in records}
    return frozenset(codes[id] for id in await used_among(tuple(codes)))


def _judged(
    tools: Tools,
    row: SheetRow,
    entry: StoreEntry | None,
    wrong: Mapping[int, tuple[RowFault, ...]],
    kept: _Kept,
) -> JudgedRow:
    code, name = row.cell("code"), row.cell("name")
    if entry is None:
        return JudgedRow(
            line=row.line,
            code=code,
            name=name,
            outcome=Outcome.FAULTY,
            cells=row.cells,
            faults=wrong.get(row.line, ()),
        )
    known = kept.stores.get(entry.code)
    before, after = facts_of(known) if known else None, facts_of(_record(tools, entry, kept, known))
    return JudgedRow(
        line=row.line,
        code=code,
        name=name,
        outcome=outcome_of(before, after, MADE),
        cells=row.cells,
        before=before,
        after=after,
    )


def _place_faults(entry: StoreEntry, kept: _Kept) -> Iterator[Fault]:
    """Whoever has one part of the tree learns nothing of the others, not even what is there."""
    region, known = kept.regions.get(entry.region), kept.stores.get(entry.code)
    if region is None:
        yield Fault(f"/{entry.line}/region", "sheet.region_unknown", value=entry.region)
    elif region.state != RegionState.OPEN and (known is None or known.region != region.id):
        yield Fault(f"/{entry.line}/region", "sheet.region_closed", value=entry.region)
    elif not region.path.startswith(kept.scope):
        yield Fault(f"/{entry.line}/region", "sheet.region_foreign", value=entry.region)
    if known and not known.region_path.startswith(kept.scope):
        yield Fault(f"/{entry.line}/code", "sheet.code_taken", value=entry.code)


async def _kind_faults(entries: Sequence[StoreEntry], kept: _Kept) -> tuple[Fault, ...]:
    """Results are compared within a kind: a store with some keeps its own."""
    other = [
        (entry, known)
        for entry in entries
        if (known := kept.stores.get(entry.code)) and known.kind != entry.kind
    ]
    stay = await inspected_among([known.id for _, known in other])
    return tuple(
        Fault(f"/{entry.line}/kind", "store.kind_pinned")
        for entry, known in other
        if known.id in stay
    )


def _record(
    tools: Tools, entry: StoreEntry, kept: _Kept, before: StoreRecord | None
) -> StoreRecord:
    region = kept.regions[entry.region]
    facts = msgspec.structs.asdict(entry)
    facts.pop("line")
    given = facts.pop("given")
    facts |= {
        "id": before.id if before else tools.random_id(),
        "region": region.id,
        "region_path": region.path,
        "features": _JSON.encode(entry.features).decode(),
        "created_at": before.created_at if before else kept.now,
    }
    if before:
        if _FEATURES.decode(before.features) == frozenset(entry.features):
            # The same features in another order or spelling of JSON are no change.
            facts["features"] = before.features
        facts |= {
            field: getattr(before, field)
            for column, field in OPTIONAL_FIELDS.items()
            if column not in given
        }
    return StoreRecord(**facts)


STORES = ImportKind(
    columns=COLUMNS,
    required=REQUIRED,
    made=MADE,
    follows=FOLLOWS,
    judge=judge_stores,
    write=write_stores,
    hold=hold_places,
    kept=kept_stores,
    used=used_stores,
    undo=undo_stores,
)
