"""Other programs read with a token: what its scopes name, as its owner may, and nothing else."""

import re

import httpx
import msgspec
import pytest
from litestar.exceptions import LitestarException

from inspection.domain.listing import ListAsked
from inspection.domain.people.api_token import TokenScope
from inspection.persistence.statements import run
from inspection.services import exports
from inspection.services.people import api_token_use
from inspection.services.people.api_tokens import TokenGiven, make_token, token_list
from inspection.web.guards import _NO_CALLER, TOKENS
from tests.cast import (
    CHENGGUAN,
    CLUB,
    GUO,
    QINZHOU,
    QINZHOU_CLUB,
    REGION_PATHS,
    SUN,
    TIANSHUI,
    WANG,
)
from tests.habits.routes import routes_of
from tests.makers import ADDRESS
from tests.rankable import Result, published
from tests.receiving import rows_of
from tests.rectifying import issued_lines
from tests.reporting import a_bulletin, a_published
from tests.web.html_page import HtmlPage

FORM = {"name": "数据平台", "scope": "ranking", "days": "90", "region": ""}
EVERY = tuple(TokenScope)


async def a_token(tools, person=WANG, scopes=EVERY, **more):
    given = TokenGiven(name="数据平台", scopes=scopes, days=90, **more)
    return await make_token(tools, person.actor, given)


@pytest.fixture
async def program(app):
    """Something that calls with whatever headers it is told."""
    transport = httpx.ASGITransport(app=app, client=("203.0.113.9", 40000))
    async with httpx.AsyncClient(transport=transport, base_url=ADDRESS) as http:
        yield http


def shown_by(text):
    return {"authorization": f"Bearer {text}"}


async def test_it_is_made_on_a_page_and_shown_once(signed_in, program):
    wang = await signed_in(WANG)
    assert "还没有令牌" in HtmlPage(await wang.get("/tokens")).source
    refused = HtmlPage(await wang.submit("/tokens", {"name": "平台", "days": "90"}))
    assert (refused.status, 'value="平台"' in refused.source) == (422, True)
    answer = await wang.submit("/tokens", FORM)
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store")
    text = re.search(r"mct_[\w-]+(?=</code>)", answer.text)[0]
    page = HtmlPage(await wang.get("/tokens"))
    assert text not in page.source
    assert text[:10] in page.source
    read = await program.get("/api/ranked-rounds", headers=shown_by(text))
    assert read.status_code == 200
    assert "203.0.113.9" in HtmlPage(await wang.get("/tokens")).source
    assert "没有找到" in HtmlPage(await wang.get("/tokens?q=nothing")).source
    (form,) = [form for form in page.forms if form.action.endswith("/revocations")]
    assert (await wang.submit(form.action, {"asked": "yes"})).status_code == 303
    refused = await program.get("/api/ranked-rounds", headers=shown_by(text))
    assert (refused.status_code, refused.json()["code"]) == (401, "token.refused")
    assert refused.headers["www-authenticate"].startswith("Bearer")


async def test_everything_else_is_refused_to_it(app, tools, program, signed_in, monkeypatch):
    monkeypatch.setattr(api_token_use, "PER_TOKEN", msgspec.structs.replace(
        api_token_use.PER_TOKEN, capacity=2000))  # fmt: skip
    guo = await signed_in(GUO)
    headers = shown_by(await a_token(tools, GUO))
    # Whatever cookie comes along counts for nothing.
    program.cookies.update(guo.http.cookies)
    for route in routes_of(app):
        if _NO_CALLER in route.handler.opt:
            continue
        answer = await program.request(route.method, route.address, headers=headers)
        if route.handler.opt[TOKENS]:
            assert (route.method, answer.status_code in (200, 404)) == ("GET", True), route.path
        else:
            assert answer.status_code == 403, (route.method, route.path)
        if answer.status_code == 403 and route.method != "HEAD":
            assert answer.json()["code"] == "token.forbidden"
            assert answer.headers["content-type"] == "application/problem+json"


async def test_a_scope_opens_its_own_lists_only(tools, program):
    headers = shown_by(await a_token(tools, scopes=(TokenScope.BULLETINS,)))
    assert (await program.get("/api/bulletins", headers=headers)).status_code == 200
    assert (await program.get("/api/openapi.json", headers=headers)).status_code == 200
    for path in ("/api/ranking", "/api/notices", "/api/lines", "/api/item-file"):
        assert (await program.get(path, headers=headers)).status_code == 403


async def test_it_sees_what_its_owner_sees_now(app, tools, program):
    await published(
        tools,
        Result(store=CLUB, total=9500),
        Result(store=QINZHOU_CLUB, total=8999, region=QINZHOU),
    )

    async def stores(headers):
        answer = await program.get("/api/ranking?kind=customer_club", headers=headers)
        return [row["store"]["code"] for row in answer.json()["rows"]]

    whole = shown_by(await a_token(tools, SUN))
    part = shown_by(await a_token(tools, SUN, region=CHENGGUAN))
    own = shown_by(await a_token(tools, WANG))
    assert await stores(whole) == [CLUB, QINZHOU_CLUB]
    assert await stores(part) == await stores(own) == [CLUB]
    outside = f"/api/ranking?region={REGION_PATHS[TIANSHUI]}"
    assert (await program.get(outside, headers=own)).status_code == 404
    await run(
        "UPDATE account SET region_path = ? WHERE id = ?", REGION_PATHS[TIANSHUI], WANG.account
    )
    assert await stores(own) == [QINZHOU_CLUB]
    await run("UPDATE account SET role = 'inspector' WHERE id = ?", WANG.account)
    assert (await program.get("/api/ranking", headers=own)).status_code == 403


async def test_files_and_who_took_them(tools, program):
    await published(tools, Result(store=CLUB, total=9500))
    headers = shown_by(await a_token(tools))
    (row,) = (await token_list(tools, WANG.actor, ListAsked())).rows
    for path in ("ranking", "units", "scorecard", "notices", "lines", "bulletins", "item-file"):
        answer = await program.get(f"/api/{path}?format=csv&lang=en", headers=headers)
        assert (answer.status_code, "attachment" in answer.headers["content-disposition"]) == (
            200,
            True,
        )
    book = await program.get("/api/item-file?format=xlsx", headers=headers)
    assert book.content.startswith(b"PK")
    events = [e for e in await rows_of("audit_event", "seq") if e["action"].endswith(".export")]
    assert len(events) == 8
    assert all(f'"token":"{row.prefix}"' in event["body"] for event in events)


async def test_what_is_known_is_not_sent_again(tools, program):
    await issued_lines(tools)
    await a_bulletin(tools, WANG)
    issue = await a_published(tools, WANG)
    headers = shown_by(await a_token(tools))
    for path in ("notices", "lines", "bulletins", f"bulletins/{issue.id}", "units", "scorecard"):
        answer = await program.get(f"/api/{path}", headers=headers)
        assert answer.status_code == 200, path
        known = headers | {"if-none-match": answer.headers["etag"]}
        assert (await program.get(f"/api/{path}", headers=known)).status_code == 304
    assert (await program.get("/api/lines", headers=headers)).json()["total"] > 0
    assert (await program.get("/api/bulletins", headers=headers)).json()["total"] == 1
    assert await rows_of("bulletin_reading", "account") == []


async def test_a_draft_is_no_figure(tools, program):
    draft = await a_bulletin(tools, WANG)
    headers = shown_by(await a_token(tools))
    assert (await program.get(f"/api/bulletins/{draft}", headers=headers)).status_code == 404


async def test_unknown_parameters_are_refused(tools, program):
    headers = shown_by(await a_token(tools))
    assert (await program.get("/api/ranking?rund=x", headers=headers)).status_code == 422


async def test_a_missing_second_step_shuts_it_too(tools, program, app, settings):
    headers = shown_by(await a_token(tools))
    app.state.settings = msgspec.structs.replace(settings, require_totp=(WANG.role,))
    answer = await program.get("/api/ranking", headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (403, "second_step.missing")


async def test_a_file_breaks_off_where_the_token_ends(tools, program, monkeypatch):
    await issued_lines(tools)
    headers = shown_by(await a_token(tools))

    async def ended(tools, text):
        return None

    monkeypatch.setattr(api_token_use, "look_once_more", ended)
    monkeypatch.setattr(exports, "LARGEST_PAGE", 1)
    with pytest.raises(LitestarException, match="after response started") as broken:
        await program.get("/api/lines?format=csv", headers=headers)
    assert "NotSignedIn" in repr(broken.value.__cause__)
