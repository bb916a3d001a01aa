"""Another inspector looks at what was mended badly: sent by the desk, judged where there is no
network, confirmed line by line, read by the store.
"""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, Response, expect

from inspection.persistence.statements import run
from inspection.services.tools import Tools
from tests.cast import CHEN, CLUB, LI, MA, WANG
from tests.e2e import province
from tests.e2e.golden_job import STORE
from tests.e2e.pages.notice_pages import NoticePages
from tests.e2e.pages.sign_in_page import SignInPage
from tests.e2e.phone import Phone
from tests.e2e.product import PASSWORD
from tests.e2e.waiting import wait_for_clean_photo, wait_until
from tests.looking import failed_lines
from tests.product_server import ProductServer
from tests.submissions import CLUB_FEATURES

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]

MENDED, BROKEN = "现场复查，已按要求整改。", "宣传栏仍有破损，请三日内更换。"
EMPTY = 8
"""How wide a place for a photo is until one is painted there."""

NOTED = "右下角还破着，店员说配件没到"


async def returned_lines(tools: Tools) -> None:
    """A notice with two lines; what the store answered to both was returned."""
    features = json.dumps(CLUB_FEATURES)
    await run("UPDATE store SET features = ? WHERE code = ?", features, CLUB)
    at = tools.now() - timedelta(hours=2)
    began, ended = at.isoformat(), (at + timedelta(minutes=30)).isoformat()
    await failed_lines(tools, started_at=began, ended_at=ended, sent_at=ended)


@pytest.fixture(scope="module")
def golden_server(sqlite_template: Path, fast_folder: Path) -> Iterator[ProductServer]:
    """A server where it has come to that."""
    server = province.serve(sqlite_template, fast_folder, returned_lines)
    yield server
    server.stop()


def test_another_inspector_looks_again_and_the_store_reads_what_the_desk_confirmed(
    open_phone, golden_server, photo
):
    manager, inspector, store = open_phone(), open_phone(), open_phone()
    send_somebody(manager)
    look_again_offline(Phone(inspector, golden_server.address), photo)
    confirm_line_by_line(manager)
    line = read_it(store)
    read_it_offline(open_phone(), line)


def send_somebody(page: Page) -> None:
    """The manager picks both lines and somebody; whoever found them is turned away."""
    SignInPage(page).sign_in(WANG)
    page.goto("/rectifications?tab=returned")
    page.get_by_role("link", name=STORE).filter(visible=True).first.tap()
    page.get_by_role("link", name="派人复查").tap()
    expect(page.get_by_role("checkbox", checked=True)).to_have_count(2)
    page.get_by_role("combobox", name="派谁去").select_option(label=LI.pseudonym)
    page.get_by_role("button", name="派出").tap()
    expect(page.get_by_text("这个问题是此人发现的")).to_be_visible()
    page.get_by_role("combobox", name="派谁去").select_option(label=MA.pseudonym)
    page.get_by_role("button", name="派出").tap()
    expect(page.get_by_text("已派出，任务已到检查员手机。")).to_be_visible()


def look_again_offline(phone: Phone, photo: Path) -> None:
    """The two items alone are judged, one with a photo, and arrive once, though the phone was
    closed and opened meanwhile.
    """
    phone.sign_in(MA.sign_in)
    task = phone.page.locator(".task", has_text=STORE)
    expect(task).to_contain_text("复查 2 项")
    phone.wait_for_worker()
    expect(task.get_by_role("button", name="开始检查")).to_be_enabled()
    answered = answers(phone.page.context)
    phone.page.context.set_offline(True)
    task.get_by_role("button", name="开始检查").click()
    judge_both(phone, photo)
    go_back_instead_of_answering(phone.page)
    phone.submit()
    phone.page.close()
    again = Phone(phone.page.context.new_page(), phone.app.removesuffix("/app/"))
    again.show("tasks")
    assert answered == []
    again.page.context.set_offline(False)
    again.show("outbox")
    again.try_again()
    expect(again.page.get_by_text("没有待发送的内容")).to_be_visible(timeout=30_000)
    assert answered == [201]
    again.show("history")
    expect(again.page.get_by_text(STORE)).to_be_visible()


def answers(context: BrowserContext) -> list[int]:
    """What the server answers to visits, as it answers."""
    answered: list[int] = []

    def note(response: Response) -> None:
        if "/attempts/" in response.url:
            answered.append(response.status)

    context.on("response", note)
    return answered


def judge_both(phone: Phone, photo: Path) -> None:
    """The first is still not in order, the other is."""
    first = phone.page.locator(".item-place").first
    expect(first).to_contain_text("已装好并逐一试过")
    number = first.locator(".item__n").inner_text()
    item = phone.judge(number, "扣分")
    item.get_by_label("补充说明").fill(NOTED)
    phone.photograph(item, photo)
    phone.pass_the_rest()


def go_back_instead_of_answering(page: Page) -> None:
    """A question is gone with the screen it was asked on."""
    asked, declared = page.get_by_role("dialog"), page.get_by_text("以上为我本人到店所见")
    declared.click()
    page.locator(".m-foot").get_by_role("button", name="提交").click()
    expect(asked).to_be_visible()
    page.go_back()
    expect(page.locator(".item").first).to_be_visible()
    expect(asked).to_have_count(0)
    page.go_forward()
    declared.click()


def confirm_line_by_line(page: Page) -> None:
    """The desk reads what was found and says what the store may know of it."""
    page.goto("/reinspections?state=submitted")
    page.get_by_role("link", name=STORE).filter(visible=True).first.tap()
    expect(page.get_by_text(NOTED)).to_be_visible()
    wait_for_clean_photo(page, "**/reinspections/*", "reinspections")
    outcomes, reasons = page.get_by_label("结论"), page.get_by_label("给门店的说明")
    expect(outcomes.nth(0)).to_have_value("failed")
    expect(outcomes.nth(1)).to_have_value("passed")
    expect(reasons.nth(0)).not_to_have_value(NOTED)
    reasons.nth(0).fill(BROKEN)
    page.get_by_label("给门店看照片 1").check()
    page.get_by_role("button", name="确认结论").tap()
    expect(page.get_by_text("已确认，门店会收到结论。")).to_be_visible()


def read_it(page: Page) -> str:
    """The store reads the desk's words and sees the one photo; nobody and no note is in it. The
    address of the line that is still not in order.
    """
    SignInPage(page).sign_in(CHEN)
    NoticePages(page).open_new()
    page.wait_for_url("**/notices/*")
    links = page.locator("a[href*='/lines/']:not([href$='appeal'])").all()
    told = {}
    for line in sorted({link.get_attribute("href") or "" for link in links}):
        page.goto(line)
        told[line] = page.locator("main").inner_text()
    first, second = told.values()
    assert BROKEN in first
    assert MENDED in second
    for kept in (NOTED, MA.name, MA.pseudonym):
        assert kept not in first + second
    page.goto(next(iter(told)))
    shown = page.locator("img[src*='/verdicts/']").first.get_attribute("src") or ""
    assert page.request.get(shown).headers["content-type"] == "image/jpeg"
    return next(iter(told))


def read_it_offline(page: Page, line: str) -> None:
    """The same on the store's phone, without a network."""
    page.goto("/app/")
    page.get_by_label("工号或手机号").fill(CHEN.sign_in)
    page.get_by_label("密码", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.wait_for_function("() => navigator.serviceWorker.controller !== null")
    wait_until(page, lambda: page.evaluate(PHOTO_KEPT))
    page.context.set_offline(True)
    page.goto(f"/app/#{line.replace('/lines/', '/line/')}")
    page.reload()
    expect(page.get_by_text("现场复查仍不合格")).to_be_visible()
    expect(page.get_by_text(BROKEN).first).to_be_visible()
    photos = page.get_by_role("img", name="复查照片 1")
    expect(photos).to_have_count(2)
    wait_until(page, lambda: int(photos.first.get_attribute("width") or "0") > EMPTY)
    for kept in (NOTED, MA.name, MA.pseudonym):
        expect(page.locator("body")).not_to_contain_text(kept)


PHOTO_KEPT = """() => new Promise((resolve) => {
  const asked = indexedDB.open("mingcha");
  asked.onsuccess = () => {
    const keys = asked.result.transaction("pictures").objectStore("pictures").getAllKeys();
    keys.onsuccess = () => {
      asked.result.close();
      resolve(keys.result.some((key) => key.includes("/verdicts/")));
    };
  };
})"""
"""Whether a photo of a look is on the phone."""
