"""The list of stores, and one store as its administrators edit it."""

from datetime import date
from typing import Literal

import msgspec

from inspection.domain.access import Action, Actor, Place, may
from inspection.domain.deadline import day_of
from inspection.domain.listing import ListAsked
from inspection.domain.org.store import VERIFIED_FOR, is_unverified
from inspection.domain.refusals import NotFound
from inspection.domain.version import version_of
from inspection.persistence.engine import read_tx
from inspection.persistence.org import kept_stores, store_lists
from inspection.persistence.org.kept_stores import KeptStore
from inspection.persistence.org.store_lists import ListedStore, StoresWanted
from inspection.persistence.people import places
from inspection.persistence.reviews.inspected_stores import inspected_among
from inspection.services.org.org_history import OrgEvent, history_of
from inspection.services.people.places import Map, StoreLabel, map_of
from inspection.services.reach import check_reach, scope_of
from inspection.services.tools import Tools


class StoresAsked(msgspec.Struct, frozen=True, kw_only=True):
    """Which stores, and which page of them. `contact` "unverified" leaves those whose contact
    nobody checked for ninety days.
    """

    list: ListAsked
    region_path: str = ""
    kind: str = ""
    ownership: str = ""
    state: str = ""
    contact: Literal["", "unverified"] = ""


class StoreLine(msgspec.Struct, frozen=True, kw_only=True):
    """A row of the list."""

    store: StoreLabel
    ownership: str
    state: str
    address: str
    contact_name: str
    contact_phone: str
    contact_verified_on: date | None
    unverified: bool
    closed_on: date | None


class StorePage(msgspec.Struct, frozen=True, kw_only=True):
    """A page of the list; `total` counts all that the filters leave."""

    rows: tuple[StoreLine, ...]
    total: int
    sort: str
    next_cursor: str | None
    can_edit: bool


class StoreDetail(msgspec.Struct, frozen=True, kw_only=True):
    """One store as it is kept. `inspected`: its kind stays; `waiting` counts visits to come."""

    kept: KeptStore
    label: StoreLabel
    features: tuple[str, ...]
    version: str
    unverified: bool
    inspected: bool
    waiting: int
    history: tuple[OrgEvent, ...]


async def store_page(tools: Tools, actor: Actor, asked: StoresAsked) -> StorePage:
    """One page of the stores in the caller's part of the tree. Raises NotFound for a region
    outside.
    """
    scope = scope_of(actor, Action.STORE_READ, asked.region_path)
    today = day_of(tools.now())
    async with read_tx():
        if asked.region_path and await places.find_region(asked.region_path) is None:
            raise NotFound(noun="region")
        wanted = StoresWanted(
            scope=scope,
            kind=asked.kind,
            ownership=asked.ownership,
            state=asked.state,
            unverified_since=today - VERIFIED_FOR if asked.contact else None,
        )
        rows, found = await store_lists.list_stores(wanted, asked.list)
        names = await map_of({row.region_path for row in rows})
    return StorePage(
        rows=tuple(_line(row, names, today) for row in rows),
        total=found.total,
        sort=found.sort,
        next_cursor=found.next_cursor,
        can_edit=may(actor, Action.STORE_EDIT, Place(region_path=actor.region_path)),
    )


async def store_detail(tools: Tools, actor: Actor, code: str) -> StoreDetail:
    """One store for whoever may change it. Raises NotFound out of reach."""
    async with read_tx():
        found = await kept_stores.find_kept(code)
        if found is None:
            raise NotFound(noun="store")
        check_reach(actor, Action.STORE_EDIT, Place(region_path=found.region_path), "store")
        names = await map_of([found.region_path])
        inspected = bool(await inspected_among([found.id]))
        waiting = await kept_stores.count_open_assignments(found.id)
        history = await history_of("store", found.id)
    return StoreDetail(
        kept=found,
        label=names.store(found.code, found.name, found.kind, found.region_path),
        features=msgspec.json.decode(found.features, type=tuple[str, ...]),
        version=version_of(found),
        unverified=is_unverified(found.contact_verified_on, day_of(tools.now())),
        inspected=inspected,
        waiting=waiting,
        history=history,
    )


def _line(row: ListedStore, names: Map, today: date) -> StoreLine:
    return StoreLine(
        store=names.store(row.code, row.name, row.kind, row.region_path),
        ownership=row.ownership,
        state=row.state,
        address=row.address,
        contact_name=row.contact_name,
        contact_phone=row.contact_phone,
        contact_verified_on=row.contact_verified_on,
        unverified=is_unverified(row.contact_verified_on, today),
        closed_on=row.closed_on,
    )
