"""Waiting for what a page can only say later. Playwright's own `wait_for_function` takes a promise
for a yes, whatever it comes to.
"""

import time
from collections.abc import Callable

from playwright.sync_api import Error, Page

from tests.e2e.chromium import PATIENCE


def wait_until(page: Page, happened: Callable[[], object]) -> None:
    """Ask again and again until it is so."""
    end = time.monotonic() + PATIENCE / 1000
    while not _answered(happened):
        assert time.monotonic() < end
        page.wait_for_timeout(50)


def wait_for_clean_photo(page: Page, address: str, of: str) -> None:
    """The worker cleans a photo before anybody sees it. The page is waited for whole: without its
    style sheets it shows the buttons of the phone and of the desk both.
    """
    page.wait_for_url(address)
    for _ in range(60):
        if page.locator(f"img[src*='/{of}/']").count():
            return
        page.wait_for_timeout(250)
        page.reload()


def _answered(happened: Callable[[], object]) -> object:
    try:
        return happened()
    except Error as error:
        # A page that begins anew takes the question with it.
        if "context was destroyed" in error.message:
            return None
        raise
