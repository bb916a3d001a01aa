"""In the store: notes under the cover, check-in, photos and the stopwatch."""

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.phone import Phone
from tests.e2e.product import Product
from tests.e2e.store_notes import TOAST, submission_of

pytestmark = pytest.mark.e2e
TWO_SECONDS = re.compile(r"\b(0:(0[2-9]|[1-5]\d)|[1-9]:\d\d)")
"""On a watch that has run for two seconds or for longer."""


def notes(phone: Phone) -> None:
    """Open the notes of the visit on the screen."""
    phone.page.get_by_role("link", name="随手记").first.click()
    expect(phone.page.get_by_role("heading", name="随手记")).to_be_visible()


def entry(phone: Phone, words: str) -> Locator:
    """One line of the notes."""
    return phone.page.locator(".log__b", has_text=words)


def stand_at_the_store(phone: Phone, product: Product, name: str) -> None:
    """The phone's receiver is where the store on the screen is, give or take nine metres."""
    named = phone.page.locator(".m-head h1").inner_text()
    with product.caller(name) as caller:
        listed = caller.get("/api/assignments").json()["assignments"]
    store = next(one["store"] for one in listed if one["store"]["name"] == named)
    where = {
        "latitude": store["latitude_e6"] / 1e6,
        "longitude": store["longitude_e6"] / 1e6,
        "accuracy": 9,
    }
    phone.page.context.set_geolocation(where)
    phone.page.context.grant_permissions(["geolocation"])


def note_under_the_cover(page: Page, lines: tuple[str, ...], photo: Path) -> None:
    """Cover the screen, write lines and take a photo there, and uncover it."""
    page.get_by_role("button", name="遮挡屏幕").click()
    page.get_by_role("button", name="添加").click()
    line = page.get_by_label("添加")
    for words in lines:
        line.fill(words)
        line.press("Enter")
        expect(line).to_have_value("")
        assert words not in page.inner_text("body")
    page.get_by_label("拍照").set_input_files(photo)
    expect(page.locator(".pad [role=status] .i")).to_be_visible()
    leave_the_cover(page)


def leave_the_cover(page: Page) -> None:
    """Hold the list for two seconds."""
    page.locator(".cover").dispatch_event("pointerdown")
    expect(page.locator(".cover")).to_have_count(0)


def place_at_the_first_item(phone: Phone, words: str) -> None:
    """Put a note with item 1.1."""
    entry(phone, words).click()
    phone.page.get_by_role("dialog").get_by_role("button", name=re.compile(r"^1\.1")).click()
    expect(entry(phone, words)).to_contain_text("已归到 1.1")


def test_noted_under_the_cover_placed_outside_and_read_by_the_reviewer(
    phone: Phone, product: Product, photo: Path
):
    name = product.idle_inspector()
    phone.sign_in(name)
    visit = phone.start_visit()
    page = phone.page
    stand_at_the_store(phone, product, name)
    page.get_by_role("button", name="到店", exact=True).click()
    note_under_the_cover(page, ("台阶上有烟头", "保安问了两次"), photo)
    notes(phone)
    expect(page.locator(".log__in")).to_contain_text("在门店附近")
    expect(page.locator(".log__b")).to_have_count(3)
    for words in ("台阶上有烟头", "照片"):
        place_at_the_first_item(phone, words)
    page.get_by_role("link", name="去评分").click()
    item = phone.judge("1.1", "扣分")
    expect(item.get_by_label("补充说明")).to_have_value("台阶上有烟头")
    expect(item.locator(".photo canvas")).to_have_count(1)
    phone.pass_the_rest()
    expect(page.get_by_text("随手记有 1 条还没归项")).to_be_visible()
    page.get_by_role("button", name="离店打卡").click()
    phone.submit()
    phone.expect_complete()
    expect_told(product, submission_of(product, name, visit))


def expect_told(product: Product, kept: dict[str, Any]) -> None:
    """The submission says when and where, and the reviewer reads it."""
    assert [remark["text"] for remark in kept["remarks"]] == ["保安问了两次"]
    assert kept["check_in"]["place"]["accuracy_m"] == 9
    lost = next(answer for answer in kept["answers"] if answer["verdict"] == "loss")
    assert lost["observed_at"] < kept["check_out"]["at"]
    with product.caller("reviewer") as reviewer:
        shown = reviewer.get(f"/visits/{kept['id']}").text
    for told in ("保安问了两次", "在店附近", "看到的时间", "到店与离店"):
        assert told in shown


def test_a_photo_nobody_placed_holds_up_the_submission(phone: Phone, product: Product, photo: Path):
    phone.sign_in(product.idle_inspector())
    visit = phone.start_visit()
    notes(phone)
    phone.page.locator(".shut input").set_input_files(photo)
    expect(entry(phone, "还没归项")).to_be_visible()
    phone.open(f"visits/{visit}/check")
    place = phone.page.get_by_role("button", name="去归项")
    place.click()
    dialog = phone.page.get_by_role("dialog")
    dialog.get_by_role("button", name=re.compile(r"^1\.2")).click()
    expect(place).to_have_count(0)
    phone.open(f"visits/{visit}/form/environment")
    expect(phone.item("1.2").locator(".photo canvas")).to_have_count(1)


def test_without_a_position_checking_in_stays_one_tap(phone: Phone, product: Product):
    name = product.idle_inspector()
    phone.sign_in(name)
    visit = phone.start_visit()
    phone.page.context.set_offline(True)
    phone.page.get_by_role("button", name="到店", exact=True).click()
    expect(phone.page.get_by_role("button", name="到店", exact=True)).to_have_count(0)
    phone.page.context.set_offline(False)
    phone.page.get_by_role("button", name="达标").first.wait_for()
    phone.pass_the_rest()
    here = phone.page.locator(".here")
    expect(here).to_contain_text("没有定位")
    expect(here).to_contain_text("还没打卡")
    phone.submit()
    phone.expect_complete()
    kept = submission_of(product, name, visit)
    assert kept["check_in"]["place"] is None
    assert kept["check_out"] is None


def test_a_check_in_by_mistake_is_taken_back(phone: Phone, product: Product):
    phone.sign_in(product.idle_inspector())
    phone.start_visit()
    arrived = phone.page.get_by_role("button", name="到店", exact=True)
    arrived.click()
    phone.page.locator(TOAST).get_by_role("button", name="撤销").click()
    expect(arrived).to_be_visible()


def test_a_count_and_a_stopwatch_run_on_in_another_page(phone: Phone, product: Product):
    phone.sign_in(product.idle_inspector())
    visit = phone.start_visit()
    notes(phone)
    page = phone.page
    page.locator(".tool", has_text="计数").click()
    page.locator(".tool", has_text="计数").click()
    page.locator(".tool", has_text="秒表").click()
    expect(page.locator(".log__b", has_text="秒表")).to_be_visible()
    expect(entry(phone, "秒表")).to_contain_text(TWO_SECONDS)
    context = page.context
    page.close()
    page = context.new_page()
    again = Phone(page, product.address)
    again.open(f"visits/{visit}/capture")
    running = page.get_by_role("button", name="停")
    expect(running).to_contain_text(TWO_SECONDS)
    expect(entry(again, "计数 ×2")).to_be_visible()
    running.click()
    expect(running).to_have_count(0)
    stopped = entry(again, "秒表").inner_text()
    page.reload()
    expect(entry(again, "秒表")).to_have_text(re.compile(re.escape(stopped.split()[-2])))


def test_a_measured_time_is_taken_by_the_stopwatch_and_judges_itself(
    phone: Phone, product: Product
):
    phone.sign_in(product.idle_inspector())
    expect(phone.visits().get_by_role("button", name="开始检查").first).to_be_enabled()
    phone.page.evaluate(MEASURE_THE_FIRST_ITEM)
    visit = phone.start_visit()
    page = phone.page
    item = page.locator(".item-place").first
    item.get_by_role("button", name="开始计时").click()
    expect(item.get_by_role("timer")).to_have_text(TWO_SECONDS)
    page.reload()
    expect(item.get_by_role("timer")).to_have_text(TWO_SECONDS)
    item.get_by_role("button", name="计次").click()
    expect(item).to_contain_text("计次 0:")
    item.get_by_role("button", name="停止并填入").click()
    measured = item.get_by_label(re.compile("实测值"))
    expect(measured).to_have_value(re.compile(r"^\d+(\.\d+)?$"))
    expect(item).to_contain_text("等了")
    item.get_by_role("button", name="改回上一步").click()
    expect(measured).to_have_value("")
    assert visit


MEASURE_THE_FIRST_ITEM = """async () => {
  const rule = {
    kind: "meas", unit: { zh: "秒", en: "seconds" }, least: 0, most: 100000,
    bands: [{ above: 10, loss: 100, text: { zh: "等了", en: "waited" }, veto: false }],
  };
  const db = await new Promise((done) => {
    const open = indexedDB.open("mingcha");
    open.onsuccess = () => done(open.result);
  });
  const tx = db.transaction("rubrics", "readwrite");
  const rubrics = tx.objectStore("rubrics");
  const all = await new Promise((done) => {
    const asked = rubrics.getAll();
    asked.onsuccess = () => done(asked.result);
  });
  for (const row of all) {
    row.rubric.sections[0].items[0].rule = rule;
    rubrics.put(row);
  }
  await new Promise((done) => { tx.oncomplete = done; });
  db.close();
}"""
"""No shipped rubric measures time: the phone's own copy of one is made to, before the visit."""
