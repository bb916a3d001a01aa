"""Who has read which issue, and those it is for who have not."""

from datetime import datetime

import msgspec

from inspection.domain.access import Role
from inspection.domain.listing import ListAsked
from inspection.persistence.listing import ListedRows, Listing, SortColumn, listed
from inspection.persistence.people.places import Scope
from inspection.persistence.searching import Condition
from inspection.persistence.statements import marks, run


class Reader(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody an issue is for: when they first read the page, and the PDF."""

    id: str
    name: str
    role: Role
    region_path: str
    page_at: datetime | None
    pdf_at: datetime | None


class ReadersWanted(msgspec.Struct, frozen=True, kw_only=True):
    """Whom to list: readers of an issue about a region, by these roles."""

    asked: ListAsked
    bulletin: str
    region_path: str
    roles: tuple[Role, ...]
    unread: bool = False


class ReadCount(msgspec.Struct, frozen=True, kw_only=True):
    """How many readers of a role at a place there are, and how many of them have read."""

    role: Role
    region_path: str
    readers: int
    read: int


async def has_read(bulletin: str, account: str, edition: str) -> bool:
    """Whether it is known already."""
    rows = await run(
        "SELECT id FROM bulletin_reading WHERE bulletin = ? AND account = ? AND edition = ?",
        *(bulletin, account, edition),
    )
    return bool(rows)


async def note_reading(bulletin: str, account: str, edition: str, at: datetime) -> bool:
    """Keep it; False when it was known."""
    rows = await run(
        "INSERT INTO bulletin_reading (bulletin, account, edition, read_at) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (bulletin, account, edition) DO NOTHING RETURNING id",
        *(bulletin, account, edition, at),
    )
    return bool(rows)


async def read_by(account: str, bulletins: tuple[str, ...]) -> frozenset[str]:
    """Those of these issues somebody has read."""
    if not bulletins:
        return frozenset()
    rows = await run(
        "SELECT DISTINCT bulletin FROM bulletin_reading WHERE account = ?"
        f" AND bulletin IN ({marks(len(bulletins))})",
        *(account, *bulletins),
    )
    return frozenset(str(row["bulletin"]) for row in rows)


async def readers_of(region_path: str, roles: tuple[Role, ...]) -> tuple[str, ...]:
    """Everybody of these roles who looks after the region or a part of it."""
    sql, values = _within(region_path, roles)
    rows = await run(f"SELECT a.id FROM account a WHERE 1 = 1{sql} ORDER BY a.id", *values)
    return tuple(str(row["id"]) for row in rows)


async def list_readers(wanted: ReadersWanted) -> ListedRows:
    """One page of them, who has not read last."""
    conditions: list[Condition] = [
        (" AND b.id = ?", (wanted.bulletin,)),
        _within(wanted.region_path, wanted.roles),
    ]
    if wanted.unread:
        conditions.append((f" AND NOT {_READ}", ()))
    return await listed(_READERS, wanted.asked, conditions)


async def count_readers(
    bulletin: str, region_path: str, roles: tuple[Role, ...]
) -> tuple[ReadCount, ...]:
    """How many have read, by role and place."""
    sql, values = _within(region_path, roles)
    rows = await run(
        "SELECT a.role, a.region_path, count(*) AS readers,"
        f" count(CASE WHEN {_READ} THEN 1 END) AS read FROM account a, bulletin b"
        f" WHERE b.id = ?{sql} GROUP BY a.role, a.region_path ORDER BY a.region_path, a.role",
        bulletin,
        *values,
    )
    return msgspec.convert(rows, tuple[ReadCount, ...])


def _within(region_path: str, roles: tuple[Role, ...]) -> Condition:
    sql, values = Scope(region_path).where("a.region_path")
    by_role = f" AND a.disabled_at IS NULL AND a.role IN ({marks(len(roles))})"
    return by_role + sql, (*(role.value for role in roles), *values)


def _first(edition: str) -> str:
    return (
        "(SELECT d.read_at FROM bulletin_reading d WHERE d.bulletin = b.id AND d.account = a.id"
        f" AND d.edition = '{edition}')"
    )


_READ = "EXISTS (SELECT 1 FROM bulletin_reading d WHERE d.bulletin = b.id AND d.account = a.id)"

_READERS = Listing(
    select=(
        f"SELECT a.id, a.name, a.role, a.region_path, {_first('web')} AS page_at,"
        f" {_first('pdf')} AS pdf_at, CASE WHEN {_READ} THEN 1 ELSE 0 END AS has_read"
        " FROM account a CROSS JOIN bulletin b"
    ),
    search=("a.name",),
    columns={
        "read": SortColumn("has_read", "number"),
        "name": SortColumn("name"),
        "region": SortColumn("region_path"),
        "role": SortColumn("role"),
    },
    usual="region",
)
