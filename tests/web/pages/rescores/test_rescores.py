"""/rescores: from the choice to the written revisions, as an administrator sees it."""

import pytest

from inspection.persistence.statements import run
from inspection.wording import Language, say
from tests.cast import CHEN, CLUB, GUO, LI, ROUND, SUN, WANG
from tests.rescoring import (
    REASON,
    another_item,
    another_version,
    confirm,
    first_version,
    found,
    tried,
    work,
    written,
)
from tests.reviewing import a_visit, an_issued, another_assignment, approve
from tests.web.html_page import HtmlPage

NOBODYS = "00000000-0000-7000-8000-000000009999"


@pytest.fixture
async def visit(app, tools):
    """A published visit with two losses."""
    visit = await a_visit(tools)
    await approve(tools, visit)
    return visit


async def post(visitor, path, **fields):
    return await visitor.submit(path, fields)


@pytest.mark.parametrize("person", [LI, SUN, WANG, CHEN])
async def test_only_administrators_come_here(signed_in, app, person):
    somebody = await signed_in(person)
    for path in ("/rescores", "/rescores/new", f"/rescores/{NOBODYS}"):
        assert (await somebody.get(path)).status_code == 403


@pytest.mark.parametrize("language", Language)
async def test_before_the_first_the_list_says_what_this_is_for(signed_in, app, language):
    page = HtmlPage(await (await signed_in(GUO)).get(f"/rescores?lang={language.value}"))
    assert say(language, "rescore.none") in page.text
    assert "/rescores/new" in page.links()


async def test_it_goes_from_the_choice_to_the_written_revisions(signed_in, visit, tools):
    version = await another_version(tools)
    guo = await signed_in(GUO)
    new = HtmlPage(await guo.get("/rescores/new"))
    assert "2026-10" in new.text
    asked = await post(
        guo, "/rescores", round=ROUND, from_version=first_version(), to_version=version
    )
    assert asked.status_code == 303
    path = asked.headers["location"].partition("?")[0]
    assert say(Language.EN, "rescore_doing.trying") in HtmlPage(await guo.get(path)).text
    await work(tools)
    ready = HtmlPage(await guo.get(path))
    assert say(Language.EN, "rescore.sum", old=1, new=2, n=1, cards=1) in ready.text
    assert CLUB in ready.text
    known = await found(path.rpartition("/")[2])
    confirmed = await post(guo, f"{path}/confirmations", seen=known.digest, reason=REASON)
    assert confirmed.status_code == 303
    assert say(Language.EN, "rescore_doing.confirmed") in HtmlPage(await guo.get(path)).text
    await work(tools)
    done = HtmlPage(await guo.get(path))
    assert say(Language.EN, "rescore.ended", n=1) in done.text
    assert REASON in done.text
    listed = HtmlPage(await guo.get(f"/rescores?q={ROUND}&sort=changed"))
    assert REASON in listed.text


async def test_what_cannot_be_asked_comes_back_with_what_was_chosen(signed_in, visit, tools):
    version = await another_version(tools)
    guo = await signed_in(GUO)
    fields = {"round": ROUND, "from_version": version, "to_version": version}
    refused = HtmlPage(await post(guo, "/rescores", **fields))
    assert refused.status == 422
    assert say(Language.EN, "rescore.same_version") in refused.said("alert")
    assert ("to_version", version) in refused.form("/rescores").fields
    locked = HtmlPage(await post(guo, "/rescores", **{**fields, "round": "2026-10"}))
    assert locked.status == 409
    assert say(Language.EN, "rescore.round_locked", round="2026-10") in locked.said("alert")
    for path in ("/rescores/new?round=1999-01", "/rescores/new?round=2026-10"):
        assert (await guo.get(path)).status_code == 404
    assert (await post(guo, "/rescores", **{**fields, "round": "1999-01"})).status_code == 404


async def test_a_reason_that_is_missing_is_asked_for_beside_the_dry_run(signed_in, visit, tools):
    rescore = await tried(tools, await another_version(tools))
    guo = await signed_in(GUO)
    path = f"/rescores/{rescore}"
    page = HtmlPage(await post(guo, f"{path}/confirmations", seen="0" * 64, reason=" "))
    assert page.status == 422
    assert say(Language.EN, "rescore.reason_missing") in page.said("alert")
    stale = HtmlPage(await post(guo, f"{path}/confirmations", seen="0" * 64, reason=REASON))
    assert stale.status == 409
    assert REASON in stale.text
    assert "/rescores" in stale.links()


async def test_cards_that_cannot_be_judged_are_listed_with_the_items(signed_in, visit, tools):
    rescore = await tried(tools, await another_version(tools, another_item))
    guo = await signed_in(GUO)
    page = HtmlPage(await guo.get(f"/rescores/{rescore}?show=stuck"))
    assert "KC-E-99" in page.text
    assert say(Language.EN, "rescore_why.answer.unanswered") in page.text
    for query in ("q=nobody", "show=same&sort=store", "show=all&sort=difference"):
        assert HtmlPage(await guo.get(f"/rescores/{rescore}?{query}")).status == 200
    assert (await guo.get(f"/rescores/{rescore}?show=lost")).status_code == 422
    assert (await guo.get(f"/rescores/{rescore}?cursor=damaged")).status_code == 422


async def test_it_is_cancelled_while_nothing_was_written(signed_in, visit, tools):
    rescore = await tried(tools, await another_version(tools))
    guo = await signed_in(GUO)
    path = f"/rescores/{rescore}"
    answer = await post(guo, f"{path}/cancellations")
    assert answer.status_code == 303
    page = HtmlPage(await guo.get(path))
    assert say(Language.EN, "rescore_state.cancelled") in page.text
    assert f"{path}/confirmations" not in [form.action for form in page.forms]
    await confirm_refused(guo, path)


async def confirm_refused(guo, path):
    answer = await post(guo, f"{path}/confirmations", seen="0" * 64, reason=REASON)
    assert answer.status_code == 409


async def test_one_that_is_written_cannot_be_cancelled(signed_in, visit, tools):
    rescore = await tried(tools, await another_version(tools))
    await confirm(tools, rescore)
    await work(tools)
    guo = await signed_in(GUO)
    page = HtmlPage(await post(guo, f"/rescores/{rescore}/cancellations"))
    assert page.status == 409


async def test_a_job_that_failed_for_good_is_gone_on_with_from_the_page(signed_in, visit, tools):
    rescore = await tried(tools, await another_version(tools))
    await confirm(tools, rescore)
    await run("UPDATE job SET state = 'dead', fault = 'no disk' WHERE kind = 'rescore.write'")
    guo = await signed_in(GUO)
    path = f"/rescores/{rescore}"
    page = HtmlPage(await guo.get(path))
    assert "no disk" in page.said("alert")
    assert (await post(guo, f"{path}/resumptions")).status_code == 303
    await work(tools)
    assert say(Language.EN, "rescore.ended", n=1) in HtmlPage(await guo.get(path)).text


async def test_what_changed_since_is_said_before_and_after(signed_in, visit, tools):
    rescore = await tried(tools, await another_version(tools))
    await a_visit(tools, "late", assignment=await another_assignment(tools, LI, CLUB, "late"))
    guo = await signed_in(GUO)
    path = f"/rescores/{rescore}"
    page = HtmlPage(await guo.get(path))
    assert say(Language.EN, "rescore.since", late=1, gone=0) in page.text
    await confirm(tools, rescore)
    await work(tools)
    page = HtmlPage(await guo.get(f"{path}?show=differs"))
    assert say(Language.EN, "rescore.ended_late", n=1) in page.text
    assert say(Language.EN, "rescore.late") in page.text


async def test_without_an_open_round_there_is_nothing_to_choose(signed_in, app):
    guo = await signed_in(GUO)
    page = HtmlPage(await guo.get("/rescores/new"))
    assert say(Language.EN, "rescore.no_visits_here") in page.text
    await run("UPDATE round SET state = 'locked'")
    page = HtmlPage(await guo.get("/rescores/new"))
    assert say(Language.EN, "rescore.no_round") in page.text


async def test_the_visit_shows_every_score_with_who_and_why(signed_in, visit, tools):
    await written(tools, await another_version(tools))
    sun = await signed_in(SUN)
    page = HtmlPage(await sun.get(f"/visits/{visit}"))
    for words in (REASON, GUO.name, "98 → 97", "97.0", "98.0"):
        assert words in page.text
    first, second = f"/visits/{visit}/scores/1/1", f"/visits/{visit}/scores/1/2"
    assert {first, second} <= set(page.links())
    then, now = HtmlPage(await sun.get(first)), HtmlPage(await sun.get(second))
    assert say(Language.ZH, "rescore.old_card") in then.text
    assert ("98.0" in then.text, "v1" in then.text) == (True, True)
    assert say(Language.ZH, "rescore.now_counts") in now.text
    assert (REASON in now.text, "v2" in now.text) == (True, True)
    for path in ("1/3", "1/0", f"{'9' * 30}/1", "2/1"):
        assert (await sun.get(f"/visits/{visit}/scores/{path}")).status_code == 404
    assert (await sun.get(f"/visits/{NOBODYS}/scores/1/1")).status_code == 404
    assert (await (await signed_in(WANG)).get(first)).status_code == 403


async def test_an_issued_notice_says_that_the_card_changed_and_keeps_its_points(
    signed_in, app, tools
):
    notice = (await an_issued(tools)).id
    wang = await signed_in(WANG)
    before = HtmlPage(await wang.get(f"/notices/{notice}"))
    await written(tools, await another_version(tools))
    page = HtmlPage(await wang.get(f"/notices/{notice}"))
    said = say(Language.ZH, "rescore.notice_then", now="97.0", then="98.0")
    assert said not in before.text
    assert said in page.text
    assert say(Language.ZH, "rescore.notice_then", now="97.0", then="98.0") in page.text


async def test_the_inspector_learns_since_when_and_why_another_score_counts(
    signed_in, visit, tools
):
    li = await signed_in(LI)
    assert (await li.get(f"/api/visits/{visit}")).json()["rescored"] is None
    await written(tools, await another_version(tools))
    detail = (await li.get(f"/api/visits/{visit}")).json()
    assert (detail["total"], detail["scorecard"]["total"]) == (9700, 9700)
    assert detail["rescored"] == {
        "revision": 2,
        "at": "2026-11-18T01:00:00Z",
        "reason": REASON,
        "total_before": 9800,
    }
