"""Everything that happens to a phone in the field, to a real browser. `make faults` does it at full
size; a short form runs with every other test.
"""

import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any

import msgspec
import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, Route, expect

from inspection.web.app_pack import PackList
from tests.e2e.between import Between
from tests.e2e.chromium import PATIENCE, PHONE
from tests.e2e.phone import Phone
from tests.e2e.product import Product
from tests.e2e.profile import Profile
from tests.e2e.waiting import wait_until
from tests.faults.sizes import sized

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(900)]

SEED = 20261121
TYPING_KILLS = sized(short=2, full=25)
PAGE_KILLS = sized(short=5, full=100)
LONGEST_LOSS = sized(short=3.0, full=1.0)
"""Seconds; a machine that runs everything at once gets more."""
A_KEY = 0.05
"""Seconds from one character to the next."""
MOST_SENT_TWICE = 0.10
SENTENCE = "门口台阶有积雪未清扫，玻璃上有手印，叫号机没有纸，等候区的椅子坏了两把。"
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


def opened(context: BrowserContext, between: Between) -> Phone:
    context.set_default_timeout(PATIENCE)
    return Phone(context.new_page(), between.address)


def signed_in(context: BrowserContext, between: Between, name: str) -> Phone:
    """A phone that keeps the whole app and a form for later."""
    phone = opened(context, between)
    phone.sign_in(name)
    phone.wait_until_kept()
    return phone


def go_on(phone: Phone) -> None:
    """Open the app anew and go back to the draft."""
    phone.page.goto(phone.app)
    phone.page.get_by_text("继续检查").click()
    expect(phone.page.locator(".item").first).to_be_visible()


def kept(field: Product, name: str, visit: str) -> dict[str, Any]:
    """The visit as the server has it; it is there once."""
    with field.caller(name) as caller:
        mine = [one["id"] for one in caller.get("/api/visits").json()["visits"]]
        assert mine.count(visit) == 1
        found: dict[str, Any] = caller.get(f"/api/visits/{visit}").json()
        return found


def told(capsys: pytest.CaptureFixture[str], figures: str) -> None:
    """What `make faults` is run for."""
    with capsys.disabled():
        sys.stdout.write(f"\n{figures}\n")


def deliver(phone: Phone) -> None:
    phone.pass_the_rest()
    phone.submit()
    phone.expect_complete()


def test_a_browser_killed_offline_goes_on_offline_and_delivers_once(
    profile: Profile, field: Product, between: Between, photo: Path
):
    name = field.idle_inspector()
    phone = signed_in(profile.context, between, name)
    profile.note_cookies()
    profile.context.set_offline(True)
    visit = phone.start_visit()
    item = phone.judge("1.1", "扣分")
    phone.photograph(item, photo)
    item.get_by_label("补充说明").fill("台阶有积雪")
    phone.expect_saved()
    profile.kill()
    profile.start().set_offline(True)
    again = opened(profile.context, between)
    go_on(again)
    expect(again.item("1.1").locator(".photo canvas")).to_be_visible()
    expect(again.item("1.1").get_by_label("补充说明")).to_have_value("台阶有积雪")
    again.pass_the_rest()
    again.submit()
    expect(again.page.get_by_text("已封存在手机里，联网后自动发送。")).to_be_visible()
    profile.context.set_offline(False)
    again.expect_complete()
    there = kept(field, name, visit)
    assert (there["complete"], there["missing"], there["attempt"]) == (True, [], 1)


def test_an_upload_goes_on_where_the_browser_died(
    profile: Profile, field: Product, between: Between, photo: Path
):
    name = field.idle_inspector()
    phone = signed_in(profile.context, between, name)
    profile.note_cookies()
    visit = phone.start_visit()
    pieces: list[Route] = []

    def stop_after_two(route: Route) -> None:
        pieces.append(route)
        if len(pieces) == 2:
            # The server gets this piece; the phone never hears that it did.
            route.fetch()
        elif len(pieces) < 2:
            route.continue_()

    profile.context.route("**/api/photos/*", stop_after_two)
    before = len(between.patched())
    phone.judge("1.1", "扣分").locator("input[capture]").set_input_files(photo)
    wait_until(phone.page, lambda: len(between.patched()) == before + 2)
    profile.kill()
    again = opened(profile.start(), between)
    go_on(again)
    deliver(again)
    [there] = kept(field, name, visit)["photos"]
    pixels = between.patched(there["sha256"])
    with field.caller(name) as caller:
        size = int(caller.head(f"/api/photos/{there['sha256']}").headers["upload-offset"])
    assert len(pixels) > 2
    assert size <= sum(pixels) <= (1 + MOST_SENT_TWICE) * size


def test_a_kill_takes_no_more_than_a_second_of_typing(
    profile: Profile, field: Product, between: Between, capsys: pytest.CaptureFixture[str]
):
    random = Random(SEED)
    phone = signed_in(profile.context, between, field.idle_inspector())
    phone.start_visit()
    phone.judge("1.2", "扣分")
    phone.expect_saved()
    losses, notes = [], [""]
    for number in range(TYPING_KILLS):
        # It takes longer than what may be lost: with all of it gone, too much is.
        signs = int(random.uniform(1.2, 1.5) * LONGEST_LOSS / A_KEY)
        notes.append(chr(ord("A") + number) + (SENTENCE * 3)[:signs])
        typed = type_anew(phone, notes[-1])
        time.sleep(random.uniform(0, 0.3))
        profile.strike()
        died = time.monotonic()
        profile.close()
        phone = opened(profile.start(), between)
        go_on(phone)
        left = phone.item("1.2").get_by_label("补充说明").input_value()
        assert any(note.startswith(left) for note in notes)
        losses.append(seconds_lost(typed, died, len(left) if left[:1] == notes[-1][0] else 0))
    told(capsys, f"{TYPING_KILLS} kills while typing: {max(losses):.2f} s of it lost at most")
    assert max(losses) <= LONGEST_LOSS


def type_anew(phone: Phone, note: str) -> list[float]:
    """Type a note in place of the one before; when each character was entered."""
    phone.item("1.2").get_by_label("补充说明").fill("")
    typed = []
    for sign in note:
        phone.page.keyboard.insert_text(sign)
        typed.append(time.monotonic())
        time.sleep(A_KEY)
    return typed


def seconds_lost(typed: list[float], died: float, kept: int) -> float:
    """How long before the kill the first character was typed that is gone."""
    return died - typed[kept] if kept < len(typed) else 0.0


def test_pages_killed_again_and_again_lose_nothing_that_was_saved(
    profile: Profile, field: Product, between: Between, capsys: pytest.CaptureFixture[str]
):
    phone = signed_in(profile.context, between, field.idle_inspector())
    phone.start_visit()
    form = phone.page.url
    # A critical item is not left unseen.
    unseen = phone.page.get_by_role("radio", name="未观测")
    numbers = phone.page.locator(".item").filter(has=unseen).locator(".item__n").all_inner_texts()
    ledger: dict[str, str] = {}
    for kill in range(PAGE_KILLS):
        number = numbers[kill % len(numbers)]
        ledger[number] = ("未观测", "扣分")[(kill // len(numbers)) % 2]
        phone.judge(number, ledger[number])
        phone.expect_saved()
        dead = phone.page
        # A page opened before the browser has noticed may be given to a dead process.
        with dead.expect_event("crash"):
            profile.kill_renderers()
        phone = opened(profile.context, between)
        phone.page.goto(form)
        for known, said in ledger.items():
            expect(phone.item(known).get_by_role("radio", name=said)).to_be_checked()
        close(dead)
    told(capsys, f"{PAGE_KILLS} pages killed: none of {PAGE_KILLS} saved answers lost")


def close(page: Page) -> None:
    """A page that was killed may not answer any more."""
    try:
        page.close()
    except Error:
        return


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
