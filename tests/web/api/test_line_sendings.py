"""What store staff's phones send about a line: replies, requests for more time, appeals."""

import asyncio
import hashlib
import json

import pytest

from inspection.domain.deadline import SHANGHAI
from tests.appealing import PDF
from tests.cast import CHEN, DENG, WANG
from tests.receiving import rows_of
from tests.reviewing import an_issued
from tests.submissions import a_photo, sha256_of

LIST = "/api/store-notices"
SENDING = "01935f00-0000-7000-8000-0000000000b1"
OTHER = "01935f00-0000-7000-8000-0000000000b2"
NO_PHOTOS = {"photos": []}
EXTENSION = {"format": 1, "hours": 48, "reason": "配件周四到货"}
APPEAL = {"format": 1, "ground": "facts", "text": "当天设备在二楼贵宾室", "photos": []}


@pytest.fixture
async def issued(app, tools):
    """A notice the club has signed for."""
    return await an_issued(tools)


async def put(somebody, notice, kind, said, *, line=1, sending=SENDING):
    """Send something about a line the way a phone does."""
    body = json.dumps(said).encode()
    headers = {
        "content-type": "application/json",
        "x-content-sha256": hashlib.sha256(body).hexdigest(),
    }
    path = f"{LIST}/{notice}/lines/{line}/{kind}/{sending}"
    return await somebody.send("PUT", path, content=body, headers=headers)


async def photographed(somebody, clock, seed=1):
    """A photo the store has sent; how a reply names it."""
    content = a_photo(seed)
    headers = {
        "content-type": "application/octet-stream",
        "upload-offset": "0",
        "upload-length": str(len(content)),
    }
    sha256 = sha256_of(content)
    sent = await somebody.send("PATCH", f"/api/photos/{sha256}", content=content, headers=headers)
    assert sent.status_code == 200, sent.text
    taken_at = clock().astimezone(SHANGHAI).isoformat()
    return {"sha256": sha256, "origin": "camera", "taken_at": taken_at}


async def a_reply(somebody, clock, **changed):
    photos = [await photographed(somebody, clock)]
    said = {"cause": "", "measure": "已更换新的资料架", "prevention": "", "photos": photos}
    return {"format": 1, **said, **changed}


async def line_of(somebody, notice, no=1):
    """How a line is getting on, as the phone fetches it."""
    follow = (await somebody.get(f"{LIST}/{notice}")).json()["follow"]
    return next(line for line in follow if line["no"] == no)


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


async def test_an_appeal_is_filed_once(signed_in, issued):
    chen = await signed_in(CHEN)
    await chen.get(f"{LIST}/{issued.id}")
    first = await put(chen, issued.id, "appeals", APPEAL)
    again = await put(chen, issued.id, "appeals", APPEAL)
    assert (first.status_code, again.status_code) == (201, 200), first.text
    assert first.content == again.content
    line = await line_of(chen, issued.id)
    assert (line["disputed"], line["appeal_state"], line["appeal_closes_at"]) == (
        True,
        "filed",
        None,
    )
    other = await put(chen, issued.id, "appeals", APPEAL | {"text": "另一份"}, sending=OTHER)
    assert (other.status_code, other.json()["code"]) == (409, "appeal.taken")


async def an_appeal(somebody, notice):
    """An appeal filed from the phone, as its list has it."""
    await somebody.get(f"{LIST}/{notice}")
    assert (await put(somebody, notice, "appeals", APPEAL)).status_code == 201
    return await appeal_of(somebody)


async def appeal_of(somebody):
    """The store's only appeal, as the phone fetches it."""
    (appeal,) = (await somebody.get("/api/store-appeals")).json()["appeals"]
    return appeal


async def test_what_is_added_to_an_appeal_is_there_once_with_its_files(signed_in, issued, clock):
    chen = await signed_in(CHEN)
    appeal = await an_appeal(chen, issued.id)
    photo = await photographed(chen, clock)
    await a_document(chen)
    said = {
        "format": 1,
        "appeal": appeal["id"],
        "text": "补上值班记录",
        "photos": [photo["sha256"]],
        "documents": [{"sha256": sha256_of(PDF), "name": "值班.pdf"}],
    }
    at_once = [put(chen, issued.id, "appeal-messages", said, sending=OTHER) for _ in range(2)]
    answers = await asyncio.gather(*at_once)
    assert sorted(answer.status_code for answer in answers) == [200, 201], answers[0].text
    assert answers[0].content == answers[1].content
    later = await put(chen, issued.id, "appeal-messages", said, sending=OTHER)
    assert (later.status_code, later.content) == (200, answers[0].content)
    after = await appeal_of(chen)
    assert [(message["own"], message["text"]) for message in after["messages"]] == [
        (True, "补上值班记录")
    ]
    assert [file["name"] for file in after["files"]] == ["", "值班.pdf"]
    other = await put(chen, issued.id, "appeal-messages", said | {"text": "x"}, sending=OTHER)
    assert (other.status_code, other.json()["code"]) == (409, "sending.conflict")


async def test_an_appeal_is_taken_back_once_and_nothing_is_added_afterwards(signed_in, issued):
    chen = await signed_in(CHEN)
    appeal = await an_appeal(chen, issued.id)
    version = (await chen.get(LIST)).json()["notices"][0]["version"]
    back = {"format": 1, "appeal": appeal["id"], "seen": appeal["version"]}
    stale = await put(
        chen, issued.id, "appeal-withdrawals", back | {"seen": appeal["version"] + 1}, sending=OTHER
    )
    assert (stale.status_code, stale.json()["code"]) == (409, "appeal.changed")
    first, again = [
        await put(chen, issued.id, "appeal-withdrawals", back, sending=OTHER) for _ in range(2)
    ]
    assert (first.status_code, again.status_code) == (201, 200), first.text
    assert first.content == again.content
    assert (await appeal_of(chen))["state"] == "withdrawn"
    assert (await chen.get(LIST)).json()["notices"][0]["version"] != version
    said = {"format": 1, "appeal": appeal["id"], "text": "还有一点", **NO_PHOTOS}
    late = await put(
        chen, issued.id, "appeal-messages", said, sending="01935f00-0000-7000-8000-0000000000b3"
    )
    assert (late.status_code, late.json()["code"]) == (409, "state.move_refused"), late.text


async def test_what_is_said_about_an_appeal_names_its_own_line(signed_in, issued):
    chen = await signed_in(CHEN)
    appeal = await an_appeal(chen, issued.id)
    said = {"format": 1, "appeal": appeal["id"], "text": "x", **NO_PHOTOS}
    for wrong, line in ((said, 2), (said | {"appeal": "0" * 32}, 1)):
        answer = await put(chen, issued.id, "appeal-messages", wrong, line=line, sending=OTHER)
        assert (answer.status_code, answer.json()["code"]) == (404, "missing"), answer.text
    assert (await appeal_of(chen))["messages"] == []


async def a_document(somebody, content=PDF, *, offset=0, length=None, name=None):
    """Send a document, or a piece of it, the way a phone does."""
    headers = {
        "content-type": "application/octet-stream",
        "upload-offset": str(offset),
        "upload-length": str(len(content) if length is None else length),
    }
    path = f"/api/appeal-documents/{name or sha256_of(content)}"
    return await somebody.send("PATCH", path, content=content, headers=headers)


async def test_an_appeal_takes_photos_and_documents_that_were_sent_before(signed_in, issued, clock):
    chen = await signed_in(CHEN)
    photo = await photographed(chen, clock)
    # Cut after ten bytes, and gone on with from there.
    sha256, path = sha256_of(PDF), f"/api/appeal-documents/{sha256_of(PDF)}"
    assert (await chen.send("HEAD", path)).status_code == 404
    await a_document(chen, PDF[:10], length=len(PDF), name=sha256)
    there = await chen.send("HEAD", path)
    assert (there.headers["upload-offset"], there.headers["upload-complete"]) == ("10", "?0")
    whole = await a_document(chen, PDF[10:], offset=10, length=len(PDF), name=sha256)
    assert whole.json() == {"offset": len(PDF), "complete": True}
    assert (await a_document(chen)).json()["complete"]
    said = APPEAL | {
        "photos": [photo["sha256"]],
        "documents": [{"sha256": sha256, "name": "值班\u202e记录.pdf"}],
    }
    await chen.get(f"{LIST}/{issued.id}")
    first, again = [await put(chen, issued.id, "appeals", said) for _ in range(2)]
    assert (first.status_code, again.status_code) == (201, 200), first.text
    (appeal,) = (await chen.get("/api/store-appeals")).json()["appeals"]
    files = [(file["kind"], file["name"]) for file in appeal["files"]]
    assert files == [("photo", ""), ("document", "值班 记录.pdf")]
    saved = await chen.get(f"/appeals/{appeal['id']}/documents/2.pdf")
    assert (saved.status_code, saved.content) == (200, PDF)


async def test_a_document_without_a_name_of_its_own_keeps_the_one_it_has(signed_in, issued):
    chen = await signed_in(CHEN)
    await a_document(chen)
    said = APPEAL | {"documents": [{"sha256": sha256_of(PDF), "name": ""}]}
    await chen.get(f"{LIST}/{issued.id}")
    assert (await put(chen, issued.id, "appeals", said)).status_code == 201
    (appeal,) = (await chen.get("/api/store-appeals")).json()["appeals"]
    assert [file["name"] for file in appeal["files"]] == ["document.pdf"]


@pytest.mark.parametrize(
    ("content", "length", "reason"),
    [
        (b"", 0, "attachment.empty"),
        (b"%PDF-", 5 * 1024 * 1024 + 1, "attachment.too_large"),
        (b"MZ" + bytes(9_000), 9_002, "attachment.not_pdf"),
        (b"MZ", 2, "attachment.not_pdf"),
        (b"%PDF-1.7 no end", 15, "attachment.not_pdf"),
    ],
)
async def test_what_is_no_document_is_refused_by_name(signed_in, issued, content, length, reason):
    chen = await signed_in(CHEN)
    answer = await a_document(chen, content, length=length)
    assert answer.status_code == 422, answer.text
    assert reason in answer.text
    assert (await chen.send("HEAD", f"/api/appeal-documents/{sha256_of(content)}")).status_code in {
        404
    }


async def test_other_bytes_than_announced_are_not_kept(signed_in, issued):
    chen = await signed_in(CHEN)
    other = await a_document(chen, name="a" * 64)
    assert (other.status_code, other.json()["code"]) == (422, "content.hash_mismatch")
    said = APPEAL | {"documents": [{"sha256": "a" * 64, "name": "x.pdf"}]}
    await chen.get(f"{LIST}/{issued.id}")
    answer = await put(chen, issued.id, "appeals", said)
    assert (answer.status_code, answer.json()["code"]) == (422, "attachment.missing")


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
