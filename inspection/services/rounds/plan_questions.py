"""What a planner is asked about a round, read from what is true now."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta

import msgspec

from inspection.domain.deadline import SHANGHAI
from inspection.domain.rounds.plan_choice import PlanChoice
from inspection.domain.rounds.planning import (
    County,
    InspectorToPlan,
    PastVisit,
    PlanAsked,
    PlannedVisit,
    Spot,
    StoreToPlan,
    Unit,
)
from inspection.persistence.people.places import Scope
from inspection.persistence.rounds import planning_facts, plans
from inspection.persistence.rounds.planning_facts import (
    CountyFact,
    InspectorFact,
    PlannedRound,
    StoreFact,
    StoresWanted,
)

LEAST_HISTORY = timedelta(days=400)
"""How far back is looked for who was at a store last, lock-out or not."""


class Matter(msgspec.Struct, frozen=True, kw_only=True):
    """A round, the part of it that is planned, by which rules, and today."""

    round: PlannedRound
    region_path: str
    choice: PlanChoice
    today: date

    @property
    def first(self) -> date:
        """The first day that can still be planned."""
        return max(self.round.starts_on, self.today)


async def question(
    matter: Matter, kept: Iterable[PlannedVisit] = (), *, store: str = "", anybody: bool = False
) -> PlanAsked:
    """The whole question, or the one about a single store; `anybody` asks about all inspectors,
    chosen or not. Inside a transaction of the caller.
    """
    round_, choice = matter.round, matter.choice
    wanted = StoresWanted(
        round=round_.id, scope=Scope(matter.region_path), kinds=choice.kinds, store=store
    )
    stores = await planning_facts.stores_to_plan(wanted)
    people = await planning_facts.inspectors_to_plan(round_.id)
    middles = await planning_facts.middles_of_regions()
    chosen = () if anybody else choice.inspectors
    return PlanAsked(
        visit_kind=round_.visit_kind,
        first=matter.first,
        last=round_.ends_on,
        stores=tuple(_store(each, choice.rules.visits) for each in stores),
        inspectors=_inspectors(people, await _units(), choice, chosen),
        rules=choice.rules,
        history=await _history(wanted, matter),
        going=tuple(sorted(await plans.planned_pairs(round_.id))),
        counties=tuple(_county(each) for each in middles),
        kept=tuple(kept),
    )


def today_of(now: datetime) -> date:
    """The day it is for those who plan."""
    return now.astimezone(SHANGHAI).date()


async def _units() -> dict[str, tuple[Unit, ...]]:
    found: dict[str, tuple[Unit, ...]] = {}
    for each in await planning_facts.units_of_inspectors():
        unit = Unit(region_path=each.path, from_on=each.from_on, to_on=each.to_on)
        found[each.account] = (*found.get(each.account, ()), unit)
    return found


async def _history(wanted: StoresWanted, matter: Matter) -> tuple[PastVisit, ...]:
    back = max(LEAST_HISTORY, timedelta(days=matter.choice.rules.lockout_days))
    since = datetime.combine(matter.first - back, time(), SHANGHAI)
    been = [
        PastVisit(store=each.store, inspector=each.inspector, on=today_of(each.at))
        for each in await planning_facts.visits_since(wanted, since)
    ]
    going = [
        PastVisit(store=each.store, inspector=each.inspector, on=each.on)
        for each in await planning_facts.errands_elsewhere(wanted, matter.today)
    ]
    return (*been, *going)


def _county(fact: CountyFact) -> County:
    return County(
        path=fact.path, spot=Spot(fact.latitude_e6, fact.longitude_e6), stores=fact.stores
    )


def _store(fact: StoreFact, visits: int) -> StoreToPlan:
    known = fact.latitude_e6 is not None and fact.longitude_e6 is not None
    return StoreToPlan(
        id=fact.id,
        region_path=fact.region_path,
        spot=Spot(fact.latitude_e6 or 0, fact.longitude_e6 or 0) if known else None,
        needed=max(0, visits - fact.assigned),
    )


def _inspectors(
    people: Iterable[InspectorFact],
    units: Mapping[str, tuple[Unit, ...]],
    choice: PlanChoice,
    chosen: tuple[str, ...],
) -> tuple[InspectorToPlan, ...]:
    return tuple(
        _inspector(each, units.get(each.id, ()), choice)
        for each in people
        if not chosen or each.id in chosen
    )


def _inspector(fact: InspectorFact, units: tuple[Unit, ...], choice: PlanChoice) -> InspectorToPlan:
    rules = choice.rules
    return InspectorToPlan(
        id=fact.id,
        per_round=rules.per_round if fact.per_round is None else fact.per_round,
        per_day=rules.per_day if fact.per_day is None else fact.per_day,
        home=fact.home,
        units=units,
        load=fact.load,
    )
