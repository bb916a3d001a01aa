"""Who may not go to a store, and why: every exclusion has a reason that can be said."""

from datetime import date, timedelta

import msgspec

from inspection.domain.days import LATEST
from inspection.domain.org.region_path import branch_of
from inspection.domain.rounds.planning import (
    PEER_CHECK,
    SELF_CHECK,
    InspectorToPlan,
    Pair,
    PlanAsked,
    StoreToPlan,
    Unit,
)


class WhyNot(msgspec.Struct, frozen=True, kw_only=True):
    """Why somebody may not go to a store before a day; without a day, not in this round at all.
    `since` is the visit or the last day in the unit it comes from.
    """

    code: str
    free_from: date | None = None
    since: date | None = None


UNLESS_BY_HAND = frozenset({"home"})
"""What a person may decide otherwise; everything else keeps people out of a store for good."""


class Rulebook:
    """The rules of one question, ready to be asked about any pair."""

    def __init__(self, asked: PlanAsked) -> None:
        self._asked = asked
        self._pairs = _pair_bars(asked)
        self._regions: dict[Pair, WhyNot | None] = {}

    def bar(self, store: StoreToPlan, inspector: InspectorToPlan) -> WhyNot | None:
        """What lies between the two, the strongest of it: it may end within the round."""
        of_pair = self._pairs.get((store.id, inspector.id))
        return _stronger(of_pair, self.bar_of_region(store.region_path, inspector))

    def bar_of_region(self, path: str, inspector: InspectorToPlan) -> WhyNot | None:
        """What keeps the inspector out of every store there."""
        key = (path, inspector.id)
        if key not in self._regions:
            self._regions[key] = _region_bar(self._asked, path, inspector)
        return self._regions[key]

    def why_not(self, store: StoreToPlan, inspector: InspectorToPlan) -> WhyNot | None:
        """Why the inspector cannot go there at all in this round; None when they can."""
        bar = self.bar(store, inspector)
        return bar if bar and self.closes(bar) else None

    def closes(self, bar: WhyNot) -> bool:
        """Whether it lasts as long as the round does."""
        return bar.free_from is None or bar.free_from > self._asked.last

    def release(self, store: StoreToPlan, inspector: InspectorToPlan) -> date:
        """The first day of the round on which the inspector may go; ask only where they can."""
        bar = self.bar(store, inspector)
        return max(self._asked.first, bar.free_from) if bar and bar.free_from else self._asked.first

    def barred_pairs(self) -> frozenset[Pair]:
        """Pairs that have something between them of their own, besides where the store is."""
        return frozenset(self._pairs)


def lock_out(on: date, days: int) -> date:
    """The first day on which somebody may be back at a store."""
    return on + timedelta(days=days)


def _pair_bars(asked: PlanAsked) -> dict[Pair, WhyNot]:
    found: dict[Pair, WhyNot] = {}
    if asked.rules.lockout_days:
        for visit in asked.history:
            pair = (visit.store, visit.inspector)
            free_from = lock_out(visit.on, asked.rules.lockout_days)
            if free_from > asked.first:
                bar = WhyNot(code="locked_out", free_from=free_from, since=visit.on)
                found[pair] = _stronger(found.get(pair), bar) or bar
    found |= {pair: WhyNot(code="going") for pair in asked.going}
    return found


def _region_bar(asked: PlanAsked, path: str, inspector: InspectorToPlan) -> WhyNot | None:
    bars = [_home_bar(asked, path, inspector)]
    if asked.visit_kind != SELF_CHECK:
        bars += [
            _unit_bar(asked, unit) for unit in inspector.units if path.startswith(unit.region_path)
        ]
    found: WhyNot | None = None
    for bar in bars:
        found = _stronger(found, bar)
    return found


def _home_bar(asked: PlanAsked, path: str, inspector: InspectorToPlan) -> WhyNot | None:
    at_home = bool(inspector.home) and path.startswith(branch_of(inspector.home))
    if asked.visit_kind == PEER_CHECK:
        # Units check each other: whoever belongs nowhere might be checking their own.
        if not inspector.home and not inspector.units:
            return WhyNot(code="unit_unknown")
        return WhyNot(code="own_unit") if at_home else None
    return WhyNot(code="home") if at_home and asked.rules.avoid_home else None


def _unit_bar(asked: PlanAsked, unit: Unit) -> WhyNot | None:
    if unit.from_on and unit.from_on > asked.last:
        return None
    if unit.to_on is None or unit.to_on > LATEST:
        return WhyNot(code="own_unit")
    free_from = unit.to_on + timedelta(days=asked.rules.former_days + 1)
    if free_from <= asked.first:
        return None
    code = "own_unit" if unit.to_on >= asked.first else "former_unit"
    return WhyNot(code=code, free_from=free_from, since=unit.to_on)


def _stronger(one: WhyNot | None, other: WhyNot | None) -> WhyNot | None:
    if one is None or other is None:
        return one or other
    # A preference that a person may overrule never hides a reason that nobody may.
    ours, theirs = _strength(one), _strength(other)
    return one if ours >= theirs else other


def _strength(bar: WhyNot) -> tuple[bool, date]:
    return bar.code not in UNLESS_BY_HAND, bar.free_from or date.max
