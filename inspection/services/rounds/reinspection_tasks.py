"""What an inspector has to look at again: tasks beside the visits, with what the store answered."""

from datetime import timedelta

import msgspec

from inspection.domain.access import AccountId, Action, Actor, Place, may
from inspection.domain.refusals import NotAllowed
from inspection.persistence.rectifications import (
    rectification_lines,
    rectification_replies,
    reinspection_sendings,
)
from inspection.persistence.rectifications.rectification_lines import LineRow
from inspection.persistence.rectifications.rectification_replies import ReplyRow
from inspection.persistence.rectifications.reinspection_sendings import TaskRow
from inspection.services.rounds.assignments import AssignmentOut, round_of, rubric_of, store_of
from inspection.services.tools import Tools

LISTED_AFTER = timedelta(days=14)
"""How long one that was called off or settled stays in the list."""

ANNOUNCED = "peer_check"
"""The store knows that somebody looks again, so a phone asks for photos as in such a round."""


class ReplyToCheck(msgspec.Struct, frozen=True, kw_only=True):
    """What the store says it did; nobody is named. `photos` are addresses."""

    cause: str
    measure: str
    prevention: str
    photos: tuple[str, ...]


class LineToCheck(msgspec.Struct, frozen=True, kw_only=True):
    """A failed line with the items that are looked at for it, and why its reply was returned."""

    number: int
    items: tuple[str, ...]
    problem: str
    requirement: str
    returned: str
    reply: ReplyToCheck | None


class ReinspectionOut(AssignmentOut, frozen=True, kw_only=True):
    """A look to be made: like a visit, but of these lines alone."""

    lines: tuple[LineToCheck, ...]


async def my_reinspections(tools: Tools, actor: Actor) -> tuple[ReinspectionOut, ...]:
    """The actor's own, most urgent first."""
    if not may(actor, Action.ASSIGNMENT_READ, Place(inspector=AccountId(actor.account))):
        raise NotAllowed
    rows = await reinspection_sendings.tasks_of(actor.account, tools.now() - LISTED_AFTER)
    return tuple([await _out(row) for row in rows])


async def _out(row: TaskRow) -> ReinspectionOut:
    rows = await rectification_lines.lines_looked_at(row.id)
    lines = tuple([await _line(row.id, line) for line in rows])
    return ReinspectionOut(
        id=row.id,
        state=row.state.value,
        window_from=row.window_from,
        window_to=row.window_to,
        cover="",
        visit_kind=ANNOUNCED,
        round=round_of(row),
        store=store_of(row),
        rubric=rubric_of(row, sum(len(line.items) for line in lines)),
        returned=None,
        earlier=(),
        lines=lines,
    )


async def _line(look: str, row: LineRow) -> LineToCheck:
    last = await rectification_replies.last_attempt(row.id)
    verdicts = await rectification_replies.verdicts_on(row.id)
    return LineToCheck(
        number=row.number,
        items=row.items(),
        problem=row.problem,
        requirement=row.requirement,
        returned=verdicts[-1].reason if verdicts else "",
        reply=await _reply(look, row, last) if last else None,
    )


async def _reply(look: str, row: LineRow, last: ReplyRow) -> ReplyToCheck:
    photos = await rectification_replies.photos_of(row.id)
    return ReplyToCheck(
        cause=last.cause,
        measure=last.measure,
        prevention=last.prevention,
        photos=tuple(
            f"/api/reinspections/{look}/photos/{row.number}-{photo.position}.jpg"
            for photo in photos
            if photo.reply == last.id and photo.evidence_sha256
        ),
    )
