from datetime import timedelta

import pytest

from inspection.domain.refusals import NotFound
from inspection.persistence import jobs
from inspection.persistence.audit import audit
from inspection.persistence.engine import tx
from inspection.services.dead_jobs import list_dead_jobs, revive_job

KEY = "notice.print:7"


@pytest.fixture
async def dead(database, tools):
    async with tx():
        await jobs.enqueue(kind="notice.print", key=KEY, payload={}, at=tools.now())
    async with tx():
        (job,) = await jobs.claim(tools.now(), timedelta(minutes=1), ("notice.print",), 1)
        await jobs.bury(job, tools.now(), "no paper")
    return job


async def test_a_dead_job_is_listed_until_it_is_revived(tools, dead):
    (listed,) = await list_dead_jobs()
    assert (listed.key, listed.fault) == (KEY, "no paper")
    await revive_job(tools, KEY)
    assert await list_dead_jobs() == ()
    assert await jobs.waiting("notice.print") == 1
    (event,) = await audit.events_of("job", str(dead.id))
    assert (event.action, event.body) == ("job.revive", f'{{"key":"{KEY}"}}')


async def test_only_a_dead_job_is_revived(tools, dead):
    await revive_job(tools, KEY)
    with pytest.raises(NotFound):
        await revive_job(tools, KEY)
