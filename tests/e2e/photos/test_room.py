"""A phone that is full: what was typed is kept, photos wait in memory, words say what to do."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.e2e.phone import Phone
from tests.e2e.photos.photo_files import picture
from tests.e2e.product import Product

pytestmark = pytest.mark.e2e

FULL = """(() => {
  const put = IDBObjectStore.prototype.put;
  const size = (value) => (value.bytes?.bytes ?? value.bytes)?.byteLength ?? 0;
  IDBObjectStore.prototype.put = function (...values) {
    if (this.name === "photos" && window.full?.(size(values[0])))
      throw new DOMException("full", "QuotaExceededError");
    return put.apply(this, values);
  };
})();"""
"""A storage that refuses the photos a test says it has no room for."""


@pytest.fixture
def visit(phone: Phone, product: Product) -> Phone:
    """A phone with a visit begun, its first item lost."""
    phone.page.add_init_script(FULL)
    phone.sign_in(product.idle_inspector())
    phone.start_visit()
    phone.judge("1.1", "扣分")
    return phone


def test_on_a_full_phone_answers_still_save_and_delivered_photos_make_room(
    visit: Phone, photo: Path, tmp_path: Path
):
    page, item = visit.page, visit.item("1.1")
    visit.photograph(item, photo)
    expect(item.locator(".photo__s")).to_have_text("已送达", timeout=30_000)
    page.evaluate(
        """() => {
          window.room = 0;
          window.full = (bytes) => (bytes ? window.room-- < 1 : (window.room = 1) && false);
        }"""
    )
    second = tmp_path / "second.jpg"
    second.write_bytes(picture())
    item.locator("input[capture]").set_input_files(second)
    sheet = page.get_by_role("dialog")
    expect(sheet.get_by_role("alert")).to_have_text("手机空间不够，1 张照片没有存上")
    sheet.get_by_role("button", name="以后再说").click()
    item.get_by_label("补充说明").fill("台阶有积雪")
    expect(page.get_by_text("已存本机")).to_be_visible()
    item.get_by_role("button", name="腾出空间").click()
    sheet.get_by_role("button", name="再存一次").click()
    expect(sheet.get_by_role("alert")).to_contain_text("1 张照片没有存上")
    sheet.get_by_role("button", name="删掉手机里已送达的 1 张原图").click()
    expect(sheet.get_by_text("照片都已存好")).to_be_visible()
    sheet.locator(".btn--p").click()
    expect(item.locator(".photo canvas")).to_have_count(2)
    page.reload()
    expect(visit.item("1.1").locator(".photo canvas")).to_have_count(2)
    expect(visit.item("1.1").get_by_label("补充说明")).to_have_value("台阶有积雪")


def test_smaller_pictures_fit_where_the_usual_ones_do_not(visit: Phone, photo: Path):
    page, item = visit.page, visit.item("1.1")
    page.evaluate(
        """() => {
          window.most = 0;
          window.full = (bytes) => {
            window.most ||= bytes - 1;
            return bytes > window.most;
          };
        }"""
    )
    item.locator("input[capture]").set_input_files(photo)
    sheet = page.get_by_role("dialog")
    sheet.get_by_role("button", name="改用小图").click()
    expect(sheet.get_by_text("照片都已存好")).to_be_visible()
    sheet.locator(".btn--p").click()
    expect(item.locator(".photo canvas")).to_have_count(1)
