"""Signing in and out on a page."""

import msgspec
import pytest

from inspection.services.people.demo_sign_ins import DEMO_SIGN_INS
from inspection.web.app import create_app
from tests.cast import CHEN, GUO, LI, PASSWORD, SUN, WANG
from tests.visitor import Visitor
from tests.web.html_page import HtmlPage

LONG = "x" * 200


async def sign_in(visitor, name=WANG.sign_in, password=PASSWORD, **fields):
    return await visitor.http.post(
        "/sign-in", data={"sign_in": name, "password": password, **fields}
    )


async def test_a_stranger_is_led_to_the_form_and_back(visitor):
    answer = await visitor.get("/ranking?kind=storefront&view=score")
    assert answer.status_code == 303
    form = HtmlPage(await visitor.get(answer.headers["location"])).form("/sign-in")
    (address,) = form.named("next")
    assert address == "/ranking?kind=storefront&view=score"
    signed = await sign_in(visitor, next=address)
    assert (signed.status_code, signed.headers["location"]) == (303, address)


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "/\t/evil.example",
        "javascript:",
    ],
)
async def test_nobody_is_led_away_from_the_site(visitor, address):
    (kept,) = (
        HtmlPage(await visitor.get("/sign-in", params={"next": address}))
        .form("/sign-in")
        .named("next")
    )
    assert kept == ""
    assert (await sign_in(visitor, next=address)).headers["location"] == "/ranking"


async def test_a_wrong_password_keeps_the_name_and_says_what_to_do(visitor):
    answer = await sign_in(visitor, password="wrong", next="/notices")
    page = HtmlPage(answer)
    assert page.status == 401
    assert "账号或密码不正确" in page.said("alert")
    form = page.form("/sign-in")
    assert form.named("sign_in") == [WANG.sign_in]
    assert form.named("next") == ["/notices"]
    assert form.named("password") == [""]
    assert "wrong" not in page.source
    assert "set-cookie" not in answer.headers


async def test_after_a_refusal_the_other_language_still_leads_where_one_was_going(visitor):
    asked = "/ranking?kind=storefront&view=score"
    page = HtmlPage(await sign_in(visitor, password="wrong", next=asked))
    (other,) = [link for link in page.links() if "lang=en" in link]
    form = HtmlPage(await visitor.get(other)).form("/sign-in")
    assert form.named("next") == [asked]


async def test_what_no_field_could_hold_is_refused_with_its_place(visitor):
    page = HtmlPage(await sign_in(visitor, password=LONG))
    assert page.status == 422
    assert "最多 128" in page.said("alert")
    assert page.form("/sign-in").named("sign_in") == [WANG.sign_in]
    assert LONG not in page.source


async def test_a_body_that_is_no_form_gets_the_form_again(visitor):
    answer = await visitor.http.post("/sign-in", content=b"%ff", headers={"content-type": "a/b"})
    assert HtmlPage(answer).status == 415


async def test_too_many_attempts_say_how_long_to_wait(visitor):
    for _ in range(10):
        await sign_in(visitor, password="wrong")
    page = HtmlPage(await sign_in(visitor))
    assert page.status == 429
    assert "360 秒" in page.said("alert")


@pytest.mark.parametrize(
    ("person", "place"),
    [(LI, "/app/"), (SUN, "/visits"), (WANG, "/ranking"), (CHEN, "/notices"), (GUO, "/ranking")],
    ids=lambda each: getattr(each, "sign_in", ""),
)
async def test_everybody_lands_where_their_work_is(visitor, person, place):
    answer = await sign_in(visitor, person.sign_in)
    assert (answer.status_code, answer.headers["location"]) == (303, place)
    assert (await visitor.get("/")).headers["location"] == place


async def test_a_stranger_at_the_door_is_shown_the_form(visitor):
    assert (await visitor.get("/")).headers["location"] == "/sign-in"


async def test_signing_out_ends_the_session_and_says_so(signed_in):
    wang = await signed_in(WANG)
    form = HtmlPage(await wang.get("/ranking")).form("/sign-out")
    answer = await wang.http.post("/sign-out", data=dict(form.fields))
    assert answer.status_code == 303
    assert "已退出登录" in HtmlPage(await wang.get(answer.headers["location"])).said("status")
    assert (await wang.get("/ranking")).status_code == 303


async def test_signing_out_needs_the_token_of_the_page(signed_in):
    wang = await signed_in(WANG)
    assert (await wang.http.post("/sign-out")).status_code == 403
    assert (await wang.get("/ranking")).status_code == 200


async def test_demo_sign_ins_are_shown_in_the_demo_only(app, settings, tools, visitor):
    person = DEMO_SIGN_INS[0]
    assert person.password not in (await visitor.get("/sign-in")).text
    demo = Visitor(create_app(tools, msgspec.structs.replace(settings, demo=True)))
    async with demo.http:
        page = HtmlPage(await demo.get("/sign-in"))
    assert {p.sign_in for p in DEMO_SIGN_INS} <= {cell.text for cell in page.all("td")}


async def test_the_other_language_is_one_link_away_and_remembered(visitor):
    page = HtmlPage(await visitor.get("/sign-in?next=/notices"))
    link = page.one("a", hreflang="en")
    assert (link.text, page.one("html")["lang"]) == ("English", "zh-CN")
    answer = await visitor.get(link["href"])
    english = HtmlPage(answer)
    assert english.one("html")["lang"] == "en"
    assert english.form("/sign-in").named("next") == ["/notices"]
    assert "HttpOnly" in answer.headers["set-cookie"]
    assert HtmlPage(await visitor.get("/sign-in")).one("html")["lang"] == "en"


async def test_a_saying_nobody_worded_is_not_repeated(visitor):
    page = HtmlPage(await visitor.get("/sign-in", params={"said": "<b>you won</b>"}))
    assert "you won" not in page.source
    assert page.said("status") == ""
