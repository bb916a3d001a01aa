"""The ranking as a page and as a file."""

import csv
import io
from itertools import pairwise

import pytest

from inspection.persistence.statements import run
from tests.cast import (
    ANNING,
    CHENGGUAN,
    CLUB,
    EARLIER_ROUND,
    LI,
    PROVINCE,
    QINZHOU,
    REGION_PATHS,
    ROUND,
    SUN,
    TIANSHUI,
    WANG,
    ZHAO,
    round_id,
)
from tests.rankable import Result, expected, published
from tests.reviewing import a_visit, an_issued
from tests.web.html_page import HtmlPage, query_in

A, B, C, D = "LZ-1001", "LZ-1002", "LZ-1003", "TS-1001"


@pytest.fixture
async def ranked(app, tools):
    """Two at the top, two level, one vetoed; three of them were there last round."""
    await published(
        tools,
        Result(store=A, total=9000, round=EARLIER_ROUND),
        Result(store=B, total=9500, round=EARLIER_ROUND),
        Result(store=C, total=8000, round=EARLIER_ROUND, region=ANNING),
        Result(store=A, total=9700, items={"KC-E-01": 300}),
        Result(store=B, total=9000, items={"KC-F-03": 600, "KC-E-01": 100}),
        Result(store=C, total=9000, region=ANNING),
        Result(store=D, total=8600, region=QINZHOU),
        Result(store="TS-1002", total=9900, outcome="vetoed", region=QINZHOU),
    )
    await expected(("LZ-1009", "submitted"), ("LZ-1010", "open"))


async def page_of(visitor, path="/ranking?kind=customer_club"):
    return HtmlPage(await visitor.get(path))


async def test_an_inspector_is_told_in_words_that_this_is_not_theirs(signed_in):
    page = HtmlPage(await (await signed_in(LI)).get("/ranking"))
    assert page.status == 403
    assert "您的岗位不包含这项操作" in page.text
    assert "/" in page.links()


@pytest.mark.parametrize("format", ["", "csv"])
async def test_another_branch_looks_missing(signed_in, ranked, format):
    zhao = await signed_in(ZHAO)
    asked = {"region": REGION_PATHS[CHENGGUAN], "format": format}
    answer = await zhao.get("/ranking", params=asked)
    assert answer.status_code == 404
    assert A not in answer.text


async def test_a_round_without_the_kind_shows_a_kind_it_has(signed_in, ranked):
    await run("DELETE FROM round_rubric WHERE id = ?", f"{EARLIER_ROUND}-customer_club")
    sun = await signed_in(SUN)
    path = f"/ranking?round={EARLIER_ROUND}&kind=customer_club"
    page = await page_of(sun, path)
    assert page.status == 200
    assert page.form("/ranking").named("kind") == ["storefront"]
    assert (await sun.get(f"{path}&format=csv")).status_code == 200


@pytest.mark.parametrize("query", ["round=1999-01", "kind=kiosk", "region=/9/"])
async def test_what_does_not_exist_is_missing(signed_in, ranked, query):
    assert (await page_of(await signed_in(SUN), f"/ranking?{query}")).status == 404


@pytest.mark.parametrize("query", ["cursor=damaged", "sort=sideways", "view=none", "round=%00"])
async def test_a_damaged_address_is_refused_with_a_sentence(signed_in, ranked, query):
    page = await page_of(await signed_in(SUN), f"/ranking?{query}")
    assert page.status == 422
    assert "请" in page.text


async def test_words_an_address_does_not_know_are_ignored(signed_in, ranked):
    assert (await page_of(await signed_in(SUN), "/ranking?utm_source=mail")).status == 200


async def test_equal_scores_share_a_rank_and_the_next_is_skipped(signed_in, ranked):
    rows = (await page_of(await signed_in(SUN))).rows()
    assert [row[0] for row in rows] == ["1", "2", "2", "4", "5"]
    assert [row[3] for row in rows] == ["97.0", "90.0", "90.0", "86.0", "99.0"]


async def test_a_vetoed_store_keeps_its_score_and_stands_last(signed_in, ranked):
    last = (await page_of(await signed_in(SUN))).rows()[-1]
    assert "否决" in last[2]
    assert last[3] == "99.0"


async def test_places_gained_and_lost_are_said_in_signs_and_words(signed_in, ranked):
    rows = {row[2].split()[0]: row[1] for row in (await page_of(await signed_in(SUN))).rows()}
    assert rows[f"门店{A}"] == "▲ 上升 1 +7"
    assert rows[f"门店{B}"] == "▼ 下降 1 −5"
    assert rows[f"门店{C}"] == "▲ 上升 1 +10"
    assert rows[f"门店{D}"] == "— 上轮无名次"


async def test_points_that_cannot_be_compared_are_marked_and_rates_stand_for_them(
    signed_in, ranked
):
    await run(
        "UPDATE round_rubric SET rubric_version ="
        " (SELECT digest FROM rubric_version WHERE code = 'KH')"
        " WHERE round = ? AND store_kind = 'customer_club'",
        round_id(EARLIER_ROUND),
    )
    page = await page_of(await signed_in(SUN))
    rows = {row[2].split()[0]: row[1] for row in page.rows()}
    assert rows[f"门店{A}"] == "▲ 上升 1 +7 个百分点 ≠"
    cards = [card.text for card in page.all("a", class_="rankcard")]
    assert "上升 1 +7 个百分点 ≠" in cards[0]


async def test_print_says_which_list_it_is(signed_in, ranked):
    page = await page_of(await signed_in(SUN))
    assert page.one("p", class_="printed").text == "2026年11月暗访 · 客户俱乐部 · 自有和合作 · 甘肃"


async def test_the_columns_carry_full_marks_and_the_cells_their_heat(signed_in, ranked):
    page = await page_of(await signed_in(SUN))
    heads = [tag.text for tag in page.all("th", class_="heat")]
    assert heads[0].split() == ["环境", "20"]
    first, second = page.rows()[0], page.rows()[1]
    assert (first[4], second[4]) == ("−3", "−10")
    shades = [tag["class"] for tag in page.all("i") if tag.text in ("−3", "−10")]
    assert shades[:2] == ["h3", "h5"]
    assert first[5] == "—"


async def test_the_same_cells_can_show_what_was_scored(signed_in, ranked):
    page = await page_of(await signed_in(SUN), "/ranking?kind=customer_club&view=score")
    assert [row[4] for row in page.rows()][:2] == ["17", "10"]


async def test_the_worst_can_stand_first_with_their_ranks(signed_in, ranked):
    sun = await signed_in(SUN)
    link = (await page_of(sun)).one("a", class_="sort")
    rows = (await page_of(sun, link["href"])).rows()
    assert [row[0] for row in rows] == ["5", "4", "2", "2", "1"]


async def test_the_figures_are_of_the_chosen_region(signed_in, ranked):
    sun = await signed_in(SUN)
    figures = {tag.text for tag in (await page_of(sun)).all("div", class_="kpi")}
    assert any(text.startswith("平均分 92.4") for text in figures)
    assert any(text.startswith("已出分 5 / 9 家") for text in figures)
    path = f"/ranking?kind=customer_club&region={REGION_PATHS[TIANSHUI]}"
    local = {tag.text for tag in (await page_of(sun, path)).all("div", class_="kpi")}
    assert any(text.startswith("平均分 92.5") for text in local)


async def test_unranked_stores_are_listed_apart_with_the_reason(signed_in, ranked):
    page = await page_of(await signed_in(SUN))
    apart = page.one("details", class_="fold").text
    assert "未排名 4 家" in apart
    assert "门店LZ-1009 兰州 待审核" in apart
    assert "门店LZ-1010 兰州 未到店" in apart


async def test_regions_are_tiles_that_lead_further_down(signed_in, ranked):
    sun = await signed_in(SUN)
    tiles = (await page_of(sun)).all("a", class_="tile")
    assert [tile.text for tile in tiles] == ["兰州 92.33", "天水 92.5"]
    below = await page_of(sun, tiles[0]["href"])
    assert [tile.text.split()[0] for tile in below.all("a", class_="tile")] == ["城关区", "安宁区"]
    assert query_in(tiles[0]["href"])["kind"] == "customer_club"


async def test_the_items_that_cost_most_come_with_their_share(signed_in, ranked):
    page = await page_of(await signed_in(SUN))
    (listed,) = page.all("ol", class_="pareto")
    items = [tag.text for tag in page.inside(listed, "li")]
    assert items[0].endswith("−6 60%")
    assert items[1].endswith("−4 100%")


async def test_a_manager_sees_the_own_region_and_the_place_in_the_province(signed_in, ranked):
    page = await page_of(await signed_in(ZHAO))
    assert [row[0] for row in page.rows()] == ["4", "5"]
    assert page.one("h1").text == "天水门店排名"
    assert A not in page.source
    choices = [tag["value"] for tag in page.all("option")]
    assert REGION_PATHS[PROVINCE] not in choices
    assert REGION_PATHS[TIANSHUI] in choices


async def test_a_store_name_leads_to_the_store(signed_in, ranked):
    wang = await signed_in(WANG)
    assert f"/stores/{A}" in (await page_of(wang)).links()


async def test_an_empty_round_says_what_to_do(signed_in, app):
    page = await page_of(await signed_in(SUN), f"/ranking?round={EARLIER_ROUND}")
    assert "还没有已发布的得分" in page.text
    assert page.rows() == []
    assert "已封存，只读" in page.text


async def test_a_long_list_goes_on_where_it_stopped(signed_in, app, tools):
    await published(tools, *(Result(store=f"LZ-2{n:03}", total=9999 - n) for n in range(55)))
    sun = await signed_in(SUN)
    first = await page_of(sun, "/ranking?kind=customer_club&view=score")
    link = first.one("a", rel="next")["href"]
    assert query_in(link)["view"] == "score"
    second = await page_of(sun, link)
    ranks = [int(row[0]) for page in (first, second) for row in page.rows()]
    assert ranks == list(range(1, 56))
    assert second.all("a", rel="next") == []
    assert (await page_of(sun, link)).rows() == second.rows()


async def test_a_notice_past_its_hour_is_counted(signed_in, app, tools, clock):
    await an_issued(tools)
    clock.go_on(days=30)
    figures = [tag.text for tag in (await page_of(await signed_in(SUN))).all("div", class_="kpi")]
    assert figures[-1] == "逾期 1 份"


async def test_a_visit_under_review_has_no_place_yet(signed_in, app, tools):
    await a_visit(tools)
    page = await page_of(await signed_in(SUN))
    assert page.rows() == []
    assert "城关东方红客户俱乐部 兰州 待审核" in page.text


async def test_the_file_holds_every_row_for_a_spreadsheet(signed_in, ranked):
    sun = await signed_in(SUN)
    answer = await sun.get(f"/ranking?format=csv&round={ROUND}&kind=customer_club")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["content-disposition"] == (
        'attachment; filename="ranking-202611-20261118.csv"'
    )
    assert answer.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[0][:5] == ["名次", "区域名次", "升降", "门店编号", "门店"]
    assert [row[0] for row in rows[1:6]] == ["1", "2", "2", "4", "5"]
    assert {len(first) - len(second) for first, second in pairwise(rows)} == {0}
    assert CLUB in {row[3] for row in rows}


async def test_the_file_speaks_the_language_of_the_page(signed_in, ranked):
    sun = await signed_in(SUN)
    answer = await sun.get("/ranking?format=csv&kind=customer_club&lang=en")
    assert answer.content.decode("utf-8-sig").startswith("Rank,")


async def test_before_the_first_round_the_pages_say_what_is_missing(signed_in, app):
    await run("UPDATE round SET previous = NULL")
    for table in ("assignment", "round_rubric", "round"):
        await run(f"DELETE FROM {table}")
    sun = await signed_in(SUN)
    for path in ("/ranking", "/notices"):
        page = await page_of(sun, path)
        assert page.status == 200
        assert "还没有检查轮次" in page.text


async def test_a_page_that_says_the_same_is_not_sent_twice(signed_in, ranked, tools):
    wang, path = await signed_in(WANG), "/ranking?kind=customer_club"
    first = await wang.get(path)
    again = await wang.get(path, headers={"if-none-match": f'"other", {first.headers["etag"]}'})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    elsewhere = {"if-none-match": first.headers["etag"]}
    assert (await wang.get(f"{path}&lang=en", headers=elsewhere)).status_code == 200
    assert (await (await signed_in(ZHAO)).get(path, headers=elsewhere)).status_code == 200
    await published(tools, Result(store="LZ-1011", total=9100))
    assert (await wang.get(path, headers=elsewhere)).status_code == 200
