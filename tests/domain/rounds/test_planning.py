"""Who may go where and at what cost, as a plan asks it."""

from datetime import date

import pytest

from inspection.domain.rounds.planning import County, PlannedVisit, PlanRules, Spot, Unit
from inspection.domain.rounds.planning_costs import Atlas, Costs, distance_hm, last_inspectors
from inspection.domain.rounds.planning_rules import Rulebook, WhyNot
from tests.asking import (
    ANNING,
    CHENGGUAN,
    COUNTIES,
    FIRST,
    LANZHOU,
    QINZHOU,
    SPOTS,
    a_person,
    a_store,
    asked,
    was_there,
)
from tests.domain.rounds.planned_days import DAY


def why_not(person, *, store=None, **more):
    store = store or a_store()
    return Rulebook(asked([store], [person], **more)).why_not(store, person)


def test_a_visit_locks_its_inspector_out_until_a_day_that_can_be_said():
    seen = was_there("s1", "p1", date(2026, 10, 14))
    bar = why_not(a_person(), rules=PlanRules(), history=(seen,))
    assert bar == WhyNot(code="locked_out", free_from=date(2027, 1, 12), since=date(2026, 10, 14))


def test_the_latest_visit_counts_whatever_order_they_are_told_in():
    seen = [was_there("s1", "p1", day) for day in (date(2026, 10, 14), date(2026, 9, 1))]
    for history in (tuple(seen), tuple(reversed(seen))):
        bar = why_not(a_person(), rules=PlanRules(), history=history)
        assert bar
        assert bar.since == date(2026, 10, 14)


def test_a_lock_out_that_ends_within_the_round_puts_the_visit_off():
    seen = was_there("s1", "p1", FIRST - 85 * DAY)
    store, person = a_store(), a_person()
    book = Rulebook(asked([store], [person], rules=PlanRules(), history=(seen,)))
    assert book.why_not(store, person) is None
    assert book.release(store, person) == FIRST + 5 * DAY
    assert book.release(a_store("s2"), person) == FIRST


def test_an_old_visit_locks_nobody_out():
    seen = was_there("s1", "p1", FIRST - 90 * DAY)
    assert why_not(a_person(), rules=PlanRules(), history=(seen,)) is None


def test_who_goes_there_already_is_not_sent_twice():
    assert why_not(a_person(), going=(("s1", "p1"),)) == WhyNot(code="going")


UNIT = (
    (Unit(region_path=LANZHOU), "own_unit", None),
    (Unit(region_path=QINZHOU), None, None),
    (Unit(region_path=LANZHOU, to_on=date.max), "own_unit", None),
    (Unit(region_path=LANZHOU, to_on=FIRST - DAY), "former_unit", FIRST + 365 * DAY),
    (Unit(region_path=LANZHOU, to_on=FIRST), "own_unit", FIRST + 366 * DAY),
    (Unit(region_path=LANZHOU, to_on=FIRST - 366 * DAY), None, None),
    (Unit(region_path=LANZHOU, from_on=FIRST + 20 * DAY), None, None),
    (Unit(region_path=LANZHOU, from_on=FIRST + 5 * DAY), "own_unit", None),
)


@pytest.mark.parametrize(("unit", "code", "free_from"), UNIT)
def test_nobody_goes_to_a_unit_of_theirs(unit, code, free_from):
    bar = why_not(a_person(units=(unit,)))
    assert (bar.code, bar.free_from) == (code, free_from) if code else bar is None


def test_checking_oneself_is_checking_ones_own_unit():
    mine = a_person(units=(Unit(region_path=LANZHOU),))
    assert why_not(mine, visit_kind="self_check") is None


@pytest.mark.parametrize(
    ("home", "code"), [(ANNING, "own_unit"), (QINZHOU, None), ("", "unit_unknown")]
)
def test_peers_never_check_their_own_branch(home, code):
    bar = why_not(a_person(home=home), visit_kind="peer_check")
    assert (bar.code if bar else None) == code


def test_a_peer_without_a_home_may_have_a_unit():
    peer = a_person(units=(Unit(region_path=QINZHOU),))
    assert why_not(peer, visit_kind="peer_check") is None


def test_the_home_branch_is_avoided_when_the_rule_says_so():
    rules = PlanRules(avoid_home=True)
    assert why_not(a_person(home=ANNING), rules=rules) == WhyNot(code="home")
    assert why_not(a_person(home=QINZHOU), rules=rules) is None


def test_a_reason_nobody_may_overrule_hides_one_that_may_be():
    person = a_person(home=ANNING, units=(Unit(region_path=LANZHOU, to_on=FIRST - DAY),))
    bar = why_not(person, rules=PlanRules(avoid_home=True))
    assert bar
    assert bar.code == "former_unit"


def test_regions_lie_where_their_stores_are():
    atlas = Atlas(COUNTIES)
    assert atlas.spot(CHENGGUAN) == SPOTS[CHENGGUAN]
    assert atlas.spot(LANZHOU) == Spot(36_082_500, 103_776_500)
    assert atlas.spot(f"{QINZHOU}9/") == SPOTS[QINZHOU]
    assert atlas.spot("/99/") is None
    assert atlas.spot("") is None
    assert atlas.of_store(a_store(spot=Spot(1, 2))) == Spot(1, 2)


def test_distances_are_about_right():
    # Lanzhou to Tianshui is some 240 km.
    assert 2350 < distance_hm(SPOTS[CHENGGUAN], SPOTS[QINZHOU]) < 2450


def test_many_pairs_cost_what_each_of_them_costs():
    people = [a_person("p1", home=CHENGGUAN), a_person("p2", home=QINZHOU), a_person("p3")]
    stores = [a_store("s1"), a_store("s2", spot=Spot(36_000_000, 103_000_000))]
    seen = (was_there("s2", "p1", FIRST - 400 * DAY),)
    for more in ({}, {"history": seen, "rules": PlanRules()}, {"counties": ()}):
        costs = Costs(asked(stores, people, **more))
        ids = [person.id for person in people]
        for store in ("s1", "s2"):
            assert costs.pairs(store, ids) == [costs.pair(store, each) for each in ids]


def test_the_last_to_be_at_a_store_is_known():
    seen = (was_there("s1", "b", FIRST), was_there("s1", "a", FIRST - DAY))
    assert last_inspectors(asked([], [], history=seen)) == {"s1": "b"}


def test_each_further_visit_of_a_person_costs_more():
    question = asked([a_store("s1"), a_store("s2")], [a_person(load=1)], counties=())
    costs = Costs(question)
    visit = PlannedVisit(store="s1", inspector="p1", day=FIRST)
    kept = PlannedVisit(store="s2", inspector="p1", day=FIRST, kept=True)
    assert costs.whole(question, (kept,)) == 0
    assert costs.whole(question, (visit, kept)) == costs.step(3) + costs.pair("s1", "p1")


def test_regions_far_from_any_store_have_no_middle():
    far = County(path="/99/", spot=Spot(0, 0), stores=1)
    assert Atlas((far,)).spot(CHENGGUAN) is None
