"""Cities and counties on a page: ranked, drilled into, taken away as a file."""

import pytest

from inspection.domain.refusals import NotFound
from tests.cast import ANNING, CHENGGUAN, EARLIER_ROUND, LI, QINZHOU, REGION_PATHS, SUN, ZHAO
from tests.rankable import Result, published
from tests.web.html_page import HtmlPage, query_in

PATH = "/ranking/units?kind=customer_club"


@pytest.fixture
async def ranked(app, tools):
    await published(
        tools,
        Result(store="a", total=9000, round=EARLIER_ROUND),
        Result(store="a", total=9500),
        Result(store="b", total=8501, region=ANNING),
        Result(store="TS-0003", total=8999, region=QINZHOU),
    )


async def test_units_are_ranked_with_the_method_and_numbers_printed(signed_in, ranked):
    page = HtmlPage(await (await signed_in(SUN)).get(PATH))
    assert [row[0] for row in page.rows()] == ["1", "—"]
    assert "出分 1/1 家" in page.rows()[0][2]
    assert "出分不足八成" in page.rows()[1][2]
    assert "33.33%" in page.text
    assert "1/3 家达到 90 分且无否决" in page.text
    assert "应检门店出分不足八成的单位列出但不排名" in page.text


async def test_the_way_from_the_province_down_to_a_store(signed_in, ranked):
    sun = await signed_in(SUN)
    cities = HtmlPage(await sun.get(PATH))
    to_counties = [
        link for link in cities.links() if query_in(link).get("region") == "/620000/620100/"
    ]
    counties = HtmlPage(await sun.get(to_counties[0]))
    assert counties.one("h1").text.startswith("兰州")
    to_stores = [
        link
        for link in counties.links()
        if link.startswith("/ranking?") and query_in(link)["region"] == REGION_PATHS[CHENGGUAN]
    ]
    assert "/stores/a" in HtmlPage(await sun.get(to_stores[0])).links()


async def test_every_county_of_the_province_at_once(signed_in, ranked):
    page = HtmlPage(await (await signed_in(SUN)).get(f"{PATH}&level=county"))
    assert {row[2].split()[0] for row in page.rows()} == {"城关区", "安宁区", "秦州区"}


async def test_a_unit_without_a_store_that_is_due_says_so(signed_in, ranked):
    sun = await signed_in(SUN)
    nobody = f"{PATH}&level=county&ownership=partner"
    assert "没有应检门店" in HtmlPage(await sun.get(nobody)).text
    assert "没有应检门店" in (await sun.get(f"{nobody}&format=csv")).text
    assert "没有应检门店" not in HtmlPage(await sun.get(PATH)).text


async def test_the_file_has_the_filters_of_the_page(signed_in, ranked):
    sun = await signed_in(SUN)
    link = next(a for a in HtmlPage(await sun.get(PATH)).links() if "format=csv" in a)
    answer = await sun.get(link)
    assert answer.headers["content-disposition"].startswith('attachment; filename="units-202611-')
    assert answer.content.decode("utf-8-sig").splitlines()[0].startswith("名次,升降,单位代码,单位")


async def test_who_may_look_and_where(signed_in, ranked):
    assert (await (await signed_in(LI)).get(PATH)).status_code == 403
    zhao = await signed_in(ZHAO)
    assert (await zhao.get(f"{PATH}&region={REGION_PATHS[CHENGGUAN]}")).status_code == 404
    assert (await zhao.get(f"{PATH}&ownership=mine")).status_code == 422


async def test_before_any_round_there_is_nothing_to_rank(signed_in, app, monkeypatch):
    async def none(actor):
        return ()

    async def nothing(actor, asked):
        raise NotFound(noun="round")

    monkeypatch.setattr("inspection.services.rankings.rankings.round_choices", none)
    monkeypatch.setattr("inspection.web.pages.rankings.listed.list_edition", nothing)
    page = HtmlPage(await (await signed_in(SUN)).get(PATH))
    assert page.status == 200
    assert page.rows() == []
