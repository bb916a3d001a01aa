"""What holds for every plan, whatever was asked."""

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspection.domain.rounds.planning import PlannedVisit, PlanRules, Unit, Unplaced
from inspection.domain.rounds.planning_costs import Costs
from inspection.domain.rounds.planning_faults import plan_faults
from inspection.planning import network
from inspection.planning.solver import solve
from tests.asking import (
    ANNING,
    CHENGGUAN,
    EASY,
    FIRST,
    QINZHOU,
    a_person,
    a_store,
    asked,
    best_of_all,
    questions,
    was_there,
)


@given(questions(most_stores=12, most_people=6, most_days=20))
def test_every_rule_holds_and_every_store_is_accounted_for(question):
    plan = solve(question)
    assert plan_faults(plan, question) == ()
    placed = Counter(visit.store for visit in plan.visits)
    missing = {each.store: each.missing for each in plan.unplaced}
    for store in question.stores:
        assert placed[store.id] + missing.get(store.id, 0) == store.needed


@given(questions())
def test_no_other_plan_places_more_or_costs_less(question):
    plan = solve(question)
    ours = (len(plan.visits), Costs(question).whole(question, plan.visits))
    assert ours == best_of_all(question)


@given(questions(most_stores=10, most_people=5), st.randoms())
def test_the_order_of_the_question_changes_nothing(question, random):
    parts = ("stores", "inspectors", "history", "going", "counties")
    shuffled = {name: list(getattr(question, name)) for name in parts}
    for part in shuffled.values():
        random.shuffle(part)
    other = {name: getattr(question, name) for name in question.__struct_fields__}
    other |= {name: tuple(part) for name, part in shuffled.items()}
    assert solve(type(question)(**other)) == solve(question)


@given(st.integers(1, 40), st.integers(1, 7), st.data())
def test_shares_are_as_equal_as_what_people_had_before_allows(stores, people, data):
    loads = [data.draw(st.integers(0, 5)) for _ in range(people)]
    crowd = [
        a_person(f"p{n}", load=load, per_round=100, per_day=20) for n, load in enumerate(loads)
    ]
    plan = solve(asked([a_store(f"s{n}") for n in range(stores)], crowd))
    assert plan.unplaced == ()
    taken = Counter(visit.inspector for visit in plan.visits)
    after = {person.id: person.load + taken[person.id] for person in crowd}
    # Whoever got anything has at most one more than anybody else.
    assert max(after[person] for person in taken) <= min(after.values()) + 1


@given(questions(most_stores=12, most_people=6), st.integers(1, 3))
def test_looking_at_the_nearest_only_leaves_nobody_out(question, nearest):
    placed = len(solve(question, nearest).visits)
    assert placed == len(solve(question).visits)


def test_a_wave_is_spread_over_the_round_with_counties_together():
    people = [a_person("lanzhou", home=CHENGGUAN), a_person("tianshui", home=QINZHOU)]
    stores = [
        *(a_store(f"c{n}", CHENGGUAN) for n in range(3)),
        *(a_store(f"a{n}", ANNING) for n in range(2)),
        *(a_store(f"q{n}", QINZHOU) for n in range(2)),
    ]
    plan = solve(asked(stores, people, days=6))
    days = {visit.store: (visit.inspector, (visit.day - FIRST).days) for visit in plan.visits}
    assert days == {
        "a0": ("lanzhou", 1),
        "a1": ("lanzhou", 1),
        "c0": ("lanzhou", 3),
        "c1": ("lanzhou", 3),
        "c2": ("lanzhou", 5),
        "q0": ("tianshui", 3),
        "q1": ("tianshui", 3),
    } or days == {
        "c0": ("lanzhou", 1),
        "c1": ("lanzhou", 1),
        "c2": ("lanzhou", 3),
        "a0": ("lanzhou", 5),
        "a1": ("lanzhou", 5),
        "q0": ("tianshui", 3),
        "q1": ("tianshui", 3),
    }


def test_a_visit_waits_for_the_end_of_its_lock_out():
    rules = PlanRules(lockout_days=30, vary_weekday=False)
    seen = FIRST - timedelta(days=26)
    plan = solve(
        asked(
            [a_store()], [a_person()], days=6, rules=rules, history=(was_there("s1", "p1", seen),)
        )
    )
    assert [visit.day for visit in plan.visits] == [FIRST + timedelta(days=4)]


def test_those_who_may_go_late_only_do_not_crowd_the_last_days():
    rules = PlanRules(lockout_days=30, vary_weekday=False)
    seen = FIRST - timedelta(days=28)
    stores = [a_store(f"s{n}") for n in range(3)]
    history = tuple(was_there(store.id, "p1", seen) for store in stores)
    question = asked(stores, [a_person(per_day=2)], days=3, rules=rules, history=history)
    plan = solve(question)
    assert plan_faults(plan, question) == ()
    assert [visit.day for visit in plan.visits] == [date(2026, 11, 4)] * 2
    assert [each.why for each in plan.unplaced] == ["caps"]


def test_somebody_else_goes_when_somebody_was_there_last_time():
    rules = PlanRules(lockout_days=0)
    people = [a_person("near", home=CHENGGUAN), a_person("far", home=ANNING)]
    seen = (was_there("s1", "near", date(2026, 5, 4)),)
    alone = solve(asked([a_store()], people))
    again = solve(asked([a_store()], people, rules=rules, history=seen))
    assert [visit.inspector for visit in alone.visits] == ["near"]
    assert [visit.inspector for visit in again.visits] == ["far"]


def test_another_day_of_the_week_than_last_time():
    monday = (was_there("s1", "p1", FIRST - timedelta(days=7)),)
    rules = PlanRules(lockout_days=0, rotate=False)
    (visit,) = solve(asked([a_store()], [a_person()], days=2, rules=rules, history=monday)).visits
    assert visit.day == FIRST + timedelta(days=1)


def test_what_was_kept_stays_and_counts():
    kept = PlannedVisit(store="s1", inspector="p1", day=FIRST, kept=True)
    stores = [a_store("s1"), a_store("s2"), a_store("s3")]
    question = asked(stores, [a_person(per_round=2, per_day=1)], days=1, kept=(kept,))
    plan = solve(question)
    assert plan_faults(plan, question) == ()
    assert plan.visits == (kept,)
    assert plan.unplaced == (
        Unplaced(store="s2", missing=1, why="caps"),
        Unplaced(store="s3", missing=1, why="caps"),
    )


def test_a_pair_chosen_by_hand_is_not_chosen_twice():
    kept = PlannedVisit(store="s1", inspector="p1", day=FIRST, kept=True)
    question = asked([a_store(needed=2)], [a_person(), a_person("p2")], kept=(kept,))
    assert {visit.inspector for visit in solve(question).visits} == {"p1", "p2"}


def test_two_visits_of_a_store_fall_on_two_days():
    question = asked([a_store(needed=2)], [a_person(), a_person("p2")], days=2)
    assert len({visit.day for visit in solve(question).visits}) == 2
    tight = asked([a_store(needed=2)], [a_person(), a_person("p2")], days=1)
    assert solve(tight).unplaced == (Unplaced(store="s1", missing=1, why="days"),)


def test_others_move_over_for_who_has_one_day_only():
    rules = PlanRules(lockout_days=30, vary_weekday=False)
    late = (was_there("s2", "p1", FIRST - timedelta(days=29)),)
    stores = [a_store("s1", QINZHOU), a_store("s2", CHENGGUAN)]
    question = asked(stores, [a_person(per_day=1)], days=2, rules=rules, history=late)
    plan = solve(question)
    assert {visit.store: (visit.day - FIRST).days for visit in plan.visits} == {"s1": 0, "s2": 1}


def test_nobody_may_go_where_everybody_belongs():
    question = asked([a_store()], [a_person(units=(Unit(region_path=CHENGGUAN),))])
    assert solve(question).unplaced == (Unplaced(store="s1", missing=1, why="nobody"),)


def test_no_stores_and_nobody_to_go_make_an_empty_plan():
    assert solve(asked([], [a_person()])).visits == ()
    assert solve(asked([a_store()], [])).unplaced[0].why == "nobody"


def test_the_seed_decides_between_equals():
    def first_choice(seed):
        rules = PlanRules(lockout_days=0, seed=seed, balance_km=0)
        crowd = [a_person(f"p{n}") for n in range(9)]
        return solve(asked([a_store()], crowd, rules=rules)).visits[0].inspector

    assert first_choice(1) == first_choice(1)
    assert len({first_choice(seed) for seed in range(8)}) > 1


def test_everybody_is_asked_when_the_nearest_are_full():
    people = [a_person("near", home=CHENGGUAN, per_round=1), a_person("far", home=QINZHOU)]
    question = asked([a_store("s1"), a_store("s2")], people, rules=EASY)
    assert len(solve(question, 1).visits) == 2


def test_a_solver_that_finds_nothing_is_a_fault_of_its_own(monkeypatch):
    class Helpless(network.SimpleMinCostFlow):
        def solve_max_flow_with_min_cost(self):
            return self.INFEASIBLE

    monkeypatch.setattr(network, "SimpleMinCostFlow", Helpless)
    with pytest.raises(network.FlowFailed):
        solve(asked([a_store()], [a_person()]))
