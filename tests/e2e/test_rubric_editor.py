"""A rubric from the wrong sum to the published version, by two people; and the editor by itself."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.axe import severe
from tests.e2e.chromium import PATIENCE, PHONE
from tests.e2e.pages.rubric_editor import ApprovalPage, RubricEditor
from tests.e2e.product import PASSWORD, Product

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]

DESK: dict[str, Any] = {
    "viewport": {"width": 1280, "height": 800},
    "locale": "zh-CN",
    "timezone_id": "Asia/Shanghai",
    "reduced_motion": "reduce",
}

OpenDesk = Callable[..., Page]


@pytest.fixture
def desk(browser: Browser, product: Product) -> Iterator[OpenDesk]:
    """Opens a desk of its own for somebody, signed in."""
    contexts = []

    def opened(name: str, look: dict[str, Any] = DESK) -> Page:
        context = browser.new_context(**look, base_url=product.address)
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        typed = {"sign_in": name, "password": PASSWORD}
        assert context.request.post("/api/sessions", data=typed).ok
        return context.new_page()

    yield opened
    for context in contexts:
        context.close()


def wrong_then_right(editor: RubricEditor) -> None:
    """A sum that is wrong is seen, and where; one button brings it back."""
    editor.item("1.2")
    editor.field("满分").fill("5")
    expect(editor.sum).to_contain_text("101")
    expect(editor.sum).to_contain_text("多 1 分，不能发布")
    expect(editor.page.get_by_role("note")).to_contain_text("1.2 由 4 分改为 5 分")
    editor.saved()
    expect(editor.page.locator(".ed-faults")).to_contain_text("1 处要改")
    editor.page.get_by_role("button", name="撤销这处改动").click()
    expect(editor.sum).to_contain_text("合计正确")


def test_a_rubric_from_a_wrong_sum_to_its_version(desk: OpenDesk):
    """Edited to a wrong sum, mended, submitted, vetoed by another, mended, approved, published."""
    page, other = desk("admin"), desk("reviewer2")
    editor, steps, judge = RubricEditor(page), ApprovalPage(page), ApprovalPage(other)
    begun_from = editor.begin_from("KH")
    wrong_then_right(editor)
    editor.field("检查项（中文）").fill("厅内清洁，含洗手间")
    # The link waits until the server has what was typed.
    editor.to_approval()
    expect(page.get_by_text("厅内清洁，含洗手间").first).to_be_visible()
    steps.press("提交审批")
    judge.open(page.url)
    judge.veto("洗手间应单列一项")
    steps.open(page.url)
    expect(page.get_by_text("洗手间应单列一项").first).to_be_visible()
    page.get_by_role("link", name="打开草稿").click()
    editor.item("1.2")
    editor.field("检查项（中文）").fill("厅内清洁（地面、墙面、玻璃）")
    editor.to_approval()
    steps.press("提交审批")
    judge.open(page.url)
    judge.press("批准")
    steps.open(page.url)
    steps.press("发布")
    expect(page).to_have_url(re.compile("/rubrics/versions/[0-9a-f]{64}"))
    expect(page.get_by_text("厅内清洁（地面、墙面、玻璃）").first).to_be_visible()
    expect(page.locator(".page__h")).to_contain_text(f"v{begun_from + 1}生效中")


def test_the_phones_own_form_shows_what_is_typed_and_is_scored_by_the_server(desk: OpenDesk):
    page = desk("admin")
    editor = RubricEditor(page)
    editor.begin_from("KC")
    editor.section("资料摆放")
    page.get_by_role("button", name="手机预览").click()
    item = editor.preview.locator("#item-KC-M-01")
    expect(item).to_contain_text("满分 2")
    editor.field("检查项（中文）").fill("折页摆放整齐")
    expect(item).to_contain_text("折页摆放整齐")
    item.get_by_role("radio", name="扣分").click()
    trial = page.get_by_role("region", name="试算得分")
    expect(trial).to_contain_text("99.0")
    expect(trial).to_contain_text("已答 1 / 37 项")
    item.get_by_text("拍照", exact=True).click()
    expect(editor.preview.get_by_text("预览里不能做这一步。")).to_be_visible()
    assert severe(page) == []


def test_nothing_typed_is_lost_on_a_bad_line(desk: OpenDesk):
    page = desk("admin")
    editor = RubricEditor(page)
    editor.begin_from("KC")
    page.context.set_offline(True)
    editor.field("检查项（英文）").fill("Forecourt and steps")
    expect(page.locator(".ed-state")).to_contain_text("未保存到服务器")
    page.context.set_offline(False)
    page.reload()
    expect(editor.field("检查项（英文）")).to_have_value("Forecourt and steps")
    editor.saved()


def test_a_change_from_another_window_is_shown_beside_this_one(desk: OpenDesk):
    page, other = desk("admin"), desk("admin")
    mine, theirs = RubricEditor(page), RubricEditor(other)
    mine.begin_from("KC")
    other.goto(page.url)
    theirs.field("整改时限（小时）").fill("36")
    theirs.saved()
    mine.field("检查项（英文）").fill("Outside")
    conflict = page.get_by_role("alert")
    expect(conflict).to_contain_text("您在另一个窗口也改了这份草稿")
    expect(conflict).to_contain_text("36")
    expect(conflict).to_contain_text("Outside")
    row = conflict.get_by_role("row").filter(has_text="36")
    row.get_by_role("button", name="用对方这处").click()
    conflict.get_by_role("button", name="用我的，覆盖对方").click()
    mine.saved()
    other.reload()
    expect(theirs.field("检查项（英文）")).to_have_value("Outside")
    expect(theirs.field("整改时限（小时）")).to_have_value("36")


def test_everything_is_done_by_the_keyboard(desk: OpenDesk):
    page = desk("admin")
    editor = RubricEditor(page)
    editor.begin_from("KC")
    page.get_by_role("button", name=re.compile("^移动“1.1 ")).focus()
    page.keyboard.press("ArrowDown")
    first = page.locator(".ed-item").first
    expect(first).to_contain_text("厅内地面")
    page.keyboard.press("Control+z")
    expect(first).to_contain_text("门前地面")
    page.locator(".ed-menu summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    expect(page.locator(".ed-menu")).not_to_have_attribute("open", "")
    page.keyboard.press("Enter")
    page.get_by_label("移到其他分项…").select_option("VI标识")
    expect(editor.panel.get_by_role("heading")).to_contain_text("2.7 门前地面")
    page.get_by_role("button", name="撤销", exact=True).first.focus()
    page.keyboard.press("Enter")
    expect(editor.panel.get_by_role("heading")).to_contain_text("1.1 门前地面")


def test_an_item_is_dragged_into_another_section_and_removed_and_brought_back(desk: OpenDesk):
    page = desk("admin")
    editor = RubricEditor(page)
    editor.begin_from("KC")
    target = page.locator(".ed-sec").nth(3)
    page.locator(".ed-items__t tbody tr").nth(1).drag_to(target)
    expect(target).to_contain_text("8")
    expect(page.get_by_role("heading", name="4.3 厅内地面")).to_be_visible()
    page.locator(".ed-menu summary").click()
    page.get_by_role("button", name="删除", exact=True).click()
    expect(editor.sum).to_contain_text("少 4 分")
    page.locator(".toast").get_by_role("button", name="撤销").click()
    expect(editor.sum).to_contain_text("合计正确")


def test_on_a_phone_the_columns_are_steps_that_go_back(desk: OpenDesk):
    page = desk("admin", PHONE)
    editor = RubricEditor(page)
    page.goto("/rubrics/KC")
    page.locator("form[action='/rubric-drafts'] button").first.tap()
    page.locator(".ed-sec__b").nth(2).tap()
    page.locator(".ed-item").nth(1).tap()
    expect(editor.field("满分")).to_have_value("2")
    assert severe(page) == []
    page.go_back()
    expect(page.locator(".ed-items__t")).to_be_visible()
    page.go_back()
    expect(page.locator(".ed-secs")).to_be_visible()


def test_without_scripts_the_draft_is_read_and_the_file_is_offered(
    browser: Browser, desk: OpenDesk, product: Product
):
    page = desk("admin")
    RubricEditor(page).begin_from("KC")
    address = page.url
    plain = desk("admin", {**DESK, "java_script_enabled": False})
    plain.goto(address)
    expect(plain.locator("noscript .banner")).to_be_visible()
    expect(plain.get_by_role("heading", name="厅内地面、墙面、玻璃、顶棚清洁")).to_be_visible()
    expect(plain.locator("a[href$='scorecard.toml']")).to_be_visible()
