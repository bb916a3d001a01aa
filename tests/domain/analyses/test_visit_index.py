"""The index over visit methods."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from inspection.domain.analyses.visit_index import WEIGHTS, indexed, part_of, weighted
from inspection.domain.rankings.tally import NOTHING, Tally
from inspection.domain.rankings.unit import UnitSum

PARTS = {
    "mystery_visit": Fraction(8950),
    "peer_check": Fraction(9300),
    "phone_follow_up": Fraction(9500),
}
POINTS = st.fractions(0, 10_000, max_denominator=50)


def summed(score, ranked, expected):
    return UnitSum(tally=Tally(ranked=ranked, score=score), before=NOTHING, expected=expected)


def test_the_worked_example():
    assert weighted(PARTS, WEIGHTS) == 9165
    without = {kind: part for kind, part in PARTS.items() if kind != "phone_follow_up"}
    # 72.65 / 0.8 is 90.8125: renormalised over the parts there are, rounded once.
    assert weighted(without, WEIGHTS) == 9081
    assert weighted({}, WEIGHTS) is None


def test_a_part_is_exact_and_out_of_a_hundred():
    assert part_of(summed(27_000, 3, 3), 10_000) == Fraction(9000)
    assert part_of(summed(8000, 3, 3), 5000) == Fraction(16_000, 3)
    assert part_of(summed(9000, 1, 2), 10_000) is None


def test_equal_print_is_an_equal_place():
    third = Fraction(27_001, 3)
    units = {"a": {"mystery_visit": third}, "b": {"mystery_visit": Fraction(9000)}, "c": {}}
    found = indexed({**units, "d": {"peer_check": Fraction(8000)}}, WEIGHTS)
    assert {path: (each.index, each.rank, each.weight) for path, each in found.items()} == {
        "a": (9000, 1, 50),
        "b": (9000, 1, 50),
        "c": (None, None, 0),
        "d": (8000, None, 30),
    }
    assert indexed({}, WEIGHTS) == {}


@given(st.dictionaries(st.sampled_from(sorted(WEIGHTS)), POINTS, min_size=1))
def test_an_index_lies_between_its_parts(parts):
    found = weighted(parts, WEIGHTS)
    assert min(parts.values()) - 1 < found < max(parts.values()) + 1
