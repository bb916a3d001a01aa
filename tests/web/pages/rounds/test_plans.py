"""A round's plan on the page: the form that makes it, and the list."""

import msgspec
import pytest

from inspection.domain.rounds.plan_choice import PlanChoice
from inspection.persistence.statements import run
from tests.cast import CHEN, GUO, LANZHOU, LI, MA, REGION_PATHS, ROUND, SUN, WANG, ZHAO
from tests.planned import TWICE, a_plan, made, plan_rows
from tests.web.html_page import HtmlPage
from tests.web.pages.page_rules import classes, faults
from tests.web.pages.rounds.plan_forms import PATH, row_path, sent


def rules_form(page):
    """The form that makes a plan; the one that chooses the region goes there too."""
    (form,) = [form for form in page.forms if form.action == PATH and form.method == "post"]
    return form


@pytest.mark.parametrize("who", [LI, SUN, CHEN])
async def test_only_planners_see_plans(signed_in, app, who):
    assert HtmlPage(await (await signed_in(who)).get(PATH)).status == 403


async def test_a_round_without_a_plan_offers_to_make_one(signed_in, app):
    page = HtmlPage(await (await signed_in(GUO)).get(PATH))
    assert "No plan yet" in page.text
    form = rules_form(page)
    assert (form.named("visits"), form.named("seen")) == (["1"], ["0"])
    assert "Li" in page.text or "李思远" in page.text


async def test_the_form_leaves_a_plan_to_the_worker(signed_in, app, tools):
    guo = await signed_in(GUO)
    page = HtmlPage(await guo.get(PATH))
    answer = await sent(guo, rules_form(page), visits="2", lockout_days="0", inspectors=None)
    assert answer.status_code == 303
    waiting = HtmlPage(await guo.get(answer.headers["location"]))
    assert "Planning has begun." in waiting.text
    assert waiting.all("section", class_="workbar")
    (row,) = await run("SELECT id FROM round_proposal")
    await made(tools, row["id"])
    ready = HtmlPage(await guo.get(PATH))
    assert len(ready.rows()) == 4
    assert "Publish 4 visits" in ready.text


async def test_what_was_typed_comes_back_with_what_is_wrong_about_it(signed_in, app):
    guo = await signed_in(GUO)
    form = rules_form(HtmlPage(await guo.get(PATH)))
    for wrong in ("-1", "many"):
        page = HtmlPage(await sent(guo, form, per_day=wrong, keep="on", inspectors=None))
        assert page.status == 422
        again = rules_form(page)
        assert again.named("per_day") == [wrong]
        assert "Most per inspector and day" in page.one("div", role="alert").text


async def test_managers_see_pseudonyms_and_no_names(signed_in, app, tools):
    await a_plan(tools, WANG)
    page = HtmlPage(await (await signed_in(WANG)).get(PATH))
    assert "A-021" in page.text
    for name in (LI.name, MA.name):
        assert name not in page.text
    own = HtmlPage(await (await signed_in(GUO)).get(PATH))
    assert MA.name in own.text


@pytest.mark.parametrize(
    ("language", "word", "why"),
    [
        ("en", "Home and caps", "have no home on record"),
        ("zh-CN", "常驻地与上限", "没有填写常驻地"),
    ],
)
async def test_administrators_see_whose_home_is_missing_and_no_made_up_way(
    signed_in, app, tools, language, word, why
):
    await a_plan(tools)
    await run("DELETE FROM inspector_profile")
    page = HtmlPage(await (await signed_in(GUO)).get(f"{PATH}?lang={language}"))
    assert page.status == 200
    assert word in page.text
    counts = page.one("p", class_="plan__counts").text
    assert why in counts


async def test_ways_that_cannot_be_known_are_no_noughts(signed_in, app, tools):
    proposal = await a_plan(tools)
    await run("UPDATE proposed_visit SET way_hm = 0 WHERE proposal = ?", proposal)
    page = HtmlPage(await (await signed_in(GUO)).get(PATH))
    assert "0 km" not in page.one("p", class_="plan__counts").text


async def test_another_region_finds_nothing(signed_in, app, tools):
    proposal = await a_plan(tools, WANG)
    zhao = await signed_in(ZHAO)
    assert HtmlPage(await zhao.get(f"{PATH}?region={REGION_PATHS[LANZHOU]}")).status == 404
    assert HtmlPage(await zhao.get(await row_path(proposal))).status == 404
    assert "还没有计划" in HtmlPage(await zhao.get(PATH)).text
    for path in ("/rounds/1999-01/plan", f"{PATH}/visits/1", f"{PATH}?region=/9/"):
        assert HtmlPage(await zhao.get(path)).status == 404


async def test_a_region_gone_between_two_looks_is_missing(signed_in, app, tools, monkeypatch):
    async def none_left(*_):
        return ()

    guo = await signed_in(GUO)
    monkeypatch.setattr("inspection.services.rounds.plan_pages.places.regions_within", none_left)
    assert HtmlPage(await guo.get(PATH)).status == 404


async def test_the_widest_plan_is_shown_and_others_are_named(signed_in, app, tools):
    await a_plan(tools, WANG)
    guo = await signed_in(GUO)
    page = HtmlPage(await guo.get(PATH))
    assert len(page.rows()) == 3
    wide = await a_plan(tools)
    page = HtmlPage(await guo.get(PATH))
    assert len(page.rows()) == len(await plan_rows(wide)) == 4
    assert "Another plan for Lanzhou" in page.text


async def test_the_list_is_searched_filtered_and_sorted(signed_in, app, tools):
    proposal = await a_plan(tools)
    guo = await signed_in(GUO)
    found = HtmlPage(await guo.get(f"{PATH}?q=A-021&sort=-store"))
    assert [row[0].split()[0] for row in found.rows()] == [
        "城关盘旋路营业厅",
        "城关东方红客户俱乐部",
    ]
    for shown in ("attention", "unplaced", "by_hand"):
        assert HtmlPage(await guo.get(f"{PATH}?shown={shown}")).rows() == []
    mine = HtmlPage(await guo.get(f"{PATH}?inspector={LI.account}"))
    assert len(mine.rows()) == 2
    await run("UPDATE proposed_visit SET warning = 'again' WHERE proposal = ?", proposal)
    assert "The same person twice in a row" in HtmlPage(await guo.get(PATH)).text
    assert HtmlPage(await guo.get(f"{PATH}?shown=lost")).status == 422


async def test_long_rounds_name_the_week_in_the_row(signed_in, app, tools):
    await run("UPDATE round SET ends_on = '2027-02-28' WHERE code = ?", ROUND)
    await a_plan(tools)
    page = HtmlPage(await (await signed_in(GUO)).get(PATH))
    assert len(page.rows()[0]) == 5


async def test_a_round_that_has_not_begun_is_planned_and_not_published(signed_in, app, tools):
    await a_plan(tools)
    await run("UPDATE round SET state = 'submitted' WHERE code = ?", ROUND)
    guo = await signed_in(GUO)
    page = HtmlPage(await guo.get(PATH))
    assert "The round has not begun" in page.text
    assert HtmlPage(await sent(guo, page.form(f"{PATH}/assignments"))).status == 409


@pytest.mark.parametrize("language", ["zh-CN", "en"])
async def test_the_pages_of_a_plan_keep_the_rules_of_all_pages(signed_in, app, tools, language):
    rules = msgspec.structs.replace(TWICE.rules, visits=3)
    proposal = await a_plan(tools, choice=PlanChoice(rules=rules))
    (row, *_) = await run("SELECT id FROM proposed_visit WHERE proposal = ?", proposal)
    guo = await signed_in(GUO)
    styled = classes()
    for path in (PATH, f"{PATH}/visits/{row['id']}"):
        assert faults(HtmlPage(await guo.get(f"{path}?lang={language}")), styled) == []
    await run("UPDATE round_proposal SET state = 'planning'")
    assert faults(HtmlPage(await guo.get(f"{PATH}?lang={language}")), styled) == []


async def test_an_inspectors_home_and_caps_are_kept_from_the_page(signed_in, app):
    guo = await signed_in(GUO)
    path = f"/inspectors/{LI.account}"
    form = HtmlPage(await guo.get(path)).form(path)
    home = REGION_PATHS[LANZHOU]
    bad = HtmlPage(await sent(guo, form, home=home, per_round="many"))
    assert bad.status == 422
    assert bad.form(path).named("per_round") == ["many"]
    assert (await sent(guo, form, home=home, per_round="8")).status_code == 303
    page = HtmlPage(await guo.get(path))
    assert page.form(path).named("per_round") == ["8"]
    assert faults(page, classes()) == []
    assert "from Lanzhou" in HtmlPage(await guo.get(PATH)).text


async def test_a_plan_of_a_region_that_moved_is_made_anew(signed_in, app, tools):
    proposal = await a_plan(tools, WANG)
    moved = "/620000/moved/"
    await run("UPDATE round_proposal SET region_path = ? WHERE id = ?", moved, proposal)
    guo = await signed_in(GUO)
    assert "No plan yet" in HtmlPage(await guo.get(PATH)).text
    assert HtmlPage(await guo.get(f"{PATH}?region={moved}")).status == 404
