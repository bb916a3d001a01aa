"""Every page somebody can get to by links, once per kind of page and language: axe finds nothing
that keeps anybody out, nothing has to be pushed sideways on a phone, the browser complains of
nothing.
"""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, ViewportSize

from tests.e2e.axe import severe
from tests.e2e.chromium import PHONE
from tests.e2e.product import PASSWORD, Product
from tests.web.scope.table import ROWS

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(600)]

PEOPLE = ("admin", "manager", "reviewer", "store")
DESK: dict[str, Any] = {
    "viewport": {"width": 1280, "height": 800},
    "timezone_id": "Asia/Shanghai",
    "color_scheme": "dark",
    "reduced_motion": "reduce",
}
LOOKS = {"zh": PHONE, "en": DESK}
"""A phone by day, in Chinese; a desk by night, in English."""

NARROW: ViewportSize = {"width": 390, "height": 844}

FILES = re.compile(
    r"\.(pdf|csv|xlsx|toml|jpg|svg|png)$|^/(api|app|static|evidence|import-templates)(/|$)"
    r"|/failed-rows$|/item-file$|/files/[^/]+$"
)
MOST_PAGES = 150

WIDE = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


MENU = (
    "() => [...document.querySelectorAll('.side__nav')]"
    ".some(menu => menu.scrollHeight > menu.clientHeight)"
)


def kinds() -> dict[str, re.Pattern[str]]:
    """What each route's addresses look like."""
    reads = [name.removeprefix("GET ") for name in ROWS if name.startswith("GET ")]
    return {path: re.compile(re.sub(r"\{[^}]+\}", "[^/]+", path) + "$") for path in reads}


KINDS = kinds()


def kind_of(path: str) -> str:
    """The route of a path; literal ones before those with something in them."""
    fitting = [route for route, pattern in KINDS.items() if pattern.match(path)]
    return min(fitting, key=lambda route: route.count("{"), default="")


def signed_in(page: Page, product: Product, name: str, language: str) -> None:
    # An account has a language of its own, which only what was asked for comes before.
    page.goto(f"{product.address}/sign-in?lang={language}")
    page.locator('input[name="sign_in"]').fill(name)
    page.locator('input[name="password"]').fill(PASSWORD)
    page.locator('input[name="password"]').press("Enter")
    page.wait_for_url(lambda url: "/sign-in" not in url)


def leading(page: Page) -> Iterator[str]:
    """The paths this page leads to."""
    here = urlsplit(page.url)
    hrefs: list[str] = page.eval_on_selector_all("a[href]", "all => all.map(a => a.href)")
    for href in hrefs:
        found = urlsplit(href)
        if found.netloc == here.netloc and not FILES.search(found.path):
            yield found.path


def faults(page: Page, language: str, said: list[str]) -> list[str]:
    """What is wrong with the page as it is, and pushed together as on a phone."""
    found = severe(page)
    if not page.evaluate("document.documentElement.lang").startswith(language):
        found.append(f"not in {language}")
    if page.evaluate(MENU):
        found.append("places of the menu below its edge")
    size = page.viewport_size
    assert size
    page.set_viewport_size(NARROW)
    if (aside := page.evaluate(WIDE)) > 0:
        found.append(f"{aside} px wider than a phone")
    page.set_viewport_size(size)
    return [*found, *said]


@pytest.mark.parametrize("language", LOOKS)
def test_every_kind_of_page_keeps_nobody_out(browser: Browser, product: Product, language: str):
    seen: set[str] = set()
    found: dict[str, list[str]] = {}
    for name in PEOPLE:
        context = browser.new_context(**LOOKS[language])
        page = context.new_page()
        said: list[str] = []
        page.on("pageerror", lambda error, said=said: said.append(str(error)))
        page.on(
            "console", lambda line, said=said: said.append(line.text) if line.type == "error" else 0
        )
        signed_in(page, product, name, language)
        left = [urlsplit(page.url).path, *leading(page)]
        while left and len(seen) < MOST_PAGES:
            path = left.pop(0)
            kind = f"{kind_of(path)} {name if path.startswith('/notices') else ''}"
            if kind in seen:
                continue
            seen.add(kind)
            said.clear()
            page.goto(product.address + path)
            if wrong := faults(page, language, said):
                found[f"{name} {path}"] = wrong
            left += [path for path in leading(page) if path not in left]
        context.close()
    assert "\n".join(f"{where}: {wrong}" for where, wrong in found.items()) == ""
    assert len(seen) > 8
