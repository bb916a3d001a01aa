"""Changing stores: one is created, edited, moved to another county, closed and opened again.
Screens send the version they showed as `seen`; None takes whatever is there. Every change is in
the log with old and new.
"""

from collections.abc import Iterable
from datetime import date

import msgspec

from inspection.domain.access import Action, Actor, Place, may
from inspection.domain.deadline import day_of
from inspection.domain.org.region import RegionState
from inspection.domain.org.store import (
    StoreFields,
    StoreState,
    closing_faults,
    code_faults,
    store_faults,
)
from inspection.domain.refusals import Fault, NotFound, StoreChanged, StoreRefused
from inspection.domain.version import version_of
from inspection.persistence.engine import tx
from inspection.persistence.engines.integrity import UniqueBroken
from inspection.persistence.org import kept_regions, kept_stores
from inspection.persistence.org.kept_regions import KeptRegion
from inspection.persistence.org.kept_stores import KeptStore
from inspection.persistence.reviews.inspected_stores import inspected_among
from inspection.services.changes import changes, record
from inspection.services.reach import check_reach
from inspection.services.tools import Tools

BESIDE = frozenset({"id", "region_path"})
"""What a row knows that says nothing to a reader of the log."""

_JSON = msgspec.json.Encoder()
_FEATURES = msgspec.json.Decoder(frozenset[str])


class Closing(msgspec.Struct, frozen=True, kw_only=True):
    """Since when a store is closed, and why."""

    on: date
    reason: str


async def create_store(
    tools: Tools, actor: Actor, code: str, region: str, fields: StoreFields
) -> str:
    """Add an open store below a region (by code); its code. Raises StoreRefused naming every field
    that is wrong, NotFound for a region out of reach.
    """
    _refuse([*code_faults(code), *store_faults(fields, day_of(tools.now()))])
    try:
        return await _create(tools, actor, code, region, fields)
    except UniqueBroken:
        taken = Fault("/code", "store.code_taken", value=code)
        raise StoreRefused(faults=(taken,)) from None


async def edit_store(
    tools: Tools, actor: Actor, code: str, fields: StoreFields, seen: str | None = None
) -> None:
    """Keep what people now say of a store. Raises StoreRefused, StoreChanged or NotFound."""
    _refuse(store_faults(fields, day_of(tools.now())))
    async with tx():
        before = await _held(actor, code, seen)
        if fields.kind != before.kind and await inspected_among([before.id]):
            raise StoreRefused(faults=(Fault("/kind", "store.kind_pinned"),))
        await _keep(tools, actor, "store.edit", before, _with(before, fields))


async def move_store(
    tools: Tools, actor: Actor, code: str, region: str, seen: str | None = None
) -> None:
    """Put a store below another region. Results of rounds that are over, and of those it was
    visited in, stay where they are. Raises StoreRefused, StoreChanged or NotFound.
    """
    async with tx():
        above = await _region(actor, region)
        before = await _held(actor, code, seen)
        if above.code == before.region:
            return
        _refuse(_place_faults(above))
        after = msgspec.structs.replace(before, region=above.code, region_path=above.path)
        await kept_stores.hang(before.id, above.id, above.path, day_of(tools.now()))
        await _record(tools, actor, "store.move", before, after)


async def close_store(
    tools: Tools, actor: Actor, code: str, closing: Closing, seen: str | None = None
) -> None:
    """Send nobody to a store any more: visits still to be made there are cancelled. Raises
    StoreRefused without a reason, StoreChanged or NotFound.
    """
    reason = closing.reason.strip()
    _refuse(closing_faults(reason, closing.on, day_of(tools.now())))
    async with tx():
        before = await _held(actor, code, seen, unless=StoreState.CLOSED)
        if before.state == StoreState.CLOSED:
            return
        after = msgspec.structs.replace(
            before, state=StoreState.CLOSED.value, closed_on=closing.on, close_reason=reason
        )
        await kept_stores.change_kept(after)
        cancelled = await kept_stores.cancel_open_assignments(before.id)
        await _record(tools, actor, "store.close", before, after, cancelled=cancelled)


async def reopen_store(tools: Tools, actor: Actor, code: str, seen: str | None = None) -> None:
    """Let a closed store be planned again. Raises StoreRefused below a closed region,
    StoreChanged or NotFound.
    """
    async with tx():
        found = await kept_stores.find_kept(code)
        above = (await kept_regions.lock_kept(found.region))[found.region] if found else None
        before = await _held(actor, code, seen, unless=StoreState.OPEN)
        _refuse(_place_faults(above) if above else ())
        after = msgspec.structs.replace(
            before, state=StoreState.OPEN.value, closed_on=None, close_reason=""
        )
        await _keep(tools, actor, "store.reopen", before, after)


async def _create(tools: Tools, actor: Actor, code: str, region: str, fields: StoreFields) -> str:
    async with tx():
        above = await _region(actor, region)
        _refuse(_place_faults(above))
        row = _with(_blank(tools.random_id(), code, above), fields)
        await kept_stores.add_kept(row, above.id, tools.now())
        await _record(tools, actor, "store.create", None, row)
    return code


async def _held(
    actor: Actor, code: str, seen: str | None, *, unless: StoreState | None = None
) -> KeptStore:
    """The store, locked and within reach, as the page showed it or already in the state wanted.
    Raises NotFound or StoreChanged.
    """
    found = await kept_stores.lock_kept(code)
    if found is None:
        raise NotFound(noun="store")
    check_reach(actor, Action.STORE_EDIT, Place(region_path=found.region_path), "store")
    if seen not in {None, version_of(found)} and (unless is None or found.state != unless):
        raise StoreChanged
    return found


async def _region(actor: Actor, code: str) -> KeptRegion:
    found = (await kept_regions.lock_kept(code)).get(code)
    if found is None or not may(actor, Action.STORE_EDIT, Place(region_path=found.path)):
        raise NotFound(noun="region")
    return found


def _place_faults(above: KeptRegion) -> Iterable[Fault]:
    if above.level == "province":
        yield Fault("/region", "store.region_too_high")
    if above.state == RegionState.CLOSED:
        yield Fault("/region", "store.region_closed")


def _blank(row_id: str, code: str, above: KeptRegion) -> KeptStore:
    return KeptStore(
        id=row_id,
        code=code,
        name="",
        kind="",
        region=above.code,
        region_path=above.path,
        ownership="",
        state=StoreState.OPEN.value,
        features="[]",
        address="",
        latitude_e6=None,
        longitude_e6=None,
        contact_name="",
        contact_phone="",
        contact_verified_on=None,
        closed_on=None,
        close_reason="",
    )


def _with(before: KeptStore, fields: StoreFields) -> KeptStore:
    same = _FEATURES.decode(before.features) == frozenset(fields.features)
    features = before.features if same else _JSON.encode(fields.features).decode()
    facts = msgspec.structs.asdict(fields) | {"features": features}
    return msgspec.structs.replace(before, **facts)


async def _keep(
    tools: Tools, actor: Actor, action: str, before: KeptStore, after: KeptStore
) -> None:
    if after != before:
        await kept_stores.change_kept(after)
        await _record(tools, actor, action, before, after)


async def _record(
    tools: Tools,
    actor: Actor,
    action: str,
    before: KeptStore | None,
    after: KeptStore,
    **more: object,
) -> None:
    body = {"code": after.code, "changes": changes(before, after, BESIDE), **more}
    await record(tools, actor, action, ("store", after.id), body)


def _refuse(faults: Iterable[Fault]) -> None:
    if found := tuple(faults):
        raise StoreRefused(faults=found)
