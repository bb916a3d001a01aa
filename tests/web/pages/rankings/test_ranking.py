"""The ranking as a page: who may see it, its rows and their places."""

import pytest

from inspection.persistence.statements import run
from tests.cast import (
    CHENGGUAN,
    EARLIER_ROUND,
    LI,
    PROVINCE,
    REGION_PATHS,
    SUN,
    TIANSHUI,
    ZHAO,
    round_id,
)
from tests.web.html_page import HtmlPage, query_in
from tests.web.pages.rankings.ranked_stores import A, B, C, D, page_of


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


@pytest.mark.parametrize("path", ["/ranking", "/ranking/units", "/scorecard"])
async def test_a_link_from_above_shows_who_opens_it_the_own_part(signed_in, ranked, path):
    zhao = await signed_in(ZHAO)
    page = await page_of(zhao, f"{path}?region={REGION_PATHS[PROVINCE]}")
    assert page.one("h1").text.startswith("天水")
    assert A not in page.source
    file = next(link for link in page.links() if "format=csv" in link)
    assert query_in(file)["region"] == REGION_PATHS[TIANSHUI]
    assert A not in (await zhao.get(f"{path}?region={REGION_PATHS[PROVINCE]}&format=csv")).text


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
