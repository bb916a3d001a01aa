"""How scores are spread."""

from collections import Counter
from statistics import median_low

from hypothesis import given
from hypothesis import strategies as st

from inspection.domain.analyses.spread import MOST_BUCKETS, spread


def test_the_quarters_are_scores_somebody_got():
    found = spread(Counter([9000, 9100, 9200, 9300, 9400]), 10_000)
    assert (found.lowest, found.lower, found.middle, found.upper, found.highest) == (
        *(9000, 9100, 9200, 9300, 9400),
    )
    assert found.stores == 5


def test_of_nothing_there_is_no_spread():
    assert spread({}, 10_000) is None


def test_full_marks_are_in_the_last_bucket():
    found = spread({10_000: 2, 9999: 1, 9899: 1}, 10_000)
    assert [(b.low, b.high, b.stores) for b in found.buckets] == [
        (9800, 9900, 1),
        (9900, 10_000, 3),
    ]


@given(st.lists(st.integers(0, 10_000), min_size=1, max_size=60))
def test_every_store_is_in_one_bucket(scores):
    found = spread(Counter(scores), 10_000)
    assert sum(bucket.stores for bucket in found.buckets) == found.stores == len(scores)
    assert len(found.buckets) <= MOST_BUCKETS + 1
    assert found.middle == median_low(scores)
    assert found.lowest <= found.lower <= found.middle <= found.upper <= found.highest
