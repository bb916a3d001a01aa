"""The people pages of administrators, invitations, one's own account, codes at sign-in."""

import re

import pytest

from inspection.domain.access import Role
from inspection.services.people.one_time_codes import code_at
from inspection.settings import Settings
from tests.cast import CHEN, GUO, LANZHOU, LI, PASSWORD, SUN, TIANSHUI, WANG, ZHAO, Person
from tests.makers import ADDRESS, an_account
from tests.receiving import rows_of
from tests.visitor import Visitor
from tests.web.html_page import HtmlPage

NEW = "a password of my own"
BRANCH = Person(sign_in="he", name="何平", role=Role.ADMINISTRATOR, region=LANZHOU)


def token_in(page):
    return page.form("/sign-out").named("csrf_token")[0]


async def send(visitor, page, action, **changed):
    """Send a form as the page holds it, some fields changed."""
    form = page.form(action)
    data: dict[str, list[str]] = {}
    for name, value in form.fields:
        if not isinstance(changed.get(name), list):
            data.setdefault(name, []).append(changed.get(name, value))
    data |= {name: value for name, value in changed.items() if isinstance(value, list)}
    return await visitor.http.post(action, data=data)


async def look(visitor, path):
    return HtmlPage(await visitor.get(f"{path}{'&' if '?' in path else '?'}lang=en"))


@pytest.fixture
async def guo(signed_in):
    return await signed_in(GUO)


async def add(guo, **fields):
    page = await look(guo, "/people/new")
    given = {"sign_in": "0931001", "name": "马小兰"} | fields
    return await send(guo, page, "/people", **given)


async def invited(guo):
    """Somebody new: their page and the path of their invitation."""
    person = (await add(guo)).headers["location"].partition("?")[0]
    answer = await send(guo, await look(guo, person), f"{person}/invitations")
    link = re.search(r"http://mingcha\.test(/invitations/[\w-]+)", answer.text)
    return person, link[1]


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


async def test_an_invitation_is_shown_once_and_leads_in(guo, app, visitor):
    person, path = await invited(guo)
    page = HtmlPage(await visitor.get(path, headers={"accept-language": "en"}))
    assert f"{GUO.name} invites you" in page.text
    assert page.form(path).named("username") == ["0931001"]
    answer = await send(visitor, page, path, password=NEW, password_again=NEW, language="en")
    assert (answer.status_code, answer.headers["location"]) == (303, "/app/")
    account = (await visitor.get("/api/session")).json()["account"]
    assert (account["name"], account["language"]) == ("马小兰", "en")
    shown = await look(guo, person)
    assert "Active" in shown.text
    assert path not in shown.source


async def test_what_became_of_an_invitation_is_said_clearly(guo, app, visitor, clock):
    person, first = await invited(guo)
    page = await look(guo, person)
    assert "An invitation waits until" in page.text
    again = await send(guo, page, f"{person}/invitations")
    second = re.search(r"/invitations/[\w-]+", again.text.partition(ADDRESS)[2])[0]
    assert "holds no more" in (await look(visitor, first)).text
    fields = {"password": NEW, "password_again": NEW, "language": "zh-CN"}
    clock.go_on(minutes=11)
    for answer in (
        await visitor.get(f"{second}?lang=en"),
        await visitor.http.post(second, data=fields),
    ):
        late = HtmlPage(answer)
        assert (late.status, "time of this invitation is over" in late.text) == (409, True)
    await guo.submit("/me/proof", {"proof": PASSWORD, "next": ""})
    assert "ran out on" in (await look(guo, person)).text
    assert (await look(visitor, "/invitations/" + "0" * 64)).status == 404
    assert "set-cookie" not in (await visitor.get("/invitations/x")).headers


async def test_a_refused_password_shows_the_form_again(guo, visitor):
    _, path = await invited(guo)
    page = await look(visitor, path)
    refused = HtmlPage(await send(visitor, page, path, password=NEW, password_again="other"))
    assert refused.status == 422
    assert refused.form(path).named("password") == [""]
    assert NEW not in refused.source
    used = await send(visitor, page, path, password=NEW, password_again=NEW)
    assert used.status_code == 303
    stranger = Visitor(visitor.http._transport.app)
    async with stranger.http:
        assert "used before" in (await look(stranger, path)).text


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


async def test_an_invitation_is_withdrawn_and_one_that_was_used_says_when(guo, signed_in, app):
    at = f"/people/{WANG.account}"
    await guo.submit(f"{at}/invitations", {"asked": "yes"})
    page = await look(guo, at)
    assert f"Issued by {GUO.name}" in page.text
    withdrawing = f"{at}/withdrawn-invitations"
    assert [form for form in page.forms if form.action == withdrawing]
    assert (await guo.submit(withdrawing, {"asked": "yes"})).status_code == 303
    assert "An invitation waits" not in (await look(guo, at)).text


async def test_a_used_invitation_says_when_on_the_page_of_the_person(guo, visitor, app):
    person, path = await invited(guo)
    form = {"password": NEW, "password_again": NEW, "language": "en"}
    await send(visitor, await look(visitor, path), path, **form)
    said = (await look(guo, person)).text
    assert "The last invitation was used" in said
    assert f"Issued by {GUO.name}" in said


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


@pytest.mark.parametrize("person", [LI, CHEN, SUN, WANG, GUO])
async def test_everybody_has_an_account_page(signed_in, app, person):
    somebody = await signed_in(person)
    page = await look(somebody, "/me")
    assert person.name in page.text
    assert "This device" in page.text
    assert (await look(somebody, "/me/second-step")).status == 200


async def test_another_password_signs_the_others_out(signed_in, app):
    wang, other = await signed_in(WANG), await signed_in(WANG)
    page = await look(wang, "/me")
    refused = HtmlPage(await send(wang, page, "/me/password", old="wrong", password=NEW,
                                  password_again=NEW))  # fmt: skip
    assert (refused.status, NEW in refused.source) == (422, False)
    done = await send(wang, page, "/me/password", old=PASSWORD, password=NEW, password_again=NEW)
    assert done.headers["location"] == "/me?said=password_changed"
    assert (await wang.get("/api/session")).status_code == 200
    assert (await other.get("/api/session")).status_code == 401


async def test_the_language_is_kept_on_the_account(signed_in, app):
    wang = await signed_in(WANG)
    page = await look(wang, "/me")
    answer = await send(wang, page, "/me/language", language="en")
    assert answer.status_code == 303
    assert (await wang.get("/api/session")).json()["account"]["language"] == "en"
    assert HtmlPage(await send(wang, page, "/me/language", language="fr")).status == 422


async def test_ones_other_devices_are_signed_out(signed_in, app):
    wang, other = await signed_in(WANG), await signed_in(WANG)
    page = await look(wang, "/me")
    one, *_ = [form for form in page.forms if form.action == "/me/ended-sessions"]
    assert (await wang.submit("/me/ended-sessions", dict(one.fields))).status_code == 303
    assert (await other.get("/api/session")).status_code == 401
    missing = await wang.submit("/me/ended-sessions", {"session": "nobodys"})
    assert HtmlPage(missing).status == 404


async def enrol(visitor, tools):
    """Switch the second step on by the pages; the secret and the recovery codes."""
    page = await look(visitor, "/me/second-step")
    wrong = HtmlPage(await send(visitor, page, "/me/second-step", password="wrong"))
    assert wrong.status == 422
    begun = await send(visitor, page, "/me/second-step", password=PASSWORD)
    assert begun.status_code == 303
    page = await look(visitor, "/me/second-step")
    secret = page.one("span", class_="secret").text.replace(" ", "")
    wrong = HtmlPage(await send(visitor, page, "/me/second-step/confirmations", code="000000"))
    assert wrong.status == 422
    answer = await send(visitor, page, "/me/second-step/confirmations",
                        code=code_at(secret, tools.now()))  # fmt: skip
    codes = [tag.text for tag in HtmlPage(answer).inside(HtmlPage(answer).one("ol"), "li")]
    assert len(codes) == 10
    return secret, codes


async def test_the_second_step_is_set_up_used_and_switched_off(
    signed_in, app, tools, clock, visitor
):
    wang = await signed_in(WANG)
    secret, _ = await enrol(wang, tools)
    clock.go_on(minutes=1)
    typed = {"sign_in": "wang", "password": PASSWORD, "next": "/notices"}
    page = HtmlPage(await visitor.http.post("/sign-in", data=typed))
    assert "mingcha_session" not in visitor.http.cookies
    form = page.form("/sign-in/code")
    assert (form.named("next"), PASSWORD in page.source) == (["/notices"], False)
    wrong = HtmlPage(
        await visitor.http.post("/sign-in/code", data={**dict(form.fields), "code": "1"})
    )
    assert (wrong.status, wrong.form("/sign-in/code").named("step")) == (422, form.named("step"))
    code = {**dict(form.fields), "code": code_at(secret, clock())}
    done = await visitor.http.post("/sign-in/code", data=code)
    assert (done.status_code, done.headers["location"]) == (303, "/notices")
    over = HtmlPage(await visitor.http.post("/sign-in/code", data=code))
    assert (over.status, over.form("/sign-in").named("next")) == (401, ["/notices"])
    assert (await visitor.get("/sign-in/code")).headers["location"] == "/sign-in"


async def test_recovery_codes_are_renewed_and_the_second_step_switched_off(signed_in, app, tools):
    wang = await signed_in(WANG)
    _, codes = await enrol(wang, tools)
    page = await look(wang, "/me/second-step")
    assert "10 recovery codes left" in page.text
    at = "/me/second-step/recovery-codes"
    assert HtmlPage(await send(wang, page, at, code="000000")).status == 422
    fresh = await send(wang, page, at, code=codes[0])
    assert len(HtmlPage(fresh).inside(HtmlPage(fresh).one("ol"), "li")) == 10
    assert HtmlPage(await send(wang, page, "/me/second-step/endings", password="x")).status == 422
    assert HtmlPage(await wang.submit("/me/second-step", {"password": PASSWORD})).status == 409
    off = await send(wang, page, "/me/second-step/endings", password=PASSWORD)
    assert off.headers["location"] == "/me?said=second_step_off"


async def test_a_form_kept_through_signing_in_is_kept_through_the_code_too(
    signed_in, app, tools, clock, visitor
):
    secret, _ = await enrol(await signed_in(WANG), tools)
    clock.go_on(minutes=1)
    typed = {"sign_in": "wang", "password": PASSWORD, "again_to": "/notices/1/lines",
             "again": ["problem=门前有纸屑"]}  # fmt: skip
    form = HtmlPage(await visitor.http.post("/sign-in", data=typed)).form("/sign-in/code")
    code = {**dict(form.fields), "code": code_at(secret, clock())}
    page = HtmlPage(await visitor.http.post("/sign-in/code", data=code))
    assert page.form("/notices/1/lines").named("problem") == ["门前有纸屑"]


async def test_a_phone_is_told_that_a_code_is_missing_and_may_send_it(
    signed_in, app, tools, clock, visitor
):
    secret, _ = await enrol(await signed_in(WANG), tools)
    clock.go_on(minutes=1)
    typed = {"sign_in": "wang", "password": PASSWORD}
    answer = await visitor.http.post("/api/sessions", json=typed)
    assert (answer.status_code, answer.json()["code"]) == (401, "session.code_needed")
    assert "step" not in answer.json()
    wrong = await visitor.http.post("/api/sessions", json={**typed, "code": "000000"})
    assert (wrong.status_code, wrong.json()["code"]) == (422, "session.code_refused")
    code = {**typed, "code": code_at(secret, clock())}
    assert (await visitor.http.post("/api/sessions", json=code)).status_code == 201


async def test_an_invitation_to_a_new_password_asks_for_the_code(
    signed_in, app, tools, clock, visitor, guo
):
    secret, _ = await enrol(await signed_in(WANG), tools)
    at = f"/people/{WANG.account}"
    issued = await send(guo, await look(guo, at), f"{at}/invitations")
    path = re.search(r"mingcha\.test(/invitations/[\w-]+)", issued.text)[1]
    page = await look(visitor, path)
    asked = HtmlPage(await send(visitor, page, path, password=NEW, password_again=NEW))
    clock.go_on(minutes=1)
    code = {**dict(asked.form("/sign-in/code").fields), "code": code_at(secret, clock())}
    assert (await visitor.http.post("/sign-in/code", data=code)).status_code == 303


async def test_an_administrator_takes_a_second_step_away(signed_in, app, tools, guo):
    await enrol(await signed_in(WANG), tools)
    at = f"/people/{WANG.account}"
    answer = await send(guo, await look(guo, at), f"{at}/second-step-resets")
    assert answer.headers["location"] == f"{at}?said=second_step_reset"
    assert (await rows_of("second_step"), await rows_of("recovery_code")) == ([], [])


class TestCompulsory:
    """Where the operator wants a second step of managers and administrators."""

    @pytest.fixture
    def settings(self):
        return Settings(public_url=ADDRESS, require_totp=True)

    async def test_they_are_led_to_set_it_up_and_then_go_on(self, signed_in, app, tools):
        wang = await signed_in(WANG)
        for path in ("/", "/ranking", "/notices"):
            answer = await wang.get(path)
            if path != "/":
                assert answer.headers["location"] == "/me/second-step"
        refused = await wang.get("/api/openapi.json", headers={"accept": "application/json"})
        assert refused.status_code in (200, 403)
        denied = await wang.submit("/notices/1/lines", {"seen": ""})
        assert denied.status_code == 403
        page = await look(wang, "/me/second-step")
        assert "Your role needs a second step" in page.text
        await enrol(wang, tools)
        assert (await wang.get("/ranking")).status_code == 200
        page = await look(wang, "/me/second-step")
        assert [form for form in page.forms if form.action.endswith("/endings")] == []
        forced = await wang.submit("/me/second-step/endings", {"password": PASSWORD})
        assert HtmlPage(forced).status == 409

    async def test_others_go_on_without(self, signed_in, app):
        for person, path in ((SUN, "/visits"), (CHEN, "/notices"), (LI, "/me")):
            assert (await (await signed_in(person)).get(path)).status_code == 200


async def test_ones_own_page_offers_no_way_round_the_password(guo, app, tools):
    await enrol(guo, tools)
    at = f"/people/{GUO.account}"
    page = await look(guo, at)
    actions = {form.action for form in page.forms}
    assert not actions & {f"{at}/invitations", f"{at}/second-step-resets"}
    for action in ("invitations", "second-step-resets"):
        forced = HtmlPage(await guo.submit(f"{at}/{action}", {"asked": "yes"}))
        assert forced.status == 409
