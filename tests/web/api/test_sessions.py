"""Signing in and out over HTTP: what the cookie is and who it lets in."""

from inspection.persistence.tables import Session
from tests.cast import CHEN, CLUB, GUO, LI, WANG, Person
from tests.visitor import COOKIE


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


async def test_a_visitor_is_told_who_they_are_or_that_nobody_is_signed_in(visitor, signed_in):
    assert (await visitor.get("/api/visitor")).json() == {"session": None}
    li = await signed_in(LI)
    session = (await li.get("/api/visitor")).json()["session"]
    known = (await li.get("/api/session")).json()
    assert (session["account"], session["csrf_token"]) == (known["account"], known["csrf_token"])
    await li.send("DELETE", "/api/session")
    assert (await li.get("/api/visitor")).json() == {"session": None}


async def test_a_visitor_whose_session_ended_is_told_so(visitor):
    visitor.http.cookies.set(COOKIE, "a" * 43)
    answer = await visitor.get("/api/visitor")
    assert (answer.status_code, answer.json()["code"]) == (401, "session.missing")
