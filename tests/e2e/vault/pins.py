"""A PIN, typed."""

from playwright.sync_api import Page, expect

PIN = "480215"


def set_pin(page: Page) -> None:
    """Put the PIN in front of what this phone holds."""
    page.get_by_role("switch", name="PIN 锁").click()
    sheet = page.get_by_role("dialog")
    sheet.get_by_label("新 PIN").fill(PIN)
    sheet.get_by_label("再输一次").fill(PIN)
    sheet.get_by_role("button", name="保存").click()
    expect(page.get_by_text("PIN 已设置")).to_be_visible()
