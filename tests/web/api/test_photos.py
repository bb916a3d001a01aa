"""/api/photos/{sha256}: a photo arrives in pieces, over whatever network, and goes back whole."""

import asyncio

import pytest

from inspection.services.photos.photo_cleaning import clean_photo
from inspection.web import streams
from inspection.wording import Language, say
from tests.cast import LI, MA, QINZHOU_CLUB, SUN
from tests.receiving import send
from tests.submissions import a_photo, a_submission, sha256_of
from tests.web.api.problems import problem

PHOTO = a_photo(size=(320, 240))
NAME = sha256_of(PHOTO)


async def patch(visitor, content=PHOTO, *, name=None, offset=0, length=None, **headers):
    told = {
        "content-type": "application/octet-stream",
        "upload-offset": str(offset),
        "upload-length": str(len(content) if length is None else length),
    }
    path = f"/api/photos/{sha256_of(content) if name is None else name}"
    sent = told | {key.replace("_", "-"): value for key, value in headers.items()}
    return await visitor.send("PATCH", path, content=content, headers=sent)


async def head(visitor, name=NAME):
    return await visitor.send("HEAD", f"/api/photos/{name}")


async def test_nobody_signed_in_sends_or_asks(visitor):
    problem(await patch(visitor), 401, "session.missing")
    assert (await head(visitor)).status_code == 401


async def test_only_inspectors_send(signed_in):
    sun = await signed_in(SUN)
    problem(await patch(sun), 403, "access.forbidden")
    assert (await head(sun)).status_code == 403


async def test_somebody_elses_photo_is_not_there(signed_in):
    li, ma = await signed_in(LI), await signed_in(MA)
    await patch(li)
    assert (await head(ma)).status_code == 404
    assert (await head(li)).status_code == 200


@pytest.mark.parametrize("name", ["0" * 64, "F" * 64, "1", "%2e%2e%2fetc%2fpasswd"])
async def test_what_is_not_here_or_could_not_be_is_missing(signed_in, name):
    assert (await head(await signed_in(LI), name)).status_code == 404


@pytest.mark.parametrize("name", ["F" * 64, "1"])
async def test_nothing_is_sent_to_a_name_that_is_no_hash(signed_in, name):
    problem(await patch(await signed_in(LI), name=name), 404, "missing")


@pytest.mark.parametrize("value", ["", "-1", "1.5", "x", "1" * 11, "１"])
@pytest.mark.parametrize("header", ["upload_offset", "upload_length"])
async def test_offset_and_length_are_plain_numbers(signed_in, header, value):
    answer = await patch(await signed_in(LI), **{header: value.encode()})
    said = problem(answer, 422, "request.invalid")
    assert said["errors"][0]["pointer"] == "/" + header.replace("_", "-")


async def test_a_piece_is_bytes_and_not_a_form(signed_in):
    answer = await patch(await signed_in(LI), content_type="image/jpeg")
    problem(answer, 415, "request.media_type")


async def test_a_photo_is_eight_megabytes_at_most(signed_in):
    answer = await patch(await signed_in(LI), length=8 * 2**20 + 1)
    problem(answer, 413, "request.too_large")


async def test_a_heic_photo_is_refused_in_words(signed_in):
    heic = b"\x00\x00\x00\x18ftypheic" + b"\x00" * 100
    answer = await patch(await signed_in(LI), heic)
    said = problem(answer, 422, "photo.refused")
    assert said["errors"][0]["code"] == "photo.heic"
    assert said["errors"][0]["detail"] == say(Language.ZH, "photo.heic")
    assert "HEIC" in said["errors"][0]["detail"]


async def test_an_empty_photo_is_refused(signed_in):
    said = problem(await patch(await signed_in(LI), b""), 422, "photo.refused")
    assert said["errors"][0]["code"] == "photo.empty"


async def test_other_bytes_than_announced_begin_again(signed_in):
    li = await signed_in(LI)
    wrong = PHOTO[:-1] + b"x"
    problem(await patch(li, wrong, name=NAME), 422, "content.hash_mismatch")
    assert (await head(li)).status_code == 404


async def test_a_full_disk_is_told_from_a_busy_one(signed_in, tools, monkeypatch):
    monkeypatch.setattr(tools.photos.uploads, "_room_kept", 2**62)
    problem(await patch(await signed_in(LI)), 507, "store.disk_full")


async def test_a_photo_arrives_in_pieces_and_says_how_far_it_is(signed_in):
    li = await signed_in(LI)
    first = await patch(li, PHOTO[:100], name=NAME, length=len(PHOTO))
    assert (first.status_code, first.json()) == (200, {"offset": 100, "complete": False})
    assert (first.headers["upload-offset"], first.headers["upload-complete"]) == ("100", "?0")
    asked = await head(li)
    assert (asked.headers["upload-offset"], asked.headers["upload-complete"]) == ("100", "?0")
    misplaced = await patch(li, PHOTO[99:], name=NAME, offset=99, length=len(PHOTO))
    problem(misplaced, 409, "photo.offset_mismatch")
    assert misplaced.headers["upload-offset"] == "100"
    last = await patch(li, PHOTO[100:], name=NAME, offset=100, length=len(PHOTO))
    assert last.json() == {"offset": len(PHOTO), "complete": True}
    asked = await head(li)
    assert (asked.status_code, asked.content) == (200, b"")
    assert asked.headers["upload-offset"] == str(len(PHOTO))
    assert asked.headers["upload-complete"] == "?1"


async def test_a_photo_sent_again_is_complete(signed_in):
    li = await signed_in(LI)
    for _ in range(2):
        assert (await patch(li)).json() == {"offset": len(PHOTO), "complete": True}


async def test_a_network_too_slow_keeps_what_came(signed_in, monkeypatch):
    li = await signed_in(LI)

    async def slowly():
        yield PHOTO[:100]
        await asyncio.sleep(30)

    monkeypatch.setattr(streams.pieces_of, "__kwdefaults__", {"seconds": 0.2})
    told = {
        "content-type": "application/octet-stream",
        "upload-offset": "0",
        "upload-length": str(len(PHOTO)),
    }
    answer = await li.send("PATCH", f"/api/photos/{NAME}", content=slowly(), headers=told)
    problem(answer, 408, "request.too_slow")
    assert (await head(li)).headers["upload-offset"] == "100"


async def test_a_connection_that_ends_keeps_what_came(signed_in, app):
    li = await signed_in(LI)
    said = [
        {"type": "http.request", "body": PHOTO[:70], "more_body": True},
        {"type": "http.disconnect"},
    ]

    async def receive():
        return said.pop(0)

    async def send(_message):
        """Nobody is there to hear it."""

    told = {
        "content-type": "application/octet-stream",
        "cookie": f"mingcha_session={li.http.cookies['mingcha_session']}",
        "x-csrf-token": li.csrf_token,
        "upload-offset": "0",
        "upload-length": str(len(PHOTO)),
    }
    scope = {
        "type": "http",
        "method": "PATCH",
        "path": f"/api/photos/{NAME}",
        "raw_path": f"/api/photos/{NAME}".encode(),
        "query_string": b"",
        "headers": [(name.encode(), value.encode()) for name, value in told.items()],
        "http_version": "1.1",
        "scheme": "http",
        "server": ("mingcha.test", 80),
        "client": ("203.0.113.7", 40000),
        "root_path": "",
        "extensions": {},
    }
    await app(scope, receive, send)
    assert (await head(li)).headers["upload-offset"] == "70"


async def test_the_sender_gets_the_very_bytes_back(signed_in):
    li = await signed_in(LI)
    await patch(li)
    answer = await li.get(f"/api/photos/{NAME}")
    assert answer.content == PHOTO
    assert answer.headers["content-type"] == "image/jpeg"
    assert answer.headers["cache-control"] == "private, no-store"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "x-photo-copy" not in answer.headers


async def test_where_the_original_is_gone_the_sender_gets_the_clean_copy_and_is_told(
    signed_in, tools
):
    li = await signed_in(LI)
    await patch(li)
    await tools.photos.sealed.delete(NAME)
    problem(await li.get(f"/api/photos/{NAME}"), 404, "missing")
    await patch(li, other := a_photo(7))
    await clean_photo(tools, sha256_of(other))
    await tools.photos.sealed.delete(sha256_of(other))
    answer = await li.get(f"/api/photos/{sha256_of(other)}")
    assert answer.headers["x-photo-copy"] == "evidence"
    assert answer.headers["content-type"] == "image/jpeg"
    assert answer.content.startswith(b"\xff\xd8\xff")
    assert answer.content != other


async def test_half_a_photo_and_an_unknown_one_are_missing(signed_in):
    li = await signed_in(LI)
    await patch(li, PHOTO[:100], name=NAME, length=len(PHOTO))
    for name in (NAME, "0" * 64, "F" * 64, "1"):
        problem(await li.get(f"/api/photos/{name}"), 404, "missing")


async def test_naming_somebody_elses_photo_in_a_visit_does_not_show_it(signed_in, tools):
    li, ma = await signed_in(LI), await signed_in(MA)
    await patch(li)
    theirs = a_submission(by=MA, store=QINZHOU_CLUB, features=(), pictures=(PHOTO,))
    await send(tools, theirs, by=MA)
    assert (await head(ma)).status_code == 200
    problem(await ma.get(f"/api/photos/{NAME}"), 404, "missing")
    problem(await (await signed_in(SUN)).get(f"/api/photos/{NAME}"), 403, "access.forbidden")
