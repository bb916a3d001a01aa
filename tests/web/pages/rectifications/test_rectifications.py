"""The pages of rectification: the desk verifies, calls and learns."""

from inspection.persistence.audit import audit
from inspection.persistence.rectifications import rectification_queue
from inspection.persistence.statements import run
from inspection.services import exports
from inspection.services.rectifications.extensions import Wanted, ask
from inspection.services.rectifications.follow_ups import note_call
from tests.cast import CHEN, CLUB, DENG, GUO, HALL, LI, SUN, WANG, ZHAO
from tests.receiving import rows_of
from tests.rectifying import a_reply, accept, send_back
from tests.reviewing import a_draft, another_assignment
from tests.web.html_page import HtmlPage, query_in
from tests.web.pages.exported import BOTH, cells
from tests.web.pages.rectifications.store_replies import of_store


async def test_the_desk_verifies_one_after_the_other(signed_in, tools, lines):
    first, second = lines
    await a_reply(tools, first.id)
    await a_reply(tools, second.id, 61)
    wang = await signed_in(WANG)
    assert len(HtmlPage(await wang.get("/rectifications")).rows()) == 2
    page = HtmlPage(await wang.get(f"/rectifications/{first.id}"))
    form = page.form(f"/rectifications/{first.id}/verdicts")
    # The bar a thumb reaches on a phone belongs to the same form.
    assert "#verdict-form" in page.links()
    assert page.all("button", form="verdict-form", name="verdict", value="accept")
    seen = form.named("seen")[0]
    assert page.all("div", **{"data-compare": ""}) is not None
    image = next(tag["src"] for tag in page.all("img") if tag["src"].startswith("/replies/"))
    assert (await wang.get(image)).headers["content-type"] == "image/jpeg"
    answer = await wang.submit(
        f"/rectifications/{first.id}/verdicts", {"verdict": "accept", "seen": seen}
    )
    assert answer.headers["location"].startswith(f"/rectifications/{second.id}?")
    answer = await wang.submit(
        f"/rectifications/{second.id}/verdicts",
        {"verdict": "return", "seen": "", "quick": "unclear", "reason": "请重拍"},
    )
    assert answer.headers["location"].startswith(f"/rectifications/{second.id}?")
    chen = await signed_in(CHEN)
    shown = HtmlPage(await chen.get(of_store(second)))
    assert "照片看不清。 请重拍" in shown.text
    assert "王志强" not in shown.text


async def test_settled_lines_are_counted_where_they_are_sought(
    signed_in, tools, lines, monkeypatch
):
    monkeypatch.setattr(rectification_queue, "MOST", 1)
    for shade, line in enumerate(lines, 60):
        await a_reply(tools, line.id, shade)
        await accept(tools, line.id)
    wang = await signed_in(WANG)
    assert "已通过 2" in HtmlPage(await wang.get("/rectifications?tab=open")).text
    elsewhere = HtmlPage(await wang.get("/rectifications?tab=open&q=KC")).text
    assert "已通过" in elsewhere
    assert "已通过 0" not in elsewhere
    there = HtmlPage(await wang.get("/rectifications?tab=verified&q=KC")).text
    assert "已通过 1+" in there
    assert "至少 1 条" in there
    program = (await wang.get("/api/lines?tab=verified&q=KC")).json()
    assert (program["total"], program["at_least"]) == (1, True)


async def test_a_refused_verdict_keeps_the_words(signed_in, tools, line):
    await a_reply(tools, line.id)
    wang = await signed_in(WANG)
    fields = {"verdict": "accept", "seen": "0" * 32, "reason": "看过了"}
    page = HtmlPage(await wang.submit(f"/rectifications/{line.id}/verdicts", fields))
    assert page.status == 409
    assert page.form(f"/rectifications/{line.id}/verdicts").named("reason") == ["看过了"]
    page = HtmlPage(
        await wang.submit(f"/rectifications/{line.id}/verdicts", {"verdict": "return", "seen": ""})
    )
    assert page.status == 422


async def test_a_look_at_the_store_settles_a_returned_line(signed_in, tools, line):
    await a_reply(tools, line.id)
    await send_back(tools, line.id)
    sun = await signed_in(SUN)
    page = HtmlPage(await sun.get(f"/rectifications/{line.id}"))
    assert page.form(f"/rectifications/{line.id}/verdicts").named("way") == ["recheck"]
    fields = {"verdict": "accept", "seen": "", "way": "recheck", "reason": "现场已好"}
    answer = await sun.submit(f"/rectifications/{line.id}/verdicts", fields)
    assert answer.headers["location"].startswith(f"/rectifications/{line.id}?")
    assert "现场复查合格" in HtmlPage(await sun.get(f"/rectifications/{line.id}")).text


async def test_the_call_a_day_later_is_noted(signed_in, tools, line):
    await a_reply(tools, line.id)
    await accept(tools, line.id)
    (call,) = await rows_of("follow_up_call")
    wang = await signed_in(WANG)
    assert "回访" in HtmlPage(await wang.get("/follow-ups")).text
    path = f"/follow-ups/{call['id']}/calls"
    refused = HtmlPage(await wang.submit(path, {"came": "dissatisfied", "note": ""}))
    assert refused.status == 422
    assert refused.form(path)
    answer = await wang.submit(path, {"came": "done", "note": "正常"})
    assert query_in(answer.headers["location"])["said"] == "call_noted"
    assert "正常" in HtmlPage(await wang.get("/follow-ups?state=done")).text
    zhao = await signed_in(ZHAO)
    verdicts = f"/rectifications/{line.id}/verdicts"
    assert (await zhao.submit(verdicts, {"verdict": "accept", "seen": ""})).status_code == 404
    assert (await zhao.submit(path, {"came": "done", "note": ""})).status_code == 404


@BOTH
async def test_calls_go_out_without_anybodys_number(signed_in, tools, lines, monkeypatch, format):
    monkeypatch.setattr(exports, "LARGEST_PAGE", 1)
    await run("UPDATE store SET contact_phone = '13900001234'")
    first, second = lines
    for each in lines:
        await a_reply(tools, each.id, client_id=f"client-{each.number}")
        await accept(tools, each.id)
    called = next(row for row in await rows_of("follow_up_call") if row["line"] == first.id)
    await note_call(tools, WANG.actor, str(called["id"]), "done", "正常")
    wang = await signed_in(WANG)
    assert "13900001234" in (await wang.get("/follow-ups?state=")).text
    title, *rows = await cells(wang, "/follow-ups?state=", format)
    assert title[8:] == ("回访时限", "状态", "回访时间", "回访人", "备注")
    told = {row[1]: (row[2], row[5], row[9], *row[11:]) for row in rows}
    assert told == {
        str(first.number): (CLUB, first.item, "已回访", WANG.name, "正常"),
        str(second.number): (CLUB, second.item, "待回访", "", ""),
    }
    assert "13900001234" not in "".join(cell for row in rows for cell in row)
    assert len(await cells(wang, "/follow-ups", format)) == 2
    assert await cells(await signed_in(ZHAO), "/follow-ups?state=", format) == [title]
    last = (await audit.events_of("follow_up", ""))[-1]
    assert (last.action, last.actor) == ("follow_up.export", ZHAO.account)


async def test_cases_are_for_everybody_who_mends(signed_in, tools, line):
    await a_reply(tools, line.id)
    await accept(tools, line.id)
    (case,) = await rows_of("solved_case")
    for who in (WANG, DENG, GUO):
        visitor = await signed_in(who)
        listed = HtmlPage(await visitor.get("/cases?lang=zh-CN"))
        assert listed.all("a", href=f"/cases/{case['id']}")
        assert ("城关东方红" in listed.text) is (who is not DENG)
        assert HtmlPage(await visitor.get(f"/cases/{case['id']}")).status == 200
        for side in ("before", "after"):
            photo = await visitor.get(f"/cases/{case['id']}/photos/{side}.jpg")
            assert photo.headers["content-type"] == "image/jpeg"
        assert (await visitor.get(f"/cases/{case['id']}/photos/inside.jpg")).status_code == 404
        assert "没有" in HtmlPage(await visitor.get("/cases?q=nothing&lang=zh-CN")).text
        file = await visitor.get("/cases?format=csv")
        assert file.headers["content-type"].startswith("text/csv")
    assert (await (await signed_in(LI)).get("/cases")).status_code == 403


async def test_a_request_waits_on_its_own_tab(signed_in, tools, line):
    await ask(tools, CHEN.actor, line.id, Wanted(hours=24, reason="配件"))
    await run("UPDATE notice_line SET due_at = due_at")
    page = HtmlPage(await (await signed_in(WANG)).get("/rectifications?tab=asking"))
    assert len(page.rows()) == 1


async def test_a_draft_shows_what_others_did(signed_in, tools, line):
    await a_reply(tools, line.id)
    await accept(tools, line.id)
    elsewhere = await another_assignment(tools, LI, HALL, "d")
    draft = await a_draft(tools, "second", store=HALL, assignment=elsewhere, losses=("KH-E-01",))
    page = HtmlPage(await (await signed_in(WANG)).get(f"/notices/{draft}"))
    assert page.status == 200
    own = await another_assignment(tools, LI, CLUB, "d")
    draft = await a_draft(tools, "third", assignment=own, losses=(line.item,))
    page = HtmlPage(await (await signed_in(WANG)).get(f"/notices/{draft}"))
    assert "类似问题怎么改" in page.text


async def test_a_notice_leads_to_its_lines(signed_in, lines):
    page = HtmlPage(await (await signed_in(WANG)).get(f"/notices/{lines[0].notice}"))
    for each in lines:
        assert page.all("a", href=f"/rectifications/{each.id}")
