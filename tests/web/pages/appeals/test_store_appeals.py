"""A store appeals by a form that works without scripts; nothing typed and no file is lost."""

import pytest

from inspection.domain.appeals.appeal import AppealMove
from inspection.services.photos.photo_cleaning import clean_photo
from tests.appealing import PDF, SAID, a_delivered, advised, decided
from tests.cast import CHEN, DENG, GUO, WANG
from tests.receiving import rows_of
from tests.submissions import a_photo, sha256_of
from tests.web.html_page import HtmlPage


@pytest.fixture
async def notice(app, tools):
    return await a_delivered(tools)


@pytest.fixture
async def chen(signed_in, notice):
    return await signed_in(CHEN)


def send(visitor, path, files=(), **fields):
    """A form with files, as a browser sends it."""
    parts = [("files", (name, content)) for name, content in files] or [("files", ("", b""))]
    data = {"csrf_token": visitor.csrf_token, **fields}
    return visitor.http.post(path, data=data, files=parts)


async def file(visitor, notice, *, line=1, **parts):
    fields = {"ground": "facts", "text": SAID} | parts
    return await send(visitor, f"/notices/{notice}/lines/{line}/appeals", **fields)


async def test_from_the_notice_to_the_appeal(chen, notice, tools):
    page = HtmlPage(await chen.get(f"/notices/{notice}"))
    assert f"/notices/{notice}/lines/1/appeal" in page.links()
    assert "申诉期还剩 " in page.text
    assert "还剩 还剩" not in page.text
    form = HtmlPage(await chen.get(f"/notices/{notice}/lines/1/appeal"))
    assert "整改期限暂停计算" in form.text
    photo = a_photo(3)
    sent = await file(chen, notice, files=(("二楼.jpg", photo), ("值班记录.pdf", PDF)))
    assert sent.status_code == 303
    await clean_photo(tools, sha256_of(photo))
    path = sent.headers["location"].partition("?")[0]
    shown = HtmlPage(await chen.get(path))
    assert SAID in shown.text
    assert (await chen.get(f"{path}/photos/1.jpg?size=thumb")).headers["content-type"] == (
        "image/jpeg"
    )
    marked = HtmlPage(await chen.get(f"/notices/{notice}"))
    assert path in marked.links()
    assert path in HtmlPage(await chen.get("/appeals")).links()


async def test_a_document_is_saved_and_never_opened_in_place(chen, notice, signed_in):
    sent = await file(chen, notice, files=(("值班<b>记录.pdf", PDF),))
    path = sent.headers["location"].partition("?")[0]
    for person in (CHEN, WANG, GUO):
        answer = await (await signed_in(person)).get(f"{path}/documents/1.pdf")
        assert answer.content == PDF
        assert answer.headers["content-disposition"] == (
            'attachment; filename="document.pdf"; '
            "filename*=UTF-8''%E5%80%BC%E7%8F%AD%20b%20%E8%AE%B0%E5%BD%95.pdf"
        )
        assert answer.headers["content-type"] == "application/pdf"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "sandbox" in answer.headers["content-security-policy"]
    for name in ("1.html", "x.pdf", "9.pdf", "1"):
        assert (await chen.get(f"{path}/documents/{name}")).status_code == 404
    assert (await (await signed_in(DENG)).get(f"{path}/documents/1.pdf")).status_code == 404


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.pdf", b"<html><script>alert(1)</script>"), ("a.svg", b"<svg onload='x'/>"), ("a", b"MZ")],
)
async def test_what_is_neither_photo_nor_pdf_is_refused(chen, notice, name, content):
    refused = await file(chen, notice, files=((name, content),))
    assert (refused.status_code, SAID in refused.text) == (422, True)
    assert await rows_of("appeal") == []


async def test_a_refused_form_keeps_words_and_files(chen, notice):
    refused = await file(chen, notice, ground="", files=(("记录.pdf", PDF), ("1.jpg", a_photo(5))))
    assert (refused.status_code, SAID in refused.text) == (422, True)
    page = HtmlPage(refused)
    kept = page.one("input", name="kept")["value"]
    assert "已收到照片 1 张、文件 1 份" in page.text
    sent = await file(chen, notice, kept=kept)
    assert sent.status_code == 303
    assert len(await rows_of("appeal_file")) == 2


async def test_a_second_appeal_is_refused_with_what_was_typed(chen, notice):
    await file(chen, notice)
    refused = await file(chen, notice, text="再说一次")
    assert (refused.status_code, "再说一次" in refused.text) == (409, True)


async def test_after_the_window_the_form_says_so(chen, notice, clock):
    clock.go_on(days=9)
    page = HtmlPage(await chen.get(f"/notices/{notice}/lines/1/appeal"))
    assert "申诉期已结束" in page.text
    late = await file(chen, notice)
    assert (late.status_code, SAID in late.text) == (409, True)


@pytest.mark.parametrize("line", ["9", "x", "99999"])
async def test_a_line_that_is_not_there(chen, notice, line):
    assert (await chen.get(f"/notices/{notice}/lines/{line}/appeal")).status_code == 404


async def test_a_form_without_a_file_part_is_refused_whole(chen, notice):
    path = f"/notices/{notice}/lines/1/appeals"
    assert (await chen.submit(path, {"text": SAID})).status_code == 415


async def test_more_is_said_with_more_files(chen, notice):
    path = (await file(chen, notice)).headers["location"].partition("?")[0]
    refused = await send(chen, f"{path}/messages", text="", files=(("记录.pdf", PDF),))
    assert refused.status_code == 422
    kept = HtmlPage(refused).one("input", name="kept")["value"]
    assert (await send(chen, f"{path}/messages", text="补交", kept=kept)).status_code == 303
    page = HtmlPage(await chen.get(path))
    assert "补交" in page.text
    assert f"{path}/documents/1.pdf" in page.links()


async def test_an_appeal_is_taken_back(chen, notice, tools):
    path = (await file(chen, notice)).headers["location"].partition("?")[0]
    stale = await chen.submit(f"{path}/withdrawals", {"seen": "9"})
    assert stale.status_code == 409
    assert (await chen.submit(f"{path}/withdrawals", {"seen": "1"})).status_code == 303
    page = HtmlPage(await chen.get(path))
    assert "申诉已撤回" in page.text
    assert (await file(chen, notice)).status_code == 303


async def test_the_outcome_is_the_stores_to_read(chen, notice, tools):
    path = (await file(chen, notice)).headers["location"].partition("?")[0]
    appeal = path.rpartition("/")[2]
    await advised(tools, appeal)
    await decided(tools, appeal, AppealMove.UPHOLD)
    page = HtmlPage(await chen.get(path))
    assert "撤销扣分 1" in page.text
    assert GUO.name not in page.text
    assert page.all("form", action=f"{path}/withdrawals") == []
