"""One store through its rounds."""

import pytest

from inspection.persistence.statements import run
from tests.cast import CHEN, CLUB, EARLIER_ROUND, HALL, LI, QINZHOU_CLUB, SUN, WANG, ZHAO
from tests.rankable import Result, published
from tests.reviewing import a_visit, an_issued, approve
from tests.web.html_page import HtmlPage


async def test_a_stranger_is_sent_to_sign_in(visitor):
    answer = await visitor.get(f"/stores/{CLUB}")
    assert answer.headers["location"] == f"/sign-in?next=%2Fstores%2F{CLUB}"


async def test_inspectors_and_stores_do_not_compare_stores(signed_in):
    for person in (LI, CHEN):
        assert HtmlPage(await (await signed_in(person)).get(f"/stores/{CLUB}")).status == 403


async def test_another_branch_looks_missing(signed_in):
    zhao = await signed_in(ZHAO)
    assert HtmlPage(await zhao.get(f"/stores/{CLUB}")).status == 404
    assert HtmlPage(await zhao.get(f"/stores/{QINZHOU_CLUB}")).status == 200


@pytest.mark.parametrize("code", ["LZ-9999", "%00", "..%2f..", "'%20OR%201"])
async def test_a_store_nobody_knows_is_missing(signed_in, code):
    assert HtmlPage(await (await signed_in(SUN)).get(f"/stores/{code}")).status == 404


async def test_a_store_without_results_says_when_there_will_be_some(signed_in, tools):
    await a_visit(tools)
    page = HtmlPage(await (await signed_in(WANG)).get(f"/stores/{CLUB}"))
    assert "还没有已发布的得分" in page.text
    assert page.one("h1").text == "城关东方红客户俱乐部"


async def test_a_store_shows_its_score_place_losses_and_notice(signed_in, tools):
    issued = await an_issued(tools, losses=("KC-E-01", "KC-M-01"))
    page = HtmlPage(await (await signed_in(WANG)).get(f"/stores/{CLUB}"))
    hero = page.one("section", class_="hero").text
    assert "全省第 1 / 1 名" in hero
    assert "环境评价 −1" in hero
    assert "其余 5 个分项满分" in hero
    assert f"/notices/{issued.id}" in page.links()
    compared = {row[0]: row[1:] for row in page.rows()}
    assert compared["环境评价"][:2] == ["20", "19"]


async def test_a_store_shows_where_it_is_and_whom_to_call(signed_in, app):
    await run("UPDATE store SET address = '城关区东方红路8号' WHERE code = ?", CLUB)
    hero = HtmlPage(await (await signed_in(WANG)).get(f"/stores/{CLUB}")).one(
        "section", class_="hero"
    )
    assert "城关区东方红路8号" in hero.text
    assert "联系人：店长 0931-0000000" in hero.text


async def test_a_store_without_address_or_contact_shows_neither(signed_in, app):
    await run(
        "UPDATE store SET address = '', contact_name = '', contact_phone = '' WHERE code = ?", CLUB
    )
    page = HtmlPage(await (await signed_in(WANG)).get(f"/stores/{CLUB}"))
    assert "联系人" not in page.text
    assert page.one("section", class_="hero").text


async def test_a_draft_is_listed_before_it_has_a_number(signed_in, tools):
    await approve(tools, await a_visit(tools, store=HALL, losses=("KH-V-04",)))
    page = HtmlPage(await (await signed_in(WANG)).get(f"/stores/{HALL}"))
    assert "草稿" in page.text
    assert page.all("svg", aria_label="各轮得分") == []


async def test_rounds_are_compared_and_drawn_as_a_line(signed_in, app, tools):
    await published(
        tools,
        Result(store="LZ-1001", total=9500, round=EARLIER_ROUND, items={"KC-F-01": 300}),
        Result(store="LZ-1001", total=9000, items={"KC-F-01": 200, "KC-E-01": 100}),
    )
    page = HtmlPage(await (await signed_in(SUN)).get("/stores/LZ-1001"))
    (again,) = [row for row in page.rows() if row[0].startswith("KC-F-01")]
    assert again[1:] == ["−3", "−2", "2 / 2"]
    assert "较上轮 −5" in page.one("section", class_="hero").text
    assert len(page.all("svg", aria_label="各轮得分")) == 2
    rows = {row[0]: row for row in page.rows()}
    assert rows["2026年11月暗访"][1] == "90.0"
    assert rows["2026年10月暗访"][1] == "95.0"
    assert rows["环境评价"] == ["环境评价", "20", "10 ↓ 下降", "15"]
    assert rows["VI标识"] == ["VI标识", "20", "—", "—"]


async def test_a_vetoed_result_is_marked(signed_in, app, tools):
    await published(tools, Result(store="LZ-1001", total=9900, outcome="vetoed"))
    page = HtmlPage(await (await signed_in(SUN)).get("/stores/LZ-1001"))
    assert "否决" in page.one("section", class_="hero").text


async def test_a_store_with_too_few_visits_says_how_many_it_needs(signed_in, app, tools):
    await run("UPDATE round SET min_visits = 3")
    await approve(tools, await a_visit(tools))
    page = HtmlPage(await (await signed_in(WANG)).get(f"/stores/{CLUB}"))
    assert "1/3" in page.text
