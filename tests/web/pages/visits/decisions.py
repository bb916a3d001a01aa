"""A decision about a visit, sent."""

from tests.web.html_page import HtmlPage


async def decide(visitor, visit, decision, **fields):
    page = HtmlPage(await visitor.get(f"/visits/{visit}"))
    form = page.form(f"/visits/{visit}/reviews")
    return await visitor.http.post(
        form.action, data={**dict(form.fields), "decision": decision, **fields}
    )
