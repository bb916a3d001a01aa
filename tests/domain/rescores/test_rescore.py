"""Judging a visit by another version: what holds for every visit."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspection.domain.points import ZERO
from inspection.domain.rankings.ranking import places
from inspection.domain.rankings.standing import PublishedResult, rank_key
from inspection.domain.refusals import MoveRefused, RescoreReasonMissing
from inspection.domain.rescores.rescore import (
    NOTHING_SCORED,
    Change,
    Compared,
    Facts,
    change_of,
    digest_of,
    features_then,
    same_facts,
    summary,
)
from inspection.domain.rescores.rescore_run import (
    MOVES,
    RescoreState,
    can,
    checked_reason,
    moved,
    places_of,
    too_old,
)
from inspection.domain.scoring.answers import NOTHING_EARLIER
from inspection.domain.scoring.scoring import score
from tests.domain.random_visits import visits
from tests.domain.rescores.rewritten import by, dearer, replace, rewritten
from tests.domain.sheets import KC, sheet


@given(visits())
def test_the_same_version_changes_nothing(visit):
    rubric, answers, features, earlier = visit
    card = score(rubric, answers, features, earlier)
    again = by(rubric, answers, features, earlier)
    if card.total is None:
        assert (again.card, again.misfits) == (None, (NOTHING_SCORED,))
        return
    assert again.card == card
    assert change_of(card, again.card) is Change.SAME
    facts = Facts(answers=answers, features=features, earlier=earlier)
    assert same_facts(rubric, facts, card)


@given(visits())
def test_there_and_back_is_where_it_began(visit):
    rubric, answers, features, earlier = visit
    first = score(rubric, answers, features, earlier)
    there = by(rewritten(rubric, dearer), answers, features, earlier)
    assert (there.card is None) == (first.total is None)
    if there.card is not None:
        assert there.card.total <= first.total
        assert by(rubric, answers, features, earlier).card == first


@given(visits())
def test_only_what_applies_is_judged(visit):
    rubric, answers, features, earlier = visit
    first = score(rubric, answers, features, earlier)
    today = frozenset[str]()
    then = features_then(first, rubric, today)
    assert then == features & rubric.features()
    judged = by(rewritten(rubric, dearer), answers, then, earlier)
    for item in judged.card.items if judged.card else ():
        assert (item.status == "switched_off") == (
            rubric.item(item.item).feature not in {"", *features}
        )
        assert item.status == "scored" or not item.lost


RESULT = PublishedResult(
    total=ZERO,
    ordering=ZERO,
    lost=ZERO,
    full=ZERO,
    vetoed=False,
    rankable=True,
    major_losses=0,
    sections=(),
)


RESULTS = st.builds(
    lambda total, vetoed, rankable: replace(
        RESULT, total=total, ordering=total, vetoed=vetoed, rankable=rankable
    ),
    st.integers(0, 10_000),
    st.booleans(),
    st.booleans(),
)


@given(
    st.dictionaries(st.text("abcdef", min_size=1), st.lists(RESULTS, max_size=3)),
    st.integers(1, 2),
)
def test_places_are_those_of_a_ranking_from_scratch(published, min_visits):
    keys = {}
    for store, results in published.items():
        counted = [result for result in results if result.rankable]
        if len(counted) >= min_visits:
            total, n = sum(result.total for result in counted), len(counted)
            mean = (2 * total + n) // (2 * n)
            keys[store] = rank_key(mean, vetoed=any(result.vetoed for result in counted))
    place = places(keys.values())
    assert places_of(published, min_visits) == {store: place[key] for store, key in keys.items()}
    assert places_of(published, min_visits, pilot=True) == {}


def test_other_facts_are_noticed():
    facts = Facts(answers=sheet(KC), features=KC.features(), earlier=NOTHING_EARLIER)
    card = score(KC, sheet(KC), frozenset(), NOTHING_EARLIER)
    assert not same_facts(KC, facts, card)


def compared(change, old, new, *, moves=False):
    return Compared(change=change, old=old, new=new, moved=moves)


def test_the_summary_counts_and_averages_what_changes():
    cards = [
        compared(Change.CHANGED, 9800, 9700, moves=True),
        compared(Change.CHANGED, 9000, 8985),
        compared(Change.CHANGED, None, 9000),
        compared(Change.SAME, 9000, 9000),
        compared(Change.STUCK, 9000, None),
    ]
    found = summary(cards)
    assert (found.cards, found.changed, found.stuck, found.moved) == (5, 3, 1, 1)
    # Half a hundredth goes away from nothing, up as well as down: −57.5 is −58.
    assert found.mean == -58
    assert summary([compared(Change.CHANGED, 8985, 9000)]).mean == 15
    assert summary([]).mean is None


def test_a_dry_run_is_named_by_what_it_saw_in_any_order():
    first, second = ("a", 1, "x", "y"), ("b", 1, "x", "")
    assert digest_of([first, second]) == digest_of([second, first])
    assert digest_of([first]) != digest_of([("a", 2, "x", "y")])


@pytest.mark.parametrize("state", RescoreState)
def test_a_rescore_moves_by_the_table(state):
    for move in ("show", "confirm", "write", "finish", "stop", "cancel"):
        if (state, move) in MOVES:
            assert can(state, move)
            assert moved(state, move) is MOVES[state, move]
        else:
            assert not can(state, move)
            with pytest.raises(MoveRefused):
                moved(state, move)


def test_a_reason_is_one_line_that_says_something():
    assert checked_reason("  按\n通知 ") == "按 通知"
    with pytest.raises(RescoreReasonMissing):
        checked_reason(" \t")


def test_a_dry_run_is_fresh_for_a_week():
    shown = datetime(2026, 11, 18, tzinfo=UTC)
    assert not too_old(shown, shown + timedelta(days=7))
    assert too_old(shown, shown + timedelta(days=7, seconds=1))
