"""Issuers by the part of the tree they issue for."""

from datetime import datetime

import msgspec

from inspection.persistence.locking import for_update_clause
from inspection.persistence.people.places import Scope
from inspection.persistence.statements import insertion, marks, run


class IssuerRow(msgspec.Struct, frozen=True, kw_only=True):
    """An issuer as it is stored."""

    id: str
    region_path: str
    name: str
    mark: str
    pattern: str
    one_person: bool
    seal_sha256: str | None
    revision: int
    changed_by: str
    changed_at: datetime


async def nearest_issuer(paths: tuple[str, ...]) -> IssuerRow | None:
    """The issuer of the deepest of these paths that has one."""
    rows = await run(
        f"{_ISSUER} WHERE region_path IN ({marks(len(paths))})"
        " ORDER BY length(region_path) DESC LIMIT 1",
        *paths,
    )
    return msgspec.convert(rows[0], IssuerRow) if rows else None


async def find_issuer(region_path: str) -> IssuerRow | None:
    """The issuer of a region's own."""
    rows = await run(f"{_ISSUER} WHERE region_path = ?", region_path)
    return msgspec.convert(rows[0], IssuerRow) if rows else None


async def lock_issuer(region_path: str) -> IssuerRow | None:
    """The same, kept from changing until the transaction ends."""
    rows = await run(f"{_ISSUER} WHERE region_path = ?" + for_update_clause(), region_path)
    return msgspec.convert(rows[0], IssuerRow) if rows else None


async def issuers_in(scope: Scope) -> tuple[IssuerRow, ...]:
    """The issuers of a part of the tree, from the top down."""
    where, values = scope.where("region_path")
    rows = await run(f"{_ISSUER} WHERE 1 = 1{where} ORDER BY region_path", *values)
    return msgspec.convert(rows, tuple[IssuerRow, ...])


async def keep_issuer(row: IssuerRow, *, new: bool) -> None:
    """Write an issuer. Letters that are another's break a unique constraint."""
    if new:
        await run(insertion("issuer", IssuerRow), *msgspec.structs.astuple(row))
        return
    await run(
        "UPDATE issuer SET name = ?, mark = ?, pattern = ?, one_person = ?, seal_sha256 = ?,"
        " revision = ?, changed_by = ?, changed_at = ? WHERE id = ?",
        row.name,
        row.mark,
        row.pattern,
        row.one_person,
        row.seal_sha256,
        row.revision,
        row.changed_by,
        row.changed_at,
        row.id,
    )


_ISSUER = f"SELECT {', '.join(IssuerRow.__struct_fields__)} FROM issuer"
