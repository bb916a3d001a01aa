"""The worker: takes jobs as they come, survives whatever they do, stops when asked."""

import asyncio
import logging
from datetime import datetime, timedelta

import msgspec

from inspection.documents.press import Press
from inspection.domain.deadline import SHANGHAI
from inspection.jobs.bench import Bench, JobKind
from inspection.jobs.kinds import KINDS
from inspection.jobs.printing import GivenUp
from inspection.persistence import jobs
from inspection.persistence.engine import tx
from inspection.persistence.jobs import ClaimedJob
from inspection.services.tools import Tools

POLL_SECONDS = 0.4
"""How often an idle worker looks; a job waits half a second at most."""

TROUBLE_SECONDS = 2.0
"""How long it rests when the database cannot be asked."""

LOOK_SECONDS = 60.0
"""How often it makes sure that the work of the day, and of these minutes, has been left."""

GRACE_SECONDS = 20.0
"""How long running jobs may finish after a stop; what is cut off then is tried again later."""

LEASE_FACTOR = 2
"""A worker that has not answered for twice the time limit has lost its job."""

log = logging.getLogger("inspection.jobs")


async def run_worker(
    tools: Tools, press: Press, stop: asyncio.Event, kinds: tuple[JobKind, ...] = KINDS
) -> None:
    """Work until `stop` is set, then finish what is running."""
    bench = Bench(tools, press)
    runners = [
        asyncio.create_task(_serve(bench, kind, stop), name=f"{kind.name} {slot}")
        for kind in kinds
        for slot in range(kind.slots)
    ]
    timed = tuple(kind for kind in kinds if kind.daily or kind.minutes)
    runners.append(asyncio.create_task(_remind(tools, timed, stop), name="work of the day"))
    try:
        await stop.wait()
        await asyncio.wait(runners, timeout=GRACE_SECONDS)
    finally:
        for runner in runners:
            runner.cancel()
        await asyncio.gather(*runners, return_exceptions=True)


async def _serve(bench: Bench, kind: JobKind, stop: asyncio.Event) -> None:
    while not stop.is_set():
        try:
            rest = 0.0 if await _take(bench, kind) else POLL_SECONDS
        except Exception:  # a database that is away must not end the worker
            log.exception("%s: the queue cannot be reached, trying again", kind.name)
            rest = TROUBLE_SECONDS
        if rest:
            await _rest(stop, rest)


async def _remind(tools: Tools, timed: tuple[JobKind, ...], stop: asyncio.Event) -> None:
    """Leave the work of the day, and of these minutes. Its key names them: however many workers
    there are, and however often they start, it is done once.
    """
    while not stop.is_set():
        rest = LOOK_SECONDS
        try:
            for kind in timed:
                now = tools.now()
                await jobs.enqueue(kind=kind.name, key=_slot(kind, now), payload={}, at=now)
        except Exception:  # a database that is away must not end the worker
            log.exception("the work of the day cannot be left, trying again")
            rest = TROUBLE_SECONDS
        await _rest(stop, rest)


def _slot(kind: JobKind, now: datetime) -> str:
    """The key of a timed job: the day in China, or the minutes it is for."""
    local = now.astimezone(SHANGHAI)
    if not kind.minutes:
        return f"{kind.name} {local:%Y-%m-%d}"
    begun = local - timedelta(minutes=local.minute % kind.minutes)
    return f"{kind.name} {begun:%Y-%m-%d %H:%M}"


async def _take(bench: Bench, kind: JobKind) -> bool:
    lease = timedelta(seconds=LEASE_FACTOR * kind.seconds)
    claimed = await jobs.claim(bench.tools.now(), lease, (kind.name,), 1)
    for job in claimed:
        await _run(bench, kind, job)
    # Last, so that a lost job that cannot be buried holds up no other.
    for job in await jobs.lost(bench.tools.now(), kind.name):
        await _give_up(bench, kind, job, jobs.LOST)
    return bool(claimed)


async def _run(bench: Bench, kind: JobKind, job: ClaimedJob) -> None:
    try:
        async with asyncio.timeout(kind.seconds):
            await kind.run(bench, job)
    except TimeoutError:
        await _fail(bench, kind, job, f"took longer than {kind.seconds:g} s")
    except (GivenUp, msgspec.DecodeError) as fault:
        log.warning("%s %s given up: %s", kind.name, job.key, fault)
        await _give_up(bench, kind, job, str(fault))
    except Exception as fault:  # a poison job must not take the worker with it
        log.exception("%s %s failed", kind.name, job.key)
        await _fail(bench, kind, job, f"{type(fault).__name__}: {fault}")
    else:
        await jobs.finish(job, bench.tools.now())


async def _fail(bench: Bench, kind: JobKind, job: ClaimedJob, fault: str) -> None:
    if job.tries < jobs.MAX_TRIES:
        await jobs.fail(job, bench.tools.now(), fault)
    else:
        await _give_up(bench, kind, job, fault)


async def _give_up(bench: Bench, kind: JobKind, job: ClaimedJob, fault: str) -> None:
    # One transaction: a job is never dead without those who wait for it being told.
    async with tx():
        if await jobs.bury(job, bench.tools.now(), fault):
            try:
                await _tell_who_waits(bench, kind, job)
            except msgspec.DecodeError:
                log.warning("%s %s does not say who waits for it", kind.name, job.key)


async def _tell_who_waits(bench: Bench, kind: JobKind, job: ClaimedJob) -> None:
    if kind.gave_up is not None:
        await kind.gave_up(job)
    if kind.buried is not None:
        await kind.buried(bench, job)


async def _rest(stop: asyncio.Event, seconds: float) -> None:
    try:
        async with asyncio.timeout(seconds):
            await stop.wait()
    except TimeoutError:
        return
