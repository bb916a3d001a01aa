"""Releasing approved visits: what waits, what goes out with which batch, and once."""

import asyncio

import msgspec
import pytest

from inspection.domain.refusals import NotFound
from inspection.domain.reviews.review import Decision
from inspection.jobs import release_visits
from inspection.persistence import jobs
from inspection.persistence.audit import audit
from inspection.persistence.statements import run
from inspection.services.releases import releases
from inspection.services.releases.release_outlook import release_outlook
from inspection.services.releases.releases import release_due, release_visit
from inspection.services.reviews.reviews import review_visit
from tests.cast import CHEN, CLUB, HALL, LI, MA, QINZHOU_CLUB, SUN
from tests.receiving import rows_of
from tests.releasing import a_batch, approve_and_release, release
from tests.reviewing import a_visit, another_assignment, standing_of, visit_id


async def approve(tools, visit):
    return await review_visit(tools, SUN.actor, visit, 1, Decision.APPROVE)


async def some_approved(tools, count=3):
    """Approved visits of one store."""
    visits = []
    for number in range(count):
        assignment = await another_assignment(tools, LI, CLUB, f"n{number}")
        visit = await a_visit(tools, f"n{number}", assignment=assignment)
        await approve(tools, visit)
        visits.append(visit)
    return visits


async def states():
    return sorted(row["state"] for row in await rows_of("visit"))


async def test_an_approved_visit_waits_and_nobody_hears_of_it(province):
    outcome = await approve(province, await a_visit(province))
    assert (outcome.state, outcome.notice) == ("approved", None)
    assert (await rows_of("standing"), await rows_of("notice")) == ([], [])
    assert await release_due(province) == 0
    assert await rows_of("release_batch") == []


async def test_it_goes_out_when_its_week_is_over(province, clock):
    (visit,) = await some_approved(province, 1)
    clock.go_on(days=5)
    assert await release_due(province) == 1
    assert await states() == ["published"]
    assert (await standing_of(CLUB))["score"] == 9800
    (notice,) = await rows_of("notice")
    assert (notice["visit"], notice["drafted_by"]) == (visit, SUN.account)
    (batch,) = await rows_of("release_batch")
    assert (batch["key"], batch["kind"], batch["visits"]) == ("2026-W48", "week", 1)
    assert batch["done_at"] is not None
    *_, event = await audit.events_of("visit", visit)
    assert (event.action, event.actor) == ("visit.release", "")
    assert msgspec.json.decode(event.body)["batch"] == "2026-W48"


async def test_what_was_approved_after_the_day_waits_for_the_next(province, clock):
    await some_approved(province, 1)
    visit = await a_visit(province, "late", by=MA, store=QINZHOU_CLUB)
    clock.go_on(days=5)
    await approve(province, visit)
    assert (await release_due(province), await release_due(province)) == (1, 0)
    assert await states() == ["approved", "published"]
    clock.go_on(days=7)
    assert await release_due(province) == 1
    assert [row["key"] for row in await rows_of("release_batch", "key")] == ["2026-W48", "2026-W49"]


async def test_a_visit_of_this_week_waits_even_if_it_was_approved_in_time(province, clock):
    await run("UPDATE round SET release_day = 4")
    clock.go_on(days=1, hours=-9)
    await some_approved(province, 1)
    clock.go_on(days=1)
    assert await release_due(province) == 0
    clock.go_on(days=6)
    assert await release_due(province) == 1


async def test_a_clock_that_ran_ahead_keeps_nothing_back(province, clock):
    (visit,) = await some_approved(province, 1)
    await run("UPDATE visit SET started_at = '2031-01-01T00:00:00+00:00'")
    clock.go_on(days=5)
    assert (await release_outlook(province, SUN.actor, visit)).week == 48
    assert await release_due(province) == 1


async def test_nothing_goes_out_of_a_locked_round(province, clock):
    (visit,) = await some_approved(province, 1)
    batch = await a_batch(province, visit)
    clock.go_on(days=5)
    await run("UPDATE round SET state = 'locked'")
    assert await release_due(province) == 0
    assert not await release_visit(province, batch, visit, None)
    assert await states() == ["approved"]


async def test_a_pilot_is_counted_and_no_store_hears_of_it(province, clock):
    await run("UPDATE round SET pilot = TRUE")
    await some_approved(province, 1)
    clock.go_on(days=5)
    assert await release_due(province) == 1
    assert (await standing_of(CLUB))["unranked_why"] == "pilot"
    assert (await rows_of("notice"), await rows_of("inbox_message")) == ([], [])


async def test_two_workers_release_each_visit_once(province, clock):
    await some_approved(province, 6)
    clock.go_on(days=5)
    counts = await asyncio.gather(*(release_due(province) for _ in range(2)))
    assert sum(counts) == 6
    (batch,) = await rows_of("release_batch")
    assert batch["visits"] == 6
    assert len(await rows_of("notice")) == 6
    assert (await audit.verify_chain()).intact


async def test_what_a_cut_off_job_left_is_released_by_the_next(province, clock, monkeypatch):
    await some_approved(province, 3)
    clock.go_on(days=5)
    publish, done = releases.publish, []

    async def cut_off(tools, going):
        if done:
            raise asyncio.CancelledError
        done.append(going)
        return await publish(tools, going)

    with monkeypatch.context() as cut:
        cut.setattr(releases, "publish", cut_off)
        with pytest.raises(asyncio.CancelledError):
            await release_due(province)
    assert await states() == ["approved", "approved", "published"]
    assert await release_due(province) == 2
    (batch,) = await rows_of("release_batch")
    assert (batch["visits"], batch["done_at"] is not None) == (3, True)


async def test_one_that_cannot_go_out_holds_up_no_other(province, clock):
    first, *_ = await some_approved(province, 3)
    await run("DELETE FROM visit_scorecard WHERE visit = ?", first)
    clock.go_on(days=5)
    assert await release_due(province) == 2
    assert await states() == ["approved", "published", "published"]


async def test_a_job_goes_as_far_as_it_may_and_leaves_the_rest_to_the_next(
    province, clock, monkeypatch
):
    monkeypatch.setattr(releases, "MOST", 2)
    monkeypatch.setattr(releases.release_due, "__defaults__", (2,))
    await some_approved(province, 3)
    clock.go_on(days=5)
    job = jobs.ClaimedJob(id=1, kind=release_visits.KIND, key="today", payload="{}", tries=1)
    await release_visits.release_visits(province, job)
    assert await states() == ["approved", "published", "published"]
    (left,) = [row for row in await rows_of("job") if row["kind"] == release_visits.KIND]
    assert left["key"] == "today+"
    await release_visits.release_visits(province, job)
    assert await states() == ["published"] * 3
    # The first look at the calibration afterwards counts no county.
    assert [row["judged"] for row in await rows_of("round_tally") if not row["judged"]] == []


async def test_where_the_store_may_know_the_day_approving_releases(province):
    await run("UPDATE round SET disclose_day = TRUE")
    outcome = await approve(province, await a_visit(province))
    assert outcome.state == "published"
    (notice,) = await rows_of("notice")
    assert notice["id"] == outcome.notice
    actions = [entry.action for entry in await audit.events_of("visit", outcome.visit)]
    assert actions == ["visit.submit", "visit.approve", "visit.release"]
    without = await a_visit(province, "none", store=HALL, losses=())
    assert (await approve(province, without)).notice is None


async def test_a_visit_that_is_not_there_is_missing(province):
    visit = await a_visit(province)
    batch = await a_batch(province, visit)
    with pytest.raises(NotFound):
        await release_visit(province, batch, visit_id("none"), None)
    assert not await release_visit(province, batch, visit, None)
    with pytest.raises(NotFound):
        await release_outlook(province, SUN.actor, visit_id("none"))


async def test_a_reviewer_is_told_what_comes_next(province):
    visit = await a_visit(province)
    before = await release_outlook(province, SUN.actor, visit)
    assert (before.waiting, before.at_once, before.week) == (False, False, 48)
    await approve(province, visit)
    after = await release_outlook(province, SUN.actor, visit)
    assert (after.waiting, after.due_at, after.held) == (True, before.due_at, "")
    await release(province, visit)
    assert not (await release_outlook(province, SUN.actor, visit)).waiting


async def test_released_again_nothing_changes(province):
    visit = await a_visit(province)
    first = await approve_and_release(province, visit)
    assert first == await approve_and_release(province, visit)
    assert len(await rows_of("notice")) == 1


async def test_a_store_learns_of_its_batch_once_and_of_nothing_else(province, clock):
    visits = await some_approved(province, 2)
    assert await rows_of("inbox_message") == []
    clock.go_on(days=5)
    assert await release_due(province) == 2
    await release_due(province)
    (told,) = await rows_of("inbox_message")
    assert (told["kind"], told["noun"], told["account"]) == (
        "result.released",
        "result",
        CHEN.account,
    )
    assert not any(visit in str(told) for visit in visits)
    assert set(msgspec.json.decode(told["facts"])) == {"store", "round", "round_en"}
