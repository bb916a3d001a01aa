"""Regions as rows that are created, renamed, moved and closed."""

from datetime import date, datetime

import msgspec

from inspection.persistence.locking import for_update_alone_clause
from inspection.persistence.people.places import Scope
from inspection.persistence.rounds.round_places import keep_places_of_county
from inspection.persistence.statements import insertion, run


class KeptRegion(msgspec.Struct, frozen=True, kw_only=True):
    """A node of the org tree as it is kept."""

    id: str
    parent: str | None
    level: str
    code: str
    name_zh: str
    name_en: str
    path: str
    state: str = "open"


class Below(msgspec.Struct, frozen=True):
    """What hangs below a region and is open."""

    stores: int
    regions: int


class StoreCount(msgspec.Struct, frozen=True):
    """How many stores hang right below a path."""

    path: str
    opened: int
    closed: int


async def list_kept(scope: Scope) -> tuple[KeptRegion, ...]:
    """Every region of a part of the tree, in order of the codes on the way down."""
    where, values = scope.where("path")
    rows = await run(f"SELECT {_FIELDS} FROM region WHERE TRUE{where} ORDER BY path", *values)
    return msgspec.convert(rows, tuple[KeptRegion, ...])


async def find_kept(code: str) -> KeptRegion | None:
    """The region with this code."""
    rows = await run(f"SELECT {_FIELDS} FROM region WHERE code = ?", code)
    return msgspec.convert(rows[0], KeptRegion) if rows else None


async def lock_kept(*codes: str) -> dict[str, KeptRegion]:
    """The regions with these codes, kept from changing and from getting anything new below them
    until the transaction ends.
    """
    found = {}
    for code in sorted(set(codes)):
        rows = await run(
            f"SELECT {_FIELDS} FROM region WHERE code = ?{for_update_alone_clause()}", code
        )
        if rows:
            found[code] = msgspec.convert(rows[0], KeptRegion)
    return found


async def code_above(code: str) -> str:
    """The code of the region right above; empty for a province and for a code nobody knows."""
    rows = await run(
        "SELECT p.code FROM region g JOIN region p ON p.id = g.parent WHERE g.code = ?", code
    )
    return str(rows[0]["code"]) if rows else ""


async def open_below(region: KeptRegion) -> Below:
    """Stores at any depth and regions at any depth that are open."""
    path = f"{region.path}%"
    rows = await run(
        "SELECT (SELECT count(*) FROM store WHERE region_path LIKE ? AND state = 'open') AS stores,"
        " (SELECT count(*) FROM region WHERE path LIKE ? AND id <> ? AND state = 'open')"
        " AS regions",
        path,
        path,
        region.id,
    )
    return msgspec.convert(rows[0], Below)


async def count_stores(scope: Scope) -> tuple[StoreCount, ...]:
    """How many stores hang right below each path."""
    where, values = scope.where("region_path")
    rows = await run(
        "SELECT region_path AS path, count(CASE WHEN state = 'open' THEN 1 END) AS opened,"
        " count(CASE WHEN state <> 'open' THEN 1 END) AS closed FROM store"
        f" WHERE TRUE{where} GROUP BY region_path ORDER BY region_path",
        *values,
    )
    return msgspec.convert(rows, tuple[StoreCount, ...])


async def add_kept(row: KeptRegion) -> None:
    """Keep a new region. Raises UniqueBroken when its code is taken."""
    await run(insertion("region", KeptRegion), *msgspec.structs.astuple(row))


async def change_kept(row: KeptRegion) -> None:
    """Keep other names or another state."""
    await run(
        "UPDATE region SET name_zh = ?, name_en = ?, state = ? WHERE id = ?",
        row.name_zh,
        row.name_en,
        row.state,
        row.id,
    )


async def hang(before: KeptRegion, after: KeptRegion, at: datetime, today: date) -> None:
    """Hang a county under another branch: its stores and people follow, rounds that are over or
    under way go on counting it where it was.
    """
    await run(
        f"SELECT id FROM store WHERE region = ? ORDER BY id{for_update_alone_clause()}", before.id
    )
    await keep_places_of_county(before.id, today)
    await run(
        "INSERT INTO former_path (region, path, left_at) VALUES (?, ?, ?)"
        " ON CONFLICT (region, path) DO NOTHING",
        before.id,
        before.path,
        at,
    )
    await run(
        "UPDATE region SET parent = ?, path = ? WHERE id = ?", after.parent, after.path, after.id
    )
    for table in ("store", "account"):
        await run(f"UPDATE {table} SET region_path = ? WHERE region = ?", after.path, after.id)
    for whose in _PLANS_OF_IT:
        await run(f"UPDATE {whose}", after.path, before.path)


_PLANS_OF_IT = (
    "round_schedule SET region_path = ? WHERE region_path = ?",
    "export_run SET region_path = ? WHERE region_path = ?",
    # Rounds of the county alone follow it, unless they stay where they were.
    "round SET region_path = ? WHERE region_path = ? AND state <> 'locked'"
    " AND NOT EXISTS (SELECT 1 FROM round_place p WHERE p.round = round.id)",
)

_FIELDS = ", ".join(KeptRegion.__struct_fields__)
