"""Complaints as a page and as a file."""

import csv
import io

import pytest

from inspection.services.bulletins import complaints
from tests.cast import CLUB, GUO, LANZHOU, LI, REGION_PATHS, TIANSHUI, WANG
from tests.importing import counted
from tests.web.html_page import HtmlPage

ZH = {"accept-language": "zh-CN"}
ROWS = (
    ("2026-11-17", LANZHOU, "热线", "5"),
    ("2026-11-16", CLUB, "营业厅", "2"),
    ("2026-11-16", CLUB, "网上", "1"),
    ("2026-11-16", CLUB, "12300 申诉", "1"),
    ("2026-11-03", TIANSHUI, "热线", "7"),
)


@pytest.fixture
async def imported(app, tools):
    return await counted(tools, *ROWS)


async def look(visitor, path="/complaints", **headers):
    return HtmlPage(await visitor.get(path, headers=headers or ZH))


async def test_whoever_imports_sees_every_count_and_where_it_came_from(signed_in, imported):
    page = await look(await signed_in(GUO), "/complaints?lang=en")
    rows = page.rows()
    assert [row[0] for row in rows] == ["2026-11-16 – 11-22"] * 4 + ["2026-11-02 – 11-08"]
    assert rows[-1][1:] == [f"Tianshui Gansu · {TIANSHUI}", "Hotline", "7", "门店清单.xlsx"]
    assert f"/imports/{imported}" in page.links()
    figures = [tag.text for tag in page.all("div", class_="kpi")]
    assert figures[0] == "All complaints 16 rows: 5"
    assert figures[1].startswith("Hotline 12")
    assert figures[-1] == "Other channels 1 channels: 1"


async def test_a_manager_chooses_within_the_own_part(signed_in, imported):
    wang = await signed_in(WANG)
    page = await look(wang, "/complaints?week=2026-11-18&channel=%E7%83%AD%E7%BA%BF")
    assert [row[1:] for row in page.rows()] == [[f"兰州 甘肃 · {LANZHOU}", "热线", "5"]]
    assert [link for link in page.links() if link.startswith("/imports")] == []
    chosen = page.form("/complaints")
    assert (chosen.named("week"), chosen.named("channel")) == (["2026-11-16"], ["热线"])
    assert (await wang.get(f"/complaints?region={REGION_PATHS[TIANSHUI]}")).status_code == 404
    assert len((await look(wang, "/complaints?week=x")).rows()) == 4


async def test_what_is_chosen_stays_chosen_where_nothing_is_found(signed_in, imported):
    wang = await signed_in(WANG)
    page = await look(wang, "/complaints?week=2020-01-01&channel=x")
    assert "没有找到" in page.text
    assert page.form("/complaints").named("week") == ["2020-01-01"]
    assert page.form("/complaints").named("channel") == ["x"]
    assert page.all("div", class_="kpi") == []


async def test_before_the_first_import_the_page_says_where_to_import(signed_in, app):
    page = await look(await signed_in(GUO), "/complaints?lang=zh-CN")
    assert "还没有投诉件数" in page.text
    assert "去导入" in [tag.text for tag in page.all("a", href="/imports")]
    page = await look(await signed_in(WANG))
    assert "管理员按周导入后显示在这里。" in page.text
    assert "/imports" not in page.links()


async def test_the_list_stands_beside_the_issues_in_the_menu(signed_in, app):
    wang = await signed_in(WANG)
    assert "/complaints" in (await look(wang, "/bulletins")).links()
    page = await look(wang)
    here = [tag["href"] for tag in page.all("a") if tag.get("aria-current") == "page"]
    assert {"/bulletins", "/complaints"} <= set(here)
    assert (await (await signed_in(LI)).get("/complaints")).status_code == 403


async def test_the_list_goes_out_as_it_is_shown(signed_in, imported, monkeypatch):
    monkeypatch.setattr(complaints, "LARGEST_PAGE", 2)
    wang = await signed_in(WANG)
    answer = await wang.get("/complaints?format=csv&q=%E5%85%B0%E5%B7%9E&lang=zh-CN")
    assert answer.headers["content-disposition"].startswith('attachment; filename="complaints-')
    titles, *rows = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))
    assert titles == ["开始日期", "结束日期", "编码", "区域或门店", "所属区域", "渠道", "投诉件数"]
    assert rows == [["2026-11-16", "2026-11-22", LANZHOU, "兰州", "甘肃", "热线", "5"]]
    answer = await wang.get("/complaints?format=csv")
    assert len(answer.text.splitlines()) == 5


async def test_a_long_list_goes_on_where_it_stopped(signed_in, app, tools):
    await counted(tools, *(("2026-11-16", LANZHOU, f"渠道 {n:02}", "1") for n in range(55)))
    wang = await signed_in(WANG)
    first = await look(wang, "/complaints?sort=channel")
    second = await look(wang, first.one("a", rel="next")["href"])
    shown = [row[2] for page in (first, second) for row in page.rows()]
    assert shown == [f"渠道 {n:02}" for n in range(55)]
    assert "共 55 条" in second.text
