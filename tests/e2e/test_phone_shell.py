"""What the phone's app does around its screens, also where a part of it fails or comes late."""

from collections.abc import Iterator
from contextlib import suppress

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, Route, expect

from tests.e2e.chromium import PATIENCE, PHONE
from tests.e2e.phone import Phone
from tests.e2e.product import Product
from tests.e2e.vault.pins import set_pin

pytestmark = pytest.mark.e2e

VISITS_REFUSED = """(() => {
  const { transaction } = IDBDatabase.prototype;
  IDBDatabase.prototype.transaction = function (stores, ...how) {
    if ([stores].flat().includes("visits")) throw new DOMException("no", "UnknownError");
    return transaction.call(this, stores, ...how);
  };
})();"""
"""A database that cannot read what it has of the visits."""

ROOM = """(() => {
  window.usage = 5 * 1024 * 1024;
  navigator.storage.estimate = async () => ({ usage: window.usage, quota: 1e9 });
})();"""
"""A browser that says how much is stored as a test wants it."""

SHARING_FAILS = """(() => {
  navigator.canShare = () => true;
  navigator.share = async () => { throw new DOMException("too large", "NotAllowedError"); };
})();"""
"""A browser that promises to share files and then does not."""

AWAY = "() => localStorage.getItem('mingcha.away')"
"""Where the app goes back to after another one was open over it."""

OUT_OF_SIGHT = """() => {
  Object.defineProperty(document, "visibilityState", { get: () => "hidden" });
  dispatchEvent(new Event("visibilitychange"));
}"""


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A phone whose files come over the line every time, so that a test can stop them."""
    context = browser.new_context(**PHONE, service_workers="block")
    context.set_default_timeout(PATIENCE)
    yield context
    context.close()


def wait_until_locked(page: Page) -> None:
    """Let minutes pass until the phone has noticed that it is out of sight, and locked itself."""
    lock = page.get_by_role("heading", name="输入 PIN")
    for _ in range(PATIENCE // 1000):
        # The page may just be opening anew, locked.
        with suppress(AssertionError, Error):
            page.clock.fast_forward("10:00")
            expect(lock).to_be_visible(timeout=1000)
            break
    expect(lock).to_be_visible()


def test_it_locks_itself_also_where_its_other_chores_could_not_be_fetched(
    phone: Phone, product: Product
):
    page = phone.page
    page.route("**/js/store/sweep.js", lambda route: route.abort())
    page.clock.install()
    phone.sign_in(product.idle_inspector())
    phone.open("me")
    set_pin(page)
    page.evaluate(OUT_OF_SIGHT)
    wait_until_locked(page)


def test_tasks_are_fetched_also_where_the_visits_on_the_phone_cannot_be_read(
    phone: Phone, product: Product
):
    phone.page.add_init_script(VISITS_REFUSED)
    phone.sign_in(product.idle_inspector())
    expect(phone.page.get_by_role("button", name="开始检查").first).to_be_visible()


def test_the_room_taken_is_looked_up_whenever_the_screen_is_opened(phone: Phone, product: Product):
    page = phone.page
    page.add_init_script(ROOM)
    phone.sign_in(product.idle_inspector())
    phone.open("me")
    expect(page.get_by_text("5.0 MB")).to_be_visible()
    phone.open("history")
    expect(page.get_by_role("heading", name="记录", exact=True)).to_be_visible()
    page.evaluate("() => { window.usage = 9 * 1024 * 1024; }")
    phone.open("me")
    expect(page.get_by_text("9.0 MB")).to_be_visible()


def test_a_visit_left_before_it_was_open_is_not_kept_from_other_windows(
    phone: Phone, product: Product, context: BrowserContext
):
    page = phone.page
    late: list[Route] = []

    def hold_up(route: Route) -> None:
        late.append(route)

    page.route("**/js/views/shell/visit_entry.js", hold_up)
    phone.sign_in(product.idle_inspector())
    phone.visits().get_by_role("button", name="开始检查").first.click()
    page.wait_for_url("**/form/")
    form = page.url
    phone.open("tasks")
    expect(page.get_by_role("heading", name="今日任务")).to_be_visible()
    for route in late:
        route.continue_()
    page.evaluate("() => import('/app/js/views/shell/visit_entry.js')")
    other = context.new_page()
    other.goto(form)
    expect(other.locator(".item").first).to_be_visible()


def test_a_covered_phone_says_nothing_of_the_product_after_a_reload_either(
    phone: Phone, product: Product
):
    page = phone.page
    phone.sign_in(product.idle_inspector())
    phone.start_visit()
    page.get_by_role("button", name="遮挡屏幕").click()
    expect(page).to_have_title("备忘")
    page.reload()
    expect(page.locator(".cover")).to_be_visible()
    expect(page).to_have_title("备忘")
    page.locator(".cover").dispatch_event("pointerdown")
    expect(page).to_have_title("明察")


def test_what_cannot_be_fetched_any_more_says_so(phone: Phone, product: Product):
    page = phone.page
    page.route("**/js/views/photos/camera.js", lambda route: route.abort())
    phone.sign_in(product.idle_inspector())
    phone.start_visit()
    item = phone.judge("1.1", "扣分")
    item.get_by_role("button", name="连拍").click()
    expect(page.locator(".toast")).to_have_text("这一页还没存到手机")


def test_a_file_the_phone_will_not_share_is_downloaded(phone: Phone, product: Product):
    page = phone.page
    page.add_init_script(SHARING_FAILS)
    phone.sign_in(product.idle_inspector())
    phone.open("transfer")
    page.get_by_role("button", name="生成文件").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="保存文件").click()
    assert download.value.suggested_filename.endswith(".mingcha")


def test_whoever_takes_no_photo_of_a_note_is_back_too(phone: Phone, product: Product):
    page = phone.page
    phone.sign_in(product.idle_inspector())
    visit = phone.start_visit()
    phone.open(f"visits/{visit}/capture")
    shutter = page.locator(".shut input")
    with page.expect_file_chooser():
        page.locator(".shut").click()
    assert page.evaluate(AWAY)
    shutter.dispatch_event("cancel")
    assert not page.evaluate(AWAY)


def test_until_the_app_is_there_the_screen_shows_a_sign_of_life_and_no_word(
    context: BrowserContext, product: Product
):
    page = context.new_page()
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/js/main.js", hold)
    page.goto(f"{product.address}/app/", wait_until="commit")
    expect(page.locator(".coming")).to_be_visible()
    assert page.inner_text("body") == ""
    for route in held:
        route.continue_()
    expect(page.get_by_role("button", name="登录")).to_be_visible()
    expect(page.locator(".coming")).to_have_count(0)


def test_a_stranger_signs_in_without_waiting_for_what_the_server_knows(
    context: BrowserContext, product: Product
):
    page = context.new_page()
    page.route("**/api/visitor", lambda _: None)
    Phone(page, product.address).sign_in(product.idle_inspector())
