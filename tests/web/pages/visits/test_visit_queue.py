"""The review queue: order, filters, what is overdue, the next one."""

import pytest

from tests.cast import CHEN, CLUB, GUO, HALL, LI, SUN, TIANSHUI, WANG, Person, Role
from tests.makers import an_account
from tests.reviewing import a_visit, another_assignment, send_back, send_photo
from tests.submissions import SPOTS, a_photo
from tests.web.html_page import HtmlPage, query_in
from tests.web.pages.visits.decisions import decide

QIN = Person(sign_in="qin", name="秦岭", role=Role.REVIEWER, region=TIANSHUI)
"""A reviewer for Tianshui only."""


@pytest.fixture
async def qin(app, tools, signed_in):
    await an_account(tools, QIN)
    return await signed_in(QIN)


async def test_only_reviewers_have_a_queue(signed_in):
    for person in (LI, WANG, CHEN, GUO):
        assert HtmlPage(await (await signed_in(person)).get("/visits")).status == 403


async def test_another_branch_looks_missing(qin, app, tools):
    visit = await a_visit(tools)
    assert HtmlPage(await qin.get(f"/visits/{visit}")).status == 404
    answer = await qin.submit(
        f"/visits/{visit}/reviews", {"attempt": "1", "decision": "approve", "reason": ""}
    )
    assert answer.status_code == 404
    assert "东方红" not in (await qin.get("/visits")).text


async def test_a_damaged_queue_address_is_refused(signed_in):
    page = HtmlPage(await (await signed_in(SUN)).get("/visits?cursor=damaged"))
    assert page.status == 422
    assert "请回到列表第一页" in page.text


async def test_an_empty_queue_says_what_will_come(signed_in):
    page = HtmlPage(await (await signed_in(SUN)).get("/visits"))
    assert "没有等待审核的检查" in page.text
    assert page.rows() == []


async def test_the_longest_wait_stands_first(signed_in, tools, clock):
    await a_visit(tools, "early")
    clock.go_on(minutes=50)
    await a_visit(tools, "late", store=HALL, losses=("KH-V-04",))
    clock.go_on(minutes=30)
    rows = HtmlPage(await (await signed_in(SUN)).get("/visits")).rows()
    assert [(row[0].split()[0], row[-1]) for row in rows] == [
        ("城关东方红客户俱乐部", "1 小时 20 分"),
        ("城关盘旋路营业厅", "0 小时 30 分"),
    ]
    assert rows[0][2] == LI.pseudonym


async def test_missing_photos_show_in_the_queue_and_block_approval(signed_in, tools):
    photo = a_photo()
    visit = await a_visit(tools, pictures=(photo,))
    sun = await signed_in(SUN)
    assert "还差 1 张" in HtmlPage(await sun.get("/visits")).rows()[0][6]
    page = HtmlPage(await sun.get(f"/visits/{visit}"))
    button = page.one("button", value="approve")
    assert "disabled" in button.attributes
    assert "还有 1 张照片没有传到" in page.text
    answer = await decide(sun, visit, "approve")
    assert answer.status_code == 409
    assert "还有 1 张照片没有传到" in HtmlPage(answer).said("alert")
    await send_photo(tools, photo)
    assert (await decide(sun, visit, "approve")).status_code == 303


async def test_the_next_attempt_is_marked_in_the_queue(signed_in, tools):
    visit = await a_visit(tools)
    await send_back(tools, visit)
    await a_visit(tools, attempt=2)
    row = HtmlPage(await (await signed_in(SUN)).get("/visits")).rows()[0]
    assert "第 2 次提交" in row[0]


async def test_the_next_visit_is_one_link_away(signed_in, tools):
    first = await a_visit(tools, "first")
    second = await a_visit(tools, "second", store=HALL, losses=("KH-V-04",))
    page = HtmlPage(await (await signed_in(SUN)).get(f"/visits/{first}"))
    assert page.one("a", rel="next")["href"] == f"/visits/{second}"


async def test_a_long_queue_goes_on_where_it_stopped(signed_in, tools, clock):
    for number in range(51):
        assignment = await another_assignment(tools, LI, CLUB, f"{number}")
        await a_visit(tools, f"{number}", assignment=assignment, losses=())
        clock.go_on(minutes=1)
    sun = await signed_in(SUN)
    first = HtmlPage(await sun.get("/visits"))
    link = first.one("a", rel="next", class_="btn--sm")["href"]
    assert set(query_in(link)) == {"cursor"}
    second = HtmlPage(await sun.get(link))
    assert (len(first.rows()), len(second.rows())) == (50, 1)
    assert second.all("a", rel="next") == []
    assert "/visits" in second.links()


async def test_the_queue_keeps_its_filter_from_visit_to_visit(signed_in, tools, clock):
    first = await a_visit(tools, "first")
    clock.go_on(minutes=5)
    second = await a_visit(tools, "second", store=HALL, losses=())
    sun = await signed_in(SUN)
    page = HtmlPage(await sun.get("/visits?q=A-017&sort=-lost"))
    assert [row[0].split()[0] for row in page.rows()] == [
        "城关东方红客户俱乐部",
        "城关盘旋路营业厅",
    ]
    kept = "q=A-017&sort=-lost"
    assert f"/visits/{first}?{kept}" in page.links()
    visit = HtmlPage(await sun.get(f"/visits/{first}?{kept}"))
    assert visit.one("a", rel="next")["href"] == f"/visits/{second}?{kept}"
    answer = await sun.submit(
        f"/visits/{first}/reviews?{kept}",
        {"attempt": "1", "decision": "return", "reason": "补拍", "hours": "24"},
    )
    assert answer.headers["location"] == f"/visits/{first}?{kept}&said=returned"
    item = HtmlPage(await sun.get(f"/visits/{first}/items/{SPOTS}?{kept}"))
    assert f"/visits?{kept}" in item.links()


async def test_the_queue_shows_returned_visits_and_what_is_overdue(signed_in, tools, clock):
    visit = await a_visit(tools)
    await send_back(tools, visit)
    clock.go_on(hours=25)
    sun = await signed_in(SUN)
    page = HtmlPage(await sun.get("/visits?state=returned"))
    assert "逾期 1" in page.text
    assert len(page.rows()) == 1
    assert "没有等待审核的检查" in HtmlPage(await sun.get("/visits")).text
    assert "没有退回待重交" not in page.text


async def test_a_long_wait_is_said_and_led_to(signed_in, tools, clock):
    await a_visit(tools)
    clock.go_on(hours=49)
    sun = await signed_in(SUN)
    page = HtmlPage(await sun.get("/visits"))
    assert "超时不会自动通过" in page.text
    assert "/visits?waited=48" in page.links()
    assert len(HtmlPage(await sun.get("/visits?waited=48&again=yes")).rows()) == 0
    assert "没有符合筛选" in HtmlPage(await sun.get("/visits?flag=short_visit")).text
    assert HtmlPage(await sun.get("/visits?state=returned")).text.count("没有退回待重交") == 1
