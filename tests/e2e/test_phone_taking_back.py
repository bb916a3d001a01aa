"""On the form: taking back, the next item left, setting apart, mended on the spot."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.phone import Phone
from tests.e2e.product import Product
from tests.e2e.store_notes import TOAST, submission_of

pytestmark = pytest.mark.e2e


def test_every_change_is_taken_back_by_tap_by_key_and_one_after_the_other(
    phone: Phone, product: Product
):
    phone.sign_in(product.idle_inspector())
    phone.start_visit()
    page = phone.page
    item = phone.judge("1.1", "扣分")
    item.get_by_role("button", name="多一").click()
    assert phone.score() == "98.0"
    page.locator(TOAST).get_by_role("button", name="撤销").click()
    expect(page.locator(".form-score .score")).to_have_text("99.0")
    item.get_by_role("button", name="多一").focus()
    page.keyboard.press("Control+z")
    expect(page.locator(".form-score .score")).to_have_text("100.0")
    phone.judge("1.2", "达标")
    phone.judge("1.3", "扣分")
    phone.expect_saved()
    page.reload()
    again = phone.item("1.3")
    again.get_by_role("button", name="改回上一步").click()
    expect(again.locator("[aria-checked=true]")).to_have_count(0)
    expect(phone.item("1.2").locator(".item--done")).to_be_visible()


def test_the_next_item_left_is_one_tap_away_from_anywhere(phone: Phone, product: Product):
    phone.sign_in(product.idle_inspector())
    phone.start_visit()
    page = phone.page
    phone.judge("1.1", "达标")
    page.get_by_role("button", name="下一个未评").click()
    expect(phone.item("1.2")).to_be_in_viewport()
    page.locator(".stabs a").last.click()
    expect(page.locator(".stabs a").last).to_have_attribute("aria-current", "true")
    phone.pass_section()
    page.get_by_role("button", name="下一个未评").click()
    expect(page).to_have_url(re.compile("/form/environment$"))
    expect(phone.item("1.2")).to_be_in_viewport()
    page.get_by_role("button", name="全部分项").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("link").first).to_contain_text("已评 1 /")
    fourth = dialog.get_by_role("link").nth(3)
    leads_to = fourth.get_attribute("href") or ""
    fourth.click()
    expect(page).to_have_url(re.compile(re.escape(leads_to)))


def test_the_rest_of_a_section_is_set_apart_for_a_reason_and_taken_back(
    phone: Phone, product: Product
):
    phone.sign_in(product.idle_inspector())
    phone.start_visit()
    page = phone.page
    lost = phone.judge("1.1", "扣分")
    lost.get_by_label("补充说明").fill("台阶有积雪")
    page.get_by_role("button", name="其余项没看到或不适用").click()
    dialog = page.get_by_role("dialog")
    unseen = dialog.get_by_role("button", name="标为未观测")
    expect(unseen).to_be_disabled()
    dialog.get_by_role("button", name="没有机会看到").click()
    unseen.click()
    left = page.locator(".item-place").count() - 1
    expect(page.locator("[role=radio][aria-checked=true]", has_text="未观测").first).to_be_visible()
    expect(page.get_by_label("理由", exact=True)).to_have_count(left)
    expect(lost.get_by_label("补充说明")).to_have_value("台阶有积雪")
    page.locator(TOAST).get_by_role("button", name="撤销").click()
    expect(page.get_by_label("理由", exact=True)).to_have_count(0)


def test_not_applicable_and_not_observed_need_their_reason_and_stay_apart(
    phone: Phone, product: Product
):
    name = product.idle_inspector()
    phone.sign_in(name)
    visit = phone.start_visit()
    phone.judge("1.2", "未观测").get_by_role("button", name="会暴露身份").click()
    offering = phone.page.locator(".item-place", has=phone.page.get_by_role("radio", name="不适用"))
    while not offering.count():
        phone.pass_section()
        phone.next_section()
    number = offering.first.locator(".item__n")
    expect(number).to_have_text(re.compile(r"\d"))
    # Of what lies below the screen a browser says no inner text.
    aside = phone.judge((number.text_content() or "").strip(), "不适用")
    phone.pass_the_rest()
    expect(phone.page.get_by_text("须写理由")).to_have_count(1)
    phone.page.get_by_role("button", name="去填写").click()
    aside.get_by_role("button", name="当天未开放").click()
    phone.open(f"visits/{visit}/check")
    phone.submit()
    phone.expect_complete()
    answers = submission_of(product, name, visit)["answers"]
    apart = {one["verdict"]: one["reason"] for one in answers if one["verdict"] != "pass"}
    assert apart == {"not_observed": "会暴露身份", "na": "当天未开放"}


def test_mended_on_the_spot_and_words_of_the_rubric_travel(phone: Phone, product: Product):
    name = product.idle_inspector()
    phone.sign_in(name)
    visit = phone.start_visit()
    item = phone.judge("1.1", "扣分")
    item.get_by_role("group", name="常用词").get_by_role("button").first.click()
    item.get_by_role("button", name="当场已整改").click()
    words = item.get_by_label("补充说明").input_value()
    assert words
    item.get_by_text("不便拍照？").click()
    item.get_by_label("不便拍照的理由").fill("店员就在旁边")
    phone.pass_the_rest()
    phone.submit()
    phone.expect_complete()
    [lost] = [
        one for one in submission_of(product, name, visit)["answers"] if one["verdict"] == "loss"
    ]
    assert (lost["note"], lost["corrected_on_spot"]) == (words, True)
