"""A store that moves, and a county that moves with all its stores: rounds that are over stay as
they were, to the last figure; new ones count it where it is; everybody sees what was theirs.
"""

import msgspec
import pytest

from inspection.domain.org.region import NewRegion, RegionNames
from inspection.domain.refusals import NotFound
from inspection.domain.version import version_of
from inspection.persistence.org import kept_regions
from inspection.persistence.rounds import assignments
from inspection.persistence.statements import run
from inspection.services.notices.notice_list import staff_notice_list
from inspection.services.notices.notice_list_results import NoticesAsked
from inspection.services.notices.notices import notice_of
from inspection.services.org.region_editing import create_region, move_region
from inspection.services.org.store_editing import move_store
from inspection.services.rankings.ranking_results import RankingAsked
from inspection.services.rankings.rankings import (
    ranking_page,
    ranking_table,
    region_averages,
    round_choices,
    store_results,
)
from inspection.services.visits import visits
from inspection.wording import Language
from tests.cast import (
    ANNING,
    CHENGGUAN,
    CLUB,
    EARLIER_ROUND,
    GUO,
    LANZHOU,
    LI,
    QINZHOU,
    REGION_PATHS,
    ROUND,
    TIANSHUI,
    WANG,
    ZHAO,
    Person,
    assignment_id,
    round_id,
    store_id,
)
from tests.rankable import Result, expected, published
from tests.receiving import rows_of, send
from tests.reviewing import a_visit, approve
from tests.submissions import a_submission

KIND = "customer_club"
MOVED_COUNTY = f"{REGION_PATHS[TIANSHUI]}{CHENGGUAN}/"
HE = Person(sign_in="he", name="何江", role=WANG.role, region=CHENGGUAN)
"""The manager of the county that moves."""


def asked(round_code: str, region: str = "") -> RankingAsked:
    return RankingAsked(round=round_code, store_kind=KIND, region_path=region)


async def everything_said(tools, round_code: str, region: str = "") -> list[object]:
    """What an administrator reads about a round: the page, the table, the regions beside it."""
    wish = asked(round_code, region)
    page = await ranking_page(tools, GUO.actor, wish)
    assert page.ranked + page.unranked_count > 0
    return [
        page,
        await ranking_table(GUO.actor, wish, Language.ZH),
        await region_averages(GUO.actor, wish),
    ]


async def a_finished_round(tools) -> None:
    """October: two stores in Chengguan, one in Anning, one in Qinzhou, one nobody went to."""
    await run("UPDATE assignment SET state = 'cancelled'")
    await published(
        tools,
        Result(store="a", total=9000, round=EARLIER_ROUND, region=CHENGGUAN),
        Result(store="b", total=9500, round=EARLIER_ROUND, region=CHENGGUAN, rankable=False),
        Result(store="c", total=9100, round=EARLIER_ROUND, region=ANNING),
        Result(store="d", total=9300, round=EARLIER_ROUND, region=QINZHOU),
    )
    await expected(("e", "open"), region=CHENGGUAN, round_code=EARLIER_ROUND)


async def move_county(tools) -> None:
    found = await kept_regions.find_kept(CHENGGUAN)
    assert found is not None
    await move_region(tools, GUO.actor, CHENGGUAN, TIANSHUI, version_of(found))


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


async def test_an_open_round_keeps_a_store_it_visited_and_lets_the_others_go(province):
    await run("UPDATE assignment SET state = 'cancelled'")
    await published(province, Result(store="a", total=9700))
    await expected(("e", "open"))
    for store in ("a", "e"):
        await move_store(province, GUO.actor, store, QINZHOU)
    await run("UPDATE round SET min_visits = 2")
    second = Result(store="a", total=9500, region=CHENGGUAN)
    await published(province, Result(store="z", total=1, round=EARLIER_ROUND), second)
    found = await region_averages(GUO.actor, asked(ROUND))
    assert [(each.region.code, each.expected) for each in found] == [(LANZHOU, 1), (TIANSHUI, 1)]
    (standing,) = await run("SELECT * FROM standing WHERE store = 'store-a'")
    assert (standing["visits"], standing["region_path"]) == (2, REGION_PATHS[CHENGGUAN])


async def test_a_round_whose_days_are_over_keeps_a_store_nobody_went_to(province, clock):
    await expected(("e", "open"))
    clock.go_on(days=13)
    await move_store(province, GUO.actor, "e", QINZHOU)
    page = await ranking_page(province, WANG.actor, asked(ROUND))
    assert "e" in [row.store.code for row in page.unranked]


async def test_a_visit_sent_after_the_move_counts_where_the_store_is(province):
    await move_store(province, GUO.actor, CLUB, QINZHOU)
    await send(province, a_submission())
    (visit,) = await rows_of("visit")
    assert visit["region_path"] == REGION_PATHS[QINZHOU]


async def test_a_visit_sent_before_stays_and_so_does_its_notice(province):
    visit = await a_visit(province)
    await move_store(province, GUO.actor, CLUB, QINZHOU)
    notice = (await approve(province, visit)).notice
    assert (await notice_of(province, WANG.actor, notice)).id == notice
    with pytest.raises(NotFound):
        await notice_of(province, ZHAO.actor, notice)
    listed = await staff_notice_list(province, WANG.actor, NoticesAsked())
    assert [row.store.county.en for row in listed.rows] == ["Chengguan"]
    assert (await staff_notice_list(province, ZHAO.actor, NoticesAsked())).rows == ()


async def test_a_visit_on_its_way_while_the_store_moves_looks_again(province, monkeypatch):
    judge = visits.judge

    async def meanwhile(*arguments):
        accepted = await judge(*arguments)
        if accepted.assignment.region_path == REGION_PATHS[CHENGGUAN]:
            await move_store(province, GUO.actor, CLUB, QINZHOU)
        return accepted

    monkeypatch.setattr(visits, "judge", meanwhile)
    await send(province, a_submission())
    (visit,) = await rows_of("visit")
    assert visit["region_path"] == REGION_PATHS[QINZHOU]
    (row,) = await run("SELECT state FROM assignment WHERE id = ?", assignment_id(LI, CLUB))
    assert row["state"] == "submitted"


async def test_a_moved_county_keeps_an_open_round_together(province):
    await run("UPDATE assignment SET state = 'cancelled'")
    await published(province, Result(store="a", total=9700))
    await expected(("e", "open"))
    await move_county(province)
    found = await region_averages(GUO.actor, asked(ROUND))
    assert [(each.region.code, each.expected) for each in found] == [(LANZHOU, 2), (TIANSHUI, 0)]


async def test_a_county_that_was_made_later_is_not_in_an_old_round_unless_open_and_empty(province):
    await a_finished_round(province)
    names = RegionNames(name_zh="七里河区", name_en="Qilihe")
    new = NewRegion(code="620103", parent=LANZHOU, names=names)
    await create_region(province, GUO.actor, new)
    await run("UPDATE region SET state = 'closed' WHERE code = '620103'")
    found = await region_averages(GUO.actor, asked(EARLIER_ROUND, REGION_PATHS[LANZHOU]))
    assert [each.region.code for each in found] == [CHENGGUAN, ANNING]


async def test_the_phone_is_told_where_the_store_is_now(province):
    await move_store(province, GUO.actor, CLUB, QINZHOU)
    rows = await assignments.list_assignments(LI.account)
    place = next(row.region_en for row in rows if row.store == store_id(CLUB))
    assert place == "Tianshui Qinzhou"
