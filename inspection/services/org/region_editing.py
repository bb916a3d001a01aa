"""Changing the org tree: a region is created, renamed, moved, closed and opened again."""

from collections.abc import Iterable, Mapping

import msgspec

from inspection.domain.access import Action, Actor, Place, may
from inspection.domain.deadline import day_of
from inspection.domain.org.region import (
    ABOVE,
    NewRegion,
    RegionNames,
    RegionState,
    closing_faults,
    code_faults,
    level_below,
    name_faults,
)
from inspection.domain.refusals import (
    Fault,
    NotFound,
    RegionChanged,
    RegionInUse,
    RegionRefused,
)
from inspection.domain.version import version_of
from inspection.persistence.engine import tx
from inspection.persistence.engines.integrity import UniqueBroken
from inspection.persistence.org import kept_regions
from inspection.persistence.org.kept_regions import KeptRegion
from inspection.services.changes import changes, record
from inspection.services.people.invitation_ends import NOTHING_ENDED, end_invitations_into
from inspection.services.reach import check_reach
from inspection.services.tools import Tools

BESIDE = frozenset({"id", "parent"})
"""What a row knows that says nothing to a reader of the log."""


async def create_region(tools: Tools, actor: Actor, new: NewRegion) -> str:
    """Add a region below another; its code. Raises RegionRefused naming every field that is wrong,
    NotFound for a parent out of reach.
    """
    _refuse([*code_faults(new.code, new.parent), *name_faults(new.names)])
    try:
        return await _create(tools, actor, new)
    except UniqueBroken:
        taken = Fault("/code", "region.code_taken", value=new.code)
        raise RegionRefused(faults=(taken,)) from None


async def rename_region(
    tools: Tools, actor: Actor, code: str, names: RegionNames, seen: str
) -> None:
    """Give a region other names. Raises RegionRefused, RegionChanged or NotFound."""
    _refuse(name_faults(names))
    async with tx():
        before = await _held(actor, code, seen)
        after = msgspec.structs.replace(before, name_zh=names.name_zh, name_en=names.name_en)
        await _keep(tools, actor, "region.rename", before, after)


async def move_region(tools: Tools, actor: Actor, code: str, parent: str, seen: str) -> None:
    """Hang a county under another branch, with its stores and people; invitations of those end.
    Rounds that are over, and those under way in it, keep it where it was. Raises RegionRefused,
    RegionChanged or NotFound.
    """
    async with tx():
        before = await _held(actor, code, seen, beside=parent)
        above = await _parent(actor, parent)
        if above is None or before.level != "county" or above.level != ABOVE["county"]:
            raise RegionRefused(faults=(Fault("/parent", "region.parent_wrong"),))
        path = f"{above.path}{code}/"
        if path == before.path:
            return
        _refuse(_closed_faults(above))
        now = tools.now()
        after = msgspec.structs.replace(before, parent=above.id, path=path)
        await kept_regions.hang(before, after, now, day_of(now))
        ended = await end_invitations_into(tools, before.id)
        await _record(tools, actor, "region.move", before, after, ended)


async def close_region(tools: Tools, actor: Actor, code: str, reason: str, seen: str) -> None:
    """Offer a region no more; the log keeps why. Raises RegionRefused without a reason,
    RegionInUse while anything below it is open.
    """
    reason = reason.strip()
    _refuse(closing_faults(reason))
    async with tx():
        before = await _held(actor, code, seen, unless=RegionState.CLOSED)
        if before.state == RegionState.CLOSED:
            return
        below = await kept_regions.open_below(before)
        if below.stores or below.regions:
            raise RegionInUse(stores=below.stores, regions=below.regions)
        after = msgspec.structs.replace(before, state=RegionState.CLOSED.value)
        await kept_regions.change_kept(after)
        said = changes(before, after, BESIDE) | {"close_reason": [None, reason]}
        body = {"code": code, "changes": said}
        await record(tools, actor, "region.close", ("region", after.id), body)


async def reopen_region(tools: Tools, actor: Actor, code: str, seen: str) -> None:
    """Offer a closed region again. Raises RegionRefused below a region that is closed."""
    async with tx():
        beside = await kept_regions.code_above(code)
        before = await _held(actor, code, seen, beside=beside, unless=RegionState.OPEN)
        above = await kept_regions.find_kept(beside)
        _refuse(_closed_faults(above) if above else ())
        after = msgspec.structs.replace(before, state=RegionState.OPEN.value)
        await _keep(tools, actor, "region.reopen", before, after)


async def _create(tools: Tools, actor: Actor, new: NewRegion) -> str:
    async with tx():
        above = (await kept_regions.lock_kept(new.parent)).get(new.parent)
        if above is None or not _reaches(actor, above):
            raise NotFound(noun="region")
        level = level_below(above.level)
        if level is None:
            raise RegionRefused(faults=(Fault("/parent", "region.parent_wrong"),))
        _refuse(_closed_faults(above))
        row = KeptRegion(
            id=tools.new_id(),
            parent=above.id,
            level=level,
            code=new.code,
            name_zh=new.names.name_zh,
            name_en=new.names.name_en,
            path=f"{above.path}{new.code}/",
        )
        await kept_regions.add_kept(row)
        await _record(tools, actor, "region.create", None, row)
    return new.code


async def _held(
    actor: Actor, code: str, seen: str, *, beside: str = "", unless: RegionState | None = None
) -> KeptRegion:
    """The region, locked and within reach, as the page showed it or already in the state wanted:
    then nothing is left to do and nothing is written. Raises NotFound or RegionChanged.
    """
    found = (await kept_regions.lock_kept(code, beside or code)).get(code)
    if found is None:
        raise NotFound(noun="region")
    check_reach(actor, Action.REGION_EDIT, Place(region_path=found.path), "region")
    if seen != version_of(found) and (unless is None or found.state != unless):
        raise RegionChanged
    return found


async def _parent(actor: Actor, code: str) -> KeptRegion | None:
    found = await kept_regions.find_kept(code)
    return found if found and _reaches(actor, found) else None


def _reaches(actor: Actor, region: KeptRegion) -> bool:
    return may(actor, Action.REGION_EDIT, Place(region_path=region.path))


async def _keep(
    tools: Tools, actor: Actor, action: str, before: KeptRegion, after: KeptRegion
) -> None:
    if after != before:
        await kept_regions.change_kept(after)
        await _record(tools, actor, action, before, after)


async def _record(
    tools: Tools,
    actor: Actor,
    action: str,
    before: KeptRegion | None,
    after: KeptRegion,
    ended: Mapping[str, int] = NOTHING_ENDED,
) -> None:
    body = {"code": after.code, "changes": changes(before, after, BESIDE), **ended}
    await record(tools, actor, action, ("region", after.id), body)


def _closed_faults(above: KeptRegion) -> tuple[Fault, ...]:
    closed = above.state == RegionState.CLOSED
    return (Fault("/parent", "region.parent_closed"),) if closed else ()


def _refuse(faults: Iterable[Fault]) -> None:
    if found := tuple(faults):
        raise RegionRefused(faults=found)
