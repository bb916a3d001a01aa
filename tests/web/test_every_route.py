"""What holds for every route, also for those added later: the list comes from the application."""

import pytest

from inspection.domain.access import Action, Role, granted
from inspection.web.guards import OPEN_TO_ALL
from inspection.web.headers import SECURITY
from tests.cast import BY_ROLE, GUO
from tests.habits.routes import routes_of

OPEN_PATHS = {
    "/",
    "/api/sessions",
    "/api/visitor",
    "/app",
    "/healthz",
    "/invitations/{token:str}",
    "/n/{token:str}",
    "/n/{token:str}/notice.pdf",
    "/n/{token:str}/photos/{name:str}",
    "/sign-in",
    "/sign-in/code",
    "/static",
    "/verify/{token:str}",
    "/verify/{token:str}/checks",
}
"""The only paths anybody may call without signing in. Adding one is a decision."""


async def test_only_the_listed_paths_are_open_to_all(app):
    found = {route.path for route in routes_of(app) if route.action in OPEN_TO_ALL}
    assert found - OPEN_PATHS == set()


async def test_a_stranger_is_sent_to_sign_in_everywhere_else(app, visitor):
    for route in routes_of(app):
        if route.action in OPEN_TO_ALL:
            continue
        answer = await visitor.send(route.method, route.address)
        assert answer.status_code in (401, 303), (route, answer.text)
        if answer.status_code == 303:
            assert answer.headers["location"].startswith("/sign-in"), route


@pytest.mark.parametrize("role", Role)
async def test_a_role_without_the_action_is_refused(app, signed_in, role):
    somebody = await signed_in(BY_ROLE[role])
    for route in routes_of(app):
        if route.action in OPEN_TO_ALL or granted(role, route.action):
            continue
        answer = await somebody.send(route.method, route.address)
        assert answer.status_code == 403, (route, answer.text)


async def test_a_change_without_the_token_is_refused(app, signed_in):
    for person in BY_ROLE.values():
        somebody = await signed_in(person)
        for token in ("", "0" * 64):
            for route in routes_of(app):
                if not route.changes or not granted(person.role, route.action):
                    continue
                if route.action in OPEN_TO_ALL:
                    continue
                answer = await somebody.send(
                    route.method, route.address, headers={"x-csrf-token": token}
                )
                assert answer.status_code == 403, (route, answer.text)
                assert "request.forged" in answer.text, route
        assert (await somebody.get("/api/session")).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://["},
        {"origin": "http://mingcha.test:99999"},
        {"origin": "http://mingcha.test.evil.example"},
        {"origin": "http://mingcha.test:8080"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
    ids=str,
)
async def test_a_change_from_another_site_is_refused_even_with_the_token(app, signed_in, headers):
    for person in BY_ROLE.values():
        somebody = await signed_in(person)
        for route in routes_of(app):
            if route.changes and (
                granted(person.role, route.action) or route.action in OPEN_TO_ALL
            ):
                answer = await somebody.send(route.method, route.address, headers=headers)
                assert answer.status_code == 403, (route, answer.text)
                assert "request.forged" in answer.text, route


async def test_every_answer_carries_the_security_headers(app, signed_in):
    guo = await signed_in(GUO)
    asked = [(route.method, route.address) for route in routes_of(app)]
    asked += [("OPTIONS", route.address) for route in routes_of(app)]
    asked += [("GET", "/nothing/here"), ("PATCH", "/healthz"), ("GET", "/static/none.css")]
    for method, address in asked:
        answer = await guo.send(method, address, content=b"{")
        for name, value in SECURITY:
            assert answer.headers.get(name.decode()) == value.decode(), (method, address, name)
        assert answer.headers["x-server-time"].isdigit(), (method, address)
        assert answer.headers["cache-control"], (method, address)
        assert len(answer.headers["x-request-id"]) == 16, (method, address)
        if address == "/api/session" and method == "DELETE":
            await guo.sign_in(GUO)


async def test_every_refusal_of_the_api_is_a_problem_with_a_sentence(app, visitor):
    for route in routes_of(app):
        if not route.path.startswith("/api/") or route.action is Action.PUBLIC:
            continue
        for language, said in (("zh-CN", "。"), ("en", ".")):
            answer = await visitor.send(
                route.method, route.address, headers={"accept-language": language}
            )
            assert answer.headers["content-type"] == "application/problem+json", route
            if route.method == "HEAD":
                continue
            problem = answer.json()
            assert problem["status"] == answer.status_code, route
            assert problem["type"] == f"urn:mingcha:{problem['code']}", route
            assert problem["detail"].endswith(said), route
            assert problem["instance"] == route.address, route
