"""Codes at sign-in: set up, used, renewed, made compulsory, taken away."""

import re

import pytest

from inspection.settings import Settings
from tests.authenticator import code_at
from tests.cast import CHEN, GUO, LI, PASSWORD, SUN, WANG
from tests.makers import ADDRESS
from tests.receiving import rows_of
from tests.web.html_page import HtmlPage
from tests.web.pages.people.people_forms import NEW, enrol, look, send


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
