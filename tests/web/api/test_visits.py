"""PUT /api/visits/{id}/attempts/{n} and what an inspector reads back."""

import asyncio
import json

import msgspec
import pytest

from inspection.domain.visits.visit import LARGEST_BODY
from inspection.persistence.statements import run
from inspection.wording import Language, say
from tests.cast import GUO, LI, MA, SUN
from tests.receiving import rows_of
from tests.submissions import OTHER_VISIT, SPOTS, VISIT, a_photo, a_submission, encoded, sha256_of
from tests.web.api.problems import problem

PATH = f"/api/visits/{VISIT}/attempts/1"


async def put(visitor, submission=None, *, content=None, path=PATH, **headers):
    content = encoded(submission or a_submission()) if content is None else content
    named = {"content-type": "application/json", "x-content-sha256": sha256_of(content)}
    sent = named | {name.replace("_", "-"): value for name, value in headers.items()}
    return await visitor.send("PUT", path, content=content, headers=sent)


async def test_nobody_signed_in_sends_nothing(visitor):
    problem(await put(visitor), 401, "session.missing")
    assert await rows_of("parked") == []


async def test_only_inspectors_send(signed_in):
    problem(await put(await signed_in(SUN)), 403, "access.forbidden")


async def test_somebody_elses_visit_and_assignment_look_unknown(signed_in):
    li, ma = await signed_in(LI), await signed_in(MA)
    said = problem(await put(ma), 422, "visit.assignment_refused")
    assert [fault["pointer"] for fault in said["errors"]] == ["/assignment"]
    assert (await put(li)).status_code == 201
    problem(await put(ma), 404, "missing")
    problem(await ma.get(f"/api/visits/{VISIT}"), 404, "missing")
    assert (await ma.get("/api/visits")).json() == {"visits": []}


@pytest.mark.parametrize("path", ["/api/visits/1/attempts/1", f"/api/visits/{VISIT}/attempts/100"])
async def test_an_address_that_cannot_exist_is_missing(signed_in, path):
    problem(await put(await signed_in(LI), path=path), 404, "missing")


async def test_a_visit_nobody_sent_is_missing(signed_in):
    problem(await (await signed_in(LI)).get(f"/api/visits/{VISIT}"), 404, "missing")


async def test_the_body_must_be_json_of_the_announced_bytes(signed_in):
    li = await signed_in(LI)
    problem(await put(li, content_type="text/plain"), 415, "request.media_type")
    problem(await put(li, x_content_sha256="0" * 64), 422, "content.hash_mismatch")
    problem(await put(li, x_content_sha256=""), 422, "content.hash_mismatch")
    too_large = b" " * (LARGEST_BODY + 1)
    problem(await put(li, content=too_large), 413, "request.too_large")
    assert await rows_of("parked") == []


async def test_the_announced_hash_may_be_in_capitals(signed_in):
    content = encoded(a_submission())
    announced = sha256_of(content).upper()
    answer = await put(await signed_in(LI), content=content, x_content_sha256=announced)
    assert answer.status_code == 201


async def test_a_total_from_the_phone_is_refused_with_its_place(signed_in):
    answer = await put(await signed_in(LI), a_submission(total=10000))
    said = problem(answer, 422, "visit.unreadable")
    assert "已为管理员保存" in said["detail"]
    assert [(fault["pointer"], fault["code"]) for fault in said["errors"]] == [
        ("/total", "body.unknown_field")
    ]
    assert len(await rows_of("parked")) == 1


@pytest.mark.parametrize("language", Language)
async def test_every_fault_of_the_answers_comes_with_a_sentence(signed_in, language):
    sent = a_submission(losses=(SPOTS,))
    sent["answers"][0] |= {"count": 1000, "note": "", "reason": ""}
    sent["photos"] = []
    await (await signed_in(LI)).send("PUT", "/api/session/language", json={"language": language})
    said = problem(await put(await signed_in(LI), sent), 422, "visit.answers_refused")
    assert said["detail"] == say(language, "visit.answers_refused")
    assert [(fault["pointer"], fault["code"]) for fault in said["errors"]] == [
        ("/answers/0/count", "answer.count_out_of_range"),
        ("/answers/0/photos", "answer.photo_or_record_missing"),
    ]
    facts = {"item": SPOTS, "count": 1000, "most": 999}
    assert said["errors"][0]["detail"] == say(language, "answer.count_out_of_range", **facts)


async def test_a_visit_is_created_once_and_its_receipt_repeated_for_ever(signed_in, clock):
    li = await signed_in(LI)
    first = await put(li)
    clock.go_on(days=20)
    again = await put(li)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.content == again.content
    assert first.headers["content-type"] == again.headers["content-type"] == "application/json"
    assert first.json()["content_hash"] == sha256_of(encoded(a_submission()))


async def test_twenty_phones_at_once_get_one_receipt_and_no_fault_of_ours(signed_in):
    li = await signed_in(LI)
    answers = await asyncio.gather(*(put(li) for _ in range(20)))
    assert sorted(answer.status_code for answer in answers) == [200] * 19 + [201]
    assert len({answer.content for answer in answers}) == 1
    assert len(await rows_of("visit")) == 1


async def test_other_content_is_a_conflict_and_the_first_receipt_stands(signed_in):
    li = await signed_in(LI)
    first = await put(li)
    problem(await put(li, a_submission(losses=(SPOTS,))), 409, "visit.conflict")
    assert (await put(li)).content == first.content


async def test_an_inspector_reads_back_what_became_of_it(signed_in):
    li = await signed_in(LI)
    photo = a_photo()
    submission = a_submission(pictures=(photo,))
    receipt = (await put(li, submission)).json()
    (listed,) = (await li.get("/api/visits")).json()["visits"]
    assert listed == {
        "id": VISIT,
        "attempt": 1,
        "state": "submitted",
        "complete": False,
        "store": {"code": "LZ-0007", "name": "城关东方红客户俱乐部", "kind": "customer_club"},
        "round": {
            "code": "2026-11",
            "name_zh": "2026年11月暗访",
            "name_en": "2026-11 mystery visits",
        },
        "total": 9900,
        "lost": 100,
        "outcome": "pass",
        "received_at": "2026-11-18T01:00:00Z",
        "missing_photos": 1,
    }
    detail = (await li.get(f"/api/visits/{VISIT}")).json()
    assert detail | listed == detail
    assert (detail["receipt"], detail["missing"]) == (receipt, [sha256_of(photo)])
    assert (detail["refused"], detail["return_reason"]) == ([], None)
    assert detail["scorecard"]["total"] == 9900
    sent = json.loads(encoded(submission))
    assert (detail["answers"], detail["photos"]) == (sent["answers"], sent["photos"])


async def test_a_visit_without_a_submission_shows_no_receipt(signed_in):
    li = await signed_in(LI)
    await put(li)
    await run("DELETE FROM submission")
    detail = (await li.get(f"/api/visits/{VISIT}")).json()
    assert (detail["receipt"], detail["answers"], detail["photos"]) == (None, [], [])


async def test_an_administrator_settles_what_was_parked(signed_in):
    li, guo = await signed_in(LI), await signed_in(GUO)
    content = encoded(a_submission(visit=OTHER_VISIT))
    await put(li, content=content)
    problem(await li.get("/api/parked"), 403, "access.forbidden")
    (parked,) = (await guo.get("/api/parked")).json()["parked"]
    assert (parked["visit"], parked["inspector"], parked["size"]) == (VISIT, "A-017", len(content))
    assert parked["faults"] == [
        {"pointer": "/visit", "code": "visit.id_differs", "facts": {"expected": VISIT}}
    ]
    kept = await guo.get(f"/api/parked/{parked['id']}")
    assert kept.content == content
    assert kept.headers["content-disposition"].startswith("attachment")
    problem(await guo.get("/api/parked/none"), 404, "missing")


async def test_assignments_carry_the_servers_clock(signed_in, visitor):
    problem(await visitor.get("/api/assignments"), 401, "session.missing")
    problem(await (await signed_in(SUN)).get("/api/assignments"), 403, "access.forbidden")
    said = (await (await signed_in(LI)).get("/api/assignments")).json()
    assert said["server_time"] == "2026-11-18T01:00:00Z"
    assert (said["round"]["code"], said["round"]["submitted"], said["round"]["total"]) == (
        "2026-11",
        0,
        2,
    )
    assert [assignment["store"]["code"] for assignment in said["assignments"]] == [
        "LZ-0007",
        "LZ-0012",
    ]
    first = said["assignments"][0]
    assert set(first) == {
        "id", "state", "window_from", "window_to", "cover", "visit_kind", "round", "store",
        "rubric", "returned", "earlier",
    }  # fmt: skip
    assert first["window_from"] == "2026-11-16"


async def test_a_rubric_is_fetched_once_and_kept(signed_in, visitor):
    li = await signed_in(LI)
    digest = (await li.get("/api/assignments")).json()["assignments"][0]["rubric"]["digest"]
    problem(await visitor.get(f"/api/rubrics/{digest}"), 401, "session.missing")
    problem(await li.get(f"/api/rubrics/{'0' * 64}"), 404, "missing")
    answer = await li.get(f"/api/rubrics/{digest}")
    assert answer.headers["cache-control"] == "private, max-age=31536000, immutable"
    assert sha256_of(answer.content) == digest
    assert msgspec.json.decode(answer.content)["code"] == "KC"
    unchanged = await li.get(
        f"/api/rubrics/{digest}", headers={"if-none-match": answer.headers["etag"]}
    )
    assert (unchanged.status_code, unchanged.content) == (304, b"")
