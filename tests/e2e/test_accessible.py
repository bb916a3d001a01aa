"""Every screen and every page, looked at by axe: nothing that keeps anybody out."""

from collections.abc import Callable
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.axe import severe
from tests.e2e.chromium import PATIENCE, PHONE
from tests.e2e.phone import Phone
from tests.e2e.product import PASSWORD, Product

pytestmark = pytest.mark.e2e


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_screen_of_the_phone_keeps_nobody_out(browser: Browser, product: Product, theme: str):
    context = browser.new_context(**PHONE, color_scheme=theme)
    context.set_default_timeout(PATIENCE)
    phone = Phone(context.new_page(), product.address)
    found: dict[str, list[str]] = {}

    def look(name: str) -> None:
        if said := severe(phone.page):
            found[name] = said

    phone.page.goto(phone.app)
    expect(phone.page.get_by_label("密码", exact=True)).to_be_visible()
    look("sign-in")
    phone.sign_in(product.idle_inspector())
    look("tasks")
    visit = phone.start_visit()
    phone.judge("1.1", "扣分")
    look("form")
    of_the_visit = (f"visits/{visit}/check", f"visits/{visit}/result")
    for screen in ("outbox", "history", "me", "transfer", *of_the_visit):
        phone.show(screen)
        look(screen)
    context.close()
    assert found == {}


PAGES: dict[str, tuple[str, list[str]]] = {
    "reviewer": ("/visits", ["/visits/"]),
    "manager": ("/", ["/notices", "/notices/", "/ranking", "/stores/"]),
    "store": ("/", ["/notices/"]),
}


@pytest.mark.parametrize("name", PAGES)
def test_every_page_of_the_desk_keeps_nobody_out(browser: Browser, product: Product, name: str):
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="zh-CN")
    page = context.new_page()
    page.goto(f"{product.address}/sign-in")
    found = {"sign-in": severe(page)}
    page.locator('input[name="sign_in"]').fill(name)
    page.locator('input[name="password"]').fill(PASSWORD)
    page.locator('button[type="submit"], form button').last.click()
    page.wait_for_url(lambda url: "/sign-in" not in url)
    start, further = PAGES[name]
    page.goto(product.address + start)
    visited = visit_all(page, further, lambda: severe(page))
    context.close()
    assert {where: said for where, said in (found | visited).items() if said} == {}


def visit_all(
    page: Page, further: list[str], look: Callable[[], list[str]]
) -> dict[str, list[str]]:
    """Look at this page and, one link after the other, at those that begin so."""
    found = {page.url: look()}
    for begin in further:
        address = page.locator(f'a[href^="{begin}"]').first.get_attribute("href")
        assert address, begin
        page.goto(urljoin(page.url, address))
        found[page.url] = look()
    return found
