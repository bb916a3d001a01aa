"""The jobs an import leaves: its file judged, its rows written."""

from functools import partial

import msgspec

from inspection.persistence.job_progress import note_progress
from inspection.persistence.jobs import ClaimedJob
from inspection.services.imports import import_work
from inspection.services.tools import Tools

CHECK = import_work.CHECK
WRITE = import_work.WRITE


class ImportJob(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which import, and who ordered this: jobs of older versions do not say."""

    sheet_import: str
    ordered_by: str = ""


async def check(tools: Tools, job: ClaimedJob) -> None:
    """Judge the file."""
    await import_work.check_import(
        tools, job.read(ImportJob).sheet_import, partial(note_progress, job)
    )


async def write(tools: Tools, job: ClaimedJob) -> None:
    """Write what was ordered."""
    order = job.read(ImportJob)
    await import_work.write_import(
        tools, order.sheet_import, partial(note_progress, job), order.ordered_by
    )


async def give_up(job: ClaimedJob) -> None:
    """Nothing works on it any more: tell whoever waits."""
    await import_work.note_lost(job.read(ImportJob).sheet_import)
