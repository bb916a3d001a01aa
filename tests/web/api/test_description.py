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


async def test_a_client_made_of_it_has_a_plain_name_and_reads_a_table_as_text(app):
    described = describe(app)
    assert described["info"]["title"].isascii()
    files = described["paths"]["/api/item-file"]["get"]["responses"]["200"]["content"]
    assert [each["schema"].get("format") for each in files.values()] == ["binary", None]


async def test_every_reference_leads_somewhere(app):
    described = describe(app)
    parts = described["components"]
    found = {tuple(reference.split("/")[-2:]) for reference in references(described)}
    assert found
    assert found - {(kind, name) for kind in parts for name in parts[kind]} == set()


LASTING = {
    "get_bulletins",
    "get_bulletins_by_id",
    "get_item_file",
    "get_lines",
    "get_notices",
    "get_openapi_json",
    "get_ranked_rounds",
    "get_ranking",
    "get_scorecard",
    "get_units",
}
"""What generated clients call what a token reads: other systems are written against these."""


async def test_names_last_and_are_fit_for_generators(app):
    document = describe(app)
    said = [each for path in document["paths"].values() for each in path.values()]
    assert len({each["operationId"] for each in said}) == len(said)
    assert {each["operationId"] for each in said if "x-token-scopes" in each} == LASTING
    assert [name for name in document["components"]["schemas"] if "." in name] == []
    contents = [
        content
        for each in said
        for body in (each.get("requestBody", {}), *each["responses"].values())
        for content in body.get("content", {}).values()
    ]
    assert [content for content in contents if not content.get("schema")] == []


@pytest.mark.parametrize("person", [LI, CHEN], ids=lambda person: person.sign_in)
async def test_whoever_is_signed_in_may_read_it(signed_in, person):
    somebody = await signed_in(person)
    answer = await somebody.get("/api/openapi.json")
    assert answer.status_code == 200
    assert answer.json()["openapi"] == "3.1.0"


async def test_strangers_may_not(visitor):
    assert (await visitor.get("/api/openapi.json")).status_code == 401
