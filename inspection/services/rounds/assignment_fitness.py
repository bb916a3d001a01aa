"""Whether somebody may be sent to a store by hand: the same rules a plan keeps to."""

from datetime import date

import msgspec

from inspection.domain.access import Role
from inspection.domain.refusals import Fault
from inspection.domain.rounds.coverage import today
from inspection.domain.rounds.planning import (
    MOST_PER_DAY,
    MOST_PER_ROUND,
    InspectorToPlan,
    PlanAsked,
    StoreToPlan,
)
from inspection.domain.rounds.planning_rules import Rulebook, WhyNot
from inspection.persistence.rounds import assignment_rows
from inspection.persistence.rounds.assignment_rows import HeldAssignment, InspectorFound
from inspection.persistence.rounds.plans import RoundEntry
from inspection.services.tools import Tools


class Errand(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody is to go to a store within some days, besides what a round plans."""

    visit_kind: str
    store: str
    store_code: str
    region_path: str
    window_from: date
    window_to: date


def unfit_person(person: InspectorFound | None) -> Fault | None:
    """Why nobody is sent in the person of this account."""
    if person is None or person.role != Role.INSPECTOR or person.is_disabled:
        return Fault("/inspector", "assignment.inspector_unknown")
    return None


async def unfit_for(
    tools: Tools, found: RoundEntry, person: InspectorFound, wanted: tuple[HeldAssignment, ...]
) -> tuple[Fault, ...]:
    """Why the person may not take over these visits: there already, an own or former unit, or back
    at the store too soon.
    """
    stores = [one.store for one in wanted]
    inspector = await _to_plan(person)
    asked = await _asked(found, inspector, stores, today(tools.now()))
    bars = [(one, _bar(asked, one, inspector)) for one in wanted]
    return tuple(
        Fault("/inspector", f"assignment.{why.code}", store=one.store_code)
        for one, why in bars
        if why is not None
    )


async def unfit_on(tools: Tools, person: InspectorFound, errand: Errand) -> tuple[Fault, ...]:
    """The same for a single errand: an own or former unit, or back at the store too soon."""
    inspector = await _to_plan(person)
    day = today(tools.now())
    asked = PlanAsked(
        visit_kind=errand.visit_kind,
        first=max(errand.window_from, day),
        last=max(errand.window_to, day),
        stores=(),
        inspectors=(inspector,),
        history=await assignment_rows.visits_by(person.id, [errand.store]),
    )
    store = StoreToPlan(id=errand.store, region_path=errand.region_path)
    why = Rulebook(asked).why_not(store, inspector)
    if why is None:
        return ()
    return (Fault("/inspector", f"assignment.{why.code}", store=errand.store_code),)


async def _to_plan(person: InspectorFound) -> InspectorToPlan:
    return InspectorToPlan(
        id=person.id,
        per_round=MOST_PER_ROUND,
        per_day=MOST_PER_DAY,
        home=person.region_path,
        units=await assignment_rows.units_of(person.id),
    )


async def _asked(
    found: RoundEntry, inspector: InspectorToPlan, stores: list[str], day: date
) -> PlanAsked:
    going = await assignment_rows.stores_of(found.id, inspector.id)
    return PlanAsked(
        visit_kind=found.visit_kind,
        first=day,
        last=day,
        stores=(),
        inspectors=(inspector,),
        history=await assignment_rows.visits_by(inspector.id, stores),
        going=tuple((store, inspector.id) for store in going),
    )


def _bar(asked: PlanAsked, one: HeldAssignment, inspector: InspectorToPlan) -> WhyNot | None:
    """What keeps the inspector away for as long as the window of this visit lasts."""
    within = msgspec.structs.replace(
        asked, first=max(one.window_from, asked.first), last=max(one.window_to, asked.last)
    )
    return Rulebook(within).why_not(
        StoreToPlan(id=one.store, region_path=one.region_path), inspector
    )
