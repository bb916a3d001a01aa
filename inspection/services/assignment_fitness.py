"""Whether somebody may be sent to a store by hand: the same rules a plan keeps to."""

from inspection.domain.access import Role
from inspection.domain.coverage import today
from inspection.domain.planning import (
    MOST_PER_DAY,
    MOST_PER_ROUND,
    InspectorToPlan,
    PlanAsked,
    StoreToPlan,
)
from inspection.domain.planning_rules import Rulebook
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
    going = await assignment_rows.stores_of(found.id, person.id)
    history = await assignment_rows.visits_by(person.id, stores)
    inspector = InspectorToPlan(
        id=person.id,
        per_round=MOST_PER_ROUND,
        per_day=MOST_PER_DAY,
        home=person.region_path,
        units=await assignment_rows.units_of(person.id),
    )
    faults = []
    for one in wanted:
        asked = PlanAsked(
            visit_kind=found.visit_kind,
            first=max(one.window_from, today(tools.now())),
            last=max(one.window_to, today(tools.now())),
            stores=(),
            inspectors=(inspector,),
            history=history,
            going=tuple((store, person.id) for store in going),
        )
        store = StoreToPlan(id=one.store, region_path=one.region_path)
        if why := Rulebook(asked).why_not(store, inspector):
            faults.append(Fault("/inspector", f"assignment.{why.code}", store=one.store_code))
    return tuple(faults)
