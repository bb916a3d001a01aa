"""The job that adds up what was published before there were tallies."""

from inspection.persistence import jobs
from inspection.persistence.engine import tx
from inspection.persistence.jobs import ClaimedJob
from inspection.services.rankings.standings import reckon_rest
from inspection.services.tools import Tools

KIND = "tallies.reckon"
AT_ONCE = 500


async def reckon_tallies(tools: Tools, job: ClaimedJob) -> None:
    """Add them up, as far as one job goes, and leave the rest to the next. Doing it again changes
    nothing.
    """
    if await reckon_rest(tools.now(), AT_ONCE) < AT_ONCE:
        return
    async with tx():
        await jobs.enqueue(kind=KIND, key=f"{job.key}+", payload={}, at=tools.now())
