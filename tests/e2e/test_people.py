"""Somebody new comes in by an invitation and signs in with a second step; no script is needed."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.authenticator import code_at
from tests.e2e.axe import severe
from tests.e2e.chromium import PHONE
from tests.e2e.product import PASSWORD, Product

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]

OWN = "a whole sentence of my own"
DESK = {"viewport": {"width": 1280, "height": 800}, "locale": "en"}


@pytest.fixture
def admin(browser: Browser, product: Product):
    """The administrator's desk."""
    context = browser.new_context(**DESK, java_script_enabled=False)
    page = context.new_page()
    sign_in(page, product, "admin", PASSWORD)
    yield page
    context.close()


@pytest.fixture
def newcomer(browser: Browser):
    """The phone of somebody nobody knows yet."""
    context = browser.new_context(**PHONE)
    yield context.new_page()
    context.close()


def sign_in(page: Page, product: Product, name: str, password: str):
    page.goto(f"{product.address}/sign-in?lang=en")
    page.get_by_label("Staff number or phone").fill(name)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()


def invitation(admin: Page, product: Product, name: str) -> str:
    """Add a reviewer and issue the invitation; its link."""
    admin.goto(f"{product.address}/people?lang=en")
    admin.get_by_role("link", name="Add a person").click()
    admin.get_by_label("Staff number or phone").fill(name)
    admin.get_by_label("Name", exact=True).fill("马小兰")
    admin.get_by_label("Role", exact=False).select_option("reviewer")
    admin.get_by_label("Region", exact=True).select_option("620000")
    admin.get_by_role("button", name="Add a person").click()
    expect(admin.get_by_role("status")).to_contain_text("Added")
    admin.get_by_role("button", name="Issue an invitation").click()
    return admin.get_by_label("Link").input_value()


def with_a_code(admin: Page, product: Product, secret: str):
    """Sign in on a desk: a wrong code is told, the next one lets in."""
    sign_in(admin, product, "0931777", OWN)
    admin.get_by_label("Code from the app").fill("000000")
    admin.get_by_role("button", name="Sign in").click()
    expect(admin.get_by_role("alert")).to_contain_text("This code is wrong")
    later = datetime.now(UTC) + timedelta(seconds=30)
    admin.get_by_label("Code from the app").fill(code_at(secret, later))
    admin.get_by_role("button", name="Sign in").click()
    admin.wait_for_url("**/visits")


def test_an_invitation_leads_in_once_and_a_second_step_is_asked_for(
    admin: Page, newcomer: Page, product: Product
):
    link = invitation(admin, product, "0931777")
    newcomer.goto(f"{link}?lang=en")
    expect(newcomer.get_by_text("赵文博 invites you")).to_be_visible()
    assert severe(newcomer) == []
    newcomer.get_by_label("New password", exact=True).fill(OWN)
    newcomer.get_by_label("New password again").fill(OWN)
    newcomer.get_by_role("button", name="Set the password").tap()
    newcomer.wait_for_url("**/visits")
    newcomer.goto(f"{link}?lang=en")
    expect(newcomer.get_by_role("heading", name="Already used")).to_be_visible()

    newcomer.goto(f"{product.address}/me/second-step?lang=en")
    newcomer.get_by_label("Password").fill(OWN)
    newcomer.get_by_role("button", name="Begin").tap()
    secret = newcomer.locator(".secret").inner_text().replace(" ", "")
    assert severe(newcomer) == []
    newcomer.get_by_label("Six digits").fill(code_at(secret, datetime.now(UTC)))
    newcomer.get_by_role("button", name="Switch on").tap()
    expect(newcomer.locator(".codes li")).to_have_count(10)
    assert severe(newcomer) == []

    with_a_code(admin, product, secret)


def test_who_is_disabled_is_out_at_the_next_step(admin: Page, newcomer: Page, product: Product):
    newcomer.goto(invitation(admin, product, "0931778") + "?lang=en")
    newcomer.get_by_label("New password", exact=True).fill(OWN)
    newcomer.get_by_label("New password again").fill(OWN)
    newcomer.get_by_role("button", name="Set the password").tap()
    newcomer.wait_for_url("**/visits")
    admin.get_by_role("link", name="Back to the person").click()
    admin.get_by_text("Disable", exact=True).click()
    admin.get_by_role("button", name="Disable now").click()
    expect(admin.get_by_role("status")).to_contain_text("Disabled")
    newcomer.reload()
    expect(newcomer.get_by_role("button", name="Sign in")).to_be_visible()
