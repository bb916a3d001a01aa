"""The worker: quick to wake, hard to kill, and it stops when asked."""

import asyncio
from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from inspection.documents.press import Press
from inspection.domain.deadline import SHANGHAI
from inspection.jobs import worker
from inspection.jobs.bench import Bench, JobKind
from inspection.jobs.kinds import KINDS
from inspection.jobs.printing import GivenUp
from inspection.jobs.worker import run_worker
from inspection.persistence import jobs
from inspection.persistence.engines.integrity import DatabaseFault
from inspection.persistence.statements import run
from inspection.services.visits.drafts import discard_draft
from tests.cast import LI
from tests.drafting import PHONE, send_draft
from tests.makers import Clock, a_province, some_tools
from tests.reviewing import upload
from tests.submissions import VISIT, a_photo

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
        await left(tools, "a")
        await desk.until(lambda: desk.done("a"))
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


async def unreadable(job):
    job.read(Readable)


class Readable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a payload that names something else is not."""


@pytest.mark.parametrize("tries", [0, jobs.MAX_TRIES])
async def test_a_job_nobody_can_read_is_buried_and_holds_up_no_other(tools, tries):
    await jobs.enqueue(kind="test.note", key="bad", payload={"what": "?"}, at=tools.now())
    if tries:
        silent = "UPDATE job SET state = 'running', tries = ?, lease_until = ?"
        await run(silent, tries, datetime(2026, 1, 1, tzinfo=UTC))
    await left(tools, "good")
    desk = Desk(tools)

    async def work(bench, job):
        await unreadable(job)
        await desk.note(bench, job)

    desk.kind = msgspec.structs.replace(desk.kind, run=work, gave_up=unreadable)
    async with desk:
        await desk.until(lambda: desk.done("good"))
        await desk.until(lambda: _has_fault("bad"))
    assert await states() == {"bad": "dead", "good": "done"}


async def test_a_lost_job_that_cannot_be_buried_holds_up_no_other(tools, monkeypatch):
    monkeypatch.setattr(worker, "TROUBLE_SECONDS", 0.05)
    await left(tools, "lost")
    silent = "UPDATE job SET state = 'running', tries = ?, lease_until = ?"
    await run(silent, jobs.MAX_TRIES, datetime(2026, 1, 1, tzinfo=UTC))
    keys = [f"job-{n}" for n in range(5)]
    await left(tools, *keys)
    away = DatabaseFault("away")
    desk = Desk(tools)

    async def tell(_):
        if desk.seen != keys:
            raise away

    desk.kind = msgspec.structs.replace(desk.kind, slots=1, gave_up=tell)
    async with desk:
        await desk.until(lambda: desk.done(*keys))
        await desk.until(lambda: _has_fault("lost"))
    assert (desk.seen, (await states())["lost"]) == (keys, "dead")


async def _is_dead():
    (row,) = await run("SELECT state FROM job")
    return row["state"] == "dead"


async def test_the_work_of_a_day_is_left_once_however_many_workers_start(database, tmp_path):
    clock = Clock()
    tools, seen = some_tools(tmp_path, clock), []

    async def note(bench, job):
        seen.append(job.key)

    kind = JobKind(name="test.daily", seconds=0.5, slots=1, run=note, daily=True)
    for _ in range(2):
        await _until_left(tools, kind, seen, "test.daily 2026-11-18")
    clock.go_on(hours=16)
    await _until_left(tools, kind, seen, "test.daily 2026-11-19")
    assert seen == ["test.daily 2026-11-18", "test.daily 2026-11-19"]
    tools.passwords.close()


async def _until_left(tools, kind, seen, key):
    stop = asyncio.Event()
    workers = [asyncio.create_task(run_worker(tools, IDLE, stop, (kind,))) for _ in range(2)]
    async with asyncio.timeout(10):
        while key not in seen:  # noqa: ASYNC110 - the job of the other worker counts too
            await asyncio.sleep(0.02)
    stop.set()
    await asyncio.gather(*workers)


async def test_a_day_whose_work_could_not_be_left_is_tried_again(tools, monkeypatch):
    monkeypatch.setattr(worker, "TROUBLE_SECONDS", 0.05)
    enqueue, tries, away = jobs.enqueue, [], DatabaseFault("away")

    async def away_at_first(**job):
        tries.append(job["key"])
        if len(tries) == 1:
            raise away
        await enqueue(**job)

    monkeypatch.setattr(jobs, "enqueue", away_at_first)
    seen = []

    async def note(bench, job):
        seen.append(job.key)

    kind = JobKind(name="test.daily", seconds=0.5, slots=1, run=note, daily=True)
    await _until_left(tools, kind, seen, f"test.daily {tools.now().astimezone(SHANGHAI):%Y-%m-%d}")
    assert len(seen) == 1


async def test_old_copies_of_drafts_are_removed_by_the_worker_itself(database, tmp_path):
    clock = Clock()
    tools = some_tools(tmp_path, clock)
    await a_province(tools)
    await send_draft(tools)
    await discard_draft(tools, LI.actor, VISIT, PHONE)
    clock.go_on(days=31)
    stop = asyncio.Event()
    running = asyncio.create_task(run_worker(tools, IDLE, stop))
    async with asyncio.timeout(10):
        while await run("SELECT id FROM draft_copy"):  # noqa: ASYNC110 - rows raise no events
            await asyncio.sleep(0.02)
    stop.set()
    await running
    tools.passwords.close()


async def test_what_the_worker_left_itself_is_forgotten_after_a_week(tools):
    (forget,) = [kind for kind in KINDS if kind.name == "draft.forget"]
    clock = Clock()
    bench = Bench(tools=msgspec.structs.replace(tools, now=clock), press=IDLE)
    for kind in ("deadline.remind", "message.mail"):
        await jobs.enqueue(kind=kind, key=kind, payload={}, at=clock())
        (job,) = await jobs.claim(clock(), timedelta(minutes=1), (kind,), 1)
        await jobs.finish(job, clock())
    await jobs.enqueue(kind="deadline.remind", key="still to do", payload={}, at=clock())
    left = []
    for days in (7, 1):
        clock.go_on(days=days)
        await forget.run(bench, job)
        left.append({row["key"] for row in await run("SELECT key FROM job")})
    assert left[0] - left[1] == {"deadline.remind"}
    assert {"still to do", "message.mail"} <= left[1]
