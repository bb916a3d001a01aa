"""What a phone sent and the server could not accept is kept as it came, and told about in full."""

import msgspec
import pytest

from inspection.domain.refusals import (
    AnswersRefused,
    AssignmentCancelled,
    AssignmentRefused,
    BodyRefused,
    BodyTooLarge,
    NotAllowed,
    NotFound,
    ParkedTooMany,
    RoundLocked,
    RubricMismatch,
    RubricWithdrawn,
    VisitConflict,
)
from inspection.domain.visits.visit import LARGEST_BODY
from inspection.persistence.audit import audit
from inspection.persistence.statements import run
from inspection.services.visits import parking
from tests.cast import GUO, HALL, LI, MA, WANG, assignment_id
from tests.receiving import rows_of, send, send_bytes
from tests.submissions import OTHER_VISIT, SPOTS, VISIT, a_submission, encoded, rubric_in, sha256_of


async def the_parked_one():
    (row,) = await rows_of("parked")
    return row


async def test_other_content_for_the_same_attempt_is_kept_beside_the_first(province):
    first, second = a_submission(), a_submission(losses=(SPOTS,))
    receipt = (await send(province, first)).receipt
    with pytest.raises(VisitConflict):
        await send(province, second)
    parked = await the_parked_one()
    assert bytes(parked["body"]) == encoded(second)
    assert (parked["code"], parked["content_hash"]) == (
        "visit.conflict",
        sha256_of(encoded(second)),
    )
    (kept,) = await rows_of("submission")
    assert kept["body"].encode() == encoded(first)
    assert (await send(province, first)).receipt == receipt


async def test_somebody_elses_visit_is_not_there_and_what_was_sent_is_kept(province):
    await send(province, a_submission())
    with pytest.raises(NotFound):
        await send(province, a_submission(), by=MA)
    with pytest.raises(NotFound):
        await send(province, a_submission(by=MA, store="TS-0003"), by=MA)
    assert {row["account"] for row in await rows_of("parked")} == {MA.account}
    assert [row["inspector"] for row in await rows_of("visit")] == [LI.account]


@pytest.mark.parametrize(
    "assignment", ["none", assignment_id(MA, "TS-0003")], ids=["unknown", "somebody else's"]
)
async def test_an_assignment_that_is_not_ones_own_looks_unknown(province, assignment):
    with pytest.raises(AssignmentRefused) as no:
        await send(province, a_submission(assignment=assignment))
    assert [fault.pointer for fault in no.value.faults] == ["/assignment"]
    assert (await the_parked_one())["code"] == "visit.assignment_refused"


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ("UPDATE assignment SET state = 'cancelled'", AssignmentCancelled),
        ("UPDATE round SET state = 'locked'", RoundLocked),
        ("UPDATE rubric_version SET state = 'withdrawn'", RubricWithdrawn),
    ],
)
async def test_what_changed_while_the_phone_was_offline_is_settled_by_a_person(
    province, change, refusal
):
    await run(change)
    with pytest.raises(refusal):
        await send(province, a_submission())
    assert (await the_parked_one())["code"] == refusal.code
    assert await rows_of("visit") == []


async def test_answers_given_by_another_rubric_are_refused(province):
    with pytest.raises(RubricMismatch) as no:
        await send(province, a_submission(rubric_in("KH")))
    assert [fault.pointer for fault in no.value.faults] == ["/rubric_digest"]
    with pytest.raises(RubricMismatch):
        await send(province, a_submission(rubric_digest="0" * 64))
    assert len(await rows_of("parked")) == 2


async def test_every_fault_of_the_answers_is_named_and_the_corrected_ones_are_accepted(province):
    sent = a_submission(losses=(SPOTS,), visit=VISIT, bulk_pass=["KC-Q-01"])
    sent["answers"][0]["count"] = 0
    sent["answers"][1] |= {"verdict": "na"}
    dropped = sent["answers"].pop()
    with pytest.raises(AnswersRefused) as no:
        await send(province, sent)
    assert [(fault.pointer, fault.code) for fault in no.value.faults] == [
        ("/bulk_pass/0", "visit.bulk_pass_unanswered"),
        ("/answers/0/count", "answer.count_out_of_range"),
        ("/answers/1/verdict", "answer.na_not_allowed"),
        ("/answers/1/reason", "answer.na_without_reason"),
        ("/answers", "answer.unanswered"),
    ]
    assert no.value.faults[-1].facts == {"item": dropped["item"]}
    parked = await the_parked_one()
    assert [fault["pointer"] for fault in msgspec.json.decode(parked["faults"])] == [
        fault.pointer for fault in no.value.faults
    ]
    assert (await send(province, a_submission(losses=(SPOTS,)))).is_new


async def test_body_and_address_must_agree(province):
    content = encoded(a_submission(visit=OTHER_VISIT))
    with pytest.raises(AnswersRefused) as no:
        await send_bytes(province, content)
    assert [fault.pointer for fault in no.value.faults] == ["/visit"]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"null",
        b"\xff\xfe",
        b'{"total": 100}',
        encoded(a_submission(total=10000)),
        encoded(a_submission())[:-1] + b',"format":1}',
        encoded(a_submission(device={"id": "\u0000", "app": "1"})),
    ],
    ids=["empty", "cut", "null", "not utf-8", "total", "with total", "twice", "nul"],
)
async def test_what_cannot_be_read_is_kept_byte_for_byte(province, content):
    with pytest.raises(BodyRefused):
        await send_bytes(province, content)
    parked = await the_parked_one()
    assert (bytes(parked["body"]), parked["code"]) == (content, "visit.unreadable")


async def test_what_is_too_large_is_not_kept(province):
    with pytest.raises(BodyTooLarge):
        await send_bytes(province, b" " * (LARGEST_BODY + 1))
    assert await rows_of("parked") == []


async def test_the_same_content_is_parked_once_per_reason(province):
    for _ in range(3):
        with pytest.raises(RubricMismatch):
            await send(province, a_submission(rubric_digest="0" * 64))
    assert len(await rows_of("parked")) == 1
    await run("UPDATE assignment SET state = 'cancelled'")
    with pytest.raises(AssignmentCancelled):
        await send(province, a_submission(rubric_digest="0" * 64))
    events = await audit.events_of("visit", VISIT)
    assert [event.action for event in events] == ["visit.park", "visit.park"]


async def test_one_sender_cannot_fill_the_shelf(province, monkeypatch):
    monkeypatch.setattr(parking, "MOST_UNSETTLED", 2)
    for content in (b"[1]", b"[2]"):
        with pytest.raises(BodyRefused):
            await send_bytes(province, content)
    with pytest.raises(ParkedTooMany):
        await send_bytes(province, b"[3]")
    with pytest.raises(BodyRefused):
        await send_bytes(province, b"[2]")
    assert len(await rows_of("parked")) == 2
    await run("UPDATE parked SET settled_at = ?", province.now())
    with pytest.raises(BodyRefused):
        await send_bytes(province, b"[3]")


async def test_an_administrator_sees_what_waits_without_the_senders_name(province, clock):
    with pytest.raises(BodyRefused):
        await send_bytes(province, b"[1]")
    clock.go_on(minutes=1)
    with pytest.raises(BodyRefused):
        await send_bytes(province, b"[22]", by=MA.actor, visit=OTHER_VISIT)
    first, second = await parking.parked_uploads(GUO.actor)
    assert (first.visit_id, first.inspector, first.size) == (VISIT, "A-017", 3)
    assert (second.visit_id, second.inspector, second.size) == (OTHER_VISIT, "A-021", 4)
    assert await parking.parked_body(GUO.actor, second.id) == b"[22]"
    with pytest.raises(NotFound):
        await parking.parked_body(GUO.actor, "none")


@pytest.mark.parametrize("person", [LI, WANG])
async def test_nobody_else_sees_parked_content(province, person):
    with pytest.raises(NotAllowed):
        await parking.parked_uploads(person.actor)
    with pytest.raises(NotAllowed):
        await parking.parked_body(person.actor, "none")


async def test_a_hall_and_a_club_are_judged_by_their_own_rubrics(province):
    hall = rubric_in("KH")
    await send(province, a_submission(hall, store=HALL, features=(), visit=OTHER_VISIT))
    await send(province, a_submission())
    assert len(await rows_of("visit")) == 2
