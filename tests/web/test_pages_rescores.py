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
)
from tests.reviewing import a_visit, another_assignment, approve
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
