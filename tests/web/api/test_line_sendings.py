"""What store staff's phones send about a line: replies and requests for more time, each once."""

import hashlib
import json

import pytest

from tests.cast import CHEN, DENG, WANG
from tests.receiving import rows_of
from tests.web.api.line_sendings import (
    APPEAL,
    LIST,
    NO_PHOTOS,
    OTHER,
    SENDING,
    line_of,
    photographed,
    put,
)

EXTENSION = {"format": 1, "hours": 48, "reason": "配件周四到货"}


async def a_reply(somebody, clock, **changed):
    photos = [await photographed(somebody, clock)]
    said = {"cause": "", "measure": "已更换新的资料架", "prevention": "", "photos": photos}
    return {"format": 1, **said, **changed}


async def test_a_reply_with_a_photo_is_there_once_however_often_it_is_sent(
    signed_in, issued, clock
):
    chen = await signed_in(CHEN)
    clock.go_on(hours=2)
    said = await a_reply(chen, clock)
    first = await put(chen, issued.id, "replies", said)
    clock.go_on(days=3)
    again = await put(chen, issued.id, "replies", said)
    assert (first.status_code, again.status_code) == (201, 200), first.text
    assert first.content == again.content
    assert first.json()["outcome"] == ""
    line = await line_of(chen, issued.id)
    assert (line["state"], len(line["replies"]), line["can_reply"]) == ("submitted", 1, False)
    assert len(line["replies"][0]["photos"]) == 1
    assert (await line_of(chen, issued.id, 2))["state"] == "open"


@pytest.mark.parametrize("said", [{}, {"on_the_spot": True}])
async def test_what_was_mended_on_the_spot_says_so(signed_in, issued, clock, said):
    chen, wang = await signed_in(CHEN), await signed_in(WANG)
    clock.go_on(hours=2)
    reply = await a_reply(chen, clock, **said)
    assert (await put(chen, issued.id, "replies", reply)).status_code == 201
    line = await line_of(chen, issued.id)
    assert line["replies"][0]["on_the_spot"] is bool(said)
    page = (await wang.get(f"/rectifications/{line['id']}")).text
    assert ("当场整改" in page) is bool(said)


async def test_the_second_of_two_replies_is_kept_beside_and_says_so(signed_in, issued, clock):
    chen, other = await signed_in(CHEN), await signed_in(CHEN)
    clock.go_on(hours=2)
    await put(chen, issued.id, "replies", await a_reply(chen, clock))
    late = await a_reply(other, clock, measure="另一位同事也修好了")
    answer = await put(other, issued.id, "replies", late, sending=OTHER)
    assert (answer.status_code, answer.json()["outcome"]) == (201, "answered")
    replies = (await line_of(chen, issued.id))["replies"]
    assert {reply["aside"] for reply in replies} == {"", "answered"}


async def test_a_reply_that_lacks_something_is_refused_and_named(signed_in, issued, clock):
    chen = await signed_in(CHEN)
    said = await a_reply(chen, clock, measure=" ")
    answer = await put(chen, issued.id, "replies", said)
    assert answer.status_code == 422
    assert "/measure" in [error["pointer"] for error in answer.json()["errors"]]
    gone = {"sha256": "0" * 64, "origin": "camera", "taken_at": clock().isoformat()}
    answer = await put(chen, issued.id, "replies", said | {"measure": "x", "photos": [gone]})
    assert answer.status_code == 422
    assert (await line_of(chen, issued.id))["state"] == "open"
    assert await rows_of("store_sending") == []


async def test_more_time_is_asked_for_once(signed_in, issued):
    chen = await signed_in(CHEN)
    first = await put(chen, issued.id, "extension-requests", EXTENSION)
    again = await put(chen, issued.id, "extension-requests", EXTENSION)
    assert (first.status_code, again.status_code) == (201, 200), first.text
    line = await line_of(chen, issued.id)
    assert [asked["hours"] for asked in line["extensions"]] == [48]
    assert line["extension_why"] == "waiting"


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("replies", {"format": 1, "cause": "", "measure": "好了", "prevention": "", **NO_PHOTOS}),
        ("extension-requests", EXTENSION),
        ("appeals", APPEAL),
    ],
)
async def test_what_changes_a_notice_changes_its_version(signed_in, issued, clock, kind, said):
    chen = await signed_in(CHEN)
    clock.go_on(hours=1)
    if kind == "replies":
        said = await a_reply(chen, clock)
    await chen.get(f"{LIST}/{issued.id}")
    before = (await chen.get(LIST)).json()["notices"][0]["version"]
    assert (await put(chen, issued.id, kind, said)).status_code == 201
    assert (await chen.get(LIST)).json()["notices"][0]["version"] != before


@pytest.mark.parametrize("kind", ["replies", "extension-requests", "appeals"])
async def test_another_store_and_the_staff_send_nothing(signed_in, issued, kind):
    said = EXTENSION if kind == "extension-requests" else APPEAL
    deng, wang = await signed_in(DENG), await signed_in(WANG)
    assert (await put(deng, issued.id, kind, said)).status_code == 404
    assert (await put(wang, issued.id, kind, said)).status_code == 403
    chen = await signed_in(CHEN)
    missing = await put(chen, issued.id, kind, APPEAL if kind == "appeals" else said, line=99)
    assert missing.status_code in (404, 422)


@pytest.mark.parametrize("kind", ["replies", "extension-requests", "appeals"])
async def test_an_id_that_was_used_for_something_else_is_a_conflict(signed_in, issued, clock, kind):
    chen = await signed_in(CHEN)
    said = {
        "replies": await a_reply(chen, clock),
        "extension-requests": EXTENSION,
        "appeals": APPEAL,
    }[kind]
    await chen.get(f"{LIST}/{issued.id}")
    tapped = {"tapped_at": clock().isoformat(), "clock_offset_ms": 0}
    signed = {"format": 1, "kind": "signed", **tapped}
    body = json.dumps(signed).encode()
    headers = {
        "content-type": "application/json",
        "x-content-sha256": hashlib.sha256(body).hexdigest(),
    }
    path = f"{LIST}/{issued.id}/receipts/{SENDING}"
    assert (await chen.send("PUT", path, content=body, headers=headers)).status_code == 201
    answer = await put(chen, issued.id, kind, said)
    assert (answer.status_code, answer.json()["code"]) == (409, "sending.conflict")
