"""/releases: what waits, released before its day, held back."""

import pytest

from inspection.domain.reviews.review import Decision
from inspection.persistence.statements import run
from inspection.services.reviews.reviews import review_visit
from tests.cast import CHEN, CLUB, GUO, LI, ROUND, SUN, WANG
from tests.receiving import rows_of
from tests.reviewing import a_visit, another_assignment
from tests.web.html_page import HtmlPage

PAGE = f"/releases/{ROUND}"
WHY = "季度通报提前"


async def in_chinese(signed_in):
    guo = await signed_in(GUO)
    await guo.get("/releases?lang=zh-CN")
    return guo


@pytest.fixture
async def waiting(tools, clock):
    """Five approved visits whose week is over."""
    visits = []
    for number in range(5):
        assignment = await another_assignment(tools, LI, CLUB, f"w{number}")
        visits.append(await a_visit(tools, f"w{number}", assignment=assignment))
    clock.go_on(days=6)
    for visit in visits:
        await review_visit(tools, SUN.actor, visit, 1, Decision.APPROVE)
    return visits


async def test_managers_inspectors_and_stores_have_no_releases(signed_in):
    for person in (LI, WANG, CHEN):
        visitor = await signed_in(person)
        assert HtmlPage(await visitor.get("/releases")).status == 403


async def test_nothing_waits(signed_in):
    guo = await in_chinese(signed_in)
    assert "没有待发布的检查" in HtmlPage(await guo.get("/releases")).text
    assert "没有待发布的检查" in HtmlPage(await guo.get(PAGE)).text
    assert HtmlPage(await guo.get("/releases/1999-01")).status == 404


async def test_the_rounds_that_wait_lead_to_their_visits(signed_in, waiting):
    guo = await in_chinese(signed_in)
    page = HtmlPage(await guo.get("/releases"))
    assert "5 可提前发布" in page.text
    assert "下一批 2026-11-30（周一）" in page.text
    assert PAGE in page.links()
    assert "发布" in page.one("h1").text
    rows = HtmlPage(await guo.get(PAGE)).rows()
    assert len(rows) == 5
    assert "可提前发布" in rows[0][4]
    assert HtmlPage(await guo.get(f"{PAGE}?q=nothing")).rows() == []


async def test_a_batch_goes_out_before_its_day(signed_in, waiting):
    guo = await in_chinese(signed_in)
    refused = HtmlPage(await guo.submit(f"{PAGE}/batches", {"reason": "  "}))
    assert refused.status == 422
    assert "请写明原因" in refused.said("alert")
    answer = await guo.submit(f"{PAGE}/batches", {"reason": WHY})
    assert answer.headers["location"] == f"{PAGE}?said=releasing"
    page = HtmlPage(await guo.get(answer.headers["location"]))
    assert "发布中" in page.text
    assert "/static/desk/progress.js" in page.source
    again = HtmlPage(await guo.submit(f"{PAGE}/batches", {"reason": WHY}))
    assert again.status == 409
    assert again.form(f"{PAGE}/batches").named("reason") == [WHY]


async def test_four_are_too_few_to_ask(signed_in, waiting):
    guo = await in_chinese(signed_in)
    await guo.submit(f"/visits/{waiting[0]}/holds", {"reason": WHY})
    page = HtmlPage(await guo.get(PAGE))
    assert "还差 1 家次" in page.text
    assert HtmlPage(await guo.submit(f"{PAGE}/batches", {"reason": WHY})).status == 409


async def test_a_visit_is_held_back_and_let_go(signed_in, waiting):
    guo = await in_chinese(signed_in)
    visit = waiting[0]
    refused = HtmlPage(await guo.submit(f"/visits/{visit}/holds", {"reason": ""}))
    assert refused.status == 422
    answer = await guo.submit(f"/visits/{visit}/holds", {"reason": WHY})
    assert answer.headers["location"] == f"{PAGE}?said=held"
    page = HtmlPage(await guo.get(PAGE))
    assert WHY in page.text
    twice = HtmlPage(await guo.submit(f"/visits/{visit}/holds", {"reason": "再写一次"}))
    assert twice.status == 409
    assert WHY in HtmlPage(await (await signed_in(SUN)).get(f"/visits/{visit}")).said("note")
    answer = await guo.submit(f"/visits/{visit}/hold-ends", {})
    assert answer.headers["location"] == f"{PAGE}?said=let_go"
    assert HtmlPage(await guo.submit(f"/visits/{visit}/hold-ends", {})).status == 409
    assert await rows_of("release_hold") == []


async def test_a_reviewer_looks_and_decides_nothing(signed_in, waiting):
    sun = await signed_in(SUN)
    page = HtmlPage(await sun.get(PAGE))
    assert len(page.rows()) == 5
    assert "暂缓发布" not in page.one("table").text
    assert (await sun.submit(f"{PAGE}/batches", {"reason": WHY})).status_code == 403


async def test_a_locked_round_and_a_pilot_say_so(signed_in, waiting):
    await run("UPDATE round SET state = 'locked', pilot = TRUE")
    guo = await in_chinese(signed_in)
    page = HtmlPage(await guo.get(PAGE))
    assert "轮次已锁定" in page.text
    assert "试点轮次只统计" in page.text
    assert "试点" in HtmlPage(await guo.get("/releases")).text
