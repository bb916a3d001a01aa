"""The people pages of administrators: found, added, changed, shut out."""

import pytest

from inspection.domain.access import Role
from tests.cast import CHEN, GUO, LANZHOU, LI, SUN, TIANSHUI, WANG, ZHAO, Person
from tests.makers import an_account
from tests.receiving import rows_of
from tests.web.html_page import HtmlPage
from tests.web.pages.people.people_forms import add, invited, look, send

BRANCH = Person(sign_in="he", name="何平", role=Role.ADMINISTRATOR, region=LANZHOU)


async def test_the_list_is_administrators_only(signed_in, app):
    for person in (SUN, WANG, CHEN, LI):
        answer = await (await signed_in(person)).get("/people")
        assert HtmlPage(answer).status == 403


async def test_a_branch_administrator_finds_nobody_elsewhere(signed_in, app, tools):
    await an_account(tools, BRANCH)
    he = await signed_in(BRANCH)
    rows = HtmlPage(await he.get("/people")).rows()
    assert sorted(row[0] for row in rows) == sorted([WANG.name, CHEN.name, BRANCH.name])
    for somebody in (ZHAO, LI, GUO):
        at = f"/people/{somebody.account}"
        assert HtmlPage(await he.get(at)).status == 404
        fields = {"name": "x", "role": "reviewer", "region": LANZHOU, "seen": ""}
        assert (await he.submit(f"{at}/details", fields)).status_code == 404
        ways = ("invitations", "withdrawn-invitations", "disabling", "enabling", "lost-phones")
        for path in (*ways, "second-step-resets"):
            assert (await he.submit(f"{at}/{path}", {"asked": "yes"})).status_code == 404
        assert (await he.submit(f"{at}/ended-sessions", {"session": "all"})).status_code == 404
        assert (await he.submit(f"{at}/units", {"seen": ""})).status_code == 404
    assert HtmlPage(await he.get("/people?region=/620000/620500/")).status == 404


@pytest.mark.parametrize("query", ["state=lost", "role=king", "cursor=damaged"])
async def test_a_damaged_list_address_is_refused(guo, query):
    assert HtmlPage(await guo.get(f"/people?{query}")).status == 422


async def test_the_list_says_who_where_and_in_which_state(guo):
    await add(guo)
    page = await look(guo, "/people?state=invited")
    assert [row[:5] for row in page.rows()] == [
        ["马小兰 A-022", "0931001", "Inspector", "No region", "Not signed in yet"]
    ]
    assert "Nothing found" in (await look(guo, "/people?q=nobody")).text
    page = await look(guo, "/people?q=东方红&sort=-created")
    assert [row[3] for row in page.rows()] == ["城关东方红客户俱乐部"]


async def test_a_refused_new_person_keeps_what_was_typed(guo):
    answer = await add(guo, role="reviewer", sign_in="099")
    page = HtmlPage(answer)
    assert page.status == 422
    assert "needs its region" in page.said("alert")
    form = page.form("/people")
    assert (form.named("sign_in"), form.named("role")) == (["099"], ["reviewer"])


async def test_nobody_types_a_password_for_somebody_else(guo):
    person, _ = await invited(guo)
    for path in ("/people/new", person):
        assert (await look(guo, path)).all("input", type="password") == []


async def test_who_somebody_is_is_changed_and_conflicts_show_both(guo):
    at = f"/people/{WANG.account}"
    mine = await look(guo, at)
    theirs = await look(guo, at)
    saved = await send(guo, theirs, f"{at}/details", name="王强")
    assert saved.headers["location"] == f"{at}?said=person_saved"
    conflict = HtmlPage(await send(guo, mine, f"{at}/details", name="王小强", role="reviewer"))
    assert conflict.status == 409
    assert conflict.form(f"{at}/details").named("name") == ["王强"]
    assert "王小强" in conflict.text
    done = await send(guo, conflict, f"{at}/details", name="王小强")
    assert done.status_code == 303


async def test_a_refused_change_keeps_what_was_typed(guo):
    at = f"/people/{WANG.account}"
    page = await look(guo, at)
    for changes, status in (({"store": "XX-1", "role": "store_staff"}, 404),
                            ({"pseudonym": LI.pseudonym}, 409), ({"name": " "}, 422)):  # fmt: skip
        refused = HtmlPage(await send(guo, page, f"{at}/details", **changes))
        assert refused.status == status
        shown = refused.form(f"{at}/details")
        assert {name: shown.named(name) for name in changes} == {
            name: [value] for name, value in changes.items()
        }


async def test_units_are_added_changed_and_removed(guo):
    at = f"/people/{LI.account}"
    page = await look(guo, at)
    fields = {"unit": [TIANSHUI], "from_on": ["2020-01-01"], "to_on": ["2024-12-31"]}
    assert (await send(guo, page, f"{at}/units", **fields)).status_code == 303
    page = await look(guo, at)
    form = page.form(f"{at}/units")
    assert (form.named("unit"), form.named("from_on")) == ([TIANSHUI], ["2020-01-01", ""])
    turned = {"unit": [TIANSHUI], "from_on": ["2024-01-01"], "to_on": ["2020-12-31"]}
    for bad in (turned, turned | {"to_on": ["soon"]}, turned | {"to_on": []}):
        refused = HtmlPage(await send(guo, page, f"{at}/units", **bad))
        assert refused.status == 422
        assert refused.said("alert")
    nowhere = turned | {"unit": ["999999"], "to_on": [""]}
    assert HtmlPage(await send(guo, page, f"{at}/units", **nowhere)).status == 404
    empty = {"unit": ["", ""], "from_on": ["", ""], "to_on": ["", ""]}
    assert (await send(guo, page, f"{at}/units", **empty)).status_code == 303
    conflict = HtmlPage(await send(guo, page, f"{at}/units", **fields))
    assert (conflict.status, TIANSHUI in conflict.text) == (409, True)
    assert await rows_of("account_unit") == []


async def test_somebody_is_disabled_at_once_and_enabled_again(guo, signed_in):
    wang = await signed_in(WANG)
    at = f"/people/{WANG.account}"
    answer = await send(guo, await look(guo, at), f"{at}/disabling")
    assert answer.headers["location"] == f"{at}?said=person_disabled"
    assert (await wang.get("/api/session")).json()["code"] == "session.revoked"
    page = await look(guo, at)
    assert [form for form in page.forms if form.action.endswith("/invitations")] == []
    issued = await guo.submit(f"{at}/invitations", {"asked": "yes"})
    assert HtmlPage(issued).status == 409
    assert (await send(guo, page, f"{at}/enabling")).status_code == 303
    assert (await wang.sign_in(WANG)).status_code == 201


async def test_nobody_shuts_themselves_out(guo):
    at = f"/people/{GUO.account}"
    page = await look(guo, at)
    assert [form for form in page.forms if form.action.endswith("/disabling")] == []
    refused = HtmlPage(await guo.submit(f"{at}/disabling", {"asked": "yes"}))
    assert (refused.status, "Ask another administrator" in refused.said("alert")) == (409, True)


async def test_devices_are_seen_and_signed_out_from_afar(guo, signed_in):
    li, other = await signed_in(LI), await signed_in(LI)
    at = f"/people/{LI.account}"
    page = await look(guo, at)
    ends = [form for form in page.forms if form.action == f"{at}/ended-sessions"]
    assert len(ends) == 3
    assert (await guo.submit(f"{at}/ended-sessions", dict(ends[1].fields))).status_code == 303
    open_ = [(await each.get("/api/session")).status_code for each in (li, other)]
    assert sorted(open_) == [200, 401]
    gone = await guo.submit(f"{at}/ended-sessions", dict(ends[1].fields))
    assert HtmlPage(gone).status == 404
    assert (await guo.submit(f"{at}/ended-sessions", {"session": ""})).status_code == 422
    await guo.submit(f"{at}/lost-phones", {"asked": "yes"})
    assert {(await each.get("/api/session")).status_code for each in (li, other)} == {401}
