"""The work on a batch: each notice in a transaction of its own, so that one that cannot be done
holds up no other, and a worker that dies is followed by one that goes on.
"""

import asyncio
import hashlib
import tempfile
import zipfile
from collections.abc import Awaitable, Callable
from pathlib import Path

import msgspec

from inspection.domain.access import AccountId, Actor
from inspection.domain.notices.notice_batch import BatchKind, BatchMove, BatchState, RowState, move
from inspection.domain.refusals import Refusal
from inspection.persistence.engine import tx
from inspection.persistence.notices import notice_batches
from inspection.persistence.notices.notice_batches import BatchRow, MemberListed
from inspection.persistence.people import accounts
from inspection.services.notices.notice_batches import KEPT
from inspection.services.notices.notice_signing import sign_notice
from inspection.services.notices.urging import Urge, urge
from inspection.services.tools import Tools

Note = Callable[[int, int], Awaitable[object]]
"""Says how far the work is: steps done of all."""

URGES = {BatchKind.URGE: Urge.STORE, BatchKind.ESCALATE: Urge.ABOVE}
"""Whom a batch tells."""

UNPRINTED = "notice.not_printed_yet"


async def work_on(tools: Tools, batch: str, note: Note) -> None:
    """Do what is left of a batch that still runs. Doing it again changes nothing."""
    row = await notice_batches.find_batch(batch)
    if row is None:
        return
    members = await notice_batches.members_of(batch)
    for n, member in enumerate(members, 1):
        if not await _runs(batch):
            return
        if member.state is RowState.WAITING:
            await _settle(tools, row, member)
        await note(n, len(members))
    await _finish(tools, row)


async def forget_archives(tools: Tools) -> None:
    """Delete the archives whose time is over."""
    for row in await notice_batches.expired_archives(tools.now()):
        await tools.photos.delete(msgspec.convert(row.archive_sha256, str))
        await notice_batches.end_batch(
            msgspec.structs.replace(row, archive_sha256=None, archive_size=0)
        )


async def _runs(batch: str) -> bool:
    row = await notice_batches.find_batch(batch)
    return row is not None and row.state is BatchState.RUNNING


async def _settle(tools: Tools, row: BatchRow, member: MemberListed) -> None:
    state, fault = RowState.DONE, ""
    if row.kind is not BatchKind.ARCHIVE:
        try:
            actor = await accounts.get_actor(AccountId(row.asked_by))
            await _handle(tools, actor, row.kind, member)
        except Refusal as refusal:
            state, fault = RowState.FAILED, refusal.code
    elif member.pdf_sha256 is None:
        state, fault = RowState.FAILED, UNPRINTED
    await notice_batches.settle_member(row.id, member.notice, state, fault)


async def _handle(tools: Tools, actor: Actor, kind: BatchKind, member: MemberListed) -> None:
    if kind is BatchKind.SIGN:
        await sign_notice(tools, actor, member.notice, member.seen)
    else:
        await urge(tools, actor, member.notice, URGES[kind])


async def _finish(tools: Tools, row: BatchRow) -> None:
    archive = await _archive(tools, row) if row.kind is BatchKind.ARCHIVE else None
    async with tx():
        now = await notice_batches.lock_batch(row.id)
        if now is None or now.state is not BatchState.RUNNING:
            return
        at = tools.now()
        ended = msgspec.structs.replace(now, state=move(now.state, BatchMove.FINISH), ended_at=at)
        if archive is not None:
            ended = msgspec.structs.replace(
                ended, archive_sha256=archive[0], archive_size=archive[1], expires_at=at + KEPT
            )
        await notice_batches.end_batch(ended)


async def _archive(tools: Tools, row: BatchRow) -> tuple[str, int] | None:
    """Digest and size of the archive of every PDF there is; None when there is none."""
    printed = [each for each in await notice_batches.members_of(row.id) if each.pdf_sha256]
    if not printed:
        return None
    with tempfile.TemporaryDirectory(prefix="notices-") as folder:
        path = Path(folder) / "notices.zip"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
            for each in printed:
                content = await tools.photos.get(each.pdf_sha256 or "")
                # A fixed time: the archive says nothing the papers in it do not say.
                name = zipfile.ZipInfo(f"{each.number} {each.store_name}.pdf")
                await asyncio.to_thread(archive.writestr, name, content)
        whole = await asyncio.to_thread(path.read_bytes)
    sha256 = hashlib.sha256(whole).hexdigest()
    await tools.photos.put(sha256, whole)
    return sha256, len(whole)
