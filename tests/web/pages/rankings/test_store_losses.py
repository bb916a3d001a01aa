"""From the province to one deduction and its photo in four taps."""

from tests.cast import CLUB, SUN
from tests.reviewing import an_issued, send_photo
from tests.submissions import a_photo
from tests.web.html_page import HtmlPage, query_in


async def test_four_taps_from_the_province_to_the_photo(signed_in, app, tools):
    await send_photo(tools, a_photo(31))
    await an_issued(tools, pictures=(a_photo(31),))
    sun = await signed_in(SUN)
    province = HtmlPage(await sun.get("/ranking/units?kind=customer_club"))
    city = next(a for a in province.links() if query_in(a).get("region") == "/620000/620100/")
    counties = HtmlPage(await sun.get(city))
    county = next(
        a
        for a in counties.links()
        if a.startswith("/ranking?") and query_in(a).get("region", "").endswith("/620102/")
    )
    stores = HtmlPage(await sun.get(county))
    assert f"/stores/{CLUB}" in stores.links()
    store = HtmlPage(await sun.get(f"/stores/{CLUB}"))
    losses = next(a for a in store.links() if "/losses" in a)
    shown = HtmlPage(await sun.get(losses))
    pictures = [tag["src"] for tag in shown.all("img") if "/photos/" in tag["src"]]
    assert pictures
    assert (await sun.get(pictures[0])).headers["content-type"] == "image/jpeg"


async def test_a_store_that_lost_nothing_says_so(signed_in, app):
    page = HtmlPage(await (await signed_in(SUN)).get(f"/stores/{CLUB}/losses"))
    assert "没有扣分" in page.text
