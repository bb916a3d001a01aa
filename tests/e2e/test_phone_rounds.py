"""The phone's first screens where there is more than usual: a code at the sign-in, two rounds at
once, and photos that show how it should look without a network.
"""

import json

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.e2e.axe import severe
from tests.e2e.between import Between
from tests.e2e.phone import Phone
from tests.e2e.product import PASSWORD, Product
from tests.e2e.waiting import wait_until

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(180)]

CODE = "123456"
NEEDED = {
    "type": "urn:mingcha:session.code_needed",
    "title": "",
    "status": 401,
    "code": "session.code_needed",
    "detail": "",
    "instance": "/api/sessions",
}
SHA256 = "ab" * 32
PICTURE = b'<svg xmlns="http://www.w3.org/2000/svg"><rect width="9" height="9"/></svg>'


def ask_for_a_code(route: Route) -> None:
    """Answer as the server does where the person has a second step."""
    said = route.request.post_data_json
    if said["code"] == CODE:
        route.continue_()
    else:
        route.fulfill(status=401, content_type="application/problem+json", body=json.dumps(NEEDED))


def add_a_round(route: Route) -> None:
    """Let the last store that is still to be visited belong to another round."""
    answer = route.fetch()
    said = answer.json()
    first = said["round"]
    other = {**first, "code": "2027-01", "name_zh": "2027年1月自查", "total": 1, "submitted": 0}
    said["rounds"] = [first, other]
    visits = [one for one in said["assignments"] if not one.get("lines")]
    *_, last = (one for one in visits if one["state"] == "open")
    last["round"] = {key: other[key] for key in ("code", "name_zh", "name_en")}
    route.fulfill(response=answer, json=said)


def naming_a_photo(rubric: bytes) -> bytes:
    """The rubric with a reference photo at every item."""
    said = json.loads(rubric)
    for section in said["sections"]:
        for item in section["items"]:
            item["photos"] = [SHA256]
    return json.dumps(said).encode()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """The phone's one page."""
    return context.new_page()


def test_a_second_step_is_asked_for_once_the_password_was_right(page: Page, product: Product):
    page.route("**/api/sessions", ask_for_a_code)
    page.goto(f"{product.address}/app/")
    page.get_by_label("工号或手机号").fill(product.hire("coded"))
    page.get_by_label("密码", exact=True).fill(PASSWORD)
    expect(page.get_by_label("应用验证码或恢复码")).to_have_count(0)
    page.get_by_role("button", name="登录").click()
    code = page.get_by_label("应用验证码或恢复码")
    expect(code).to_be_visible()
    assert severe(page) == []
    code.fill(CODE)
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_role("heading", name="今日任务")).to_be_visible()


def test_tasks_of_two_rounds_stand_below_the_name_of_theirs(page: Page, product: Product):
    page.route("**/api/assignments", add_a_round)
    Phone(page, product.address).sign_in(product.idle_inspector())
    second = page.get_by_role("region", name="2027年1月自查")
    expect(second.get_by_role("heading", level=2).first).to_have_text("2027年1月自查")
    expect(second.locator(".task")).to_have_count(1)
    expect(second).to_contain_text("/ 1 家")
    expect(page.locator(".round-card")).to_have_count(2)
    assert severe(page) == []


def test_reference_photos_are_there_without_a_network(page: Page, field: Product, between: Between):
    name, photo = field.idle_inspector(), f"/api/rubric-photos/{SHA256}"
    with field.caller(name) as caller:
        listed = caller.get("/api/assignments").json()["assignments"]
    for digest in {one["rubric"]["digest"] for one in listed}:
        between.edits[f"/api/rubrics/{digest}"] = naming_a_photo
    between.answers[photo] = ("image/svg+xml", PICTURE)
    phone = Phone(page, between.address)
    phone.sign_in(name)
    phone.wait_for_worker()
    wait_until(page, lambda: page.evaluate(f"async () => !!(await caches.match('{photo}'))"))
    between.calm()
    page.reload()
    phone.wait_for_worker()
    page.context.set_offline(True)
    assert page.evaluate(f"() => fetch('{photo}').then((one) => one.ok)")
