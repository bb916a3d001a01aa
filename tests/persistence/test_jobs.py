"""The job queue: queued with its cause, claimed once, retried with a pause, never lost."""

import asyncio
from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from inspection.persistence import jobs
from inspection.persistence.engine import tx
from inspection.persistence.jobs import ClaimedJob
from inspection.persistence.statements import run

NOW = datetime(2026, 11, 21, 8, 0, tzinfo=UTC)
LEASE = timedelta(seconds=60)


class Payload(msgspec.Struct, frozen=True):
    n: int


async def queued(count: int, kind: str = "notice.print") -> None:
    for n in range(count):
        await jobs.enqueue(kind=kind, key=f"{kind}:{n}", payload={"n": n}, at=NOW)


async def claimed(
    now: datetime = NOW, limit: int = 10, kinds: tuple[str, ...] = ("notice.print",)
) -> tuple[ClaimedJob, ...]:
    return await jobs.claim(now, LEASE, kinds, limit)


async def test_a_job_is_claimed_with_its_payload_and_then_done(database):
    await queued(1)
    (job,) = await claimed()
    assert (job.kind, job.key, job.tries) == ("notice.print", "notice.print:0", 1)
    assert job.read(Payload) == Payload(0)
    assert await jobs.finish(job, NOW)
    assert (await claimed(NOW + LEASE * 9), await jobs.waiting("notice.print")) == ((), 0)


async def test_the_same_key_is_queued_once(database):
    await queued(2)
    await queued(2)
    assert len(await claimed()) == 2


async def test_a_job_vanishes_with_the_transaction_that_left_it(database):
    async def broken() -> None:
        async with tx():
            await queued(1)
            await run("SELECT nothing")

    with pytest.raises(Exception, match="nothing"):
        await broken()
    assert await claimed() == ()


async def test_only_the_kinds_asked_for_are_claimed_and_not_before_their_time(database):
    await queued(1, "photo.clean")
    await jobs.enqueue(kind="notice.print", key="later", payload={}, at=NOW + LEASE)
    assert await claimed() == ()
    assert [job.key for job in await claimed(NOW + LEASE)] == ["later"]


async def test_many_workers_never_claim_the_same_job(database):
    await queued(40)
    batches = await asyncio.gather(*(claimed(limit=7) for _ in range(8)))
    keys = [job.key for batch in batches for job in batch]
    assert len(keys) == len(set(keys))
    rest = [job.key for batch in (await claimed(limit=40),) for job in batch]
    assert len(set(keys) | set(rest)) == 40


async def test_a_failed_job_rests_longer_each_time_and_is_buried_after_the_last(database):
    await queued(1)
    now = NOW
    for rest in jobs.BACK_OFF:
        (job,) = await claimed(now)
        assert await jobs.fail(job, now, "no ink")
        assert await claimed(now + rest - timedelta(seconds=1)) == ()
        now += rest
    (job,) = await claimed(now)
    assert job.tries == jobs.MAX_TRIES
    assert await jobs.bury(job, now, "no ink at all")
    assert await claimed(now + LEASE * 99) == ()
    (dead,) = await jobs.dead_jobs()
    assert (dead.key, dead.fault) == ("notice.print:0", "no ink at all")


async def test_a_dead_job_can_be_given_new_tries(database):
    await queued(1)
    (job,) = await claimed()
    await jobs.bury(job, NOW, "unreadable")
    assert await jobs.revive("notice.print:0", NOW)
    assert not await jobs.revive("notice.print:0", NOW)
    assert [(job.key, job.tries) for job in await claimed()] == [("notice.print:0", 1)]


async def test_a_job_whose_worker_fell_silent_is_claimed_again_and_the_old_claim_is_void(database):
    await queued(1)
    (old,) = await claimed()
    assert await claimed(NOW + LEASE) == ()
    (new,) = await claimed(NOW + LEASE + timedelta(seconds=1))
    assert new.tries == 2
    assert not await jobs.finish(old, NOW)
    assert not await jobs.fail(old, NOW, "late")
    assert await jobs.finish(new, NOW)


async def test_a_job_that_silences_its_worker_three_times_is_lost_and_never_claimed_again(database):
    await queued(2)
    later = NOW
    for _ in range(jobs.MAX_TRIES):
        (job, other) = await claimed(later)
        assert await jobs.lost(later + LEASE, job.kind) == ()
        later += LEASE + timedelta(seconds=1)
    await jobs.finish(other, later)
    batches = await asyncio.gather(*(claimed(later) for _ in range(2)))
    assert (batches, await jobs.lost(later, job.kind)) == ([(), ()], (job,))


async def test_two_workers_bury_a_lost_job_once(database):
    await queued(1)
    await run("UPDATE job SET state = 'running', tries = ?, lease_until = ?", jobs.MAX_TRIES, NOW)
    (job,) = await jobs.lost(NOW + LEASE, "notice.print")
    buried = await asyncio.gather(*(jobs.bury(job, NOW, jobs.LOST) for _ in range(2)))
    assert sorted(buried) == [False, True]
    (dead,) = await jobs.dead_jobs()
    assert dead.fault == jobs.LOST
