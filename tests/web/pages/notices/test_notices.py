"""The staff's notices: the list, and what an issued one shows."""

import pytest

from inspection.persistence.statements import run
from inspection.services.notices.urging import Urge, urge
from tests.cast import CHEN, CLUB, HALL, LI, WANG, ZHAO
from tests.receiving import rows_of
from tests.reviewing import a_draft, an_issued, another_assignment
from tests.submissions import SPOTS, lost, passed, rubric_in
from tests.web.html_page import HtmlPage, query_in
from tests.web.pages.notices.notice_forms import NOBODYS, NUMBER


async def test_inspectors_have_no_notices(signed_in, draft):
    li = await signed_in(LI)
    for path in ("/notices", f"/notices/{draft}"):
        assert HtmlPage(await li.get(path)).status == 403


async def test_another_branch_finds_nothing(signed_in, draft):
    zhao = await signed_in(ZHAO)
    assert HtmlPage(await zhao.get(f"/notices/{draft}")).status == 404
    assert HtmlPage(await zhao.get("/notices")).rows() == []
    fields = {
        "number": "1",
        "problem": "a",
        "requirement": "b",
        "responsible": "",
        "hours": "24",
        "hours_kind": "calendar",
    }
    for action in ("lines", "submissions"):
        answer = await zhao.submit(
            f"/notices/{draft}/{action}", {**fields, "demands": "c", "seen": ""}
        )
        assert answer.status_code == 404
    for action, field in (("signatures", "seen"), ("returns", "reason")):
        answer = await zhao.submit(f"/notices/{draft}/{action}", {field: "x"})
        assert answer.status_code == 404
    assert (await rows_of("notice"))[0]["state"] == "draft"


@pytest.mark.parametrize("path", [f"/notices/{NOBODYS}", "/notices/1", "/notices/%00"])
async def test_a_notice_nobody_drafted_is_missing(signed_in, app, path):
    assert HtmlPage(await (await signed_in(WANG)).get(path)).status == 404


@pytest.mark.parametrize("query", ["state=lost", "cursor=damaged", "round=%ff"])
async def test_a_damaged_list_address_is_refused(signed_in, app, query):
    page = HtmlPage(await (await signed_in(WANG)).get(f"/notices?{query}"))
    assert page.status == 422


@pytest.mark.parametrize("query", ["round=1999-01", "region=/9/"])
async def test_a_list_of_nowhere_is_missing(signed_in, app, query):
    assert HtmlPage(await (await signed_in(WANG)).get(f"/notices?{query}")).status == 404


async def test_an_empty_list_says_where_notices_come_from(signed_in, app):
    page = HtmlPage(await (await signed_in(WANG)).get("/notices"))
    assert "没有整改通知" in page.text
    assert page.rows() == []


async def test_the_list_counts_by_state_and_says_how_much_time_is_left(
    signed_in, app, tools, clock
):
    await an_issued(tools)
    assignment = await another_assignment(tools, LI, CLUB, "second")
    await a_draft(tools, "second", assignment=assignment)
    wang = await signed_in(WANG)
    page = HtmlPage(await wang.get("/notices"))
    tabs = [tag.text for tag in page.inside(page.one("nav", class_="tabs"), "a")]
    assert tabs == [
        "全部 2",
        "逾期 0",
        "草稿 1",
        "待签发 0",
        "待送达 1",
        "待签收 0",
        "整改中 0",
        "已关闭 0",
    ]
    drafted, issued = page.rows()
    assert (drafted[1], drafted[5], drafted[7]) == ("草稿", "签发后起算", "草稿")
    assert issued[1] == NUMBER
    assert issued[5].startswith("还剩 ")
    clock.go_on(days=20)
    late = HtmlPage(await (await signed_in(WANG)).get("/notices?state=overdue"))
    (row,) = late.rows()
    assert row[5].startswith("逾期 ")
    assert (row[6], row[7]) == ("已通知省公司", "逾期")


async def test_what_lines_come_to_is_no_loss_of_the_score(signed_in, tools):
    """Where shares of left-out items are spread over the others the two differ."""
    answers = [
        {"item": item.code, "verdict": "na", "reason": "门店没有这一处"}
        if item.code == "KC-E-06"
        else lost(item)
        if item.code == SPOTS
        else passed(item)
        for item in rubric_in().items()
        if not item.feature or item.feature == "vip_desk_required"
    ]
    notice = await a_draft(tools, losses=(), answers=answers)
    wang = await signed_in(WANG)
    listed = HtmlPage(await wang.get("/notices"))
    heads = [tag.text for tag in listed.all("th", scope="col")]
    assert "扣分" in heads
    assert "失分" not in heads
    page = HtmlPage(await wang.get(f"/notices/{notice}"))
    assert "1 项，共 −1，计入总分 −1." in page.text


async def test_a_filter_without_matches_offers_the_way_back(signed_in, draft):
    page = HtmlPage(await (await signed_in(WANG)).get("/notices?state=acknowledged"))
    assert "没有“整改中”的通知" in page.text
    assert "/notices" in page.links()


async def test_a_long_list_goes_on_where_it_stopped(signed_in, app, tools, clock):
    for number in range(51):
        assignment = await another_assignment(tools, LI, CLUB, f"{number}")
        await a_draft(tools, f"{number}", assignment=assignment, losses=("KC-E-01",))
        clock.go_on(minutes=1)
    wang = await signed_in(WANG)
    first = HtmlPage(await wang.get("/notices?state=draft"))
    link = first.one("a", rel="next")["href"]
    assert set(query_in(link)) == {"state", "cursor"}
    second = HtmlPage(await wang.get(link))
    assert (len(first.rows()), len(second.rows())) == (50, 1)


async def test_the_trail_names_who_did_what(signed_in, tools, app, clock):
    issued = await an_issued(tools, store=HALL, losses=("KH-V-04",))
    page = HtmlPage(await (await signed_in(WANG)).get(f"/notices/{issued.id}"))
    trail = [tag.text for tag in page.inside(page.one("ol", class_="tl"), "li")]
    assert trail[0].startswith("生成通知草稿 孙蕾 11-18")
    assert trail[1].startswith("审核并提交签发 孙蕾")
    assert trail[2].startswith(f"签发，取号 {NUMBER} 王志强")


async def test_the_store_cannot_edit_or_sign(signed_in, draft):
    chen = await signed_in(CHEN)
    for action in ("lines", "submissions", "signatures", "returns"):
        assert (await chen.submit(f"/notices/{draft}/{action}", {})).status_code == 403


async def test_an_issued_notice_demands_by_its_date_and_calls_late_what_is_owed(
    signed_in, app, tools, clock
):
    issued = await an_issued(tools)
    clock.go_on(days=20)
    wang = await signed_in(WANG)
    page = HtmlPage(await wang.get(f"/notices/{issued.id}"))
    assert "规定时限" not in page.text
    assert page.source.count("row--wrap late") == 2
    await run("UPDATE notice_line SET state = 'verified'")
    page = HtmlPage(await wang.get(f"/notices/{issued.id}"))
    assert "row--wrap late" not in page.source


async def test_the_trail_says_in_words_what_has_no_sentence_of_its_own(signed_in, app, tools):
    issued = await an_issued(tools)
    await urge(tools, WANG.actor, issued.id, Urge.STORE)
    page = HtmlPage(await (await signed_in(WANG)).get(f"/notices/{issued.id}"))
    assert "notice.urge" not in page.text
    assert "催办或升级通知" in page.text
