"""A store that moves, and a county that moves with all its stores: rounds that are over stay as
they were, and who reads what of them.
"""

import msgspec
import pytest

from inspection.domain.refusals import NotFound
from inspection.persistence.statements import run
from inspection.services.org.store_editing import move_store
from inspection.services.rankings.rankings import (
    ranking_page,
    ranking_table,
    region_averages,
    round_choices,
    store_results,
)
from inspection.wording import Language
from tests.cast import (
    ANNING,
    CHENGGUAN,
    EARLIER_ROUND,
    GUO,
    LANZHOU,
    QINZHOU,
    REGION_PATHS,
    ROUND,
    TIANSHUI,
    WANG,
    ZHAO,
    Person,
    round_id,
)
from tests.rankable import Result, expected, published
from tests.services.org.moved import a_finished_round, asked, move_county

MOVED_COUNTY = f"{REGION_PATHS[TIANSHUI]}{CHENGGUAN}/"
HE = Person(sign_in="he", name="何江", role=WANG.role, region=CHENGGUAN)
"""The manager of the county that moves."""


async def everything_said(tools, round_code: str, region: str = "") -> list[object]:
    """What an administrator reads about a round: the page, the table, the regions beside it."""
    wish = asked(round_code, region)
    page = await ranking_page(tools, GUO.actor, wish)
    assert page.ranked + page.unranked_count > 0
    return [
        page,
        await ranking_table(tools, GUO.actor, wish, Language.ZH),
        await region_averages(GUO.actor, wish),
    ]


PLACES = ["", *(REGION_PATHS[code] for code in (LANZHOU, TIANSHUI, CHENGGUAN, ANNING, QINZHOU))]


@pytest.mark.parametrize("stores", [("a",), ("a", "b", "e")])
async def test_a_round_that_is_over_stays_as_it_was_when_stores_move(province, stores):
    await a_finished_round(province)
    before = [await everything_said(province, EARLIER_ROUND, place) for place in PLACES]
    for store in stores:
        await move_store(province, GUO.actor, store, QINZHOU)
    after = [await everything_said(province, EARLIER_ROUND, place) for place in PLACES]
    assert after == before


async def test_a_round_that_is_over_stays_as_it_was_when_a_store_moves_twice(province):
    await a_finished_round(province)
    before = [await everything_said(province, EARLIER_ROUND, place) for place in PLACES]
    for region in (QINZHOU, ANNING, CHENGGUAN):
        await move_store(province, GUO.actor, "e", region)
    after = [await everything_said(province, EARLIER_ROUND, place) for place in PLACES]
    assert after == before


async def test_a_round_that_is_over_stays_as_it_was_when_a_county_moves(province):
    await a_finished_round(province)
    places = ["", REGION_PATHS[LANZHOU], REGION_PATHS[TIANSHUI], REGION_PATHS[ANNING]]
    before = [await everything_said(province, EARLIER_ROUND, place) for place in places]
    await move_county(province)
    after = [await everything_said(province, EARLIER_ROUND, place) for place in places]
    assert after == before
    assert [(each.region.code, each.ranked, each.expected) for each in before[1][2]] == [
        (CHENGGUAN, 1, 3),
        (ANNING, 1, 1),
    ]


async def test_a_new_round_counts_a_moved_store_where_it_is(province):
    await a_finished_round(province)
    await move_store(province, GUO.actor, "a", QINZHOU)
    await published(province, Result(store="a", total=9700, region=QINZHOU))
    await expected(("e", "open"))
    page = await ranking_page(province, ZHAO.actor, asked(ROUND))
    assert [(row.store.code, row.store.county.en) for row in page.rows] == [("a", "Qinzhou")]
    assert page.rows[0].change == 700
    (_, tianshui) = await region_averages(GUO.actor, asked(ROUND))
    assert (tianshui.region.code, tianshui.ranked, tianshui.expected) == (TIANSHUI, 1, 1)
    page = await ranking_page(province, WANG.actor, asked(ROUND))
    assert (page.rows, [row.store.code for row in page.unranked]) == ((), ["e"])


async def test_a_new_round_counts_a_moved_county_where_it_is(province):
    await a_finished_round(province)
    await move_county(province)
    await run("UPDATE store SET region_path = region_path")
    await published(province, Result(store="a", total=9700))
    found = await region_averages(GUO.actor, asked(ROUND, REGION_PATHS[TIANSHUI]))
    assert [(each.region.path, each.ranked) for each in found] == [
        (MOVED_COUNTY, 1),
        (REGION_PATHS[QINZHOU], 0),
    ]
    found = await region_averages(GUO.actor, asked(ROUND, REGION_PATHS[LANZHOU]))
    assert [each.region.code for each in found] == [ANNING]


async def test_the_old_county_reads_on_what_it_read_and_the_new_one_begins_anew(province):
    await a_finished_round(province)
    await move_store(province, GUO.actor, "a", QINZHOU)
    page = await ranking_page(province, WANG.actor, asked(EARLIER_ROUND))
    assert "a" in [row.store.code for row in page.rows]
    page = await ranking_page(province, ZHAO.actor, asked(EARLIER_ROUND))
    assert [row.store.code for row in page.rows] == ["d"]
    old = await store_results(province, WANG.actor, "a")
    new = await store_results(province, ZHAO.actor, "a")
    assert ([each.round.code for each in old.rounds], old.record) == ([EARLIER_ROUND], None)
    assert (new.rounds, new.record is None) == ((), False)
    with pytest.raises(NotFound):
        await store_results(province, ZHAO.actor, "b")
    await published(province, Result(store="a", total=9700, region=QINZHOU))
    everything = (await store_results(province, GUO.actor, "a")).rounds
    assert [each.round.code for each in everything] == [ROUND, EARLIER_ROUND]
    seen = (await store_results(province, ZHAO.actor, "a")).rounds
    assert [each.round.code for each in seen] == [ROUND]


async def test_the_manager_of_a_moved_county_reads_all_its_rounds(province):
    await a_finished_round(province)
    await move_county(province)
    await published(province, Result(store="a", total=9700))
    he = msgspec.structs.replace(HE.actor, region_path=MOVED_COUNTY)
    for round_code in (EARLIER_ROUND, ROUND):
        page = await ranking_page(province, he, asked(round_code))
        assert [row.store.code for row in page.rows] == ["a"]
    # The branch it left reads the old round only, the one it came to the new round only.
    for person, theirs in ((WANG, EARLIER_ROUND), (ZHAO, ROUND)):
        for round_code in (EARLIER_ROUND, ROUND):
            found = await store_results(province, person.actor, "a")
            assert [each.round.code for each in found.rounds] == [theirs]
            page = await ranking_page(province, person.actor, asked(round_code))
            assert ("a" in [row.store.code for row in page.rows]) is (round_code == theirs)


async def test_rounds_of_the_branch_it_left_are_read_on_and_its_own_follow(province):
    await a_finished_round(province)
    for code, path in ((EARLIER_ROUND, REGION_PATHS[LANZHOU]), (ROUND, REGION_PATHS[CHENGGUAN])):
        await run("UPDATE round SET region_path = ? WHERE id = ?", path, round_id(code))
    await move_county(province)
    he = msgspec.structs.replace(HE.actor, region_path=MOVED_COUNTY)
    for reader, rounds in (
        (he, [EARLIER_ROUND, ROUND]),
        (WANG.actor, [EARLIER_ROUND]),
        (ZHAO.actor, [ROUND]),
    ):
        assert [each.round.code for each in await round_choices(reader)] == rounds


@pytest.mark.parametrize("path", [MOVED_COUNTY, REGION_PATHS[CHENGGUAN]])
async def test_a_branch_never_reads_a_county_from_when_it_was_not_its_own(province, path):
    await a_finished_round(province)
    await move_county(province)
    await published(province, Result(store="a", total=9700))
    own = {WANG: REGION_PATHS[LANZHOU], ZHAO: REGION_PATHS[TIANSHUI]}
    for person, theirs in ((WANG, EARLIER_ROUND), (ZHAO, ROUND)):
        if not path.startswith(own[person]):
            with pytest.raises(NotFound):
                await ranking_page(province, person.actor, asked(ROUND, path))
            continue
        for round_code in (EARLIER_ROUND, ROUND):
            page = await ranking_page(province, person.actor, asked(round_code, path))
            assert [row.store.code for row in page.rows] == (["a"] if round_code == theirs else [])


async def test_a_path_the_county_never_had_is_missing(province):
    await a_finished_round(province)
    await move_county(province)
    for path in (f"/620000/999999/{CHENGGUAN}/", f"{REGION_PATHS[LANZHOU]}999999/"):
        with pytest.raises(NotFound):
            await ranking_page(province, GUO.actor, asked(ROUND, path))
