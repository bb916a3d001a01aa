"""An administrator imports stores with three bad rows, mends the file of the failed ones, imports
that, and takes it back.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from inspection.domain.imports.sheet import SheetText
from inspection.domain.table import Table
from inspection.spreadsheets.reading import read_sheet
from inspection.spreadsheets.writing import write_csv, write_xlsx
from tests.e2e.axe import severe
from tests.e2e.chromium import PATIENCE
from tests.e2e.product import PASSWORD, Product

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HEAD = ("门店编码", "门店名称", "门店类型", "区县编码", "纬度")
RIGHT = (("E2E-1", "新街营业厅", "营业厅"), ("E2E-2", "=新港客户俱乐部", "客户俱乐部"))
BAD = (("E2E 3", "坏编码营业厅", "营业厅", "36.1"), ("E2E-4", "大卖场", "大卖场", "36.1"))


@pytest.fixture
def desk(browser: Browser, product: Product) -> Iterator[Page]:
    """The desk of an administrator."""
    context = browser.new_context(
        viewport={"width": 1280, "height": 800},
        locale="zh-CN",
        base_url=product.address,
        accept_downloads=True,
    )
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.goto("/sign-in")
    page.locator('input[name="sign_in"]').fill("admin")
    page.locator('input[name="password"]').fill(PASSWORD)
    page.locator('input[name="password"]').press("Enter")
    page.wait_for_url(lambda url: "/sign-in" not in url)
    yield page
    context.close()


def send(page: Page, name: str, content: bytes) -> None:
    """Choose a file, send it, wait until it is checked."""
    page.goto("/imports")
    page.get_by_label("文件", exact=True).set_input_files(
        {"name": name, "mimeType": XLSX, "buffer": content}
    )
    page.get_by_role("button", name="上传并校验").click()
    expect(page.get_by_role("heading", name="校验结果")).to_be_visible(timeout=60_000)


def write(page: Page, button: str) -> None:
    page.get_by_role("button", name=button).click()
    expect(page.get_by_text("已写入", exact=True).first).to_be_visible(timeout=60_000)


def failed_rows(page: Page) -> SheetText:
    with page.expect_download() as download:
        page.get_by_role("link", name="下载错误行（带批注）", exact=True).click()
    assert download.value.suggested_filename.startswith("failed-store-")
    return read_sheet(download.value.path().read_bytes(), "failed.xlsx")


def region_of_a_store(product: Product) -> str:
    """The code of a county, from the list of stores as a file."""
    with product.caller("admin") as caller:
        listed = caller.get("/stores?format=csv").content
    return read_sheet(listed, "a.csv").lines[1].cells[3]


def a_sheet_with_three_bad_rows(region: str) -> bytes:
    rows = [(*row, region, "36.1") for row in RIGHT]
    rows += [(*row[:3], region, row[3]) for row in BAD]
    rows.append(("E2E-5", "区域不存在的店", "营业厅", "000000", "36.1"))
    return write_xlsx(Table("门店", HEAD, rows))


def mended(failed: SheetText, region: str) -> bytes:
    heading, *lines = (line.cells for line in failed.lines)
    assert heading[-1] == "问题 problem"
    rows = [(row[0].replace(" ", "-"), row[1], "营业厅", region, *row[4:]) for row in lines]
    return write_csv(Table("门店", heading, rows))


def take_back(page: Page, name: str) -> None:
    page.goto("/imports")
    page.get_by_role("link", name=name).first.click()
    page.get_by_role("button", name="整批撤销").click()
    expect(page.get_by_text("已撤销，数据恢复到导入之前。")).to_be_visible()


def test_three_bad_rows_are_mended_and_imported(desk: Page, product: Product):
    region = region_of_a_store(product)
    send(desk, "门店清单.xlsx", a_sheet_with_three_bad_rows(region))
    faults = desk.get_by_role("table").get_by_role("row").filter(has_text="请")
    expect(faults).to_have_count(3)
    expect(faults.filter(has_text="E2E 3")).to_contain_text("门店编码")
    assert severe(desk) == []
    failed = failed_rows(desk)
    write(desk, "写入正确的 2 行")

    send(desk, "改好的行.csv", mended(failed, region))
    write(desk, "写入 3 行")
    desk.goto("/stores?q=E2E")
    expect(desk.get_by_text("=新港客户俱乐部").first).to_be_visible()
    expect(desk.get_by_text("E2E-5").first).to_be_visible()

    take_back(desk, "改好的行.csv")
    desk.goto("/stores?q=E2E")
    expect(desk.get_by_text("E2E-1").first).to_be_visible()
    expect(desk.get_by_text("E2E-5")).to_have_count(0)
