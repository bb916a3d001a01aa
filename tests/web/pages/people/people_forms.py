"""The forms about people, filled in and sent."""

import re

from tests.authenticator import code_at
from tests.cast import PASSWORD
from tests.web.html_page import HtmlPage

NEW = "a password of my own"


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
