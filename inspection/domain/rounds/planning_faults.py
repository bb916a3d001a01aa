"""Whether a plan keeps to its rules, asked without knowing how it was made."""

from collections import Counter
from collections.abc import Iterator

import msgspec

from inspection.domain.rounds.planning import (
    InspectorToPlan,
    Plan,
    PlanAsked,
    PlannedVisit,
    StoreToPlan,
)
from inspection.domain.rounds.planning_rules import UNLESS_BY_HAND, Rulebook, WhyNot


class PlanFault(msgspec.Struct, frozen=True, kw_only=True):
    """A visit that must not be made, and why."""

    store: str
    inspector: str
    why: WhyNot


def plan_faults(plan: Plan, asked: PlanAsked) -> tuple[PlanFault, ...]:
    """Everything in a plan that breaks a rule. What was chosen by hand may go beyond caps and
    preferences, never beyond lock-out and conflicts of interest.
    """
    return tuple(_Check(plan, asked).faults())


class _Check:
    def __init__(self, plan: Plan, asked: PlanAsked) -> None:
        self._plan, self._asked, self._book = plan, asked, Rulebook(asked)
        self._stores = {store.id: store for store in asked.stores}
        self._people = {person.id: person for person in asked.inspectors}
        self._pairs = Counter((visit.store, visit.inspector) for visit in plan.visits)
        self._loads = Counter(visit.inspector for visit in plan.visits)
        self._per_day = Counter((visit.inspector, visit.day) for visit in plan.visits)
        self._store_days = Counter((visit.store, visit.day) for visit in plan.visits)
        self._visits = Counter(visit.store for visit in plan.visits)

    def faults(self) -> Iterator[PlanFault]:
        for visit in self._plan.visits:
            store, person = self._stores.get(visit.store), self._people.get(visit.inspector)
            if store is None:
                yield _fault(visit, "store_gone")
            elif person is None:
                yield _fault(visit, "inspector_gone")
            else:
                yield from self._of_pair(visit, store, person)
                yield from self._of_counts(visit, store)
                if not visit.kept:
                    yield from self._of_caps(visit, person)

    def _of_pair(
        self, visit: PlannedVisit, store: StoreToPlan, person: InspectorToPlan
    ) -> Iterator[PlanFault]:
        bar = self._book.bar(store, person)
        early = bar and (bar.free_from is None or visit.day < bar.free_from)
        if bar and early and not (visit.kept and bar.code in UNLESS_BY_HAND):
            yield PlanFault(store=visit.store, inspector=visit.inspector, why=bar)
        if not self._asked.first <= visit.day <= self._asked.last:
            yield _fault(visit, "outside")

    def _of_counts(self, visit: PlannedVisit, store: StoreToPlan) -> Iterator[PlanFault]:
        if self._pairs[visit.store, visit.inspector] > 1:
            yield _fault(visit, "twice")
        if self._visits[visit.store] > store.needed:
            yield _fault(visit, "enough")
        if self._store_days[visit.store, visit.day] > self._asked.rules.per_store_day:
            yield _fault(visit, "store_day")

    def _of_caps(self, visit: PlannedVisit, person: InspectorToPlan) -> Iterator[PlanFault]:
        if self._loads[person.id] + person.load > person.per_round:
            yield _fault(visit, "round_cap")
        if self._per_day[person.id, visit.day] > person.per_day:
            yield _fault(visit, "day_cap")


def _fault(visit: PlannedVisit, code: str) -> PlanFault:
    return PlanFault(store=visit.store, inspector=visit.inspector, why=WhyNot(code=code))
