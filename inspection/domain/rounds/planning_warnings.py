"""What is unwelcome about a visit and still allowed: said beside it, for a person to judge."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

import msgspec

from inspection.domain.rounds.planning import InspectorToPlan, PlanAsked, PlannedVisit
from inspection.domain.rounds.planning_costs import last_inspectors
from inspection.domain.rounds.planning_rules import UNLESS_BY_HAND, Rulebook

WARNINGS = ("home", "round_cap", "day_cap", "again", "weekday")


class Burden(msgspec.Struct, frozen=True):
    """What an inspector has in a plan: visits in all, and on each day."""

    visits: Counter[str]
    per_day: Counter[tuple[str, date]]


def burden_of(visits: Iterable[PlannedVisit]) -> Burden:
    """What everybody has in these visits."""
    found = tuple(visits)
    return Burden(
        Counter(visit.inspector for visit in found),
        Counter((visit.inspector, visit.day) for visit in found),
    )


class Warner:
    """Looks at the visits of one question. The burden includes the visit looked at."""

    def __init__(self, asked: PlanAsked, burden: Burden) -> None:
        self._asked, self._burden, self._book = asked, burden, Rulebook(asked)
        self._stores = {store.id: store for store in asked.stores}
        self._people = {person.id: person for person in asked.inspectors}
        self._last = last_inspectors(asked)
        ordered = sorted(asked.history, key=lambda visit: visit.on)
        self._days = {visit.store: visit.on for visit in ordered}

    def warning(self, visit: PlannedVisit) -> str:
        """The gravest there is, or nothing."""
        person = self._people[visit.inspector]
        bar = self._book.bar(self._stores[visit.store], person)
        last = self._days.get(visit.store)
        holds = {
            "home": bar is not None and bar.code in UNLESS_BY_HAND,
            "round_cap": self._load(person) > person.per_round,
            "day_cap": self._burden.per_day[person.id, visit.day] > person.per_day,
            "again": self._last.get(visit.store) == person.id,
            "weekday": last is not None
            and self._asked.rules.vary_weekday
            and last.weekday() == visit.day.weekday(),
        }
        return next((code for code in WARNINGS if holds[code]), "")

    def _load(self, person: InspectorToPlan) -> int:
        return person.load + self._burden.visits[person.id]
