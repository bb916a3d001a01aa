"""The pages of one notice: the manager's draft, the store's letter."""

import re

from playwright.sync_api import Page

NUMBER = re.compile(r"甘移服整〔\d{4}〕\d+号")


class NoticePages:
    """A notice on the way from its draft to the store."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def open_first(self, store: str) -> None:
        """Open the first notice of a store in the list."""
        self.page.goto("/notices")
        self.page.get_by_role("link", name=store).filter(visible=True).first.tap()

    def sign(self) -> str:
        """Hand the draft in and sign it; the number it got."""
        self.page.get_by_role("button", name="提交签发").tap()
        self.page.get_by_text("已提交，等待签发").wait_for()
        self.page.get_by_role("button", name="签发", exact=True).tap()
        self.page.get_by_text("已签发并取号").wait_for()
        found = NUMBER.search(self.page.title())
        assert found, self.page.title()
        return found[0]

    def open_new(self) -> None:
        """Open the newest notice in the store's own list."""
        self.page.get_by_role("link", name="查看并签收").tap()

    def acknowledge(self) -> None:
        """Sign for it."""
        self.page.get_by_role("button", name="签收").tap()
        self.page.get_by_text("已签收，请按时限整改").wait_for()

    def pdf(self) -> bytes:
        """Ask again until the document is laid out, then read it as the browser would."""
        link = self.page.get_by_role("link", name="打开 PDF").first
        for _ in range(60):
            if link.is_visible():
                break
            self.page.wait_for_timeout(500)
            self.page.reload()
        answer = self.page.request.get(link.get_attribute("href") or "")
        assert answer.headers["content-type"] == "application/pdf"
        assert answer.headers["content-disposition"].startswith("inline")
        return answer.body()
