"""The gaps of an issue are those of the scorecards, against the benchmark its draft chose."""

import msgspec
import pytest

from inspection.domain.bulletins.bulletin import BulletinKind
from inspection.domain.bulletins.bulletin_sections import BulletinSection as S
from inspection.domain.bulletins.bulletin_sections import chosen
from inspection.domain.bulletins.bulletin_snapshot import canonical
from inspection.domain.points import plain, signed
from inspection.domain.refusals.bulletins import BulletinBenchmarkGone
from inspection.persistence.statements import run
from inspection.services.bulletins.bulletin_access import said_in
from inspection.services.bulletins.bulletin_drafting import (
    Wanted,
    Written,
    edit_bulletin,
    start_bulletin,
)
from inspection.services.bulletins.bulletin_gaps import benchmarks_to_choose
from inspection.services.bulletins.bulletin_publishing import publish_bulletin
from inspection.services.rankings.scorecard_results import ScorecardAsked
from inspection.services.rankings.scorecards import scorecard_page
from tests.cast import (
    ANNING,
    CHENGGUAN,
    GUO,
    LANZHOU,
    QINZHOU,
    REGION_PATHS,
    ROUND,
    TIANSHUI,
    WANG,
)
from tests.goldens import the_two_branches
from tests.rankable import Result, published
from tests.reporting import a_bulletin, row_of, write


async def gaps_of(tools, benchmark="", by=GUO):
    """The gaps of the clubs in an issue about the round."""
    bulletin = await a_bulletin(tools, by, kind=BulletinKind.ROUND, round=ROUND)
    await write(tools, bulletin, by, preface="一", benchmark=benchmark)
    await publish_bulletin(tools, by.actor, bulletin, 2)
    said = said_in(await row_of(bulletin))
    (found,) = [each.gaps for each in said.rankings if each.average is not None]
    return found


async def card_of(region, against, by=GUO):
    """The scorecard of a region beside a benchmark."""
    asked = ScorecardAsked(
        round=ROUND, store_kind="customer_club", region_path=REGION_PATHS[region], against=against
    )
    return await scorecard_page(by.actor, asked)


async def some_results(tools):
    """Clubs of two cities, lower sections in one."""
    await run("UPDATE assignment SET state = 'cancelled'")
    await published(
        tools,
        Result(store="a", total=8000, sections={"KC-E": (2000, 1000), "KC-F": (2100, 1100)}),
        Result(store="b", total=9001, sections={"KC-E": (2000, 1001)}, region=ANNING),
        Result(store="c", total=9500, sections={"KC-E": (2000, 2000)}, region=QINZHOU),
    )


async def test_the_five_gaps_of_the_source_text_are_printed_sorted(province):
    await the_two_branches(province)
    found = await gaps_of(province, TIANSHUI)
    assert (found.kind, found.who) == ("named", "天水")
    assert [line.title for line in found.sections] == ["网络", "俱乐部", "热线", "营业厅", "投诉"]
    ours, theirs = found.units
    assert (ours.name, signed(ours.gap)) == ("兰州", "−33.14")
    assert [signed(gap) for gap in ours.sections] == ["−15.47", "−10.3", "−6.71", "−5.95", "+5.29"]
    assert (theirs.name, theirs.gap, set(theirs.sections)) == ("天水", 0, {0})


@pytest.mark.parametrize("against", ["top", "best", "target", TIANSHUI])
async def test_every_unit_has_the_gaps_of_its_scorecard(province, against):
    await some_results(province)
    found = await gaps_of(province, against)
    way = REGION_PATHS.get(against, against)
    units = {each.name: each for each in found.units}
    for region, name in ((LANZHOU, "兰州"), (TIANSHUI, "天水")):
        page = await card_of(region, way)
        assert units[name].gap == page.whole.gap
        gaps = {line.section: line.gap for line in page.gaps}
        titles = {column.short.zh: column.section for column in page.columns}
        assert [gaps[titles[line.title]] for line in found.sections] == list(units[name].sections)
        assert {titles[line.title]: line.theirs for line in found.sections} == {
            line.section: line.theirs for line in page.gaps
        }
        assert found.whole.theirs == page.whole.theirs
    behind = [each.gap for each in found.units]
    assert behind == sorted(behind)
    sections = [line.gap for line in found.sections if line.gap is not None]
    assert sections == sorted(sections)


async def test_the_whole_is_its_scorecard_beside_the_same_benchmark(province):
    await some_results(province)
    found = await gaps_of(province, "target")
    whole = (await scorecard_page(GUO.actor, ScorecardAsked(round=ROUND))).whole
    assert (found.whole.ours, found.whole.theirs, found.whole.gap) == (
        whole.ours,
        whole.theirs,
        whole.gap,
    )
    assert (found.kind, found.who) == ("target", f"达标线，每项满分的 {plain(9000)}%")


async def test_as_usual_is_the_top_quarter_and_the_next_issue_takes_the_choice_over(province):
    await some_results(province)
    found = await gaps_of(province)
    assert (found.kind, found.who) == ("top", "前四分之一（天水）")
    await gaps_of(province, "best")
    again = await a_bulletin(province, kind=BulletinKind.ROUND, round=ROUND)
    assert (await row_of(again)).benchmark == "best"
    await write(province, again, preface="一")
    assert (await row_of(again)).benchmark == "best"


async def test_a_tie_for_the_first_place_is_a_mean_of_both(province):
    await run("UPDATE assignment SET state = 'cancelled'")
    await published(
        province, Result(store="a", total=9000), Result(store="b", total=9000, region=QINZHOU)
    )
    found = await gaps_of(province, "best")
    assert (found.kind, found.who) == ("best", "并列第一的 2 个单位的平均")
    assert [each.gap for each in found.units] == [0, 0]


async def test_a_unit_without_a_store_of_the_kind_leaves_it_as_usual(province):
    await run("UPDATE assignment SET state = 'cancelled'")
    await published(province, Result(store="a", total=9000))
    assert (await gaps_of(province, TIANSHUI)).who == "前四分之一（兰州）"


async def test_while_nobody_has_a_place_the_pass_line_is_the_benchmark(province):
    await published(province, Result(store="a", total=8000))
    found = await gaps_of(province)
    assert (found.kind, found.whole.gap) == ("target", -1000)


async def test_a_branch_is_compared_county_by_county_and_with_nobody_else(province):
    await some_results(province)
    found = await gaps_of(province, ANNING, WANG)
    assert [each.name for each in found.units] == ["城关区", "安宁区"]
    assert found.units[0].gap == (await card_of(CHENGGUAN, REGION_PATHS[ANNING], WANG)).whole.gap
    bulletin = await a_bulletin(province, WANG)
    assert [each.code for each in await benchmarks_to_choose(await row_of(bulletin))] == [
        CHENGGUAN,
        ANNING,
    ]
    with pytest.raises(BulletinBenchmarkGone):
        await write(province, bulletin, WANG, benchmark=QINZHOU)
    assert (await row_of(bulletin)).revision == 1


async def test_a_county_has_nobody_beside_it_but_the_pass_line(province):
    await some_results(province)
    actor = msgspec.structs.replace(WANG.actor, region_path=REGION_PATHS[CHENGGUAN])
    wanted = Wanted(kind=BulletinKind.ROUND, round=ROUND)
    bulletin = await start_bulletin(province, actor, wanted)
    assert await benchmarks_to_choose(await row_of(bulletin)) == ()
    await edit_bulletin(province, actor, bulletin, Written(preface="一", benchmark="best"), 1)
    await publish_bulletin(province, actor, bulletin, 2)
    said = said_in(await row_of(bulletin))
    (found,) = [each.gaps for each in said.rankings if each.average is not None]
    assert (found.kind, found.units) == ("target", ())
    assert found.whole.gap == (await card_of(CHENGGUAN, "target", WANG)).whole.gap


async def test_gaps_left_out_reach_nobody(province):
    await some_results(province)
    bulletin = await a_bulletin(province, kind=BulletinKind.ROUND, round=ROUND)
    told = tuple(each for each in S if each is not S.GAPS)
    await write(province, bulletin, sections=chosen(tuple(S), told))
    await publish_bulletin(province, GUO.actor, bulletin, 2)
    said = said_in(await row_of(bulletin))
    assert said is not None
    assert b'"gaps":{' not in canonical(said)
