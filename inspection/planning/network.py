"""The question as a network: stores send one unit for each visit they need through inspectors to a
sink. Whoever may go only later in the round has a place for each of their beginnings, so that no
more visits begin after a day than fit behind it.
"""

from array import array
from collections import Counter, defaultdict
from datetime import date

import numpy as np
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

from inspection.domain.rounds.planning import InspectorToPlan, Pair, PlanAsked
from inspection.domain.rounds.planning_costs import Costs
from inspection.planning.candidates import Candidate


class FlowFailed(RuntimeError):
    """The solver found no flow, though leaving every store out is one."""


class Network:
    """Arcs are gathered in lists and handed over at once."""

    def __init__(self, asked: PlanAsked, costs: Costs, found: list[list[Candidate]]) -> None:
        self._asked, self._costs, self._found = asked, costs, found
        self._kept = Counter(visit.inspector for visit in asked.kept)
        self._arcs = tuple(array("q") for _ in range(4))
        self._nodes = len(asked.stores)
        self._sink = self._node()

    def cheapest(self) -> list[Pair]:
        """The most visits there can be, at the least cost."""
        places = self._add_inspectors()
        before = len(self._arcs[0])
        self._add_stores(places)
        if len(self._arcs[0]) == before:
            return []
        flow = SimpleMinCostFlow()
        tails, heads, room, costs = (np.frombuffer(each, dtype=np.int64) for each in self._arcs)
        arcs = flow.add_arcs_with_capacity_and_unit_cost(tails, heads, room, costs)
        needed = [store.needed for store in self._asked.stores]
        flow.set_nodes_supplies(np.arange(len(needed)), np.array(needed, dtype=np.int64))
        flow.set_node_supply(self._sink, -sum(needed))
        if (status := flow.solve_max_flow_with_min_cost()) != flow.OPTIMAL:
            raise FlowFailed(str(status))
        return self._chosen(np.flatnonzero(flow.flows(arcs[before:])).tolist())

    def _chosen(self, used: list[int]) -> list[Pair]:
        """The pairs of the arcs from stores that something flows through, by their number."""
        numbers = iter(used)
        number, begin, pairs = next(numbers, None), 0, []
        for store, candidates in zip(self._asked.stores, self._found, strict=True):
            while number is not None and number < begin + len(candidates):
                person = self._asked.inspectors[candidates[number - begin][0]]
                pairs.append((store.id, person.id))
                number = next(numbers, None)
            begin += len(candidates)
        return pairs

    def _add_inspectors(self) -> list[dict[date, int]]:
        """The places of each inspector by the day from which they count."""
        begins: dict[int, set[date]] = defaultdict(set)
        for candidates in self._found:
            for person, release in candidates:
                begins[person].add(release)
        return [
            self._add_inspector(person, sorted(begins[place] | {self._asked.first}))
            for place, person in enumerate(self._asked.inspectors)
        ]

    def _add_inspector(self, person: InspectorToPlan, begins: list[date]) -> dict[date, int]:
        middle = self._node()
        already = person.load + self._kept[person.id]
        # Steps beyond what is left for them would never be taken.
        left = min(person.per_round - already, self._room(person, self._asked.first, None))
        for number in range(already + 1, already + 1 + max(0, left)):
            self._arc(middle, self._sink, 1, self._costs.step(number))
        if len(begins) == 1:
            return {begins[0]: middle}
        places = {begin: self._node() for begin in begins}
        for begin, after in zip(begins, [*begins[1:], None], strict=True):
            self._arc(places[begin], middle, self._room(person, begin, after), 0)
            if after:
                self._arc(places[begin], places[after], person.per_round, 0)
        return places

    def _room(self, person: InspectorToPlan, begin: date, after: date | None) -> int:
        """How many visits fit into the days from one to before another."""
        days = (after - begin).days if after else (self._asked.last - begin).days + 1
        kept = sum(
            visit.inspector == person.id and visit.day >= begin and (not after or visit.day < after)
            for visit in self._asked.kept
        )
        return max(0, days * person.per_day - kept)

    def _add_stores(self, places: list[dict[date, int]]) -> None:
        ids = [person.id for person in self._asked.inspectors]
        tails, heads, room, costs = self._arcs
        for at, candidates in enumerate(self._found):
            tails.extend([at] * len(candidates))
            heads.extend([places[person][release] for person, release in candidates])
            room.extend([1] * len(candidates))
            people = [ids[person] for person, _ in candidates]
            costs.extend(self._costs.pairs(self._asked.stores[at].id, people))

    def _arc(self, tail: int, head: int, room: int, cost: int) -> None:
        for column, value in zip(self._arcs, (tail, head, room, cost), strict=True):
            column.append(value)

    def _node(self) -> int:
        self._nodes += 1
        return self._nodes - 1
