"""The job that makes a proposal: read, plan in a process of its own, write."""

import asyncio

import msgspec

from inspection.domain.rounds.planning import Plan, PlanAsked
from inspection.persistence.engine import tx
from inspection.persistence.job_progress import note_progress
from inspection.persistence.jobs import ClaimedJob
from inspection.planning.process import PlanningFailed, made_plan
from inspection.services.rounds import plan_making
from inspection.services.rounds.round_planning import PLAN
from inspection.services.tools import Tools

KIND = PLAN
STEPS = 3
LOOK_SECONDS = 0.5
"""How often is looked whether anybody still waits."""


class PlanRound(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which proposal, and which revision of it."""

    proposal: str
    revision: int


async def plan_round(tools: Tools, payload: PlanRound, job: ClaimedJob) -> None:
    """Plan unless nobody waits for it any more. What takes too much is not tried again."""
    asked = await plan_making.plan_order(tools, payload.proposal, payload.revision)
    if asked is None:
        return
    await note_progress(job, 1, STEPS)
    try:
        plan = await _made(payload, asked)
    except PlanningFailed as failed:
        if failed.code == "crashed":
            raise
        await _no_plan(payload, failed.code)
        return
    if plan is not None:
        await note_progress(job, 2, STEPS)
        await plan_making.keep_plan(tools, payload.proposal, payload.revision, asked, plan)


async def give_up(payload: PlanRound) -> None:
    """No plan will come: in the transaction that buries the job."""
    await plan_making.note_no_plan(payload.proposal, payload.revision, "crashed")


async def _made(payload: PlanRound, asked: PlanAsked) -> Plan | None:
    """The plan, or None once nobody waits for it."""
    making = asyncio.create_task(made_plan(asked))
    try:
        while not (await asyncio.wait({making}, timeout=LOOK_SECONDS))[0]:
            if not await plan_making.is_waited_for(payload.proposal, payload.revision):
                return None
        return making.result()
    finally:
        making.cancel()
        await asyncio.wait({making})


async def _no_plan(payload: PlanRound, fault: str) -> None:
    async with tx():
        await plan_making.note_no_plan(payload.proposal, payload.revision, fault)
