"""What published visits add up to, and the keys a list is ordered by."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspection.domain.points import Hundredths
from inspection.domain.rankings.standing import (
    PublishedResult,
    SectionResult,
    average,
    figures,
    mean,
    rank_key,
    retied,
    score_of,
    tie_key,
)

points = st.integers(0, 10_000)


def a_result(total: int, **changes) -> PublishedResult:
    given = {
        "total": total,
        "ordering": changes.get("ordering", total),
        "lost": 10_000 - total,
        "full": 10_000,
        "vetoed": False,
        "rankable": True,
        "major_losses": 0,
        "sections": (SectionResult("KC-E", Hundredths(2000), Hundredths(0), Hundredths(2000)),),
    }
    return PublishedResult(**given | changes)


def results(*totals: int, **changes) -> tuple[PublishedResult, ...]:
    return tuple(a_result(total, **changes) for total in totals)


def test_a_store_is_the_mean_of_its_visits_rounded_once():
    found = figures(results(9400, 9600, 9700), 3)
    assert (found.visits, found.score_sum, found.score) == (3, 28700, 9567)
    assert found.rank_key == rank_key(9567, vetoed=False)


@pytest.mark.parametrize(
    ("totals", "score"), [((9690, 9691), 9691), ((9000, 9001, 9000), 9000), ((1, 2), 2)]
)
def test_half_a_hundredth_goes_up(totals, score):
    assert figures(results(*totals), 1).score == score


def test_too_few_visits_take_no_place_but_show_their_mean():
    found = figures(results(9800), 3)
    assert (found.unranked_why, found.rank_key, found.score, found.visits) == (
        "few_visits",
        None,
        9800,
        1,
    )


def test_a_card_with_too_little_applicable_does_not_count_beside_others():
    found = figures((*results(9000), a_result(10_000, rankable=False)), 1)
    assert (found.score, found.visits, found.unranked_why) == (9000, 1, "")


def test_only_such_cards_are_shown_without_a_place():
    found = figures(results(9000, rankable=False), 1)
    assert (found.score, found.unranked_why, found.rank_key) == (9000, "not_rankable", None)


def test_nothing_published_is_nothing_shown():
    found = figures((), 1)
    assert (found.visits, found.shown_score, found.rank_key) == (0, None, None)
    assert tie_key(found, None) == tie_key(found, None)


def test_a_veto_in_any_visit_puts_the_store_behind_all_others():
    vetoed = figures((*results(10_000), a_result(9200, vetoed=True)), 1)
    worst = figures(results(0), 1)
    assert vetoed.vetoed
    assert vetoed.rank_key > worst.rank_key


def test_sections_are_means_and_a_dropped_one_stays_a_dash():
    dropped = SectionResult("KC-S", Hundredths(1000), None, None)
    first = (SectionResult("KC-E", Hundredths(2000), Hundredths(50), Hundredths(1950)), dropped)
    second = (SectionResult("KC-E", Hundredths(2000), Hundredths(101), Hundredths(1899)), dropped)
    found = figures((a_result(9900, sections=first), a_result(9800, sections=second)), 1)
    assert found.sections == (
        SectionResult("KC-E", Hundredths(2000), Hundredths(76), Hundredths(1925)),
        dropped,
    )


@given(score=points, vetoed=st.booleans())
def test_the_key_gives_the_score_back(score, vetoed):
    assert score_of(rank_key(score, vetoed=vetoed)) == score


@given(one=points, other=points)
def test_a_better_score_has_a_smaller_key_and_equal_scores_equal_ones(one, other):
    keys = rank_key(one, vetoed=False), rank_key(other, vetoed=False)
    assert (keys[0] < keys[1], keys[0] == keys[1]) == (one > other, one == other)


@given(one=points, other=points)
def test_no_vetoed_store_passes_one_that_is_not(one, other):
    assert rank_key(one, vetoed=True) > rank_key(other, vetoed=False)


candidate = st.tuples(st.integers(9000, 9300), st.integers(0, 5), st.integers(-300, 300))


def ordered_by(candidates):
    """Higher uncapped total, then fewer major losses, then better change."""

    def key(found):
        ordering, major, change = found
        result = figures((a_result(9000, ordering=ordering, major_losses=major),), 1)
        return tie_key(result, 9000 - change)

    return sorted(candidates, key=key)


@given(st.lists(candidate, max_size=6, unique=True))
def test_a_tie_is_listed_by_bonus_then_major_losses_then_change(candidates):
    assert ordered_by(candidates) == sorted(candidates, key=lambda c: (-c[0], c[1], -c[2]))


def test_major_losses_count_per_visit():
    often = figures(results(9000, 9000, 9000, major_losses=2), 1)
    once = figures(results(9000, major_losses=3), 1)
    assert tie_key(often, None) < tie_key(once, None)


@given(before=st.none() | points, after=st.none() | points, score=points)
def test_a_tie_key_follows_the_round_before(before, after, score):
    found = figures(results(score, major_losses=3), 1)
    assert retied(tie_key(found, before), score, after) == tie_key(found, after)


def test_an_unranked_store_may_be_retied_too():
    assert retied(0, None, None) == 999_999


def test_the_mean_of_nothing_is_zero():
    assert (mean(()), average(5, 0)) == (0, 0)


def test_a_pilot_is_scored_and_takes_no_place():
    found = figures(results(9800, 9700), 1, pilot=True)
    assert (found.unranked_why, found.rank_key, found.score, found.visits) == (
        "pilot",
        None,
        9750,
        2,
    )
