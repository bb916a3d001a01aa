from collections import Counter
from datetime import timedelta

import pytest

from inspection.domain.rounds.plan_choice import PlanChoice, cap_faults, choice_faults
from inspection.domain.rounds.planning import PlannedVisit, PlanRules
from inspection.domain.rounds.planning_warnings import Burden, Warner, burden_of
from tests.asking import ANNING, FIRST, a_person, a_store, asked, was_there

WEEK = timedelta(days=7)
VISIT = PlannedVisit(store="s1", inspector="p1", day=FIRST)


def warning(person, burden=None, **more):
    question = asked([a_store()], [person], **more)
    return Warner(question, burden or burden_of([VISIT])).warning(VISIT)


@pytest.mark.parametrize(
    ("person", "more", "code"),
    [
        (a_person(), {}, ""),
        (a_person(home=ANNING), {"rules": PlanRules(avoid_home=True)}, "home"),
        (a_person(load=10), {}, "round_cap"),
        (a_person(), {"history": (was_there("s1", "p1", FIRST - WEEK),)}, "again"),
        (
            a_person(),
            {"history": (was_there("s1", "p0", FIRST - WEEK),), "rules": PlanRules()},
            "weekday",
        ),
    ],
)
def test_what_is_unwelcome_is_said(person, more, code):
    assert warning(person, **more) == code


def test_too_much_on_one_day_is_said():
    burden = Burden(Counter(p1=3), Counter({("p1", FIRST): 3}))
    assert warning(a_person(), burden) == "day_cap"


def test_numbers_out_of_bounds_are_named():
    assert choice_faults(PlanChoice()) == ()
    (fault,) = choice_faults(PlanChoice(rules=PlanRules(seed=0)))
    assert (fault.pointer, fault.facts) == ("/seed", {"value": 0, "least": 1, "most": 999_999})
    assert cap_faults(None, None) == ()
    assert [fault.pointer for fault in cap_faults(0, 51)] == ["/per_round", "/per_day"]
