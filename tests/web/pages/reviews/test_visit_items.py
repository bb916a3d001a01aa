"""One item of a visit on its page: evidence, mark, correction, without a script."""

import pytest

from tests.cast import CHEN, LI, SUN, WANG
from tests.receiving import rows_of
from tests.reviewing import a_visit, send_photo
from tests.submissions import SPOTS, a_photo
from tests.web.html_page import HtmlPage

QUESTION = "走到二楼了吗？"


@pytest.fixture
async def sun(app, signed_in):
    return await signed_in(SUN)


async def item_page(visitor, visit, item=SPOTS, **query):
    return HtmlPage(await visitor.get(f"/visits/{visit}/items/{item}", **query))


async def send(visitor, visit, what, item=SPOTS, **fields):
    sent = {"attempt": "1", "seen": "1" if what == "corrections" else "0", **fields}
    return await visitor.submit(f"/visits/{visit}/items/{item}/{what}", sent)


async def test_an_item_stays_with_quality_control(signed_in, tools):
    visit = await a_visit(tools)
    for person, status in ((LI, 404), (WANG, 403), (CHEN, 403)):
        assert (await item_page(await signed_in(person), visit)).status == status


async def test_the_item_shows_its_photo_large_beside_the_standard(sun, tools):
    photos = (a_photo(1), a_photo(2))
    visit = await a_visit(tools, losses=(SPOTS, "KC-M-01"), pictures=photos)
    await send_photo(tools, photos[0])
    page = await item_page(sun, visit)
    (shown,) = [image for image in page.all("img") if "data-photo" in image.attributes]
    assert "size=evidence" in shown["src"]
    assert "门口有杂物" in shown["alt"]
    assert "1 / 2" in page.text
    path = f"/visits/{visit}/items/{SPOTS}"
    assert page.one("a", rel="next")["href"] == f"{path}?photo=1"
    assert [link["href"] for link in page.all("a") if "data-zoom" in link.attributes] == [
        f"{path}?zoom=1"
    ]
    second = HtmlPage(await sun.get(f"{path}?photo=1"))
    assert "照片未到" in second.text
    assert second.one("a", rel="prev")["href"] == path
    assert second.one("a", rel="next")["href"] == f"/visits/{visit}/items/KC-M-01"
    assert (page.one("a", rel="next").text, second.one("a", rel="next").text) == (
        "下一张",
        "下一项",
    )
    large = HtmlPage(await sun.get(f"{path}?zoom=1"))
    assert large.all("div", class_="viewer__pane--zoom")


async def test_an_item_without_photos_says_so(sun, tools):
    page = await item_page(sun, await a_visit(tools))
    assert "书面记录" in page.text
    assert page.all("a", rel="prev") == []
    assert "换照片" not in page.text


async def test_accepting_leads_back_to_the_item_on_the_sheet(sun, tools):
    visit = await a_visit(tools)
    answer = await send(sun, visit, "marks", mark="accept")
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/visits/{visit}?said=review_accept#item-{SPOTS}"
    page = HtmlPage(await sun.get(f"/visits/{visit}"))
    assert "1 项已认可，1 项待定" in page.text
    (pressed,) = [b for b in page.all("button") if b.get("aria-pressed") == "true"]
    assert pressed["value"] == "none"


async def test_a_question_is_shown_and_forbids_approving(sun, tools):
    visit = await a_visit(tools)
    await send(sun, visit, "marks", mark="ask", question=QUESTION)
    page = HtmlPage(await sun.get(f"/visits/{visit}"))
    assert QUESTION in page.text
    (approve,) = [b for b in page.all("button") if b.get("value") == "approve"]
    assert "disabled" in approve.attributes
    again = await item_page(sun, visit)
    assert QUESTION in again.text
    returned = await sun.submit(
        f"/visits/{visit}/reviews", {"attempt": "1", "decision": "return", "hours": "48"}
    )
    assert returned.status_code == 303
    page = HtmlPage(await sun.get(f"/visits/{visit}"))
    assert "前重新提交" in page.text
    taken = await sun.submit(
        f"/visits/{visit}/reviews", {"attempt": "1", "decision": "reopen", "reason": "点错了"}
    )
    assert taken.headers["location"].endswith("said=review_reopened")


async def test_a_refused_question_keeps_what_was_typed(sun, tools):
    visit = await a_visit(tools)
    await send(sun, visit, "marks", mark="accept")
    page = HtmlPage(await send(sun, visit, "marks", mark="ask", question=QUESTION))
    assert page.status == 409
    assert QUESTION in page.text


async def test_a_preview_shows_the_score_and_keeps_nothing(sun, tools):
    visit = await a_visit(tools)
    fields = {"outcome": "scored", "count": "3", "note": "三处", "reason": "照片可见三处"}
    page = HtmlPage(await send(sun, visit, "corrections", step="preview", **fields))
    assert page.status == 200
    assert "98.0 → 96.0" in page.one("div", id="preview").text
    assert page.one("input", name="count")["value"] == "3"
    assert await rows_of("correction") == []


async def test_a_preview_needs_no_reason_yet(sun, tools):
    visit = await a_visit(tools)
    fields = {"outcome": "scored", "count": "3", "note": "三处", "reason": " "}
    page = HtmlPage(await send(sun, visit, "corrections", step="preview", **fields))
    assert "98.0 → 96.0" in page.one("div", id="preview").text
    assert "…" not in page.one("textarea", name="reason").text
    assert await rows_of("correction") == []


async def test_a_preview_that_changes_no_points_says_so(sun, tools):
    visit = await a_visit(tools)
    fields = {"outcome": "scored", "count": "1", "note": "一处", "reason": "措辞"}
    page = HtmlPage(await send(sun, visit, "corrections", step="preview", **fields))
    assert "得分不变" in page.one("div", id="preview").text


async def test_a_correction_is_made_and_marked_with_old_and_new(sun, tools):
    visit = await a_visit(tools)
    fields = {"outcome": "scored", "count": "0", "note": "", "reason": "照片显示门口干净"}
    answer = await send(sun, visit, "corrections", step="save", **fields)
    assert answer.headers["location"] == f"/visits/{visit}?said=review_corrected#item-{SPOTS}"
    page = HtmlPage(await sun.get(f"/visits/{visit}"))
    assert "照片显示门口干净" in page.text
    assert "复核改分" in page.text
    assert "孙蕾" in page.text
    assert "99" in page.text
    item = await item_page(sun, visit)
    assert "照片显示门口干净" in item.text
    then = HtmlPage(await sun.get(f"/visits/{visit}/scores/1/2"))
    assert f"复核改分 {SPOTS}" in then.text


@pytest.mark.parametrize(
    ("fields", "status", "word"),
    [
        ({"count": "2", "reason": ""}, 422, "须写明理由"),
        ({"count": "abc", "reason": "照片"}, 422, "不符"),
        ({"count": "2", "reason": "照片", "seen": "7"}, 409, "有人已改动"),
    ],
)
async def test_a_refused_correction_keeps_what_was_typed(sun, tools, fields, status, word):
    visit = await a_visit(tools)
    sent = {"outcome": "scored", "note": "两处", "step": "save", **fields}
    page = HtmlPage(await send(sun, visit, "corrections", **sent))
    assert page.status == status
    assert word in page.said("alert")
    assert page.one("input", name="count")["value"] == fields["count"]
    assert "两处" in page.one("textarea", name="note").text
    unreasoned = page.one("textarea", name="reason").get("aria-invalid") == "true"
    assert unreasoned == (not fields["reason"])
    assert ("请写明改分理由" in page.text) == unreasoned


async def test_an_unknown_item_is_missing(sun, tools):
    visit = await a_visit(tools)
    assert (await item_page(sun, visit, "KC-E-99")).status == 404
    answer = await send(sun, visit, "corrections", "KC-E-99", step="save", reason="x")
    assert answer.status_code == 404


async def test_what_cannot_be_changed_has_no_forms(sun, tools):
    visit = await a_visit(tools)
    await sun.submit(
        f"/visits/{visit}/reviews", {"attempt": "1", "decision": "return", "reason": "补拍"}
    )
    page = await item_page(sun, visit)
    assert page.all("textarea") == []
