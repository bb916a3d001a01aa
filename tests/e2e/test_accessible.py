"""Every screen and every page, looked at by axe: nothing that keeps anybody out."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.chromium import PATIENCE, PHONE
from tests.e2e.phone import Phone
from tests.e2e.product import PASSWORD, Product
from tests.habits.tree import ROOT

pytestmark = pytest.mark.e2e

AXE = (ROOT / "node_modules/axe-core/axe.min.js").read_text(encoding="utf-8")
SEVERE = """async () => {
  const { violations } = await axe.run(document, { resultTypes: ["violations"] });
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join(" | ")}`);
}"""


def severe(page: Page) -> list[str]:
    """What axe finds serious or critical on the page as it is now."""
    page.evaluate(AXE)
    found: list[str] = page.evaluate(SEVERE)
    return found


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
    for tab in ("outbox", "history", "me", "transfer"):
        phone.open(tab)
        expect(phone.page.locator("main")).to_be_visible()
        look(tab)
    for screen in ("check", "result"):
        phone.open(f"visits/{visit}/{screen}")
        expect(phone.page.locator("main")).to_be_visible()
        look(screen)
    context.close()
    assert found == {}


def first_link(page: Page, begin: str) -> str:
    """The first address on the page that begins so."""
    return page.locator(f'a[href^="{begin}"]').first.get_attribute("href") or begin


PAGES: dict[str, tuple[str, list[str]]] = {
    "reviewer": ("/visits", ["/visits/"]),
    "manager": ("/", ["/notices", "/notices/", "/stores/"]),
    "store": ("/", ["/store/"]),
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
        if page.locator(f'a[href^="{begin}"]').count():
            page.goto(
                f"{page.url.split('/', 3)[0]}//{page.url.split('/')[2]}{first_link(page, begin)}"
            )
            found[page.url] = look()
    return found
