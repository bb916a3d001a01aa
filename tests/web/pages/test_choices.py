"""The page of choices: shown to everybody, kept as sent, nothing typed is lost."""

import msgspec
import pytest

from tests.cast import CHEN, GUO, LI, WANG
from tests.mail_server import Post
from tests.receiving import rows_of
from tests.web.html_page import HtmlPage

PATH = "/me/notifications"


@pytest.fixture
async def chen(signed_in):
    return await signed_in(CHEN)


def fields(page, **changed):
    form = page.form(PATH)
    single = {name: value for name, value in form.fields if name not in ("way", "quiet", "digest")}
    return single | changed


@pytest.mark.parametrize("person", [CHEN, LI, WANG, GUO], ids=lambda person: person.sign_in)
async def test_everybody_chooses(signed_in, person):
    somebody = await signed_in(person)
    page = HtmlPage(await somebody.get(f"{PATH}?lang=en"))
    assert page.status == 200
    assert "No mail server is set up here." in page.source
    answer = await somebody.submit(PATH, fields(page, digest="yes"))
    assert answer.headers["location"] == f"{PATH}?said=choice_kept"
    page = HtmlPage(await somebody.get(PATH))
    assert 'name="digest" value="yes" checked' in page.source
    assert 'name="quiet" value="yes" checked' not in page.source


async def test_what_was_refused_comes_back_as_it_was_typed(chen):
    page = HtmlPage(await chen.get(PATH))
    for wrong in ("25:00", "8", "8:99", "aa:bb"):
        sent = fields(page, quiet_to=wrong, way="notice.issued/mail")
        refused = HtmlPage(await chen.submit(PATH, sent))
        assert refused.status == 422
        assert f'value="{wrong}"' in refused.source
        assert 'value="notice.issued/mail" checked' in refused.source
        assert 'value="notice.issued/push" checked' not in refused.source


async def test_another_window_was_faster(chen):
    page = HtmlPage(await chen.get(PATH))
    await chen.submit(PATH, fields(page))
    refused = HtmlPage(await chen.submit(f"{PATH}?lang=en", fields(page, quiet="yes")))
    assert refused.status == 409


async def test_an_address_is_asked_for_and_confirmed(chen, app, tools):
    app.state.tools = Post().tools(tools)
    answer = await chen.submit(f"{PATH}/mail", {"mail": "chen@mingcha.test"})
    assert answer.headers["location"] == f"{PATH}?said=mail_asked"
    assert "mail_asked" not in HtmlPage(await chen.get(f"{PATH}?said=mail_asked")).source
    refused = HtmlPage(await chen.submit(f"{PATH}/mail", {"mail": "chen at home"}))
    assert (refused.status, "chen at home" in refused.source) == (422, True)
    page = HtmlPage(await chen.get(f"{PATH}?token=guessed"))
    assert page.form(f"{PATH}/confirmations").named("token") == ["guessed"]
    wrong = HtmlPage(await chen.submit(f"{PATH}/confirmations", {"token": "guessed"}))
    assert wrong.status == 409
    (row,) = await rows_of("delivery")
    opened = tools.seal_key.opened(row["sealed"], row["id"])
    token = msgspec.json.decode(opened)["link"].partition("token=")[2]
    answer = await chen.submit(f"{PATH}/confirmations", {"token": token})
    assert answer.headers["location"] == f"{PATH}?said=mail_confirmed"
    answer = await chen.submit(f"{PATH}/mail", {"mail": ""})
    assert answer.headers["location"] == f"{PATH}?said=mail_ended"
