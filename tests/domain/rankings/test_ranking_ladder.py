"""Place keys in order: what is looked up is what counting says, also after counties changed."""

from typing import NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from inspection.domain.rankings import ranking_ladder
from inspection.domain.rankings.ranking import movements, places
from inspection.domain.rankings.ranking_ladder import (
    Ladder,
    Sums,
    keys_of,
    place_among,
    sums_of,
)
from inspection.domain.rankings.standing import rank_key

LINE = 9000
PATHS = ("/1/2/3/", "/1/2/4/", "/1/5/")


class PlacedStore(NamedTuple):
    """A ranked store: the county the round counts it in, its place key now and the round before."""

    region_path: str
    rank_key: int
    previous_key: int | None


def counties_of(stores):
    return {
        path: keys_of(
            [s.rank_key for s in stores if s.region_path == path],
            [s.rank_key for s in stores if s.region_path == path and s.previous_key is None],
            [
                s.previous_key
                for s in stores
                if s.region_path == path and s.previous_key is not None
            ],
        )
        for path in {s.region_path for s in stores}
    }


def ladder_of(stores):
    return ranking_ladder.ladder_of(counties_of(stores))


keys = st.builds(rank_key, st.integers(8900, 9100), vetoed=st.booleans())
stores = st.lists(
    st.builds(PlacedStore, st.sampled_from(PATHS), keys, st.none() | keys), max_size=30
)


def said(ladder: Ladder) -> list[object]:
    return [
        dict(sorted(ladder.counties.items())),
        ladder.whole,
    ]


@given(stores)
def test_places_and_movements_are_those_of_the_rules(found):
    ladder = ladder_of(found)
    by_key = places(store.rank_key for store in found)
    names = {str(number): store for number, store in enumerate(found)}
    both = {name: s for name, s in names.items() if s.previous_key is not None}
    moved = movements(
        {name: store.rank_key for name, store in both.items()},
        {name: store.previous_key for name, store in both.items()},
    )
    for name, store in names.items():
        assert ladder.place(store.rank_key) == by_key[store.rank_key]
        assert ladder.movement(store.rank_key, store.previous_key) == moved.get(name)


@given(stores, stores, st.sets(st.sampled_from(PATHS)))
def test_counties_read_again_give_what_counting_everything_gives(before, after, paths):
    kept = [store for store in before if store.region_path not in paths]
    come = [store for store in after if store.region_path in paths]
    first = ladder_of(before)
    told = said(first)
    assert said(first.replaced(paths, counties_of(come))) == said(ladder_of([*kept, *come]))
    # Whoever holds the list of before keeps what it said.
    assert said(first) == told


@given(stores)
def test_the_figures_of_counties_are_those_of_their_stores(found):
    ladder = ladder_of(found)
    here = [store.rank_key for store in found if store.region_path.startswith("/1/2/")]
    counties = ladder.within(lambda path: path.startswith("/1/2/"))
    for key in here:
        assert place_among(counties, key) == places(here)[key]
    by_rule = [(key, 20_000_000 - key if key > 10_000_000 else 10_000_000 - key) for key in here]
    sums = sums_of(counties, LINE)
    assert (sums.ranked, sums.score_sum) == (len(here), sum(score for _, score in by_rule))
    assert sums.below_line == sum(score < LINE for _, score in by_rule)
    assert sums.best == (min(by_rule)[1] if here else None)
    assert sums_of((ladder.whole,), LINE) == sums_of(ladder.counties.values(), LINE)


def test_nobody_adds_up_to_nothing():
    assert sums_of((), LINE) == Sums()
