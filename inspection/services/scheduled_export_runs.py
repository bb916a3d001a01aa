"""The times of exports that make themselves: each left for the worker once."""

from datetime import datetime

from inspection.domain.scheduled_export import RunState
from inspection.persistence import export_runs, jobs
from inspection.persistence.export_runs import RunRow
from inspection.persistence.scheduled_exports import ScheduledExportRow
from inspection.services.tools import Tools

RUN = "scheduled_export.run"
"""Kind of the job that makes a file."""


def due_key(row: ScheduledExportRow) -> str:
    """What keeps the time it is due from being made twice."""
    return f"{row.id} {row.next_at:%Y-%m-%dT%H:%M}"


async def leave_run(tools: Tools, schedule: str, due_at: datetime, key: str) -> bool:
    """Have a file made, in the caller's transaction; False when the key had one before."""
    run = RunRow(
        id=tools.random_id(), schedule=schedule, key=key, due_at=due_at, state=RunState.ASKED
    )
    if not await export_runs.add_run(run):
        return False
    payload = {"run": run.id}
    await jobs.enqueue(kind=RUN, key=f"{RUN} {run.id}", payload=payload, at=tools.now())
    return True
