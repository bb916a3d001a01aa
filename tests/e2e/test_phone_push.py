"""Being told: what Me says about it where the browser does not allow it."""

import pytest
from playwright.sync_api import expect

from tests.e2e.phone import Phone

pytestmark = pytest.mark.e2e


def test_me_says_in_words_that_the_browser_does_not_allow_it(phone: Phone) -> None:
    phone.sign_in("inspector")
    phone.open("me")
    expect(phone.page.get_by_text("浏览器不允许通知")).to_be_visible()
    expect(phone.page.get_by_role("switch", name="新内容提醒")).to_have_count(0)
