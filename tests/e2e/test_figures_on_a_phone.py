"""What managers look at, on a phone: from the province to the photo of one deduction, and links
that show whoever opens them their own part of the tree only.
"""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.e2e.chromium import PATIENCE, PHONE
from tests.e2e.product import PASSWORD, Product

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]

STORE, SCORE = "云汀路客户俱乐部", "89.5"
LOST = ("VI标识 −0.5", "服务设施 −8", "资料摆放 −2")
MOST_TAPS = 4

ITS_COUNTY = "620102"
"""Where the store lies."""
COUNTY_MANAGER = "county-manager"

LOADED = "image => image.complete && image.naturalWidth > 0"


class Thumb:
    """A thumb that counts what it taps."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.taps = 0

    def tap(self, wanted: Locator, heading: str) -> None:
        """Tap a link; ends on the page with this heading."""
        self.taps += 1
        wanted.tap()
        expect(self.page.get_by_role("heading", name=heading, level=1)).to_be_visible()

    def tap_photo(self, photo: Locator) -> None:
        """Tap a photo; ends on the picture itself."""
        self.taps += 1
        photo.tap()
        self.page.wait_for_url("**.jpg")


def phone_of(browser: Browser, product: Product, name: str) -> Page:
    """Somebody signed in, on the first page of their work."""
    context = browser.new_context(**PHONE, base_url=product.address, service_workers="block")
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.goto("/sign-in")
    page.get_by_label("工号或手机号").fill(name)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").tap()
    page.wait_for_url("**/ranking")
    return page


@pytest.fixture(scope="module")
def province(browser: Browser, product: Product) -> Iterator[Page]:
    """The phone of the manager of the province."""
    page = phone_of(browser, product, "province")
    yield page
    page.context.close()


@pytest.fixture(scope="module")
def county(browser: Browser, product: Product) -> Iterator[Page]:
    """The phone of somebody who manages the store's county, and nothing else."""
    words = ("user", "add", COUNTY_MANAGER, "县经理", "regional_manager", "--region", ITS_COUNTY)
    product.run(*words, typed=f"{PASSWORD}\n")
    page = phone_of(browser, product, COUNTY_MANAGER)
    yield page
    page.context.close()


def test_four_taps_lead_from_the_province_to_the_photo_of_a_deduction(province: Page):
    province.goto("/ranking")
    expect(province.get_by_role("heading", name="甘肃门店排名")).to_be_visible()
    thumb = Thumb(province)
    thumb.tap(province.locator(".tile", has_text="兰州"), "兰州门店排名")
    card = province.locator(".rankcard", has_text=STORE)
    expect(card).to_contain_text(SCORE)
    thumb.tap(card, STORE)
    for lost in LOST:
        expect(province.locator(".hero")).to_contain_text(lost)
    thumb.tap(province.get_by_role("link", name="扣分明细"), f"{STORE} 扣分明细")
    deduction = province.locator(".lossrow", has=province.locator("img")).first
    expect(deduction).to_contain_text(re.compile(r"−\d"))
    thumb.tap_photo(deduction.get_by_role("link").filter(has=province.locator("img")).first)
    assert province.locator("img").evaluate(LOADED)
    assert thumb.taps <= MOST_TAPS


def test_a_link_that_was_shared_shows_whoever_opens_it_their_own_part(province: Page, county: Page):
    province.goto("/ranking?kind=customer_club")
    cards = province.locator(".rankcard")
    expect(cards.filter(has_text=STORE)).to_be_visible()
    hrefs = [str(card.get_attribute("href")) for card in cards.all()]
    own = str(cards.filter(has_text=STORE).get_attribute("href"))

    county.goto("/ranking?kind=customer_club")
    expect(county.get_by_role("heading", name="城关区门店排名")).to_be_visible()
    expect(county.locator(".rankcard", has_text=STORE)).to_contain_text(SCORE)
    mine = {str(card.get_attribute("href")) for card in county.locator(".rankcard").all()}
    assert own in mine
    assert mine < set(hrefs)

    others = [href for href in hrefs if href not in mine]
    for path in (f"{own}/losses", "/analysis/heat?kind=customer_club", own):
        assert county.request.get(path).status == 200, path
    county.goto("/ranking?kind=customer_club&region=/620000/")
    expect(county.get_by_role("heading", name="城关区门店排名")).to_be_visible()
    for path in (f"{others[0]}/losses", others[0], "/ranking?region=/620000/620200/"):
        assert county.request.get(path).status == 404, path
    county.goto(f"{others[0]}/losses")
    expect(county.get_by_role("heading", level=1)).to_be_visible()
    name = province.locator(f'.rankcard[href="{others[0]}"] .rankcard__s').inner_text().split()[0]
    expect(county.locator("body")).not_to_contain_text(name)
    province.goto(f"{own}/losses")
    photo = str(province.locator(".lossrow__p a").first.get_attribute("href"))
    assert county.request.get(photo).status == 200


def test_the_ranking_begins_on_the_first_screen_in_both_languages(province: Page):
    for language in ("en", "zh-CN"):
        province.goto(f"/ranking?lang={language}")
        expect(province.locator("html")).to_have_attribute("lang", language)
        first = province.locator(".rankcard").first.locator(".score").last.bounding_box()
        bar = province.locator(".side__nav").bounding_box()
        assert first is not None
        assert bar is not None
        assert first["y"] + first["height"] < bar["y"], language
