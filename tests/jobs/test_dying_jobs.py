"""Jobs that die, or that nobody can read: whoever waits is told, no other is held up."""

from datetime import UTC, datetime

import msgspec
import pytest

from inspection.jobs import worker
from inspection.jobs.printing import GivenUp
from inspection.persistence import jobs
from inspection.persistence.engines.integrity import DatabaseFault
from inspection.persistence.statements import run
from tests.jobs.working import Desk, breaks, has_fault, left, states


@pytest.mark.parametrize("error", [RuntimeError("broken"), GivenUp("never"), TimeoutError()])
async def test_whoever_waits_is_told_when_a_job_dies(tools_now, error):
    told = []

    async def tell(job):
        told.append(job.key)

    await left(tools_now, "dies")
    await run("UPDATE job SET tries = ?", jobs.MAX_TRIES - 1)
    desk = Desk(tools_now, dies=breaks(error))
    desk.kind = msgspec.structs.replace(desk.kind, gave_up=tell)
    async with desk:
        await desk.until(_is_dead)
    assert told == ["dies"]


async def test_whoever_waits_is_told_when_the_workers_died_of_a_job(tools_now):
    told = []

    async def tell(job):
        told.append(job.key)

    await left(tools_now, "kills")
    long_ago = datetime(2026, 1, 1, tzinfo=UTC)
    await run(
        "UPDATE job SET state = 'running', tries = ?, lease_until = ?", jobs.MAX_TRIES, long_ago
    )
    desk = Desk(tools_now)
    desk.kind = msgspec.structs.replace(desk.kind, gave_up=tell)
    async with desk:
        await desk.until(_is_dead)
    assert (told, desk.seen) == (["kills"], [])


async def unreadable(job):
    job.read(Readable)


class Readable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a payload that names something else is not."""


@pytest.mark.parametrize("tries", [0, jobs.MAX_TRIES])
async def test_a_job_nobody_can_read_is_buried_and_holds_up_no_other(tools_now, tries):
    await jobs.enqueue(kind="test.note", key="bad", payload={"what": "?"}, at=tools_now.now())
    if tries:
        silent = "UPDATE job SET state = 'running', tries = ?, lease_until = ?"
        await run(silent, tries, datetime(2026, 1, 1, tzinfo=UTC))
    await left(tools_now, "good")
    desk = Desk(tools_now)

    async def work(bench, job):
        await unreadable(job)
        await desk.note(bench, job)

    desk.kind = msgspec.structs.replace(desk.kind, run=work, gave_up=unreadable)
    async with desk:
        await desk.until(lambda: desk.done("good"))
        await desk.until(lambda: has_fault("bad"))
    assert await states() == {"bad": "dead", "good": "done"}


async def test_a_lost_job_that_cannot_be_buried_holds_up_no_other(tools_now, monkeypatch):
    monkeypatch.setattr(worker, "TROUBLE_SECONDS", 0.05)
    await left(tools_now, "lost")
    silent = "UPDATE job SET state = 'running', tries = ?, lease_until = ?"
    await run(silent, jobs.MAX_TRIES, datetime(2026, 1, 1, tzinfo=UTC))
    keys = [f"job-{n}" for n in range(5)]
    await left(tools_now, *keys)
    away = DatabaseFault("away")
    desk = Desk(tools_now)

    async def tell(_):
        if desk.seen != keys:
            raise away

    desk.kind = msgspec.structs.replace(desk.kind, slots=1, gave_up=tell)
    async with desk:
        await desk.until(lambda: desk.done(*keys))
        await desk.until(lambda: has_fault("lost"))
    assert (desk.seen, (await states())["lost"]) == (keys, "dead")


async def _is_dead():
    (row,) = await run("SELECT state FROM job")
    return row["state"] == "dead"
