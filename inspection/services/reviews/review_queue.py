"""The queue of visits to review: a page of it, and the visits beside one in it."""

from datetime import datetime, timedelta

import msgspec

from inspection.domain.access import Action, Actor
from inspection.domain.refusals import NotFound
from inspection.domain.reviews.review_queue import EVERYTHING, LONG_WAIT, QueueAsked
from inspection.domain.rubrics.rubric import Text
from inspection.persistence.people import places
from inspection.persistence.reviews import review_queue as queue
from inspection.persistence.reviews.review_queue import QueueWanted, WaitingVisit
from inspection.services.people.places import Map, RoundLabel, map_of
from inspection.services.reach import scope_of
from inspection.services.reviews.review_results import QueuedVisit, ReviewQueue
from inspection.services.tools import Tools


async def review_queue(tools: Tools, actor: Actor, asked: QueueAsked = EVERYTHING) -> ReviewQueue:
    """One page of the visits that wait for a decision, longest wait first, or of those that were
    returned, the first due first. Raises NotFound for a region nobody knows.
    """
    scope = scope_of(actor, Action.VISIT_REVIEW, asked.region_path)
    if asked.region_path and await places.find_region(asked.region_path) is None:
        raise NotFound(noun="region")
    now = tools.now()
    rows, found = await queue.list_queue(_wanted(actor, asked, now), asked.list)
    names = await map_of(row.region_path for row in rows)
    missing = await queue.missing_photos([row.id for row in rows if not row.complete])
    counts = await queue.count_queue(scope_of(actor, Action.VISIT_REVIEW), now, now - LONG_WAIT)
    return ReviewQueue(
        rows=tuple(_queued(row, names, missing.get(row.id, 0), now) for row in rows),
        total=found.total,
        sort=found.sort,
        next_cursor=found.next_cursor,
        waiting=counts.waiting,
        long=counts.long,
        returned=counts.returned,
        overdue=counts.overdue,
        rounds=tuple((code, Text(zh, en)) for code, zh, en in await queue.rounds_waiting(scope)),
    )


async def visits_beside(
    tools: Tools, actor: Actor, asked: QueueAsked, visit: str
) -> tuple[str | None, str | None]:
    """The visits that wait before and after one, with the same filter and order."""
    waiting = msgspec.structs.replace(asked, state="submitted")
    return await queue.beside(_wanted(actor, waiting, tools.now()), waiting.list, visit)


def _wanted(actor: Actor, asked: QueueAsked, now: datetime) -> QueueWanted:
    return QueueWanted(
        scope=scope_of(actor, Action.VISIT_REVIEW, asked.region_path),
        state=asked.state,
        round=asked.round,
        flag=asked.flag,
        received_by=now - timedelta(hours=asked.waited) if asked.waited else None,
        again=asked.again,
    )


def _queued(row: WaitingVisit, names: Map, missing: int, now: datetime) -> QueuedVisit:
    return QueuedVisit(
        visit=row.id,
        attempt=row.attempt,
        store=names.store(row.store_code, row.store_name, row.store_kind, row.region_path),
        round=RoundLabel(
            code=row.round_code,
            name=Text(row.round_zh, row.round_en),
            visit_kind=row.visit_kind,
            state=row.round_state,
        ),
        inspector=row.inspector,
        total=row.total,
        lost=row.lost,
        outcome=row.outcome,
        flags=msgspec.json.decode(row.flags, type=tuple[str, ...]),
        received_at=row.received_at,
        waited_minutes=max(0, int((now - row.received_at).total_seconds()) // 60),
        complete=row.complete,
        missing_photos=missing,
        due_at=row.due_at,
        overdue=row.due_at is not None and row.due_at < now,
        long=now - row.received_at > LONG_WAIT,
    )
