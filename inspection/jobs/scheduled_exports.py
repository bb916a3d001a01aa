"""The jobs of exports that make themselves: seeing what is due, making a file, ending old ones."""

import msgspec

from inspection.jobs.bench import Bench
from inspection.persistence.jobs import ClaimedJob
from inspection.services.scheduled_export_runs import RUN
from inspection.services.scheduled_export_work import (
    forget_files,
    give_up,
    make_export,
    start_due_exports,
)

KIND = RUN
DUE = "scheduled_export.due"
FORGET = "scheduled_export.forget"

MINUTES = 5
"""How late a file is begun at most."""


class ExportRun(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which run."""

    run: str


async def start(bench: Bench, _: ClaimedJob) -> None:
    """Have made what is due."""
    await start_due_exports(bench.tools)


async def make(bench: Bench, job: ClaimedJob) -> None:
    """Make the file."""
    await make_export(bench.tools, job.read(ExportRun).run)


async def unmade(bench: Bench, job: ClaimedJob) -> None:
    """Say that there will be none."""
    await give_up(bench.tools, job.read(ExportRun).run)


async def forget(bench: Bench, _: ClaimedJob) -> None:
    """Delete what nobody may fetch any more."""
    await forget_files(bench.tools)
