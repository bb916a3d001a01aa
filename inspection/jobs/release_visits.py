"""The daily job that releases approved visits when their day has come."""

from inspection.jobs import reckon_judgements
from inspection.persistence import jobs
from inspection.persistence.engine import tx
from inspection.persistence.jobs import ClaimedJob
from inspection.services.releases import releases
from inspection.services.tools import Tools

KIND = releases.RELEASE


async def release_visits(tools: Tools, job: ClaimedJob) -> None:
    """Release them, as far as one job goes, and leave the rest to the next. Doing it again
    releases none twice.
    """
    if await releases.release_due(tools) < releases.MOST:
        # The first look at the calibration of thousands of new results need not count them.
        await reckon_judgements.reckon()
        return
    async with tx():
        await jobs.enqueue(kind=KIND, key=f"{job.key}+", payload={}, at=tools.now())
