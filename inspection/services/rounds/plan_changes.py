"""One visit of a proposal decided by hand: checked by the same rules, warned or refused."""

from collections import Counter
from datetime import date

import msgspec

from inspection.domain.access import Action, Actor
from inspection.domain.refusals import Fault, NotFound
from inspection.domain.refusals.proposals import PlanChanged, PlanRefused
from inspection.domain.rounds.planning import Plan, PlanAsked, PlannedVisit
from inspection.domain.rounds.planning_costs import Costs
from inspection.domain.rounds.planning_faults import plan_faults
from inspection.domain.rounds.planning_warnings import Burden, Warner
from inspection.persistence.engine import tx
from inspection.persistence.rounds import proposal_lists, proposals
from inspection.persistence.rounds.planning_facts import PlannedRound
from inspection.persistence.rounds.proposals import ProposalRow, ProposedRow
from inspection.services.changes import changes, record
from inspection.services.rounds.plan_access import (
    check_ready,
    held_proposal,
    matter_of,
    reached_round,
    reaches,
)
from inspection.services.rounds.plan_making import FINE, NOBODY, WARNED, visits_of
from inspection.services.rounds.plan_questions import question
from inspection.services.tools import Tools

BY_HAND = "by_hand"


class VisitWish(msgspec.Struct, frozen=True, kw_only=True):
    """Who is to go and when; nobody leaves the store without. `seen` is the row's version."""

    inspector: str = ""
    day: date | None = None
    seen: str


async def change_visit(tools: Tools, actor: Actor, code: str, row: str, wish: VisitWish) -> None:
    """Decide a row by hand. Raises NotFound, PlanNotReady, PlanChanged when somebody else decided
    it meanwhile, and PlanRefused naming the rules nobody may overrule.
    """
    async with tx():
        round_ = await reached_round(actor, Action.PLAN_EDIT, code)
        found = await held_proposal(actor, round_, await _proposal_of(actor, round_, row))
        check_ready(found)
        # Read behind the lock: until then somebody else may have been at it.
        before = await proposals.find_row(row)
        if before is None or version_of(before) != wish.seen:
            raise PlanChanged
        after = await _decided(tools, round_, found, before, wish)
        if after != before:
            await _write(tools, actor, found, before, after)


def version_of(row: ProposedRow) -> str:
    """What a page must have shown for its form to be taken."""
    return f"{row.inspector or ''} {row.day or ''}"


async def _proposal_of(actor: Actor, round_: PlannedRound, row: str) -> str:
    proposed = await proposals.find_row(row)
    found = await proposals.find_proposal(proposed.proposal) if proposed else None
    if found is None or not reaches(actor, Action.PLAN_EDIT, round_, found):
        raise NotFound(noun="plan")
    return found.id


async def _decided(
    tools: Tools, round_: PlannedRound, found: ProposalRow, row: ProposedRow, wish: VisitWish
) -> ProposedRow:
    if not wish.inspector:
        return _taken_out(row)
    if wish.day is None:
        raise PlanRefused(faults=(Fault("/day", "plan.day_missing"),))
    asked = await question(matter_of(tools, round_, found), store=row.store, anybody=True)
    visit = PlannedVisit(store=row.store, inspector=wish.inspector, day=wish.day, kept=True)
    others = [each for each in await proposals.rows_of(found.id, row.store) if each.id != row.id]
    check_visit(asked, visit, visits_of(others))
    warning = Warner(asked, await burden(found.id, row, visit)).warning(visit)
    return msgspec.structs.replace(
        row,
        inspector=visit.inspector,
        day=visit.day,
        by_hand=True,
        attention=WARNED if warning else FINE,
        warning=warning,
        why="",
        way_hm=Costs(asked).way_hm(visit.store, visit.inspector),
    )


def _taken_out(row: ProposedRow) -> ProposedRow:
    return msgspec.structs.replace(
        row,
        inspector=None,
        day=None,
        by_hand=False,
        attention=NOBODY,
        warning="",
        why=row.why or BY_HAND,
        way_hm=0,
    )


def check_visit(asked: PlanAsked, visit: PlannedVisit, others: tuple[PlannedVisit, ...]) -> None:
    """Raises PlanRefused for a visit that no person may decide on either."""
    faults = plan_faults(Plan(visits=(visit, *others), unplaced=()), asked)
    codes = {f.why.code: f.why for f in faults if f.inspector == visit.inspector}
    if codes:
        raise PlanRefused(
            faults=tuple(
                Fault("/inspector", f"plan_why.{code}", since=why.since, until=why.free_from)
                for code, why in sorted(codes.items())
            )
        )


async def burden(proposal: str, row: ProposedRow | None, visit: PlannedVisit) -> Burden:
    """What the inspector has with this visit in the place of a row."""
    loads = {each.inspector: each.visits for each in await proposal_lists.loads_of(proposal)}
    on_day = await proposal_lists.visits_on(proposal, visit.inspector, visit.day)
    same = row is not None and row.inspector == visit.inspector
    same_day = row is not None and same and row.day == visit.day
    visits = Counter(loads)
    visits[visit.inspector] += not same
    return Burden(visits, Counter({(visit.inspector, visit.day): on_day + (not same_day)}))


async def _write(
    tools: Tools, actor: Actor, found: ProposalRow, before: ProposedRow, after: ProposedRow
) -> None:
    await proposals.update_row(after)
    await proposals.update_proposal(msgspec.structs.replace(found, revision=found.revision + 1))
    body = {"proposal": found.id, "store": after.store, "changes": changes(before, after)}
    await record(tools, actor, "plan.change", ("round", found.round), body)
