"""The pages of appeals: list, three columns, opinions, decisions, the inspector's plain page."""

import pytest

from inspection.domain.appeals.appeal import AppealMove
from inspection.persistence.statements import run
from inspection.services.appeals.appeal_threads import Saying, add_message
from tests.appealing import ADVISED, HE, REASON, SAID, advised, an_appeal, decided
from tests.cast import CHEN, CLUB, GUO, LI, SUN, WANG, ZHAO
from tests.correcting import corrected, edit
from tests.makers import an_account
from tests.receiving import rows_of
from tests.reviewing import standing_of
from tests.web.html_page import page_of


@pytest.fixture
async def appeal(app, tools):
    return await an_appeal(tools, losses=("KC-E-05", "KC-M-01"))


async def ruling(visitor, appeal, action="decisions", **changed):
    seen = (await rows_of("appeal"))[0]["version"]
    fields = {"verdict": "uphold", "choice": "", "reason": REASON, "seen": str(seen)} | changed
    return await visitor.submit(f"/appeals/{appeal}/{action}", fields)


async def test_the_list_shows_what_waits_and_goes_out_as_a_file(signed_in, appeal):
    sun = await signed_in(SUN)
    page = await page_of(sun, "/appeals")
    (row,) = page.rows()
    assert "城关东方红客户俱乐部" in row[0]
    assert row[5].startswith("待区域复核")
    assert [tag.text for tag in page.inside(page.one("nav", class_="tabs"), "a")] == [
        "待裁定 1",
        "已裁定 0",
        "全部 1",
    ]
    assert (await page_of(sun, "/appeals?tab=decided")).rows() == []
    assert len((await page_of(sun, "/appeals?tab=all&ground=facts&sort=-lost&q=7")).rows()) == 1
    for format in ("csv", "xlsx"):
        assert (await sun.get(f"/appeals?format={format}")).status_code == 200
    assert (await page_of(await signed_in(ZHAO), "/appeals")).rows() == []
    assert (await page_of(sun, "/appeals?tab=lost")).status == 422


async def test_the_region_gives_its_opinion(signed_in, appeal):
    wang = await signed_in(WANG)
    path = f"/appeals/{appeal}/opinions"
    refused = await wang.submit(path, {"advice": "uphold", "opinion": " ", "seen": "1"})
    assert refused.status_code == 422
    assert 'value="uphold" required checked' in refused.text
    changed = await wang.submit(path, {"advice": "uphold", "opinion": ADVISED, "seen": "9"})
    assert (changed.status_code, ADVISED in changed.text) == (409, True)
    done = await wang.submit(path, {"advice": "uphold", "opinion": ADVISED, "seen": "1"})
    assert done.status_code == 303
    page = await page_of(wang, done.headers["location"])
    assert ADVISED in page.text
    assert page.all("form", action=path) == []


async def test_whoever_reviewed_reads_why_somebody_else_decides(signed_in, appeal, tools):
    await advised(tools, appeal)
    page = await page_of(await signed_in(SUN), f"/appeals/{appeal}")
    assert "须由其他人裁定" in page.text
    assert page.all("form", action=f"/appeals/{appeal}/decisions") == []


async def test_until_the_region_has_spoken_the_page_says_what_it_waits_for(signed_in, appeal):
    page = await page_of(await signed_in(GUO), f"/appeals/{appeal}")
    assert "nothing is decided before that" in page.text


async def test_the_effect_is_on_the_page_before_anything_is_decided(signed_in, appeal, tools):
    await advised(tools, appeal)
    guo = await signed_in(GUO)
    before = await standing_of(CLUB)
    page = await page_of(guo, f"/appeals/{appeal}")
    assert f"{(before['score'] + 100) / 100:g}" in page.text
    assert "The line about KC-E-05 is closed." in page.text
    tried = await ruling(guo, appeal, "trials", verdict="reject", reason="因为")
    assert (tried.status_code, "因为" in tried.text) == (200, True)
    assert "The clock of KC-E-05 goes on." in tried.text
    odd = await ruling(guo, appeal, "trials", verdict="burn")
    assert odd.status_code == 200
    unfit = await ruling(guo, appeal, "trials", verdict="grant_part", choice="nothing")
    assert "Upheld in part means" in unfit.text
    assert await standing_of(CLUB) == before


async def test_a_decision_is_made_on_the_page(signed_in, appeal, tools):
    await advised(tools, appeal)
    guo = await signed_in(GUO)
    without = await ruling(guo, appeal, reason="")
    assert without.status_code == 422
    stale = await ruling(guo, appeal, seen="1")
    assert (stale.status_code, REASON in stale.text) == (409, True)
    done = await ruling(guo, appeal)
    assert done.status_code == 303
    page = await page_of(guo, done.headers["location"])
    assert REASON in page.text
    again = await ruling(guo, appeal, verdict="reject")
    assert again.status_code == 409


async def test_a_part_is_chosen_among_what_the_rule_knows(signed_in, appeal, tools):
    visit = (await rows_of("appeal"))[0]["visit"]
    await corrected(tools, visit, edit("KC-E-05", "loss", option="obvious", note="闷"))
    await advised(tools, appeal)
    guo = await signed_in(GUO)
    page = await page_of(guo, f"/appeals/{appeal}")
    assert [tag["value"] for tag in page.inside(page.one("select", name="choice"), "option")] == [
        "slight"
    ]
    tried = await ruling(guo, appeal, "trials", verdict="grant_part", choice="slight")
    assert "KC-E-05 then costs 1" in tried.text
    assert (await ruling(guo, appeal, verdict="grant_part", choice="slight")).status_code == 303
    assert (await rows_of("appeal"))[0]["new_lost"] == 100


async def test_in_a_locked_round_the_page_offers_rejecting_only(signed_in, appeal, tools):
    from tests.cast import ROUND

    await advised(tools, appeal)
    await run("UPDATE round SET state = 'locked' WHERE code = ?", ROUND)
    guo = await signed_in(GUO)
    page = await page_of(guo, f"/appeals/{appeal}")
    assert "can only be rejected" in page.text
    assert (await ruling(guo, appeal)).status_code == 409
    assert (await ruling(guo, appeal, verdict="reject")).status_code == 303


async def test_staff_ask_the_inspector_and_answer_the_store(signed_in, appeal, tools):
    await an_account(tools, HE)
    he = await signed_in(HE)
    path = f"/appeals/{appeal}/messages"
    empty = await he.submit(path, {"text": "", "to": "inspector"})
    assert empty.status_code == 422
    assert (await he.submit(path, {"text": "楼上开着吗", "to": "inspector"})).status_code == 303
    assert (await he.submit(path, {"text": "请补交照片", "to": "store"})).status_code == 303
    li = await signed_in(LI)
    page = await page_of(li, "/appeals")
    assert f"/appeals/{appeal}" in page.links()
    shown = await page_of(li, f"/appeals/{appeal}")
    assert "楼上开着吗" in shown.text
    assert "请补交照片" not in shown.text
    assert (await li.submit(path, {"text": " "})).status_code == 422
    assert (await li.submit(path, {"text": "没有开放"})).status_code == 303
    seen = await page_of(he, f"/appeals/{appeal}")
    assert "A-017 回复：" in seen.text
    assert LI.name not in seen.text
    chen = await page_of(await signed_in(CHEN), f"/appeals/{appeal}")
    assert "请补交照片" in chen.text
    assert [word for word in ("没有开放", "A-017", HE.name, SUN.name) if word in chen.text] == []


async def test_what_was_decided_is_on_every_page(signed_in, appeal, tools):
    await advised(tools, appeal)
    await decided(tools, appeal, AppealMove.REJECT)
    for person in (SUN, WANG, CHEN, LI):
        page = await page_of(await signed_in(person), f"/appeals/{appeal}")
        assert REASON in page.text, person.sign_in
        assert SAID in page.text


async def test_an_inspector_nobody_asked_finds_nothing(signed_in, appeal, tools):
    li = await signed_in(LI)
    assert (await page_of(li, f"/appeals/{appeal}")).status == 404
    assert "没有需要回复的申诉" in (await page_of(li, "/appeals")).text
    await add_message(tools, GUO.actor, appeal, Saying(text="?", to_inspector=True))
    assert (await page_of(li, f"/appeals/{appeal}")).status == 200
