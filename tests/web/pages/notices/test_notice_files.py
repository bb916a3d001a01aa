"""The PDF of a notice and its photos."""

from inspection.persistence.statements import run
from inspection.services.notices.notice_prints import keep_print, note_print_fault, note_unprinted
from tests.cast import WANG, ZHAO
from tests.reviewing import TWO_LOSSES, a_visit, an_issued, approve, send_photo
from tests.submissions import a_photo
from tests.web.html_page import HtmlPage
from tests.web.pages.notices.notice_forms import NOBODYS

PDF = b"%PDF-1.7 printed"


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


async def test_what_a_pdf_shows_as_boxes_is_told(signed_in, tools, app):
    issued = await an_issued(tools)
    await note_unprinted(issued.id, "\u6fdb\U0001f642")
    await keep_print(tools, issued.id, PDF, "a" * 64, 2)
    wang = await signed_in(WANG)
    page = HtmlPage(await wang.get(f"/notices/{issued.id}"))
    assert "印成了方框：\u6fdb \U0001f642。" in page.text


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
