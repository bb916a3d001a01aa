"""What else happens to a phone in the field, to a real browser: storage wiped, half an app,
updates, clocks years off.
"""

import time
from collections.abc import Callable, Iterator

import msgspec
import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from inspection.web.app_pack import PackList
from tests.e2e.between import Between
from tests.e2e.carried_phones import deliver, kept, opened, signed_in
from tests.e2e.chromium import PHONE
from tests.e2e.product import Product
from tests.e2e.waiting import wait_until
from tests.faults.sizes import sized

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(900)]
NEWER = "另一个版本的任务"
FILES_KEPT = """async () => {
  const names = await caches.keys();
  const counts = names.map(async (name) => (await (await caches.open(name)).keys()).length);
  return (await Promise.all(counts)).reduce((all, one) => all + one, 0);
}"""


LOSE_HALF = """async () => {
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const [n, request] of (await cache.keys()).entries())
      if (n % 2) await cache.delete(request);
  }
}"""


CLOCK_OFF = """((years) => {
  const real = Date, off = years * 365 * 86400000;
  globalThis.Date = class extends real {
    constructor(...said) { super(...(said.length ? said : [real.now() + off])); }
    static now() { return real.now() + off; }
  };
})"""


@pytest.fixture
def carried(browser: Browser) -> Iterator[BrowserContext]:
    """A phone nobody used before."""
    carried = browser.new_context(**PHONE)
    yield carried
    carried.close()


def test_storage_wiped_under_an_open_visit_is_said_and_written_again(
    carried: BrowserContext, field: Product, between: Between
):
    phone = signed_in(carried, between, field.idle_inspector())
    phone.start_visit()
    phone.judge("1.3", "达标")
    phone.judge("1.2", "扣分").get_by_label("补充说明").fill("地面有水渍")
    phone.expect_saved()
    carried.new_cdp_session(phone.page).send(
        "Storage.clearDataForOrigin", {"origin": between.address, "storageTypes": "indexeddb"}
    )
    expect(phone.page.get_by_text("手机清掉了这个网站的存储。")).to_be_visible()
    phone.judge("1.4", "达标")
    phone.expect_saved()
    carried.set_offline(True)
    phone.page.reload()
    expect(phone.item("1.2").get_by_label("补充说明")).to_have_value("地面有水渍")
    for number in ("1.3", "1.4"):
        expect(phone.item(number).locator(".item--done")).to_be_visible()


def newer_release() -> dict[str, Callable[[bytes], bytes]]:
    """The files another release has in place of this one's."""
    return {
        "/app/sw.js": lambda script: script.replace(b'VERSION = "', b'VERSION = "newer-'),
        "/app/app.pack": newer_pack,
    }


def newer_pack(pack: bytes) -> bytes:
    """The same app with other words for a heading."""
    head, _, rest = pack.partition(b"\n")
    listed = msgspec.json.decode(head, type=PackList)
    listed.version = f"newer-{listed.version}"
    old, new = '"今日任务"'.encode(), f'"{NEWER}"'.encode()
    file, *_ = (one for one in listed.files if one.url == "/app/js/wording/zh-CN/visits.js")
    file.length += len(new) - len(old)
    assert rest.count(old) == 1
    return msgspec.json.encode(listed) + b"\n" + rest.replace(old, new)


def test_an_update_in_the_middle_of_a_visit_waits_for_a_tap(
    carried: BrowserContext, field: Product, between: Between
):
    name = field.idle_inspector()
    phone = signed_in(carried, between, name)
    visit = phone.start_visit()
    phone.judge("1.2", "未观测")
    phone.expect_saved()
    phone.page.evaluate("() => { window.unreloaded = true; }")
    between.edits |= newer_release()
    phone.page.evaluate("async () => { await (await navigator.serviceWorker.ready).update(); }")
    expect(phone.page.get_by_text("新版本可用")).to_be_visible()
    # The old app goes on against the newer server, and no page was taken from under the thumb.
    phone.judge("1.3", "达标")
    phone.expect_saved()
    assert phone.page.evaluate("() => window.unreloaded === true")
    phone.page.get_by_role("button", name="更新").click()
    phone.page.wait_for_function("() => window.unreloaded !== true")
    expect(phone.item("1.2").get_by_role("radio", name="未观测")).to_be_checked()
    phone.open("tasks")
    expect(phone.page.get_by_role("heading", name=NEWER)).to_be_visible()
    with field.caller(name) as caller:
        assert visit not in [one["id"] for one in caller.get("/api/visits").json()["visits"]]


def test_an_app_nobody_updates_goes_on_against_a_newer_server(
    carried: BrowserContext, field: Product, between: Between
):
    name = field.idle_inspector()
    phone = signed_in(carried, between, name)
    between.edits |= newer_release()
    phone.page.reload()
    expect(phone.page.get_by_role("heading", name="今日任务")).to_be_visible()
    visit = phone.start_visit()
    deliver(phone)
    assert kept(field, name, visit)["complete"]


def test_an_app_only_half_fetched_is_no_app_and_is_fetched_again(
    carried: BrowserContext, field: Product, between: Between
):
    between.edits["/app/app.pack"] = lambda pack: pack[: len(pack) // 2]
    phone = opened(carried, between)
    phone.sign_in(field.idle_inspector())
    installing = "async () => !!(await navigator.serviceWorker.getRegistration())?.installing"
    wait_until(phone.page, lambda: not phone.page.evaluate(installing))
    assert phone.page.evaluate("() => navigator.serviceWorker.controller") is None
    between.calm()
    phone.page.reload()
    phone.wait_for_worker()
    assert phone.page.evaluate(FILES_KEPT) > 100
    # The system may throw single files away; the network has them still.
    phone.page.evaluate(LOSE_HALF)
    phone.page.reload()
    phone.start_visit()


def test_without_a_service_worker_a_visit_is_kept_and_the_phone_says_so(
    browser: Browser, field: Product, between: Between
):
    name = field.idle_inspector()
    context = browser.new_context(**PHONE, service_workers="block")
    phone = opened(context, between)
    phone.sign_in(name)
    phone.open("me")
    expect(phone.page.get_by_text("这个浏览器不行，草稿照常保存")).to_be_visible()
    phone.open("tasks")
    phone.page.wait_for_load_state("networkidle")
    context.set_offline(True)
    visit = phone.start_visit()
    phone.judge("1.2", "未观测").get_by_role("button", name="没有机会看到").click()
    phone.expect_saved()
    context.set_offline(False)
    phone.page.reload()
    expect(phone.item("1.2").get_by_role("radio", name="未观测")).to_be_checked()
    deliver(phone)
    assert kept(field, name, visit)["complete"]
    context.close()


def test_a_networks_own_page_is_never_taken_for_an_answer(
    carried: BrowserContext, field: Product, between: Between
):
    name = field.idle_inspector()
    phone = signed_in(carried, between, name)
    visit = phone.start_visit()
    attempt = f"/api/visits/{visit}/attempts/1"
    phone.pass_the_rest()
    between.portal = True
    phone.submit()
    phone.page.reload()
    phone.open("outbox")
    expect(phone.page.get_by_text("连上的网络要先登录")).to_be_visible()
    caught = between.caught.count(attempt)
    phone.try_again()
    wait_until(phone.page, lambda: between.caught.count(attempt) > caught)
    expect(phone.page.locator(".tag", has_text="已送达")).to_have_count(0)
    with field.caller(name) as caller:
        assert visit not in [one["id"] for one in caller.get("/api/visits").json()["visits"]]
    between.portal = False
    phone.try_again()
    phone.open(f"visits/{visit}/result")
    phone.expect_complete()
    assert kept(field, name, visit)["complete"]


@pytest.mark.parametrize("years", sized(short=[-6], full=[-6, 9]))
def test_a_clock_years_off_holds_nothing_up(
    carried: BrowserContext, field: Product, between: Between, years: int
):
    name = field.idle_inspector()
    carried.add_init_script(f"{CLOCK_OFF}({years});")
    phone = signed_in(carried, between, name)
    visit = phone.start_visit()
    deliver(phone)
    there = kept(field, name, visit)
    assert there["complete"]
    assert there["receipt"]["received_at"][:4] == str(time.gmtime().tm_year)
