"""Phones in the field, behind a line of their own."""

from typing import Any

from playwright.sync_api import BrowserContext

from tests.e2e.between import Between
from tests.e2e.chromium import PATIENCE
from tests.e2e.phone import Phone
from tests.e2e.product import Product


def opened(context: BrowserContext, between: Between) -> Phone:
    context.set_default_timeout(PATIENCE)
    return Phone(context.new_page(), between.address)


def signed_in(context: BrowserContext, between: Between, name: str) -> Phone:
    """A phone that keeps the whole app and a form for later."""
    phone = opened(context, between)
    phone.sign_in(name)
    phone.wait_until_kept()
    return phone


def kept(field: Product, name: str, visit: str) -> dict[str, Any]:
    """The visit as the server has it; it is there once."""
    with field.caller(name) as caller:
        mine = [one["id"] for one in caller.get("/api/visits").json()["visits"]]
        assert mine.count(visit) == 1
        found: dict[str, Any] = caller.get(f"/api/visits/{visit}").json()
        return found


def deliver(phone: Phone) -> None:
    phone.pass_the_rest()
    phone.submit()
    phone.expect_complete()
