"""Pages of regions and stores, and their forms as somebody sends them."""

from tests.web.html_page import page_of


async def filled(visitor, path: str, action: str, **changes: str) -> dict[str, str]:
    """A form of a page as it is shown, some fields filled in otherwise."""
    form = (await page_of(visitor, path)).form(action)
    return {**{name: value for name, value in form.fields if name != "csrf_token"}, **changes}
