"""What the planning job reads and writes: the question, and the rows of the answer."""

from collections.abc import Iterable
from datetime import datetime

import msgspec

from inspection.domain.rounds.planning import Plan, PlanAsked, PlannedVisit
from inspection.domain.rounds.planning_costs import Costs, last_inspectors
from inspection.domain.rounds.planning_faults import plan_faults
from inspection.domain.rounds.planning_warnings import Warner, burden_of
from inspection.persistence.engine import read_tx, tx
from inspection.persistence.rounds import planning_facts, proposals
from inspection.persistence.rounds.proposals import ProposalRow, ProposalState, ProposedRow
from inspection.services.rounds.plan_access import matter_of
from inspection.services.rounds.plan_questions import question
from inspection.services.tools import Tools

NOBODY, WARNED, FINE = 0, 1, 2
"""How much attention a row wants; lists begin with the first."""


async def plan_order(tools: Tools, proposal: str, revision: int) -> PlanAsked | None:
    """The question of a proposal; None when nobody waits for this revision any more. What was
    chosen by hand and is forbidden by now is not kept.
    """
    async with read_tx():
        found = await _waiting(proposal, revision)
        if found is None:
            return None
        matter = matter_of(tools, await planning_facts.find_round_of(proposal), found)
        kept = [visit for visit in visits_of(await proposals.rows_of(proposal)) if visit.kept]
        asked = await question(matter, kept, anybody=True)
        faults = plan_faults(Plan(visits=tuple(kept), unplaced=()), asked)
        broken = {(fault.store, fault.inspector) for fault in faults}
        sound = [visit for visit in kept if (visit.store, visit.inspector) not in broken]
        return _with_chosen(asked, matter.choice.inspectors, sound)


async def is_waited_for(proposal: str, revision: int) -> bool:
    """Whether anybody still wants this revision planned."""
    async with read_tx():
        return await _waiting(proposal, revision) is not None


async def keep_plan(
    tools: Tools, proposal: str, revision: int, asked: PlanAsked, plan: Plan
) -> bool:
    """Write the answer in the place of what was there. False when nobody waits for it any more.
    An answer that breaks a rule is never written: the proposal fails.
    """
    sound = not plan_faults(plan, asked)
    rows = _rows(tools, proposal, asked, plan) if sound else []
    async with tx():
        found = await _waiting(proposal, revision, lock=True)
        if found is None:
            return False
        if sound:
            await proposals.replace_rows(proposal, rows)
        await _settle(found, "" if sound else "faults", tools.now())
    return True


async def note_no_plan(proposal: str, revision: int, fault: str) -> None:
    """Say that no plan came, and why: in the caller's transaction."""
    found = await _waiting(proposal, revision, lock=True)
    if found is not None:
        await _settle(found, fault, found.planned_at)


def visits_of(rows: Iterable[ProposedRow]) -> tuple[PlannedVisit, ...]:
    """The rows that have somebody."""
    return tuple(
        PlannedVisit(store=row.store, inspector=row.inspector, day=row.day, kept=row.by_hand)
        for row in rows
        if row.inspector and row.day
    )


async def _waiting(proposal: str, revision: int, *, lock: bool = False) -> ProposalRow | None:
    found = await proposals.find_proposal(proposal, lock=lock)
    wanted = found is not None and found.state is ProposalState.PLANNING
    return found if found and wanted and found.revision == revision else None


async def _settle(found: ProposalRow, fault: str, planned_at: datetime | None) -> None:
    state = ProposalState.FAILED if fault else ProposalState.READY
    await proposals.update_proposal(
        msgspec.structs.replace(found, state=state, fault=fault, planned_at=planned_at)
    )


def _with_chosen(asked: PlanAsked, chosen: tuple[str, ...], kept: list[PlannedVisit]) -> PlanAsked:
    """Only the people who were chosen, and those somebody chose by hand."""
    wanted = {*chosen, *(visit.inspector for visit in kept)}
    people = tuple(each for each in asked.inspectors if not chosen or each.id in wanted)
    return msgspec.structs.replace(asked, inspectors=people, kept=tuple(kept))


def _rows(tools: Tools, proposal: str, asked: PlanAsked, plan: Plan) -> list[ProposedRow]:
    warner, costs = Warner(asked, burden_of(plan.visits)), Costs(asked)
    last = last_inspectors(asked)
    rows = []
    for visit in plan.visits:
        warning = warner.warning(visit)
        rows.append(
            ProposedRow(
                id=tools.new_id(),
                proposal=proposal,
                store=visit.store,
                inspector=visit.inspector,
                day=visit.day,
                by_hand=visit.kept,
                attention=WARNED if warning else FINE,
                warning=warning,
                why="",
                way_hm=costs.way_hm(visit.store, visit.inspector),
                last_inspector=last.get(visit.store),
            )
        )
    return rows + [
        _empty(tools, proposal, lack.store, lack.why, last.get(lack.store))
        for lack in plan.unplaced
        for _ in range(lack.missing)
    ]


def _empty(tools: Tools, proposal: str, store: str, why: str, last: str | None) -> ProposedRow:
    return ProposedRow(
        id=tools.new_id(),
        proposal=proposal,
        store=store,
        inspector=None,
        day=None,
        by_hand=False,
        attention=NOBODY,
        warning="",
        why=why,
        way_hm=0,
        last_inspector=last,
    )
