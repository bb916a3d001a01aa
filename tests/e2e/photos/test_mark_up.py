"""Marks drawn over a photo: on a copy, with fingers or keys, and taken back."""

from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from tests.e2e.phone import Phone
from tests.e2e.photos.kept_photos import kept, near
from tests.e2e.photos.photo_files import picture
from tests.e2e.product import Product

pytestmark = pytest.mark.e2e


@pytest.fixture
def item(phone: Phone, product: Product, tmp_path: Path) -> Locator:
    """An item with one photo of a single colour."""
    phone.sign_in(product.idle_inspector())
    phone.start_visit()
    item = phone.judge("1.1", "扣分")
    path = tmp_path / "plain.jpg"
    path.write_bytes(picture((1200, 900)))
    phone.photograph(item, path)
    return item


def open_marks(phone: Phone, item: Locator) -> Locator:
    """Open the first photo to draw on it; the canvas."""
    item.locator("button.photo:has(canvas)").first.click()
    phone.page.get_by_role("button", name="标注").click()
    canvas = phone.page.locator(".mark__view canvas")
    expect(canvas).to_be_visible()
    return canvas


def drag(phone: Phone, canvas: Locator) -> None:
    """A finger goes from the left of the middle to its right."""
    box = canvas.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    mouse = phone.page.mouse
    mouse.move(x - 60, y)
    mouse.down()
    for step in range(-5, 7):
        mouse.move(x + 10 * step, y)
    mouse.up()


def is_marked(colour: list[int]) -> bool:
    red, green, blue = colour
    return red > 180 and max(green, blue) < 110


def test_marks_are_drawn_on_a_copy_that_names_its_original(phone: Phone, item: Locator):
    (before,) = kept(phone)
    canvas = open_marks(phone, item)
    phone.page.get_by_role("button", name="手绘").click()
    drag(phone, canvas)
    phone.page.get_by_role("button", name="完成标注").click()
    expect(item.locator(".photo canvas")).to_have_count(2)
    original, copy = kept(phone)
    assert original == before
    assert near(original["middle"], tuple(original["corners"][0]))
    assert is_marked(copy["middle"])
    assert copy["marked_from"] == original["sha256"]
    assert copy["taken_at"] == original["taken_at"]


def test_marks_are_taken_back_and_a_touch_is_none(phone: Phone, item: Locator):
    canvas = open_marks(phone, item)
    canvas.click()
    expect(phone.page.get_by_text("0 处标注")).to_be_attached()
    for name in ("圈", "箭头"):
        phone.page.get_by_role("button", name=name).click()
        drag(phone, canvas)
    expect(phone.page.get_by_text("2 处标注")).to_be_attached()
    for left in (1, 0):
        phone.page.locator(".mark__tools").get_by_role("button", name="撤销").click()
        expect(phone.page.get_by_text(f"{left} 处标注")).to_be_attached()
    expect(phone.page.get_by_role("button", name="完成标注")).to_be_disabled()


def test_keys_draw_too_and_closing_by_accident_loses_no_mark(phone: Phone, item: Locator):
    canvas = open_marks(phone, item)
    phone.page.get_by_role("button", name="手绘").click()
    canvas.focus()
    for key in ("Enter", "ArrowUp", "ArrowDown", "+", "Enter", "Backspace"):
        phone.page.keyboard.press(key)
    expect(phone.page.get_by_text("1 处标注")).to_be_attached()
    phone.page.keyboard.press("Escape")
    open_marks(phone, item)
    expect(phone.page.get_by_text("1 处标注")).to_be_attached()
    phone.page.get_by_role("button", name="完成标注").press("Enter")
    expect(item.locator(".photo canvas")).to_have_count(2)
    assert is_marked(kept(phone)[1]["middle"])


def test_without_its_original_a_copy_goes_too_and_comes_back_with_it(phone: Phone, item: Locator):
    open_marks(phone, item).press("Enter")
    phone.page.get_by_role("button", name="完成标注").click()
    expect(item.locator(".photo canvas")).to_have_count(2)
    before = kept(phone)
    item.locator("button.photo:has(canvas)").first.click()
    phone.page.get_by_role("dialog").get_by_role("button", name="删除").click()
    expect(phone.page.get_by_text("已删除 2 张照片")).to_be_visible()
    expect(item.locator(".photo canvas")).to_have_count(0)
    phone.page.get_by_role("button", name="撤销").click()
    expect(item.locator(".photo canvas")).to_have_count(2)
    assert kept(phone) == before
