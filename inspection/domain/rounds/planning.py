"""Who goes to which store in a round, and when: what a planner is asked, and what it answers."""

from collections import Counter
from datetime import date, timedelta
from typing import Literal

import msgspec

from inspection.domain.deadline import monday_of

PEER_CHECK = "peer_check"
SELF_CHECK = "self_check"

MOST_PER_DAY = 50
MOST_PER_ROUND = 500

Pair = tuple[str, str]
"""A store and an inspector, by id."""


class Spot(msgspec.Struct, frozen=True, array_like=True):
    """A place on the map, in millionths of a degree."""

    latitude_e6: int
    longitude_e6: int


class County(msgspec.Struct, frozen=True, kw_only=True):
    """The middle of a region's stores, and how many they are."""

    path: str
    spot: Spot
    stores: int


class StoreToPlan(msgspec.Struct, frozen=True, kw_only=True):
    """A store of the round. `needed` visits have to be placed, those kept by hand among them."""

    id: str
    region_path: str
    spot: Spot | None = None
    needed: int = 1


class Unit(msgspec.Struct, frozen=True, kw_only=True):
    """A part of the tree an inspector belongs to, or did until a day."""

    region_path: str
    from_on: date | None = None
    to_on: date | None = None


class InspectorToPlan(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who makes visits. `load` counts those of the round they have already."""

    id: str
    per_round: int
    per_day: int
    home: str = ""
    units: tuple[Unit, ...] = ()
    load: int = 0


class PastVisit(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody was at a store, or is going there in another round."""

    store: str
    inspector: str
    on: date


class PlanRules(msgspec.Struct, frozen=True, kw_only=True):
    """What a plan has to keep to. Nought days of lock-out or of former units switch them off;
    `balance_km` is how much further somebody travels before the next visit goes to a busier person.
    """

    lockout_days: int = 90
    former_days: int = 365
    rotate: bool = True
    avoid_home: bool = False
    vary_weekday: bool = True
    per_store_day: int = 1
    visits: int = 1
    per_day: int = 4
    per_round: int = 60
    balance_km: int = 30
    seed: int = 1


class PlannedVisit(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody goes to a store on a day. What was kept was chosen by hand."""

    store: str
    inspector: str
    day: date
    kept: bool = False


class PlanAsked(msgspec.Struct, frozen=True, kw_only=True):
    """Everything a plan follows from; the order of what is listed means nothing. `going` are the
    pairs of the round that are assigned already.
    """

    visit_kind: str
    first: date
    last: date
    stores: tuple[StoreToPlan, ...]
    inspectors: tuple[InspectorToPlan, ...]
    rules: PlanRules = PlanRules()
    history: tuple[PastVisit, ...] = ()
    going: tuple[Pair, ...] = ()
    counties: tuple[County, ...] = ()
    kept: tuple[PlannedVisit, ...] = ()

    @property
    def days(self) -> int:
        """How many days the round has left."""
        return (self.last - self.first).days + 1


Lack = Literal["nobody", "caps", "days"]
"""Why a store stays without somebody: every inspector is excluded, those who are not have reached
their caps, or no day is left on which one could go.
"""


class Unplaced(msgspec.Struct, frozen=True, kw_only=True):
    """A store that lacks visits."""

    store: str
    missing: int
    why: Lack


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """The proposal, by store and inspector."""

    visits: tuple[PlannedVisit, ...]
    unplaced: tuple[Unplaced, ...]


class Week(msgspec.Struct, frozen=True, kw_only=True):
    """The part of a calendar week that lies in a round."""

    number: int
    first: date
    last: date


def without_kept(asked: PlanAsked) -> PlanAsked:
    """What is left to be placed, in one order, whatever order it was asked in."""
    kept = Counter(visit.store for visit in asked.kept)
    stores = (
        msgspec.structs.replace(store, needed=max(0, store.needed - kept[store.id]))
        for store in asked.stores
    )
    return msgspec.structs.replace(
        asked,
        stores=tuple(sorted(stores, key=lambda store: store.id)),
        inspectors=tuple(sorted(asked.inspectors, key=lambda person: person.id)),
        kept=tuple(sorted(asked.kept, key=lambda visit: (visit.store, visit.inspector))),
    )


def week_of(day: date, first: date, last: date) -> Week:
    """The week of a day, within the round's days."""
    monday = monday_of(day)
    return Week(
        number=day.isocalendar().week,
        first=max(monday, first),
        last=min(monday + timedelta(days=6), last),
    )


def weeks_of(first: date, last: date) -> tuple[Week, ...]:
    """Every week of a round."""
    found = [week_of(first, first, last)]
    while found[-1].last < last:
        found.append(week_of(found[-1].last + timedelta(days=1), first, last))
    return tuple(found)
