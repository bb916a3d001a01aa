"""Every control used in the store has a name, is large enough for a thumb and on the screen."""

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.e2e.axe import severe
from tests.e2e.phone import Phone
from tests.e2e.product import Product
from tests.e2e.thumb import FAULTS, NOTHING, SMALLEST

pytestmark = pytest.mark.e2e


LOOKS: dict[str, tuple[int, dict[str, object]]] = {
    "390 zh": (390, {}),
    "390 en dark": (390, {"language": "en", "theme": "dark"}),
    "390 discreet": (390, {"discreet": True}),
    "320 contrast": (320, {"contrast": "more"}),
    "320 en large": (320, {"language": "en", "text": 130}),
}


COLOURED = ("390 zh", "390 en dark", "320 contrast")
"""Looks with colours of their own; the others differ in what is measured here without axe."""


def like(phone: Phone, width: int, preferences: dict[str, object]) -> None:
    """Have the app as somebody likes it, on a phone as wide as theirs."""
    wanted = json.dumps({"language": "zh-CN", **preferences})
    phone.page.evaluate("(wanted) => localStorage.setItem('mingcha.preferences', wanted)", wanted)
    phone.page.set_viewport_size({"width": width, "height": 740})
    phone.page.reload()


def screens(phone: Phone, visit: str) -> Iterator[str]:
    """Go from screen to screen; their names."""
    page = phone.page
    phone.open(f"visits/{visit}/form/environment")
    page.locator(".item").first.wait_for()
    yield "form"
    page.locator(".actionbar button").first.click()
    page.get_by_role("dialog").wait_for()
    yield "sections"
    page.keyboard.press("Escape")
    phone.open(f"visits/{visit}/capture")
    page.locator(".log__b").nth(1).wait_for()
    yield "notes"
    page.locator(".log__b").first.click()
    page.get_by_role("dialog").wait_for()
    yield "entry"
    page.keyboard.press("Escape")
    phone.open(f"visits/{visit}/check")
    page.locator(".here").wait_for()
    yield "check"
    phone.open(f"visits/{visit}/capture")
    page.locator(".tool").last.click()
    page.locator(".pad__open").click()
    page.locator(".cover").wait_for()
    yield "cover"
    # Held for two seconds it would go away; the reload before the next look is quicker.
    page.evaluate("() => sessionStorage.removeItem('mingcha.covered')")


def test_a_thumb_and_a_screen_reader_find_every_control(phone: Phone, product: Product):
    phone.sign_in(product.idle_inspector())
    visit = phone.start_visit()
    phone.judge("1.1", "扣分")
    phone.judge("1.2", "未观测")
    phone.open(f"visits/{visit}/capture")
    for tool in ("计数", "秒表"):
        phone.page.locator(".tool", has_text=tool).click()
    expect(phone.page.locator(".log__b")).to_have_count(2)
    found, judged = {}, {}
    for name, (width, preferences) in LOOKS.items():
        like(phone, width, preferences)
        for screen in screens(phone, visit):
            found[name, screen] = phone.page.evaluate(FAULTS, SMALLEST)
            if name in COLOURED:
                judged[name, screen] = severe(phone.page)
    faulty = {place: faults for place, faults in found.items() if faults != NOTHING}
    assert faulty == {}, json.dumps([*faulty.items()], ensure_ascii=False, indent=1)
    serious = {place: violations for place, violations in judged.items() if violations}
    assert serious == {}, json.dumps([*serious.items()], ensure_ascii=False, indent=1)
    assert (len(found), len(judged)) == (len(LOOKS) * 6, len(COLOURED) * 6)
