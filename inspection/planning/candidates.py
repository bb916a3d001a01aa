"""Who could go to each store: those whom no rule keeps out, nearest first."""

from collections import defaultdict
from datetime import date
from itertools import islice

from inspection.domain.rounds.planning import PlanAsked, StoreToPlan
from inspection.domain.rounds.planning_costs import Atlas, distance_hm
from inspection.domain.rounds.planning_rules import Rulebook

Candidate = tuple[int, date]
"""A place in the list of inspectors, and the first day on which they may go."""


class Candidates:
    """The inspectors open to each store. Regions are looked at once, pairs only where something
    lies between the two.
    """

    def __init__(self, asked: PlanAsked, book: Rulebook) -> None:
        self._asked, self._book = asked, book
        self._atlas = Atlas(asked.counties)
        self._kept = {(visit.store, visit.inspector) for visit in asked.kept}
        places = {person.id: place for place, person in enumerate(asked.inspectors)}
        self._apart: dict[str, set[int]] = defaultdict(set)
        for store, inspector in book.barred_pairs() | self._kept:
            if inspector in places:
                self._apart[store].add(places[inspector])
        self._nearest: dict[str, list[Candidate]] = {}

    def of(self, store: StoreToPlan, most: int | None) -> list[Candidate]:
        """The nearest of those who may go there; all of them without a number."""
        here = self._in(store.region_path)
        apart = self._apart.get(store.id)
        if not apart:
            return here[:most]
        found = (each for each in here if each[0] not in apart or self._may(store, each[0]))
        return [self._when(store, each, apart) for each in islice(found, most)]

    def _may(self, store: StoreToPlan, place: int) -> bool:
        person = self._asked.inspectors[place]
        pair = (store.id, person.id)
        return pair not in self._kept and self._book.why_not(store, person) is None

    def _when(self, store: StoreToPlan, found: Candidate, apart: set[int]) -> Candidate:
        place = found[0]
        if place not in apart:
            return found
        return place, self._book.release(store, self._asked.inspectors[place])

    def _in(self, path: str) -> list[Candidate]:
        if path not in self._nearest:
            here, found = self._atlas.spot(path), []
            for place, person in enumerate(self._asked.inspectors):
                bar = self._book.bar_of_region(path, person)
                if bar and self._book.closes(bar):
                    continue
                home = self._atlas.spot(person.home)
                far = distance_hm(here, home) if here and home else 0
                release = bar.free_from if bar and bar.free_from else self._asked.first
                found.append((far, place, release))
            self._nearest[path] = [(place, release) for _, place, release in sorted(found)]
        return self._nearest[path]
