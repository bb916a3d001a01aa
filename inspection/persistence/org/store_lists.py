"""Stores as a list: found by words, filtered, sorted, page after page."""

from datetime import date

import msgspec

from inspection.domain.listing import ListAsked
from inspection.persistence.listing import ListedRows, Listing, SortColumn, listed
from inspection.persistence.people.places import Scope
from inspection.persistence.searching import Condition


class ListedStore(msgspec.Struct, frozen=True, kw_only=True):
    """A store in the list."""

    id: str
    code: str
    name: str
    kind: str
    region_path: str
    ownership: str
    state: str
    address: str
    contact_name: str
    contact_phone: str
    contact_verified_on: date | None
    closed_on: date | None


class StoresWanted(msgspec.Struct, frozen=True, kw_only=True):
    """Which stores; empty means any. `unverified_since` leaves those whose contact
    was last checked before that day, or never.
    """

    scope: Scope
    kind: str = ""
    ownership: str = ""
    state: str = ""
    unverified_since: date | None = None


STORES = Listing(
    select=f"SELECT {', '.join('s.' + name for name in ListedStore.__struct_fields__)},"
    " coalesce(CAST(s.contact_verified_on AS VARCHAR(10)), '') AS verified FROM store s",
    search=("s.code", "s.name", "s.address"),
    columns={
        "code": SortColumn("code"),
        "name": SortColumn("name"),
        "region": SortColumn("region_path"),
        "verified": SortColumn("verified"),
    },
    usual="code",
)


async def list_stores(
    wanted: StoresWanted, asked: ListAsked
) -> tuple[tuple[ListedStore, ...], ListedRows]:
    """One page, and what its pager needs."""
    found = await listed(STORES, asked, _conditions(wanted))
    return msgspec.convert(found.rows, tuple[ListedStore, ...]), found


def _conditions(wanted: StoresWanted) -> list[Condition]:
    exact = {name: getattr(wanted, name) for name in ("kind", "ownership", "state")}
    conditions: list[Condition] = [
        wanted.scope.where("s.region_path"),
        *((f" AND s.{name} = ?", (value,)) for name, value in exact.items() if value),
    ]
    if wanted.unverified_since:
        stale = " AND (s.contact_verified_on IS NULL OR s.contact_verified_on < ?)"
        conditions.append((stale, (wanted.unverified_since,)))
    return conditions
