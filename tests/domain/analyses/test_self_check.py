"""Self checks beside covert visits."""

from hypothesis import given
from hypothesis import strategies as st

from inspection.domain.analyses.self_check import (
    ItemPair,
    Pairs,
    added,
    beside,
    item_gaps,
)

COUNT = st.integers(1, 9)
PAIRS = st.builds(
    Pairs,
    stores=COUNT,
    own_score=st.integers(0, 90_000),
    seen_score=st.integers(0, 90_000),
    own_visits=COUNT,
    seen_visits=COUNT,
    items=st.dictionaries(
        st.sampled_from("ABC"), st.builds(ItemPair, st.integers(0, 900), st.integers(0, 900))
    ),
)


def test_a_difference_is_rounded_once():
    found = beside(Pairs(stores=3, own_score=28_001, seen_score=27_000))
    assert (found.own, found.seen, found.gap) == (9334, 9000, 334)
    kinder = beside(Pairs(stores=2, own_score=17_001, seen_score=18_000))
    assert kinder.gap == -500
    assert beside(Pairs()).gap is None


def test_what_was_hidden_most_comes_first():
    items = {"A": ItemPair(0, 300), "B": ItemPair(400, 100), "C": ItemPair(100, 600)}
    found = item_gaps(Pairs(stores=2, own_visits=2, seen_visits=4, items=items))
    assert [(gap.item, gap.own, gap.seen, gap.hidden) for gap in found] == [
        ("C", 50, 150, 100),
        ("A", 0, 75, 75),
        ("B", 200, 25, -175),
    ]
    assert item_gaps(Pairs()) == ()


@given(st.lists(PAIRS))
def test_parts_add_up_in_any_order(parts):
    assert added(parts) == added(reversed(parts)) == added([added(parts[:1]), added(parts[1:])])


@given(PAIRS)
def test_sides_that_change_places_change_the_sign(pairs):
    turned = Pairs(
        stores=pairs.stores,
        own_score=pairs.seen_score,
        seen_score=pairs.own_score,
        own_visits=pairs.seen_visits,
        seen_visits=pairs.own_visits,
        items={code: ItemPair(pair.seen, pair.own) for code, pair in pairs.items.items()},
    )
    assert beside(turned).gap == -beside(pairs).gap
    there = {gap.item: gap.hidden for gap in item_gaps(pairs)}
    assert {gap.item: -gap.hidden for gap in item_gaps(turned)} == there
