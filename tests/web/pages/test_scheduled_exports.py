"""Exports that make themselves, on their page: scheduled, made at once, fetched, ended."""

import io
import zipfile

from inspection.domain.refusals.scheduled_exports import ExportBroken
from inspection.persistence.engine import tx
from inspection.persistence.statements import run
from inspection.services.scheduled_export_work import give_up, make_export
from tests.cast import CHEN, CHENGGUAN, QINZHOU, SUN, WANG
from tests.rankable import Result, published
from tests.receiving import rows_of
from tests.web.html_page import HtmlPage

PAGE = "/scheduled-exports"
FORM = {"name": "每周排名", "what": "ranking", "format": "xlsx", "when": "weekly-1", "hour": "8"}


async def asked(visitor):
    """The page's own buttons, by where they lead."""
    page = HtmlPage(await visitor.get(PAGE))
    return {form.action.rpartition("/")[2]: form.action for form in page.forms}


async def test_it_is_scheduled_made_and_fetched(signed_in, tools):
    await published(tools, Result(store="here", total=9000))
    wang = await signed_in(WANG)
    assert "还没有定时导出" in HtmlPage(await wang.get(PAGE)).source
    answer = await wang.submit(PAGE, FORM)
    page = HtmlPage(await wang.get(answer.headers["location"]))
    assert "已建立定时导出" in page.said("status")
    for words in ("每周排名", "每周一 08:00", "门店排名 · XLSX", "下次 11-23 08:00"):
        assert words in page.text
    await wang.submit((await asked(wang))["runs"], {"asked": "yes"})
    assert "正在导出" in HtmlPage(await wang.get(PAGE)).text
    (found,) = await rows_of("export_run")
    await make_export(tools, found["id"])
    page = HtmlPage(await wang.get(PAGE))
    (link,) = [link for link in page.links() if "/files/" in link]
    answer = await wang.get(link)
    assert zipfile.ZipFile(io.BytesIO(answer.content)).testzip() is None
    assert answer.headers["content-disposition"].endswith('ranking-20261118.xlsx"')
    inbox = HtmlPage(await wang.get("/inbox"))
    assert "“每周排名”可在 30 天内下载" in inbox.text
    sun = await signed_in(SUN)
    assert (await sun.get(link)).status_code == 404
    assert (await (await signed_in(CHEN)).get(PAGE)).status_code == 403


async def test_why_there_is_no_file_is_said_and_it_is_paused_and_ended(signed_in, tools):
    wang = await signed_in(WANG)
    await wang.submit(PAGE, FORM | {"when": "monthly-31", "kind": "storefront"})
    places = await asked(wang)
    await wang.submit(places["runs"], {"asked": "yes"})
    (found,) = await rows_of("export_run")
    async with tx():
        await give_up(tools, found["id"])
    page = HtmlPage(await wang.get(f"{PAGE}?lang=en"))
    assert "The file could not be made" in page.text
    assert "Day 31 of every month 08:00" in page.text
    assert ExportBroken.code not in page.text
    for running, words in (("paused", "已暂停"), ("running", "已恢复")):
        answer = await wang.submit(places["pauses"], {"running": running})
        page = HtmlPage(await wang.get(f"{answer.headers['location']}&lang=zh-CN"))
        assert words in page.said("status")
    await run("UPDATE export_run SET state = 'made'")
    assert "文件已过保留期" in HtmlPage(await wang.get(PAGE)).text
    answer = await wang.submit(places["withdrawals"], {"asked": "yes"})
    page = HtmlPage(await wang.get(answer.headers["location"]))
    assert "每周排名" not in page.text


async def test_a_refused_form_keeps_what_was_typed(signed_in):
    wang = await signed_in(WANG)
    page = HtmlPage(await wang.submit(PAGE, FORM | {"when": "weekly-9", "hour": "17"}))
    assert page.status == 422
    assert "请填写用途" in page.said("alert")
    assert 'value="每周排名"' in page.source
    assert '<option value="17" selected>' in page.source
    elsewhere = HtmlPage(await wang.submit(PAGE, FORM | {"region": QINZHOU}))
    assert elsewhere.status == 404


async def test_one_is_changed_on_its_page(signed_in):
    wang = await signed_in(WANG)
    await wang.submit(PAGE, FORM | {"region": CHENGGUAN, "kind": "storefront"})
    places = await asked(wang)
    path = places["runs"].removesuffix("/runs")
    assert path in HtmlPage(await wang.get(PAGE)).links()
    form = HtmlPage(await wang.get(path)).form(f"{path}/revisions")
    kept = {name: form.named(name) for name in (*FORM, "kind", "region")}
    assert kept == {k: [v] for k, v in FORM.items()} | {
        "kind": ["storefront"],
        "region": [CHENGGUAN],
    }
    changed = FORM | {"what": "scorecard", "when": "monthly-3", "region": ""}
    answer = await wang.submit(f"{path}/revisions", changed)
    page = HtmlPage(await wang.get(answer.headers["location"]))
    assert "已保存定时导出" in page.said("status")
    for words in ("得分表与差距 · XLSX", "每月 3 日 08:00"):
        assert words in page.text
    refused = HtmlPage(await wang.submit(f"{path}/revisions", changed | {"region": QINZHOU}))
    assert (refused.status, refused.form(f"{path}/revisions").named("region")) == (404, [QINZHOU])
    assert (await (await signed_in(SUN)).get(path)).status_code == 404
