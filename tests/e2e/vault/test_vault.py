"""A phone that is lost, lent or handed on: what is on it, and what is left of it."""

import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, Playwright, expect

from tests.e2e.conftest import CHROMIUM, PATIENCE, PHONE
from tests.e2e.phone import Phone
from tests.e2e.product import PASSWORD, Product
from tests.e2e.vault.phone_storage import dumped, files_with
from tests.e2e.vault.pins import PIN, set_pin

pytestmark = pytest.mark.e2e


NOTE = "独角鲸甲乙丙丁"


JPEG = "A JPEG LIES OPEN"


def begin(phone: Phone, name: str, photo: Path) -> None:
    """A draft with a note and a photo."""
    phone.sign_in(name)
    phone.start_visit()
    item = phone.judge("1.1", "扣分")
    item.get_by_label("补充说明").fill(NOTE)
    phone.photograph(item, photo)
    phone.expect_saved()


def telling(product: Product, name: str) -> list[str]:
    """Words that would tell what somebody works on: their note, their stores, any open photo."""
    with product.caller(name) as caller:
        listed = caller.get("/api/assignments").json()["assignments"]
    return [NOTE, JPEG, *(one["store"]["name"] for one in listed)]


def found(words: list[str], text: str) -> list[str]:
    """Which of the words stand in a text."""
    return [word for word in words if word in text]


def discard_and_sign_out(phone: Phone) -> float:
    """Throw everything away and leave; how long that took."""
    phone.open("me")
    phone.page.get_by_role("button", name="退出登录").click()
    phone.page.get_by_role("button", name="全部丢弃并退出").click()
    phone.page.get_by_role("dialog").get_by_role("button", name="删除").click()
    begun = time.monotonic()
    expect(phone.page.get_by_label("密码", exact=True)).to_be_visible()
    return time.monotonic() - begun


def unlock(page: Page, pin: str) -> None:
    """Type a PIN on the lock."""
    page.get_by_label("PIN", exact=True).fill(pin)
    page.get_by_role("button", name="打开", exact=True).click()


def test_nothing_written_on_the_phone_can_be_read_and_nothing_is_left_for_the_next_person(
    phone: Phone,
    product: Product,
    photo: Path,
    record_property: Callable[[str, object], None],
):
    first, second = product.idle_inspector(), product.idle_inspector()
    begin(phone, first, photo)
    canaries = telling(product, first)
    assert len(canaries) > 2
    assert found(canaries, dumped(phone.page)) == []
    with product.caller(first) as caller:
        person = caller.get("/api/session").json()["account"]
    canaries += [person["id"], person["name"], person["pseudonym"]]
    record_property("seconds to sign out", discard_and_sign_out(phone))
    assert found(canaries, dumped(phone.page)) == []
    phone.sign_in(second)
    expect(phone.page.get_by_role("button", name="开始检查").first).to_be_visible()
    left = dumped(phone.page) + phone.page.locator("body").inner_text()
    assert found([*canaries[:2], *canaries[-3:]], left) == []


def test_a_copy_of_the_phones_files_tells_nothing_of_the_visit(
    playwright: Playwright, product: Product, photo: Path, tmp_path: Path
):
    folder = tmp_path / "profile"
    launch = playwright.chromium.launch_persistent_context
    context = launch(folder, executable_path=CHROMIUM, **PHONE)
    context.set_default_timeout(PATIENCE)
    phone = Phone(context.new_page(), product.address)
    name = product.idle_inspector()
    begin(phone, name, photo)
    phone.page.goto("about:blank")
    context.close()
    assert files_with(folder, "mingcha-app-"), "the search finds what is there to be found"
    words = [word for word in telling(product, name) if word != JPEG]
    assert {word: files_with(folder, word) for word in words} == {word: [] for word in words}


def test_a_phone_reported_lost_erases_itself_at_the_next_word_from_the_server(
    phone: Phone, product: Product, photo: Path
):
    name = product.idle_inspector()
    begin(phone, name, photo)
    product.run("user", "lost-phone", name)
    phone.page.reload()
    expect(phone.page.get_by_label("密码", exact=True)).to_be_visible()
    expect(phone.page.get_by_text("明察")).to_be_visible()
    assert found([NOTE, JPEG, '"state":"draft"', '"format":2'], dumped(phone.page)) == []
    # And does so once, not over and over.
    phone.page.evaluate("() => { window.stayed = true; }")
    phone.page.wait_for_timeout(500)
    assert phone.page.evaluate("() => window.stayed")


def test_a_locked_phone_opens_offline_with_its_pin_only_and_goes_on_where_one_was(
    phone: Phone, product: Product, context: BrowserContext, photo: Path
):
    name = product.idle_inspector()
    begin(phone, name, photo)
    form = phone.page.url
    phone.wait_for_worker()
    phone.open("me")
    set_pin(phone.page)
    phone.page.goto(form)
    context.set_offline(True)
    phone.page.reload()
    expect(phone.page.get_by_role("heading", name="输入 PIN")).to_be_visible()
    shown = phone.page.locator("body").inner_text() + phone.page.title()
    assert found([*telling(product, name), "明察", "检查"], shown) == []
    for wrong in range(5):
        unlock(phone.page, f"90281{wrong}")
        expect(phone.page.get_by_role("alert")).to_be_visible()
        expect(phone.page.get_by_role("button", name="打开", exact=True)).to_be_enabled()
    phone.page.reload()
    unlock(phone.page, PIN)
    expect(phone.page.get_by_role("alert")).to_have_text(re.compile("错得太多，.*后再试"))
    phone.page.clock.set_fixed_time(time.time() + 31)
    unlock(phone.page, PIN)
    expect(phone.item("1.1").get_by_label("补充说明")).to_have_value(NOTE)
    expect(phone.item("1.1").locator(".photo canvas")).to_be_visible()


def test_the_app_locks_itself_when_it_was_out_of_sight_for_long(
    phone: Phone, product: Product, context: BrowserContext
):
    phone.page.clock.install()
    phone.sign_in(product.idle_inspector())
    phone.start_visit()
    phone.open("me")
    set_pin(phone.page)
    phone.turn("hidden")
    phone.page.wait_for_timeout(200)
    phone.page.clock.fast_forward(4 * 60_000)
    phone.turn("visible")
    expect(phone.page.get_by_role("heading", name="输入 PIN")).to_have_count(0)
    phone.turn("hidden")
    phone.page.wait_for_timeout(200)
    phone.page.clock.fast_forward(6 * 60_000)
    expect(phone.page.get_by_role("heading", name="输入 PIN")).to_be_visible()


def test_locking_one_window_locks_them_all(phone: Phone, product: Product, context: BrowserContext):
    phone.sign_in(product.idle_inspector())
    phone.start_visit()
    phone.open("me")
    set_pin(phone.page)
    second = context.new_page()
    second.goto(phone.app)
    unlock(second, PIN)
    expect(second.get_by_role("heading", name="今日任务")).to_be_visible()
    phone.page.get_by_role("button", name="现在锁上").click()
    for page in (phone.page, second):
        expect(page.get_by_role("heading", name="输入 PIN")).to_be_visible()


def test_a_forgotten_pin_is_given_up_with_the_password(phone: Phone, product: Product):
    name = product.idle_inspector()
    phone.sign_in(name)
    visit = phone.start_visit()
    phone.open("me")
    set_pin(phone.page)
    phone.page.get_by_role("button", name="现在锁上").click()
    phone.page.get_by_role("button", name="忘了 PIN").click()
    phone.page.get_by_label("工号或手机号").fill(name)
    phone.page.get_by_label("密码", exact=True).fill("wrong-password")
    phone.page.get_by_role("button", name="登录").click()
    expect(phone.page.get_by_role("alert")).to_be_visible()
    phone.page.get_by_role("button", name="再想想 PIN").click()
    unlock(phone.page, PIN)
    expect(phone.page.get_by_role("button", name="删除草稿")).to_be_visible()
    phone.page.get_by_role("button", name="现在锁上").click()
    phone.page.get_by_role("button", name="忘了 PIN").click()
    phone.page.get_by_label("工号或手机号").fill(name)
    phone.page.get_by_label("密码", exact=True).fill(PASSWORD)
    phone.page.get_by_role("button", name="登录").click()
    expect(phone.page.get_by_role("heading", name="今日任务")).to_be_visible()
    assert visit not in dumped(phone.page)
    phone.open("me")
    expect(phone.page.get_by_role("switch", name="PIN 锁")).not_to_be_checked()


def test_the_phones_own_unlock_opens_what_the_pin_opens(
    phone: Phone, product: Product, context: BrowserContext
):
    # Browsers lend a platform's secrets to names, not to numbers.
    phone.app = phone.app.replace("127.0.0.1", "localhost")
    authenticator = context.new_cdp_session(phone.page)
    authenticator.send("WebAuthn.enable")
    facts = {
        "protocol": "ctap2",
        "ctap2Version": "ctap2_1",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "hasPrf": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    authenticator.send("WebAuthn.addVirtualAuthenticator", {"options": facts})
    phone.sign_in(product.idle_inspector())
    phone.start_visit()
    phone.open("me")
    set_pin(phone.page)
    phone.page.get_by_role("switch", name="用指纹或面容打开").click()
    sheet = phone.page.get_by_role("dialog")
    sheet.get_by_label("现在的 PIN").fill(PIN)
    sheet.get_by_role("button", name="继续").click()
    expect(phone.page.get_by_text("指纹或面容已可用")).to_be_visible()
    phone.page.get_by_role("button", name="现在锁上").click()
    phone.page.get_by_role("button", name="用指纹或面容打开").click()
    expect(phone.page.get_by_role("button", name="删除草稿")).to_be_visible()
