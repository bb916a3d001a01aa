"""Invitations on their pages: issued, taken up, refused, withdrawn."""

import re

from tests.cast import GUO, PASSWORD, WANG
from tests.makers import ADDRESS
from tests.visitor import Visitor
from tests.web.html_page import HtmlPage
from tests.web.pages.people.people_forms import NEW, invited, look, send


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
