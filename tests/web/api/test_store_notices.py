"""/api/store-notices: what a store's phones fetch, and what they send about it."""

import hashlib
import json

import pytest

from inspection.persistence.statements import run
from tests.appealing import SAID
from tests.appealing import filed as an_appeal_about
from tests.cast import CHEN, DENG, LI, SUN, WANG
from tests.makers import START
from tests.receiving import rows_of
from tests.reviewing import an_issued

LIST = "/api/store-notices"
SENDING = "01935f00-0000-7000-8000-0000000000a1"
OTHER_SENDING = "01935f00-0000-7000-8000-0000000000a2"


@pytest.fixture
async def issued(app, tools):
    """A notice issued to the club."""
    return await an_issued(tools)


def signature(**changed):
    tapped = {"tapped_at": START.isoformat(), "clock_offset_ms": 0}
    return {"format": 1, "kind": "signed", **tapped, **changed}


async def put(somebody, notice, said, *, sending=SENDING, announced=None):
    """Send a signature the way a phone does."""
    body = json.dumps(said).encode()
    headers = {
        "content-type": "application/json",
        "x-content-sha256": announced or hashlib.sha256(body).hexdigest(),
    }
    path = f"{LIST}/{notice}/receipts/{sending}"
    return await somebody.send("PUT", path, content=body, headers=headers)


async def test_the_list_says_what_the_page_says(signed_in, issued):
    chen = await signed_in(CHEN)
    (row,) = (await chen.get(LIST)).json()["notices"]
    assert (row["id"], row["number"], row["state"]) == (issued.id, issued.number, "issued")
    detail = (await chen.get(f"{LIST}/{issued.id}")).json()
    assert (detail["number"], detail["state"], len(detail["lines"])) == (
        issued.number,
        "delivered",
        2,
    )


async def test_a_notice_that_moved_on_has_another_version(signed_in, issued):
    chen = await signed_in(CHEN)
    before = (await chen.get(LIST)).json()["notices"][0]["version"]
    assert (await chen.get(LIST)).json()["notices"][0]["version"] == before
    await put(chen, issued.id, signature())
    assert (await chen.get(LIST)).json()["notices"][0]["version"] != before


async def test_what_the_phone_has_is_not_sent_again(signed_in, issued):
    chen = await signed_in(CHEN)
    await chen.get(f"{LIST}/{issued.id}")
    for path in (LIST, f"{LIST}/{issued.id}"):
        first = await chen.get(path)
        tag = first.headers["etag"]
        again = await chen.get(path, headers={"if-none-match": f'"x", W/{tag}'})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
        assert (await chen.get(path, headers={"if-none-match": '"x"'})).status_code == 200


async def test_nobody_else_reads_them(visitor, signed_in, issued):
    assert (await visitor.get(LIST)).status_code == 401
    for person in (LI, SUN, WANG):
        somebody = await signed_in(person)
        assert (await somebody.get(LIST)).status_code == 403
        assert (await somebody.get(f"{LIST}/{issued.id}")).status_code == 403
    deng = await signed_in(DENG)
    assert (await deng.get(LIST)).json() == {"notices": []}
    assert (await deng.get(f"{LIST}/{issued.id}")).status_code == 404


async def test_a_signature_gets_the_same_receipt_for_ever(signed_in, issued, clock):
    chen = await signed_in(CHEN)
    first = await put(chen, issued.id, signature())
    clock.go_on(days=20)
    again = await put(chen, issued.id, signature())
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.content == again.content
    receipt = first.json()
    assert (receipt["id"], receipt["kind"], receipt["notice"]) == (SENDING, "receipt", issued.id)
    detail = (await chen.get(f"{LIST}/{issued.id}")).json()
    assert (detail["state"], detail["acknowledged_by"]) == ("acknowledged", "陈静")
    assert len(await rows_of("store_sending")) == 1


async def test_a_second_signature_is_taken_and_changes_nothing(signed_in, issued, clock):
    chen = await signed_in(CHEN)
    await put(chen, issued.id, signature())
    signed = (await chen.get(f"{LIST}/{issued.id}")).json()["acknowledged_at"]
    clock.go_on(hours=1)
    assert (await put(chen, issued.id, signature(), sending=OTHER_SENDING)).status_code == 201
    assert (await chen.get(f"{LIST}/{issued.id}")).json()["acknowledged_at"] == signed


async def test_the_same_id_with_other_content_is_a_conflict(signed_in, issued):
    chen = await signed_in(CHEN)
    await put(chen, issued.id, signature())
    other = await put(chen, issued.id, signature(clock_offset_ms=1))
    assert (other.status_code, other.json()["code"]) == (409, "sending.conflict")


async def test_damaged_bytes_are_not_taken(signed_in, issued):
    chen = await signed_in(CHEN)
    answer = await put(chen, issued.id, signature(), announced="0" * 64)
    assert (answer.status_code, answer.json()["code"]) == (422, "content.hash_mismatch")
    assert (await chen.get(f"{LIST}/{issued.id}")).json()["state"] == "delivered"


@pytest.mark.parametrize(
    ("changed", "pointer"),
    [({"kind": "refused"}, "/kind"), ({"total": 1}, "/total"), ({"format": 2}, "/format")],
)
async def test_a_signature_of_another_form_is_refused(signed_in, issued, changed, pointer):
    chen = await signed_in(CHEN)
    answer = await put(chen, issued.id, signature(**changed))
    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.json()["errors"]] == [pointer]
    assert await rows_of("store_sending") == []


async def test_only_the_store_signs_and_only_for_its_own(visitor, signed_in, issued):
    assert (await put(visitor, issued.id, signature())).status_code in (401, 403)
    assert (await put(await signed_in(WANG), issued.id, signature())).status_code == 403
    assert (await put(await signed_in(DENG), issued.id, signature())).status_code == 404
    chen = await signed_in(CHEN)
    assert (await put(chen, issued.id, signature(), sending="7")).status_code == 404


async def test_a_store_keeps_its_appeals_whole_and_nobody_elses(signed_in, issued, tools):
    chen, deng = await signed_in(CHEN), await signed_in(DENG)
    await chen.get(f"{LIST}/{issued.id}")
    filed = (await an_appeal_about(tools, issued.id)).id
    answer = await chen.get("/api/store-appeals")
    (kept,) = answer.json()["appeals"]
    assert (kept["id"], kept["state"], kept["text"], kept["can_say"]) == (
        filed,
        "filed",
        SAID,
        True,
    )
    tag = {"if-none-match": answer.headers["etag"]}
    assert (await chen.get("/api/store-appeals", headers=tag)).status_code == 304
    assert (await deng.get("/api/store-appeals")).json() == {"appeals": []}
    assert (await (await signed_in(WANG)).get("/api/store-appeals")).status_code == 403


@pytest.mark.parametrize(
    ("states", "progress", "settled"),
    [
        (("open", "returned"), "returned", 0),
        (("open", "verified"), "responding", 1),
        (("submitted", "verified"), "submitted", 1),
        (("verified", "verified"), "verified", 2),
    ],
)
async def test_the_list_says_how_far_a_notice_is(signed_in, issued, states, progress, settled):
    chen = await signed_in(CHEN)
    await put(chen, issued.id, signature())
    for number, state in enumerate(states, 1):
        await run("UPDATE notice_line SET state = ? WHERE number = ?", state, number)
    (row,) = (await chen.get(LIST)).json()["notices"]
    assert (row["progress"], row["settled"], row["lines"]) == (progress, settled, 2)
    page = (await chen.get("/notices")).text
    assert f"已通过 {settled} / 2" in page
