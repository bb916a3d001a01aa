"""Delivery on its pages: a link for whoever has it, the desk's record, and checking a PDF."""

import hashlib
from urllib.parse import urlsplit

from inspection.services.notices.notice_prints import keep_print
from tests.cast import CHEN, LI, SUN, WANG
from tests.reviewing import TWO_LOSSES, an_issued, send_photo, snapshot_of
from tests.submissions import a_photo
from tests.web.html_page import HtmlPage

PDF = b"%PDF-1.7 the notice"


async def a_printed(tools):
    photo = a_photo()
    await send_photo(tools, photo)
    issued = await an_issued(tools, losses=TWO_LOSSES, pictures=(photo,))
    await keep_print(tools, issued.id, PDF, hashlib.sha256(PDF).hexdigest(), 1)
    return issued


async def link_of(visitor, notice):
    answer = await visitor.submit(f"/notices/{notice}/links", {"days": "7"})
    page = HtmlPage(answer)
    assert answer.headers["cache-control"] == "no-store"
    return urlsplit(page.one("input", name="link")["value"]).path


async def test_whoever_has_the_link_reads_the_notice_and_nothing_about_who_came(
    signed_in, visitor, tools, app
):
    issued = await a_printed(tools)
    wang = await signed_in(WANG)
    path = await link_of(wang, issued.id)
    answer = await visitor.get(path)
    page = HtmlPage(answer)
    assert (page.status, issued.number in page.text) == (200, True)
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert "noindex" in answer.headers["x-robots-tag"]
    assert answer.headers["cache-control"] == "no-store"
    for kept in (LI.name, LI.pseudonym, issued.id, 'href="/notices'):
        assert kept not in page.source
    assert (await visitor.get(f"{path}/notice.pdf")).content == PDF
    (image, *_) = [tag for tag in page.all("img") if "/photos/" in tag["src"]]
    answer = await visitor.get(image["src"])
    assert answer.headers["content-type"] == "image/jpeg"
    assert answer.headers["cache-control"] == "no-store"
    detail = HtmlPage(await wang.get(f"/notices/{issued.id}"))
    assert "看过 1 次" in detail.text
    assert "首次查看" in detail.text
    assert (await visitor.get(path)).status_code == 200
    assert "看过 2 次" in HtmlPage(await wang.get(f"/notices/{issued.id}")).text


async def test_a_link_taken_back_leads_nowhere(signed_in, visitor, tools, app):
    issued = await a_printed(tools)
    wang = await signed_in(WANG)
    path = await link_of(wang, issued.id)
    page = HtmlPage(await wang.get(f"/notices/{issued.id}"))
    (form,) = [tag["action"] for tag in page.all("form") if "revocations" in tag["action"]]
    answer = await wang.submit(form, {"asked": "yes"})
    assert answer.status_code == 303
    gone = HtmlPage(await visitor.get(path))
    assert gone.status == 404
    assert "请向签发单位索取新的链接" in gone.text
    again = HtmlPage(await wang.submit(form, {"asked": "yes"}))
    assert again.status == 404


async def test_an_address_that_is_none_comes_back_as_it_was_typed(signed_in, tools, app):
    issued = await a_printed(tools)
    wang = await signed_in(WANG)
    path = f"/notices/{issued.id}/mails"
    page = HtmlPage(await wang.submit(path, {"address": "nobody", "days": "7"}))
    assert page.status == 422
    assert page.form(path).named("address") == ["nobody"]
    answer = await wang.submit(path, {"address": "store@example.com", "days": "7"})
    page = HtmlPage(await wang.get(answer.headers["location"]))
    assert "发信队列" in page.said("status")
    assert "store@example.com" in page.text


async def test_links_that_cannot_be_made_say_why(signed_in, tools, app):
    issued = await a_printed(tools)
    page = HtmlPage(
        await (await signed_in(WANG)).submit(f"/notices/{issued.id}/links", {"days": "soon"})
    )
    assert page.status == 422


async def test_a_refusal_with_its_witness_is_on_the_desk_and_the_receipt(signed_in, tools, app):
    issued = await a_printed(tools)
    wang, chen, sun = await signed_in(WANG), await signed_in(CHEN), await signed_in(SUN)
    path = f"/notices/{issued.id}/refusals"
    assert HtmlPage(await sun.get(f"/notices/{issued.id}")).all("form", action=path) == []
    page = HtmlPage(await wang.submit(path, {"witness": "长" * 501}))
    assert page.form(path).named("witness") == ["长" * 501]
    answer = await wang.submit(path, {"witness": "见证人 李明"})
    page = HtmlPage(await wang.get(answer.headers["location"]))
    assert "见证人 李明" in page.text
    assert "拒收，留置送达" in [tag.text for tag in page.all("dt")]
    seen = HtmlPage(await chen.get(f"/notices/{issued.id}"))
    assert "拒收，留置送达" in seen.text
    assert "见证人 李明" not in seen.text


async def test_the_store_signs_with_the_name_of_whoever_signs(signed_in, tools, app):
    issued = await a_printed(tools)
    chen = await signed_in(CHEN)
    await chen.submit(f"/notices/{issued.id}/acknowledgements", {"signer": "吴敏"})
    page = HtmlPage(await chen.get(f"/notices/{issued.id}"))
    assert "已签收 吴敏" in page.text


async def test_a_pdf_is_checked_without_a_script_and_kept_nowhere(visitor, tools, app, tmp_path):
    issued = await a_printed(tools)
    path = urlsplit((await snapshot_of(issued.id)).verify_url).path
    page = HtmlPage(await visitor.get(path))
    assert hashlib.sha256(PDF).hexdigest() in page.text
    for content, said in ((PDF, "一字不差"), (PDF + b" ", "不是这份文件")):
        answer = await visitor.http.post(
            f"{path}/checks", files={"file": ("n.pdf", content, "application/pdf")}
        )
        assert said in HtmlPage(answer).said("status")
