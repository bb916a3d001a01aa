"""A round drafted on its form, decided about, discarded."""

import pytest

from inspection.persistence.rounds.round_rows import find_round
from inspection.persistence.rubrics import rubrics
from inspection.services.rounds import round_drafts
from inspection.services.rubrics.rubric_approvals import submit_draft
from tests import rubric_drafting
from tests.cast import GUO, ROUND, SUN
from tests.makers import an_account
from tests.rounding import CODE, HE, a_draft, a_plan, a_submitted, rubric_digests
from tests.web.html_page import HtmlPage, page_of


async def typed(**changes) -> dict:
    """A form as somebody fills it in."""
    fields = {
        "code": CODE,
        "zh": "2026年12月暗访",
        "en": "December 2026",
        "theme_zh": "窗口服务",
        "theme_en": "Windows",
        "kind": "mystery_visit",
        "region": GUO.actor.region_path,
        "starts_on": "2026-12-01",
        "ends_on": "2026-12-31",
        "min_visits": "1",
        "pass_line": "85.5",
        "previous": ROUND,
        "rubric": [*await rubric_digests(), ""],
    }
    return fields | changes


async def test_a_round_is_drafted_from_the_form(signed_in, app):
    guo = await signed_in(GUO)
    form = (await page_of(guo, "/rounds/new")).form("/rounds")
    assert len(form.named("rubric")) == 2
    rule = {"release_rule": "weekly", "release_day": "4", "hours_kind": "working"}
    answer = await guo.submit("/rounds", await typed(pilot="", disclose_day="on", **rule))
    assert answer.headers["location"] == f"/rounds/{CODE}?said=round_saved"
    page = await page_of(guo, f"/rounds/{CODE}")
    assert "85.5" in page.text
    assert "Weekly · Thursday" in page.text
    assert "in working time" in page.text
    assert "Windows" in page.text
    edit = (await page_of(guo, f"/rounds/{CODE}/edit")).form(f"/rounds/{CODE}/revisions")
    assert (edit.named("pass_line"), edit.named("seen")) == (["85.5"], ["1"])
    assert edit.named("hours_kind") == ["working"]
    assert (edit.named("release_rule"), edit.named("release_day")) == (["weekly"], ["4"])
    assert sorted(edit.named("rubric")) == sorted(await rubric_digests())


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"pass_line": "eighty"}, "Pass line"),
        ({"ends_on": "2026-11-01"}, "Last day"),
        ({"zh": ""}, "Name in Chinese"),
        ({"release_rule": "at_once"}, "cannot be released at once"),
        ({"rubric": [""]}, "Rubric"),
        ({"code": ROUND}, "exists already"),
        ({"starts_on": "soon"}, "First day"),
    ],
)
async def test_a_refused_form_keeps_what_was_typed(signed_in, app, change, said):
    guo = await signed_in(GUO)
    page = HtmlPage(await guo.submit("/rounds", await typed(en="Typed in vain", **change)))
    assert page.status in (409, 422)
    assert said in page.said("alert")
    form = page.form("/rounds")
    assert form.named("en") == ["Typed in vain"]
    for name, value in change.items():
        assert form.named(name) == ([] if value == [""] else [value])


async def test_a_conflict_shows_both_and_saving_again_is_a_decision(signed_in, tools, app):
    await a_draft(tools)
    guo = await signed_in(GUO)
    await round_drafts.edit_round(tools, GUO.actor, CODE, await a_plan(min_visits=7), 1)
    path = f"/rounds/{CODE}/revisions"
    page = HtmlPage(await guo.submit(path, await typed(min_visits="3", seen="1")))
    assert page.status == 409
    assert page.form(path).named("min_visits") == ["3"]
    assert "Somebody just changed it to" in page.text
    assert "Least visits per store 7" in page.text
    assert page.form(path).named("seen") == ["2"]
    answer = await guo.submit(path, await typed(min_visits="3", pass_line="", seen="2"))
    assert answer.status_code == 303
    found = await find_round(CODE)
    assert (found.min_visits, found.pass_line) == (3, None)


async def test_a_draft_is_submitted_vetoed_fixed_and_approved(signed_in, tools, app):
    await a_draft(tools)
    guo = await signed_in(GUO)
    assert "Nobody can approve it now." in (await page_of(guo, f"/rounds/{CODE}")).text
    await an_account(tools, HE)
    guo, he = await signed_in(GUO), await signed_in(HE)
    form = (await page_of(guo, f"/rounds/{CODE}")).form(f"/rounds/{CODE}/submissions")
    assert (await guo.http.post(form.action, data=dict(form.fields))).status_code == 303
    own = await page_of(guo, f"/rounds/{CODE}")
    assert "You had a hand in this draft" in own.text
    assert f"Can approve: {HE.name}" in own.text
    decide = f"/rounds/{CODE}/decisions"
    refused = HtmlPage(await he.submit(decide, {"verdict": "vetoed", "seen": "2", "reason": " "}))
    assert "请写明理由" in refused.said("alert")
    veto = {"verdict": "vetoed", "seen": "2", "reason": "时段重叠"}
    assert (await he.submit(decide, veto)).headers["location"].endswith("said=round_vetoed")
    assert "时段重叠" in (await page_of(guo, f"/rounds/{CODE}")).text
    assert (await guo.submit(f"/rounds/{CODE}/submissions", {"seen": "3"})).status_code == 303
    assert (await guo.submit(f"/rounds/{CODE}/recalls", {})).status_code == 303
    assert (await guo.submit(f"/rounds/{CODE}/submissions", {"seen": "5"})).status_code == 303
    yes = {"verdict": "approved", "seen": "6", "reason": ""}
    assert (await he.submit(decide, yes)).headers["location"].endswith("said=round_approved")
    assert (await find_round(CODE)).state == "open"
    listed = await page_of(guo, "/rounds")
    assert "1 of 2 submissions vetoed (50%)" in listed.text


async def test_a_draft_is_discarded_and_taken_up_again(signed_in, tools, app):
    await a_draft(tools)
    guo = await signed_in(GUO)
    assert "Discarded" not in (await page_of(guo, "/rounds")).text
    for step, said in (("discards", "round_discarded"), ("restorations", "round_restored")):
        form = (await page_of(guo, f"/rounds/{CODE}")).form(f"/rounds/{CODE}/{step}")
        answer = await guo.http.post(form.action, data=dict(form.fields))
        assert answer.headers["location"] == f"/rounds/{CODE}?said={said}"
        listed = (await page_of(guo, "/rounds")).text
        assert (CODE in listed, "Discarded" in listed) == (step != "discards", step == "discards")
    seen_before = await guo.submit(f"/rounds/{CODE}/discards", {"seen": "1"})
    assert HtmlPage(seen_before).status == 409
    assert HtmlPage(await guo.submit(f"/rounds/{CODE}/restorations", {})).status == 409


async def test_the_menu_counts_what_waits_for_a_decision(signed_in, tools, app):
    await a_submitted(tools)
    he, guo = await signed_in(HE), await signed_in(GUO)
    page = await page_of(he, "/stores?lang=en")
    link = page.one("a", href="/rounds")
    assert link.text == "Rounds 1 waiting for you"
    assert "waiting for you" not in (await page_of(guo, "/stores")).text


async def test_a_draft_of_a_rubric_waits_behind_more_on_a_phone(signed_in, tools, app):
    guo = await signed_in(GUO)
    found = await rubrics.version_in_force("KC")
    draft = await rubric_drafting.a_draft(tools, found.digest)
    await submit_draft(tools, GUO.actor, draft, 1)
    sun = await signed_in(SUN)
    page = await page_of(sun, "/more?lang=en")
    ways = [tag.text for tag in page.inside(page.one("main"), "li")]
    assert [way for way in ways if "1 waiting" in way] == ["Rubrics 1 waiting"], ways
    (more,) = page.all("a", class_="side__more")
    assert more.text == "More 1 waiting for you"
    assert "1 waiting" not in (await page_of(guo, "/more")).text


async def test_an_approval_of_what_changed_is_refused_with_the_remark(signed_in, tools, app):
    await a_submitted(tools)
    he = await signed_in(HE)
    answer = await he.submit(
        f"/rounds/{CODE}/decisions", {"verdict": "approved", "seen": "1", "reason": "同意"}
    )
    page = HtmlPage(answer)
    assert page.status == 409
    assert page.form(f"/rounds/{CODE}/decisions").named("reason") == ["同意"]
