"""What the store sees of its notices, and what it must never see."""

import re

import msgspec
import pytest

from inspection.domain.visits.visit import Receipt
from inspection.services.notices.notice_prints import keep_print
from tests.cast import CHEN, DENG, LI, QINZHOU_CLUB, SUN, WANG, Person, Role
from tests.makers import an_account
from tests.receiving import rows_of
from tests.reviewing import (
    TWO_LOSSES,
    a_draft,
    a_visit,
    an_issued,
    approve,
    send_photo,
    sign,
    visit_id,
)
from tests.submissions import a_photo, rubric_in, sha256_of
from tests.web.html_page import HtmlPage

PDF = b"%PDF-1.7 printed"
NUMBER = "甘移服整〔2026〕1号"
LIN = Person(sign_in="lin", name="林小雨", role=Role.STORE_STAFF, store=QINZHOU_CLUB)


@pytest.fixture
async def issued(app, tools):
    """A notice with a photo, issued to the club."""
    photo = a_photo()
    visit = await a_visit(tools, losses=TWO_LOSSES, pictures=(photo,))
    await send_photo(tools, photo)
    notice = (await approve(tools, visit)).notice
    return await sign(tools, notice)


async def test_a_stranger_is_sent_to_sign_in(visitor, issued):
    answer = await visitor.get(f"/notices/{issued.id}")
    assert answer.headers["location"] == f"/sign-in?next=%2Fnotices%2F{issued.id}"


async def test_another_store_finds_nothing(signed_in, issued):
    deng = await signed_in(DENG)
    for path in ("", "/notice.pdf", "/photos/1-1.jpg"):
        assert HtmlPage(await deng.get(f"/notices/{issued.id}{path}")).status == 404
    assert (await deng.submit(f"/notices/{issued.id}/acknowledgements", {})).status_code == 404
    page = HtmlPage(await deng.get("/notices"))
    assert "没有整改通知" in page.text
    assert (await rows_of("notice"))[0]["state"] == "issued"


async def test_a_draft_does_not_exist_for_the_store(signed_in, app, tools):
    notice = await a_draft(tools)
    chen = await signed_in(CHEN)
    assert HtmlPage(await chen.get(f"/notices/{notice}")).status == 404
    assert (await chen.submit(f"/notices/{notice}/acknowledgements", {})).status_code == 404
    assert "没有整改通知" in HtmlPage(await chen.get("/notices")).text


async def test_managers_do_not_sign_for_the_store(signed_in, issued):
    wang = await signed_in(WANG)
    assert (await wang.submit(f"/notices/{issued.id}/acknowledgements", {})).status_code == 403


async def test_acknowledging_needs_the_token_of_the_page(signed_in, issued):
    chen = await signed_in(CHEN)
    answer = await chen.http.post(f"/notices/{issued.id}/acknowledgements")
    assert answer.status_code == 403
    assert (await rows_of("notice"))[0]["state"] == "issued"


async def test_a_notice_says_to_readers_of_english_that_it_is_chinese(signed_in, issued):
    chen = await signed_in(CHEN)
    said = "The notice is a Chinese document."
    assert said not in HtmlPage(await chen.get(f"/notices/{issued.id}")).text
    page = HtmlPage(await chen.get(f"/notices/{issued.id}?lang=en"))
    assert said in page.text
    assert re.search(r"Within \d+ hours by 11-\d\d \d\d:\d\d", page.text)


async def test_a_new_notice_stands_first_with_its_hour(signed_in, issued):
    page = HtmlPage(await (await signed_in(CHEN)).get("/notices"))
    assert page.one("a", href="/app/").text.startswith("打开手机版")
    card = page.one("article", class_="fresh").text
    assert "新通知，待签收" in card
    assert "还剩 " in card
    assert f"{NUMBER}" in card
    assert "2 项要整改" in card
    assert "城关东方红客户俱乐部 · 陈静" in page.text
    assert f"/notices/{issued.id}" in page.links()


async def test_the_notice_says_what_was_wrong_and_what_to_do(signed_in, issued):
    page = HtmlPage(await (await signed_in(CHEN)).get(f"/notices/{issued.id}"))
    cards = [tag.text for tag in page.all("article", class_="problem-card")]
    assert len(cards) == 2
    assert all("整改要求" in card and "标准：" in card for card in cards)
    assert page.one("button", class_="btn--p").text == "签收，2 项开始整改"
    assert [row[0] for row in page.rows()][:2] == ["环境评价", "VI标识"]
    assert "PDF 正在排版" in page.text


async def test_a_photo_without_a_caption_is_named_by_its_item(signed_in, issued):
    page = HtmlPage(await (await signed_in(CHEN)).get(f"/notices/{issued.id}"))
    title = page.all("article", class_="problem-card")[0].text
    (photo,) = page.inside(page.one("a", class_="photo"), "img")
    assert photo["alt"]
    assert photo["alt"] in title


async def test_problems_stand_under_their_deadline_the_nearest_first(signed_in, app, tools):
    by_hours = {item.hours: item.code for item in rubric_in().items() if not item.feature}
    losses = tuple(by_hours.values())
    issued = await an_issued(tools, losses=losses)
    page = HtmlPage(await (await signed_in(CHEN)).get(f"/notices/{issued.id}"))
    heads = [tag.text for tag in page.all("h2", class_="sect-t")]
    hours = [int(head.split()[0]) * (24 if "天" in head.split()[1] else 1) for head in heads[:-3]]
    assert hours == sorted(by_hours)


async def test_the_first_look_delivers_and_signing_is_shown_with_name_and_time(
    signed_in, issued, clock
):
    chen, wang = await signed_in(CHEN), await signed_in(WANG)
    clock.go_on(minutes=10)
    form = HtmlPage(await chen.get(f"/notices/{issued.id}")).form(
        f"/notices/{issued.id}/acknowledgements"
    )
    assert "待签收" in HtmlPage(await wang.get(f"/notices/{issued.id}")).text
    clock.go_on(minutes=10)
    answer = await chen.http.post(form.action, data=dict(form.fields))
    assert answer.headers["location"] == f"/notices/{issued.id}?said=acknowledged"
    page = HtmlPage(await chen.get(answer.headers["location"]))
    assert "已签收，请按时限整改" in page.said("status")
    assert "陈静 11-18 09:20 已签收" in page.text
    assert [form.action for form in page.forms] == ["/sign-out"]
    home = HtmlPage(await chen.get("/notices"))
    assert home.all("article", class_="fresh") == []
    assert "整改中" in home.text


async def test_signing_twice_is_signing_once(signed_in, issued, clock):
    chen = await signed_in(CHEN)
    first = await chen.submit(f"/notices/{issued.id}/acknowledgements", {})
    clock.go_on(hours=1)
    again = await chen.submit(f"/notices/{issued.id}/acknowledgements", {})
    assert first.headers["location"] == again.headers["location"]
    (row,) = await rows_of("notice")
    assert row["state"] == "acknowledged"
    assert "09:00 已签收" in HtmlPage(await chen.get(f"/notices/{issued.id}")).text


async def test_the_pdf_is_offered_once_it_is_there(signed_in, issued, tools):
    chen = await signed_in(CHEN)
    assert (await chen.get(f"/notices/{issued.id}/notice.pdf")).status_code == 409
    await keep_print(tools, issued.id, PDF, "a" * 64, 2)
    page = HtmlPage(await chen.get(f"/notices/{issued.id}"))
    assert f"/notices/{issued.id}/notice.pdf" in page.links()
    assert (await chen.get(f"/notices/{issued.id}/notice.pdf")).content == PDF


async def test_an_overdue_notice_says_so(signed_in, issued, clock):
    clock.go_on(days=20)
    page = HtmlPage(await (await signed_in(CHEN)).get(f"/notices/{issued.id}"))
    assert page.one("div", class_="due--late")
    assert "逾期" in page.text


async def test_desk_pages_are_not_for_the_store(signed_in, issued):
    chen = await signed_in(CHEN)
    for path in ("/ranking", "/visits", "/stores/LZ-0007", f"/visits/{visit_id('first')}"):
        assert HtmlPage(await chen.get(path)).status == 403, path


async def everything_a_store_reads(visitor, notice):
    """Every answer the store can get about a notice, heads included, before and after signing."""
    found = []
    paths = ["/notices", f"/notices/{notice}", f"/notices/{notice}/photos/1-1.jpg"]
    for language in ("zh-CN", "en"):
        found += [await visitor.get(path, params={"lang": language}) for path in paths]
    found.append(await visitor.submit(f"/notices/{notice}/acknowledgements", {}))
    found += [await visitor.get(path) for path in paths]
    found.append(await visitor.get(f"/notices/{notice}/notice.pdf"))
    return found


async def test_the_inspector_appears_nowhere_the_store_can_look(signed_in, issued, tools, clock):
    chen = await signed_in(CHEN)
    (sent,) = await rows_of("submission")
    receipt = msgspec.json.decode(sent["receipt"], type=Receipt)
    secrets = {
        "name": LI.name,
        "pseudonym": LI.pseudonym,
        "account": str(LI.account),
        "visit": visit_id("first"),
        "assignment": "assignment-li",
        "photo as sent": sha256_of(a_photo()),
        "arrival": "08:10",
        "leaving": "08:40",
        "capture": "08:15",
        "receipt": receipt.receipt_no,
        "content": receipt.content_hash,
        "place": "36061",
        "phone": "phone-1",
    }
    for answer in await everything_a_store_reads(chen, issued.id):
        whole = f"{answer.url} {answer.headers} ".encode() + answer.content
        leaked = [name for name, secret in secrets.items() if secret.encode() in whole]
        assert leaked == [], answer.url
    assert LI.pseudonym in (await (await signed_in(SUN)).get(f"/visits/{visit_id('first')}")).text


async def test_a_colleague_from_another_store_is_another_store(signed_in, issued, tools):
    await an_account(tools, LIN)
    lin = await signed_in(LIN)
    assert (await lin.get(f"/notices/{issued.id}")).status_code == 404
