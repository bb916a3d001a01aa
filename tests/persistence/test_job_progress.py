"""How far a long job is."""

from datetime import UTC, datetime, timedelta

from inspection.persistence import jobs
from inspection.persistence.job_progress import note_progress, progress_of
from inspection.persistence.jobs import JobState

NOW = datetime(2026, 11, 22, tzinfo=UTC)
LEASE = timedelta(seconds=60)


async def test_a_job_says_how_far_it_is_until_it_is_over(database):
    assert await progress_of("one") is None
    await jobs.enqueue(kind="check", key="one", payload={}, at=NOW)
    waiting = await progress_of("one")
    assert waiting
    assert (waiting.state, waiting.percent, waiting.is_over) == (JobState.READY, 0, False)
    (job,) = await jobs.claim(NOW, LEASE, ("check",), 1)
    assert await note_progress(job, 30, 120)
    running = await progress_of("one")
    assert running
    assert (running.state, running.done, running.steps, running.percent) == ("running", 30, 120, 25)
    await jobs.finish(job, NOW)
    over = await progress_of("one")
    assert over
    assert over.is_over


async def test_who_lost_the_job_is_told_so(database):
    await jobs.enqueue(kind="check", key="one", payload={}, at=NOW)
    (slow,) = await jobs.claim(NOW, LEASE, ("check",), 1)
    (quick,) = await jobs.claim(NOW + 2 * LEASE, LEASE, ("check",), 1)
    assert not await note_progress(slow, 1, 2)
    assert await note_progress(quick, 2, 2)
