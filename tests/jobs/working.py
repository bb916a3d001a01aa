"""A worker at its desk, and the jobs it finds there."""

import asyncio

from inspection.documents.press import Press
from inspection.jobs.bench import JobKind
from inspection.jobs.worker import run_worker
from inspection.persistence import jobs
from inspection.persistence.statements import run

IDLE = Press({})
"""A press nobody asks for anything."""


class Desk:
    """Runs a worker over one kind of job and notes what came by."""

    def __init__(self, tools_now, **behaviour):
        self.tools = tools_now
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


async def left(tools_now, *keys, kind="test.note"):
    for key in keys:
        await jobs.enqueue(kind=kind, key=key, payload={}, at=tools_now.now())


async def states():
    return {row["key"]: row["state"] for row in await run("SELECT key, state FROM job")}


def breaks(error):
    async def broken():
        raise error

    return broken


async def has_fault(key):
    (row,) = await run("SELECT fault FROM job WHERE key = ?", key)
    return bool(row["fault"])
