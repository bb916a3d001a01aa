"""Exports that make themselves, as their owners look after them: nobody sees another's."""

from datetime import datetime

import msgspec

from inspection.domain.access import Action, Actor, Place
from inspection.domain.org.store import KINDS
from inspection.domain.refusals import NotFound, NotSignedIn
from inspection.domain.refusals.scheduled_exports import (
    ScheduledExportsTooMany,
    ScheduledExportUnfit,
)
from inspection.domain.scheduled_export import (
    ACTIONS,
    MOST,
    ExportOf,
    FileFormat,
    Timing,
    next_due,
)
from inspection.persistence import export_runs, scheduled_exports
from inspection.persistence.engine import read_tx, tx
from inspection.persistence.export_runs import RunRow
from inspection.persistence.people import accounts
from inspection.persistence.scheduled_exports import NewScheduledExport, ScheduledExportRow
from inspection.services.changes import changes, record
from inspection.services.exports import note_export
from inspection.services.printing import KeptFile
from inspection.services.reach import check_granted, check_reach
from inspection.services.scheduled_export_runs import due_key, leave_run
from inspection.services.tools import Tools

NOUN = "scheduled_export"
FILE = "export_file"

SHOWN = 5
"""The latest times shown of each."""

BESIDE = frozenset({"id", "account", "region", "created_at"})


class ScheduledExportGiven(msgspec.Struct, frozen=True, kw_only=True):
    """What is said of one. Without a region's code it holds the owner's part of the tree,
    whatever that is then.
    """

    name: str
    what: ExportOf
    format: FileFormat
    timing: Timing
    store_kind: str = ""
    region: str = ""


class ScheduledExportShown(msgspec.Struct, frozen=True, kw_only=True):
    """One with its latest times."""

    row: ScheduledExportRow
    runs: tuple[RunRow, ...]


async def scheduled_export_list(tools: Tools, actor: Actor) -> tuple[ScheduledExportShown, ...]:
    """The caller's own, oldest first; files whose time is over are shown as gone."""
    check_granted(actor, Action.EXPORT_SCHEDULE)
    async with read_tx():
        found = await scheduled_exports.scheduled_exports_of(actor.account)
        last = await export_runs.last_runs(actor.account, SHOWN)
    runs = [_fetchable(run, tools.now()) for run in last]
    return tuple(
        ScheduledExportShown(row=row, runs=tuple(run for run in runs if run.schedule == row.id))
        for row in found
    )


async def add_scheduled_export(tools: Tools, actor: Actor, given: ScheduledExportGiven) -> None:
    """Keep a new one for the caller. Raises ScheduledExportUnfit, NotFound for a region out of
    reach, and ScheduledExportsTooMany.
    """
    check_granted(actor, Action.EXPORT_SCHEDULE)
    _check_fit(given)
    now = tools.now()
    new = NewScheduledExport(
        id=tools.random_id(),
        account=actor.account,
        name=given.name.strip(),
        what=given.what,
        format=given.format,
        store_kind=given.store_kind,
        region=await _region(actor, given),
        beat=given.timing.beat,
        day=given.timing.day,
        hour=given.timing.hour,
        paused=False,
        next_at=next_due(given.timing, now),
        created_at=now,
    )
    async with tx():
        if (await accounts.lock_account(actor.account)).disabled_at is not None:
            raise NotSignedIn
        if len(await scheduled_exports.scheduled_exports_of(actor.account)) >= MOST:
            raise ScheduledExportsTooMany(most=MOST)
        await scheduled_exports.add_scheduled_export(new)
        body = {"changes": changes(None, new, BESIDE), "region": given.region}
        await record(tools, actor, "scheduled_export.add", (NOUN, new.id), body)


async def edit_scheduled_export(
    tools: Tools, actor: Actor, id: str, given: ScheduledExportGiven
) -> None:
    """Change one; the same again changes nothing. A time that had come is not lost: its file is
    made, of what is asked for now. Raises what adding one does, and NotFound.
    """
    check_granted(actor, Action.EXPORT_SCHEDULE)
    _check_fit(given)
    region = await _region(actor, given)
    now = tools.now()
    async with tx():
        before = await _own(actor, id, lock=True)
        after = _edited(before, given, region)
        if after.timing != before.timing:
            # Left to the worker, this time would be counted from the new day and hour.
            if not before.paused and before.next_at <= now:
                await leave_run(tools, id, before.next_at, due_key(before))
            after = msgspec.structs.replace(after, next_at=next_due(after.timing, now))
        changed = changes(before, after, BESIDE - {"region"})
        if not changed:
            return
        await export_runs.note_contents(id, before.what)
        await scheduled_exports.keep_edited(after)
        body = {"name": after.name, "changes": changed}
        await record(tools, actor, "scheduled_export.edit", (NOUN, id), body)


async def own_scheduled_export(actor: Actor, id: str) -> ScheduledExportRow:
    """One of the caller's own. Raises NotAllowed or NotFound."""
    return await _own(actor, id)


async def pause_scheduled_export(tools: Tools, actor: Actor, id: str, *, paused: bool) -> None:
    """Let it rest, or go on: what would have been made meanwhile is not made up for. The same
    again changes nothing.
    """
    async with tx():
        before = await _own(actor, id, lock=True)
        if before.paused == paused:
            return
        next_at = next_due(before.timing, tools.now())
        after = msgspec.structs.replace(before, paused=paused, next_at=next_at)
        await scheduled_exports.note_timing(id, paused=paused, next_at=next_at)
        body = {"name": before.name, "changes": changes(before, after, BESIDE)}
        action = "scheduled_export.pause" if paused else "scheduled_export.resume"
        await record(tools, actor, action, (NOUN, id), body)


async def ask_for_file(tools: Tools, actor: Actor, id: str) -> None:
    """Have a file made now, unless one is being made already."""
    async with tx():
        row = await _own(actor, id, lock=True)
        if await export_runs.is_asked(id):
            return
        now = tools.now()
        await leave_run(tools, id, now, f"{id} by hand {tools.random_id()}")
        await record(tools, actor, "scheduled_export.ask", (NOUN, id), {"name": row.name})


async def delete_scheduled_export(tools: Tools, actor: Actor, id: str) -> None:
    """It is made no more, and its files can be fetched no more."""
    async with tx():
        row = await _own(actor, id, lock=True)
        await scheduled_exports.delete_scheduled_export(id, tools.now())
        await record(tools, actor, "scheduled_export.delete", (NOUN, id), {"name": row.name})


async def scheduled_file(tools: Tools, actor: Actor, id: str, run: str) -> KeptFile:
    """A file of one's own, for whom what is in it is still theirs to read; written down before it
    leaves. Raises NotAllowed, and NotFound also before it is made and after its time.
    """
    row = await _own(actor, id)
    found = await export_runs.find_run(run)
    if found is None or found.schedule != id:
        raise NotFound(noun=FILE)
    needed = ACTIONS[found.what or row.what]
    check_granted(actor, needed)
    check_reach(actor, needed, Place(region_path=found.region_path), FILE)
    found = _fetchable(found, tools.now())
    if found.file_sha256 is None:
        raise NotFound(noun=FILE)
    content = await tools.photos.get(found.file_sha256)
    await note_export(tools, actor, (NOUN, id), f"/scheduled-exports/{id}/files/{run}")
    return KeptFile(content=content, sha256=found.file_sha256, file_name=found.file_name)


def _fetchable(run: RunRow, now: datetime) -> RunRow:
    over = run.expires_at is not None and run.expires_at <= now
    return msgspec.structs.replace(run, file_sha256=None) if over else run


async def _own(actor: Actor, id: str, *, lock: bool = False) -> ScheduledExportRow:
    check_granted(actor, Action.EXPORT_SCHEDULE)
    find = (
        scheduled_exports.lock_scheduled_export if lock else scheduled_exports.find_scheduled_export
    )
    row = await find(id)
    if row is None or row.account != actor.account:
        raise NotFound(noun=NOUN)
    return row


def _edited(
    before: ScheduledExportRow, given: ScheduledExportGiven, region: str | None
) -> ScheduledExportRow:
    return msgspec.structs.replace(
        before,
        name=given.name.strip(),
        what=given.what,
        format=given.format,
        store_kind=given.store_kind,
        region=region,
        beat=given.timing.beat,
        day=given.timing.day,
        hour=given.timing.hour,
    )


def _check_fit(given: ScheduledExportGiven) -> None:
    if not given.name.strip() or not given.timing.fits:
        raise ScheduledExportUnfit
    if given.store_kind and given.store_kind not in KINDS:
        raise ScheduledExportUnfit


async def _region(actor: Actor, given: ScheduledExportGiven) -> str | None:
    if not given.region:
        return None
    found = await accounts.find_region(given.region)
    if found is None:
        raise NotFound(noun="region")
    check_reach(actor, ACTIONS[given.what], Place(region_path=found.path), "region")
    return found.id
