"""One's own account: password, language, devices."""

import pytest

from tests.cast import CHEN, GUO, LI, PASSWORD, SUN, WANG
from tests.web.html_page import HtmlPage
from tests.web.pages.people.people_forms import NEW, look, send


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
