"""/api/push-…: the key, and the browser that wants to be told."""

import msgspec
import pytest

from inspection.notifications.vapid import public_key
from inspection.persistence.tables import PushSubscription
from tests.cast import LI, MA, SUN
from tests.push_service import Browser, text
from tests.visitor import Visitor

PATH = "/api/push-subscription"
ADDRESS = "https://fcm.googleapis.com/fcm/send/a:b"


def said(endpoint=ADDRESS, **changed):
    browser = Browser()
    asked = {"endpoint": endpoint, "p256dh": text(browser.point), "auth": text(browser.auth)}
    return asked | changed


def refused(answer):
    assert answer.status_code == 422, answer.text
    problem = answer.json()
    assert problem["code"] == "request.invalid"
    return [(error["pointer"], error["code"]) for error in problem["errors"]]


async def test_the_key_is_the_same_for_everybody_and_public(signed_in, tools):
    keys = [(await (await signed_in(each)).get("/api/push-key")).json() for each in (LI, MA)]
    assert keys == [{"key": public_key(tools.push.key.secret())}] * 2


async def test_everybody_may_be_told(signed_in):
    sun = await signed_in(SUN)
    assert (await sun.get("/api/push-key")).status_code == 200
    assert (await sun.send("PUT", PATH, json=said())).status_code == 200


async def test_a_browser_is_kept_once_however_often_it_asks(signed_in):
    li = await signed_in(LI)
    for _ in range(2):
        answer = await li.send("PUT", PATH, json=said())
        assert (answer.status_code, answer.json()) == (200, {"endpoint": ADDRESS})
    (row,) = await PushSubscription.select()
    assert (row["account"], row["endpoint"]) == (LI.account, ADDRESS)


async def test_a_new_address_takes_the_place_of_the_sessions_last(signed_in):
    li, tablet = await signed_in(LI), await signed_in(LI)
    await tablet.send("PUT", PATH, json=said(ADDRESS + "tablet"))
    for name in ("1", "2"):
        await li.send("PUT", PATH, json=said(ADDRESS + name))
    rows = await PushSubscription.select()
    assert {row["endpoint"] for row in rows} == {ADDRESS + "tablet", ADDRESS + "2"}


async def test_ending_it_ends_it_for_this_browser_only(signed_in):
    li, tablet = await signed_in(LI), await signed_in(LI)
    await li.send("PUT", PATH, json=said(ADDRESS + "1"))
    await tablet.send("PUT", PATH, json=said(ADDRESS + "2"))
    assert (await li.send("DELETE", PATH)).status_code == 204
    (row,) = await PushSubscription.select()
    assert row["endpoint"] == ADDRESS + "2"
    again = await li.send("DELETE", PATH)
    assert (again.status_code, again.json()["code"]) == (404, "missing")


async def test_signing_out_ends_it(signed_in):
    li = await signed_in(LI)
    await li.send("PUT", PATH, json=said())
    await li.send("DELETE", "/api/session")
    assert await PushSubscription.count() == 0


@pytest.mark.parametrize(
    "address",
    ["http://fcm.googleapis.com/x", "https://127.0.0.1:8000/x", "https://evil.example/x", "x"],
)
async def test_our_requests_are_led_nowhere_else(signed_in, address):
    li = await signed_in(LI)
    answer = await li.send("PUT", PATH, json=said(address))
    assert refused(answer) == [("/endpoint", "push.endpoint_refused")]
    assert await PushSubscription.count() == 0


async def test_what_is_no_key_is_refused_in_words(signed_in):
    li = await signed_in(LI)
    answer = await li.send("PUT", PATH, json=said(p256dh="AAAA", auth="AAAA"))
    assert refused(answer) == [("/p256dh", "push.key_refused"), ("/auth", "push.key_refused")]
    for body in (said(more=1), {"endpoint": ADDRESS}, said(auth=7), said("https://" + "a" * 2000)):
        assert refused(await li.send("PUT", PATH, json=body))


async def test_where_no_service_is_listed_nobody_is_told(signed_in, app, tools):
    li = await signed_in(LI)
    app.state.tools = without_hosts(tools)
    assert (await li.get("/api/push-key")).json() == {"key": None}
    answer = await li.send("PUT", PATH, json=said())
    assert refused(answer) == [("/endpoint", "push.endpoint_refused")]


async def test_on_postgresql_too(postgres_app):
    li = Visitor(postgres_app)
    await li.sign_in(LI)
    for _ in range(2):
        assert (await li.send("PUT", PATH, json=said())).status_code == 200
    assert (await li.send("DELETE", PATH)).status_code == 204
    assert (await li.send("DELETE", PATH)).status_code == 404


def without_hosts(tools):
    return msgspec.structs.replace(tools, push=msgspec.structs.replace(tools.push, hosts=()))
