"""The pages about rounds: listed, open, covered."""

import pytest

from inspection.persistence.statements import run
from tests.cast import CHEN, GUO, LI, ROUND, SUN, WANG, ZHAO
from tests.reviewing import a_visit
from tests.rounding import CODE, a_draft, a_submitted, an_approved
from tests.web.html_page import HtmlPage, page_of

PATHS = ("/rounds", "/rounds/new", f"/rounds/{ROUND}", f"/rounds/{ROUND}/coverage")


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("person", [LI, CHEN, SUN])
async def test_who_does_not_plan_sees_no_round(signed_in, app, path, person):
    assert (await (await signed_in(person)).get(path)).status_code == 403


@pytest.mark.parametrize("path", ["/rounds/1999-01", "/rounds/1999-01/coverage", "/rounds/%00"])
async def test_a_round_nobody_made_is_missing(signed_in, app, path):
    assert (await page_of(await signed_in(GUO), path)).status == 404


async def test_another_branchs_draft_is_missing(signed_in, tools, app):
    await a_draft(tools, WANG)
    zhao = await signed_in(ZHAO)
    for path in (f"/rounds/{CODE}", f"/rounds/{CODE}/edit", f"/rounds/{CODE}/coverage"):
        assert (await page_of(zhao, path)).status == 404


async def test_the_list_links_every_round_and_counts_by_state(signed_in, tools, app):
    await a_draft(tools)
    page = await page_of(await signed_in(GUO), "/rounds")
    tabs = [tag.text for tag in page.inside(page.one("nav", class_="tabs"), "a")]
    assert tabs == ["All 3", "Draft 1", "To be approved 0", "Open 1", "Sealed 1"]
    assert [row[0].split()[-1] for row in page.rows()] == [CODE, ROUND, "2026-10"]
    found = await page_of(await signed_in(GUO), "/rounds?state=draft&q=nothing")
    assert found.rows() == []
    assert "/rounds" in found.links()


async def test_a_list_without_rounds_says_how_to_begin(signed_in, app):
    await run("UPDATE round SET previous = NULL")
    for table in ("round_rubric", "assignment", "round"):
        await run(f"DELETE FROM {table}")
    assert "There is no round yet" in (await page_of(await signed_in(GUO), "/rounds")).text


async def test_a_round_is_locked_over_what_is_open_for_a_reason(signed_in, tools, app):
    await a_visit(tools)
    guo = await signed_in(GUO)
    assert "1 visit to review" in (await page_of(guo, f"/rounds/{ROUND}")).text
    refused = HtmlPage(await guo.submit(f"/rounds/{ROUND}/locks", {"reason": " "}))
    assert refused.status == 409
    assert "Still open: 1 visit to review" in refused.said("alert")
    answer = await guo.submit(f"/rounds/{ROUND}/locks", {"reason": "year's end"})
    assert answer.status_code == 303


async def test_an_open_round_is_amended_locked_and_unlocked(signed_in, tools, app):
    await an_approved(tools)
    guo = await signed_in(GUO)
    form = (await page_of(guo, f"/rounds/{CODE}/edit")).form(f"/rounds/{CODE}/amendments")
    assert [name for name, _ in form.fields if name in {"code", "min_visits"}] == []
    fields = dict(form.fields) | {"ends_on": "2026-12-01"}
    page = HtmlPage(await guo.http.post(form.action, data=fields))
    assert "can only move later" in page.said("alert")
    fields["ends_on"] = "2027-01-09"
    assert (await guo.http.post(form.action, data=fields)).status_code == 303
    assert (await guo.submit(f"/rounds/{CODE}/locks", {})).status_code == 303
    again = HtmlPage(await guo.submit(f"/rounds/{CODE}/locks", {}))
    assert again.status == 409
    refused = HtmlPage(await guo.submit(f"/rounds/{CODE}/unlocks", {"reason": ""}))
    assert "Say why" in refused.said("alert")
    assert (await guo.submit(f"/rounds/{CODE}/unlocks", {"reason": "appeal"})).status_code == 303


@pytest.mark.parametrize("step", ["submissions", "recalls"])
async def test_a_step_the_state_does_not_have_is_refused(signed_in, tools, app, step):
    guo = await signed_in(GUO)
    page = HtmlPage(await guo.submit(f"/rounds/{ROUND}/{step}", {}))
    assert page.status in (404, 409)


async def test_a_form_for_a_round_that_cannot_change_says_so(signed_in, tools, app):
    await a_submitted(tools)
    page = await page_of(await signed_in(GUO), f"/rounds/{CODE}/edit")
    assert "This round cannot be changed now" in page.text
    assert not any(tag.text == "Save" for tag in page.all("button"))


async def test_coverage_drills_down_to_the_store(signed_in, app):
    wang = await signed_in(WANG)
    page = await page_of(wang, f"/rounds/{ROUND}/coverage")
    assert "应巡 3，实巡 0，漏巡 0" in page.text
    link = next(a["href"] for a in page.all("a") if a.text == "城关区")
    county = await page_of(wang, link)
    assert [row[0] for row in county.rows()] == [
        "城关东方红客户俱乐部 LZ-0007",
        "城关盘旋路营业厅 LZ-0012",
    ]
    outside = await page_of(wang, f"/rounds/{ROUND}/coverage?region=/620000/")
    assert outside.status == 404


async def test_a_part_without_visits_says_so(signed_in, app):
    await run("UPDATE assignment SET state = 'cancelled'")
    await run("DELETE FROM round_rubric")
    page = await page_of(await signed_in(GUO), f"/rounds/{ROUND}/coverage")
    assert "No visits are planned here" in page.text


async def test_a_pilot_is_named_wherever_its_results_are(signed_in, app):
    await run("UPDATE round SET pilot = TRUE WHERE code = ?", ROUND)
    guo = await signed_in(GUO)
    for path in (f"/rounds/{ROUND}", "/ranking"):
        assert "is a pilot: it is scored and never ranked" in (await page_of(guo, path)).text
