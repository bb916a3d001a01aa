"""Stores as rows that are created, edited, moved and closed."""

from datetime import date, datetime

import msgspec

from inspection.persistence.locking import for_update_alone_clause
from inspection.persistence.rounds.round_places import keep_places_of_stores
from inspection.persistence.statements import marks, run


class KeptStore(msgspec.Struct, frozen=True, kw_only=True):
    """A store as it is kept; `region` is the code of the node right above it, `features` JSON."""

    id: str
    code: str
    name: str
    kind: str
    region: str
    region_path: str
    ownership: str
    state: str
    features: str
    address: str
    latitude_e6: int | None
    longitude_e6: int | None
    contact_name: str
    contact_phone: str
    contact_verified_on: date | None
    closed_on: date | None
    close_reason: str


async def find_kept(code: str) -> KeptStore | None:
    """The store with this code."""
    rows = await run(f"{_SELECT} WHERE s.code = ?", code)
    return msgspec.convert(rows[0], KeptStore) if rows else None


async def lock_kept(code: str) -> KeptStore | None:
    """The same, kept from changing and from being visited until the transaction ends."""
    await run(f"SELECT id FROM store WHERE code = ?{for_update_alone_clause()}", code)
    return await find_kept(code)


async def add_kept(row: KeptStore, region: str, at: datetime) -> None:
    """Keep a new store below the region with this id. Raises UniqueBroken for a code taken."""
    await run(
        f"INSERT INTO store (id, code, region, created_at, {', '.join(_CHANGING)})"
        f" VALUES ({marks(len(_CHANGING) + 4)})",
        row.id,
        row.code,
        region,
        at,
        *(getattr(row, name) for name in _CHANGING),
    )


async def change_kept(row: KeptStore) -> None:
    """Keep what changed of a store, but for its region."""
    await run(
        f"UPDATE store SET {', '.join(f'{name} = ?' for name in _EDITED)} WHERE id = ?",
        *(getattr(row, name) for name in _EDITED),
        row.id,
    )


async def hang(store: str, region: str, path: str, today: date) -> None:
    """Put a store below another region (by id and path): rounds that are over, or that visited it,
    go on counting it where it was.
    """
    await keep_places_of_stores((store,), today)
    await run("UPDATE store SET region = ?, region_path = ? WHERE id = ?", region, path, store)


async def count_open_assignments(store: str) -> int:
    """How many visits are still to be made there."""
    rows = await run(
        "SELECT count(*) AS n FROM assignment WHERE store = ? AND state = 'open'", store
    )
    return int(rows[0]["n"])


async def cancel_open_assignments(store: str) -> int:
    """Send nobody there any more; how many visits that spares."""
    rows = await run(
        "UPDATE assignment SET state = 'cancelled' WHERE store = ? AND state = 'open' RETURNING id",
        store,
    )
    return len(rows)


_SELECT = (
    "SELECT s.id, s.code, s.name, s.kind, g.code AS region, s.region_path, s.ownership, s.state,"
    " s.features, s.address, s.latitude_e6, s.longitude_e6, s.contact_name, s.contact_phone,"
    " s.contact_verified_on, s.closed_on, s.close_reason"
    " FROM store s JOIN region g ON g.id = s.region"
)
_CHANGING = tuple(
    name for name in KeptStore.__struct_fields__ if name not in ("id", "code", "region")
)
_EDITED = tuple(name for name in _CHANGING if name != "region_path")
