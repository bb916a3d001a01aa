"""A row of a plan decided by hand, and a plan published, taken away as a file, discarded."""

import pytest

from inspection.persistence.audit import audit
from inspection.persistence.statements import run
from inspection.services.rounds import plan_exports
from inspection.wording import Language, say
from tests.cast import CLUB, GUO, HALL, LANZHOU, LI, MA, REGION_PATHS, ROUND, WANG
from tests.planned import TWICE, a_plan, a_proposal, plan_rows, proposal_row, row_of
from tests.web.html_page import HtmlPage
from tests.web.pages.exported import cells
from tests.web.pages.rounds.plan_forms import PATH, row_path, sent


async def test_a_row_says_who_could_go_and_why_others_cannot(signed_in, app, tools):
    proposal = await a_plan(tools)
    page = HtmlPage(await (await signed_in(GUO)).get(await row_path(proposal)))
    picked = [tag for tag in page.all("input", type="radio") if "checked" in tag.attributes]
    assert [tag["value"] for tag in picked] == [MA.account]
    off = [tag for tag in page.all("input", type="radio") if "disabled" in tag.attributes]
    assert [tag["value"] for tag in off] == [LI.account]
    assert "Goes there in this round already" in page.text


async def test_a_row_is_decided_by_hand(signed_in, app, tools):
    proposal = await a_plan(tools)
    guo = await signed_in(GUO)
    path = await row_path(proposal)
    form = HtmlPage(await guo.get(path)).form(path)
    answer = await sent(guo, form, inspector="", day="")
    assert answer.status_code == 303
    page = HtmlPage(await guo.get(answer.headers["location"]))
    assert "Taken out by hand" in page.rows()[0][0]
    assert (await plan_rows(proposal))[CLUB] == (None, "by_hand")
    late = HtmlPage(await sent(guo, form, inspector=MA.account))
    assert late.status == 409
    assert "Somebody just changed this plan" in late.text


async def test_a_choice_nobody_may_make_comes_back_with_the_reason(signed_in, app, tools):
    proposal = await a_plan(tools)
    guo = await signed_in(GUO)
    path = await row_path(proposal)
    form = HtmlPage(await guo.get(path)).form(path)
    for changed, said in (
        ({"inspector": LI.account}, "Goes there in this round already"),
        ({"inspector": MA.account, "day": "someday"}, "Choose the day of the visit"),
        ({"inspector": MA.account, "day": ""}, "Choose the day of the visit"),
    ):
        page = HtmlPage(await sent(guo, form, **changed))
        assert page.status == 422
        assert said in page.one("div", role="alert").text
    assert (await plan_rows(proposal))[CLUB] == ("ma", "")


async def test_a_plan_that_failed_says_why(signed_in, app, tools):
    proposal = await a_proposal(tools)
    await run("UPDATE round_proposal SET state = 'failed', fault = 'time' WHERE id = ?", proposal)
    page = HtmlPage(await (await signed_in(GUO)).get(PATH))
    assert "Planning took too long" in page.text


async def test_a_plan_is_published_once(signed_in, app, tools):
    proposal = await a_plan(tools)
    guo = await signed_in(GUO)
    form = HtmlPage(await guo.get(PATH)).form(f"{PATH}/assignments")
    answer = await sent(guo, form)
    assert answer.status_code == 303
    after = HtmlPage(await guo.get(answer.headers["location"]))
    assert "The visits are published" in after.text
    assert "No plan yet" not in after.text
    assert "4 stores have visits" in after.text
    assert after.all("a", href=f"/rounds/{ROUND}/assignments", class_="btn")
    assert {row[-1] for row in after.rows()} == {say(Language.EN, "assignment_state.open")}
    assert after.forms == [form for form in after.forms if not form.action.endswith("/discards")]
    assert (await proposal_row(proposal))["state"] == "published"
    assert HtmlPage(await sent(guo, form)).status == 409
    assert len(await run("SELECT id FROM assignment")) == 8


async def test_a_published_plan_shows_where_each_visit_is(signed_in, app, tools):
    proposal = await a_plan(tools)
    guo = await signed_in(GUO)
    await sent(guo, HtmlPage(await guo.get(PATH)).form(f"{PATH}/assignments"))
    visit = await row_of(proposal, CLUB)
    for state, said in (("submitted", "submitted"), ("done", "done"), ("cancelled", "cancelled")):
        await run(
            "UPDATE assignment SET state = ? WHERE store = ? AND inspector = ?",
            state,
            visit["store"],
            visit["inspector"],
        )
        page = HtmlPage(await guo.get(f"{PATH}?q={CLUB}"))
        assert [row[-1] for row in page.rows()] == [say(Language.EN, f"assignment_state.{said}")]
    states = [row[-1] for row in HtmlPage(await guo.get(f"{PATH}?sort=-state")).rows()]
    assert states[-1] == say(Language.EN, "assignment_state.cancelled")
    mine = HtmlPage(await guo.get(f"{PATH}?inspector={visit['inspector']}"))
    assert 0 < len(mine.rows()) < len(states)
    county = f"{PATH}?region={REGION_PATHS[LANZHOU]}"
    assert len(HtmlPage(await guo.get(county)).rows()) == 3


@pytest.mark.parametrize("format", ["csv", "xlsx"])
async def test_a_plan_goes_out_as_a_file_by_pseudonyms(signed_in, app, tools, monkeypatch, format):
    monkeypatch.setattr(plan_exports, "LARGEST_PAGE", 3)
    proposal = await a_plan(tools)
    guo = await signed_in(GUO)
    title, *rows = await cells(guo, PATH, format)
    assert (title[0], title[6], title[9]) == ("Store code", "Inspector (pseudonym)", "State")
    assert len(rows) == 4
    assert {row[6] for row in rows} == {LI.pseudonym, MA.pseudonym}
    assert {row[9] for row in rows} == {say(Language.EN, "plan.planned")}
    await run("UPDATE proposed_visit SET warning = 'again' WHERE proposal = ?", proposal)
    await run(
        "UPDATE proposed_visit SET inspector = NULL, warning = '', why = 'nobody' WHERE id = ?",
        (await row_of(proposal, CLUB))["id"],
    )
    await run(
        "UPDATE proposed_visit SET by_hand = TRUE WHERE id = ?",
        (await row_of(proposal, HALL))["id"],
    )
    rows = {row[0]: row for row in (await cells(guo, PATH, format))[1:]}
    assert rows[CLUB][9] == say(Language.EN, "plan.unplaced")
    assert rows[HALL][9:] == (
        say(Language.EN, "plan.by_hand"),
        say(Language.EN, "plan_warning.again"),
    )
    for row in (await cells(await signed_in(WANG), f"{PATH}?q={HALL}", format))[1:]:
        assert LI.name not in row
    assert (await audit.events_of("plan", ""))[-1].action == "plan.export"
    await run("UPDATE round_proposal SET state = 'planning' WHERE id = ?", proposal)
    assert len(await cells(guo, PATH, format)) == 1


async def test_what_changed_meanwhile_is_named_store_by_store(signed_in, app, tools):
    await a_plan(tools)
    guo = await signed_in(GUO)
    form = HtmlPage(await guo.get(PATH)).form(f"{PATH}/assignments")
    await run("UPDATE store SET state = 'closed' WHERE code = ?", HALL)
    page = HtmlPage(await sent(guo, form))
    assert page.status == 409
    assert "城关盘旋路营业厅: the store is closed" in page.one("div", role="alert").text


async def test_a_plan_is_discarded(signed_in, app, tools):
    await a_plan(tools, choice=TWICE)
    guo = await signed_in(GUO)
    form = HtmlPage(await guo.get(PATH)).form(f"{PATH}/discards")
    assert (await sent(guo, form)).status_code == 303
    assert "No plan yet" in HtmlPage(await guo.get(PATH)).text
    assert HtmlPage(await sent(guo, form)).status == 409
