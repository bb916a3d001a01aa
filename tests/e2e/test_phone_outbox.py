"""The outbox says who answered, what holds a visit up, what comes next; it travels in a file."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Route, expect

from tests.e2e.conftest import PATIENCE, PHONE
from tests.e2e.phone import Phone
from tests.e2e.product import Product

pytestmark = pytest.mark.e2e

CONFLICT = {
    "status": 409,
    "code": "visit.conflict",
    "title": "冲突",
    "detail": "已收到不同的内容。",
}
NOTE = "门口台阶有积水"
LONG = 60_000


def a_hotels_page(route: Route) -> None:
    """What a network says that wants a sign-in first."""
    route.fulfill(status=200, content_type="text/html", body="<h1>Welcome</h1>")


def test_a_network_that_wants_a_sign_in_is_told_apart_and_nothing_counts_as_sent(
    phone: Phone, product: Product, context: BrowserContext
):
    phone.sign_in(product.idle_inspector())
    phone.start_visit()
    phone.pass_the_rest()
    context.route("**/api/**", a_hotels_page)
    phone.submit()
    phone.open("outbox")
    expect(phone.page.get_by_text("连上的网络要先登录")).to_be_visible()
    expect(phone.page.get_by_text("等待发送")).to_be_visible()
    context.unroute("**/api/**")
    phone.try_again()
    expect(phone.page.get_by_text("没有待发送的内容")).to_be_visible(timeout=PATIENCE)


def test_a_conflict_says_that_both_are_kept_and_who_decides(
    phone: Phone, product: Product, context: BrowserContext
):
    phone.sign_in(product.idle_inspector())
    phone.start_visit()
    phone.pass_the_rest()

    def refuse(route: Route) -> None:
        kind = "application/problem+json"
        route.fulfill(status=409, content_type=kind, body=json.dumps(CONFLICT))

    context.route("**/attempts/*", refuse)
    phone.submit()
    phone.open("outbox")
    expect(phone.page.get_by_text("需要处理")).to_be_visible()
    expect(phone.page.get_by_text("两份都保留")).to_be_visible()
    expect(phone.page.get_by_role("link", name="看服务器收到的")).to_be_visible()
    context.unroute("**/attempts/*")
    phone.page.get_by_role("button", name="再试一次").click()
    expect(phone.page.get_by_text("没有待发送的内容")).to_be_visible(timeout=PATIENCE)


def a_submitted_visit(phone: Phone, photo: Path) -> str:
    """One loss with its note and photo, all else passed, submitted; the visit's id."""
    visit = phone.start_visit()
    item = phone.judge("1.2", "扣分")
    item.get_by_label("补充说明").fill(NOTE)
    phone.photograph(item, photo)
    phone.pass_the_rest()
    phone.submit()
    return visit


def exported(phone: Phone) -> tuple[Path, str]:
    """The file and its code. The browser of the tests shares no files: it is a download."""
    phone.open("transfer")
    code = phone.page.get_by_label("口令").first.input_value()
    phone.page.get_by_role("button", name="生成文件").click()
    told = phone.page.get_by_text("0 份草稿、1 项待发送、1 张照片，已加密")
    expect(told).to_be_visible(timeout=LONG)
    with phone.page.expect_download() as download:
        phone.page.get_by_role("button", name="保存文件").click()
    return download.value.path(), code


def bring_in(phone: Phone, file: Path, code: str) -> None:
    """Import a file."""
    phone.open("transfer")
    phone.page.get_by_label("选择文件").set_input_files(file)
    phone.page.get_by_label("口令").last.fill(code)
    phone.page.get_by_role("button", name="导入").click()
    expect(phone.page.get_by_text("新增 1 项")).to_be_visible(timeout=LONG)


def expect_all_sent(phone: Phone) -> None:
    """The outbox has nothing left."""
    phone.open("outbox")
    expect(phone.page.get_by_text("没有待发送的内容")).to_be_visible(timeout=LONG)


def test_an_exported_file_goes_on_on_another_phone_and_arrives_once(
    phone: Phone, product: Product, context: BrowserContext, browser: Browser, photo: Path
):
    name = product.idle_inspector()
    phone.sign_in(name)
    phone.wait_until_kept()
    context.set_offline(True)
    visit = a_submitted_visit(phone, photo)
    file, code = exported(phone)
    other = browser.new_context(**PHONE)
    other.set_default_timeout(PATIENCE)
    second = Phone(other.new_page(), product.address)
    second.sign_in(name)
    bring_in(second, file, code)
    expect_all_sent(second)
    other.close()
    context.set_offline(False)
    expect_all_sent(phone)
    with product.caller(name) as caller:
        kept = caller.get(f"/api/visits/{visit}").json()
        mine = [one["id"] for one in caller.get("/api/visits").json()["visits"]]
    assert (kept["complete"], kept["attempt"], mine.count(visit)) == (True, 1, 1)
