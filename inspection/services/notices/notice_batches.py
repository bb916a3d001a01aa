"""Many notices at once: asked for on the list, done by a job, looked at whenever somebody likes."""

from datetime import timedelta

import msgspec

from inspection.domain.access import Action, Actor
from inspection.domain.deadline import SHANGHAI
from inspection.domain.notices.notice_batch import (
    MOST,
    BatchEmpty,
    BatchKind,
    BatchMove,
    BatchState,
    RowState,
    move,
)
from inspection.domain.refusals import NotFound
from inspection.persistence import jobs
from inspection.persistence.engine import tx
from inspection.persistence.job_progress import JobProgress, progress_of
from inspection.persistence.notices import notice_batches, notices
from inspection.persistence.notices.notice_batches import BatchRow, MemberListed, MemberRow
from inspection.services.changes import record
from inspection.services.notices.notice_access import reached
from inspection.services.notices.notice_wording import demands_of, version_of
from inspection.services.printing import KeptFile
from inspection.services.reach import check_granted
from inspection.services.tools import Tools

BATCH = "notice.batch"
"""Kind of the job that works on a batch."""

KEPT = timedelta(days=7)
"""How long an archive can be fetched."""

NEEDS = {
    BatchKind.SIGN: Action.NOTICE_SIGN,
    BatchKind.URGE: Action.NOTICE_URGE,
    BatchKind.ESCALATE: Action.NOTICE_URGE,
    BatchKind.ARCHIVE: Action.NOTICE_READ,
}


class BatchShown(msgspec.Struct, frozen=True, kw_only=True):
    """A batch with its notices; `progress` is none once it is over."""

    row: BatchRow
    members: tuple[MemberListed, ...]
    progress: JobProgress | None

    @property
    def failed(self) -> tuple[MemberListed, ...]:
        """Those that could not be done, each with its reason."""
        return tuple(each for each in self.members if each.state is RowState.FAILED)

    @property
    def in_order(self) -> tuple[MemberListed, ...]:
        """All of them, those that somebody has to look at first."""
        return tuple(sorted(self.members, key=lambda each: each.state is not RowState.FAILED))

    @property
    def done(self) -> int:
        """How many were done."""
        return sum(each.state is RowState.DONE for each in self.members)


async def start_batch(tools: Tools, actor: Actor, kind: BatchKind, chosen: tuple[str, ...]) -> str:
    """Have notices signed as they are worded now, their stores or those above urged, or their PDFs
    put into one archive; the id of the batch. Raises BatchEmpty, NotFound for one out of reach.
    """
    check_granted(actor, NEEDS[kind])
    ids = tuple(dict.fromkeys(chosen))
    if not 1 <= len(ids) <= MOST:
        raise BatchEmpty(most=MOST)
    batch, members = tools.random_id(), list[MemberRow]()
    for position, notice in enumerate(ids):
        row = await reached(actor, NEEDS[kind], notice)
        seen = version_of(demands_of(row), await notices.lines_of(notice))
        members.append(MemberRow(batch=batch, notice=notice, position=position, seen=seen))
    at = tools.now()
    async with tx():
        made = BatchRow(
            id=batch, kind=kind, state=BatchState.RUNNING, asked_by=actor.account, asked_at=at
        )
        await notice_batches.add_batch(made, tuple(members))
        await jobs.enqueue(kind=BATCH, key=job_key(batch), payload={"batch": batch}, at=at)
        facts = {"kind": kind.value, "notices": len(ids)}
        await record(tools, actor, "notice_batch.start", ("notice_batch", batch), facts)
    return batch


async def batch_of(actor: Actor, batch: str) -> BatchShown:
    """One's own batch. Raises NotFound for anybody else's."""
    row = await _own(actor, batch)
    running = row.state is BatchState.RUNNING
    return BatchShown(
        row=row,
        members=await notice_batches.members_of(batch),
        progress=await progress_of(job_key(batch)) if running else None,
    )


async def cancel_batch(tools: Tools, actor: Actor, batch: str) -> None:
    """Stop after the notice that is being worked on. What is signed stays signed. Raises
    MoveRefused for one that is over.
    """
    await _own(actor, batch)
    async with tx():
        row = await notice_batches.lock_batch(batch)
        if row is None:
            raise NotFound(noun="batch")
        state = move(row.state, BatchMove.CANCEL)
        ended = msgspec.structs.replace(row, state=state, ended_at=tools.now())
        await notice_batches.end_batch(ended)
        await record(tools, actor, "notice_batch.cancel", ("notice_batch", batch), {})


async def batch_archive(tools: Tools, actor: Actor, batch: str) -> KeptFile:
    """The archive of one's own batch. Raises NotFound before it is made and after its time."""
    row = await _own(actor, batch)
    if row.archive_sha256 is None or row.expires_at is None or row.expires_at <= tools.now():
        raise NotFound(noun="batch")
    content = await tools.photos.get(row.archive_sha256)
    name = f"notices-{row.asked_at.astimezone(SHANGHAI):%Y%m%d}.zip"
    return KeptFile(content=content, sha256=row.archive_sha256, file_name=name)


def job_key(batch: str) -> str:
    """The key of the job that works on a batch."""
    return f"{BATCH}:{batch}"


async def _own(actor: Actor, batch: str) -> BatchRow:
    check_granted(actor, Action.NOTICE_READ)
    row = await notice_batches.find_batch(batch)
    if row is None or row.asked_by != actor.account:
        raise NotFound(noun="batch")
    return row
