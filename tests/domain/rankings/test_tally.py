"""Tallies: the whole is the sum of its parts, in any order."""

from hypothesis import given
from hypothesis import strategies as st

from inspection.domain.rankings.standing import PublishedResult, SectionResult, figures
from inspection.domain.rankings.tally import (
    NOTHING,
    ItemTally,
    LostItem,
    SectionTally,
    Tally,
    followed,
    minus,
    of_store,
    plus,
    total,
)

small = st.integers(0, 50)
codes = st.sampled_from(["a", "b", "c"])


@st.composite
def parts(draw):
    sections = draw(st.dictionaries(codes, st.tuples(small, small, small), max_size=3))
    items = draw(st.dictionaries(codes, st.tuples(small, small, st.integers(0, 1)), max_size=3))
    return Tally(
        *(1, draw(st.integers(0, 1)), 0, draw(small), draw(small), draw(small)),
        sections=tuple(SectionTally(code, 1, *row) for code, row in sorted(sections.items())),
        items=tuple(ItemTally(code, 1, *row) for code, row in sorted(items.items())),
    )


def a_result(score, *, vetoed=False, rankable=True):
    section = SectionResult("s", 10_000, 10_000 - score, score)
    gone = SectionResult("na", 500, None, None)
    return PublishedResult(
        total=score, ordering=score, lost=10_000 - score, full=10_000, vetoed=vetoed,
        rankable=rankable, major_losses=0, sections=(section, gone),
    )  # fmt: skip


@given(st.lists(parts(), max_size=6), st.randoms())
def test_the_order_of_the_parts_does_not_matter(found, chance):
    shuffled = list(found)
    chance.shuffle(shuffled)
    assert total(found) == total(shuffled)


@given(st.lists(parts(), max_size=5), parts())
def test_what_is_taken_away_was_never_there(found, part):
    whole = total(found)
    assert minus(plus(whole, part), part) == whole


@given(st.lists(st.lists(parts(), max_size=3), max_size=3))
def test_a_region_is_the_sum_of_its_counties(counties):
    everything = [part for county in counties for part in county]
    assert total(total(county) for county in counties) == total(everything)


def test_nothing_adds_up_to_nothing():
    assert total(()) == NOTHING == Tally()


def test_a_store_counts_once_with_what_it_got_and_lost():
    found = figures((a_result(8950),), 1)
    before = Tally(items=(ItemTally("i", 1, 1, 100, 0),))
    mine = of_store(found, (LostItem("j", 1, 50), LostItem("i", 2, 1000)), before, 8900)
    assert mine == Tally(
        *(1, 1, 0, 8950, 10_000, 1050),
        sections=(SectionTally("s", 1, 10_000, 1050, 8950),),
        items=(ItemTally("i", 1, 2, 1000, 1), ItemTally("j", 1, 1, 50, 0)),
    )


def test_below_the_line_or_vetoed_does_not_pass():
    assert of_store(figures((a_result(8999),), 1), (), NOTHING, 9000).passed == 0
    vetoed = of_store(figures((a_result(9900, vetoed=True),), 1), (), NOTHING, 9000)
    assert (vetoed.passed, vetoed.vetoed) == (0, 1)


def test_without_a_place_only_what_was_lost_counts():
    found = figures((a_result(9000, rankable=False),), 1)
    assert of_store(found, (LostItem("i", 1, 5),), NOTHING, 9000) == Tally(
        items=(ItemTally("i", 1, 1, 5, 0),)
    )


def test_what_was_lost_before_can_change_afterwards():
    part = Tally(1, items=(ItemTally("i", 1, 1, 5, 1), ItemTally("j", 1, 1, 5, 0)))
    after = followed(part, Tally(items=(ItemTally("j", 1, 1, 9, 0),)))
    assert [(item.item, item.again) for item in after.items] == [("i", 0), ("j", 1)]
