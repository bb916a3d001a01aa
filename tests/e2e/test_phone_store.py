"""The store staff's phone: notices read and signed for where there is no network, once."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.e2e.axe import severe
from tests.e2e.product import Product
from tests.e2e.store_phone import (
    StorePhone,
    follow_of,
    notice_of,
    receipts,
    reply_is_there_once,
    say_more_and_take_back,
    state_of,
    with_another_phone,
)
from tests.e2e.thumb import FAULTS, NOTHING, SMALLEST
from tests.e2e.waiting import wait_until

pytestmark = pytest.mark.e2e
LOOKS: dict[str, tuple[int, dict[str, object]]] = {
    "390 zh": (390, {}),
    "390 en dark": (390, {"language": "en", "theme": "dark"}),
    "320 en large": (320, {"language": "en", "text": 130, "contrast": "more"}),
}


NAME = "周婷"


@pytest.fixture(scope="module")
def product(demo: Path) -> Iterator[Product]:
    """A product of this module's own: what is signed for in it stays signed for."""
    product = Product(demo)
    yield product
    product.stop()


ROWS_LEFT = """() => new Promise((resolve) => {
  const asked = indexedDB.open("mingcha");
  asked.onsuccess = async () => {
    const names = ["notices", "pictures", "replies", "sendings", "keys"];
    const tx = asked.result.transaction(names);
    const counts = names.map((name) => new Promise((done) => {
      const count = tx.objectStore(name).count();
      count.onsuccess = () => done([name, count.result]);
    }));
    resolve(Object.fromEntries(await Promise.all(counts)));
  };
})"""
"""How many rows of store staff, and how many keys, are on the phone."""


@pytest.fixture
def unsigned(demo: Path) -> Iterator[Product]:
    """A product in which nobody did anything with the latest notice yet."""
    product = Product(demo)
    yield product
    product.stop()


@pytest.fixture
def store(context: BrowserContext, product: Product) -> StorePhone:
    """The store's phone with one page open."""
    return StorePhone(context.new_page(), product.address)


def test_a_thumb_and_a_screen_reader_find_every_control(store: StorePhone, product: Product):
    page = store.page
    store.sign_in()
    store.wait_until_kept()
    store.open(f"notices/{notice_of(product)}/notice")
    expect(page.locator(".fd").first).to_be_visible()
    notice = page.url.partition("#/")[2]
    line = notice.replace("/notice", "/line/1")
    found: dict[tuple[str, str], object] = {}
    for look, (width, preferences) in LOOKS.items():
        wanted = json.dumps({"language": "zh-CN", **preferences})
        page.evaluate("(wanted) => localStorage.setItem('mingcha.preferences', wanted)", wanted)
        page.set_viewport_size({"width": width, "height": 740})
        page.reload()
        screens = ("tasks", notice, line, f"{line}-extension", f"{line}-appeal")
        for screen in (*screens, "history", "appeals", "inbox", "self-check", "outbox", "me"):
            store.open(screen)
            expect(page.locator("main#main")).to_be_visible()
            expect(page.locator(".skeleton")).to_have_count(0)
            found[look, screen] = (page.evaluate(FAULTS, SMALLEST), severe(page))
    faulty = {place: faults for place, faults in found.items() if faults != (NOTHING, [])}
    assert faulty == {}, json.dumps([*faulty.items()], ensure_ascii=False, indent=1)


def test_a_notice_is_read_and_signed_for_offline_and_arrives_once(
    unsigned: Product, context: BrowserContext
):
    page = context.new_page()
    store = StorePhone(page, unsigned.address)
    answered = receipts(context)
    store.sign_in()
    store.wait_until_kept()
    context.set_offline(True)
    page.reload()
    expect(page.get_by_text("离线，显示")).to_be_visible()
    page.get_by_role("link", name="先查看，稍后签收").click()
    photo = page.locator(".fd canvas").first
    expect(photo).to_be_visible()
    expect(photo).not_to_have_attribute("data-missing", "")
    page.get_by_role("button", name="签收").click()
    expect(page.get_by_text("已签收，等待送达")).to_be_visible()
    # Killed and opened anew, still without a network.
    page.close()
    again = StorePhone(context.new_page(), unsigned.address)
    again.open("tasks")
    expect(again.page.get_by_text("1 项待发送")).to_be_visible()
    assert (answered, state_of(unsigned)) == ([], "delivered")
    context.set_offline(False)
    expect(again.page.get_by_text("1 项待发送")).to_have_count(0)
    assert (answered, state_of(unsigned)) == ([201], "acknowledged")
    again.page.locator(".cell", has_text="整改中").first.click()
    expect(again.page.get_by_text(f"{NAME} ")).to_be_visible()


def test_a_reply_with_a_photo_written_offline_outlives_the_browser_and_is_there_once(
    store: StorePhone, product: Product, context: BrowserContext, photo: Path
):
    store.sign_in()
    store.wait_until_kept()
    notice = notice_of(product)
    context.set_offline(True)
    store.open(f"notices/{notice}/line/1")
    store.write("已更换新的提示牌")
    store.page.get_by_label("检查员在场时已当场整改").check()
    store.page.locator("input[capture]").set_input_files(photo)
    expect(store.page.locator("label + .photo canvas, button.photo canvas")).to_be_visible()
    expect(store.page.get_by_text("草稿已存")).to_be_visible()
    # Killed while it is written, and again while it waits.
    store.page.close()
    again = StorePhone(context.new_page(), product.address)
    again.open(f"notices/{notice}/line/1")
    expect(again.page.get_by_label("整改措施")).to_have_value("已更换新的提示牌")
    again.send("提交复核")
    expect(again.page.get_by_text("已存在手机里，联网后自动发送。")).to_be_visible()
    again.page.close()
    last = StorePhone(context.new_page(), product.address)
    last.open(f"notices/{notice}/line/1")
    expect(last.page.get_by_text("已更换新的提示牌")).to_be_visible()
    assert follow_of(product, notice, 1)["replies"] == []
    context.set_offline(False)
    expect(last.page.locator(".tag", has_text="待复核")).to_be_visible(timeout=30_000)
    reply_is_there_once(last, product, notice)


def test_a_reply_that_comes_after_another_is_kept_beside_it(
    store: StorePhone, product: Product, context: BrowserContext, photo: Path
):
    store.sign_in()
    store.wait_until_kept()
    notice = notice_of(product)
    context.set_offline(True)
    store.open(f"notices/{notice}/line/2")
    store.write("离线写的回复")
    store.page.locator("input[capture]").set_input_files(photo)
    expect(store.page.locator("button.photo canvas")).to_be_visible()
    store.send("提交复核")
    expect(store.page.get_by_text("已存在手机里，联网后自动发送。")).to_be_visible()
    with_another_phone(product, notice, 2, "另一部手机先回复")
    context.set_offline(False)
    expect(store.page.get_by_text("未采用，已保留")).to_be_visible(timeout=30_000)
    replies = follow_of(product, notice, 2)["replies"]
    assert {(reply["measure"], reply["aside"]) for reply in replies} == {
        ("另一部手机先回复", ""),
        ("离线写的回复", "answered"),
    }


def test_a_line_is_written_in_one_window_at_a_time(
    store: StorePhone, product: Product, context: BrowserContext
):
    store.sign_in()
    store.wait_until_kept()
    notice = notice_of(product)
    store.open(f"notices/{notice}/line/3-extension")
    store.write("配件在途", "延期理由")
    expect(store.page.get_by_text("草稿已存")).to_be_visible()
    second = StorePhone(context.new_page(), product.address)
    second.open(f"notices/{notice}/line/3-extension")
    expect(second.page.get_by_text("正在另一个窗口中填写")).to_be_visible()
    second.page.get_by_role("button", name="在这里继续填").click()
    expect(second.page.get_by_label("延期理由")).to_have_value("配件在途")
    expect(store.page.get_by_text("正在另一个窗口中填写")).to_be_visible()
    second.send("提交申请")
    expect(second.page.get_by_text("申请延期 24 小时")).to_be_visible(timeout=30_000)
    assert [asked["hours"] for asked in follow_of(product, notice, 3)["extensions"]] == [24]


def test_an_appeal_is_filed_from_the_phone_and_followed_offline(
    store: StorePhone, product: Product, photo: Path, context: BrowserContext
):
    page = store.page
    store.sign_in()
    store.wait_until_kept()
    notice = notice_of(product)
    store.open(f"notices/{notice}/line/4-appeal")
    store.send("提交申诉")
    expect(page.get_by_text("请选择申诉理由。")).to_be_visible()
    page.get_by_role("radio", name="事实不符").click()
    store.write("当天设备在二楼贵宾室", "情况说明")
    store.attach(photo)
    store.send("提交申诉")
    expect(page.get_by_text("这一项已有申诉")).to_be_visible(timeout=30_000)
    assert follow_of(product, notice, 4)["appeal_state"] == "filed"
    store.open("appeals")
    expect(page.locator(".tag", has_text="待区域复核")).to_be_visible(timeout=30_000)
    context.set_offline(True)
    page.reload()
    page.locator("a", has_text="待区域复核").click()
    expect(page.get_by_text("当天设备在二楼贵宾室")).to_be_visible()
    expect(page.locator(".steps .now")).to_contain_text("区域复核")
    expect(page.locator("a.paper")).to_contain_text("值班记录.pdf")
    say_more_and_take_back(store, product, context)


def test_after_signing_out_nothing_of_it_is_left(store: StorePhone):
    page = store.page
    store.sign_in()
    store.wait_until_kept()
    store.open("me")
    page.get_by_role("button", name="退出登录").click()
    page.get_by_role("dialog").get_by_role("button", name="退出登录").click()
    expect(page.get_by_role("button", name="登录")).to_be_visible()
    # The page begins anew meanwhile.
    wait_until(page, lambda: not any(page.evaluate(ROWS_LEFT).values()))
