"""The forms of a notice, filled in and sent."""

from tests.web.html_page import HtmlPage

NOBODYS = "0" * 32
NUMBER = "甘移服整〔2026〕1号"


async def draft_form(visitor, notice):
    return HtmlPage(await visitor.get(f"/notices/{notice}")).form(f"/notices/{notice}/lines")


async def send(visitor, form, action="lines", **changed):
    """Send the draft as the page holds it, some fields of every line changed."""
    fields = [(name, changed.get(name, value)) for name, value in form.fields]
    path = form.action.removesuffix("lines") + action
    data: dict[str, list[str]] = {}
    for name, value in fields:
        data.setdefault(name, []).append(value)
    return await visitor.http.post(path, data=data)
