"""How far a long job is, for whoever waits for it: found by the job's key, from any page."""

import msgspec

from inspection.persistence.jobs import ClaimedJob, JobState
from inspection.persistence.statements import run


class JobProgress(msgspec.Struct, frozen=True, kw_only=True):
    """Steps done of all; `steps` is 0 while nobody knows how many there are."""

    state: JobState
    done: int
    steps: int
    fault: str

    @property
    def percent(self) -> int:
        """How much is done, 0 to 100."""
        return 100 * self.done // self.steps if self.steps else 0

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen by itself."""
        return self.state in (JobState.DONE, JobState.DEAD)


async def note_progress(job: ClaimedJob, done: int, steps: int) -> bool:
    """Say how far the work is, outside any transaction of it. False when the worker has lost the
    job to another: then it should stop.
    """
    rows = await run(
        "UPDATE job SET done_steps = ?, all_steps = ? WHERE id = ? AND state = 'running'"
        " AND tries = ? RETURNING id",
        done,
        steps,
        job.id,
        job.tries,
    )
    return bool(rows)


async def progress_of(key: str) -> JobProgress | None:
    """How far the job with this key is; None when there is none."""
    rows = await run(
        "SELECT state, done_steps AS done, all_steps AS steps, fault FROM job WHERE key = ?", key
    )
    return msgspec.convert(rows[0], JobProgress) if rows else None
