"""What a plan costs: the way there, going again to the same store, and unequal shares."""

import math
from zlib import crc32

from inspection.domain.org.region_path import upwards
from inspection.domain.rounds.planning import (
    County,
    PlanAsked,
    PlannedVisit,
    Spot,
    StoreToPlan,
)

AGAIN_KM = 200
"""How far somebody else would have to come before the same person goes twice in a row."""

HM_PER_KM = 10
_FINENESS = 16
"""Parts of a hectometre: below the last one, the seed decides between equals."""

_HIGH = 24
"""The lots of a store and of a person are multiplied; bits of the middle depend on all of both."""

_HM_OF_LATITUDE = 111_195 / 1_000_000 / 100


def distance_hm(one: Spot, other: Spot) -> int:
    """Hectometres between two spots as the crow flies; good for a province."""
    up = one.latitude_e6 - other.latitude_e6
    across = (one.longitude_e6 - other.longitude_e6) * _narrowing(one)
    return round(math.hypot(up, across) * _HM_OF_LATITUDE)


def _narrowing(spot: Spot) -> float:
    """How much shorter a degree of longitude is there than one of latitude."""
    return math.cos(math.radians(spot.latitude_e6 / 1_000_000))


class Atlas:
    """Where regions are: the middle of their stores, and of those below them."""

    def __init__(self, counties: tuple[County, ...]) -> None:
        sums: dict[str, list[int]] = {}
        for county in counties:
            for path in upwards(county.path):
                total = sums.setdefault(path, [0, 0, 0])
                total[0] += county.spot.latitude_e6 * county.stores
                total[1] += county.spot.longitude_e6 * county.stores
                total[2] += county.stores
        self._spots = {path: Spot(a // n, o // n) for path, (a, o, n) in sums.items()}

    def spot(self, path: str) -> Spot | None:
        """The middle of a region, or of the nearest one above it that is known."""
        if not path:
            return None
        return next((self._spots[p] for p in reversed(upwards(path)) if p in self._spots), None)

    def of_store(self, store: StoreToPlan) -> Spot | None:
        """Where a store is, or about where."""
        return store.spot or self.spot(store.region_path)


class Costs:
    """What each pair costs, and each further visit of one person."""

    def __init__(self, asked: PlanAsked) -> None:
        atlas = Atlas(asked.counties)
        self._homes = {person.id: atlas.spot(person.home) for person in asked.inspectors}
        self._spots = {store.id: atlas.of_store(store) for store in asked.stores}
        seed = asked.rules.seed
        ids = [store.id for store in asked.stores] + [each.id for each in asked.inspectors]
        self._lots = {each: crc32(f"{seed}/{each}".encode()) for each in ids}
        self._last = last_inspectors(asked) if asked.rules.rotate else {}
        self._step = asked.rules.balance_km * HM_PER_KM * _FINENESS

    def way_hm(self, store: str, inspector: str) -> int:
        """Hectometres from the store to their home; nought where one of them is unknown."""
        home, spot = self._homes[inspector], self._spots[store]
        return distance_hm(spot, home) if home and spot else 0

    def pair(self, store: str, inspector: str) -> int:
        """What it costs to send somebody there."""
        again = AGAIN_KM * HM_PER_KM if self._last.get(store) == inspector else 0
        lot = (self._lots[store] * self._lots[inspector] >> _HIGH) % _FINENESS
        return (self.way_hm(store, inspector) + again) * _FINENESS + lot

    def pairs(self, store: str, inspectors: list[str]) -> list[int]:
        """The same for many of them, who are asked about by the million."""
        spot, last, lot = self._spots[store], self._last.get(store), self._lots[store]
        if spot is None or last in inspectors:
            return [self.pair(store, inspector) for inspector in inspectors]
        latitude, longitude, narrowing = spot.latitude_e6, spot.longitude_e6, _narrowing(spot)
        homes, lots, hypot = self._homes, self._lots, math.hypot
        return [
            round(
                hypot(
                    latitude - home.latitude_e6,
                    (longitude - home.longitude_e6) * narrowing,
                )
                * _HM_OF_LATITUDE
            )
            * _FINENESS
            + (lot * lots[inspector] >> _HIGH) % _FINENESS
            if (home := homes[inspector])
            else (lot * lots[inspector] >> _HIGH) % _FINENESS
            for inspector in inspectors
        ]

    def step(self, number: int) -> int:
        """What an inspector's visit costs for being their first, second, third ..."""
        return self._step * number

    def whole(self, asked: PlanAsked, visits: tuple[PlannedVisit, ...]) -> int:
        """What a plan costs, without what was kept."""
        chosen = [visit for visit in visits if not visit.kept]
        loads = {person.id: person.load for person in asked.inspectors}
        for visit in visits:
            loads[visit.inspector] += visit.kept
        total = 0
        for visit in chosen:
            loads[visit.inspector] += 1
            total += self.pair(visit.store, visit.inspector) + self.step(loads[visit.inspector])
        return total


def last_inspectors(asked: PlanAsked) -> dict[str, str]:
    """Who was at each store last."""
    ordered = sorted(asked.history, key=lambda visit: (visit.on, visit.inspector))
    return {visit.store: visit.inspector for visit in ordered}
