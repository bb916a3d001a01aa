"""Batches on their pages: chosen on the list, followed, stopped, fetched."""

from inspection.services.notices.notice_batch_work import work_on
from inspection.services.notices.notice_prints import keep_print
from tests.cast import CHEN, SUN, WANG
from tests.reviewing import an_issued
from tests.services.notices.checked_notices import note, three_checked
from tests.web.html_page import HtmlPage


async def test_notices_chosen_on_the_list_are_signed_while_nobody_waits(signed_in, app, tools):
    chosen = await three_checked(tools)
    wang = await signed_in(WANG)
    page = HtmlPage(await wang.get("/notices"))
    assert {tag["value"] for tag in page.all("input", name="pick")} == set(chosen)
    answer = await wang.submit("/notice-batches", {"kind": "sign", "pick": list(chosen)})
    path = answer.headers["location"]
    page = HtmlPage(await wang.get(path))
    assert "正在逐份办理" in page.text
    await work_on(tools, path.rpartition("/")[2], note)
    page = HtmlPage(await wang.get(path))
    assert "已完成：3 份成功，0 份未成功" in page.text
    assert (await wang.get(f"{path}/notices.zip")).status_code == 404


async def test_an_archive_is_fetched_by_whoever_asked_for_it(signed_in, app, tools):
    issued = await an_issued(tools)
    await keep_print(tools, issued.id, b"%PDF", "a" * 64, 1)
    wang, chen = await signed_in(WANG), await signed_in(CHEN)
    answer = await wang.submit("/notice-batches", {"kind": "archive", "pick": [issued.id]})
    path = answer.headers["location"]
    await work_on(tools, path.rpartition("/")[2], note)
    assert f"{path}/notices.zip" in HtmlPage(await wang.get(path)).links()
    answer = await wang.get(f"{path}/notices.zip")
    assert answer.headers["content-type"] == "application/zip"
    assert answer.content.startswith(b"PK")
    assert (await chen.get(path)).status_code == 403


async def test_what_is_not_signed_yet_says_why_it_has_no_pdf_and_rises_nowhere(
    signed_in, app, tools
):
    chosen = await three_checked(tools)
    wang = await signed_in(WANG)
    for kind, why in (("archive", "签发后才排版"), ("escalate", "没有可催办或升级的")):
        answer = await wang.submit("/notice-batches", {"kind": kind, "pick": [chosen[0]]})
        path = answer.headers["location"]
        await work_on(tools, path.rpartition("/")[2], note)
        assert why in HtmlPage(await wang.get(path)).text


async def test_a_batch_is_stopped_once(signed_in, app, tools):
    chosen = await three_checked(tools)
    wang = await signed_in(WANG)
    answer = await wang.submit("/notice-batches", {"kind": "sign", "pick": list(chosen)})
    path = answer.headers["location"]
    answer = await wang.submit(f"{path}/cancellations", {"asked": "yes"})
    assert "已停止" in HtmlPage(await wang.get(answer.headers["location"])).said("status")
    rows = HtmlPage(await wang.get(path))
    assert [tag.text for tag in rows.all("span", class_="tag--closed")] == ["未办"] * 3
    again = HtmlPage(await wang.submit(f"{path}/cancellations", {"asked": "yes"}))
    assert again.status == 409


async def test_nothing_chosen_says_so(signed_in, app, tools):
    page = HtmlPage(await (await signed_in(WANG)).submit("/notice-batches", {"kind": "sign"}))
    assert page.status == 422
    assert "请选 1 至 200 份通知" in page.said("alert")
    assert "回到整改通知" in page.text
    assert (
        await (await signed_in(SUN)).submit("/notice-batches", {"kind": "sign"})
    ).status_code == 403
