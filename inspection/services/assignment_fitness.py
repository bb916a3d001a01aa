"""Whether somebody may be sent to a store by hand: the same rules a plan keeps to."""

from datetime import date

import msgspec

from inspection.domain.access import Role
from inspection.domain.coverage import today
from inspection.domain.planning import (
    MOST_PER_DAY,
    MOST_PER_ROUND,
    InspectorToPlan,
    PlanAsked,
    StoreToPlan,
)
from inspection.domain.planning_rules import Rulebook, WhyNot
from inspection.domain.refusals import Fault
from inspection.persistence import assignment_rows
from inspection.persistence.assignment_rows import HeldAssignment, InspectorFound
from inspection.persistence.plans import RoundEntry
from inspection.services.tools import Tools


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
    inspector = InspectorToPlan(
        id=person.id,
        per_round=MOST_PER_ROUND,
        per_day=MOST_PER_DAY,
        home=person.region_path,
        units=await assignment_rows.units_of(person.id),
    )
    asked = await _asked(found, inspector, stores, today(tools.now()))
    bars = [(one, _bar(asked, one, inspector)) for one in wanted]
    return tuple(
        Fault("/inspector", f"assignment.{why.code}", store=one.store_code)
        for one, why in bars
        if why is not None
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
