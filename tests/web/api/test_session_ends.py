"""When a session stops: signed out, disabled, lost, too old."""

import asyncio

import pytest

from inspection.services.people import accounts
from tests.cast import LI, MA, PASSWORD, SUN
from tests.visitor import COOKIE


async def test_signing_out_ends_the_session_here_and_leaves_others(signed_in):
    phone, desk = await signed_in(LI), await signed_in(LI)
    token = phone.http.cookies[COOKIE]
    answer = await phone.send("DELETE", "/api/session")
    assert (answer.status_code, answer.headers["clear-site-data"]) == (204, '"cache"')
    assert COOKIE not in phone.http.cookies
    phone.http.cookies.set(COOKIE, token)
    assert (await phone.get("/api/session")).status_code == 401
    assert (await desk.get("/api/session")).status_code == 200


async def test_a_request_under_way_does_not_revive_a_session_that_ended(signed_in, clock):
    li = await signed_in(LI)
    token = li.http.cookies[COOKIE]
    for _ in range(20):
        clock.go_on(minutes=2)
        await asyncio.gather(li.get("/api/session"), li.send("DELETE", "/api/session"))
        li.http.cookies.set(COOKIE, token)
        assert (await li.get("/api/session")).status_code == 401


async def test_a_disabled_account_is_out_at_once(signed_in, tools):
    li = await signed_in(LI)
    await accounts.disable_account(tools, LI.sign_in)
    assert (await li.get("/api/session")).status_code == 401
    assert (await li.sign_in(LI)).status_code == 401


def said(answer):
    return answer.status_code, answer.json()["code"]


ENDED, REVOKED = (401, "session.missing"), (401, "session.revoked")


@pytest.mark.parametrize("how", [accounts.disable_account, accounts.report_phone_lost])
async def test_a_lost_phone_is_told_to_erase_for_months_whatever_it_asks(
    signed_in, tools, clock, how
):
    phone, other = await signed_in(LI), await signed_in(MA)
    await how(tools, LI.sign_in)
    for days in (0, 1, 30, 89):
        clock.go_on(days=days)
        await (await signed_in(MA)).get("/api/session")
        assert said(await phone.get("/api/session")) == REVOKED
        assert said(await phone.post("/api/nothing", json={})) == (404, "missing")
        assert said(await phone.get("/api/assignments")) == REVOKED
        assert said(await phone.get("/api/visitor")) == REVOKED
        assert said(await phone.send("PUT", "/api/drafts/a/b", json={})) == REVOKED
    assert said(await other.get("/api/session")) == ENDED


async def test_signing_in_again_forgets_no_lost_phone_for_180_days(signed_in, tools, clock):
    phone = await signed_in(LI)
    await accounts.report_phone_lost(tools, LI.sign_in)
    for _ in range(6):
        clock.go_on(days=29)
        new = await signed_in(LI)
        assert (await new.get("/api/session")).status_code == 200
        assert said(await phone.get("/api/session")) == REVOKED
    clock.go_on(days=30)
    await signed_in(LI)
    assert said(await phone.get("/api/session")) == ENDED


async def test_a_phone_reported_after_its_session_ended_is_told_to_erase_too(
    signed_in, tools, clock
):
    phone = await signed_in(LI)
    clock.go_on(days=31)
    assert said(await phone.get("/api/session")) == ENDED
    await accounts.report_phone_lost(tools, LI.sign_in)
    assert said(await phone.get("/api/session")) == REVOKED


async def test_a_new_password_and_signing_out_only_end_the_session(signed_in, tools):
    phone, desk = await signed_in(LI), await signed_in(LI)
    token = desk.http.cookies[COOKIE]
    await desk.send("DELETE", "/api/session")
    desk.http.cookies.set(COOKIE, token)
    assert said(await desk.get("/api/session")) == ENDED
    await accounts.change_password(tools, LI.sign_in, PASSWORD)
    assert said(await phone.get("/api/session")) == ENDED


async def test_a_lost_phone_is_no_known_device_any_more(signed_in, tools, visitor):
    phone = await signed_in(LI)
    await accounts.report_phone_lost(tools, LI.sign_in)
    for _ in range(10):
        await visitor.sign_in(LI, "wrong")
    assert (await phone.sign_in(LI)).status_code == 429


async def test_a_page_of_a_lost_phone_leads_to_signing_in(signed_in, tools):
    sun = await signed_in(SUN)
    await accounts.report_phone_lost(tools, SUN.sign_in)
    answer = await sun.get("/visits", headers={"accept": "text/html"})
    assert answer.status_code == 303
    assert answer.headers["location"] == "/sign-in?next=%2Fvisits"


@pytest.mark.parametrize(("days", "status"), [(29, 200), (31, 401)])
async def test_a_session_nobody_uses_ends_after_a_month(signed_in, clock, days, status):
    li = await signed_in(LI)
    clock.go_on(days=days)
    assert (await li.get("/api/session")).status_code == status


async def test_a_session_in_use_ends_after_three_months(signed_in, clock):
    li = await signed_in(LI)
    for _ in range(8):
        clock.go_on(days=11)
        assert (await li.get("/api/session")).status_code == 200
    clock.go_on(days=3)
    assert (await li.get("/api/session")).status_code == 401


@pytest.mark.parametrize(("hours", "status"), [(11, 200), (13, 401)])
async def test_a_desk_nobody_uses_is_signed_out_over_night(signed_in, clock, hours, status):
    sun = await signed_in(SUN)
    clock.go_on(hours=hours)
    assert (await sun.get("/api/session")).status_code == status


async def test_a_desk_in_use_is_signed_out_after_a_week(signed_in, clock):
    sun = await signed_in(SUN)
    for _ in range(15):
        clock.go_on(hours=11)
        assert (await sun.get("/api/session")).status_code == 200
    clock.go_on(hours=3)
    assert (await sun.get("/api/session")).status_code == 401


async def test_a_browser_keeps_its_session_as_long_as_it_may_last(visitor):
    for person, days in ((LI, 90), (SUN, 7)):
        answer = await visitor.sign_in(person)
        assert f"Max-Age={days * 86400}" in answer.headers["set-cookie"]
