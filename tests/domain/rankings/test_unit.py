"""Units beside each other: places, coverage, movement, and what a change is measured in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspection.domain.rankings.tally import NOTHING, SectionTally, Tally
from inspection.domain.rankings.unit import (
    UnitSum,
    alone,
    changed,
    ordered,
    rate,
    section_means,
    units,
)


def summed(score=0, ranked=0, expected=None, before=NOTHING, **more):
    tally = Tally(ranked=ranked, score=score, **more)
    return UnitSum(tally=tally, before=before, expected=ranked if expected is None else expected)


scores = st.dictionaries(st.text("abcdef", min_size=1, max_size=2), st.integers(0, 10_000))


def ranks(found):
    return {path: unit.rank for path, unit in units(found).items()}


def test_ties_share_a_place_and_thin_units_have_none():
    found = {
        "a": summed(19_000, 2),
        "b": summed(9500, 1),
        "c": summed(9000, 1),
        "thin": summed(39_900, 4, expected=6),
        "none": summed(expected=3),
    }
    assert ranks(found) == {"a": 1, "b": 1, "c": 3, "thin": None, "none": None}
    made = units(found)
    assert made["none"].average is None
    assert (made["thin"].average, made["thin"].covered) == (9975, False)
    codes = {path: path for path in found}
    assert ordered(made, codes) == ["a", "b", "c", "thin", "none"]


@given(scores, st.randoms())
def test_the_order_of_arrival_does_not_matter(found, chance):
    shuffled = list(found.items())
    chance.shuffle(shuffled)
    sums = {path: summed(score, 1) for path, score in found.items()}
    assert ranks(sums) == ranks({path: summed(score, 1) for path, score in shuffled})


@given(scores.filter(bool), st.data())
def test_more_points_never_mean_a_worse_place(found, data):
    path = data.draw(st.sampled_from(sorted(found)))
    better = found | {path: min(10_000, found[path] + data.draw(st.integers(0, 500)))}
    before = ranks({each: summed(score, 1) for each, score in found.items()})
    after = ranks({each: summed(score, 1) for each, score in better.items()})
    assert after[path] <= before[path]


def test_places_are_gained_among_the_units_there_both_times():
    then = {path: Tally(ranked=1, score=score) for path, score in (("a", 9000), ("b", 9500))}
    found = {
        "new": summed(9900, 1),
        "a": summed(9600, 1, before=then["a"]),
        "b": summed(9500, 1, before=then["b"]),
    }
    assert {path: unit.movement for path, unit in units(found).items()} == {
        "new": None,
        "a": 1,
        "b": -1,
    }


def test_a_section_is_the_mean_of_the_stores_that_have_it():
    (mean,) = section_means(Tally(ranked=3, sections=(SectionTally("s", 2, 4000, 501, 3499),)))
    assert (mean.stores, mean.full, mean.lost, mean.score) == (2, 2000, 250, 1750)
    (capped,) = section_means(Tally(ranked=1, sections=(SectionTally("s", 2, 4000, 501, 3000),)))
    assert (capped.lost, capped.score) == (251, 1500)
    assert alone(summed(9001, 2)).average == 4501


@pytest.mark.parametrize(
    ("now", "before", "comparable", "change"),
    [
        ((1800, 2100), (1300, 2100), True, 500),
        # 13/21 to 18/21 is 61.90 % to 85.71 %.
        ((1800, 2100), (1300, 2100), False, 2381),
        ((None, 2100), (1300, 2100), True, None),
        ((1800, 2100), (None, 2100), False, None),
    ],
)
def test_a_change_is_points_only_where_the_same_marks_were_lost(now, before, comparable, change):
    assert changed(*now, before, comparable=comparable) == change


def test_a_rate_has_a_whole():
    assert (rate(5, 6), rate(0, 3), rate(0, 0)) == (8333, 0, None)
