"""What callers are told when the answer is no."""

import asyncio
import logging

import pytest

from inspection.settings import Settings
from inspection.web import api, bodies
from inspection.web.app import create_app
from inspection.web.guards import ActionMissing
from inspection.wording import Language, say
from tests.cast import GUO, SUN
from tests.makers import some_tools
from tests.visitor import COOKIE
from tests.web.troubled_routes import (
    broken,
    broken_page,
    busy,
    choosy,
    forgetful,
    framework,
    full,
    later,
    refusing,
    small,
    undeclared,
    whoever,
)

PROBLEM = "application/problem+json"


@pytest.fixture(scope="module")
def troubled_app(tmp_path_factory):
    """The application with routes that go wrong, built once: building takes longer than a test."""
    extra = [
        *(broken, broken_page, busy, full, later, forgetful, refusing),
        *(small, whoever, framework, choosy),
    ]
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(api, "ROUTES", [*api.ROUTES, *extra])
        return create_app(some_tools(tmp_path_factory.mktemp("tools")), Settings())


@pytest.fixture
def app(sqlite_database, troubled_app, tools, settings):
    troubled_app.state.tools, troubled_app.state.settings = tools, settings
    return troubled_app


async def test_a_fault_of_ours_gives_a_reference_and_logs_the_rest(visitor, caplog):
    with caplog.at_level(logging.ERROR):
        answer = await visitor.get("/api/broken")
    problem = answer.json()
    assert (answer.status_code, problem["code"]) == (500, "internal")
    assert problem["reference"] in problem["detail"]
    assert problem["reference"] == answer.headers["x-request-id"]
    assert problem["reference"] in caplog.text
    assert "RuntimeError: 0931-8888888" in caplog.text
    assert "0931" not in answer.text


async def test_a_fault_of_the_framework_is_a_fault_of_ours(visitor):
    answer = await visitor.get("/api/framework")
    assert (answer.status_code, answer.json()["code"]) == (500, "internal")
    assert "a detail of ours" not in answer.text


async def test_a_route_open_to_all_that_needs_somebody_asks_them_to_sign_in(visitor):
    visitor.http.cookies.set(COOKIE, "a" * 100)
    answer = await visitor.get("/api/whoever")
    assert (answer.status_code, answer.json()["code"]) == (401, "session.missing")


async def test_a_page_that_fails_is_a_page(visitor):
    answer = await visitor.get("/broken", headers={"accept-language": "en"})
    assert answer.status_code == 500
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["x-request-id"] in answer.text


@pytest.mark.parametrize(
    ("path", "status", "seconds"), [("busy", 503, "2"), ("full", 507, "2"), ("later", 429, "17")]
)
async def test_what_may_be_tried_again_says_when(visitor, path, status, seconds):
    answer = await visitor.get(f"/api/{path}")
    assert (answer.status_code, answer.headers["retry-after"]) == (status, seconds)
    assert answer.json()["retry_after"] == int(seconds)


async def test_a_forgotten_fact_leaves_a_gap_not_a_fault(visitor):
    answer = await visitor.get("/api/forgetful", headers={"accept-language": "en"})
    assert answer.status_code == 409
    assert "The visit is “…” now" in answer.json()["detail"]


async def test_an_account_is_answered_in_its_own_language(tools, app, signed_in, monkeypatch):
    from tests.makers import add_regions, an_account

    await add_regions()
    await an_account(tools, GUO)
    guo = await signed_in(GUO)
    answer = await guo.get("/api/busy", headers={"accept-language": "zh-CN"})
    assert answer.json()["detail"] == say(Language.EN, "store.busy")


async def test_unknown_addresses_and_methods_are_problems_too(visitor):
    missing, method = await visitor.get("/api/nothing"), await visitor.post("/api/busy")
    assert (missing.status_code, missing.json()["code"]) == (404, "missing")
    assert (method.status_code, method.json()["code"]) == (405, "request.method")
    assert "GET" in method.headers["allow"]
    assert missing.headers["content-type"] == method.headers["content-type"] == PROBLEM


async def test_a_program_asking_a_page_for_json_gets_json(visitor):
    answer = await visitor.get("/nothing", headers={"accept": "application/json"})
    assert answer.headers["content-type"] == PROBLEM


async def test_a_page_says_which_words_of_its_address_are_wrong(visitor):
    answer = await visitor.get("/choosy?count=%3Cb%3E&name=a&name=b")
    assert answer.status_code == 422
    assert say(Language.ZH, "problem.address") in answer.text
    assert f"<code>name</code> {say(Language.ZH, 'body.repeated_field')}" in answer.text
    program = await visitor.get("/choosy?count=x", headers={"accept": "application/json"})
    assert program.json()["code"] == "request.invalid"
    assert program.json()["errors"][0]["pointer"] == "/count"


@pytest.mark.parametrize("query", ["", "&", "name=a&", "&name=a", "name=a&&count=1"])
async def test_a_link_that_was_passed_on_may_hold_an_ampersand_too_many(visitor, query):
    assert (await visitor.get(f"/choosy?{query}")).status_code == 200


async def test_what_was_in_the_address_cannot_become_markup(visitor):
    answer = await visitor.get("/%3Cscript%3Ealert(1)%3C/script%3E?lang=%22%3E%3Cb%3E")
    assert answer.status_code == 404
    assert "<script" not in answer.text
    assert "<b>" not in answer.text


async def test_a_stranger_opening_a_page_is_sent_to_sign_in_and_back(visitor):
    answer = await visitor.get("/api/session", headers={"accept": "text/html"})
    assert answer.status_code == 401
    answer = await visitor.post("/reviews", headers={"accept": "text/html"})
    assert answer.status_code == 401
    assert answer.headers["content-type"].startswith("text/html")


async def test_what_was_typed_is_shown_again_but_nothing_secret(tools, signed_in):
    from tests.makers import add_regions, an_account

    await add_regions()
    await an_account(tools, SUN)
    sun = await signed_in(SUN)
    typed = {"reason": "请补拍 <台席>", "password": "hunter2hunter2", "empty": " "}
    answer = await sun.submit("/reviews", typed)
    assert answer.status_code == 503
    assert "<textarea readonly>请补拍 &lt;台席&gt;</textarea>" in answer.text
    assert "hunter2" not in answer.text
    assert sun.csrf_token not in answer.text


async def test_a_body_that_is_too_large_is_refused_before_and_while_it_arrives(visitor):
    async def pieces():
        for _ in range(5):
            yield b"aaaa"

    announced = await visitor.post("/api/small", json={"a": "b" * 20})
    streamed = await visitor.post(
        "/api/small", content=pieces(), headers={"content-type": "application/json"}
    )
    for answer in (announced, streamed):
        assert (answer.status_code, answer.json()["code"]) == (413, "request.too_large")


@pytest.mark.parametrize("media_type", ["", "text/plain", "application/jsonp", "text/json"])
async def test_only_json_is_read_as_json(visitor, media_type):
    answer = await visitor.post("/api/small", content=b"{}", headers={"content-type": media_type})
    assert (answer.status_code, answer.json()["code"]) == (415, "request.media_type")


async def test_the_media_type_may_name_its_charset(visitor):
    headers = {"content-type": "Application/JSON; charset=utf-8"}
    answer = await visitor.post("/api/small", content=b"{}", headers=headers)
    assert answer.json() == {"bytes": 2}


async def answer_to(app, receive):
    """The status of the answer to a body that arrives in a way no client of ours can make."""
    sent = []

    async def send(message):
        sent.append(message)

    scope = {
        "type": "http",
        "method": "POST",
        "path": "/api/small",
        "raw_path": b"/api/small",
        "query_string": b"",
        "headers": [(b"content-type", b"application/json"), (b"host", b"mingcha.test")],
        "client": ("203.0.113.7", 1),
        "server": ("mingcha.test", 80),
        "scheme": "http",
        "http_version": "1.1",
        "root_path": "",
    }
    await app(scope, receive, send)
    return sent[0]["status"]


async def test_a_connection_cut_off_is_no_fault_of_ours(app, caplog):
    async def receive():
        return {"type": "http.disconnect"}

    assert await answer_to(app, receive) == 422
    assert "failed" not in caplog.text


async def test_a_body_that_never_ends_is_not_waited_for(app, monkeypatch):
    async def receive():
        await asyncio.sleep(60)

    monkeypatch.setattr(bodies, "READ_SECONDS", 0.05)
    assert await answer_to(app, receive) == 408


async def test_a_route_without_an_action_keeps_the_application_from_starting(
    tools, settings, monkeypatch
):
    monkeypatch.setattr(api, "ROUTES", [*api.ROUTES, undeclared])
    with pytest.raises(ActionMissing, match="/api/undeclared"):
        create_app(tools, settings)
