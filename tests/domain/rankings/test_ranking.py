"""Places, movement, regions, and what cost most."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspection.domain.rankings.ranking import (
    ItemLoss,
    RegionSum,
    change,
    covered,
    movements,
    pareto,
    places,
    region_means,
)
from inspection.domain.rankings.standing import rank_key

scores = st.lists(st.integers(0, 10_000), max_size=30)


def ranks(*totals: int) -> list[int]:
    keys = [rank_key(total, vetoed=False) for total in totals]
    found = places(keys)
    return [found[key] for key in keys]


def test_ties_share_a_place_and_the_next_is_skipped():
    assert ranks(9550, 9300, 9300, 9000) == [1, 2, 2, 4]


def test_scores_that_print_alike_rank_alike():
    # 96.904 and 96.896 were both published as 96.90.
    assert ranks(9690, 9690) == [1, 1]


def test_vetoed_stores_come_last_by_the_score_they_kept():
    keys = [
        rank_key(6000, vetoed=False),
        rank_key(9200, vetoed=True),
        rank_key(9500, vetoed=True),
    ]
    found = places(keys)
    assert [found[key] for key in keys] == [1, 3, 2]


@given(scores)
def test_a_place_is_one_more_than_the_number_of_better_scores(totals):
    assert ranks(*totals) == [1 + sum(other > total for other in totals) for total in totals]


@given(scores, st.randoms())
def test_the_order_of_arrival_does_not_matter(totals, chance):
    shuffled = list(totals)
    chance.shuffle(shuffled)
    assert sorted(zip(totals, ranks(*totals), strict=True)) == sorted(
        zip(shuffled, ranks(*shuffled), strict=True)
    )


@given(scores.filter(bool), st.data())
def test_more_points_never_mean_a_worse_place(totals, data):
    place = data.draw(st.integers(0, len(totals) - 1))
    better = list(totals)
    better[place] = min(10_000, better[place] + data.draw(st.integers(0, 500)))
    assert ranks(*better)[place] <= ranks(*totals)[place]


def test_movement_is_counted_among_the_stores_ranked_both_times():
    # "new" took first place, but it was not there before: nobody fell because of it.
    now = {"new": 1, "a": 2, "b": 3, "c": 4}
    before = {"gone": 0, "b": 1, "a": 2, "c": 3}
    assert movements(now, before) == {"a": 1, "b": -1, "c": 0}


@given(st.permutations(range(8)))
def test_movements_of_an_untied_list_cancel_out(order):
    before = {str(store): store for store in range(8)}
    now = {str(store): place for place, store in enumerate(order)}
    assert sum(movements(now, before).values()) == 0


def test_the_mean_of_a_region_counts_each_store_once():
    (found,) = region_means((RegionSum(path="/62/", score_sum=28500, ranked=3, expected=3),))
    assert (found.average, found.rank, found.covered) == (9500, 1, True)


def test_a_region_below_its_coverage_is_shown_without_a_place():
    found = region_means(
        (
            RegionSum(path="a", score_sum=9900 * 3, ranked=3, expected=4),
            RegionSum(path="b", score_sum=9000 * 4, ranked=4, expected=5),
            RegionSum(path="c", score_sum=9000 * 5, ranked=5, expected=5),
            RegionSum(path="d", score_sum=8000, ranked=1, expected=1),
            RegionSum(path="e", score_sum=0, ranked=0, expected=9),
        )
    )
    assert [(mean.average, mean.rank) for mean in found] == [
        (9900, None),
        (9000, 1),
        (9000, 1),
        (8000, 3),
        (None, None),
    ]


@pytest.mark.parametrize(
    ("ranked", "expected", "enough"), [(4, 5, True), (3, 4, False), (0, 0, False)]
)
def test_four_fifths_of_the_stores_are_enough(ranked, expected, enough):
    assert covered(ranked, expected) is enough


def test_items_are_listed_by_what_they_cost_with_running_shares():
    found = pareto(
        [
            ItemLoss(item="KC-F-01", times=10, lost=3000),
            ItemLoss(item="KC-M-01", times=4, lost=400),
            ItemLoss(item="KC-F-02", times=8, lost=600),
            ItemLoss(item="KC-E-01", times=0, lost=0),
        ]
    )
    assert [(row.item, row.share, row.cumulative) for row in found] == [
        ("KC-F-01", 750, 750),
        ("KC-F-02", 150, 900),
        ("KC-M-01", 100, 1000),
    ]


def test_nothing_lost_is_an_empty_list():
    assert pareto([]) == ()


def test_shares_are_rounded_half_up_as_every_percentage_is():
    found = pareto(ItemLoss(item=f"i{lost}", times=1, lost=lost) for lost in (300, 200, 150, 400))
    # 38.095, 28.571, 19.048 and 14.286 %; together 66.667 and 85.714 %.
    assert [row.share for row in found] == [381, 286, 190, 143]
    assert [row.cumulative for row in found] == [381, 667, 857, 1000]


@given(st.lists(st.integers(1, 500), min_size=1, max_size=20))
def test_the_last_share_is_the_whole(losses):
    found = pareto(ItemLoss(item=f"i{n}", times=1, lost=lost) for n, lost in enumerate(losses))
    assert found[-1].cumulative == 1000
    assert [row.cumulative for row in found] == sorted(row.cumulative for row in found)


def test_change_is_in_points_while_full_marks_are_the_same():
    assert change(9550, 10_000, 9300, 10_000) == 250
    assert change(9550, 10_000, None, 10_000) is None


def test_change_is_in_percentage_points_where_they_differ():
    # 13 of 21 to 9 of 10: 61.90 % to 90.00 %.
    assert change(900, 1000, 1300, 2100) == 2810
