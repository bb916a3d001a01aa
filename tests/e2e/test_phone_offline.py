"""The phone without a network, without power, without room, without a session."""

from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Route, expect

from tests.e2e.phone import Phone
from tests.e2e.product import Product
from tests.e2e.profile import Profile

pytestmark = pytest.mark.e2e


def test_a_visit_filled_and_submitted_offline_arrives_once(
    phone: Phone, product: Product, context: BrowserContext, photo: Path
):
    name = product.idle_inspector()
    phone.sign_in(name)
    phone.wait_until_kept()
    context.set_offline(True)
    phone.page.reload()
    visit = phone.start_visit()
    phone.photograph(phone.judge("1.1", "扣分"), photo)
    phone.page.reload()
    expect(phone.item("1.1").locator(".photo canvas")).to_be_visible()
    phone.pass_the_rest()
    phone.submit()
    expect(phone.page.get_by_text("已封存在手机里，联网后自动发送。")).to_be_visible()
    context.set_offline(False)
    phone.expect_complete()
    with product.caller(name) as caller:
        mine = [one["id"] for one in caller.get("/api/visits").json()["visits"]]
    assert mine.count(visit) == 1


def test_a_draft_is_filled_in_in_one_window_at_a_time(
    phone: Phone, product: Product, context: BrowserContext
):
    phone.sign_in(product.idle_inspector())
    phone.start_visit()
    phone.judge("1.1", "扣分")
    second = Phone(context.new_page(), phone.app.removesuffix("/app/"))
    second.page.goto(phone.page.url)
    expect(second.page.get_by_text("这份草稿正在另一个窗口中打开")).to_be_visible()
    second.page.get_by_role("button", name="在这里继续填").click()
    expect(second.item("1.1").get_by_role("radio", name="扣分")).to_be_checked()
    second.judge("1.2", "扣分")
    expect(phone.page.get_by_text("这份草稿正在另一个窗口中打开")).to_be_visible()
    phone.page.get_by_role("button", name="在这里继续填").click()
    expect(phone.item("1.2").get_by_role("radio", name="扣分")).to_be_checked()
    second.page.close()


def test_a_lost_reply_is_no_second_visit(phone: Phone, product: Product, context: BrowserContext):
    name = product.idle_inspector()
    phone.sign_in(name)
    visit = phone.start_visit()
    phone.pass_the_rest()
    lost: list[int] = []

    def lose(route: Route) -> None:
        if lost:
            route.continue_()
            return
        lost.append(route.fetch().status)
        route.abort()

    context.route("**/attempts/*", lose)
    phone.submit()
    phone.expect_complete()
    assert lost == [201]
    with product.caller(name) as caller:
        assert caller.get(f"/api/visits/{visit}").json()["attempt"] == 1


def test_an_ended_session_keeps_the_work_and_asks_for_the_password(
    phone: Phone, product: Product, context: BrowserContext
):
    name = product.idle_inspector()
    phone.sign_in(name)
    phone.start_visit()
    phone.pass_the_rest()
    context.clear_cookies()
    phone.submit()
    expect(phone.page.get_by_text("等待登录")).to_be_visible()
    phone.page.locator(".banner").get_by_role("button", name="登录").click()
    sheet = phone.page.get_by_role("dialog")
    sheet.get_by_label("工号或手机号").fill(name)
    sheet.get_by_label("密码", exact=True).fill("mingcha-2026")
    sheet.get_by_role("button", name="登录").click()
    phone.expect_complete()


def test_nobody_signs_out_of_a_phone_that_holds_unsent_work(phone: Phone, product: Product):
    phone.sign_in(product.idle_inspector())
    phone.start_visit()
    phone.judge("1.1", "达标")
    phone.open("me")
    phone.page.get_by_role("button", name="退出登录").click()
    expect(phone.page.get_by_text("送达后才能退出")).to_be_visible()
    phone.page.get_by_role("dialog").get_by_role("button", name="关闭").click()
    phone.page.get_by_role("button", name="删除草稿").click()
    phone.page.get_by_role("dialog").get_by_role("button", name="删除").click()
    expect(phone.page.get_by_text("没有未提交的草稿")).to_be_visible()
    phone.page.get_by_role("button", name="退出登录").click()
    phone.page.get_by_role("dialog").get_by_role("button", name="退出登录").click()
    expect(phone.page.get_by_label("密码", exact=True)).to_be_visible()


def test_a_killed_browser_loses_nothing(profile: Profile, product: Product):
    name = product.idle_inspector()
    phone = Phone(profile.context.new_page(), product.address)
    phone.sign_in(name)
    phone.wait_for_worker()
    phone.start_visit()
    item = phone.judge("1.2", "扣分")
    item.get_by_label("补充说明").fill("地面有水渍")
    expect(phone.page.get_by_text("已存本机")).to_be_visible()
    profile.kill()
    again = Phone(profile.start().new_page(), product.address)
    profile.context.set_offline(True)
    again.page.goto(again.app)
    again.page.get_by_text("继续检查").click()
    expect(again.item("1.2").get_by_label("补充说明")).to_have_value("地面有水渍")
    expect(again.item("1.2")).to_be_in_viewport()
    assert again.score() == "99.0"
