"""What a worker does by itself: the work of a day, old copies, what it left."""

import asyncio
from datetime import timedelta

import msgspec

from inspection.domain.deadline import SHANGHAI
from inspection.jobs import worker
from inspection.jobs.bench import Bench, JobKind
from inspection.jobs.kinds import KINDS
from inspection.jobs.worker import run_worker
from inspection.persistence import jobs
from inspection.persistence.engines.integrity import DatabaseFault
from inspection.persistence.statements import run
from inspection.services.visits.drafts import discard_draft
from tests.cast import LI
from tests.drafting import PHONE, send_draft
from tests.jobs.working import IDLE
from tests.makers import Clock, a_province, some_tools
from tests.submissions import VISIT


async def test_the_work_of_a_day_is_left_once_however_many_workers_start(database, tmp_path):
    clock = Clock()
    tools_now, seen = some_tools(tmp_path, clock), []

    async def note(bench, job):
        seen.append(job.key)

    kind = JobKind(name="test.daily", seconds=0.5, slots=1, run=note, daily=True)
    for _ in range(2):
        await _until_left(tools_now, kind, seen, "test.daily 2026-11-18")
    clock.go_on(hours=16)
    await _until_left(tools_now, kind, seen, "test.daily 2026-11-19")
    assert seen == ["test.daily 2026-11-18", "test.daily 2026-11-19"]
    tools_now.passwords.close()


async def _until_left(tools_now, kind, seen, key):
    stop = asyncio.Event()
    workers = [asyncio.create_task(run_worker(tools_now, IDLE, stop, (kind,))) for _ in range(2)]
    async with asyncio.timeout(10):
        while key not in seen:  # noqa: ASYNC110 - the job of the other worker counts too
            await asyncio.sleep(0.02)
    stop.set()
    await asyncio.gather(*workers)


async def test_a_day_whose_work_could_not_be_left_is_tried_again(tools_now, monkeypatch):
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
    await _until_left(
        tools_now, kind, seen, f"test.daily {tools_now.now().astimezone(SHANGHAI):%Y-%m-%d}"
    )
    assert len(seen) == 1


async def test_old_copies_of_drafts_are_removed_by_the_worker_itself(database, tmp_path):
    clock = Clock()
    tools_now = some_tools(tmp_path, clock)
    await a_province(tools_now)
    await send_draft(tools_now)
    await discard_draft(tools_now, LI.actor, VISIT, PHONE)
    clock.go_on(days=31)
    stop = asyncio.Event()
    running = asyncio.create_task(run_worker(tools_now, IDLE, stop))
    async with asyncio.timeout(10):
        while await run("SELECT id FROM draft_copy"):  # noqa: ASYNC110 - rows raise no events
            await asyncio.sleep(0.02)
    stop.set()
    await running
    tools_now.passwords.close()


async def test_what_the_worker_left_itself_is_forgotten_after_a_week(tools_now):
    (forget,) = [kind for kind in KINDS if kind.name == "draft.forget"]
    clock = Clock()
    bench = Bench(tools=msgspec.structs.replace(tools_now, now=clock), press=IDLE)
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
