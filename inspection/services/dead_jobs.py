"""Work that failed for good: looking at it, and trying it again once the cause is mended."""

from inspection.domain.access import Actor
from inspection.domain.refusals import NotFound
from inspection.persistence import jobs
from inspection.persistence.audit import audit
from inspection.persistence.engine import read_tx, tx
from inspection.persistence.jobs import DeadJob
from inspection.services.tools import Tools


async def list_dead_jobs() -> tuple[DeadJob, ...]:
    """The latest hundred jobs that failed for good."""
    async with read_tx():
        return await jobs.dead_jobs()


async def revive_job(tools: Tools, key: str, by: Actor | None = None) -> None:
    """Give a dead job new tries. Raises NotFound when no dead job has that key."""
    async with tx():
        job = await jobs.revive(key, tools.now())
        if job is None:
            raise NotFound(noun="job")
        await audit.append(
            at=tools.now(),
            actor=by.account if by else "",
            action="job.revive",
            noun="job",
            noun_id=str(job),
            body={"key": key},
        )
