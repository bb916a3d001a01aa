"""The OpenAPI document is one, and what a token reads is what it says."""

import httpx
import msgspec
import openapi_schema_validator as schemas
import openapi_spec_validator as spec

from inspection.domain.people.api_token import TokenScope
from inspection.services.people.api_tokens import TokenGiven, make_token
from inspection.web.api.description import describe
from tests.cast import CLUB, EARLIER_ROUND, GUO
from tests.makers import ADDRESS
from tests.rankable import Result, published
from tests.rectifying import issued_lines
from tests.reporting import a_published


def sent(app):
    """The document as it travels."""
    return msgspec.json.decode(msgspec.json.encode(describe(app)))


def fits(answer, document, content):
    """Hold a body against the schema of its media type."""
    schema = content[answer.headers["content-type"].partition(";")[0]]["schema"]
    schemas.OAS31Validator({**schema, "components": document["components"]}).validate(answer.json())


async def test_the_document_is_one(app):
    spec.validate(sent(app))


async def test_every_answer_to_a_token_is_what_the_document_says(app, tools):
    await published(
        tools, Result(store="a", total=9000, round=EARLIER_ROUND), Result(store=CLUB, total=9500)
    )
    await issued_lines(tools)
    issue = await a_published(tools)
    given = TokenGiven(name="x", scopes=tuple(TokenScope), days=30)
    headers = {"authorization": f"Bearer {await make_token(tools, GUO.actor, given)}"}
    document, held = sent(app), set()
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app=app), base_url=ADDRESS, headers=headers
    ) as program:
        for path, methods in document["paths"].items():
            said = methods.get("get", {})
            content = said.get("responses", {}).get("200", {}).get("content", {})
            if "x-token-scopes" not in said or "application/json" not in content:
                continue
            answer = await program.get(path.format(id=issue.id))
            assert answer.status_code == 200, path
            fits(answer, document, content)
            held.add(path)
            refused = await program.get(path.format(id="nothing") + "?unknown=1&cursor=x")
            if refused.status_code >= 400:
                fits(refused, document, document["components"]["responses"]["Refused"]["content"])
    assert len(held) == 8
