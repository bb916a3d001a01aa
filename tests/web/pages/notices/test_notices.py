"""The staff's notices: list, draft, sign-off."""

import pytest

from inspection.persistence.statements import run
from inspection.services.notices.notice_prints import keep_print, note_print_fault
from inspection.services.notices.urging import Urge, urge
from tests.cast import CHEN, CLUB, GUO, HALL, LI, SUN, WANG, ZHAO
from tests.receiving import rows_of
from tests.reviewing import (
    TWO_LOSSES,
    a_draft,
    a_visit,
    an_issued,
    another_assignment,
    approve,
    send_photo,
    snapshot_of,
)
from tests.submissions import SPOTS, a_photo, lost, passed, rubric_in
from tests.web.html_page import HtmlPage, query_in

NOBODYS = "0" * 32
PDF = b"%PDF-1.7 printed"
NUMBER = "甘移服整〔2026〕1号"


async def draft_form(visitor, notice):
    return HtmlPage(await visitor.get(f"/notices/{notice}")).form(f"/notices/{notice}/lines")


async def send(visitor, form, action="lines", **changed):
    """Send the draft as the page holds it, some fields of every line changed."""
    fields = [(name, changed.get(name, value)) for name, value in form.fields]
    path = form.action.removesuffix("lines") + action
    data: dict[str, list[str]] = {}
    for name, value in fields:
        data.setdefault(name, []).append(value)
    return await visitor.http.post(path, data=data)


@pytest.fixture
async def draft(app, tools):
    return await a_draft(tools)


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


async def test_a_reviewer_rewords_but_does_not_sign(signed_in, draft):
    sun = await signed_in(SUN)
    page = HtmlPage(await sun.get(f"/notices/{draft}"))
    form = page.form(f"/notices/{draft}/lines")
    assert (await send(sun, form, problem="门前有纸屑")).status_code == 303
    assert (await send(sun, form, "submissions", problem="别的")).status_code == 409
    await send(sun, await draft_form(sun, draft), "submissions")
    page = HtmlPage(await sun.get(f"/notices/{draft}"))
    assert "孙蕾 已审核，等待签发" in page.text
    assert page.all("form", action=f"/notices/{draft}/signatures") == []
    assert (await sun.submit(f"/notices/{draft}/signatures", {"seen": "x"})).status_code == 403


async def test_a_draft_shows_its_lines_ready_to_be_reworded(signed_in, draft):
    wang = await signed_in(WANG)
    page = HtmlPage(await wang.get(f"/notices/{draft}"))
    form = page.form(f"/notices/{draft}/lines")
    assert form.named("number") == ["1", "2"]
    assert all(form.named("problem"))
    assert page.one("button", formaction=f"/notices/{draft}/submissions").text == "提交签发"
    assert "城关东方红客户俱乐部" in page.text
    assert page.all("input", name="lost") == []


async def test_new_wording_is_kept_and_shown(signed_in, draft):
    wang = await signed_in(WANG)
    answer = await send(
        wang,
        await draft_form(wang, draft),
        problem="  门前有纸屑\r\n和杂物 ",
        responsible="陈静",
        hours="12",
    )
    assert answer.headers["location"] == f"/notices/{draft}?said=saved"
    page = HtmlPage(await wang.get(answer.headers["location"]))
    assert "已保存" in page.said("status")
    form = page.form(f"/notices/{draft}/lines")
    assert set(form.named("responsible")) == {"陈静"}
    assert set(form.named("hours")) == {"12"}
    assert all("门前有纸屑" in said for said in form.named("problem"))


async def test_a_refused_draft_keeps_everything_that_was_typed(signed_in, draft):
    wang = await signed_in(WANG)
    form = await draft_form(wang, draft)
    before = await rows_of("notice_line")
    page = HtmlPage(
        await send(wang, form, problem=" ", requirement="立即清扫", responsible="陈静", hours="13",
                   demands="第一条\n第二条")
    )  # fmt: skip
    assert page.status == 422
    assert "第 1 项 问题描述" in page.said("alert")
    assert "第 2 项 整改时限" in page.said("alert")
    shown = page.form(f"/notices/{draft}/lines")
    assert shown.named("requirement") == ["立即清扫", "立即清扫"]
    assert shown.named("responsible") == ["陈静", "陈静"]
    assert shown.named("demands") == ["第一条\n第二条"]
    assert await rows_of("notice_line") == before


async def test_a_notice_needs_its_demands(signed_in, draft):
    wang = await signed_in(WANG)
    form = await draft_form(wang, draft)
    page = HtmlPage(await send(wang, form, demands=" \r\n "))
    assert page.status == 422
    assert "工作要求" in page.said("alert")


@pytest.mark.parametrize(
    ("field", "value"),
    [("number", "9"), ("number", "one"), ("hours", "soon"), ("problem", "\x07"), ("lost", "1")],
)
async def test_a_form_nobody_gave_out_changes_nothing(signed_in, draft, field, value):
    wang = await signed_in(WANG)
    form = await draft_form(wang, draft)
    fields = [(name, v) for name, v in form.fields if name != field]
    page = HtmlPage(await send(wang, form._replace(fields=[*fields, (field, value)])))
    assert page.status == 422
    assert page.said("alert")
    assert "陈静" not in str(await rows_of("notice_line"))


async def test_a_line_that_lost_a_field_is_refused(signed_in, draft):
    wang = await signed_in(WANG)
    form = await draft_form(wang, draft)
    fields = list(form.fields)
    fields.remove(next(field for field in fields if field[0] == "problem"))
    page = HtmlPage(await send(wang, form._replace(fields=fields)))
    assert page.status == 422


async def sign_on_the_page(visitor, notice):
    """Sign what waits for its signature."""
    form = HtmlPage(await visitor.get(f"/notices/{notice}")).form(f"/notices/{notice}/signatures")
    return await visitor.http.post(form.action, data=dict(form.fields))


async def test_handing_in_keeps_the_wording_and_the_signature_draws_the_number(signed_in, draft):
    sun, wang = await signed_in(SUN), await signed_in(WANG)
    form = await draft_form(sun, draft)
    answer = await send(sun, form, "submissions", problem="门前有纸屑", responsible="陈静")
    assert answer.headers["location"] == f"/notices/{draft}?said=notice_submitted"
    page = HtmlPage(await wang.get(f"/notices/{draft}"))
    assert "2 项问题开始计时" in page.text
    assert page.all("textarea") == []
    answer = await sign_on_the_page(wang, draft)
    assert answer.headers["location"] == f"/notices/{draft}?said=signed"
    page = HtmlPage(await wang.get(answer.headers["location"]))
    assert "已签发并取号" in page.said("status")
    assert NUMBER in page.text
    assert "PDF 排版中" in page.text
    assert "{report_back}" not in page.text
    snapshot = await snapshot_of(draft)
    assert {line.problem for line in snapshot.lines} == {"门前有纸屑"}
    assert {line.responsible for line in snapshot.lines} == {"陈静"}
    assert [signer.name for signer in snapshot.signers] == ["孙蕾", "孙蕾", "王志强"]


async def test_whoever_changed_the_words_is_told_that_another_person_signs(signed_in, draft):
    wang, guo = await signed_in(WANG), await signed_in(GUO)
    await send(wang, await draft_form(wang, draft), "submissions", problem="门前有纸屑")
    page = HtmlPage(await wang.get(f"/notices/{draft}"))
    assert "须由另一位签发人签发" in page.text
    assert page.all("form", action=f"/notices/{draft}/signatures") == []
    refused = HtmlPage(await wang.submit(f"/notices/{draft}/signatures", {"seen": "x"}))
    assert refused.status == 409
    assert (await sign_on_the_page(guo, draft)).status_code == 303


async def test_a_notice_is_sent_back_with_a_reason_and_nothing_typed_is_lost(signed_in, draft):
    sun, wang = await signed_in(SUN), await signed_in(WANG)
    await send(sun, await draft_form(sun, draft), "submissions")
    path = f"/notices/{draft}/returns"
    page = HtmlPage(await wang.submit(path, {"reason": "长" * 501}))
    assert page.status == 422
    assert page.form(path).named("reason") == ["长" * 501]
    assert HtmlPage(await wang.submit(path, {"reason": ""})).status == 422
    answer = await wang.submit(path, {"reason": "写清位置"})
    page = HtmlPage(await wang.get(answer.headers["location"]))
    assert "已退回修改" in page.said("status")
    assert "退回修改：写清位置" in page.text
    assert HtmlPage(await wang.submit(path, {"reason": "再一次"})).status == 409


async def test_a_refused_submission_keeps_what_was_typed(signed_in, draft):
    wang = await signed_in(WANG)
    page = HtmlPage(
        await send(
            wang, await draft_form(wang, draft), "submissions", requirement="立即清扫", hours="1"
        )
    )
    assert page.status == 422
    assert page.form(f"/notices/{draft}/lines").named("requirement") == ["立即清扫", "立即清扫"]
    assert (await rows_of("notice"))[0]["state"] == "draft"


async def test_sending_twice_is_sending_once(signed_in, draft):
    sun, wang = await signed_in(SUN), await signed_in(WANG)
    form = await draft_form(sun, draft)
    first = await send(sun, form, "submissions")
    again = await send(sun, form, "submissions")
    assert first.headers["location"] == again.headers["location"]
    shown = HtmlPage(await wang.get(f"/notices/{draft}")).form(f"/notices/{draft}/signatures")
    for _ in range(2):
        answer = await wang.http.post(shown.action, data=dict(shown.fields))
        assert answer.headers["location"] == f"/notices/{draft}?said=signed"
    assert (await rows_of("notice"))[0]["number"] == NUMBER


async def test_the_pdf_is_missing_for_drafts_strangers_and_other_branches(signed_in, draft):
    wang, zhao = await signed_in(WANG), await signed_in(ZHAO)
    assert HtmlPage(await zhao.get(f"/notices/{draft}/notice.pdf")).status == 404
    assert HtmlPage(await wang.get(f"/notices/{NOBODYS}/notice.pdf")).status == 404
    assert HtmlPage(await wang.get(f"/notices/{draft}/notice.pdf")).status == 409


async def test_a_pdf_under_way_says_to_ask_again(signed_in, tools, app):
    issued = await an_issued(tools)
    wang = await signed_in(WANG)
    answer = await wang.get(f"/notices/{issued.id}/notice.pdf")
    assert answer.status_code == 409
    assert int(answer.headers["retry-after"]) > 0


async def test_the_pdf_opens_in_the_browser_under_its_chinese_name(signed_in, tools, app):
    issued = await an_issued(tools)
    await keep_print(tools, issued.id, PDF, "a" * 64, 2)
    wang = await signed_in(WANG)
    answer = await wang.get(f"/notices/{issued.id}/notice.pdf")
    assert (answer.status_code, answer.content) == (200, PDF)
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-disposition"] == (
        "inline; filename=\"notice.pdf\"; filename*=UTF-8''"
        "%E7%94%98%E7%A7%BB%E6%9C%8D%E6%95%B4%E3%80%942026%E3%80%951%E5%8F%B7.pdf"
    )
    assert answer.headers["content-security-policy"] == "frame-ancestors 'none'"
    assert answer.headers["cache-control"] == "private, no-cache"
    known = {"if-none-match": answer.headers["etag"]}
    again = await wang.get(f"/notices/{issued.id}/notice.pdf", headers=known)
    assert (again.status_code, again.content) == (304, b"")
    other = {"if-none-match": '"other"'}
    again = await wang.get(f"/notices/{issued.id}/notice.pdf", headers=other)
    assert (again.status_code, again.content) == (200, PDF)
    page = HtmlPage(await wang.get(f"/notices/{issued.id}"))
    assert f"/notices/{issued.id}/notice.pdf" in page.links()


async def test_a_pdf_that_could_not_be_made_says_why(signed_in, tools, app):
    issued = await an_issued(tools)
    await note_print_fault(issued.id, "press.timeout")
    wang = await signed_in(WANG)
    page = HtmlPage(await wang.get(f"/notices/{issued.id}"))
    assert "PDF 未生成" in page.text
    assert "排版超时" in page.text
    await run("UPDATE job SET state = 'dead'")
    form = page.form(f"/notices/{issued.id}/prints")
    answer = await wang.http.post(form.action, data=dict(form.fields))
    again = HtmlPage(await wang.get(answer.headers["location"]))
    assert "已重新排版" in again.said("status")
    assert "PDF 排版中" in again.text


async def test_photos_of_a_notice_are_clean_copies_by_line_and_place(signed_in, tools, app):
    photo = a_photo()
    visit = await a_visit(tools, losses=TWO_LOSSES, pictures=(photo,))
    await send_photo(tools, photo)
    outcome = await approve(tools, visit)
    wang, zhao = await signed_in(WANG), await signed_in(ZHAO)
    page = HtmlPage(await wang.get(f"/notices/{outcome.notice}"))
    (shown,) = [tag for tag in page.all("img") if "/photos/" in tag["src"]]
    answer = await wang.get(shown["src"])
    assert answer.headers["content-type"] == "image/jpeg"
    assert answer.headers["cache-control"] == "private, no-cache"
    known = {"if-none-match": answer.headers["etag"]}
    assert (await wang.get(shown["src"], headers=known)).status_code == 304
    assert answer.content.startswith(b"\xff\xd8\xff")
    assert answer.content != photo
    assert (await zhao.get(shown["src"])).status_code == 404
    for name in (
        "1-2.jpg",
        "2-1.jpg",
        "1-0.jpg",
        "1-1.png",
        "1-1",
        "x-y.jpg",
        "1-99999.jpg",
        "-1-1.jpg",
    ):
        answer = await wang.get(f"/notices/{outcome.notice}/photos/{name}")
        assert answer.status_code == 404, name


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
