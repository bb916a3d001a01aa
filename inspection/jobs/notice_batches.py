"""The jobs of batches of notices: the work, and the daily end of old archives."""

from functools import partial

import msgspec

from inspection.persistence.job_progress import note_progress
from inspection.persistence.jobs import ClaimedJob
from inspection.services.notices.notice_batch_work import forget_archives, work_on
from inspection.services.notices.notice_batches import BATCH
from inspection.services.tools import Tools

KIND = BATCH
FORGET = "notice_archive.forget"


class NoticeBatch(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which batch."""

    batch: str


async def work(tools: Tools, job: ClaimedJob) -> None:
    """Go on with it."""
    await work_on(tools, job.read(NoticeBatch).batch, partial(note_progress, job))


async def forget(tools: Tools) -> None:
    """Delete what nobody may fetch any more."""
    await forget_archives(tools)
