"""Making the files exports are due for: each due time once, with the owner's rights as they are
then, and never in silence.
"""

import hashlib

import msgspec

from inspection.domain.access import Action, granted
from inspection.domain.audit.audit import canonical
from inspection.domain.messages.message import Message, MessageKind, people
from inspection.domain.refusals import Refusal
from inspection.domain.refusals.refusal import Why
from inspection.domain.refusals.scheduled_exports import ExportBroken, ExportOwnerGone
from inspection.domain.scheduled_export import KEPT, RunMove, RunState, move, next_due
from inspection.persistence import export_runs, scheduled_exports
from inspection.persistence.engine import tx
from inspection.persistence.export_runs import RunRow
from inspection.persistence.people import accounts
from inspection.persistence.scheduled_exports import ScheduledExportRow
from inspection.services.changes import record
from inspection.services.messages.messages import tell
from inspection.services.scheduled_export_files import made_file
from inspection.services.scheduled_export_runs import due_key, leave_run
from inspection.services.scheduled_exports import NOUN
from inspection.services.tools import Tools

TOLD = {
    RunState.MADE: (MessageKind.EXPORT_MADE, "scheduled_export.make"),
    RunState.EMPTY: (MessageKind.EXPORT_EMPTY, "scheduled_export.find_nothing"),
    RunState.FAILED: (MessageKind.EXPORT_FAILED, "scheduled_export.fail"),
}
"""What the owner is told, and what the log says."""


class Fault(msgspec.Struct, frozen=True):
    """Why a run failed: a code and the facts of its sentence."""

    code: str
    facts: dict[str, str | int]


async def start_due_exports(tools: Tools) -> int:
    """Have made what is due by now; how many. A due time is made once, however many workers ask;
    of those missed while none did, one is made.
    """
    started = 0
    for id in await scheduled_exports.due_scheduled_exports(tools.now()):
        async with tx():
            started += await _start(tools, id)
    return started


async def make_export(tools: Tools, run: str) -> None:
    """Make the file of a run that waits for it. Doing it again changes nothing."""
    found = await export_runs.find_run(run)
    schedule = await scheduled_exports.find_scheduled_export(found.schedule) if found else None
    if found is None or schedule is None or found.state is not RunState.ASKED:
        return
    try:
        ended = await _made(tools, schedule, found)
    except Refusal as refusal:
        if refusal.why is Why.BUSY:
            raise
        ended = _failed(found, refusal)
    await _end(tools, schedule, ended)


async def give_up(tools: Tools, run: str) -> None:
    """Nothing will make the file of this run any more; within the caller's transaction."""
    found = await export_runs.lock_run(run)
    schedule = await scheduled_exports.find_scheduled_export(found.schedule) if found else None
    if found is not None and schedule is not None and found.state is RunState.ASKED:
        await _note_end(tools, schedule, _failed(found, ExportBroken()))


async def forget_files(tools: Tools) -> None:
    """Delete the files whose time is over, and those of what was deleted: bytes first, then the row
    that names them, so that what was broken off is taken up by the next time.
    """
    for run, sha256 in (await export_runs.expired_files(tools.now())).items():
        await _delete(tools, sha256, run)
        await export_runs.forget_file(run)


async def _start(tools: Tools, id: str) -> bool:
    now = tools.now()
    row = await scheduled_exports.lock_scheduled_export(id)
    if row is None or row.paused or row.next_at > now:
        return False
    owner = await accounts.get_account(row.account)
    next_at = next_due(row.timing, now)
    if owner.disabled_at is not None or not granted(owner.role, Action.EXPORT_SCHEDULE):
        await scheduled_exports.note_timing(id, paused=True, next_at=next_at)
        await record(tools, None, "scheduled_export.stop", (NOUN, id), {"name": row.name})
        return False
    await scheduled_exports.note_timing(id, paused=False, next_at=next_at)
    return await leave_run(tools, id, row.next_at, due_key(row))


async def _made(tools: Tools, schedule: ScheduledExportRow, run: RunRow) -> RunRow:
    if (await accounts.get_account(schedule.account)).disabled_at is not None:
        raise ExportOwnerGone
    actor = await accounts.get_actor(schedule.account)
    made = await made_file(tools, actor, schedule)
    if not made.rows:
        state = move(run.state, RunMove.FIND_NOTHING)
        return msgspec.structs.replace(
            run, state=state, region_path=made.region_path, what=schedule.what
        )
    sha256 = hashlib.sha256(made.content).hexdigest()
    await tools.photos.put(sha256, made.content)
    return msgspec.structs.replace(
        run,
        state=move(run.state, RunMove.MAKE),
        region_path=made.region_path,
        what=schedule.what,
        row_count=made.rows,
        file_name=made.name,
        file_sha256=sha256,
        file_size=len(made.content),
        expires_at=tools.now() + KEPT,
    )


def _failed(run: RunRow, refusal: Refusal) -> RunRow:
    facts = {name: fact for name, fact in refusal.facts.items() if isinstance(fact, str | int)}
    fault = canonical({"code": refusal.code, "facts": facts})
    return msgspec.structs.replace(run, state=move(run.state, RunMove.FAIL), fault=fault)


async def _end(tools: Tools, schedule: ScheduledExportRow, ended: RunRow) -> None:
    async with tx():
        waits = await _waits(schedule.id, ended.id)
        if waits:
            await _note_end(tools, schedule, ended)
    if not waits and ended.file_sha256:
        await _delete(tools, ended.file_sha256)


async def _waits(schedule: str, run: str) -> bool:
    """Whether anybody still waits for this file: its owner may have deleted what it is of, another
    worker may have made it.
    """
    if await scheduled_exports.lock_scheduled_export(schedule) is None:
        return False
    now = await export_runs.lock_run(run)
    return now is not None and now.state is RunState.ASKED


async def _delete(tools: Tools, sha256: str, run: str = "") -> None:
    """Delete these bytes unless another run has a file of the same."""
    if not await export_runs.is_kept(sha256, beside=run):
        await tools.photos.delete(sha256)


async def _note_end(tools: Tools, schedule: ScheduledExportRow, ended: RunRow) -> None:
    await export_runs.end_run(msgspec.structs.replace(ended, ended_at=tools.now()))
    kind, action = TOLD[ended.state]
    await tell(
        tools,
        Message(
            kind=kind,
            key=ended.id,
            noun=NOUN,
            noun_id=schedule.id,
            facts={"name": schedule.name},
            to=(people(schedule.account),),
        ),
    )
    by = await accounts.get_actor(schedule.account)
    body = {"name": schedule.name, "rows": ended.row_count, "file": ended.file_name}
    await record(tools, by, action, (NOUN, schedule.id), body)
