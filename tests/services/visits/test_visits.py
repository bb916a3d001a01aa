"""A visit is accepted once and judged by its rubric, whatever was sent and however often."""

import msgspec
import pytest

from inspection.domain.refusals import (
    AttemptRefused,
    HashMismatch,
    NotAllowed,
    NotFound,
    StoreBusy,
    VisitConflict,
)
from inspection.domain.rubrics.rubric_digest import digest
from inspection.domain.scoring.scorecard import Scorecard
from inspection.domain.visits.visit import manifest_hash
from inspection.persistence.audit import audit
from inspection.persistence.statements import run
from inspection.services.overtaking import Overtaken
from inspection.services.rubrics.rubrics import publish_rubric, rubric_of
from inspection.services.visits import visits
from inspection.services.visits.visits import receive_visit
from tests.cast import CLUB, HALL, LI, MA, SUN, assignment_id
from tests.makers import SCORECARDS
from tests.receiving import lock_in_earlier_round, return_visit, rows_of, send, send_bytes
from tests.submissions import (
    OTHER_VISIT,
    SPOTS,
    VISIT,
    a_photo,
    a_submission,
    encoded,
    rubric_in,
    sha256_of,
)


async def test_an_accepted_visit_leaves_all_its_rows(province):
    sent = a_submission(losses=(SPOTS,), started_at="2026-11-18T08:10:00+08:00")
    await send(province, sent)
    (visit,) = await rows_of("visit")
    assert (visit["total"], visit["lost"], visit["outcome"]) == (9900, 100, "pass")
    assert (visit["state"], visit["attempt"], visit["complete"]) == ("submitted", 1, True)
    assert (visit["rankable"], visit["ordering"], visit["flags"]) == (True, None, "[]")
    assert visit["region_path"] == "/620000/620100/620102/"
    (submission,) = await rows_of("submission")
    assert submission["body"].encode() == encoded(sent)
    answers = {row["item"]: row for row in await rows_of("visit_answer")}
    assert len(answers) == len(list(rubric_in().items()))
    assert (answers[SPOTS]["verdict"], answers[SPOTS]["lost"]) == ("loss", 100)
    assert answers["KC-E-02"]["verdict"] == "pass"
    assert [row["section"] for row in await rows_of("visit_section", "position")] == [
        section.code for section in rubric_in().sections
    ]
    (assignment,) = await run("SELECT state FROM assignment WHERE id = ?", assignment_id(LI, CLUB))
    assert assignment["state"] == "submitted"


async def test_the_card_is_kept_with_the_steps_that_explain_it(province):
    await send(province, a_submission(losses=(SPOTS,)))
    (row,) = await rows_of("visit_scorecard")
    card = msgspec.json.decode(row["body"], type=Scorecard)
    assert (card.total, card.inputs_digest) == (9900, row["inputs_digest"])
    assert any(step.place == SPOTS and step.code == "item.occ" for step in card.steps)


async def test_a_receipt_names_the_content_and_the_manifest(province):
    sent = a_submission(pictures=(a_photo(),))
    received = await send(province, sent)
    receipt = msgspec.json.decode(received.receipt)
    body = visits._read(encoded(sent))
    assert receipt == {
        "visit": VISIT,
        "attempt": 1,
        "content_hash": sha256_of(encoded(sent)),
        "manifest_hash": manifest_hash(body.photos),
        "received_at": "2026-11-18T01:00:00Z",
        "receipt_no": receipt["receipt_no"],
    }
    assert received.is_new


async def test_the_change_is_in_the_audit_log_with_its_content_hash(province):
    sent = a_submission()
    await send(province, sent)
    (event,) = await audit.events_of("visit", VISIT)
    said = msgspec.json.decode(event.body)
    assert (event.action, event.actor) == ("visit.submit", LI.account)
    assert (said["content_hash"], said["total"]) == (sha256_of(encoded(sent)), 10000)
    assert (await audit.verify_chain()).intact


async def test_the_same_content_again_gets_the_same_receipt_and_changes_nothing(province, clock):
    sent = a_submission()
    first = await send(province, sent)
    clock.go_on(days=400)
    again = await send(province, sent)
    assert again.receipt == first.receipt
    assert not again.is_new
    assert len(await rows_of("visit")) == len(await rows_of("submission")) == 1
    assert len(await audit.events_of("visit", VISIT)) == 1


async def test_a_receipt_is_repeated_even_when_the_form_has_changed_since(province):
    receipt = (await send(province, a_submission())).receipt
    yesterdays_form = b'{"format": 0}'
    await run(
        "UPDATE submission SET content_hash = ?, body = ?",
        sha256_of(yesterdays_form),
        yesterdays_form.decode(),
    )
    again = await send_bytes(province, yesterdays_form)
    assert again.receipt == receipt


async def test_bytes_that_are_not_those_announced_are_not_looked_at(province):
    content = encoded(a_submission())
    for announced in ("", "0" * 64, sha256_of(content + b" ")):
        with pytest.raises(HashMismatch):
            await receive_visit(province, LI.actor, VISIT, 1, content, announced)
    assert await rows_of("visit") == await rows_of("parked") == []


async def test_only_inspectors_send_visits(province):
    with pytest.raises(NotAllowed):
        await send(province, a_submission(), by=SUN)
    assert await rows_of("parked") == []


@pytest.mark.parametrize(
    ("visit", "attempt"), [("1", 1), (VISIT.upper(), 1), (VISIT, 0), (VISIT, 10**30)]
)
async def test_an_impossible_address_is_missing(province, visit, attempt):
    with pytest.raises(NotFound):
        await send_bytes(province, encoded(a_submission()), visit=visit, attempt=attempt)


async def test_a_returned_visit_takes_its_next_attempt_and_nothing_of_the_last_one_counts(province):
    first = a_submission(losses=(SPOTS, "KC-E-02"), pictures=(a_photo(),))
    old = await send(province, first)
    await return_visit(province)
    second = a_submission(losses=("KC-E-03",), attempt=2)
    new = await send(province, second)
    (visit,) = await rows_of("visit")
    assert (visit["attempt"], visit["state"], visit["total"]) == (2, "submitted", 9900)
    assert (visit["reviewed_by"], visit["complete"]) == (None, True)
    lost = await run("SELECT item FROM visit_answer WHERE lost > 0")
    assert [row["item"] for row in lost] == ["KC-E-03"]
    assert await rows_of("visit_photo") == []
    assert len(await rows_of("visit_section")) == 7
    assert [row["attempt"] for row in await rows_of("visit_scorecard", "attempt")] == [1, 2]
    (assignment,) = await run("SELECT state FROM assignment WHERE id = ?", assignment_id(LI, CLUB))
    assert assignment["state"] == "submitted"
    assert (await send(province, first)).receipt == old.receipt
    assert (await send(province, second)).receipt == new.receipt != old.receipt


async def test_a_visit_that_was_not_returned_takes_no_next_attempt(province):
    with pytest.raises(AttemptRefused):
        await send(province, a_submission(attempt=2))
    await send(province, a_submission())
    with pytest.raises(AttemptRefused) as no:
        await send(province, a_submission(attempt=2))
    assert no.value.facts == {"attempt": 2, "state": "submitted"}
    await return_visit(province)
    with pytest.raises(AttemptRefused):
        await send(province, a_submission(attempt=3))
    assert [row["attempt"] for row in await rows_of("parked", "attempt")] == [2, 3]


async def test_a_visit_id_is_never_used_for_another_assignment(province):
    await send(province, a_submission())
    await return_visit(province)
    hall = rubric_in("KH")
    with pytest.raises(VisitConflict):
        await send(province, a_submission(hall, store=HALL, attempt=2))


async def test_what_the_store_lacks_is_not_scored(province):
    await send(province, a_submission(losses=("KC-F-01",)))
    (visit,) = await rows_of("visit")
    assert visit["total"] == 10000
    assert "switched_off_answered" in visit["flags"]
    (answer,) = await run("SELECT verdict, lost FROM visit_answer WHERE item = 'KC-F-01'")
    assert (answer["verdict"], answer["lost"]) == ("switched_off", 0)


async def test_items_switched_off_need_no_answer(province):
    sent = a_submission()
    assert "KC-F-01" not in {answer["item"] for answer in sent["answers"]}
    await send(province, sent)
    (row,) = await run("SELECT verdict, body FROM visit_answer WHERE item = 'KC-F-01'")
    assert (row["verdict"], row["body"]) == ("switched_off", "{}")


async def test_times_are_kept_as_the_servers_clock_would_have_shown_them(province):
    await send(province, a_submission(clock_offset_ms=3_600_000))
    (visit,) = await rows_of("visit")
    assert visit["started_at"].isoformat() == "2026-11-18T01:10:00+00:00"
    assert "clock_offset" in visit["flags"]


async def test_a_repeated_loss_costs_more_where_the_rubric_says_so(province):
    file = (SCORECARDS / "KC.toml").read_text(encoding="utf-8")
    stricter = file.replace('repeat_factor = "1"', 'repeat_factor = "1.5"')
    assert stricter != file
    published = await publish_rubric(province, stricter.encode(), None)
    await run("UPDATE assignment SET rubric_version = ?", published.digest)
    rubric = await rubric_of(published.digest)
    before = a_submission(rubric, by=MA, store="TS-0003", losses=(SPOTS,), visit=OTHER_VISIT)
    await send(province, before, by=MA)
    await lock_in_earlier_round(OTHER_VISIT)
    await run("UPDATE visit SET store = 'store-LZ-0007' WHERE id = ?", OTHER_VISIT)
    await send(province, a_submission(rubric, losses=(SPOTS, "KC-E-02")))
    found = await run("SELECT item, lost FROM visit_answer WHERE visit = ? AND lost > 0", VISIT)
    assert {row["item"]: row["lost"] for row in found} == {SPOTS: 150, "KC-E-02": 100}


async def test_a_superseded_version_is_still_accepted(province):
    file = (SCORECARDS / "KC.toml").read_text(encoding="utf-8")
    newer = await publish_rubric(province, file.replace("2026", "2027", 1).encode(), None)
    assert newer.number == 2
    (old,) = await run("SELECT state FROM rubric_version WHERE digest = ?", digest(rubric_in()))
    assert old["state"] == "superseded"
    assert (await send(province, a_submission())).is_new


async def test_a_submission_overtaken_again_and_again_is_asked_to_come_back(province, monkeypatch):
    async def overtaken(*_):
        raise Overtaken

    monkeypatch.setattr(visits, "keep", overtaken)
    with pytest.raises(StoreBusy):
        await send(province, a_submission())
