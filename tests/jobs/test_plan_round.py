"""The job that makes a plan: its steps, what it does when that fails, and when nobody waits."""

import asyncio
from datetime import timedelta

import pytest

from inspection.jobs import plan_round
from inspection.jobs.bench import Bench
from inspection.jobs.kinds import KINDS
from inspection.persistence import jobs
from inspection.persistence.engine import tx
from inspection.persistence.job_progress import progress_of
from inspection.planning.process import PlanningFailed
from inspection.services.rounds.round_planning import discard_plan
from tests.cast import CLUB, GUO, ROUND
from tests.makers import a_province, some_tools
from tests.planned import a_proposal, plan_rows, proposal_row

(KIND,) = [kind for kind in KINDS if kind.name == plan_round.KIND]


@pytest.fixture
async def tools(sqlite_database, tmp_path):
    tools = some_tools(tmp_path)
    await a_province(tools)
    yield tools
    tools.passwords.close()


async def claimed(tools):
    (job,) = await jobs.claim(tools.now(), timedelta(minutes=5), (KIND.name,), 1)
    return job


async def worked(tools):
    await KIND.run(Bench(tools, None), await claimed(tools))


async def test_the_job_plans_in_a_process_of_its_own_and_writes_the_rows(tools):
    proposal = await a_proposal(tools)
    await worked(tools)
    assert (await plan_rows(proposal))[CLUB] == ("ma", "")
    assert (await proposal_row(proposal))["state"] == "ready"
    progress = await progress_of(f"{KIND.name} {proposal} 1")
    assert (progress.done, progress.steps) == (2, 3)


async def test_nothing_is_done_for_a_plan_nobody_waits_for(tools):
    proposal = await a_proposal(tools)
    await discard_plan(tools, GUO.actor, ROUND, proposal, 1)
    await worked(tools)
    assert await plan_rows(proposal) == {}


async def test_a_plan_thrown_away_while_it_is_made_is_not_finished(tools, monkeypatch):
    begun, stopped = asyncio.Event(), []

    async def endless(_):
        begun.set()
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            stopped.append(True)
            raise

    monkeypatch.setattr(plan_round, "made_plan", endless)
    monkeypatch.setattr(plan_round, "LOOK_SECONDS", 0.01)
    proposal = await a_proposal(tools)
    working = asyncio.create_task(worked(tools))
    await begun.wait()
    await discard_plan(tools, GUO.actor, ROUND, proposal, 1)
    await working
    assert stopped == [True]
    assert (await proposal_row(proposal))["state"] == "discarded"


async def failing_with(monkeypatch, code):
    async def failing(_):
        raise PlanningFailed(code)

    monkeypatch.setattr(plan_round, "made_plan", failing)


@pytest.mark.parametrize("code", ["time", "memory"])
async def test_what_takes_too_much_fails_at_once(tools, monkeypatch, code):
    proposal = await a_proposal(tools)
    await failing_with(monkeypatch, code)
    await worked(tools)
    row = await proposal_row(proposal)
    assert (row["state"], row["fault"]) == ("failed", code)


async def test_a_crash_is_tried_again_until_it_is_given_up(tools, monkeypatch):
    proposal = await a_proposal(tools)
    await failing_with(monkeypatch, "crashed")
    job = await claimed(tools)
    with pytest.raises(PlanningFailed):
        await KIND.run(Bench(tools, None), job)
    assert (await proposal_row(proposal))["state"] == "planning"
    async with tx():
        await KIND.gave_up(job)
    row = await proposal_row(proposal)
    assert (row["state"], row["fault"]) == ("failed", "crashed")
