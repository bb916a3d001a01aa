"""On which day of the round each visit is made: a county's stores together, nobody overloaded."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import timedelta
from itertools import groupby

from inspection.domain.rounds.planning import (
    InspectorToPlan,
    Pair,
    PlanAsked,
    PlannedVisit,
    StoreToPlan,
)
from inspection.domain.rounds.planning_rules import Rulebook

Stop = StoreToPlan
_Days = list[int]


def with_days(asked: PlanAsked, book: Rulebook, pairs: Iterable[Pair]) -> tuple[PlannedVisit, ...]:
    """A visit for every pair that finds a day, those kept by hand among them. A pair without one
    is left out: the store is taken on all the days its inspector has left.
    """
    stores = {store.id: store for store in asked.stores}
    stops: dict[str, list[Stop]] = defaultdict(list)
    for store, inspector in sorted(pairs):
        stops[inspector].append(stores[store])
    taken = Counter((visit.store, (visit.day - asked.first).days) for visit in asked.kept)
    weekdays = _weekdays(asked)
    found = list(asked.kept)
    for person in asked.inspectors:
        diary = Diary(asked, person, book, taken, weekdays)
        found += diary.filled(stops[person.id])
    return tuple(sorted(found, key=lambda visit: (visit.store, visit.inspector)))


class Diary:
    """One inspector's days. `taken` counts the visits of every store and day, of everybody."""

    def __init__(
        self,
        asked: PlanAsked,
        person: InspectorToPlan,
        book: Rulebook,
        taken: Counter[tuple[str, int]],
        weekdays: dict[str, int],
    ) -> None:
        self._asked, self._person, self._book = asked, person, book
        self._taken, self._weekdays = taken, weekdays
        self._kept = Counter(
            (visit.day - asked.first).days for visit in asked.kept if visit.inspector == person.id
        )
        self._seats: dict[int, list[Stop]] = defaultdict(list)
        self._wanted: dict[str, int] = {}

    def filled(self, stops: list[Stop]) -> list[PlannedVisit]:
        """The stops with their days."""
        for day, trip in self._trips(stops):
            for stop in trip:
                self._wanted[stop.id] = day
        for stop in stops:
            self._seat(stop, set())
        return [
            PlannedVisit(
                store=stop.id,
                inspector=self._person.id,
                day=self._asked.first + timedelta(days=day),
            )
            for day, seated in self._seats.items()
            for stop in seated
        ]

    def _trips(self, stops: list[Stop]) -> list[tuple[int, list[Stop]]]:
        """A day's worth of stores each, spread over the round."""
        per_day, days = self._person.per_day, self._asked.days
        ordered = sorted(stops, key=_along_the_way)
        counties = groupby(ordered, key=lambda stop: stop.region_path)
        trips = [trip for _, county in counties for trip in _portions(list(county), per_day)]
        if len(trips) > days:
            trips = _portions(ordered, per_day)
        return [((2 * n + 1) * days // (2 * len(trips)), trip) for n, trip in enumerate(trips)]

    def _seat(self, stop: Stop, tried: set[int]) -> bool:
        """Find the stop a day; others move over for it where they can."""
        for day in self._days_for(stop):
            if day in tried:
                continue
            tried.add(day)
            if self._has_room(day) or self._makes_room(day, tried):
                self._seats[day].append(stop)
                self._taken[stop.id, day] += 1
                return True
        return False

    def _makes_room(self, day: int, tried: set[int]) -> bool:
        for other in list(self._seats[day]):
            if self._seat(other, tried):
                self._seats[day].remove(other)
                self._taken[other.id, day] -= 1
                return True
        return False

    def _has_room(self, day: int) -> bool:
        return len(self._seats[day]) + self._kept[day] < self._person.per_day

    def _days_for(self, stop: Stop) -> _Days:
        """The days it may be on, those nearest to the wanted one first, but another day of the
        week than last time.
        """
        release = self._book.release(stop, self._person)
        wanted, weekday = self._wanted[stop.id], self._weekdays.get(stop.id)
        begin = (release - self._asked.first).days
        monday = self._asked.first.weekday()
        return sorted(
            (
                day
                for day in range(begin, self._asked.days)
                if self._taken[stop.id, day] < self._asked.rules.per_store_day
            ),
            key=lambda day: ((monday + day) % 7 == weekday, abs(day - wanted), day),
        )


def _weekdays(asked: PlanAsked) -> dict[str, int]:
    """On which day of the week somebody was at each store last."""
    if not asked.rules.vary_weekday:
        return {}
    ordered = sorted(asked.history, key=lambda visit: visit.on)
    return {visit.store: visit.on.weekday() for visit in ordered}


def _along_the_way(stop: Stop) -> tuple[str, int, str]:
    return stop.region_path, stop.spot.longitude_e6 if stop.spot else 0, stop.id


def _portions(stops: list[Stop], size: int) -> list[list[Stop]]:
    return [stops[begin : begin + size] for begin in range(0, len(stops), size)]
