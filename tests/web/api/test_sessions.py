"""Signing in and out over HTTP: what the cookie is, who it lets in, and when it stops."""

import asyncio

import pytest

from inspection.persistence.tables import Session, SignInBucket
from inspection.services.people import accounts
from tests.cast import CHEN, CLUB, GUO, LI, MA, PASSWORD, SUN, WANG, Person

COOKIE = "mingcha_session"


async def test_signing_in_says_who_it_is_and_gives_a_cookie(visitor):
    answer = await visitor.sign_in(LI)
    assert answer.status_code == 201
    assert answer.json()["account"] == {
        "id": LI.account,
        "name": LI.name,
        "role": "inspector",
        "pseudonym": LI.pseudonym,
        "language": "zh-CN",
        "region": None,
        "store": None,
    }
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Path=/" in cookie


async def test_a_manager_is_told_their_region_and_staff_their_store(signed_in):
    wang, chen = await signed_in(WANG), await signed_in(CHEN)
    assert (await wang.get("/api/session")).json()["account"]["region"] == {
        "code": "620100",
        "name": "兰州",
    }
    assert (await chen.get("/api/session")).json()["account"]["store"]["code"] == CLUB


async def test_an_english_reader_gets_english_names(signed_in):
    guo = await signed_in(GUO)
    assert (await guo.get("/api/session")).json()["account"]["region"]["name"] == "Gansu"


async def test_a_name_typed_at_full_width_is_the_same_name(visitor):
    typed = Person(sign_in="ＬＩ", name=LI.name, role=LI.role)
    assert (await visitor.sign_in(typed)).status_code == 201


async def test_a_wrong_password_and_an_unknown_name_get_the_same_answer(visitor):
    nobody = Person(sign_in="nobody", name="", role=LI.role)
    wrong, unknown = await visitor.sign_in(LI, "wrong"), await visitor.sign_in(nobody)
    assert wrong.status_code == unknown.status_code == 401
    assert wrong.json() == unknown.json()
    assert "set-cookie" not in wrong.headers


async def test_a_cookie_made_by_somebody_else_is_not_taken_over(visitor):
    visitor.http.cookies.set(COOKIE, "planted")
    answer = await visitor.sign_in(LI)
    assert "planted" not in answer.headers["set-cookie"]
    visitor.http.cookies.clear()
    visitor.http.cookies.set(COOKIE, "planted")
    assert (await visitor.get("/api/session")).status_code == 401


async def test_each_sign_in_gets_a_token_of_its_own(signed_in):
    first, second = await signed_in(LI), await signed_in(LI)
    assert first.http.cookies[COOKIE] != second.http.cookies[COOKIE]


async def test_signing_in_again_ends_the_browsers_last_session(signed_in):
    li = await signed_in(LI)
    earlier = li.http.cookies[COOKIE]
    await li.sign_in(WANG)
    assert (await li.get("/api/session")).json()["account"]["name"] == WANG.name
    li.http.cookies.clear()
    li.http.cookies.set(COOKIE, earlier)
    assert (await li.get("/api/session")).status_code == 401


async def test_the_token_itself_is_not_in_the_database(signed_in):
    li = await signed_in(LI)
    (row,) = await Session.select()
    assert li.http.cookies[COOKIE] not in str(row)


async def test_reading_sets_no_cookie(signed_in):
    li = await signed_in(LI)
    assert "set-cookie" not in (await li.get("/api/session")).headers


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


async def test_use_is_noted_once_a_minute(signed_in, clock):
    li = await signed_in(LI)
    began = clock()
    clock.go_on(seconds=59)
    await li.get("/api/session")
    assert (await Session.select(Session.seen_at))[0]["seen_at"] == began
    clock.go_on(seconds=2)
    await li.get("/api/session")
    assert (await Session.select(Session.seen_at))[0]["seen_at"] == clock()


async def test_the_language_is_kept_on_the_account(signed_in):
    li = await signed_in(LI)
    answer = await li.send("PUT", "/api/session/language", json={"language": "en"})
    assert answer.json()["account"]["language"] == "en"
    again = await signed_in(LI)
    assert (await again.get("/api/nothing-here")).json()["title"] != ""
    assert (await again.get("/api/session")).json()["account"]["language"] == "en"


async def test_ten_wrong_passwords_close_the_name_to_strangers(visitor, clock):
    for _ in range(10):
        assert (await visitor.sign_in(LI, "wrong")).status_code == 401
    refused = await visitor.sign_in(LI)
    assert refused.status_code == 429
    assert refused.json()["code"] == "session.too_many"
    assert refused.headers["retry-after"] == str(refused.json()["retry_after"]) == "360"
    clock.go_on(seconds=360)
    assert (await visitor.sign_in(LI)).status_code == 201


async def test_guessing_neither_ends_sessions_nor_locks_the_known_phone_out(signed_in, visitor):
    phone = await signed_in(LI)
    for _ in range(12):
        await visitor.sign_in(LI, "wrong")
    assert (await visitor.sign_in(LI)).status_code == 429
    assert (await phone.get("/api/session")).status_code == 200
    assert (await phone.sign_in(LI)).status_code == 201


async def test_good_attempts_cost_nothing(visitor):
    for _ in range(30):
        assert (await visitor.sign_in(LI)).status_code == 201


async def test_one_address_guessing_at_many_names_is_stopped(visitor):
    for n in range(100):
        guessed = Person(sign_in=f"staff{n}", name="", role=LI.role)
        assert (await visitor.sign_in(guessed)).status_code == 401
    assert (await visitor.sign_in(LI)).status_code == 429


async def test_a_forwarded_address_counts_only_from_a_trusted_proxy(visitor):
    for n in range(100):
        headers = {"x-forwarded-for": f"198.51.100.{n}"}
        typed = {"sign_in": f"staff{n}", "password": "wrong"}
        await visitor.send("POST", "/api/sessions", json=typed, headers=headers)
    assert (await visitor.sign_in(LI)).status_code == 429


async def test_buckets_full_again_are_forgotten(visitor, clock):
    for n in range(5):
        await visitor.sign_in(Person(sign_in=f"staff{n}", name="", role=LI.role))
    assert await SignInBucket.count() == 7
    clock.go_on(hours=3)
    await visitor.sign_in(LI)
    assert await SignInBucket.count() == 3


async def test_what_was_typed_as_a_name_is_not_readable_in_the_buckets(visitor):
    await visitor.sign_in(Person(sign_in=PASSWORD, name="", role=LI.role))
    assert PASSWORD not in str(await SignInBucket.select())


async def test_a_visitor_is_told_who_they_are_or_that_nobody_is_signed_in(visitor, signed_in):
    assert (await visitor.get("/api/visitor")).json() == {"session": None}
    li = await signed_in(LI)
    session = (await li.get("/api/visitor")).json()["session"]
    known = (await li.get("/api/session")).json()
    assert (session["account"], session["csrf_token"]) == (known["account"], known["csrf_token"])
    await li.send("DELETE", "/api/session")
    assert (await li.get("/api/visitor")).json() == {"session": None}


async def test_a_visitor_whose_session_ended_is_told_so(visitor):
    visitor.http.cookies.set("mingcha_session", "a" * 43)
    answer = await visitor.get("/api/visitor")
    assert (answer.status_code, answer.json()["code"]) == (401, "session.missing")
