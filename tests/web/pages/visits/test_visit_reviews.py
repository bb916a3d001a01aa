"""Deciding about a visit on its page: refused, kept, sent twice."""

import pytest

from inspection.persistence.statements import run
from tests.cast import LI, SUN
from tests.receiving import rows_of
from tests.reviewing import a_visit, approve
from tests.web.html_page import HtmlPage
from tests.web.pages.visits.decisions import decide


async def test_a_return_without_a_reason_comes_back_with_the_sentence(signed_in, tools):
    visit = await a_visit(tools)
    sun = await signed_in(SUN)
    answer = await decide(sun, visit, "return", reason="  ")
    page = HtmlPage(answer)
    assert page.status == 422
    assert "退回" in page.said("alert")
    assert "aria-invalid" in page.one("textarea").attributes
    assert await rows_of("review") == []


async def test_what_was_typed_is_kept_when_the_decision_is_refused(signed_in, tools):
    visit = await a_visit(tools)
    sun = await signed_in(SUN)
    typed = "照片与门店不符，请重新拍摄。\n另请补充说明。"
    page = HtmlPage(await decide(sun, visit, "return", reason=typed, attempt="2"))
    assert page.status == 409
    assert "第 1 次" in page.said("alert")
    assert page.form(f"/visits/{visit}/reviews").named("reason") == [typed]
    too_long = "请补充。" * 200
    page = HtmlPage(await decide(sun, visit, "return", reason=too_long))
    assert page.status == 422
    assert page.form(f"/visits/{visit}/reviews").named("reason") == [too_long]


@pytest.mark.parametrize(
    "fields",
    [
        {"decision": "burn"},
        {"attempt": "first"},
        {"attempt": "1" * 30},
        {"reason": "\x00"},
        {"total": "10000"},
    ],
    ids=str,
)
async def test_a_form_nobody_gave_out_changes_nothing(signed_in, tools, fields):
    visit = await a_visit(tools)
    sun = await signed_in(SUN)
    sent = {"attempt": "1", "decision": "approve", "reason": "好"} | fields
    page = HtmlPage(await sun.submit(f"/visits/{visit}/reviews", sent))
    assert page.status == 422
    assert page.said("alert")
    assert await rows_of("review") == []


async def test_the_language_can_be_changed_after_a_refusal(signed_in, tools):
    visit = await a_visit(tools)
    sun = await signed_in(SUN)
    page = HtmlPage(await decide(sun, visit, "return"))
    english = HtmlPage(await sun.get(page.one("a", hreflang="en")["href"]))
    assert (english.status, english.one("html")["lang"]) == (200, "en")
    assert english.one("button", value="approve").text == "Approve"
    assert english.all("a", href="/visits")[0].text.startswith("Visits")


async def test_an_approved_visit_says_when_it_goes_out(signed_in, tools):
    visit = await a_visit(tools)
    sun = await signed_in(SUN)
    assert "随第 48 周批次于 2026-11-23（周一）发布" in (await sun.get(f"/visits/{visit}")).text
    answer = await decide(sun, visit, "approve")
    assert (answer.status_code, answer.headers["location"]) == (
        303,
        f"/visits/{visit}?said=approved",
    )
    page = HtmlPage(await sun.get(answer.headers["location"]))
    assert "已通过审核" in page.said("status")
    assert "已通过，将随第 48 周批次于 2026-11-23（周一）发布" in page.said("note")
    assert [link for link in page.links() if link.startswith("/notices/")] == []
    assert HtmlPage(await sun.get("/ranking?kind=customer_club")).rows() == []


async def test_where_the_day_may_be_known_approving_publishes_ranks_and_drafts(signed_in, tools):
    await run("UPDATE round SET disclose_day = TRUE")
    visit = await a_visit(tools)
    sun = await signed_in(SUN)
    assert "通过后立即发布" in (await sun.get(f"/visits/{visit}")).text
    answer = await decide(sun, visit, "approve")
    assert answer.headers["location"] == f"/visits/{visit}?said=released"
    page = HtmlPage(await sun.get(answer.headers["location"]))
    assert "已通过并发布" in page.said("status")
    assert page.all("form") != []
    assert page.all("textarea") == []
    (link,) = [link for link in page.links() if link.startswith("/notices/")]
    assert HtmlPage(await sun.get(link)).status == 200
    assert len(HtmlPage(await sun.get("/ranking?kind=customer_club")).rows()) == 1
    assert HtmlPage(await sun.get("/visits")).rows() == []


async def test_the_same_decision_sent_twice_is_made_once(signed_in, tools):
    visit = await a_visit(tools)
    sun = await signed_in(SUN)
    fields = {"attempt": "1", "decision": "approve", "reason": ""}
    first = await sun.submit(f"/visits/{visit}/reviews", fields)
    again = await sun.submit(f"/visits/{visit}/reviews", fields)
    assert first.headers["location"] == again.headers["location"]
    assert len(await rows_of("review")) == 1


async def test_a_returned_visit_shows_why_and_waits_for_the_inspector(signed_in, tools):
    visit = await a_visit(tools)
    sun = await signed_in(SUN)
    answer = await decide(sun, visit, "return", reason="照片看不清，请补拍")
    page = HtmlPage(await sun.get(answer.headers["location"]))
    assert "已退回检查员" in page.said("status")
    assert "退回 · 孙蕾 照片看不清，请补拍" in page.text
    assert [button["value"] for button in page.all("button") if "value" in button.attributes] == [
        "reopen"
    ]


async def test_an_own_visit_is_left_to_others_and_a_locked_one_as_it_is(signed_in, tools):
    visit = await a_visit(tools)
    sun = await signed_in(SUN)
    await run("UPDATE visit SET inspector = ?", SUN.account)
    page = HtmlPage(await sun.get(f"/visits/{visit}?lang=en"))
    assert "You made this visit yourself" in page.text
    assert page.all("button", name="decision") == page.all("button", name="mark") == []
    await run("UPDATE visit SET inspector = ?, state = 'locked'", LI.account)
    page = HtmlPage(await sun.get(f"/visits/{visit}"))
    assert "an administrator unlocks the round first" in page.text
    assert page.all("button", name="decision") == []


async def test_a_decided_visit_cannot_be_decided_otherwise(signed_in, tools):
    visit = await a_visit(tools)
    await approve(tools, visit)
    sun = await signed_in(SUN)
    fields = {"attempt": "1", "decision": "return", "reason": "再看看"}
    page = HtmlPage(await sun.submit(f"/visits/{visit}/reviews", fields))
    assert page.status == 409
    assert "已发布" in page.said("alert")
