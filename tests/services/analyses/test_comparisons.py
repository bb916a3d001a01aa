"""Comparisons within a round and over the year: sections, inspectors, the item file, and what is
kept of them.
"""

from datetime import date

import msgspec
import pytest

from inspection.domain.refusals import NotAllowed, NotFound
from inspection.domain.refusals.requests import TooManyRows
from inspection.persistence.engine import tx
from inspection.persistence.statements import run
from inspection.services.analyses import item_files
from inspection.services.analyses.calibrations import calibration_page
from inspection.services.analyses.comparison_exports import (
    calibration_table,
    heat_table,
    index_table,
    self_checks_table,
)
from inspection.services.analyses.heat import heat_page
from inspection.services.analyses.item_files import check_sheet, item_file
from inspection.services.analyses.self_checks import self_checks_page
from inspection.services.analyses.spreads import warnings_page
from inspection.services.analyses.trends import trend_page
from inspection.services.analyses.visit_index import index_page
from inspection.services.rankings import kept_figures
from inspection.services.rankings.ranking_lists import list_edition
from inspection.services.rankings.standings import refresh_standing
from inspection.wording import Language
from tests.cast import (
    ANNING,
    CHEN,
    CHENGGUAN,
    EARLIER_ROUND,
    GUO,
    LANZHOU,
    MA,
    QINZHOU,
    REGION_PATHS,
    ROUND,
    SUN,
    WANG,
    ZHAO,
    round_id,
)
from tests.rankable import Result, published
from tests.services.analyses.compared import PEER, SELF, WEIGHTS, asked, both_times, index_usual
from tests.services.analyses.comparing import a_round
from tests.services.rankings.recounting import judgements_kept


async def judged_by_two(tools):
    await published(
        tools,
        *(Result(store=f"L{n}", total=9000, items={"KC-F-01": 60 * n}) for n in range(1, 6)),
        *(Result(store=f"M{n}", total=9000, items={"KC-F-01": 30}) for n in range(5)),
        *(Result(store=f"T{n}", total=9000, region=QINZHOU, items={"KC-F-01": 9}) for n in "ab"),
    )
    await run("UPDATE visit SET inspector = ? WHERE store LIKE 'store-M%'", MA.account)


async def test_units_show_the_share_of_each_section_they_lost(province):
    await published(
        province,
        Result(store="a", total=9000),
        Result(store="b", total=8000),
        Result(store="c", total=9500, region=QINZHOU),
    )
    page = await heat_page(GUO.actor, asked())
    shares = {
        row.region.code: [(cell.section, cell.share, cell.worst) for cell in row.cells]
        for row in page.rows
    }
    lanzhou = [cell for cell in shares[LANZHOU] if cell[1] is not None]
    assert lanzhou == [("KC-E", 7500, True), ("KC-F", 0, False)]
    assert next(cell.share for cell in page.whole.cells if cell.share is not None) == 5833
    assert (page.level, page.levels) == ("branch", ("branch", "county"))
    counties = await heat_page(WANG.actor, asked(level="county"))
    assert counties.rows[0].ranked == 2
    # Beside nobody, nobody is worst.
    assert not any(cell.worst for row in counties.rows for cell in row.cells)


async def test_what_inspectors_took_off_is_kept_by_ownership(province):
    await judged_by_two(province)
    await judgements_kept()
    await run("UPDATE store SET ownership = 'partner' WHERE id = 'store-M1'")
    async with tx():
        await refresh_standing(round_id(ROUND), "store-M1", province.now())
    await judgements_kept()
    (kept,) = await run("SELECT count(*) AS n FROM round_tally WHERE judged = ''")
    assert kept["n"] == 0
    page = await calibration_page(SUN.actor, asked())
    assert {each.times for each in page.inspectors} == {7, 5}


async def test_inspectors_are_compared_by_pseudonym(province):
    await judged_by_two(province)
    page = await calibration_page(SUN.actor, asked())
    (row,) = page.rows
    # 9.18 of 21 marks, and 1.5 of 15.
    assert (row.found.item, row.found.inspectors, row.found.lowest, row.found.highest) == (
        *("KC-F-01", 2, 1000),
        4371,
    )
    assert {each.inspector for each in page.inspectors} == {"A-017", "A-021"}
    one = await calibration_page(GUO.actor, asked(), "KC-F-01")
    assert [(r.inspector, r.times) for r in one.inspectors] == [("A-017", 7), ("A-021", 5)]
    assert one.item == "KC-F-01"
    assert (await calibration_page(GUO.actor, asked(), "KC-E-01")).inspectors == ()
    assert MA.account not in msgspec.json.encode(page).decode()
    here = await calibration_page(GUO.actor, asked(region_path=REGION_PATHS[LANZHOU]), "KC-F-01")
    assert [r.times for r in here.inspectors] == [5, 5]


async def test_managers_see_no_inspectors(province):
    with pytest.raises(NotAllowed):
        await calibration_page(WANG.actor, asked())


async def test_a_year_before_is_looked_at_where_it_can_be_compared(province):
    await a_round("2025-11", day=date(2025, 11, 1))
    await a_round("2025-10", day=date(2025, 10, 1))
    await run(
        "UPDATE round_rubric SET rubric_version = (SELECT digest FROM rubric_version"
        " WHERE store_kind = 'storefront') WHERE id = '2025-10-customer_club'"
    )
    await published(
        province,
        Result(store="a", total=9000, round="2025-11"),
        Result(store="a", total=8000, round=EARLIER_ROUND),
        Result(store="a", total=9100),
    )
    page = await trend_page(WANG.actor, asked())
    found = {row.round.code: row.on_year for row in page.rows}
    assert (found[ROUND].round.code, found[ROUND].change, found[ROUND].comparable) == (
        *("2025-11", 100),
        True,
    )
    assert (found[EARLIER_ROUND].change, found[EARLIER_ROUND].comparable) == (None, False)
    there = await trend_page(ZHAO.actor, asked())
    assert {row.on_year.change for row in there.rows} == {None}


async def rows_of(actor, **changes):
    export = await item_file(actor, asked(**changes), Language.EN)
    return export, [
        dict(zip(export.headings, row, strict=True)) async for page in export.pages for row in page
    ]


async def test_the_item_file_has_a_row_per_visit_and_item(province, monkeypatch):
    monkeypatch.setattr(item_files, "STORES", 1)
    await published(
        province,
        Result(store="a", total=9500, items={"KC-F-01": 300, "KC-E-01": 100}),
        Result(store="a", total=9500, items={"KC-F-01": 200}),
        Result(store="c", total=9100, region=QINZHOU, items={"KC-E-01": 100}),
    )
    export, rows = await rows_of(GUO.actor)
    assert export.headings == item_files.COLUMNS
    assert export.name == "items-202611"
    assert [(r["store"], r["visit"], r["item"], str(r["lost"])) for r in rows] == [
        ("a", 1, "KC-F-01", "3.00"),
        ("a", 1, "KC-E-01", "1.00"),
        ("a", 2, "KC-F-01", "2.00"),
        ("c", 1, "KC-E-01", "1.00"),
    ]
    assert (rows[0]["branch"], rows[0]["county"]) == (LANZHOU, CHENGGUAN)
    assert [r["store"] for r in (await rows_of(ZHAO.actor))[1]] == ["c"]
    assert (await rows_of(GUO.actor, ownership="partner"))[1] == []
    with pytest.raises(NotFound):
        await rows_of(ZHAO.actor, region_path=REGION_PATHS[ANNING])
    await run("UPDATE standing SET region_path = branch_path")
    assert (await rows_of(GUO.actor))[1][0]["county"] == ""


async def test_a_sheet_has_an_end(province, monkeypatch):
    await published(province, Result(store="a", total=9500))
    await check_sheet(GUO.actor, asked())
    monkeypatch.setattr(item_files, "MOST_IN_SHEET", 5)
    with pytest.raises(TooManyRows):
        await check_sheet(GUO.actor, asked())


@pytest.mark.parametrize("read", [heat_page, self_checks_page, index_usual, trend_page])
async def test_nothing_outside_the_own_part_changes_a_byte(province, read):
    await both_times(province)
    await a_round(PEER, "peer_check")
    before = msgspec.json.encode(await read(ZHAO.actor, asked()))
    await published(
        province,
        Result(store="x", total=7000, items={"KC-E-01": 100}),
        Result(store="x", total=9900, round=SELF),
        Result(store="x", total=5000, round=PEER),
        Result(store="a", total=1000),
    )
    assert msgspec.json.encode(await read(ZHAO.actor, asked())) == before
    with pytest.raises(NotFound):
        await read(ZHAO.actor, asked(region_path=REGION_PATHS[LANZHOU]))
    with pytest.raises(NotAllowed):
        await read(CHEN.actor, asked())


@pytest.mark.parametrize(
    "read", [heat_page, self_checks_page, index_usual, calibration_page, warnings_page]
)
async def test_what_is_kept_is_what_counting_anew_says(province, read, monkeypatch):
    await both_times(province)
    await read(GUO.actor, asked())
    await judged_by_two(province)
    await published(province, Result(store="a", total=9900, round=EARLIER_ROUND))
    kept = await read(GUO.actor, asked())
    monkeypatch.setattr(kept_figures, "_shelves", type(kept_figures._shelves)())
    assert kept == await read(GUO.actor, asked())


async def test_the_edition_changes_with_a_figure_and_not_with_the_reader(province):
    before = await list_edition(GUO.actor, asked())
    assert await list_edition(SUN.actor, asked()) == before
    await published(province, Result(store="a", total=9000))
    assert await list_edition(GUO.actor, asked()) != before


async def test_files_say_what_pages_say(province):
    await both_times(province)
    await judged_by_two(province)
    heat = heat_table(await heat_page(GUO.actor, asked()), Language.ZH)
    assert [row[1] for row in heat.rows][-1] == "620000"
    checks = self_checks_table(await self_checks_page(GUO.actor, asked()), Language.ZH)
    assert [str(row[7]) for row in checks.rows] == [
        "5.25",
        "-2.00",
        "2.83",
        "0.92",
        "None",
        "-0.33",
    ]
    index = index_table(await index_page(GUO.actor, asked(), WEIGHTS), Language.ZH)
    assert index.headings[5] == "暗访平均分（权重 50，2026-11）"
    assert index.headings[-2] == "电话回访平均分（权重 20，—）"
    assert len(index.rows[0]) == len(index.headings)
    judged = calibration_table(await calibration_page(SUN.actor, asked()), Language.EN)
    assert [row[0] for row in judged.rows] == ["KC-F-01"]
