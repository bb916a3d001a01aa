"""Plans of a round: the whole planning process, and the solver alone on the same network."""

import random
import subprocess
import sys
import time
from datetime import date, timedelta

import msgspec

from bench.databases import Databases
from bench.figures import median, number, table, times, within
from bench.serving import ROOT
from bench.sizes import Sizes
from inspection.domain.rounds.planning import (
    County,
    InspectorToPlan,
    PastVisit,
    PlanAsked,
    Spot,
    StoreToPlan,
    Unit,
)
from inspection.domain.rounds.planning_faults import plan_faults
from inspection.planning import network
from inspection.planning.process import PlanLimits
from inspection.planning.solver import solve
from inspection.planning.worker import PlanAnswer, PlanOrder

FIRST, DAYS = date(2026, 11, 2), 29
BRANCHES, COUNTIES = 14, 6
GOAL_SECONDS = 10
ONE_SHORT = -1
"""Caps that leave one visit over: then the nearest will not do, and everybody is looked at."""


class Case(msgspec.Struct, frozen=True):
    """A province to plan. `room` is how many visits the caps allow beyond what is needed."""

    name: str
    stores: int
    inspectors: int
    room: int


def measure(_: Databases, sizes: Sizes) -> list[str]:
    """A table with a row for each size of province."""
    few, many = sizes.planned
    cases = [
        Case(f"{few[0]:,} stores, {few[1]} inspectors", *few, few[0] // 4),
        Case(f"{many[0]:,} stores, {many[1]} inspectors", *many, many[0] // 4),
        Case("the same, caps one visit short", *many, ONE_SHORT),
    ]
    return [
        table(
            "Plans of a round",
            ("", "s, process and all", "s, planning", "s, solver alone", "times", "MB", "goal, s"),
            [_row(case, sizes.repeats) for case in cases],
            "Lock-out, units, homes and past visits; every plan is checked by `plan_faults`.",
        )
    ]


def _row(case: Case, repeats: int) -> tuple[str, ...]:
    asked = a_question(case)
    taken = [_planned(asked) for _ in range(repeats)]
    whole = [_in_process(asked) for _ in range(repeats)]
    ours, alone = median(t[0] for t in taken), median(t[1] for t in taken)
    seconds, memory = median(t[0] for t in whole), max(t[1] for t in whole)
    shown = (number(seconds), number(ours), number(alone), times(ours, alone), str(memory))
    return (case.name, *shown, within(seconds, GOAL_SECONDS))


def _planned(asked: PlanAsked) -> tuple[float, float]:
    alone = 0.0

    class Timed(network.SimpleMinCostFlow):  # type: ignore[misc]
        def solve_max_flow_with_min_cost(self) -> object:
            nonlocal alone
            began = time.perf_counter()
            status = super().solve_max_flow_with_min_cost()
            alone += time.perf_counter() - began
            return status

    bare, network.SimpleMinCostFlow = network.SimpleMinCostFlow, Timed
    began = time.perf_counter()
    plan = solve(asked)
    took = time.perf_counter() - began
    network.SimpleMinCostFlow = bare
    assert plan_faults(plan, asked) == ()
    return took, alone


def _in_process(asked: PlanAsked) -> tuple[float, int]:
    limits = PlanLimits()
    order = PlanOrder(asked=asked, memory_bytes=limits.memory_bytes, cpu_seconds=limits.cpu_seconds)
    began = time.perf_counter()
    ran = subprocess.run(
        [sys.executable, "-m", "inspection.planning.worker"],
        input=msgspec.msgpack.encode(order),
        stdout=subprocess.PIPE,
        cwd=ROOT,
        check=True,
    )
    answer = msgspec.msgpack.decode(ran.stdout, type=PlanAnswer)
    assert answer.plan is not None
    return time.perf_counter() - began, answer.memory_mb


def a_question(case: Case) -> PlanAsked:
    """A province with a history, the same each time."""
    chance = random.Random(21)
    paths = [
        f"/62/{6201 + branch}/{620101 + branch * 100 + county}/"
        for branch in range(BRANCHES)
        for county in range(COUNTIES)
    ]
    middles = {
        path: Spot(
            chance.randrange(33_000_000, 42_000_000), chance.randrange(93_000_000, 108_000_000)
        )
        for path in paths
    }

    stores = []
    for place in range(case.stores):
        path = chance.choice(paths)
        spot = middles[path]
        aside = chance.randrange(-200_000, 200_000)
        stores.append(
            StoreToPlan(
                id=f"s{place:05d}",
                region_path=path,
                spot=Spot(spot.latitude_e6 + aside, spot.longitude_e6 - aside),
            )
        )
    cap, left = divmod(case.stores + case.room, case.inspectors)
    people = [
        InspectorToPlan(
            id=f"p{place:03d}",
            per_round=cap + (place < left),
            per_day=4,
            home=chance.choice(paths),
            units=(Unit(region_path=chance.choice(paths)),),
        )
        for place in range(case.inspectors)
    ]
    history = [
        PastVisit(
            store=store.id,
            inspector=chance.choice(people).id,
            on=FIRST - timedelta(days=chance.randrange(1, 200)),
        )
        for store in stores
    ]
    return PlanAsked(
        visit_kind="mystery_visit",
        first=FIRST,
        last=FIRST + timedelta(days=DAYS - 1),
        stores=tuple(stores),
        inspectors=tuple(people),
        history=tuple(history),
        counties=tuple(
            County(path=path, spot=spot, stores=case.stores // len(paths) + 1)
            for path, spot in middles.items()
        ),
    )
