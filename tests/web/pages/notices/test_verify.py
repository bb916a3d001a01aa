"""What anybody with the code on paper may check."""

from urllib.parse import urlsplit

import pytest

from tests.cast import CHEN, LI, SUN, WANG
from tests.receiving import rows_of
from tests.reviewing import a_draft, an_issued, snapshot_of
from tests.web.html_page import HtmlPage


async def test_a_stranger_learns_that_the_notice_exists_and_nothing_else(visitor, tools):
    issued = await an_issued(tools)
    snapshot = await snapshot_of(issued.id)
    page = HtmlPage(await visitor.get(urlsplit(snapshot.verify_url).path))
    assert page.status == 200
    for told in (issued.number, snapshot.check, snapshot.issuer, "2026-11-18"):
        assert told in page.text
    for kept in (snapshot.store.name, snapshot.score, issued.id, LI.pseudonym, SUN.name, WANG.name):
        assert kept not in page.source


async def test_whoever_is_signed_in_sees_the_same(signed_in, visitor, tools):
    path = urlsplit((await snapshot_of((await an_issued(tools)).id)).verify_url).path
    seen = [HtmlPage(await (await signed_in(person)).get(path)).text for person in (LI, CHEN, WANG)]
    assert set(seen) == {HtmlPage(await visitor.get(path)).text}


async def test_a_draft_cannot_be_verified(visitor, tools, app):
    await a_draft(tools)
    (row,) = await rows_of("notice")
    assert HtmlPage(await visitor.get(f"/verify/{row['verify_token']}")).status == 404


async def test_an_address_no_text_can_be_is_no_page(visitor):
    page = HtmlPage(await visitor.get("/verify/%00"))
    assert page.status == 404
    assert "没有找到这个页面" in page.text


@pytest.mark.parametrize("token", ["0" * 64, "x", "%ff", "a" * 3000])
async def test_a_code_nobody_printed_is_missing(visitor, token):
    page = HtmlPage(await visitor.get(f"/verify/{token}"))
    assert page.status == 404
    assert "没有找到通知书" in page.text


async def test_an_english_browser_is_answered_in_english(visitor, tools):
    path = urlsplit((await snapshot_of((await an_issued(tools)).id)).verify_url).path
    page = HtmlPage(await visitor.get(path, headers={"accept-language": "en-GB"}))
    assert "This notice was issued by this system" in page.text
