"""A second tap meant for the case before must not decide the one that came up in its place."""

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.chromium import PATIENCE
from tests.e2e.product import PASSWORD, Product

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(120)]

JUST_SHOWN = """button => {
    button.style.animation = "none";
    button.getBoundingClientRect();
    button.style.animation = "";
    button.getAnimations().forEach(one => one.pause());
    addEventListener("submit", () => { window.sent = true; });
}"""
READ = "button => button.getAnimations().forEach(one => one.finish())"


def test_a_page_takes_no_decision_at_the_moment_it_appears(browser: Browser, product: Product):
    context = browser.new_context(
        viewport={"width": 1280, "height": 800}, locale="zh-CN", base_url=product.address
    )
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.goto("/sign-in")
    page.locator('[name="sign_in"]').fill("reviewer")
    page.locator('[name="password"]').fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/sign-in" not in url)
    page.goto("/visits")
    page.locator('a[href^="/visits/"]').first.click()
    # Without a reason the server refuses to return it: the visit stays as it is.
    button = page.get_by_role("button", name="退回")
    button.scroll_into_view_if_needed()
    button.evaluate(JUST_SHOWN)
    middle = button.bounding_box()
    assert middle
    where = (middle["x"] + middle["width"] / 2, middle["y"] + middle["height"] / 2)
    page.mouse.click(*where)
    assert not page.evaluate("window.sent")
    button.evaluate(READ)
    page.mouse.click(*where)
    expect(page.get_by_role("alert")).to_be_visible()
    context.close()
