"""The worker: quick to wake, hard to kill, and it stops when asked."""

import asyncio

import pytest

from inspection.jobs import worker
from inspection.jobs.bench import JobKind
from inspection.jobs.printing import GivenUp
from inspection.jobs.worker import run_worker
from inspection.persistence import jobs
from inspection.persistence.statements import run
from tests.jobs.working import IDLE, Desk, breaks, has_fault, left, states
from tests.makers import a_province
from tests.reviewing import upload
from tests.submissions import a_photo


async def test_an_idle_worker_takes_a_job_within_half_a_second(tools_now):
    async with Desk(tools_now) as desk:
        await asyncio.sleep(0.6)
        await left(tools_now, "a")
        await desk.until(lambda: desk.done("a"))
    assert worker.POLL_SECONDS <= 0.5


async def test_all_waiting_jobs_are_done_once(tools_now):
    keys = [f"job-{n}" for n in range(30)]
    await left(tools_now, *keys)
    async with Desk(tools_now) as desk:
        await desk.until(lambda: desk.done(*keys))
    assert sorted(desk.seen) == sorted(keys)


async def test_a_poison_job_does_not_hold_up_the_others(tools_now):
    keys = [f"job-{n}" for n in range(20)]
    await left(tools_now, "poison", *keys)
    async with Desk(tools_now, poison=breaks(RuntimeError("poison"))) as desk:
        await desk.until(lambda: desk.done(*keys))
    assert (await states())["poison"] == "ready"
    (row,) = await run("SELECT tries, fault FROM job WHERE key = 'poison'")
    assert (row["tries"], row["fault"]) == (1, "RuntimeError: poison")


async def test_a_job_that_hangs_is_cut_off_and_the_others_go_on(tools_now):
    await left(tools_now, "hangs", "a", "b")
    async with Desk(tools_now, hangs=lambda: asyncio.sleep(60)) as desk:
        await desk.until(lambda: desk.done("a", "b"))
        await desk.until(lambda: has_fault("hangs"))
    (row,) = await run("SELECT state, fault FROM job WHERE key = 'hangs'")
    assert (row["state"], row["fault"]) == ("ready", "took longer than 0.5 s")


@pytest.mark.parametrize("error", [GivenUp("cannot be printed")])
async def test_what_cannot_help_is_not_tried_again(tools_now, error):
    await left(tools_now, "hopeless")
    async with Desk(tools_now, hopeless=breaks(error)) as desk:
        await desk.until(lambda: has_fault("hopeless"))
    assert await states() == {"hopeless": "dead"}
    assert desk.seen == ["hopeless"]


async def test_jobs_of_other_kinds_are_left_alone(tools_now):
    await left(tools_now, "other", kind="test.other")
    await left(tools_now, "mine")
    async with Desk(tools_now) as desk:
        await desk.until(lambda: desk.done("mine"))
    assert (await states())["other"] == "ready"


async def test_a_worker_told_to_stop_finishes_what_it_has_begun(tools_now):
    begun, go_on = asyncio.Event(), asyncio.Event()

    async def slow():
        begun.set()
        await go_on.wait()

    await left(tools_now, "slow")
    async with Desk(tools_now, slow=slow) as desk:
        await begun.wait()
        desk.stop.set()
        go_on.set()
    assert await states() == {"slow": "done"}


async def test_a_worker_that_is_cut_off_leaves_the_job_to_the_next_one(tools_now, monkeypatch):
    monkeypatch.setattr(worker, "GRACE_SECONDS", 0.05)
    begun = asyncio.Event()

    async def slow():
        begun.set()
        await asyncio.sleep(60)

    await left(tools_now, "slow")
    desk = Desk(tools_now, slow=slow)
    desk.kind = JobKind(name="test.note", seconds=30.0, slots=1, run=desk.note)
    async with desk:
        await begun.wait()
    assert await states() == {"slow": "running"}
    await run("UPDATE job SET lease_until = ?", tools_now.now())
    async with Desk(tools_now) as other:
        await other.until(lambda: other.done("slow"))


async def test_a_queue_that_cannot_be_reached_is_tried_again(tools_now, monkeypatch):
    monkeypatch.setattr(worker, "TROUBLE_SECONDS", 0.05)
    await left(tools_now, "a")
    await run("ALTER TABLE job RENAME TO away")
    async with Desk(tools_now) as desk:
        await asyncio.sleep(0.3)
        await run("ALTER TABLE away RENAME TO job")
        await desk.until(lambda: desk.done("a"))
    assert desk.seen == ["a"]


async def test_a_received_photo_is_cleaned_by_the_worker(tools_now):
    await a_province(tools_now)
    photo = a_photo()
    await upload(tools_now, photo)
    stop = asyncio.Event()
    working = asyncio.create_task(run_worker(tools_now, IDLE, stop))
    async with asyncio.timeout(30):
        while await jobs.waiting("photo.clean"):  # noqa: ASYNC110 - rows raise no events
            await asyncio.sleep(0.05)
    stop.set()
    await working
    assert await run("SELECT state FROM photo") == [{"state": "clean"}]
