"""The inspectors' app on a phone, as a thumb finds it."""

import re
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.e2e.product import PASSWORD

VISIBILITY = """(state) => {
  Object.defineProperty(document, "visibilityState", { value: state, configurable: true });
  dispatchEvent(new Event("visibilitychange"));
}"""

LOOK = re.compile(r"复查 \d+ 项")
"""What stands on the card of a store where somebody looks at failed lines again."""

OWN_WORDS = {
    "tasks": "今日任务",
    "outbox": "待发送",
    "history": "记录",
    "me": "退出登录",
    "transfer": "导出与导入",
    "check": "提交前核对",
    "result": "提交结果",
}
"""What stands in the title, or on a button, of this screen and of no other."""


class Phone:
    """One phone with the app open."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.app = f"{address}/app/"

    def sign_in(self, name: str) -> None:
        """Open the app and sign in; ends on today's tasks."""
        self.page.goto(self.app)
        self.page.get_by_label("工号或手机号").fill(name)
        self.page.get_by_label("密码", exact=True).fill(PASSWORD)
        self.page.get_by_role("button", name="登录").click()
        expect(self.page.get_by_role("heading", name="今日任务")).to_be_visible()

    def visits(self) -> Locator:
        """The stores to visit, without those where only failed lines are looked at again."""
        return self.page.locator(".task").filter(has_not_text=LOOK)

    def start_visit(self) -> str:
        """Start the first store of the list; the visit's id."""
        self.visits().get_by_role("button", name="开始检查").first.click()
        expect(self.page.locator(".item").first).to_be_visible()
        return self.page.url.split("/visits/")[1].split("/")[0]

    def open(self, hash_: str) -> None:
        """Go to a screen by its address."""
        self.page.goto(f"{self.app}#/{hash_}")

    def show(self, hash_: str) -> None:
        """Go to a screen by its address, and wait until it is the one that is drawn."""
        self.open(hash_)
        words = OWN_WORDS[hash_.rpartition("/")[2]]
        own = self.page.locator("h1, main button").filter(has_text=words)
        expect(own.first).to_be_visible()
        expect(self.page.locator("main")).to_be_visible()

    def wait_for_worker(self) -> None:
        """Wait until the whole app is kept for later."""
        self.page.wait_for_function("() => navigator.serviceWorker.controller !== null")

    def wait_until_kept(self) -> None:
        """Wait until the app and the first store's form are kept for work without a network."""
        self.wait_for_worker()
        expect(self.visits().get_by_role("button", name="开始检查").first).to_be_enabled()

    def turn(self, state: str) -> None:
        """Take the app off the screen (`hidden`) or bring it back (`visible`)."""
        self.page.evaluate(VISIBILITY, state)

    def expect_saved(self) -> None:
        """What was entered is on the phone; the line that says so stands at the top."""
        self.page.evaluate("() => scrollTo(0, 0)")
        expect(self.page.get_by_text("已存本机")).to_be_visible()

    def item(self, number: str) -> Locator:
        """An item's place, by the number it carries on the card."""
        number = re.escape(number)
        named = self.page.locator(".item__n", has_text=re.compile(f"^{number}$"))
        return self.page.locator(".item-place").filter(has=named)

    def judge(self, number: str, verdict: str) -> Locator:
        """Tap a verdict; the item's place."""
        item = self.item(number)
        item.get_by_role("radio", name=verdict).click()
        return item

    def photograph(self, item: Locator, photo: Path) -> None:
        """Take a photo for an item, and wait until it is on the phone."""
        before = item.locator(".photo canvas").count()
        item.locator("input[capture]").set_input_files(photo)
        expect(item.locator(".photo canvas")).to_have_count(before + 1)

    def next_section(self) -> bool:
        """Tap the big button; false once it led to the check before submitting."""
        button = self.page.locator(".m-foot .btn--p")
        leads_to = button.get_attribute("href") or ""
        button.click()
        if leads_to.endswith("/check"):
            expect(self.page.get_by_role("heading", name="提交前核对")).to_be_visible()
            return False
        current = self.page.locator(".stabs [aria-current]")
        expect(current).to_have_attribute("href", leads_to)
        return True

    def pass_section(self) -> None:
        """Everything not judged yet is as it should be, the critical items by hand."""
        rest = self.page.get_by_role("button", name="全部达标")
        if rest.count():
            rest.click()
        left = self.page.locator(".item:not(:has([aria-checked=true])) .yes")
        while left.count():
            left.first.click()

    def pass_the_rest(self) -> None:
        """Pass all that is not judged, section by section; ends on the check."""
        while True:
            self.pass_section()
            if not self.next_section():
                return

    def score(self) -> str:
        """The big number on the screen."""
        return self.page.locator(".score").first.inner_text()

    def submit(self) -> None:
        """Declare, submit and say yes."""
        self.page.get_by_text("以上为我本人到店所见").click()
        self.page.locator(".m-foot").get_by_role("button", name="提交").click()
        self.page.get_by_role("dialog").get_by_role("button", name="提交").click()
        expect(self.page.get_by_role("heading", name="提交结果")).to_be_visible()

    def try_again(self) -> None:
        """In the outbox: have everything sent now, unless the phone has just done so by itself."""
        button = self.page.get_by_role("button", name="全部重试")
        expect(button.or_(self.page.get_by_text("没有待发送的内容"))).to_be_visible()
        # All that are there, so none: it may leave between a look and a tap.
        button.evaluate_all("(buttons) => buttons.forEach((button) => button.click())")

    def expect_complete(self) -> None:
        """The server has the form and every photo."""
        expect(self.page.locator(".job .tag", has_text="已送达")).to_be_visible(timeout=30_000)
