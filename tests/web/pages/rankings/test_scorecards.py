"""The scorecard page: the shape of the customer-club table, and gaps with their signs."""

import pytest

from inspection.domain.refusals import NotFound
from tests.cast import LI, QINZHOU, REGION_PATHS, SUN, WANG
from tests.goldens import the_club, the_two_branches
from tests.web.html_page import HtmlPage

CLUB = "/scorecard?kind=customer_club&store=KC&against=best"


@pytest.fixture
async def club(app, tools):
    await the_club(tools)


async def test_three_rows_and_one_column_for_each_section(signed_in, club):
    page = HtmlPage(await (await signed_in(SUN)).get(CLUB))
    assert page.rows()[:3] == [
        ["满分", "20", "20", "21", "4", "10", "10", "15", "100"],
        ["得分", "20", "19.5", "13", "2", "10", "10", "15", "89.5"],
        ["失分", "0", "−0.5", "−8", "−2", "0", "0", "0", "−10.5"],
    ]


async def test_the_five_gaps_are_on_the_screen(signed_in, app, tools):
    await the_two_branches(tools)
    sun = await signed_in(SUN)
    path = "/scorecard?kind=customer_club&region=/620000/620100/&against=/620000/620500/"
    gaps = [(row[0], row[4]) for row in HtmlPage(await sun.get(path)).rows() if len(row) == 6]
    assert gaps == [
        ("网络", "−15.47"),
        ("俱乐部", "−10.3"),
        ("热线", "−6.71"),
        ("营业厅", "−5.95"),
        ("投诉", "+5.29"),
    ]


async def test_another_benchmark_is_chosen_with_a_form(signed_in, club):
    sun = await signed_in(SUN)
    page = HtmlPage(await sun.get(CLUB))
    assert "标杆：门店BEST" in page.text
    target = HtmlPage(await sun.get(CLUB.replace("best", "target")))
    assert "每项满分的 90%" in target.text
    named = HtmlPage(await sun.get(f"{CLUB}&named=BEST"))
    assert "标杆：门店BEST" in named.text


async def test_the_province_has_a_card_of_means(signed_in, club):
    page = HtmlPage(await (await signed_in(SUN)).get("/scorecard?kind=customer_club"))
    assert page.rows()[1][-1] == "94.75"
    assert "2 家出分门店的平均" in page.text


async def test_both_tables_go_out_as_a_file(signed_in, club):
    sun = await signed_in(SUN)
    answer = await sun.get(f"{CLUB}&format=csv")
    assert (
        answer.content.decode("utf-8-sig").splitlines()[1]
        == "服务设施,21.00,13.00,-8.00,21.00,-8.00"
    )
    assert (await sun.get(f"{CLUB}&format=xlsx")).status_code == 200


async def test_who_may_look_and_where(signed_in, club):
    assert (await (await signed_in(LI)).get(CLUB)).status_code == 403
    wang = await signed_in(WANG)
    assert (await wang.get(CLUB.replace("KC", "BEST"))).status_code == 404
    assert (await wang.get(f"/scorecard?region={REGION_PATHS[QINZHOU]}")).status_code == 404


async def test_before_any_round_there_is_nothing_to_show(signed_in, app, monkeypatch):
    async def none(actor):
        return ()

    async def nothing(actor, asked):
        raise NotFound(noun="round")

    monkeypatch.setattr("inspection.services.rankings.rankings.round_choices", none)
    monkeypatch.setattr("inspection.web.pages.rankings.listed.list_edition", nothing)
    assert (await (await signed_in(SUN)).get("/scorecard")).status_code == 200
