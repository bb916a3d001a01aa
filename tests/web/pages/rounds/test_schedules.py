"""The pages about schedules."""

import pytest

from inspection.persistence.rounds.round_schedules import find_schedule
from inspection.services.rounds.round_schedules import edit_schedule
from inspection.services.rounds.scheduled_rounds import make_due_rounds
from tests.cast import GUO, LI, WANG, ZHAO
from tests.rounding import a_schedule, a_schedule_plan
from tests.web.html_page import HtmlPage, page_of

TYPED = {
    "code": "KC",
    "zh": "客户俱乐部暗访",
    "en": "Club visits",
    "kind": "mystery_visit",
    "region": "",
    "starts_on": "2026-12-01",
    "recurrence": "monthly",
    "every": "1",
    "days": "28",
    "ahead": "14",
    "min_visits": "2",
    "pass_line": "85",
    "store_kind": ["customer_club"],
}


async def test_an_inspector_sees_none(signed_in, app):
    assert (await (await signed_in(LI)).get("/schedules")).status_code == 403


async def test_a_schedule_is_made_from_the_form_and_listed(signed_in, app):
    guo = await signed_in(GUO)
    assert "There are no schedules yet" in (await page_of(guo, "/schedules")).text
    assert (await page_of(guo, "/schedules/new")).form("/schedules").named("ahead") == ["14"]
    answer = await guo.submit("/schedules", TYPED)
    assert answer.headers["location"] == "/schedules/KC?said=round_saved"
    page = await page_of(guo, "/schedules/KC")
    form = page.form("/schedules/KC/revisions")
    assert (form.named("pass_line"), form.named("seen")) == (["85"], ["1"])
    (row,) = (await page_of(guo, "/schedules")).rows()
    assert (row[0], row[3], row[4]) == ("Club visits KC", "Monthly", "2026-12-01")
    assert (await page_of(guo, "/schedules?q=nothing")).rows() == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"pass_line": "much"}, "Pass line"),
        ({"days": "0"}, "Days per round"),
        ({"recurrence": "yearly"}, "Repeats"),
        ({"store_kind": []}, "Kinds of store"),
    ],
)
async def test_a_refused_form_keeps_what_was_typed(signed_in, app, change, said):
    page = HtmlPage(await (await signed_in(GUO)).submit("/schedules", TYPED | change))
    assert page.status == 422
    assert said in page.said("alert")
    assert page.form("/schedules").named("en") == ["Club visits"]


async def test_a_conflict_shows_both(signed_in, tools, app):
    await a_schedule(tools)
    await edit_schedule(tools, GUO.actor, "KC", a_schedule_plan(min_visits=7), 1)
    guo = await signed_in(GUO)
    path = "/schedules/KC/revisions"
    page = HtmlPage(await guo.submit(path, TYPED | {"min_visits": "3", "seen": "1"}))
    assert page.status == 409
    assert "Least visits per store 7" in page.text
    assert page.form(path).named("min_visits") == ["3"]
    answer = await guo.submit(path, TYPED | {"min_visits": "3", "pass_line": "", "seen": "2"})
    assert answer.status_code == 303
    found = await find_schedule("KC")
    assert (found.min_visits, found.pass_line) == (3, None)


async def test_a_schedule_is_paused_and_resumed(signed_in, tools, app):
    await a_schedule(tools, WANG)
    await make_due_rounds(tools)
    wang = await signed_in(WANG)
    form = (await page_of(wang, "/schedules/KC")).form("/schedules/KC/pauses")
    answer = await wang.http.post(form.action, data=dict(form.fields))
    assert answer.headers["location"].endswith("said=schedule_paused")
    page = await page_of(wang, "/schedules/KC")
    assert "已暂停" in page.text
    assert "/rounds/KC-2026-12" in page.links()
    assert "已暂停" in (await page_of(wang, "/schedules")).rows()[0][4]
    form = page.form("/schedules/KC/pauses")
    assert form.named("running") == ["running"]
    refused = HtmlPage(await wang.submit(form.action, {"running": "asleep"}))
    assert refused.status == 422
    assert refused.form("/schedules/KC/revisions").named("zh") == ["客户俱乐部暗访"]


async def test_a_schedule_of_another_branch_is_missing(signed_in, tools, app):
    await a_schedule(tools, WANG)
    zhao = await signed_in(ZHAO)
    for path in ("/schedules/KC", "/schedules/nobodys"):
        assert (await page_of(zhao, path)).status == 404
