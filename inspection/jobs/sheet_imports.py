"""The jobs an import leaves: its file judged, its rows written."""

from functools import partial

import msgspec

from inspection.persistence.job_progress import note_progress
from inspection.persistence.jobs import ClaimedJob
from inspection.services import import_work
from inspection.services.tools import Tools

CHECK = import_work.CHECK
WRITE = import_work.WRITE


class ImportJob(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which import."""

    sheet_import: str


async def check(tools: Tools, job: ClaimedJob) -> None:
    """Judge the file."""
    await import_work.check_import(
        tools, job.read(ImportJob).sheet_import, partial(note_progress, job)
    )


async def write(tools: Tools, job: ClaimedJob) -> None:
    """Write what was ordered."""
    await import_work.write_import(
        tools, job.read(ImportJob).sheet_import, partial(note_progress, job)
    )


async def give_up(job: ClaimedJob) -> None:
    """Nothing works on it any more: tell whoever waits."""
    await import_work.note_lost(job.read(ImportJob).sheet_import)
