"""Requests that take their time: who is asking is looked at again once their body is read."""

from collections.abc import AsyncIterator
from urllib.parse import urlencode

import pytest

from inspection.domain.access import Role
from inspection.persistence.people import sessions
from inspection.persistence.people.people import find_person
from inspection.persistence.statements import run
from inspection.services.people import people_access
from tests.cast import GUO, LANZHOU, LI, Person
from tests.makers import an_account
from tests.visitor import Visitor

HE = Person(sign_in="he", name="何平", role=Role.ADMINISTRATOR, region=LANZHOU)
FORM = "application/x-www-form-urlencoded"
UPLOAD = "multipart/form-data; boundary=x"
FILE = (
    b'--x\r\nContent-Disposition: form-data; name="noun"\r\n\r\nstore\r\n'
    b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\ncode\r\n--x--\r\n'
)


@pytest.fixture
async def he(signed_in, app, tools) -> Visitor:
    """An administrator of a branch, signed in."""
    await an_account(tools, HE)
    return await signed_in(HE)


async def held_open(tools, body: bytes, person: Person) -> AsyncIterator[bytes]:
    """A body whose sender is disabled before its last byte arrives."""
    yield body[:-1]
    await people_access.disable_person(tools, GUO.actor, person.account)
    yield body[-1:]


async def send_late(visitor, tools, path, body, media_type, person=HE, **headers):
    method = "PUT" if path.startswith("/api") else "POST"
    return await visitor.http.request(
        method,
        path,
        content=held_open(tools, body, person),
        headers={"content-type": media_type, **headers},
    )


def form(visitor, **fields) -> bytes:
    return urlencode({"csrf_token": visitor.csrf_token, **fields}).encode()


@pytest.mark.parametrize("token_in_header", [False, True])
async def test_who_is_disabled_while_sending_does_not_let_themselves_in_again(
    he, tools, token_in_header
):
    body = b"asked=yes" if token_in_header else form(he, asked="yes")
    headers = {"x-csrf-token": he.csrf_token} if token_in_header else {}
    answer = await send_late(he, tools, f"/people/{HE.account}/enabling", body, FORM, **headers)
    assert answer.status_code == 401
    assert (await find_person(HE.account)).state == "disabled"
    assert (await he.sign_in(HE)).status_code == 401


async def test_who_is_disabled_while_sending_adds_nobody(he, tools):
    fields = {"sign_in": "friend", "name": "朋友", "role": "administrator", "region": LANZHOU}
    answer = await send_late(he, tools, "/people", form(he, **fields), FORM)
    assert answer.status_code == 401
    assert await run("SELECT id FROM account WHERE sign_in = ?", "friend") == []


async def test_who_is_disabled_while_sending_a_file_sends_none(he, tools):
    headers = {"x-csrf-token": he.csrf_token}
    answer = await send_late(he, tools, "/imports", FILE, UPLOAD, **headers)
    assert answer.status_code == 401
    assert await run("SELECT id FROM sheet_import") == []


async def test_a_phone_disabled_while_sending_is_told_to_erase_itself(signed_in, app, tools):
    li = await signed_in(LI)
    headers = {"x-csrf-token": li.csrf_token}
    answer = await send_late(
        li, tools, "/api/session/language", b"{}", "application/json", LI, **headers
    )
    assert (answer.status_code, answer.json()["code"]) == (401, "session.revoked")


async def test_what_was_typed_is_kept_when_the_session_ended_meanwhile(he, tools):
    async def ending(body: bytes) -> AsyncIterator[bytes]:
        yield body[:-1]
        await run("UPDATE session SET revoked_at = created_at WHERE account = ?", HE.account)
        yield body[-1:]

    fields = form(he, sign_in="0931001", name="马小兰", role="inspector")
    answer = await he.http.post("/people", content=ending(fields), headers={"content-type": FORM})
    assert answer.status_code == 401
    assert "马小兰" in answer.text
    assert HE.name not in answer.text


async def test_a_session_that_ends_while_its_browser_signs_in_anew_is_no_hindrance(
    signed_in, app, tools
):
    li = await signed_in(LI)

    async def ending() -> AsyncIterator[bytes]:
        yield b'{"sign_in": "li", '
        await run("UPDATE session SET revoked_at = created_at WHERE account = ?", LI.account)
        yield b'"password": "a long enough password"}'

    headers = {"content-type": "application/json"}
    answer = await li.http.post("/api/sessions", content=ending(), headers=headers)
    assert answer.json()["code"] == "session.refused"


async def test_looking_again_costs_one_query(signed_in, app, monkeypatch):
    li = await signed_in(LI)
    asked: list[str] = []
    run_before = sessions.run

    async def counted(sql, *values):
        asked.append(sql)
        return await run_before(sql, *values)

    monkeypatch.setattr(sessions, "run", counted)
    await li.send("PUT", "/api/session/language", json={})
    assert len(asked) == 2
