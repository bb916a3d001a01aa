"""The editor of a rubric draft, and the steps on the page of its approval."""

import re

from playwright.sync_api import FrameLocator, Locator, Page, expect

SAVED = re.compile("已保存于")
IN_FORCE = re.compile(r"v(\d+) 生效中")
TO_APPROVAL = "检查与审批"


class RubricEditor:
    """A draft on its own page."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.sum = page.get_by_role("region", name="分值合计")
        self.panel = page.locator(".ed-panel")
        self.preview: FrameLocator = page.frame_locator("iframe[title=手机预览]")

    def begin_from(self, code: str) -> int:
        """A draft of the version in force; the number of that version."""
        self.page.goto(f"/rubrics/{code}")
        stated = IN_FORCE.search(self.page.locator(".page__h").inner_text())
        assert stated, "no version in force"
        self.page.locator("form[action='/rubric-drafts'] button").first.click()
        expect(self.page.locator(".ed")).to_be_visible()
        return int(stated[1])

    def section(self, name: str) -> None:
        self.page.locator(".ed-secs").get_by_role("button", name=re.compile(f"^{name}")).click()

    def item(self, number: str) -> None:
        self.page.get_by_role("button", name=re.compile(rf"^{re.escape(number)} ")).click()

    def field(self, label: str) -> Locator:
        return self.panel.get_by_label(label, exact=True)

    def saved(self) -> None:
        """Wait until the server has everything."""
        expect(self.page.locator(".ed-state")).to_have_text(SAVED)

    def to_approval(self) -> None:
        self.page.get_by_role("link", name=TO_APPROVAL).click()
        self.page.wait_for_url("**/approval*")


class ApprovalPage:
    """The page where a draft goes on."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def open(self, address: str) -> None:
        """The page as it is now, without what was said before."""
        self.page.goto(address.partition("?")[0])

    def press(self, name: str) -> None:
        """A step; the page comes back."""
        self.page.get_by_role("button", name=name, exact=True).click()
        self.page.wait_for_load_state()

    def veto(self, reason: str) -> None:
        self.page.get_by_label("理由").fill(reason)
        self.press("否决")
