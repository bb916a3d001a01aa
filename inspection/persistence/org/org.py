"""The org tree and its stores as rows: what imports and the demo write."""

from collections.abc import Sequence
from datetime import date, datetime

import msgspec

from inspection.persistence.locking import for_share_clause, for_update_clause
from inspection.persistence.statements import insertion, marks, run, run_many


class RegionEntry(msgspec.Struct, frozen=True, kw_only=True):
    """A node of the org tree; parents are added before their children."""

    id: str
    parent: str | None
    level: str
    code: str
    name_zh: str
    name_en: str
    path: str


class StoreRecord(msgspec.Struct, frozen=True, kw_only=True):
    """A store as it is kept, but for its contacts' verification."""

    id: str
    code: str
    name: str
    kind: str
    region: str
    region_path: str
    ownership: str
    features: str
    address: str
    latitude_e6: int | None
    longitude_e6: int | None
    contact_name: str
    contact_phone: str
    created_at: datetime


class RegionKey(msgspec.Struct, frozen=True):
    """What a store needs of its region."""

    id: str
    path: str
    state: str = "open"


async def add_regions(rows: Sequence[RegionEntry]) -> None:
    """Keep new nodes of the tree."""
    await run_many(_ADD_REGION, [msgspec.structs.astuple(row) for row in rows])


async def regions_by_code() -> dict[str, RegionKey]:
    """Every region by its code."""
    rows = await run("SELECT code, id, path, state FROM region")
    return {row["code"]: RegionKey(row["id"], row["path"], row["state"]) for row in rows}


async def hold_regions() -> None:
    """Let no region move or close until the transaction ends."""
    if clause := for_share_clause():
        await run(f"SELECT id FROM region ORDER BY id{clause}")


async def list_regions() -> dict[str, RegionEntry]:
    """Every region as it is kept, by its code."""
    rows = await run(f"SELECT {', '.join(RegionEntry.__struct_fields__)} FROM region")
    regions = msgspec.convert(rows, list[RegionEntry])
    return {region.code: region for region in regions}


async def rename_regions(rows: Sequence[RegionEntry]) -> None:
    """Give regions that exist the names of these; their places stay."""
    await run_many(
        "UPDATE region SET name_zh = ?, name_en = ? WHERE id = ?",
        [(row.name_zh, row.name_en, row.id) for row in rows],
    )


async def stores_by_code() -> dict[str, StoreRecord]:
    """Every store by its code."""
    rows = await run(f"SELECT {_STORE_FIELDS} FROM store")
    stores = msgspec.convert(rows, list[StoreRecord])
    return {store.code: store for store in stores}


async def stores_with_codes(codes: Sequence[str]) -> dict[str, StoreRecord]:
    """These stores by their codes: as many as a page of a list has."""
    if not codes:
        return {}
    rows = await run(
        f"SELECT {_STORE_FIELDS} FROM store WHERE code IN ({marks(len(codes))})", *codes
    )
    return {store.code: store for store in msgspec.convert(rows, list[StoreRecord])}


async def add_stores(rows: Sequence[StoreRecord]) -> None:
    """Keep new stores."""
    await run_many(_ADD_STORE, [msgspec.structs.astuple(row) for row in rows])


async def update_stores(rows: Sequence[StoreRecord]) -> None:
    """Overwrite what a sheet says of stores that exist; id and date of creation stay."""
    await run_many(
        _UPDATE_STORE,
        [tuple(getattr(row, name) for name in (*_CHANGING, "code")) for row in rows],
    )


async def hold_stores() -> None:
    """Let no store change until the transaction ends; whoever writes SQLite is alone anyhow."""
    if clause := for_update_clause():
        await run(f"SELECT id FROM store ORDER BY id{clause}")


async def remove_stores(ids: Sequence[str]) -> None:
    """Remove stores nothing refers to. Raises ReferenceBroken for one that something does."""
    await run_many("DELETE FROM store WHERE id = ?", [(id,) for id in ids])


async def note_verified(rows: Sequence[tuple[str, date]]) -> None:
    """Since when the contacts of stores (by id) are known to be right."""
    await run_many(
        "UPDATE store SET contact_verified_on = ? WHERE id = ?", [(on, store) for store, on in rows]
    )


_STORE_FIELDS = ", ".join(StoreRecord.__struct_fields__)
_CHANGING = tuple(
    name for name in StoreRecord.__struct_fields__ if name not in ("id", "code", "created_at")
)
_ADD_REGION = insertion("region", RegionEntry)
_ADD_STORE = (
    f"INSERT INTO store ({_STORE_FIELDS}, state)"
    f" VALUES ({marks(len(StoreRecord.__struct_fields__))}, 'open')"
)
_UPDATE_STORE = f"UPDATE store SET {', '.join(f'{name} = ?' for name in _CHANGING)} WHERE code = ?"
