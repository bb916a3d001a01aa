"""A running product for the whole session, and a phone of its own for every test."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect, sync_playwright

from tests.e2e import province
from tests.e2e.chromium import CHROMIUM, PATIENCE, PHONE
from tests.e2e.field import between, demo, field, line
from tests.e2e.phone import Phone
from tests.e2e.product import Product
from tests.e2e.profile import Profile
from tests.product_server import ProductServer

__all__ = ["between", "demo", "field", "line"]

expect.set_options(timeout=PATIENCE)

SMALL = {"width": 390, "height": 844}
PERSON_PATIENCE = 20_000
"""Milliseconds a step may take on two busy cores."""

OpenPhone = Callable[[], Page]

ORIENTATION, TURNED, GPS = 0x0112, 6, 0x8825


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """The driver, started once."""
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """One browser; each test gets a context of its own in it."""
    browser = playwright.chromium.launch(executable_path=CHROMIUM)
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def product(demo: Path) -> Iterator[Product]:
    """The demo province, served with a worker beside it."""
    product = Product(demo)
    yield product
    product.stop()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A phone nobody used before."""
    context = browser.new_context(**PHONE)
    context.set_default_timeout(PATIENCE)
    yield context
    context.close()


@pytest.fixture
def phone(context: BrowserContext, product: Product) -> Phone:
    """The phone with one page open."""
    return Phone(context.new_page(), product.address)


@pytest.fixture
def profile(playwright: Playwright, tmp_path: Path) -> Iterator[Profile]:
    """A phone whose storage outlives the browser."""
    profile = Profile(playwright, tmp_path / "profile")
    yield profile
    profile.close()


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """A camera's photo: large, lying on its side, with a place in its metadata."""
    exif = Image.Exif()
    exif[ORIENTATION] = TURNED
    exif.get_ifd(GPS)[1] = "N"
    path = tmp_path / "IMG_0001.jpg"
    Image.effect_noise((2400, 1800), 12).convert("RGB").save(path, quality=85, exif=exif)
    return path


@pytest.fixture(scope="module")
def golden_server(sqlite_template: Path, fast_folder: Path) -> Iterator[ProductServer]:
    """One server and one worker, with the cast in the database."""
    server = province.serve(sqlite_template, fast_folder)
    yield server
    server.stop()


@pytest.fixture
def open_phone(browser: Browser, golden_server: ProductServer) -> Iterator[OpenPhone]:
    """`open_phone()`: each call is a phone of its own, with its own cookies and storage."""
    phones: list[BrowserContext] = []

    def open_phone() -> Page:
        phone = browser.new_context(
            base_url=golden_server.address, viewport=SMALL, screen=SMALL, has_touch=True,
            is_mobile=True, locale="zh-CN", timezone_id="Asia/Shanghai",
        )  # fmt: skip
        phone.set_default_timeout(PERSON_PATIENCE)
        phones.append(phone)
        return phone.new_page()

    yield open_phone
    for phone in phones:
        phone.close()
