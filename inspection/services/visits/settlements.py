"""Settling parked content: set aside with a note, or accepted after all by the code that receives
visits. Nothing is thrown away either way.
"""

import msgspec

from inspection.domain.access import Action, Actor
from inspection.domain.decoding import decode
from inspection.domain.listing import ListAsked
from inspection.domain.refusals import (
    Fault,
    NotFound,
    ParkedRefusedStill,
    ParkedSettled,
)
from inspection.domain.rounds.assignment import AssignmentState
from inspection.domain.visits.settlement import (
    ACCEPTABLE,
    Settlement,
    check_acceptable,
    checked_note,
)
from inspection.domain.visits.visit import LARGEST_BODY, VisitBody
from inspection.persistence.audit import audit
from inspection.persistence.engine import tx
from inspection.persistence.one_trip import in_one_trip
from inspection.persistence.people import accounts
from inspection.persistence.visits import parked, visits
from inspection.persistence.visits.parked import ParkedFound, ParkedListed
from inspection.persistence.visits.visits import Situation
from inspection.services.overtaken_looks import end_when_over
from inspection.services.overtaking import look_again
from inspection.services.reach import check_whole
from inspection.services.tools import Tools
from inspection.services.visit_admission import Arrival, receipt_given
from inspection.services.visits import reinspection_receiving
from inspection.services.visits.parking import ABOUT_CONTENT
from inspection.services.visits.reinspection_receiving import Brought
from inspection.services.visits.visit_keeping import write
from inspection.services.visits.visit_rows import Accepted
from inspection.services.visits.visits import judge

LATEST = ListAsked()
"""The first page in the usual order."""


class ParkedPage(msgspec.Struct, frozen=True, kw_only=True):
    """One page of what waits or was settled, and how much waits."""

    rows: tuple[ParkedListed, ...]
    total: int
    sort: str
    next_cursor: str | None
    waiting: int


class Wish(msgspec.Struct, frozen=True, kw_only=True):
    """How an administrator wants a content settled, and why."""

    settlement: Settlement
    note: str


async def parked_page(
    actor: Actor, asked: ListAsked = LATEST, *, settled: bool = False
) -> ParkedPage:
    """One page for an administrator. Raises CursorRefused for a cursor of another order."""
    check_whole(actor, Action.PARKED_READ, "parked")
    found = await parked.list_parked(asked, settled=settled)
    return ParkedPage(
        rows=found.rows,
        total=found.total,
        sort=found.sort,
        next_cursor=found.next_cursor,
        waiting=await parked.count_waiting(),
    )


async def parked_content(actor: Actor, parked_id: str) -> ParkedListed:
    """What is known of one parked content. Raises NotFound."""
    check_whole(actor, Action.PARKED_READ, "parked")
    if (found := await parked.find_listed(parked_id)) is None:
        raise NotFound(noun="parked")
    return found


def can_be_accepted(found: ParkedListed) -> bool:
    """Whether accepting it after all may be offered."""
    return found.settled_at is None and found.code in ACCEPTABLE


async def settle_parked(tools: Tools, actor: Actor, parked_id: str, wish: Wish) -> ParkedListed:
    """Settle a content; the same again changes nothing. Raises ParkedSettled when it was settled
    otherwise, ParkedUnacceptable, and what keeps the content out still.
    """
    check_whole(actor, Action.PARKED_SETTLE, "parked")
    wish = Wish(settlement=wish.settlement, note=checked_note(wish.note))
    if wish.settlement is Settlement.ACCEPTED:
        await _accept(tools, actor, parked_id, wish)
    else:
        async with tx():
            await _settle(tools, actor, parked_id, wish)
    return await parked_content(actor, parked_id)


async def _accept(tools: Tools, actor: Actor, parked_id: str, wish: Wish) -> None:
    """Receive the content as if its assignment, or its look at a store, had not been called off."""
    found = _there(await parked.find_parked(parked_id))
    check_acceptable(found.code)
    body = decode(found.body, VisitBody, limit=LARGEST_BODY)
    arrival = Arrival(
        actor=await accounts.get_actor(found.account),
        visit=found.visit_id,
        attempt=found.attempt,
        content=found.body,
        content_hash=found.content_hash,
        at=tools.now(),
    )

    async def decide() -> None:
        accepted = await _judged(arrival, body)
        await in_one_trip(lambda: _settle(tools, actor, parked_id, wish, accepted))

    await look_again(decide)


def _there(found: ParkedFound | None) -> ParkedFound:
    if found is None:
        raise NotFound(noun="parked")
    return found


async def _judged(arrival: Arrival, body: VisitBody) -> Accepted | Brought | None:
    """The judgement on the content, None when it was received since. The assignment in it is as it
    really stands, since that is what moves. Raises ParkedRefusedStill.
    """
    known = await visits.situation(arrival.visit, arrival.attempt, body.assignment)
    try:
        if known.visit is None and known.assignment is None:
            return await reinspection_receiving.reinstated(arrival, body)
        if receipt_given(known, arrival):
            return None
        judged = await judge(_reinstated(known), arrival, body)
    except ABOUT_CONTENT as still:
        faults = (Fault("", f"parked_why.{still.code}"),)
        raise ParkedRefusedStill(faults=faults) from None
    return msgspec.structs.replace(judged, assignment=known.assignment or judged.assignment)


def _reinstated(known: Situation) -> Situation:
    """The situation if the assignment had not been cancelled."""
    assignment = known.assignment
    if assignment is None or assignment.state is not AssignmentState.CANCELLED:
        return known
    before = AssignmentState.OPEN if known.visit is None else AssignmentState.RETURNED
    return msgspec.structs.replace(
        known, assignment=msgspec.structs.replace(assignment, state=before)
    )


async def _settle(
    tools: Tools,
    actor: Actor,
    parked_id: str,
    wish: Wish,
    accepted: Accepted | Brought | None = None,
) -> None:
    # The parked row first, the log last, whatever is wished: nobody waits for the other.
    found = _there(await parked.lock_parked(parked_id))
    if _settled_already(found, actor, wish):
        return
    await parked.note_settled(parked_id, wish.settlement, wish.note, actor.account, tools.now())
    if isinstance(accepted, Brought):
        await reinspection_receiving.write(accepted)
        await end_when_over(tools, actor, accepted.look.id)
    elif accepted is not None:
        cancelled = accepted.assignment.state is AssignmentState.CANCELLED
        await write(tools, accepted, "reinstate" if cancelled else "submit")
    await _record(tools, actor, found, wish)


def _settled_already(found: ParkedFound, actor: Actor, wish: Wish) -> bool:
    if found.settlement is None:
        return False
    if (found.settled_by, found.settlement, found.note) != (
        actor.account,
        wish.settlement,
        wish.note,
    ):
        raise ParkedSettled
    return True


async def _record(tools: Tools, actor: Actor, found: ParkedFound, wish: Wish) -> None:
    accepted = wish.settlement is Settlement.ACCEPTED
    await audit.append(
        at=tools.now(),
        actor=actor.account,
        action="visit.park_accept" if accepted else "visit.park_settle",
        noun="visit",
        noun_id=found.visit_id,
        body={
            "attempt": found.attempt,
            "code": found.code,
            "content_hash": found.content_hash,
            "note": wish.note,
        },
    )
