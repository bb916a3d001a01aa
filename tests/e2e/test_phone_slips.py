"""What nobody meant: a sheet closed by accident, a full phone, a file that has grown old."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from tests.e2e.phone import Phone
from tests.e2e.product import Product

pytestmark = pytest.mark.e2e

FULL = """(() => {
  const put = IDBObjectStore.prototype.put;
  IDBObjectStore.prototype.put = function (...values) {
    if (window.full && this.name === "photos") throw new DOMException("full", "QuotaExceededError");
    return put.apply(this, values);
  };
})();"""
"""A storage without room for photos, once a test says so."""

LASTING = """(() => {
  const set = window.setTimeout;
  window.setTimeout = (work, ms, ...rest) => (ms === 6000 ? 0 : set(work, ms, ...rest));
})();"""
"""An offer to undo does not end by itself: how fast the machine is decides nothing."""


@pytest.fixture
def visit(phone: Phone, product: Product) -> Phone:
    """A phone with a visit begun."""
    phone.page.add_init_script(FULL + LASTING)
    phone.sign_in(product.idle_inspector())
    phone.start_visit()
    return phone


def fill_up(phone: Phone, *, full: bool = True) -> None:
    """Take all room for photos, or give it back."""
    phone.page.evaluate("(full) => { window.full = full }", full)


def notes(phone: Phone) -> None:
    """Open the notes of the visit on the screen."""
    phone.page.get_by_role("link", name="随手记").first.click()
    expect(phone.page.get_by_role("heading", name="随手记")).to_be_visible()


def leave_for(phone: Phone, hash_: str) -> None:
    """Go to another screen of the open page."""
    phone.page.evaluate("(hash) => { location.hash = hash }", hash_)


def sheet(phone: Phone) -> Locator:
    return phone.page.get_by_role("dialog")


def no_room(place: Locator) -> Locator:
    """What says that a photo is in memory only."""
    return place.locator(".banner", has_text="1 张照片没有存上")


def test_a_file_for_another_phone_is_offered_only_where_it_was_made(visit: Phone):
    page = visit.page
    visit.judge("1.1", "达标")
    leave_for(visit, "#/transfer")
    code = page.get_by_label("口令").first
    before = code.input_value()
    page.get_by_role("button", name="生成文件").click()
    expect(page.get_by_role("button", name="保存文件")).to_be_visible(timeout=60_000)
    leave_for(visit, "#/me")
    expect(page.get_by_role("button", name="退出登录")).to_be_visible()
    leave_for(visit, "#/transfer")
    expect(page.get_by_role("button", name="生成文件")).to_be_visible()
    expect(page.get_by_role("button", name="保存文件")).to_have_count(0)
    assert code.input_value() not in ("", before)


def test_a_file_that_is_no_photo_is_told_where_no_item_was_named(visit: Phone, tmp_path: Path):
    empty = tmp_path / "empty.jpg"
    empty.write_bytes(b"")
    foot = visit.page.locator(".m-foot")
    foot.locator("input[capture]").set_input_files(empty)
    expect(foot.get_by_role("alert")).to_contain_text("文件是空的")
    notes(visit)
    expect(foot.get_by_role("alert")).to_contain_text("文件是空的")
    foot.get_by_role("button", name="关闭").click()
    expect(foot.get_by_role("alert")).to_have_count(0)


def test_a_note_half_written_outlives_its_sheet(visit: Phone):
    notes(visit)
    write = visit.page.get_by_role("button", name="写一句")
    write.click()
    line = sheet(visit).get_by_label("看到了什么")
    line.fill("台阶上有烟头")
    visit.page.keyboard.press("Escape")
    expect(sheet(visit)).to_have_count(0)
    write.click()
    expect(line).to_have_value("台阶上有烟头")
    sheet(visit).get_by_role("button", name="记下").click()
    expect(visit.page.locator(".log__b", has_text="台阶上有烟头")).to_be_visible()
    write.click()
    expect(line).to_have_value("")


def test_what_is_said_while_a_sheet_is_open_is_said_in_it(visit: Phone):
    notes(visit)
    visit.page.locator(".tool", has_text="计数").click()
    entry = visit.page.locator(".log__b")
    entry.click()
    sheet(visit).get_by_role("button", name=re.compile(r"^1\.1")).click()
    undo = visit.page.locator(".toast").get_by_role("button", name="撤销")
    expect(undo).to_be_visible()
    entry.click()
    expect(sheet(visit).locator(".toast")).to_be_visible()
    undo.click()
    expect(sheet(visit).locator(".toast")).to_contain_text("已取下")


def test_an_offer_to_undo_stays_behind_with_its_screen(visit: Phone):
    toast = visit.page.locator(".toast")
    visit.page.get_by_role("button", name="全部达标").click()
    expect(toast).to_be_visible()
    visit.next_section()
    expect(toast).to_be_visible()
    leave_for(visit, "#/tasks")
    expect(visit.page.get_by_role("heading", name="今日任务")).to_be_visible()
    expect(toast).to_have_count(0)


def test_a_removed_photo_is_not_lost_when_there_is_no_room_to_bring_it_back(
    visit: Phone, photo: Path
):
    item = visit.judge("1.1", "扣分")
    visit.photograph(item, photo)
    item.locator("button.photo:has(canvas)").click()
    sheet(visit).get_by_role("button", name="删除").click()
    expect(item.locator(".photo canvas")).to_have_count(0)
    fill_up(visit)
    visit.page.locator(".toast").get_by_role("button", name="撤销").click()
    sheet(visit).get_by_role("button", name="以后再说").click()
    expect(no_room(item)).to_be_visible()
    fill_up(visit, full=False)
    item.get_by_role("button", name="腾出空间").click()
    sheet(visit).get_by_role("button", name="再存一次").click()
    expect(item.locator(".photo canvas")).to_have_count(1)


def test_a_photo_in_memory_only_keeps_the_app_open_and_its_visit_from_being_submitted(
    visit: Phone, photo: Path
):
    page = visit.page
    item = visit.judge("1.1", "扣分")
    visit.photograph(item, photo)
    fill_up(visit)
    page.locator(".m-foot input[capture]").set_input_files(photo)
    sheet(visit).get_by_role("button", name="以后再说").click()
    page.evaluate("() => import('/app/js/views/account/locking.js').then((it) => it.lockNow())")
    expect(page.locator(".toast", has_text="没有锁上")).to_be_visible()
    visit.pass_the_rest()
    page.get_by_text("以上为我本人到店所见").click()
    submit = page.locator(".m-foot").get_by_role("button", name="提交")
    expect(submit).to_be_disabled()
    fill_up(visit, full=False)
    page.get_by_role("button", name="腾出空间").click()
    sheet(visit).get_by_role("button", name="再存一次").click()
    expect(sheet(visit).get_by_text("照片都已存好")).to_be_visible()
    sheet(visit).locator(".btn--p").click()
    page.get_by_role("button", name="去归项").click()
    sheet(visit).get_by_role("button", name=re.compile(r"^1\.2")).click()
    expect(submit).to_be_enabled()
