"""One visit on its page: its losses, hints, marks and score, and who reads what of it."""

import pytest

from tests.cast import CHEN, CLUB, GUO, HALL, LI, SUN, WANG
from tests.reviewing import a_visit, approve, send_photo
from tests.submissions import SPOTS, a_line, a_photo, lost, passed, rubric_in, sha256_of
from tests.web.html_page import HtmlPage

NOBODYS = "00000000-0000-7000-8000-000000009999"


async def test_an_inspector_finds_nothing_here_not_even_the_own_visit(signed_in, tools):
    visit = await a_visit(tools)
    assert (await (await signed_in(LI)).get(f"/visits/{visit}")).status_code == 404


@pytest.mark.parametrize("visit", [NOBODYS, "1", "%00", "..%2f..%2fetc"])
async def test_a_visit_nobody_made_is_missing(signed_in, visit):
    sun = await signed_in(SUN)
    assert HtmlPage(await sun.get(f"/visits/{visit}")).status == 404
    fields = {"attempt": "1", "decision": "approve", "reason": ""}
    assert (await sun.submit(f"/visits/{visit}/reviews", fields)).status_code == 404


async def test_a_visit_shows_every_loss_with_its_evidence_and_the_score(signed_in, tools):
    photo = a_photo()
    visit = await a_visit(tools, losses=(SPOTS, "KC-M-01"), pictures=(photo,))
    await send_photo(tools, photo)
    sun = await signed_in(SUN)
    page = HtmlPage(await sun.get(f"/visits/{visit}"))
    findings = [tag.text for tag in page.all("article", class_="finding")]
    assert findings[0].startswith("11-18 08:15 · 现场拍摄 KC-E-01 门前地面")
    assert "−1 / 3" in findings[0]
    assert "书面记录" in findings[1]
    assert "计入总分" not in page.text
    shown = page.one("img", width="168")
    assert (await sun.get(shown["src"])).content.startswith(b"\xff\xd8\xff")
    assert "门前地面" in shown["alt"]
    assert page.rows()[0][0] == "环境评价"
    assert LI.pseudonym in page.text
    assert LI.name not in page.source


async def test_hints_stand_together_and_lead_to_the_visit_they_are_about(signed_in, tools):
    photo = a_photo(7)
    line = {"origin": "gallery"}
    first = await a_visit(tools, "first", pictures=(photo,), line=line)
    second = await a_visit(tools, "second", store=HALL, losses=("KH-E-01",), pictures=(photo,))
    sun = await signed_in(SUN)
    page = HtmlPage(await sun.get(f"/visits/{first}?lang=en"))
    hints = page.inside(page.one("ul", class_="flags"), "li")
    assert any("taken from the gallery" in hint.text for hint in hints)
    assert "decide nothing" in page.one("h2", id="hints").text
    assert f"/visits/{second}" in page.links()


async def test_a_marked_copy_is_shown_beside_its_original_and_says_so(signed_in, tools):
    original, copy = a_photo(1), a_photo(2)
    lines = [a_line(SPOTS, 0, original), a_line(SPOTS, 1, copy, marked_from=sha256_of(original))]
    visit = await a_visit(tools, losses=(SPOTS,), pictures=(original, copy), photos=lines)
    for photo in (original, copy):
        await send_photo(tools, photo)
    page = HtmlPage(await (await signed_in(SUN)).get(f"/visits/{visit}"))
    first, second = page.all("img", width="168")
    assert sha256_of(original) in first["src"]
    assert sha256_of(copy) in second["src"]
    assert second["alt"].endswith("（前一张的标注副本）")
    assert [tag.text for tag in page.all("span", class_="photo__s")][1] == "标注副本"


async def test_items_left_out_of_the_score_are_named_with_the_reason(signed_in, tools):
    item = next(item for item in rubric_in().items() if item.na == "allowed")
    answers = [
        {"item": item.code, "verdict": "na", "reason": "当天没有跨区客户"}
        if each.code == item.code
        else passed(each)
        for each in rubric_in().items()
        if not each.feature or each.feature == "vip_desk_required"
    ]
    visit = await a_visit(tools, losses=(), answers=answers)
    page = HtmlPage(await (await signed_in(SUN)).get(f"/visits/{visit}"))
    (aside,) = [tag.text for tag in page.all("section") if tag.get("aria-labelledby") == "aside"]
    assert "当天没有跨区客户 不适用" in aside
    assert "门店未要求配备" in aside


async def test_what_counts_is_said_where_it_is_not_the_sum_of_the_losses(signed_in, tools):
    left_out = "KC-E-06"
    answers = [
        {"item": left_out, "verdict": "na", "reason": "门店没有这一处"}
        if item.code == left_out
        else lost(item)
        if item.code == SPOTS
        else passed(item)
        for item in rubric_in().items()
        if not item.feature or item.feature == "vip_desk_required"
    ]
    visit = await a_visit(tools, losses=(), answers=answers)
    page = HtmlPage(await (await signed_in(SUN)).get(f"/visits/{visit}"))
    assert "1 项，共 −1，计入总分 −1." in page.text


async def test_an_administrator_reads_but_does_not_decide(signed_in, tools):
    visit = await a_visit(tools)
    guo = await signed_in(GUO)
    page = HtmlPage(await guo.get(f"/visits/{visit}"))
    assert page.status == 200
    assert page.all("textarea") == []
    fields = {"attempt": "1", "decision": "approve", "reason": ""}
    assert (await guo.submit(f"/visits/{visit}/reviews", fields)).status_code == 403


async def test_only_quality_control_reads_when_somebody_came_and_what_they_remarked(
    signed_in, tools
):
    visit = await a_visit(
        tools,
        losses=(SPOTS,),
        check_in={"at": "2026-11-18T08:03:00+08:00", "place": None},
        check_out={"at": "2026-11-18T08:57:00+08:00", "place": None},
        remarks=[{"at": "2026-11-18T08:21:00+08:00", "text": "保安问了两次<b>"}],
    )
    page = HtmlPage(await (await signed_in(SUN)).get(f"/visits/{visit}"))
    for told in ("到店", "08:03", "离店", "08:57", "没有定位", "保安问了两次<b>", "08:21"):
        assert told in page.text
    outcome = await approve(tools, visit)
    for person in (CHEN, WANG):
        visitor = await signed_in(person)
        for address in (f"/notices/{outcome.notice}", "/notices", f"/stores/{CLUB}", "/"):
            shown = (await visitor.get(address)).text
            for secret in ("保安问了两次", "08:03", "08:57", "08:21"):
                assert secret not in shown
