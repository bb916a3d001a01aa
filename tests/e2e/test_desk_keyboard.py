"""Stores, regions, people and re-scores without a mouse: everything is reached by Tab, and the
focus is never lost.
"""

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
import tomli_w
from playwright.sync_api import Browser, Locator, Page, expect

from inspection.shipped import shipped
from tests.e2e.axe import severe
from tests.e2e.chromium import PATIENCE
from tests.e2e.product import PASSWORD, Product

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]

MOST_TABS = 150
IS_FOCUSED = "element => element === document.activeElement"


@pytest.fixture
def desk(browser: Browser, product: Product) -> Iterator[Page]:
    """The desk of an administrator who has no mouse."""
    context = browser.new_context(
        viewport={"width": 1280, "height": 800}, locale="zh-CN", base_url=product.address
    )
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.goto("/sign-in")
    # The browser gives the focus when it first draws the page, not when it has loaded it.
    expect(page.locator("[autofocus]")).to_be_focused()
    page.keyboard.type("admin")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/sign-in" not in url)
    yield page
    context.close()


def reach(page: Page, wanted: Locator) -> None:
    """Press Tab until it has the focus."""
    expect(wanted).to_be_visible()
    for _ in range(MOST_TABS):
        if wanted.evaluate(IS_FOCUSED):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"no Tab leads to {wanted}")


def write(page: Page, field: Locator, words: str) -> None:
    """Reach a field by Tab and type over what it holds."""
    reach(page, field)
    page.keyboard.press("Control+a")
    page.keyboard.type(words)


def choose(page: Page, field: Locator, value: str) -> None:
    """Reach a list and go down in it by arrows."""
    reach(page, field)
    for _ in range(MOST_TABS):
        if field.input_value() == value:
            return
        page.keyboard.press("ArrowDown")
    pytest.fail(f"no arrow leads to {value}")


def press(page: Page, wanted: Locator) -> None:
    """Reach a button or a link and press Enter."""
    reach(page, wanted)
    page.keyboard.press("Enter")


def test_a_store_is_added_renamed_and_closed(desk: Page):
    desk.goto("/stores")
    press(desk, desk.get_by_role("link", name="新建门店"))
    write(desk, desk.locator('[name="code"]'), "KEY-1")
    choose(desk, desk.locator('select[name="region"]'), "620102")
    write(desk, desk.locator('[name="name"]'), "键盘街营业厅")
    press(desk, desk.get_by_role("button", name="新建门店"))
    expect(desk.get_by_role("heading", name="键盘街营业厅").first).to_be_visible()
    desk.goto("/stores/KEY-1/record")
    write(desk, desk.locator('[name="name"]'), "键盘路营业厅")
    press(desk, desk.locator('form[action$="/record"] button'))
    expect(desk.get_by_role("status")).to_be_visible()
    assert severe(desk) == []
    form = desk.locator('form[action$="/closings"]')
    reach(desk, form.locator('[name="reason"]'))
    desk.keyboard.type("只为试验")
    press(desk, form.get_by_role("button"))
    expect(desk.locator('form[action$="/reopenings"]')).to_be_visible()


def test_a_region_is_found_and_renamed(desk: Page):
    desk.goto("/regions")
    reach(desk, desk.get_by_role("searchbox"))
    desk.keyboard.type("城关")
    desk.keyboard.press("Enter")
    press(desk, desk.locator("table.tree tbody a").filter(has_text="城关").first)
    desk.wait_for_url("**/regions/*")
    english = desk.locator('form[action$="/names"] [name="name_en"]')
    before = english.input_value()
    for words in (f"{before} District", before):
        reach(desk, english)
        desk.keyboard.press("Control+a")
        desk.keyboard.type(words)
        press(desk, desk.locator('form[action$="/names"] button'))
        expect(desk.get_by_role("status")).to_be_visible()
        expect(english).to_have_value(words)
    assert severe(desk) == []


def test_somebody_is_added_and_invited(desk: Page):
    desk.goto("/people")
    press(desk, desk.get_by_role("link", name="新增人员"))
    reach(desk, desk.locator('[name="sign_in"]'))
    desk.keyboard.type("0931555")
    reach(desk, desk.locator('[name="name"]'))
    desk.keyboard.type("键盘员")
    choose(desk, desk.locator('select[name="role"]'), "reviewer")
    choose(desk, desk.locator('select[name="region"]'), "620000")
    press(desk, desk.locator('form[action="/people"] button'))
    expect(desk.get_by_role("heading", name="键盘员")).to_be_visible()
    press(desk, desk.get_by_role("button", name="发出邀请"))
    expect(desk.locator('input[value*="/invitations/"]')).to_be_visible()
    assert severe(desk) == []


def test_a_round_is_tried_by_another_version_and_left_alone(
    desk: Page, product: Product, tmp_path: Path
):
    tree = tomllib.loads((shipped("scorecards") / "KH.toml").read_text(encoding="utf-8"))
    tree["edition"] = "2030"
    sheet = tmp_path / "KH.toml"
    sheet.write_text(tomli_w.dumps(tree), encoding="utf-8")
    product.run("rubric", "publish", str(sheet))
    desk.goto("/rescores")
    press(desk, desk.get_by_role("link", name="新建重新评分"))
    reach(desk, desk.locator('input[name="from_version"]:checked'))
    # The rubric of clubs stands first, the one of halls below it.
    desk.keyboard.press("ArrowDown")
    wanted = desk.locator("#to option").filter(has_text="2030").get_attribute("value") or ""
    choose(desk, desk.locator("#to"), wanted)
    assert severe(desk) == []
    press(desk, desk.get_by_role("button", name="开始试算"))
    cancel = desk.get_by_role("button", name="取消，不作改动")
    expect(cancel).to_be_visible(timeout=60_000)
    expect(desk.locator(".rescore__sum")).to_be_visible(timeout=60_000)
    assert severe(desk) == []
    press(desk, cancel)
    expect(desk.get_by_role("status")).to_be_visible()
    desk.goto("/rescores")
    expect(desk.get_by_role("table")).to_contain_text("已取消")


def test_the_sections_of_a_bulletin_are_moved_by_keys_and_dragged_by_hand(desk: Page):
    desk.goto("/bulletins")
    press(desk, desk.get_by_role("button", name="生成草稿"))
    desk.wait_for_url(lambda url: "bulletin_started" in url)
    rows = desk.locator("[data-order] li")
    press(desk, desk.get_by_role("button", name="各地名次上移"))
    expect(desk.locator("[data-told]")).to_have_text("各地名次现在排第 2 位，共 13 位")
    expect(rows.nth(1)).to_have_attribute("id", "section-units")
    assert desk.get_by_role("button", name="各地名次上移").evaluate(IS_FOCUSED)
    rows.nth(2).scroll_into_view_if_needed()
    grip, onto = rows.nth(1).locator("[data-grip]").bounding_box(), rows.nth(3).bounding_box()
    assert grip
    assert onto
    desk.mouse.move(grip["x"] + 9, grip["y"] + 9)
    desk.mouse.down()
    desk.mouse.move(onto["x"] + 9, onto["y"] + onto["height"] - 3, steps=6)
    desk.mouse.up()
    expect(rows.nth(3)).to_have_attribute("id", "section-units")
    press(desk, desk.locator("[data-order] ~ div button"))
    desk.wait_for_url(lambda url: "bulletin_saved" in url)
    expect(rows.nth(3)).to_have_attribute("id", "section-units")
