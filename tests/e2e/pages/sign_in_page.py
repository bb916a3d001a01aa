"""Signing in on a page."""

from playwright.sync_api import Page

from tests.cast import Person
from tests.e2e.product import PASSWORD


class SignInPage:
    """The form at /sign-in."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def sign_in(self, person: Person) -> None:
        """Sign in and land where the person's work is."""
        self.page.goto("/sign-in")
        self.page.get_by_label("工号或手机号").fill(person.sign_in)
        self.page.get_by_label("密码").fill(PASSWORD)
        self.page.get_by_role("button", name="登录").tap()
        self.page.wait_for_url(lambda url: "/sign-in" not in url)
