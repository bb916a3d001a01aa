"""The list of rounds as those who plan see it."""

from datetime import date

import msgspec

from inspection.domain.access import Action, Actor
from inspection.domain.listing import ListAsked
from inspection.domain.rounds.round import RoundState
from inspection.domain.rounds.round_decision import RoundVerdict
from inspection.domain.rubrics.rubric import Text
from inspection.persistence.engine import read_tx
from inspection.persistence.rounds import round_lists
from inspection.persistence.rounds.round_lists import ListedRoundRow, Made
from inspection.services.people.places import Map, map_of
from inspection.services.reach import check_granted


class RoundInList(msgspec.Struct, frozen=True, kw_only=True):
    """A round with where it is and, once open, how far it is; `made` is None before."""

    code: str
    name: Text
    theme: Text
    visit_kind: str
    starts_on: date
    ends_on: date
    state: RoundState
    pilot: bool
    region: Text
    made: Made | None


class RoundListPage(msgspec.Struct, frozen=True, kw_only=True):
    """One page, with how many rounds are in each state and how often a draft was vetoed."""

    rows: tuple[RoundInList, ...]
    total: int
    sort: str
    next_cursor: str | None
    counts: dict[str, int]
    vetoed: int
    decided: int


async def round_list(actor: Actor, asked: ListAsked, state: str = "") -> RoundListPage:
    """One page of the rounds that touch the caller's part of the tree."""
    check_granted(actor, Action.ROUND_READ)
    path = actor.region_path
    async with read_tx():
        found = await round_lists.list_rounds(asked, path, state)
        counts = await round_lists.count_by_state(path)
        decisions = await round_lists.count_decisions(path)
        running = tuple(row.id for row in found.rows if row.state is RoundState.OPEN)
        made = await round_lists.visits_made(running, path)
        names = await map_of(row.region_path for row in found.rows if row.region_path)
    return RoundListPage(
        rows=tuple(_row(row, names, made) for row in found.rows),
        total=found.total,
        sort=found.sort,
        next_cursor=found.next_cursor,
        counts=counts,
        vetoed=decisions.get(RoundVerdict.VETOED, 0),
        decided=sum(decisions.values()),
    )


def _row(row: ListedRoundRow, names: Map, made: dict[str, Made]) -> RoundInList:
    is_open = row.state is RoundState.OPEN
    return RoundInList(
        code=row.code,
        name=Text(row.name_zh, row.name_en),
        theme=Text(row.theme_zh, row.theme_en),
        visit_kind=row.visit_kind,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        state=row.state,
        pilot=row.pilot,
        region=names.name(row.region_path),
        made=made.get(row.id, Made()) if is_open else None,
    )
