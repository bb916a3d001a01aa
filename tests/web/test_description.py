"""The OpenAPI document says what the routes do."""

import pytest

from inspection.web.api.description import describe
from inspection.web.guards import READS
from tests.cast import CHEN, LI
from tests.habits.routes import routes_of

WITHOUT_BODY = {
    ("DELETE", "/api/drafts/{visit:str}/{device:str}"),
    ("DELETE", "/api/push-subscription"),
    ("DELETE", "/api/session"),
}
"""Changes that need nothing said."""


def references(node):
    if isinstance(node, dict):
        for key, value in node.items():
            if key == "$ref":
                yield value
            else:
                yield from references(value)
    elif isinstance(node, list):
        for value in node:
            yield from references(value)


async def test_every_route_of_the_api_is_described(app):
    described = describe(app)["paths"]
    for route in routes_of(app):
        if route.path.startswith("/api/"):
            path = route.path.replace(":str", "").replace(":int", "")
            said = described[path][route.method.lower()]
            assert said["x-action"] == route.action.value
            assert said["summary"].endswith(".")


async def test_every_change_says_what_it_reads(app):
    for route in routes_of(app):
        if route.path.startswith("/api/") and route.changes:
            assert (route.handler.opt[READS] is None) == (
                (route.method, route.path) in WITHOUT_BODY
            ), route


async def test_what_is_read_admits_nothing_undocumented(app):
    described = describe(app)
    for path in described["paths"].values():
        for operation in path.values():
            for content in operation.get("requestBody", {}).get("content", {}).values():
                for reference in references(content):
                    schema = described["components"]["schemas"][reference.split("/")[-1]]
                    assert schema["additionalProperties"] is False


async def test_every_reference_leads_somewhere(app):
    described = describe(app)
    found = {reference.split("/")[-1] for reference in references(described)}
    assert found
    assert found - set(described["components"]["schemas"]) == set()


@pytest.mark.parametrize("person", [LI, CHEN], ids=lambda person: person.sign_in)
async def test_whoever_is_signed_in_may_read_it(signed_in, person):
    somebody = await signed_in(person)
    answer = await somebody.get("/api/schema")
    assert answer.status_code == 200
    assert answer.json()["openapi"] == "3.1.0"


async def test_strangers_may_not(visitor):
    assert (await visitor.get("/api/schema")).status_code == 401
