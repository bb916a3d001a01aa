"""Being told: what Me says about it, and what the phone shows when a message comes."""

import json

import pytest
from playwright.sync_api import expect

from tests.e2e.phone import Phone

pytestmark = pytest.mark.e2e

SHOWN = """async () => {
  const registration = await navigator.serviceWorker.ready;
  const all = await registration.getNotifications();
  return all.map(({ title, body, tag, lang }) => ({ title, body, tag, lang }));
}"""


def test_me_says_in_words_that_the_browser_does_not_allow_it(phone: Phone) -> None:
    phone.sign_in("inspector")
    phone.open("me")
    expect(phone.page.get_by_text("浏览器不允许通知")).to_be_visible()
    expect(phone.page.get_by_role("switch", name="新内容提醒")).to_have_count(0)


def test_a_message_is_shown_once_and_says_nothing_about_the_work(phone: Phone) -> None:
    phone.page.context.grant_permissions(["notifications"], origin=phone.app.removesuffix("/app/"))
    phone.sign_in("inspector")
    phone.open("me")
    switch = phone.page.get_by_role("switch", name="新内容提醒")
    expect(switch).to_have_attribute("aria-checked", "false")
    browser = phone.page.context.new_cdp_session(phone.page)
    known: list[dict[str, str]] = []
    browser.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda event: known.extend(event["registrations"]),
    )
    phone.page.evaluate("navigator.serviceWorker.ready.then(() => null)")
    browser.send("ServiceWorker.enable")
    phone.page.wait_for_timeout(500)
    for body in ("一", "二"):
        message = {"kind": "assignments", "language": "zh-CN", "title": "提醒", "body": body}
        browser.send(
            "ServiceWorker.deliverPushMessage",
            {
                "origin": phone.app.removesuffix("app/"),
                "registrationId": known[-1]["registrationId"],
                "data": json.dumps(message),
            },
        )
    phone.page.wait_for_timeout(500)
    assert phone.page.evaluate(SHOWN) == [
        {"title": "提醒", "body": "二", "tag": "assignments", "lang": "zh-CN"}
    ]
