"""A whole visit on the phone, and what may get in its way."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.e2e.phone import Phone
from tests.e2e.product import Product

pytestmark = pytest.mark.e2e


def test_a_visit_from_the_task_list_to_the_servers_score(
    phone: Phone, product: Product, photo: Path
):
    name = product.idle_inspector()
    phone.sign_in(name)
    visit = phone.start_visit()
    assert phone.score() == "100.0"
    first = phone.judge("1.1", "扣分")
    phone.photograph(first, photo)
    first.get_by_role("button", name="多一").click()
    assert phone.score() == "98.0"
    phone.judge("1.2", "达标")
    expect(phone.item("1.2").locator(".item--done")).to_be_visible()
    phone.pass_the_rest()
    shown = phone.score()
    phone.submit()
    phone.expect_complete()
    expect(phone.page.get_by_text("服务器评分")).to_be_visible()
    assert phone.page.locator(".big .score").first.inner_text() == shown
    with product.caller(name) as caller:
        kept = caller.get(f"/api/visits/{visit}").json()
    assert kept["complete"]
    assert kept["missing"] == []
    assert kept["receipt"]["receipt_no"] in phone.page.inner_text("main")


def test_what_is_missing_is_listed_and_a_tap_away(phone: Phone, product: Product):
    phone.sign_in(product.idle_inspector())
    phone.start_visit()
    phone.judge("1.1", "扣分")
    phone.pass_the_rest()
    expect(phone.page.get_by_text("还差 1 处，补完才能提交")).to_be_visible()
    expect(phone.page.locator(".m-foot").get_by_role("button", name="提交")).to_be_disabled()
    phone.page.get_by_role("button", name="去补拍").click()
    item = phone.item("1.1")
    expect(item).to_be_in_viewport()
    item.get_by_text("不便拍照？").click()
    item.get_by_label("补充说明").fill("10:20，台阶有积雪")
    item.get_by_label("不便拍照的理由").fill("店员就在旁边")
    expect(item.get_by_text("以文字代照片")).to_be_visible()
    phone.open(phone.page.url.split("#/")[1].split("/form")[0] + "/check")
    expect(phone.page.get_by_text("以上为我本人到店所见")).to_be_visible()


def test_the_rest_passed_in_one_go_can_be_taken_back(phone: Phone, product: Product):
    phone.sign_in(product.idle_inspector())
    phone.start_visit()
    items = phone.page.locator(".item-place").count()
    phone.page.get_by_role("button", name="全部达标").click()
    critical = phone.page.locator(".item--crit").count()
    expect(phone.page.locator(".item--done")).to_have_count(items - critical)
    phone.page.get_by_role("button", name="撤销").click()
    expect(phone.page.locator(".item--done")).to_have_count(0)


def test_a_photo_is_upright_small_and_without_metadata(phone: Phone, product: Product, photo: Path):
    phone.sign_in(product.idle_inspector())
    phone.start_visit()
    phone.photograph(phone.judge("1.1", "扣分"), photo)
    kept = phone.page.evaluate(
        """async () => {
          const { photoOf } = await import("/app/js/store/photos.js");
          const { desk } = await import("/app/js/views/drafts/desk.js");
          const [slot] = desk.value.draft.slots.value;
          const { bytes } = await photoOf(slot.sha256);
          const head = new TextDecoder("latin1").decode(bytes.slice(0, 4096));
          return { ...slot, kind: bytes.constructor.name, exif: head.includes("Exif") };
        }"""
    )
    assert (kept["width"], kept["height"]) == (1200, 1600)
    assert kept["size"] < 700_000
    assert (kept["kind"], kept["exif"], kept["origin"]) == ("ArrayBuffer", False, "camera")


def test_a_discreet_phone_shows_no_score_and_no_word_of_losses(phone: Phone, product: Product):
    phone.sign_in(product.idle_inspector())
    phone.page.get_by_role("button", name="低调模式").click()
    phone.start_visit()
    phone.judge("1.1", "扣分")
    seen = phone.page.evaluate("() => document.body.innerText")
    assert "100" not in seen
    for word in ("暂计", "满分", "失分"):
        assert word not in seen
    phone.page.get_by_role("button", name="遮挡屏幕").click()
    expect(phone.page.get_by_role("heading", name="今天要买")).to_be_visible()
    phone.page.reload()
    expect(phone.page.get_by_role("heading", name="今天要买")).to_be_visible()
    phone.page.locator(".cover").dispatch_event("pointerdown")
    expect(phone.page.locator(".item").first).to_be_visible()


def test_a_returned_visit_is_mended_with_what_was_said_before(phone: Phone, product: Product):
    name = product.idle_inspector()
    phone.sign_in(name)
    visit = phone.start_visit()
    item = phone.judge("1.1", "未观测")
    item.get_by_role("button", name="没有机会看到").click()
    phone.pass_the_rest()
    phone.submit()
    phone.expect_complete()
    with product.caller("reviewer") as reviewer:
        said = {"attempt": "1", "decision": "return", "reason": "请补充门前环境"}
        token = {"csrf_token": reviewer.headers["x-csrf-token"]}
        assert reviewer.post(f"/visits/{visit}/reviews", data=said | token).status_code == 303
    phone.open("tasks")
    returned = phone.page.locator(".task", has_text="请补充门前环境")
    returned.get_by_role("button", name="按退回原因补充").click()
    expect(phone.item("1.1").get_by_label("理由", exact=True)).to_have_value("没有机会看到")
    phone.judge("1.1", "达标")
    phone.open(f"visits/{visit}/check")
    phone.submit()
    phone.expect_complete()
    with product.caller(name) as caller:
        kept = caller.get(f"/api/visits/{visit}").json()
    assert (kept["attempt"], kept["state"], kept["total"]) == (2, "submitted", 10_000)
