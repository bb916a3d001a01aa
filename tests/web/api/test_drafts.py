"""/api/drafts: what a phone sends, what it is told, what it gets back."""

import json

import pytest

from inspection.domain.visits.draft import LARGEST_DRAFT
from inspection.wording import Language, say
from tests.cast import LI, MA, SUN, assignment_id
from tests.drafting import PHONE, TABLET, a_draft, draft_bytes
from tests.submissions import VISIT, a_submission, encoded, sha256_of

PATH = f"/api/drafts/{VISIT}/{PHONE}"


async def put(visitor, *, content=None, path=None, announced=None, **parts):
    content = draft_bytes(**parts) if content is None else content
    path = path or f"/api/drafts/{VISIT}/{parts.get('device', PHONE)}"
    headers = {
        "content-type": "application/json",
        "x-content-sha256": sha256_of(content) if announced is None else announced,
    }
    return await visitor.send("PUT", path, content=content, headers=headers)


def problem(answer, status, code):
    assert answer.headers["content-type"] == "application/problem+json"
    said = answer.json()
    assert (answer.status_code, said["code"]) == (status, code), said
    return said


async def test_nobody_signed_in_keeps_nothing(visitor):
    problem(await put(visitor), 401, "session.missing")


async def test_only_inspectors_have_drafts(signed_in):
    sun = await signed_in(SUN)
    problem(await put(sun), 403, "access.forbidden")
    problem(await sun.get("/api/drafts"), 403, "access.forbidden")


async def test_a_copy_goes_in_is_listed_and_comes_back_byte_for_byte(signed_in):
    li = await signed_in(LI)
    kept = await put(li)
    assert kept.status_code == 200
    assert kept.json() == {
        "visit": VISIT,
        "device": PHONE,
        "saves": 1,
        "content_hash": sha256_of(draft_bytes()),
        "received_at": "2026-11-18T01:00:00Z",
        "owner": PHONE,
        "missing": [],
    }
    listed = (await li.get("/api/drafts")).json()
    assert listed == {
        "drafts": [
            {
                "visit": VISIT,
                "attempt": 1,
                "assignment": assignment_id(LI, "LZ-0007"),
                "store": {
                    "code": "LZ-0007",
                    "name": "城关东方红客户俱乐部",
                    "kind": "customer_club",
                },
                "owner": PHONE,
                "copies": [
                    {
                        "device": PHONE,
                        "saves": 1,
                        "changed_at": "2026-11-18T00:15:00Z",
                        "received_at": "2026-11-18T01:00:00Z",
                        "content_hash": sha256_of(draft_bytes()),
                        "photos": 0,
                        "this_session": True,
                    }
                ],
            }
        ]
    }
    body = await li.get(PATH)
    assert body.content == draft_bytes()
    assert body.headers["x-content-sha256"] == sha256_of(draft_bytes())
    assert body.headers["content-type"] == "application/json"
    assert body.headers["cache-control"] == "no-store"


async def test_another_browser_of_the_same_person_sees_that_it_is_not_its_own(signed_in):
    one, other = await signed_in(LI), await signed_in(LI)
    await put(one)
    (draft,) = (await other.get("/api/drafts")).json()["drafts"]
    assert [copy["this_session"] for copy in draft["copies"]] == [False]


async def test_the_same_again_is_answered_the_same(signed_in, clock):
    li = await signed_in(LI)
    first = await put(li, saves=3)
    clock.go_on(minutes=5)
    assert (await put(li, saves=3)).json() == first.json()
    assert (await put(li, saves=2, document={"older": True})).json() == first.json()


async def test_another_persons_draft_is_missing(signed_in):
    li, ma = await signed_in(LI), await signed_in(MA)
    await put(li)
    problem(await put(ma, assignment=assignment_id(MA, "TS-0003")), 404, "missing")
    problem(await ma.get(PATH), 404, "missing")
    problem(await ma.send("DELETE", PATH), 404, "missing")
    owner = f"/api/drafts/{VISIT}/owner"
    problem(await ma.send("PUT", owner, json={"device": TABLET}), 404, "missing")
    assert (await ma.get("/api/drafts")).json() == {"drafts": []}


async def test_taking_over_answers_with_the_draft(signed_in):
    li = await signed_in(LI)
    await put(li)
    owner = f"/api/drafts/{VISIT}/owner"
    taken = await li.send("PUT", owner, json={"device": TABLET})
    assert taken.status_code == 200
    assert (taken.json()["owner"], taken.json()["copies"][0]["device"]) == (TABLET, PHONE)
    assert (await put(li, saves=2)).json()["owner"] == TABLET
    said = problem(await li.send("PUT", owner, json={"device": ""}), 422, "request.invalid")
    assert [fault["pointer"] for fault in said["errors"]] == ["/device"]


async def test_a_copy_is_thrown_away_and_said_to_be_so_again(signed_in):
    li = await signed_in(LI)
    await put(li)
    for _ in range(2):
        assert (await li.send("DELETE", PATH)).status_code == 204
    assert (await li.get("/api/drafts")).json() == {"drafts": []}
    problem(await li.send("DELETE", f"/api/drafts/{VISIT}/{TABLET}"), 404, "missing")


@pytest.mark.parametrize("language", Language)
async def test_what_was_received_is_refused_in_words(signed_in, language):
    li = await signed_in(LI)
    content = encoded(a_submission())
    headers = {"content-type": "application/json", "x-content-sha256": sha256_of(content)}
    path = f"/api/visits/{VISIT}/attempts/1"
    assert (await li.send("PUT", path, content=content, headers=headers)).status_code == 201
    answer = await put(li, path=f"{PATH}?lang={language.value}")
    assert problem(answer, 409, "draft.submitted")["detail"] == say(language, "draft.submitted")


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"format": 2}, "/format"),
        ({"saves": 0}, "/saves"),
        ({"saves": "1"}, "/saves"),
        ({"unexpected": 1}, "/unexpected"),
        ({"total": 100}, "/total"),
        ({"photos": ["x"]}, "/photos/0"),
        ({"document": []}, "/document"),
        ({"document": None}, "/document"),
        ({"changed_at": "2026-11-18T08:15:00"}, "/changed_at"),
        ({"app": "a\x00b"}, "/app"),
    ],
)
async def test_the_envelope_is_read_strictly(signed_in, change, pointer):
    said = problem(await put(await signed_in(LI), **change), 422, "request.invalid")
    assert [fault["pointer"] for fault in said["errors"]] == [pointer]


async def test_a_field_twice_is_refused(signed_in):
    content = draft_bytes()[:-1] + b', "document": {"x": 1}}'
    said = problem(await put(await signed_in(LI), content=content), 422, "request.invalid")
    assert [fault["pointer"] for fault in said["errors"]] == ["/document"]


@pytest.mark.parametrize(
    "document",
    ['{"note": "\\u0000 \\ud800"}', '{"a": 1, "a": 2}', '{"n": 99999999999999999999}'],
    ids=["odd characters", "twice", "large"],
)
async def test_what_is_within_the_document_is_the_phones_own(signed_in, document):
    li = await signed_in(LI)
    envelope = json.dumps(a_draft(document=0))
    content = envelope.replace('"document": 0', f'"document": {document}').encode()
    assert (await put(li, content=content)).status_code == 200
    assert (await li.get(PATH)).content == content


async def test_a_body_must_name_the_address_it_was_sent_to(signed_in):
    li = await signed_in(LI)
    said = problem(await put(li, path=f"/api/drafts/{VISIT}/{TABLET}"), 422, "request.invalid")
    assert [(fault["pointer"], fault["code"]) for fault in said["errors"]] == [
        ("/device", "draft.device_differs")
    ]
    other = PATH.replace(VISIT, VISIT.replace("1", "2"))
    said = problem(await put(li, path=other), 422, "request.invalid")
    assert [fault["code"] for fault in said["errors"]] == ["draft.visit_differs"]
    problem(await put(li, path="/api/drafts/none/phone-1"), 404, "missing")


async def test_damaged_large_and_foreign_bodies_are_refused(signed_in):
    li = await signed_in(LI)
    problem(await put(li, announced="0" * 64), 422, "content.hash_mismatch")
    problem(await put(li, announced=""), 422, "content.hash_mismatch")
    problem(await put(li, content=b" " * (LARGEST_DRAFT + 1)), 413, "request.too_large")
    plain = {"content-type": "text/plain", "x-content-sha256": sha256_of(draft_bytes())}
    answer = await li.send("PUT", PATH, content=draft_bytes(), headers=plain)
    problem(answer, 415, "request.media_type")


async def test_an_absurd_clock_keeps_nothing_from_being_copied(signed_in):
    li = await signed_in(LI)
    assert (await put(li, changed_at="1970-01-01T00:00:00Z")).status_code == 200
    (draft,) = (await li.get("/api/drafts")).json()["drafts"]
    assert draft["copies"][0]["changed_at"] == draft["copies"][0]["received_at"]
