"""What stands around the rows of a ranking: figures, tiles, those without a place; and its file."""

import csv
import io
from itertools import pairwise

from inspection.persistence.statements import run
from tests.cast import CLUB, EARLIER_ROUND, PROVINCE, REGION_PATHS, ROUND, SUN, TIANSHUI, WANG, ZHAO
from tests.rankable import Result, published
from tests.reviewing import a_visit, an_issued
from tests.web.html_page import query_in
from tests.web.pages.rankings.ranked_stores import A, page_of


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
    assert items[0].endswith("−6 60.0%")
    assert items[1].endswith("−4 100.0%")


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
