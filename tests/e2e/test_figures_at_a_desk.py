"""What managers look at, at a desk: an issue of the bulletin from its draft to whoever has read it,
a token other programs read with, a file that makes itself, a chart and its table by keyboard.
"""

import re
from collections.abc import Callable, Iterator

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.axe import severe
from tests.e2e.chromium import PATIENCE
from tests.e2e.printed_pages import (
    printed,
    reach,
    rows_of,
    shown_at_last,
    squeezed,
    text_of_paper,
    together,
)
from tests.e2e.product import PASSWORD, Product

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]


Desk = Callable[[str], Page]
PREFACE = "本轮两家门店的客用电脑仍未修好。"
READER = "孙蕾"
HEAD = re.compile(r"[0-9a-f]{64}")
"""The last link of the log, as an issue carries it."""


MOMENT = re.compile(r"\d\d:\d\d")
STORE, SCORE = "云汀路客户俱乐部", "89.5"
ENDS = """found => found.map(each => [
    each.querySelector("h2").firstChild.textContent,
    [...each.querySelectorAll("tr")].slice(0, each.matches(".bp__long") ? 4 : undefined).at(-1)
        .innerText,
])"""
"""The heading of each section and its last row, or the third of a table that goes on overleaf."""
LINES = """cells => cells.map(cell => {
    const range = document.createRange(); range.selectNodeContents(cell);
    return range.getClientRects().length;
})"""


@pytest.fixture(scope="module")
def desk(browser: Browser, product: Product) -> Iterator[Desk]:
    """`desk(name)`: the desk of somebody, signed in once."""
    desks: dict[str, Page] = {}

    def desk(name: str) -> Page:
        if name not in desks:
            desks[name] = signed_in(browser, product, name)
        return desks[name]

    yield desk
    for page in desks.values():
        page.context.close()


def signed_in(browser: Browser, product: Product, name: str) -> Page:
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
    return page


def test_an_issue_is_drafted_published_read_and_printed(desk: Desk):
    editor, reader = desk("province"), desk("reviewer")
    issue, number = publish_an_issue(editor)

    reader.goto("/bulletins")
    reader.get_by_role("link", name=issue).filter(visible=True).click()
    expect(reader.locator(".bp")).to_contain_text(PREFACE)
    expect(reader.locator(".bp")).to_contain_text(number)
    sheets = printed(reader)
    sections = reader.locator(".bp > div:has(> h2):has(table)").evaluate_all(ENDS)
    assert len(sections) > 4
    for section in sections:
        assert together(sheets, *section), section
    head = HEAD.search(reader.locator(".bp__chain").inner_text())
    assert head

    editor.get_by_role("link", name="阅读情况").click()
    read = editor.get_by_role("row").filter(has_text=READER).get_by_role("cell")
    expect(read.nth(2)).to_contain_text(MOMENT)
    expect(read.nth(3)).to_have_text("未读")

    paper = text_of_paper(reader)
    for words in (PREFACE, number, head[0]):
        assert squeezed(words) in paper, words
    editor.reload()
    expect(read.nth(3)).to_contain_text(MOMENT)


def test_a_printed_ranking_keeps_its_figures_with_their_headings(desk: Desk):
    page = desk("manager")
    page.goto("/ranking")
    expect(page.locator(".tiles .tile").first).to_be_visible()
    # Word by word: of tiles beside each other a sheet tells all names before all figures.
    last = page.locator(".tiles .tile").last.inner_text().split()
    heading = page.locator("#tiles").inner_text()
    # Where a sheet has to end to part them depends on how many stores the round has by now.
    for height in range(150, 201, 5):
        assert together(printed(page, f"{height}mm", 3), heading, *last), height


def test_a_printed_notice_says_what_it_is_and_offers_nothing_to_press(desk: Desk):
    page = desk("province")
    # One that is being mended: most of the province's are, whatever the hour of the day.
    page.goto("/notices?state=acknowledged")
    page.get_by_role("link", name=re.compile("〔")).filter(visible=True).first.click()
    facts = page.locator("section[aria-labelledby=facts]")
    expect(facts).to_be_visible()
    shut = page.locator("main details:not([open]) > summary").all_inner_texts()
    assert shut
    ends = (facts.locator("h2").inner_text(), facts.locator("dd").last.inner_text())
    for height in range(150, 201, 10):
        sheets = printed(page, f"{height}mm")
        assert together(sheets, *ends), height
        assert not [word for word in (*shut, "查看整改情况") if squeezed(word) in "".join(sheets)]


def test_a_page_that_fits_a_sheet_takes_no_second(desk: Desk):
    page = desk("province")
    page.goto("/scheduled-exports")
    page.emulate_media(media="print")
    # As wide as A4, where the menu is a bar at the foot.
    page.set_viewport_size({"width": 794, "height": 600})
    end = page.locator("main").evaluate("main => main.getBoundingClientRect().bottom + scrollY")
    assert len(printed(page, f"{end + 16}px")) == 1
    page.emulate_media(media="null")
    page.set_viewport_size({"width": 1280, "height": 800})


def test_a_printed_scorecard_keeps_its_words_whole(desk: Desk):
    page = desk("province")
    page.goto("/scorecard?kind=customer_club&lang=en")
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 640, "height": 800})
    words = page.locator(".clubcard tbody th")
    expect(words).to_have_text(["Full", "Score", "Lost"])
    assert words.evaluate_all(LINES) == [1, 1, 1]
    page.emulate_media(media="null")
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto("/scorecard?lang=zh-CN")


def publish_an_issue(editor: Page) -> tuple[str, str]:
    """Draft an issue of the latest round, write in it, publish it; its name and its number."""
    editor.goto("/bulletins")
    editor.get_by_label("每轮").check()
    editor.get_by_role("button", name="生成草稿").click()
    expect(editor.get_by_text("草稿已生成。")).to_be_visible()
    editor.get_by_label("前言").fill(PREFACE)
    editor.get_by_role("button", name="保存").first.click()
    expect(editor.get_by_text("已保存。")).to_be_visible()
    expect(editor.locator(".bp")).to_contain_text(PREFACE)
    assert severe(editor) == []
    editor.get_by_label("我已看过预览，发布这一期").check()
    editor.get_by_role("button", name="发布", exact=True).click()
    expect(editor.get_by_text("已发布，读者会收到消息。")).to_be_visible()
    issue = editor.get_by_role("heading", level=1).inner_text()
    assert re.fullmatch(r"第 \d+ 期", issue), issue
    return issue, editor.locator(".bull__h .num").inner_text()


def test_a_token_is_shown_once_reads_and_ends(desk: Desk, product: Product):
    page = desk("admin")
    page.goto("/tokens")
    page.get_by_label("用途").fill("省公司看板")
    page.get_by_label("排名、单位对比、得分表").check()
    page.get_by_role("button", name="新建令牌").click()
    text = page.locator("code.secret").inner_text()
    assert severe(page) == []
    with httpx.Client(
        base_url=product.address, headers={"authorization": f"Bearer {text}"}
    ) as program:
        found = program.get("/api/ranking", params={"kind": "customer_club"})
        assert SCORE.replace(".", "") + "0" in found.text
        assert program.get("/api/notices").status_code == 403
        page.goto("/tokens")
        expect(page.get_by_text(text[:10])).to_be_visible()
        expect(page.get_by_text(text)).to_have_count(0)
        page.get_by_role("button", name="停用: 省公司看板").click()
        expect(page.get_by_text("令牌已停用")).to_be_visible()
        assert program.get("/api/ranking").status_code == 401


def test_a_file_that_makes_itself_says_the_numbers_of_the_screen(desk: Desk):
    page = desk("province")
    page.goto("/scheduled-exports")
    page.get_by_label("用途").fill("俱乐部周排名")
    page.get_by_label("门店类型").select_option("customer_club")
    page.get_by_label("文件格式").select_option("csv")
    page.get_by_role("button", name="新建定时导出").click()
    made = page.get_by_role("listitem").filter(has_text="俱乐部周排名").first
    made.get_by_role("button", name="立即").click()
    link = shown_at_last(page, made.get_by_role("link", name="下载").first)
    row = next(row for row in rows_of(page, link) if row["门店"] == STORE)
    assert row["总分"] == SCORE
    page.goto("/ranking?kind=customer_club")
    line = page.get_by_role("row").filter(has_text=STORE)
    expect(line.locator("td").first).to_have_text(row["名次"])
    expect(line).to_contain_text(row["总分"])


def test_complaints_of_a_channel_come_to_the_same_on_the_screen_and_in_the_file(desk: Desk):
    page = desk("province")
    page.goto("/complaints")
    every = page.locator(".kpi").first.locator(".score").inner_text()
    page.get_by_label("渠道", exact=True).select_option("热线")
    page.get_by_role("button", name="查看").click()
    page.wait_for_url("**channel=*")
    expect(page.locator(".kpi")).to_have_count(1)
    told = page.locator(".kpi .score").inner_text()
    rows = rows_of(page, page.get_by_role("link", name="导出 CSV"))
    assert {row["渠道"] for row in rows} == {"热线"}
    assert sum(int(row["投诉件数"]) for row in rows) == int(told) < int(every)


def test_a_chart_and_the_table_behind_it_are_reached_by_keyboard(desk: Desk):
    page = desk("province")
    page.goto("/analysis/items?kind=customer_club")
    reach(page, page.get_by_role("link", name="走势"))
    page.keyboard.press("Enter")
    chart = page.get_by_role("img", name="历轮平均分").filter(visible=True)
    last = chart.locator("text").last.text_content() or ""
    behind = page.locator(".scrollx[aria-labelledby=behind]")
    reach(page, behind)
    expect(behind.get_by_role("row").nth(1)).to_contain_text(last)
