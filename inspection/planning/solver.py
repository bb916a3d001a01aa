"""A plan for a question: the most visits, then the shortest ways and the fairest shares."""

from collections import Counter

from inspection.domain.rounds.planning import (
    Lack,
    Pair,
    Plan,
    PlanAsked,
    PlannedVisit,
    StoreToPlan,
    Unplaced,
    without_kept,
)
from inspection.domain.rounds.planning_costs import Costs
from inspection.domain.rounds.planning_days import with_days
from inspection.domain.rounds.planning_rules import Rulebook
from inspection.planning.candidates import Candidates
from inspection.planning.network import Network

NEAREST = 40
"""How many inspectors a store is offered at first: all that matter for the way there."""


def solve(asked: PlanAsked, nearest: int = NEAREST) -> Plan:
    """The plan. The same question has the same answer, in whatever order it is put."""
    asked = without_kept(asked)
    book, costs = Rulebook(asked), Costs(asked)
    candidates = Candidates(asked, book)
    pairs, demand = _cheapest(asked, costs, candidates, nearest)
    # The nearest will do when they place all that anybody could place; otherwise everybody counts.
    if len(pairs) < demand:
        pairs, _ = _cheapest(asked, costs, candidates, None)
    visits = with_days(asked, book, pairs)
    return Plan(visits=visits, unplaced=_unplaced(asked, candidates, pairs, visits))


def _cheapest(
    asked: PlanAsked, costs: Costs, candidates: Candidates, most: int | None
) -> tuple[list[Pair], int]:
    """The pairs, and how many there were if nobody had a cap."""
    wide = max([most, *(store.needed for store in asked.stores)]) if most else None
    found = [candidates.of(store, wide) for store in asked.stores]
    demand = sum(
        min(store.needed, len(each)) for store, each in zip(asked.stores, found, strict=True)
    )
    return Network(asked, costs, found).cheapest(), demand


def _unplaced(
    asked: PlanAsked,
    candidates: Candidates,
    pairs: list[Pair],
    visits: tuple[PlannedVisit, ...],
) -> tuple[Unplaced, ...]:
    placed = Counter(visit.store for visit in visits if not visit.kept)
    matched = Counter(store for store, _ in pairs)
    return tuple(
        Unplaced(
            store=store.id,
            missing=store.needed - placed[store.id],
            why=_why(store, candidates, matched[store.id], placed[store.id]),
        )
        for store in asked.stores
        if placed[store.id] < store.needed
    )


def _why(store: StoreToPlan, candidates: Candidates, matched: int, placed: int) -> Lack:
    if placed < matched:
        return "days"
    return "caps" if len(candidates.of(store, matched + 1)) > matched else "nobody"
