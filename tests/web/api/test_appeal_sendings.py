"""What store staff's phones send about an appeal: filed, added to, taken back, with photos and
documents.
"""

import asyncio

import pytest

from tests.appealing import PDF
from tests.cast import CHEN
from tests.submissions import sha256_of
from tests.web.api.line_sendings import APPEAL, LIST, NO_PHOTOS, OTHER, line_of, photographed, put


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
