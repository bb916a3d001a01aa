"""The worker: quick to wake, hard to kill, and it stops when asked."""

import asyncio
import time
from datetime import UTC, datetime

import msgspec
import pytest

from inspection.documents.press import Press
from inspection.jobs import worker
from inspection.jobs.kinds import JobKind
from inspection.jobs.print_notice import GivenUp
from inspection.jobs.worker import run_worker
from inspection.persistence import jobs
from inspection.persistence.statements import run
from tests.makers import a_province, some_tools
from tests.reviewing import upload
from tests.submissions import a_photo

IDLE = Press({})
"""A press nobody asks for anything."""


@pytest.fixture
async def tools(database, tmp_path):
    tools = some_tools(tmp_path, lambda: datetime.now(UTC))
    yield tools
    tools.passwords.close()


class Desk:
    """Runs a worker over one kind of job and notes what came by."""

    def __init__(self, tools, **behaviour):
        self.tools = tools
        self.seen = []
        self.behaviour = behaviour
        self.stop = asyncio.Event()
        self.kind = JobKind(name="test.note", seconds=0.5, slots=2, run=self.note)

    async def note(self, bench, job):
        self.seen.append(job.key)
        if job.key in self.behaviour:
            await self.behaviour[job.key]()

    async def __aenter__(self):
        self.task = asyncio.create_task(run_worker(self.tools, IDLE, self.stop, (self.kind,)))
        return self

    async def __aexit__(self, *_):
        self.stop.set()
        await self.task

    async def until(self, condition, seconds=10.0):
        async with asyncio.timeout(seconds):
            while not await condition():  # noqa: ASYNC110 - rows raise no events
                await asyncio.sleep(0.02)

    async def done(self, *keys):
        rows = await run("SELECT key FROM job WHERE state = 'done'")
        return {row["key"] for row in rows} >= set(keys)


async def left(tools, *keys, kind="test.note"):
    for key in keys:
        await jobs.enqueue(kind=kind, key=key, payload={}, at=tools.now())


async def states():
    return {row["key"]: row["state"] for row in await run("SELECT key, state FROM job")}


def breaks(error):
    async def broken():
        raise error

    return broken


async def test_an_idle_worker_takes_a_job_within_half_a_second(tools):
    async with Desk(tools) as desk:
        await asyncio.sleep(0.6)
        started = time.monotonic()
        await left(tools, "a")
        await desk.until(lambda: desk.done("a"), 2.0)
        # The poll is 0.4 s; the rest is for a busy machine.
        assert time.monotonic() - started < 1.5
    assert worker.POLL_SECONDS <= 0.5


async def test_all_waiting_jobs_are_done_once(tools):
    keys = [f"job-{n}" for n in range(30)]
    await left(tools, *keys)
    async with Desk(tools) as desk:
        await desk.until(lambda: desk.done(*keys))
    assert sorted(desk.seen) == sorted(keys)


async def test_a_poison_job_does_not_hold_up_the_others(tools):
    keys = [f"job-{n}" for n in range(20)]
    await left(tools, "poison", *keys)
    async with Desk(tools, poison=breaks(RuntimeError("poison"))) as desk:
        await desk.until(lambda: desk.done(*keys))
    assert (await states())["poison"] == "ready"
    (row,) = await run("SELECT tries, fault FROM job WHERE key = 'poison'")
    assert (row["tries"], row["fault"]) == (1, "RuntimeError: poison")


async def test_a_job_that_hangs_is_cut_off_and_the_others_go_on(tools):
    await left(tools, "hangs", "a", "b")
    async with Desk(tools, hangs=lambda: asyncio.sleep(60)) as desk:
        await desk.until(lambda: desk.done("a", "b"))
        await desk.until(lambda: _has_fault("hangs"))
    (row,) = await run("SELECT state, fault FROM job WHERE key = 'hangs'")
    assert (row["state"], row["fault"]) == ("ready", "took longer than 0.5 s")


async def _has_fault(key):
    (row,) = await run("SELECT fault FROM job WHERE key = ?", key)
    return bool(row["fault"])


@pytest.mark.parametrize("error", [GivenUp("cannot be printed")])
async def test_what_cannot_help_is_not_tried_again(tools, error):
    await left(tools, "hopeless")
    async with Desk(tools, hopeless=breaks(error)) as desk:
        await desk.until(lambda: _has_fault("hopeless"))
    assert await states() == {"hopeless": "dead"}
    assert desk.seen == ["hopeless"]


async def test_jobs_of_other_kinds_are_left_alone(tools):
    await left(tools, "other", kind="test.other")
    await left(tools, "mine")
    async with Desk(tools) as desk:
        await desk.until(lambda: desk.done("mine"))
    assert (await states())["other"] == "ready"


async def test_a_worker_told_to_stop_finishes_what_it_has_begun(tools):
    begun, go_on = asyncio.Event(), asyncio.Event()

    async def slow():
        begun.set()
        await go_on.wait()

    await left(tools, "slow")
    async with Desk(tools, slow=slow) as desk:
        await begun.wait()
        desk.stop.set()
        go_on.set()
    assert await states() == {"slow": "done"}


async def test_a_worker_that_is_cut_off_leaves_the_job_to_the_next_one(tools, monkeypatch):
    monkeypatch.setattr(worker, "GRACE_SECONDS", 0.05)
    begun = asyncio.Event()

    async def slow():
        begun.set()
        await asyncio.sleep(60)

    await left(tools, "slow")
    desk = Desk(tools, slow=slow)
    desk.kind = JobKind(name="test.note", seconds=30.0, slots=1, run=desk.note)
    async with desk:
        await begun.wait()
    assert await states() == {"slow": "running"}
    await run("UPDATE job SET lease_until = ?", tools.now())
    async with Desk(tools) as other:
        await other.until(lambda: other.done("slow"))


async def test_a_queue_that_cannot_be_reached_is_tried_again(tools, monkeypatch):
    monkeypatch.setattr(worker, "TROUBLE_SECONDS", 0.05)
    await left(tools, "a")
    await run("ALTER TABLE job RENAME TO away")
    async with Desk(tools) as desk:
        await asyncio.sleep(0.3)
        await run("ALTER TABLE away RENAME TO job")
        await desk.until(lambda: desk.done("a"))
    assert desk.seen == ["a"]


async def test_a_received_photo_is_cleaned_by_the_worker(tools):
    await a_province(tools)
    photo = a_photo()
    await upload(tools, photo)
    stop = asyncio.Event()
    working = asyncio.create_task(run_worker(tools, IDLE, stop))
    async with asyncio.timeout(30):
        while await jobs.waiting("photo.clean"):  # noqa: ASYNC110 - rows raise no events
            await asyncio.sleep(0.05)
    stop.set()
    await working
    assert await run("SELECT state FROM photo") == [{"state": "clean"}]


@pytest.mark.parametrize("error", [RuntimeError("broken"), GivenUp("never"), TimeoutError()])
async def test_whoever_waits_is_told_when_a_job_dies(tools, error):
    told = []

    async def tell(job):
        told.append(job.key)

    await left(tools, "dies")
    await run("UPDATE job SET tries = ?", jobs.MAX_TRIES - 1)
    desk = Desk(tools, dies=breaks(error))
    desk.kind = msgspec.structs.replace(desk.kind, gave_up=tell)
    async with desk:
        await desk.until(_is_dead)
    assert told == ["dies"]


async def test_whoever_waits_is_told_when_the_workers_died_of_a_job(tools):
    told = []

    async def tell(job):
        told.append(job.key)

    await left(tools, "kills")
    long_ago = datetime(2026, 1, 1, tzinfo=UTC)
    await run(
        "UPDATE job SET state = 'running', tries = ?, lease_until = ?", jobs.MAX_TRIES, long_ago
    )
    desk = Desk(tools)
    desk.kind = msgspec.structs.replace(desk.kind, gave_up=tell)
    async with desk:
        await desk.until(_is_dead)
    assert (told, desk.seen) == (["kills"], [])


async def _is_dead():
    (row,) = await run("SELECT state FROM job")
    return row["state"] == "dead"
