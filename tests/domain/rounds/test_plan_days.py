"""The days of a plan, and a plan checked against its rules."""

from datetime import date

import pytest

from inspection.domain.rounds.planning import Plan, PlanRules, Spot, week_of, weeks_of
from inspection.domain.rounds.planning_days import with_days
from inspection.domain.rounds.planning_faults import plan_faults
from inspection.domain.rounds.planning_rules import Rulebook
from tests.asking import ANNING, CHENGGUAN, FIRST, QINZHOU, a_person, a_store, asked, was_there
from tests.domain.rounds.planned_days import DAY, visit


def test_weeks_are_calendar_weeks_within_the_round():
    weeks = weeks_of(date(2026, 11, 4), date(2026, 11, 17))
    assert [(week.number, week.first.day, week.last.day) for week in weeks] == [
        (45, 4, 8),
        (46, 9, 15),
        (47, 16, 17),
    ]
    assert week_of(date(2026, 11, 9), date(2026, 11, 4), date(2026, 11, 17)) == weeks[1]


def days_of(question, pairs):
    visits = with_days(question, Rulebook(question), pairs)
    return {(visit.store, visit.inspector): (visit.day - FIRST).days for visit in visits}


def test_a_county_is_seen_on_one_day_and_days_are_spread():
    stores = [a_store("c1"), a_store("c2"), a_store("q1", QINZHOU)]
    found = days_of(asked(stores, [a_person()], days=8), [(s.id, "p1") for s in stores])
    assert found == {("c1", "p1"): 2, ("c2", "p1"): 2, ("q1", "p1"): 6}


def test_counties_share_a_day_when_days_are_short():
    stores = [a_store("c1"), a_store("q1", QINZHOU), a_store("a1", ANNING, spot=Spot(1, 1))]
    found = days_of(asked(stores, [a_person()], days=2), [(s.id, "p1") for s in stores])
    assert sorted(found.values()) == [0, 0, 1]


def test_another_weekday_than_last_time_is_taken_when_there_is_one():
    last = (was_there("s1", "p0", FIRST - 7 * DAY),)
    rules = PlanRules(lockout_days=0)
    for days, day in ((2, 1), (1, 0)):
        question = asked([a_store()], [a_person()], days=days, rules=rules, history=last)
        assert days_of(question, [("s1", "p1")]) == {("s1", "p1"): day}


def test_others_move_over_for_who_can_come_on_one_day_only():
    rules = PlanRules(lockout_days=30, vary_weekday=False)
    late = (was_there("s2", "p1", FIRST - 29 * DAY),)
    stores = [a_store("s1", QINZHOU), a_store("s2", CHENGGUAN)]
    question = asked(stores, [a_person(per_day=1)], days=2, rules=rules, history=late)
    assert days_of(question, [("s1", "p1"), ("s2", "p1")]) == {("s1", "p1"): 0, ("s2", "p1"): 1}


def test_a_pair_without_a_day_left_is_left_out():
    question = asked([a_store(needed=2)], [a_person(), a_person("p2")], days=1)
    assert days_of(question, [("s1", "p1"), ("s1", "p2")]) == {("s1", "p1"): 0}


def fault_codes(question, *visits):
    faults = plan_faults(Plan(visits=visits, unplaced=()), question)
    return [fault.why.code for fault in faults]


def test_a_plan_that_keeps_to_its_rules_has_no_faults():
    assert fault_codes(asked([a_store()], [a_person()]), visit()) == []


@pytest.mark.parametrize(
    ("bad", "codes"),
    [
        (visit("gone"), ["store_gone"]),
        (visit(inspector="gone"), ["inspector_gone"]),
        (visit(day=FIRST - DAY), ["outside"]),
        (visit(day=FIRST + 14 * DAY), ["outside"]),
    ],
)
def test_a_visit_of_nobody_nowhere_or_never_is_found(bad, codes):
    assert fault_codes(asked([a_store()], [a_person()]), bad) == codes


def test_too_many_visits_are_found():
    question = asked([a_store(), a_store("s2")], [a_person(per_day=1, per_round=1), a_person("p2")])
    assert (
        fault_codes(question, visit(), visit())
        == [
            *("twice", "enough", "store_day", "round_cap", "day_cap"),
        ]
        * 2
    )
    assert fault_codes(question, visit(), visit(inspector="p2", day=FIRST + DAY)) == ["enough"] * 2
    both = (visit(), visit("s2"))
    assert fault_codes(question, *both) == ["round_cap", "day_cap"] * 2
    assert fault_codes(question, *(visit(each.store, kept=True) for each in both)) == []


def test_a_bar_is_found_unless_a_person_may_overrule_it():
    home = asked([a_store()], [a_person(home=ANNING)], rules=PlanRules(avoid_home=True))
    assert fault_codes(home, visit()) == ["home"]
    assert fault_codes(home, visit(kept=True)) == []
    seen = (was_there("s1", "p1", FIRST - 85 * DAY),)
    late = asked([a_store()], [a_person()], rules=PlanRules(), history=seen)
    assert fault_codes(late, visit(kept=True)) == ["locked_out"]
    assert fault_codes(late, visit(day=FIRST + 5 * DAY)) == []


@pytest.mark.parametrize("together", [1, 2])
def test_a_day_that_is_full_for_good_takes_no_more(together):
    rules = PlanRules(lockout_days=30, vary_weekday=False, per_store_day=together)
    stores = [a_store("s1"), a_store("s2")]
    late = tuple(was_there(store.id, "p1", FIRST - 29 * DAY) for store in stores)
    question = asked(stores, [a_person(per_day=1)], days=2, rules=rules, history=late)
    assert days_of(question, [("s1", "p1"), ("s2", "p1")]) == {("s1", "p1"): 1}
