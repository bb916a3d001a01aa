"""Visits due, made and missed, as each planner may see them."""

import pytest

from inspection.domain.refusals import NotFound
from inspection.domain.rounds.coverage import Coverage
from inspection.domain.version import version_of
from inspection.persistence.org import kept_regions
from inspection.persistence.statements import run
from inspection.services.org.region_editing import move_region
from inspection.services.org.store_editing import move_store
from inspection.services.rounds.coverage import coverage_of, round_coverage
from inspection.services.rounds.round_access import seen_round
from tests.cast import (
    ANNING_HALL,
    CHENGGUAN,
    CLUB,
    GUO,
    LANZHOU,
    QINZHOU,
    QINZHOU_CLUB,
    REGION_PATHS,
    ROUND,
    TIANSHUI,
    WANG,
    ZHAO,
    store_id,
)
from tests.rankable import Result, published


async def move(store: str, state: str) -> None:
    await run("UPDATE assignment SET state = ? WHERE store = ?", state, store_id(store))


def by_region(found) -> dict[str, Coverage]:
    return {row.path: row.coverage for row in found.regions}


async def test_visits_are_counted_where_they_stand(province):
    await move(CLUB, "done")
    await move(ANNING_HALL, "submitted")
    await move(QINZHOU_CLUB, "cancelled")
    found = await coverage_of(province, GUO.actor, ROUND)
    assert found.whole == Coverage(done=1, submitted=1, open=1, unassigned=1)
    assert by_region(found) == {
        REGION_PATHS[LANZHOU]: Coverage(done=1, submitted=1, open=1),
        REGION_PATHS[TIANSHUI]: Coverage(unassigned=1),
    }
    assert found.stores == ()


async def test_what_was_not_made_when_its_window_ended_is_missed(province, clock):
    await move(CLUB, "returned")
    before = await coverage_of(province, GUO.actor, ROUND)
    assert (before.whole.returned, before.whole.open, before.whole.missed) == (1, 3, 0)
    clock.go_on(days=5)
    after = await coverage_of(province, GUO.actor, ROUND)
    assert (after.whole.missed, after.whole.due, after.whole.permille) == (4, 4, 0)


async def test_a_county_is_drilled_down_to_its_stores_missed_ones_first(province, clock):
    await move(CLUB, "done")
    clock.go_on(days=5)
    found = await coverage_of(province, WANG.actor, ROUND, REGION_PATHS[CHENGGUAN])
    assert [(row.name[:2], row.coverage.missed, row.coverage.done) for row in found.stores] == [
        ("城关", 1, 0),
        ("城关", 0, 1),
    ]
    assert [path for path, _ in found.way] == [REGION_PATHS[LANZHOU], REGION_PATHS[CHENGGUAN]]


async def test_a_manager_counts_the_own_branch(province):
    entry = await seen_round(ZHAO.actor, ROUND)
    assert await round_coverage(province, ZHAO.actor, entry) == Coverage(open=1)
    for path in (REGION_PATHS[LANZHOU], GUO.actor.region_path, "/9/"):
        with pytest.raises(NotFound):
            await coverage_of(province, ZHAO.actor, ROUND, path)
    with pytest.raises(NotFound):
        await coverage_of(province, ZHAO.actor, ROUND, REGION_PATHS[TIANSHUI] + "620599/")


async def test_a_store_that_moved_counts_where_it_was_when_it_was_visited(province):
    await published(province, Result(store="A", total=9000, region=CHENGGUAN))
    await move_store(province, GUO.actor, "A", QINZHOU)
    found = await coverage_of(province, GUO.actor, ROUND)
    assert by_region(found)[REGION_PATHS[LANZHOU]].done == 1
    assert by_region(found)[REGION_PATHS[TIANSHUI]].done == 0


async def test_a_county_that_moved_is_counted_where_it_was_for_those_it_was_counted_for(province):
    await published(province, Result(store="A", total=9000, region=CHENGGUAN))
    before = await coverage_of(province, WANG.actor, ROUND)
    found = await kept_regions.find_kept(CHENGGUAN)
    await move_region(province, GUO.actor, CHENGGUAN, TIANSHUI, version_of(found))
    assert await coverage_of(province, WANG.actor, ROUND) == before
    new = f"{REGION_PATHS[TIANSHUI]}{CHENGGUAN}/"
    everything = await coverage_of(province, GUO.actor, ROUND, new)
    assert (everything.whole.done, len(everything.stores)) == (1, 3)
    assert [path for path, _ in everything.way][-1] == REGION_PATHS[CHENGGUAN]
    assert (await coverage_of(province, ZHAO.actor, ROUND, new)).whole == Coverage()


async def test_a_locked_round_counts_no_stores_nobody_was_sent_to(province):
    await move(CLUB, "cancelled")
    await run("UPDATE round SET state = 'locked' WHERE code = ?", ROUND)
    found = await coverage_of(province, GUO.actor, ROUND)
    assert found.whole.unassigned == 0
