"""The golden visit, person by person: from the phone in the store to the paper it leads to."""

import io
import re
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.cast import CHEN, LI, SUN, WANG
from tests.e2e.pages.notice_pages import NoticePages
from tests.e2e.pages.sign_in_page import SignInPage
from tests.e2e.phone import Phone
from tests.submissions import a_photo

STORE = "城关东方红客户俱乐部"
TITLES = ("环境评价", "VI标识", "服务设施", "资料摆放", "跨区服务", "人员仪表", "人员仪态")
SCORES = ("20", "19.5", "13", "2", "10", "10", "15")


class Loss(NamedTuple):
    """What was found about an item, by its number on the card."""

    number: str
    option: str = ""
    note: str = ""
    reason: str = ""


LOSSES = {
    2: (Loss("2.6", note="玻璃门上贴有过期的活动海报"),),
    3: (
        Loss("3.1", "未配备", "前台称从未配发"),
        Loss("3.2", "未配备"),
        Loss("3.3", "未配备", "原电脑桌只放宣传架", "店员一直在旁，拍照会暴露身份"),
    ),
    4: (Loss("4.1", note="台面资料散放"), Loss("4.2", note="缺跨区服务折页")),
}
"""The losses of the golden replay, by the number of their section."""


def score_the_visit(phone: Phone, folder: Path) -> None:
    """The inspector, in the phone app: the golden losses with their photos, check, submit."""
    phone.sign_in(LI.sign_in)
    phone.page.locator(".task", has_text=STORE).get_by_role("button", name="开始检查").click()
    for section in range(1, len(TITLES) + 1):
        expect(phone.item(f"{section}.1")).to_be_visible()
        for loss in LOSSES.get(section, ()):
            find(phone, loss, folder)
        phone.pass_section()
        phone.next_section()
    expect(phone.page.get_by_role("heading", name="提交前核对")).to_be_visible()
    expect(phone.page.locator(".score").first).to_have_text("89.5")
    phone.submit()
    phone.expect_complete()
    expect(phone.page.locator(".big .score").first).to_have_text("89.5")


def find(phone: Phone, loss: Loss, folder: Path) -> None:
    """Take the marks off one item and prove it."""
    item = phone.judge(loss.number, "扣分")
    if loss.option:
        item.get_by_role("radio", name=loss.option).click()
    if loss.note:
        item.get_by_label("补充说明").fill(loss.note)
    if loss.reason:
        item.get_by_text("不便拍照？").click()
        item.get_by_label("不便拍照的理由").fill(loss.reason)
        return
    photo = folder / f"{loss.number}.jpg"
    photo.write_bytes(a_photo(int(loss.number.replace(".", "")), size=(1600, 1200)))
    phone.photograph(item, photo)


def approve_it(page: Page) -> None:
    """The reviewer looks at the evidence and publishes."""
    SignInPage(page).sign_in(SUN)
    page.get_by_role("link", name=STORE).filter(visible=True).tap()
    expect(page.locator(".finding")).to_have_count(6)
    expect(page.locator(".finding img")).to_have_count(5)
    say_it_in_words_for_the_store(page)
    page.get_by_role("button", name="通过", exact=True).tap()
    expect(page.get_by_text("已通过并发布")).to_be_visible()


def say_it_in_words_for_the_store(page: Page) -> None:
    """What the inspector noted is taken over, tap by tap: unasked, no store would read it."""
    page.get_by_role("link", name="修改", exact=True).tap()
    uses = page.get_by_role("button", name="用作发布文字")
    expect(uses.first).to_be_visible()
    for use in uses.all():
        use.tap()
    page.get_by_role("button", name="保存", exact=True).tap()
    expect(page.get_by_text("门店看到的内容已保存")).to_be_visible()
    page.get_by_role("link", name=STORE).filter(visible=True).first.tap()
    expect(page.get_by_role("button", name="通过", exact=True)).to_be_visible()


def sign_it_off(page: Page) -> str:
    """The regional manager sees the store ranked and signs the notice; its number."""
    SignInPage(page).sign_in(WANG)
    expect(page.locator(".rankcard", has_text=STORE)).to_contain_text("89.5")
    notices = NoticePages(page)
    notices.open_first(STORE)
    return notices.sign()


def read_the_paper(page: Page, number: str) -> str:
    """The store opens the notice, signs for it, reads the PDF; its text without the spaces."""
    SignInPage(page).sign_in(CHEN)
    notices = NoticePages(page)
    notices.open_new()
    expect(page.locator(".problem-card")).to_have_count(6)
    for kept in (LI.name, LI.pseudonym):
        expect(page.locator("body")).not_to_contain_text(kept)
    notices.acknowledge()
    expect(page).to_have_title(re.compile(re.escape(number)))
    paper = PdfReader(io.BytesIO(notices.pdf()))
    return "".join("".join(leaf.extract_text().split()) for leaf in paper.pages)
