"""What somebody decides about releases: before the day, held back, let go."""

import asyncio
from datetime import timedelta

import msgspec
import pytest

from inspection.domain.access import Action
from inspection.domain.listing import ListAsked
from inspection.domain.refusals import MoveRefused, NotAllowed, NotFound, Refusal
from inspection.domain.refusals.releases import (
    ReleaseHeld,
    ReleaseNotHeld,
    ReleaseReasonMissing,
    ReleaseRunning,
    ReleaseTooSmall,
)
from inspection.domain.reviews.review import Decision
from inspection.persistence.audit import audit
from inspection.persistence.statements import run
from inspection.services.releases.release_deciding import end_hold, hold_visit, release_early
from inspection.services.releases.release_outlook import release_outlook
from inspection.services.releases.release_pages import (
    release_overview,
    round_of_visit,
    round_releases,
)
from inspection.services.releases.releases import release_due
from inspection.services.reviews.reviews import review_visit
from inspection.services.rounds.round_access import touched_round
from tests.cast import CHEN, CLUB, GUO, LI, MA, QINZHOU_CLUB, ROUND, SUN, WANG
from tests.receiving import rows_of
from tests.reviewing import a_visit, another_assignment, visit_id

WHY = "季度通报提前"
ELSEWHERE = msgspec.structs.replace(GUO.actor, region_path="/620000/620500/")


async def waiting(tools, clock, count=5):
    """So many approved visits whose week is over, on a Tuesday; nothing is due before Monday."""
    visits = []
    for number in range(count):
        assignment = await another_assignment(tools, LI, CLUB, f"w{number}")
        visits.append(await a_visit(tools, f"w{number}", assignment=assignment))
    clock.go_on(days=6)
    for visit in visits:
        await review_visit(tools, SUN.actor, visit, 1, Decision.APPROVE)
    return visits


async def states():
    return sorted(row["state"] for row in await rows_of("visit"))


async def test_five_visits_go_out_before_their_day_for_a_reason(province, clock):
    await waiting(province, clock)
    assert await release_due(province) == 0
    await release_early(province, GUO.actor, ROUND, WHY)
    (job,) = [row for row in await rows_of("job") if row["kind"] == "visit.release"]
    (batch,) = await rows_of("release_batch")
    assert job["key"] == f"visit.release {batch['id']}"
    assert (batch["kind"], batch["reason"], batch["made_by"]) == ("early", WHY, GUO.account)
    assert await release_due(province) == 5
    assert await states() == ["published"] * 5
    (round_,) = await run("SELECT id FROM round WHERE code = ?", ROUND)
    *_, event = await audit.events_of("round", round_["id"])
    assert (event.action, msgspec.json.decode(event.body)["visits"]) == ("round.release_early", 5)
    first, *_ = await rows_of("visit")
    *_, event = await audit.events_of("visit", first["id"])
    assert (event.action, event.actor) == ("visit.release", GUO.account)


async def test_four_are_too_few_and_words_are_needed(province, clock):
    await waiting(province, clock, 4)
    with pytest.raises(ReleaseTooSmall) as refused:
        await release_early(province, GUO.actor, ROUND, WHY)
    assert refused.value.facts == {"ready": 4, "least": 5}
    assignment = await another_assignment(province, LI, CLUB, "now")
    now = province.now() - timedelta(hours=2)
    fifth = await a_visit(province, "now", assignment=assignment, started_at=now.isoformat())
    await review_visit(province, SUN.actor, fifth, 1, Decision.APPROVE)
    with pytest.raises(ReleaseTooSmall):
        await release_early(province, GUO.actor, ROUND, WHY)
    clock.go_on(days=7)
    with pytest.raises(ReleaseReasonMissing):
        await release_early(province, GUO.actor, ROUND, "  ")


async def test_two_who_press_the_button_at_once_make_one_batch(province, clock):
    await waiting(province, clock)
    answers = await asyncio.gather(
        *(release_early(province, GUO.actor, ROUND, WHY) for _ in range(2)),
        return_exceptions=True,
    )
    assert sorted(type(answer) for answer in answers if answer) == [ReleaseRunning]
    assert len(await rows_of("release_batch")) == 1


async def test_who_may_release_and_hold(province, clock):
    visit, *_ = await waiting(province, clock)
    for person in (LI, CHEN, WANG, SUN):
        with pytest.raises(NotAllowed):
            await release_early(province, person.actor, ROUND, WHY)
        with pytest.raises(NotAllowed):
            await hold_visit(province, person.actor, visit, WHY)
    with pytest.raises(NotFound):
        await release_early(province, GUO.actor, "1999-01", WHY)
    with pytest.raises(NotFound):
        await hold_visit(province, ELSEWHERE, visit, WHY)
    with pytest.raises(NotFound):
        await end_hold(province, GUO.actor, visit_id("none"))
    with pytest.raises(NotFound):
        await round_of_visit(ELSEWHERE, visit)
    assert await round_of_visit(SUN.actor, visit) == ROUND
    with pytest.raises(NotAllowed):
        await touched_round(WANG.actor, Action.RELEASE_READ, ROUND)


async def test_somebody_of_a_branch_releases_only_what_is_theirs(province, clock):
    await waiting(province, clock)
    with pytest.raises(ReleaseTooSmall) as refused:
        await release_early(province, ELSEWHERE, ROUND, WHY)
    assert refused.value.facts["ready"] == 0
    assert (await release_overview(province, ELSEWHERE)).rounds == ()


async def test_nothing_goes_out_early_of_a_locked_round(province, clock):
    await waiting(province, clock)
    await run("UPDATE round SET state = 'locked' WHERE code = ?", ROUND)
    with pytest.raises(MoveRefused):
        await release_early(province, GUO.actor, ROUND, WHY)
    (found,) = (await release_overview(province, GUO.actor)).rounds
    assert not found.open


async def test_what_is_held_back_waits_until_it_is_let_go(province, clock):
    visit, *_ = await waiting(province, clock, 2)
    await hold_visit(province, GUO.actor, visit, " 门店来电核实 ")
    assert (await release_outlook(province, SUN.actor, visit)).held == "门店来电核实"
    with pytest.raises(ReleaseHeld):
        await hold_visit(province, GUO.actor, visit, WHY)
    clock.go_on(days=7)
    assert await release_due(province) == 1
    await end_hold(province, GUO.actor, visit)
    with pytest.raises(ReleaseNotHeld):
        await end_hold(province, GUO.actor, visit)
    # The batch of this week is done; the next one takes it.
    assert await release_due(province) == 0
    clock.go_on(days=7)
    assert await release_due(province) == 1
    actions = [entry.action for entry in await audit.events_of("visit", visit)]
    assert actions[-3:] == ["visit.hold", "visit.end_hold", "visit.release"]


async def test_only_what_waits_can_be_held_back_and_for_a_reason(province, clock):
    visit, *_ = await waiting(province, clock, 1)
    with pytest.raises(ReleaseReasonMissing):
        await hold_visit(province, GUO.actor, visit, "")
    clock.go_on(days=7)
    await release_due(province)
    with pytest.raises(MoveRefused):
        await hold_visit(province, GUO.actor, visit, WHY)


async def test_held_or_released_at_once_never_both(province, clock):
    visit, *_ = await waiting(province, clock, 1)
    clock.go_on(days=7)
    held, released = await asyncio.gather(
        hold_visit(province, GUO.actor, visit, WHY), release_due(province), return_exceptions=True
    )
    assert await states() == (["published"] if isinstance(held, Refusal) else ["approved"])
    assert released == (1 if isinstance(held, Refusal) else 0)


async def test_the_pages_say_what_waits_since_when_and_why(province, clock):
    visit, *_ = await waiting(province, clock, 2)
    new = await a_visit(
        province, "new", by=MA, store=QINZHOU_CLUB, started_at=province.now().isoformat()
    )
    await review_visit(province, SUN.actor, new, 1, Decision.APPROVE)
    await hold_visit(province, GUO.actor, visit, WHY)
    (found,) = (await release_overview(province, SUN.actor)).rounds
    assert (found.count.waiting, found.count.ready, found.count.held) == (3, 1, 1)
    assert (found.at_once, found.next_at.isoformat()) == (False, "2026-11-29T16:00:00+00:00")
    page = await round_releases(province, GUO.actor, ROUND, ListAsked(sort="store"))
    assert (page.total, page.missing, page.may_run) == (3, 4, True)
    told = {each.row.id: each for each in page.rows}
    assert (told[visit].row.held_why, told[visit].row.held_by) == (WHY, GUO.name)
    assert (told[visit].ready, told[new].ready) == (True, False)
    assert told[new].due_at == told[visit].due_at + timedelta(0)
    assert not (await round_releases(province, SUN.actor, ROUND, ListAsked())).may_run
    clock.go_on(days=7)
    await release_due(province)
    (batch,) = (await release_overview(province, GUO.actor)).batches
    assert (batch.key, batch.visits, batch.name) == ("2026-W49", 2, "")
    await end_hold(province, GUO.actor, visit)
    clock.go_on(days=7)
    await release_due(province)
    empty = await round_releases(province, GUO.actor, ROUND, ListAsked())
    assert (empty.waiting, empty.rows, empty.missing) == (None, (), 5)
