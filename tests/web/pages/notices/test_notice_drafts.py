"""A draft of a notice on its page: reworded, refused, handed in, signed, sent back."""

import pytest

from tests.cast import GUO, SUN, WANG
from tests.receiving import rows_of
from tests.reviewing import snapshot_of
from tests.web.html_page import HtmlPage
from tests.web.pages.notices.notice_forms import NUMBER, draft_form, send


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
