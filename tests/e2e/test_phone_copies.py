"""The server's copy of a draft: brought back to a cleared phone, taken over by another one."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Response, expect

from tests.e2e.conftest import PATIENCE, PHONE
from tests.e2e.phone import Phone
from tests.e2e.product import Product

pytestmark = pytest.mark.e2e

NOTE = "地面有水渍"


def leave_and_come_back(phone: Phone) -> None:
    """Off the screen, and back."""
    for state in ("hidden", "visible"):
        phone.turn(state)


@contextmanager
def copied(phone: Phone, visit: str, said: str) -> Iterator[None]:
    """Enter something, leave the screen, wait for the server's word on a copy that says it: what
    still ran from before may be what sends it.
    """

    def answered(answer: Response) -> bool:
        request = answer.request
        about = request.method == "PUT" and f"/api/drafts/{visit}/" in request.url
        return about and answer.ok and said.encode() in (request.post_data_buffer or b"")

    with phone.page.expect_response(answered):
        yield
        leave_and_come_back(phone)


def a_draft_with_a_copy(phone: Phone) -> str:
    """Something entered, and the server's word that it has a copy; the visit's id."""
    visit = phone.start_visit()
    with copied(phone, visit, NOTE):
        phone.judge("1.2", "扣分").get_by_label("补充说明").fill(NOTE)
        phone.expect_saved()
    expect(phone.page.get_by_text("服务器有副本").first).to_be_visible()
    return visit


def clear_storage(context: BrowserContext, phone: Phone) -> None:
    """What a phone short of room does to an app: everything stored goes, the cookie stays."""
    devtools = context.new_cdp_session(phone.page)
    origin = phone.app.removesuffix("/app/")
    phone.page.goto("about:blank")
    kinds = "indexeddb,local_storage,cache_storage"
    devtools.send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": kinds})


def photo_sent(phone: Phone, photo: Path) -> None:
    """A photo of the item, and the server's word that it is there whole."""
    phone.photograph(phone.item("1.2"), photo)
    expect(phone.item("1.2").get_by_text("已送达")).to_be_visible(timeout=PATIENCE)


def test_a_cleared_phone_gets_its_drafts_back_and_is_told(
    phone: Phone, product: Product, context: BrowserContext, photo: Path
):
    phone.sign_in(product.idle_inspector())
    visit = a_draft_with_a_copy(phone)
    with copied(phone, visit, '"photos":["'):
        photo_sent(phone, photo)
    clear_storage(context, phone)
    phone.page.goto(phone.app)
    expect(phone.page.get_by_text("本机数据被系统清除，已从服务器恢复 1 份")).to_be_visible()
    phone.page.get_by_role("link", name="查看").click()
    expect(phone.page.get_by_text("副本是")).to_be_visible()
    phone.page.get_by_role("link", name="打开核对").click()
    expect(note_of(phone)).to_have_value(NOTE)
    # The picture came from the server when it was looked at.
    expect(phone.item("1.2").locator(".photo canvas:not([width='8'])")).to_be_visible()
    phone.open("restored")
    phone.page.get_by_role("button", name="知道了").click()
    expect(phone.page.get_by_text("本机数据被系统清除")).to_have_count(0)


@pytest.fixture
def second(browser: Browser, product: Product) -> Iterator[Phone]:
    """Another phone."""
    context = browser.new_context(**PHONE)
    context.set_default_timeout(PATIENCE)
    yield Phone(context.new_page(), product.address)
    context.close()


def note_of(phone: Phone) -> Locator:
    """The words written at the item all this is about."""
    return phone.item("1.2").get_by_label("补充说明")


def say_go_on(phone: Phone, button: str) -> None:
    """Choose a version and say yes."""
    phone.page.get_by_role("button", name=button).click()
    phone.page.get_by_role("dialog").get_by_role("button", name="接着填").click()


def write(phone: Phone, note: str) -> None:
    """Change the note, and see it saved."""
    note_of(phone).fill(note)
    phone.expect_saved()


def test_another_phone_takes_a_draft_over_and_the_first_learns_of_it(
    phone: Phone, second: Phone, product: Product
):
    name = product.idle_inspector()
    phone.sign_in(name)
    visit = a_draft_with_a_copy(phone)
    second.sign_in(name)
    second.page.get_by_text("另一台设备上有这家店的草稿").wait_for()
    second.page.get_by_role("link", name="打开那份草稿").click()
    expect(second.page.get_by_text(NOTE)).to_be_visible()
    say_go_on(second, "在这台手机接着填")
    expect(note_of(second)).to_have_value(NOTE)
    with copied(second, visit, "第二台写的"):
        write(second, "第二台写的")

    write(phone, "第一台写的")
    leave_and_come_back(phone)
    expect(phone.page.get_by_text("这份草稿已在另一台设备上接着填")).to_be_visible()
    phone.page.get_by_role("link", name="看两个版本").click()
    for theirs in ("第一台写的", "第二台写的"):
        expect(phone.page.get_by_text(theirs)).to_be_visible()
    say_go_on(phone, "改用这个版本")
    expect(note_of(phone)).to_have_value("第二台写的")
    phone.open(f"visits/{visit}/versions")
    expect(phone.page.get_by_text("第一台写的")).to_be_visible()
    expect(phone.page.get_by_role("heading", name="换下的版本")).to_be_visible()
