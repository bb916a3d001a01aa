"""The same app in the other engine: WebKit, as Debian builds it. No iPhone, but its family.

WebKit cannot be told to be offline: the server is cut off instead.
"""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from tests.e2e.between import Between
from tests.e2e.phone import LOOK
from tests.e2e.product import PASSWORD, Product
from tests.webkit.driver import Browser, WebKit

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]

SAVED = "document.querySelector('.navbar__t small').innerText.includes('已存本机')"
DELIVERED = (
    "[...document.querySelectorAll('.job .tag')].some((tag) => tag.innerText.includes('已送达'))"
)
CONTROLLED = "navigator.serviceWorker && navigator.serviceWorker.controller"
FIRST = ".item-place"
START = (
    "[...document.querySelectorAll('.task')]"
    f".filter((task) => !/{LOOK.pattern}/.test(task.innerText))"
    ".map((task) => task.querySelector('button:not([disabled])'))"
    ".find((button) => button?.innerText.includes('开始检查'))"
)
"""Starts the first visit, not a look at lines that failed."""


@pytest.fixture(scope="module")
def webkit() -> Iterator[WebKit]:
    folder = Path(tempfile.mkdtemp(prefix="mingcha-webkit-"))
    webkit = WebKit(folder)
    yield webkit
    webkit.stop()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def browser(webkit: WebKit, field: Product, between: Between) -> Iterator[Browser]:
    browser = webkit.browser()
    yield browser
    browser.close()


@pytest.fixture
def phone(browser: Browser, field: Product, between: Between) -> Browser:
    """Signed in, on the list of tasks."""
    browser.go(f"{between.address}/app/")
    browser.type("input[name=name]", field.idle_inspector())
    browser.type("#password", PASSWORD)
    browser.click("form .btn--p")
    browser.find(".task .btn")
    return browser


def start_visit(phone: Browser) -> None:
    """A new visit: one that was returned has photos and losses already."""
    phone.until(START)
    phone.run(f"{START}.click()")
    phone.find(".item-place [role=radio]")


def judge_first(phone: Browser) -> None:
    """The second verdict of the first item takes points away."""
    phone.click(f"{FIRST} [role=radio]:not(.yes)")
    phone.until(f"document.querySelector({FIRST!r} + ' input[maxlength]')")


def test_the_app_starts_and_nothing_fails(browser: Browser, between: Between):
    browser.go(f"{between.address}/app/")
    browser.find("#password")
    assert browser.run("return document.documentElement.dataset.ready === ''")
    assert browser.run("return document.getElementById('too-old').hidden")


def test_the_worker_keeps_the_app_or_the_phone_says_that_none_can(phone: Browser, between: Between):
    phone.until(f"{CONTROLLED} || !('serviceWorker' in navigator)")
    kept = bool(phone.run(f"return Boolean({CONTROLLED})"))
    phone.run("location.hash = '#/me'")
    word = "可以" if kept else "这个浏览器不行"
    phone.until(f"document.body.innerText.includes({word!r})")


def test_a_reload_without_the_server_brings_the_draft_back(phone: Browser, between: Between):
    phone.until(CONTROLLED)
    start_visit(phone)
    judge_first(phone)
    phone.type(f"{FIRST} input[maxlength]", "台阶有积雪")
    phone.run("scrollTo(0, 0)")
    phone.until(SAVED)
    between.gone = True
    phone.run("location.reload()")
    phone.until(f"document.querySelector({FIRST!r} + ' input[maxlength]')?.value === '台阶有积雪'")


def test_a_photo_is_shrunk_kept_and_sent(phone: Browser, between: Between, tmp_path: Path):
    picture = tmp_path / "IMG_0001.jpg"
    Image.effect_noise((3200, 2400), 12).convert("RGB").save(picture, quality=85)
    start_visit(phone)
    judge_first(phone)
    before = len(between.patched())
    phone.choose(f"{FIRST} input[type=file][capture]", picture)
    # The photo travels while the visit is being filled in.
    phone.until("document.querySelector('.photo__s')?.innerText.includes('已送达')")
    assert 0 < sum(between.patched()[before:]) < picture.stat().st_size / 2


def test_a_visit_submitted_without_the_server_is_delivered_when_it_is_back(
    phone: Browser, between: Between
):
    start_visit(phone)
    while True:
        phone.run(
            "document.querySelectorAll('.bulk button, .pass-rest, button').forEach((b) => {"
            " if (b.innerText.includes('全部达标')) b.click(); });"
            "document.querySelectorAll('.item:not(:has([aria-checked=true])) .yes')"
            ".forEach((yes) => yes.click())"
        )
        phone.until("!document.querySelector('.item:not(:has([aria-checked=true])) .yes')")
        foot = phone.run("return document.querySelector('.m-foot .btn--p').getAttribute('href')")
        phone.click(".m-foot .btn--p")
        phone.until(f"location.hash === {foot!r}")
        if str(foot).endswith("/check"):
            break
        phone.find(".item-place [role=radio]")
    between.gone = True
    phone.until("document.body.innerText.includes('以上为我本人到店所见')")
    phone.run(
        "[...document.querySelectorAll('label, .box')].find((one) =>"
        " one.innerText.includes('以上为我本人到店所见')).click()"
    )
    phone.until("document.querySelector('.m-foot button.btn--p:not([disabled])')")
    phone.click(".m-foot button.btn--p")
    phone.find("dialog button:last-child")
    phone.click("dialog .dialog__f button:last-child")
    phone.until("location.hash.endsWith('/result')")
    assert not phone.run(f"return {DELIVERED}")
    between.gone = False
    phone.run("dispatchEvent(new Event('online'))")
    phone.until(DELIVERED)


def test_what_this_engine_lacks_is_asked_for_before_it_is_used(phone: Browser):
    phone.run("location.hash = '#/me'")
    phone.until("document.querySelector('main') && document.body.innerText.includes('退出登录')")
