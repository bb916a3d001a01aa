"""Sending people by a proposal: everything is checked against what is true now, then all
assignments are written, or none.
"""

import msgspec

from inspection.domain.access import Action, Actor
from inspection.domain.refusals import Fault
from inspection.domain.refusals.proposals import PlanEmpty, PlanOutdated, PlanRoundClosed
from inspection.domain.rounds.assignment import AssignmentState
from inspection.domain.rounds.planning import Plan, PlanAsked, PlannedVisit, week_of
from inspection.domain.rounds.planning_faults import PlanFault, plan_faults
from inspection.domain.rounds.planning_rules import Rulebook
from inspection.domain.rounds.round import RoundState
from inspection.persistence.engine import tx
from inspection.persistence.people.places import Scope
from inspection.persistence.rounds import planning_facts, plans, proposals
from inspection.persistence.rounds.planning_facts import PlannedRound, StoresWanted
from inspection.persistence.rounds.plans import AssignmentEntry
from inspection.persistence.rounds.proposals import ProposalRow, ProposalState
from inspection.services.changes import record
from inspection.services.messages.push_subscriptions import tell_of_assignments
from inspection.services.rounds.plan_access import (
    check_ready,
    held_proposal,
    matter_of,
    reached_round,
)
from inspection.services.rounds.plan_making import visits_of
from inspection.services.rounds.plan_questions import question
from inspection.services.rounds.round_planning import check_days
from inspection.services.tools import Tools

MOST_NAMED = 20
"""How many faults are told; a plan that has more is made anew anyway."""


async def publish_plan(tools: Tools, actor: Actor, code: str, proposal: str, seen: int) -> int:
    """Write the assignments of a proposal; how many. Raises NotFound, PlanNotReady, PlanChanged,
    PlanRoundClosed, PlanEmpty, or PlanOutdated naming visits that break a rule by now.
    """
    async with tx():
        round_ = await reached_round(actor, Action.PLAN_EDIT, code, lock=True)
        found = await held_proposal(actor, round_, proposal, seen)
        check_ready(found)
        check_days(tools, round_)
        if round_.state != RoundState.OPEN:
            raise PlanRoundClosed
        rows = await proposals.rows_of(proposal)
        visits = visits_of(rows)
        if not visits:
            raise PlanEmpty
        asked = await question(matter_of(tools, round_, found), anybody=True)
        await _check(round_, found, visits, asked)
        await plans.add_assignments(await _entries(tools, round_, visits, asked))
        await tell_of_assignments(tools, (visit.inspector for visit in visits))
        await _close(tools, actor, found, len(visits), len(rows) - len(visits))
    return len(visits)


async def _check(
    round_: PlannedRound, found: ProposalRow, visits: tuple[PlannedVisit, ...], asked: PlanAsked
) -> None:
    faults = plan_faults(Plan(visits=visits, unplaced=()), asked)
    if not faults:
        return
    stores = await planning_facts.names_of_stores([f.store for f in faults[:MOST_NAMED]])
    people = {each.id: each for each in await planning_facts.inspectors_to_plan(round_.id)}

    def told(fault: PlanFault) -> Fault:
        person = people.get(fault.inspector)
        return Fault(
            "/visits",
            f"plan_fault.{fault.why.code}",
            store=stores.get(fault.store, found.id),
            inspector=person.pseudonym if person else "–",
            since=fault.why.since,
            until=fault.why.free_from,
        )

    raise PlanOutdated(count=len(faults), faults=tuple(told(f) for f in faults[:MOST_NAMED]))


async def _entries(
    tools: Tools, round_: PlannedRound, visits: tuple[PlannedVisit, ...], asked: PlanAsked
) -> list[AssignmentEntry]:
    rubrics = await plans.rubrics_of(round_.id)
    everywhere = StoresWanted(round=round_.id, scope=Scope(round_.region_path))
    kinds = {each.id: each.kind for each in await planning_facts.stores_to_plan(everywhere)}
    book = Rulebook(asked)
    stores = {store.id: store for store in asked.stores}
    people = {person.id: person for person in asked.inspectors}
    entries = []
    for visit in visits:
        week = week_of(visit.day, asked.first, asked.last)
        release = book.release(stores[visit.store], people[visit.inspector])
        entries.append(
            AssignmentEntry(
                id=tools.new_id(),
                round=round_.id,
                store=visit.store,
                inspector=visit.inspector,
                rubric_version=rubrics[kinds[visit.store]],
                window_from=max(week.first, release),
                window_to=week.last,
                cover="",
                state=AssignmentState.OPEN.value,
                created_at=tools.now(),
            )
        )
    return entries


async def _close(tools: Tools, actor: Actor, found: ProposalRow, added: int, unplaced: int) -> None:
    over = msgspec.structs.replace(
        found,
        state=ProposalState.PUBLISHED,
        revision=found.revision + 1,
        settled_at=tools.now(),
    )
    await proposals.update_proposal(over)
    body = {
        "proposal": found.id,
        "region": found.region_path,
        "added": added,
        "unplaced": unplaced,
        "changes": {"state": [found.state.value, over.state.value]},
    }
    await record(tools, actor, "plan.publish", ("round", found.round), body)
