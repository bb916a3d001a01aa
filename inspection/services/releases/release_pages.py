"""What the pages of releases show: the rounds in which visits wait, and one with its visits."""

from datetime import datetime

import msgspec

from inspection.domain.access import Action, Actor, Place, granted, may
from inspection.domain.listing import ListAsked
from inspection.domain.refusals import NotFound
from inspection.domain.releases.release import LEAST, ReleaseTerms, due_at, early_cut, next_day
from inspection.domain.rounds.round import RoundState
from inspection.domain.rubrics.rubric import Text
from inspection.persistence.releases import release_lists
from inspection.persistence.releases.release_lists import BatchListed, WaitingCount, WaitingVisit
from inspection.persistence.reviews import reviews
from inspection.services.people.places import Map, StoreLabel, map_of
from inspection.services.reach import check_granted, scope_of
from inspection.services.rounds.round_access import touched_round
from inspection.services.tools import Tools

MOST_BATCHES = 12


class RoundWaiting(msgspec.Struct, frozen=True, kw_only=True):
    """A round in which visits wait, and when its next batch goes out."""

    count: WaitingCount
    name: Text
    at_once: bool
    next_at: datetime
    open: bool


class VisitWaiting(msgspec.Struct, frozen=True, kw_only=True):
    """A visit that waits, and when it will go out unless somebody holds it."""

    row: WaitingVisit
    store: StoreLabel
    due_at: datetime
    ready: bool


class ReleaseOverview(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that waits in the caller's part of the tree, and what went out lately."""

    rounds: tuple[RoundWaiting, ...]
    batches: tuple[BatchListed, ...]


class RoundReleases(msgspec.Struct, frozen=True, kw_only=True):
    """One round: its waiting visits page by page, its batches, and what the caller may do.
    `missing` is how many visits an early batch lacks.
    """

    code: str
    name: Text
    waiting: RoundWaiting | None
    rows: tuple[VisitWaiting, ...]
    total: int
    sort: str
    next_cursor: str | None
    batches: tuple[BatchListed, ...]
    may_run: bool
    missing: int


async def release_overview(tools: Tools, actor: Actor) -> ReleaseOverview:
    """What waits, round by round, longest wait first."""
    scope = scope_of(actor, Action.RELEASE_READ)
    now = tools.now()
    counts = await release_lists.count_rounds(scope, _week_before(now))
    return ReleaseOverview(
        rounds=tuple(_waiting(each, now) for each in counts),
        batches=await release_lists.latest_batches(scope, MOST_BATCHES),
    )


async def round_releases(tools: Tools, actor: Actor, code: str, asked: ListAsked) -> RoundReleases:
    """One round with what waits in it. Raises NotFound."""
    scope, now = scope_of(actor, Action.RELEASE_READ), tools.now()
    entry = await touched_round(actor, Action.RELEASE_READ, code)
    count = next(iter(await release_lists.count_rounds(scope, _week_before(now), code)), None)
    page = await release_lists.list_waiting(asked, scope, code)
    names = await map_of(row.region_path for row in page.rows)
    return RoundReleases(
        code=code,
        name=Text(entry.name_zh, entry.name_en),
        waiting=_waiting(count, now) if count else None,
        rows=tuple(_visit(row, names, now, entry.release_day) for row in page.rows),
        total=page.total,
        sort=page.sort,
        next_cursor=page.next_cursor,
        batches=await release_lists.latest_batches(scope, MOST_BATCHES, code),
        may_run=granted(actor.role, Action.RELEASE_RUN),
        missing=max(0, LEAST - (count.ready if count else 0)),
    )


async def round_of_visit(actor: Actor, visit: str) -> str:
    """The code of the round of a visit in the caller's part of the tree. Raises NotFound."""
    check_granted(actor, Action.RELEASE_READ)
    found = await reviews.find_visit(visit)
    if found is None or not may(actor, Action.RELEASE_READ, Place(region_path=found.region_path)):
        raise NotFound(noun="visit")
    return found.round_code


def _week_before(now: datetime) -> datetime:
    """Visits made before this moment could go out now: their week is over."""
    return early_cut(now, "").visited_before


def _waiting(count: WaitingCount, now: datetime) -> RoundWaiting:
    terms = ReleaseTerms(
        kind=count.visit_kind,
        disclose_day=count.disclose_day,
        rule=count.release_rule,
        day=count.release_day,
    )
    return RoundWaiting(
        count=count,
        name=Text(count.name_zh, count.name_en),
        at_once=terms.at_once,
        next_at=next_day(now, count.release_day),
        open=count.state == RoundState.OPEN,
    )


def _visit(row: WaitingVisit, names: Map, now: datetime, day: int) -> VisitWaiting:
    return VisitWaiting(
        row=row,
        store=names.store(row.store_code, row.store_name, row.store_kind, row.region_path),
        due_at=due_at(row.visited_at, row.approved_at, day),
        ready=row.visited_at < _week_before(now),
    )
