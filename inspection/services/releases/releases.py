"""Releasing approved visits: what one leaves behind, and the batches they go in."""

from contextlib import suppress

import msgspec

from inspection.domain.access import AccountId, Actor, Role
from inspection.domain.messages.message import Message, MessageKind, staff_of
from inspection.domain.refusals import NotFound, Refusal
from inspection.domain.releases.release import BatchKind, shuffled, week_cut
from inspection.domain.rounds.round import RoundState
from inspection.domain.visits import visit
from inspection.domain.visits.visit import VisitState
from inspection.persistence.engine import tx
from inspection.persistence.releases import releases
from inspection.persistence.releases.releases import BatchRow, WaitingRound
from inspection.persistence.reviews import reviews
from inspection.persistence.reviews.reviews import ReviewedVisit
from inspection.services.changes import record
from inspection.services.messages.messages import tell
from inspection.services.notices.notice_drafting import Draft, draft_notice, record_draft
from inspection.services.rankings.standings import refresh_standing
from inspection.services.tools import Tools

RELEASE = "visit.release"
"""Kind of the job that releases."""

MOST = 500
"""Visits one job releases; the next one goes on from there."""

AT_ONCE = ""
"""What stands for the batch of a visit that was released as it was approved."""


class Release(msgspec.Struct, frozen=True, kw_only=True):
    """A visit that is going out: by whose hand (nobody's for a week's batch), in which batch."""

    found: ReviewedVisit
    by: Actor | None = None
    batch: str = AT_ONCE


async def publish(tools: Tools, going: Release) -> Draft | None:
    """Let an approved visit count and be told: its state, its standing, the draft of its notice.
    Belongs into the transaction that holds the visit; log it with `record_release`, at the end.
    """
    found, at = going.found, tools.now()
    visit.moved(found.state, "release")
    await releases.publish_visit(found.visit, at)
    await refresh_standing(found.round, found.store, at)
    return await draft_notice(tools, drafter(found), found, at)


async def record_release(tools: Tools, going: Release, draft: Draft | None) -> None:
    """Write what went out into the log, after everything else of the transaction."""
    found = going.found
    body: dict[str, object] = {"state": VisitState.PUBLISHED.value, "total": found.total}
    if going.batch:
        body["batch"] = going.batch
    await record(tools, going.by, "visit.release", ("visit", found.visit), body)
    if draft is not None:
        await record_draft(drafter(found), found, draft, tools.now())


def drafter(found: ReviewedVisit) -> Actor:
    """Who drafts the notice: whoever approved what it says, whenever that goes out."""
    return Actor(account=AccountId(found.reviewed_by or ""), role=Role.REVIEWER, name="")


async def release_due(tools: Tools, most: int = MOST) -> int:
    """Release what the calendar lets out by now, and what is left of batches that were cut off;
    how many visits, at most so many. However often and wherever this runs, each goes out once.
    """
    for waiting in await releases.waiting_rounds():
        await _open_week(tools, waiting)
    released = 0
    for batch in await releases.unfinished():
        released += await _carry_out(tools, batch, most - released)
    return released


async def release_visit(tools: Tools, batch: BatchRow, visit: str, by: Actor | None) -> bool:
    """Release one visit of a batch; False when the batch does not take it any more."""
    async with tx():
        found = await reviews.lock_visit(visit)
        if found is None:
            raise NotFound(noun="visit")
        if found.round_state is not RoundState.OPEN or not await releases.is_taken(batch, visit):
            return False
        going = Release(found=found, by=by, batch=batch.key)
        draft = await publish(tools, going)
        await releases.count_released(batch.id)
        await _tell(tools, going)
        await record_release(tools, going, draft)
    return True


async def _tell(tools: Tools, going: Release) -> None:
    """The store learns that there is something new, when everybody of its batch does: once a week,
    in no order that means anything, and nothing of the visit.
    """
    found = going.found
    if found.pilot:
        return
    message = Message(
        kind=MessageKind.RESULT_RELEASED,
        key=f"{found.round} {going.batch} {found.store}",
        noun="result",
        noun_id=found.round_code,
        facts={
            "store": found.store_name,
            "round": found.round_zh,
            "round_en": found.round_en,
        },
        to=(staff_of(found.store),),
    )
    await tell(tools, message)


async def _open_week(tools: Tools, waiting: WaitingRound) -> None:
    now = tools.now()
    cut = week_cut(now, waiting.release_day)
    batch = BatchRow(
        id=tools.new_id(),
        round=waiting.id,
        key=cut.key,
        kind=BatchKind.WEEK,
        region_path="",
        approved_until=cut.approved_until,
        visited_before=cut.visited_before,
        reason="",
        made_by=None,
        made_at=now,
    )
    async with tx():
        # A week in which nothing was due leaves no trace.
        if await releases.taken_by(batch):
            await releases.add_batch(batch)


async def _carry_out(tools: Tools, batch: BatchRow, most: int) -> int:
    by = _maker(batch)
    taken = shuffled(await releases.taken_by(batch), tools.random_id)
    released = 0
    for each in taken[:most]:
        # One that cannot go out waits for the next batch and holds up no other.
        with suppress(Refusal):
            released += await release_visit(tools, batch, each, by)
    if len(taken) <= most:
        async with tx():
            await releases.end_batch(batch.id, tools.now())
    return released


def _maker(batch: BatchRow) -> Actor | None:
    if batch.made_by is None:
        return None
    return Actor(account=AccountId(batch.made_by), role=Role.ADMINISTRATOR, name="")
