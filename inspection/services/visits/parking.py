"""Content that cannot be accepted is kept as it came, for an administrator: nothing is lost."""

import msgspec

from inspection.domain.access import Action, Actor
from inspection.domain.decoding_faults import is_storable
from inspection.domain.refusals import (
    AnswersRefused,
    AssignmentCancelled,
    AssignmentRefused,
    AssignmentTaken,
    AttemptRefused,
    BodyRefused,
    NotFound,
    ParkedTooMany,
    Refusal,
    RoundLocked,
    RubricMismatch,
    RubricWithdrawn,
    VisitConflict,
)
from inspection.persistence.audit import audit
from inspection.persistence.engine import tx
from inspection.persistence.visits import parked
from inspection.persistence.visits.parked import ParkedListed, ParkedRow
from inspection.services.reach import check_whole
from inspection.services.tools import Tools
from inspection.services.visit_admission import Arrival

MOST_UNSETTLED = 200
"""Contents of one account that may wait; a phone that goes on sending has another problem."""

LONGEST_ID = 36

ABOUT_CONTENT: tuple[type[Refusal], ...] = (
    AnswersRefused,
    AssignmentCancelled,
    AssignmentRefused,
    AssignmentTaken,
    AttemptRefused,
    BodyRefused,
    NotFound,
    RoundLocked,
    RubricMismatch,
    RubricWithdrawn,
    VisitConflict,
)
"""Refusals that sending again cannot cure, so that the content is kept here."""


async def park(tools: Tools, arrival: Arrival, refusal: Refusal) -> None:
    """Keep refused content once per reason. Raises ParkedTooMany when too much waits."""
    row = ParkedRow(
        id=tools.new_id(),
        visit_id=arrival.visit,
        attempt=arrival.attempt,
        assignment_id=_assignment(arrival.content),
        content_hash=arrival.content_hash,
        code=refusal.code,
        faults=_faults(refusal),
        body=arrival.content,
        account=arrival.actor.account,
        received_at=arrival.at,
    )
    async with tx():
        if not await parked.add_parked(row):
            return
        if await parked.count_unsettled(row.account) > MOST_UNSETTLED:
            raise ParkedTooMany(most=MOST_UNSETTLED)
        await audit.append(
            at=arrival.at,
            actor=row.account,
            action="visit.park",
            noun="visit",
            noun_id=row.visit_id,
            body={"attempt": row.attempt, "code": row.code, "content_hash": row.content_hash},
        )


async def parked_uploads(actor: Actor) -> tuple[ParkedListed, ...]:
    """Everything that waits for an administrator, oldest first."""
    check_whole(actor, Action.PARKED_READ, "parked")
    return await parked.list_unsettled()


async def parked_body(actor: Actor, parked_id: str) -> bytes:
    """One parked content as it was sent. Raises NotFound."""
    check_whole(actor, Action.PARKED_READ, "parked")
    if (body := await parked.find_body(parked_id)) is None:
        raise NotFound(noun="parked")
    return body


def _faults(refusal: Refusal) -> str:
    listed = [
        {"pointer": fault.pointer, "code": fault.code, "facts": fault.facts}
        for fault in refusal.faults
    ]
    return msgspec.json.encode(listed, enc_hook=str).decode()


class _Named(msgspec.Struct):
    assignment: str = ""


def _assignment(content: bytes) -> str:
    """The assignment a content says it is for; whether that is true is for others to know."""
    try:
        named = msgspec.json.decode(content, type=_Named).assignment
    except msgspec.MsgspecError:
        return ""
    return named if len(named) <= LONGEST_ID and is_storable(named) else ""
