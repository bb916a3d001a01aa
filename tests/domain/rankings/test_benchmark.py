"""Gaps: those of the source text, and what they are measured against."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspection.domain.points import parse, signed
from inspection.domain.rankings.benchmark import (
    Exact,
    compared,
    gap,
    mean,
    mean_of_stores,
    of_scores,
    of_tally,
    of_target,
    top_quarter,
    whole,
)
from inspection.domain.rankings.standing import SectionResult
from inspection.domain.rankings.tally import SectionTally, Tally

OURS = {
    "network": "71.73",
    "complaints": "62.99",
    "halls": "78.35",
    "calls": "79.29",
    "clubs": "79.1",
}
PEER = {"network": "87.2", "complaints": "57.7", "halls": "84.3", "calls": "86", "clubs": "89.4"}


@pytest.mark.parametrize(
    ("indicator", "shown"),
    [
        ("network", "−15.47"),
        ("complaints", "+5.29"),
        ("halls", "−5.95"),
        ("calls", "−6.71"),
        ("clubs", "−10.3"),
    ],
)
def test_the_five_gaps_of_the_source_text(indicator, shown):
    assert signed(gap(parse(OURS[indicator]), parse(PEER[indicator]))) == shown


def test_the_top_quarter_is_rounded_up_and_takes_in_who_is_level():
    assert top_quarter([5, 1, 2, 3, 4]) == 2
    assert top_quarter([1, 1, 1, 4]) == 1
    assert top_quarter([7]) == 7
    assert top_quarter([]) is None


def test_a_mean_of_peers_is_rounded_once():
    peers = [of_scores(9690, {"s": 1, "t": None}), of_scores(9691, {"s": 2, "t": 4})]
    found = mean(peers)
    assert (found.whole, found.sections) == (Fraction(19381, 2), {"s": Fraction(3, 2), "t": 4})
    assert mean([]) is None


def test_a_unit_is_the_exact_mean_of_its_stores():
    tally = Tally(ranked=3, score=100, sections=(SectionTally("s", 2, 4, 1, 3),))
    assert of_tally(tally) == Exact(Fraction(100, 3), {"s": Fraction(3, 2)})
    assert of_tally(Tally()) is None


def test_the_furthest_behind_stands_first_and_what_cannot_be_compared_last():
    fulls = {"a": 100, "b": 100, "c": 100}
    lines = compared(fulls, of_scores(10, {"a": 50, "b": 10}), of_scores(9, {"a": 40, "b": 80}))
    assert [(line.section, line.gap) for line in lines] == [("b", -70), ("a", 10), ("c", None)]
    assert whole(300, of_scores(10, {}), None).gap is None
    assert compared({"a": 1}, None, of_target(5000, {"a": 21}, 100))[0].theirs == 11


parts = st.dictionaries(st.sampled_from("abcd"), st.integers(0, 100), min_size=1)


@given(parts, parts)
def test_a_gap_turns_its_sign_with_the_sides(ours, theirs):
    fulls = dict.fromkeys("abcd", 100)
    mine, others = of_scores(0, ours), of_scores(0, theirs)
    here = {line.section: line.gap for line in compared(fulls, mine, others)}
    there = {line.section: line.gap for line in compared(fulls, others, mine)}
    assert all(here[code] is None or here[code] == -there[code] for code in fulls)


stores = st.tuples(
    st.integers(0, 10_000),
    st.dictionaries(st.sampled_from("abc"), st.one_of(st.none(), st.integers(0, 500))),
)


@given(st.lists(stores, max_size=6))
def test_adding_up_before_dividing_changes_nothing(found):
    results = [
        (score, [SectionResult(code, 500, 0, points) for code, points in sections.items()])
        for score, sections in found
    ]
    assert mean_of_stores(results) == mean(of_scores(score, each) for score, each in found)


def test_stores_lacking_a_section_leave_it_out():
    found = [(100, [SectionResult("s", 50, 0, 50), SectionResult("t", 50, None, None)]), (101, [])]
    assert mean_of_stores(found) == Exact(Fraction(201, 2), {"s": Fraction(50)})
    assert mean_of_stores([]) is None
