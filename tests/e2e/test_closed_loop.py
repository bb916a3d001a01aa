"""The closed loop, as five people: from the loss to the line that is settled, and then every screen
says the same numbers.
"""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from tests.cast import CHEN, GUO, Person
from tests.e2e.golden_job import STORE, approve_it, score_the_visit, sign_it_off
from tests.e2e.pages.notice_pages import NUMBER, NoticePages
from tests.e2e.pages.sign_in_page import SignInPage
from tests.e2e.phone import Phone
from tests.e2e.waiting import wait_for_clean_photo, wait_until
from tests.submissions import a_photo

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(600)]

APPEALED = "擦鞋机"
SCORE, CORRECTED, RETURNED_ONCE = "89.5", "91.5", "请拍同一位置的照片"


def test_a_loss_goes_all_the_way_to_a_settled_line(open_phone, golden_server, tmp_path):
    score_the_visit(Phone(open_phone(), golden_server.address), tmp_path)
    approve_it(open_phone())
    manager, store = open_phone(), open_phone()
    first = sign_it_off(manager)
    appeal_one_line(store, tmp_path)
    advise(manager)
    uphold_it(open_phone())
    second = read_the_amended(manager, first)
    lines = lines_of_the_amended(store, second)
    assert len(lines) == 5
    returned, *others = lines
    answer(store, returned, tmp_path)
    judge(manager, "退回重做", RETURNED_ONCE)
    expect_returned(store, returned)
    answer(store, returned, tmp_path)
    for line in others:
        answer(store, line, tmp_path)
    for _ in lines:
        judge(manager, "通过")
    everybody_reads_the_same(manager, store, second)


def as_(page: Page, person: Person) -> Page:
    SignInPage(page).sign_in(person)
    return page


def shot(folder: Path, number: int) -> Path:
    photo = folder / f"after-{number}.jpg"
    photo.write_bytes(a_photo(100 + number, size=(1200, 900)))
    return photo


def appeal_one_line(page: Page, folder: Path) -> None:
    """The store reads and signs the notice, then says that one fact is not so."""
    notices = NoticePages(as_(page, CHEN))
    notices.open_new()
    notices.acknowledge()
    card = page.locator(".problem-card", has_text=APPEALED)
    card.get_by_role("link", name="申诉").tap()
    page.get_by_text("事实不符").tap()
    page.get_by_label("情况说明").fill("擦鞋机当天在二楼贵宾室，附资产标签。")
    page.locator("input[type=file]").set_input_files(shot(folder, 0))
    page.get_by_role("button", name="提交申诉").tap()
    expect(page.get_by_text("申诉已提交")).to_be_visible()


def advise(page: Page) -> None:
    """The region says what it thinks of it."""
    open_appeal(page)
    page.get_by_role("radio", name="支持", exact=True).check()
    page.get_by_label("复核意见").fill("标准未写明二楼贵宾室是否计入，建议支持。")
    page.get_by_role("button", name="提交意见").tap()
    expect(page.get_by_text("复核意见已提交")).to_be_visible()


def open_appeal(page: Page) -> None:
    page.goto("/appeals")
    page.get_by_role("link", name=STORE).filter(visible=True).first.tap()
    # A route laid while one page gives way to another sees nothing of either.
    page.wait_for_url(re.compile(r"/appeals/\w+$"))


def uphold_it(page: Page) -> None:
    """Somebody who neither inspected nor reviewed sees what it would change, and decides."""
    open_appeal(as_(page, GUO))
    effect = page.locator("#effect")
    late: list[Route] = []
    page.route("**/trials", lambda route: late.extend((route,)), times=1)
    page.get_by_role("radio", name=re.compile("^Reject")).check()
    wait_until(page, lambda: late)
    with page.expect_response("**/trials"):
        page.get_by_role("radio", name=re.compile("^Uphold Take back|^Uphold(?! in part)")).check()
    expect(effect).to_contain_text(SCORE)
    expect(effect).to_contain_text(CORRECTED)
    # What a verdict that is chosen no more would do comes too late to be shown.
    late[0].fulfill(content_type="text/html", body="<p id=effect>too late</p>")
    page.wait_for_timeout(200)
    expect(effect).to_contain_text(CORRECTED)
    page.get_by_label("Reason").fill("标准未写明，按有利于门店处理。")
    page.get_by_role("button", name="Uphold and correct the score").tap()
    expect(page.get_by_text("Decided; the store sees the outcome.")).to_be_visible()


def read_the_amended(page: Page, first: str) -> str:
    """The notice that stands in for the first has a number of its own, and both name each other."""
    expect_rank(page, CORRECTED)
    page.goto("/notices")
    listed = set(NUMBER.findall(page.locator("main").inner_text()))
    (second,) = listed - {first}
    page.get_by_role("link", name=second).filter(visible=True).first.tap()
    expect(page.locator("main")).to_contain_text(first)
    page.goto("/notices?state=superseded")
    page.get_by_role("link", name=first).filter(visible=True).first.tap()
    expect(page.locator("main")).to_contain_text(second)
    return second


def lines_of_the_amended(page: Page, number: str) -> list[str]:
    """The store signs for the new notice; the addresses of its lines."""
    page.goto("/notices")
    notices = NoticePages(page)
    notices.open_new()
    expect(page).to_have_title(re.compile(re.escape(number)))
    notices.acknowledge()
    expect(page.locator(".problem-card")).to_have_count(5)
    expect(page.locator("body")).not_to_contain_text(APPEALED)
    links = page.locator(".problem-card a[href*='/lines/']:not([href$='appeal'])")
    found_links = {link.get_attribute("href") or "" for link in links.all()}
    return sorted(found_links)


def answer(page: Page, line: str, folder: Path) -> None:
    """The store says what it did and shows it."""
    page.goto(line)
    number = int(line.rpartition("/")[2])
    page.get_by_label("整改后照片").set_input_files(shot(folder, number))
    page.get_by_label("整改措施").fill(f"第 {number} 项已整改，逐一试过。")
    page.get_by_role("button", name="提交复核").tap()
    expect(page.get_by_text("回复已提交复核")).to_be_visible()


def judge(page: Page, verdict: str, reason: str = "") -> None:
    """The manager looks at the first reply that waits, and says yes or no."""
    page.goto("/rectifications")
    page.get_by_role("link", name=STORE).filter(visible=True).first.tap()
    wait_for_clean_photo(page, "**/rectifications/*", "replies")
    if reason:
        page.get_by_role("link", name=verdict, exact=True).tap()
        page.get_by_label("给门店的说明").fill(reason)
        sheet = page.locator("#verdict-form")
        expect(sheet.get_by_role("button", name="通过", exact=True)).to_have_count(0)
    page.get_by_role("button", name=verdict, exact=True).tap()
    said = "已退回门店" if reason else "已通过"
    expect(page.get_by_text(said).first).to_be_visible()


def expect_returned(page: Page, line: str) -> None:
    page.goto(line)
    expect(page.get_by_text(RETURNED_ONCE).first).to_be_visible()


def expect_rank(page: Page, score: str) -> None:
    page.goto("/ranking")
    expect(page.locator(".rankcard", has_text=STORE)).to_contain_text(score)


def everybody_reads_the_same(manager: Page, store: Page, number: str) -> None:
    """Score, state and rate on every screen that has them."""
    expect_rank(manager, CORRECTED)
    manager.goto("/rectifications")
    expect(manager.get_by_text("5 项中 4 项一次通过")).to_be_visible()
    expect(manager.locator(".score--big")).to_have_text("80.0%")
    expect(manager.locator("nav.tabs a", has_text="已通过")).to_contain_text("5")
    manager.goto("/notices?state=closed")
    card = manager.locator("a", has_text=STORE).filter(visible=True)
    expect(card.first).to_contain_text(number)
    store.goto("/notices")
    expect(store.locator("body")).to_contain_text(CORRECTED)
    expect(store.get_by_text("已关闭").first).to_be_visible()
