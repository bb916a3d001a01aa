"""Phones repeat themselves, by the dozen and at once: one visit comes of it, no content is lost."""

import asyncio

from inspection.domain.refusals import AssignmentTaken, AttemptRefused, VisitConflict
from inspection.persistence.audit import audit
from inspection.persistence.statements import run
from tests.cast import LI
from tests.receiving import return_visit, rows_of, send
from tests.submissions import OTHER_VISIT, SPOTS, VISIT, a_photo, a_submission

MANY = 20


async def sent_at_once(tools, submissions):
    """Everything that came of sending all of these at the same moment."""
    return await asyncio.gather(
        *(send(tools, submission) for submission in submissions), return_exceptions=True
    )


async def test_twenty_identical_submissions_are_one_visit_with_one_receipt(province):
    sent = a_submission(losses=(SPOTS,), pictures=(a_photo(),))
    outcomes = await sent_at_once(province, [sent] * MANY)
    assert len({received.receipt for received in outcomes}) == 1
    assert sum(received.is_new for received in outcomes) == 1
    for table in ("visit", "submission", "visit_scorecard", "visit_photo"):
        assert len(await rows_of(table)) == 1, table
    assert len(await rows_of("visit_section")) == 7
    assert len(await audit.events_of("visit", VISIT)) == 1
    assert await rows_of("parked") == []


async def test_of_twenty_different_contents_one_counts_and_all_are_kept(province):
    submissions = [a_submission(clock_offset_ms=n) for n in range(MANY)]
    outcomes = await sent_at_once(province, submissions)
    conflicts = [outcome for outcome in outcomes if isinstance(outcome, VisitConflict)]
    assert len(conflicts) == MANY - 1
    kept = [row["content_hash"] for row in await rows_of("parked")]
    kept += [row["content_hash"] for row in await rows_of("submission")]
    assert len(set(kept)) == MANY


async def test_two_phones_with_the_same_assignment_make_one_visit(province):
    outcomes = await sent_at_once(
        province, [a_submission(visit=VISIT), a_submission(visit=OTHER_VISIT)]
    )
    assert sum(isinstance(outcome, AssignmentTaken) for outcome in outcomes) == 1
    assert len(await rows_of("visit")) == 1
    (parked,) = await rows_of("parked")
    assert parked["code"] == "visit.assignment_taken"
    assert parked["account"] == LI.account


async def test_of_two_next_attempts_one_counts_and_both_are_kept(province):
    await send(province, a_submission())
    await return_visit(province)
    seconds = [a_submission(attempt=2, clock_offset_ms=n) for n in (1, 2)]
    outcomes = await sent_at_once(province, seconds)
    assert sum(isinstance(outcome, VisitConflict) for outcome in outcomes) == 1
    assert len(await rows_of("submission")) == 2
    assert len(await rows_of("parked")) == 1


async def test_identical_next_attempts_get_one_receipt(province):
    await send(province, a_submission())
    await return_visit(province)
    outcomes = await sent_at_once(province, [a_submission(attempt=2)] * MANY)
    assert len({received.receipt for received in outcomes}) == 1
    items = [row["item"] for row in await rows_of("visit_answer")]
    assert len(items) == len(set(items))


async def test_a_review_that_is_faster_keeps_the_next_attempt_out(province):
    await send(province, a_submission())
    await return_visit(province)
    await run("UPDATE visit SET state = 'published'")
    outcome = (await sent_at_once(province, [a_submission(attempt=2)]))[0]
    assert isinstance(outcome, AttemptRefused)


async def test_two_visits_with_the_same_photos_never_wait_for_each_other(province):
    pictures = tuple(a_photo(shade) for shade in range(6))
    here = a_submission(pictures=pictures)
    there = a_submission(visit=OTHER_VISIT, pictures=pictures[::-1])
    there |= {"assignment": "assignment-li-other"}
    await run(
        "INSERT INTO assignment (id, round, store, inspector, rubric_version, window_from,"
        " window_to, cover, state, created_at) SELECT 'assignment-li-other', round, store,"
        " inspector, rubric_version, window_from, window_to, cover, state, created_at"
        " FROM assignment WHERE id = ?",
        here["assignment"],
    )
    outcomes = await sent_at_once(province, [here, there])
    assert [received.is_new for received in outcomes] == [True, True]
    flags = [row["flags"] for row in await rows_of("visit")]
    assert sum("photo_reused" in raised for raised in flags) == 1
