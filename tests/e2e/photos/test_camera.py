"""The camera inside the page: a series under one thumb, and words where there is none."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Playwright, expect

from tests.e2e.conftest import CHROMIUM, PATIENCE, PHONE
from tests.e2e.phone import Phone
from tests.e2e.photos.kept_photos import kept
from tests.e2e.product import Product

pytestmark = pytest.mark.e2e

FAKE = ("--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream")

KEEP_STREAM = """() => {
  const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  navigator.mediaDevices.getUserMedia = async (wanted) => {
    window.wanted = wanted;
    window.stream = await open(wanted);
    return window.stream;
  };
}"""


@pytest.fixture(scope="module")
def seeing(playwright: Playwright) -> Iterator[Browser]:
    """A browser with a camera that shows a clock."""
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FAKE)
    yield browser
    browser.close()


@pytest.fixture
def seeing_phone(seeing: Browser, product: Product) -> Iterator[Phone]:
    """A phone with such a camera and a visit begun."""
    context = seeing.new_context(**PHONE)
    context.set_default_timeout(PATIENCE)
    phone = Phone(context.new_page(), product.address)
    phone.sign_in(product.idle_inspector())
    phone.start_visit()
    phone.page.evaluate(KEEP_STREAM)
    yield phone
    context.close()


def open_camera(phone: Phone) -> Locator:
    """Open the camera for the first item, lost; its shutter."""
    phone.judge("1.1", "扣分").get_by_role("button", name="连拍").click()
    shutter = phone.page.get_by_role("button", name="拍一张")
    expect(shutter).to_be_enabled()
    return shutter


def test_a_series_is_taken_with_one_thumb(seeing_phone: Phone):
    page = seeing_phone.page
    shutter = open_camera(seeing_phone)
    for number in (1, 2, 3):
        shutter.click()
        expect(page.get_by_text(f"这次拍了 {number} 张")).to_be_visible()
        expect(page.locator(".cam__strip canvas")).to_have_count(number)
    assert page.evaluate("() => window.wanted.audio") is False
    page.get_by_role("button", name="完成").click()
    expect(seeing_phone.item("1.1").locator(".photo canvas")).to_have_count(3)
    photos = kept(seeing_phone)
    assert {photo["origin"] for photo in photos} == {"camera"}
    assert {max(photo["size"]) for photo in photos} == {1600}
    assert page.evaluate("() => window.stream.getTracks().map((one) => one.readyState)") == [
        "ended"
    ]


def test_keys_take_photos_and_close_the_camera(seeing_phone: Phone):
    page = seeing_phone.page
    open_camera(seeing_phone)
    page.wait_for_function("() => document.activeElement.matches('.cam__shot')")
    page.keyboard.press("Enter")
    expect(page.locator(".cam__strip canvas")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(page.locator(".cam")).to_have_count(0)


def test_a_discreet_camera_is_dim_and_takes_what_it_sees_wherever_it_is_touched(
    seeing_phone: Phone,
):
    page = seeing_phone.page
    page.go_back()
    page.get_by_role("button", name="低调模式").click()
    page.go_forward()
    open_camera(seeing_phone)
    expect(page.locator(".cam--dim video")).to_have_css("opacity", "0.22")
    page.locator(".cam__view").click(position={"x": 40, "y": 40})
    expect(page.locator(".cam__strip canvas")).to_have_count(1)
    page.get_by_role("button", name="调暗").click()
    expect(page.locator(".cam--dim")).to_have_count(0)


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ("NotAllowedError", "没有相机权限"),
        ("NotFoundError", "没有找到相机"),
        ("NotReadableError", "相机正被占用"),
    ],
)
def test_without_a_camera_the_two_file_fields_are_offered_in_words(
    phone: Phone, product: Product, context: BrowserContext, fault: str, words: str
):
    context.add_init_script(
        f"navigator.mediaDevices.getUserMedia = () =>"
        f" Promise.reject(new DOMException('', '{fault}'));"
    )
    phone.sign_in(product.idle_inspector())
    phone.start_visit()
    phone.judge("1.1", "扣分").get_by_role("button", name="连拍").click()
    panel = phone.page.locator(".cam__trouble")
    expect(panel.get_by_role("alert")).to_have_text(words)
    expect(panel.locator("input[type=file]")).to_have_count(2)
    expect(panel.locator("input[capture]")).to_have_count(1)
    expect(phone.page.get_by_role("button", name="拍一张")).to_be_disabled()
