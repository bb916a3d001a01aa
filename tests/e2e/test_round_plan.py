"""A round from the plan to the phone: planned and published on a desk, seen by an inspector."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from inspection.services.rounds.plan_questions import today_of
from tests.e2e.chromium import PATIENCE
from tests.e2e.phone import Phone
from tests.e2e.product import PASSWORD, Product

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]

ROUND = "E2E-PLAN"
INSPECTOR = "inspector3"
DESK = {"width": 1280, "height": 800}


@pytest.fixture(scope="module")
def planned(demo: Path) -> Iterator[Product]:
    """A product of its own: publishing gives every inspector more to do."""
    planned = Product(demo)
    today = today_of(datetime.now(UTC))
    days = ("--from", str(today), "--to", str(today + timedelta(days=20)))
    names = ("--zh", "端到端轮次", "--en", "End to end")
    planned.run("round", "open", ROUND, *names, *days)
    yield planned
    planned.stop()


@pytest.fixture
def desk(browser: Browser, planned: Product) -> Iterator[Page]:
    """An administrator at a desk, signed in."""
    desk = browser.new_context(base_url=planned.address, viewport=DESK, locale="zh-CN")
    desk.set_default_timeout(PATIENCE)
    page = desk.new_page()
    page.goto("/sign-in")
    page.get_by_label("工号或手机号").fill("admin")
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.wait_for_url(lambda url: "/sign-in" not in url)
    yield page
    desk.close()


def test_what_is_planned_and_published_is_on_the_phone(desk, planned, context):
    desk.goto(f"/rounds/{ROUND}/plan")
    desk.get_by_role("button", name="生成计划").click()
    # The page shows the work's progress and changes by itself when it is over.
    publish = desk.get_by_role("button", name="发布 48 项任务")
    expect(publish).to_be_visible(timeout=60_000)
    expect(desk.locator(".plan tbody tr")).to_have_count(48)
    expect(desk.get_by_text("已开始编排")).to_have_count(0)
    with planned.caller(INSPECTOR) as caller:
        before = caller.get("/api/assignments").json()["assignments"]
    assert [each for each in before if each["round"]["code"] == ROUND] == []
    publish.click()
    expect(desk.get_by_text("已发布任务")).to_be_visible()
    with planned.caller(INSPECTOR) as caller:
        after = caller.get("/api/assignments").json()["assignments"]
    stores = [each["store"]["name"] for each in after if each["round"]["code"] == ROUND]
    assert stores
    phone = Phone(context.new_page(), planned.address)
    phone.sign_in(INSPECTOR)
    for store in stores:
        expect(phone.page.locator(".task", has_text=store).first).to_be_visible()
