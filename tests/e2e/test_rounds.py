"""Rounds from the screen: drafted, vetoed, put right, approved; a visit given to somebody else."""

from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.axe import severe
from tests.e2e.chromium import PATIENCE
from tests.e2e.phone import Phone
from tests.e2e.product import PASSWORD, Product

pytestmark = pytest.mark.e2e


def desk(browser: Browser, product: Product, name: str, path: str) -> Page:
    """Somebody signed in at a desk, on a page."""
    context = browser.new_context(
        viewport={"width": 1280, "height": 800}, locale="zh-CN", base_url=product.address
    )
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.goto("/sign-in")
    page.locator('input[name="sign_in"]').fill(name)
    page.locator('input[name="password"]').fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.wait_for_url(lambda url: "/sign-in" not in url)
    page.goto(path)
    return page


def test_a_round_is_vetoed_put_right_and_approved(browser: Browser, product: Product):
    manager = desk(browser, product, "province", "/rounds/new")
    fill(manager, {"中文名称": "春节窗口暗访", "英文名称": "Spring visits", "轮次编码": "spring"})
    fill(manager, {"起始日": "2020-02-01", "截止日": "2020-02-20"})
    manager.get_by_role("button", name="保存").click()
    expect(manager.get_by_role("heading", name="春节窗口暗访")).to_be_visible()
    manager.get_by_role("button", name="送批").click()

    admin = desk(browser, product, "admin", "/rounds?state=submitted")
    admin.get_by_role("link", name="春节窗口暗访").first.click()
    admin.get_by_label("意见").fill("时段与春节假期重叠")
    admin.get_by_role("button", name="否决").click()
    expect(admin.get_by_text("已否决，退回草稿。")).to_be_visible()

    manager.reload()
    expect(manager.get_by_text("时段与春节假期重叠").first).to_be_visible()
    manager.get_by_role("link", name="修改轮次").click()
    fill(manager, {"起始日": "2020-03-01", "截止日": "2020-03-20"})
    manager.get_by_role("button", name="保存").click()
    manager.get_by_role("button", name="送批").click()

    admin.reload()
    admin.get_by_role("button", name="批准").click()
    expect(admin.get_by_text("已批准，轮次开始。")).to_be_visible()
    assert {path: severe(admin) for path in looked_at(admin)} == {path: [] for path in PATHS}
    admin.context.close()
    manager.context.close()


def fill(page: Page, fields: dict[str, str]) -> None:
    """Write into fields by their labels."""
    for label, value in fields.items():
        page.get_by_label(label).fill(value)


PATHS = (
    "/rounds",
    "/rounds/spring",
    "/rounds/spring/edit",
    "/rounds/spring/assignments",
    "/rounds/spring/coverage",
    "/rounds/new",
    "/schedules",
    "/schedules/new",
)


def looked_at(page: Page):
    """The pages about rounds, one after the other."""
    for path in PATHS:
        page.goto(path)
        yield path


def test_a_visit_given_away_leaves_one_phone_and_comes_to_the_other(
    browser: Browser, product: Product, phone: Phone
):
    giver, taker = product.idle_inspector(), product.hire("taker")
    with product.caller(giver) as caller:
        round_code, mine = still_open(caller)
    given = mine[0]
    store, name = given["store"]["code"], given["store"]["name"]
    phone.sign_in(giver)
    expect(phone.page.get_by_text(name).first).to_be_visible()

    admin = desk(browser, product, "admin", f"/rounds/{round_code}/assignments?q={store}")
    # Others may be sent to the same store.
    admin.locator(f"table input.pick[value*='{given['id']}']").check()
    batch = admin.locator("section.batch")
    expect(batch.locator("[data-picked]")).to_have_text("(1)")
    batch.get_by_label("改派给").select_option(label=f"N-{taker}")
    batch.get_by_role("button", name="改派").click()
    expect(admin.get_by_text("已改派，双方手机会更新。")).to_be_visible()
    assert severe(admin) == []
    admin.context.close()

    phone.page.reload()
    expect(phone.page.get_by_role("heading", name="今日任务")).to_be_visible()
    expect(phone.page.get_by_text(name)).to_have_count(0)
    with product.caller(taker) as caller:
        assert store in [one["store"]["code"] for one in still_open(caller)[1]]


def still_open(caller: httpx.Client) -> tuple[str, list[dict[str, Any]]]:
    """The round somebody is sent out in, and what is still to be visited."""
    listed = caller.get("/api/assignments").json()
    visits = [one for one in listed["assignments"] if not one.get("lines")]
    waits = [one for one in visits if one["state"] == "open"]
    return listed["round"]["code"], waits
