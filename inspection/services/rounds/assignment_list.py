"""The assignments of a round, as those who plan look through them."""

from datetime import date

import msgspec

from inspection.domain.access import Action, Actor
from inspection.domain.listing import ListAsked
from inspection.domain.refusals import NotFound
from inspection.domain.rounds.assignment_changes import CHANGEABLE, choice, seen_token
from inspection.domain.rounds.coverage import today
from inspection.domain.rounds.round import RoundState
from inspection.persistence.engine import read_tx
from inspection.persistence.people import places
from inspection.persistence.rounds import assignment_lists
from inspection.persistence.rounds.assignment_lists import (
    MISSED,
    AssignmentInList,
    AssignmentsWanted,
    InspectorChoice,
)
from inspection.persistence.rounds.plans import RoundEntry
from inspection.services.people.places import Map, RegionLabel, StoreLabel, map_of, region_label
from inspection.services.reach import check_granted, scope_of
from inspection.services.rounds.round_access import seen_round
from inspection.services.tools import Tools

PAGE = 100
LEVELS = ("province", "branch", "county")


class AssignmentsAsked(msgspec.Struct, frozen=True, kw_only=True):
    """A page of the list with its filters; empty ones leave nothing out."""

    list: ListAsked = ListAsked()
    state: str = ""
    region: str = ""
    inspector: str = ""


class AssignmentShown(msgspec.Struct, frozen=True, kw_only=True):
    """One assignment. `pick` is what a form sends to change it, empty when it cannot be changed;
    `was_moved` tells a re-assigned one from one that was called off.
    """

    id: str
    pick: str
    state: str
    store: StoreLabel
    pseudonym: str
    window_from: date
    window_to: date
    cancelled_why: str
    is_missed: bool
    is_begun: bool
    was_moved: bool
    replaces: bool


class AssignmentPage(msgspec.Struct, frozen=True, kw_only=True):
    """One page, with what filters and changes may be chosen from."""

    round: RoundEntry
    rows: tuple[AssignmentShown, ...]
    total: int
    sort: str
    next_cursor: str | None
    counts: dict[str, int]
    regions: tuple[RegionLabel, ...]
    inspectors: tuple[InspectorChoice, ...]
    can_change: bool


async def assignment_list(
    tools: Tools, actor: Actor, code: str, asked: AssignmentsAsked
) -> AssignmentPage:
    """One page of the assignments at the caller's stores. Raises NotAllowed or NotFound."""
    check_granted(actor, Action.ASSIGNMENT_EDIT)
    day = today(tools.now())
    async with read_tx():
        found = await seen_round(actor, code)
        wanted = await _wanted(actor, found, asked, day)
        rows = await assignment_lists.list_assignments(asked.list, wanted)
        mine = await _scope(actor.region_path)
        counts = await assignment_lists.count_by_state(found.id, mine, day)
        regions = await places.regions_within(actor.region_path, LEVELS)
        return AssignmentPage(
            round=found,
            rows=await _rows(rows.rows, found, day),
            total=rows.total,
            sort=rows.sort,
            next_cursor=rows.next_cursor,
            counts=counts,
            regions=tuple(region_label(region) for region in regions),
            inspectors=await assignment_lists.inspectors_to_send(),
            can_change=found.state == RoundState.OPEN,
        )


def states() -> tuple[str, ...]:
    """What the list can be cut to: states, and what was missed."""
    return ("open", "returned", "submitted", "done", MISSED, "cancelled")


async def _wanted(
    actor: Actor, found: RoundEntry, asked: AssignmentsAsked, day: date
) -> AssignmentsWanted:
    path = await _scope(scope_of(actor, Action.ASSIGNMENT_EDIT, asked.region).path)
    return AssignmentsWanted(
        round=found.id, path=path, state=asked.state, inspector=asked.inspector, today=day
    )


async def _scope(path: str) -> str:
    """The part of the tree as a condition: empty for the whole of it. Raises NotFound."""
    node = await places.find_region(path)
    if node is None:
        raise NotFound(noun="region")
    return node[1].path


async def _rows(
    rows: tuple[AssignmentInList, ...], found: RoundEntry, day: date
) -> tuple[AssignmentShown, ...]:
    names = await map_of(row.region_path for row in rows)
    begun = await assignment_lists.begun_drafts([row.id for row in rows])
    is_open = found.state == RoundState.OPEN
    return tuple(_shown(row, names, day, is_begun=row.id in begun, is_open=is_open) for row in rows)


def _shown(
    row: AssignmentInList,
    names: Map,
    day: date,
    *,
    is_begun: bool,
    is_open: bool,
) -> AssignmentShown:
    waits = row.state in CHANGEABLE
    seen = seen_token(row.state.value, row.inspector, row.window_to)
    cancelled = row.state == "cancelled"
    return AssignmentShown(
        id=row.id,
        pick=choice(row.id, seen) if waits and is_open else "",
        state=row.state.value,
        store=names.store(row.store_code, row.store_name, row.store_kind, row.region_path),
        pseudonym=row.pseudonym,
        window_from=row.window_from,
        window_to=row.window_to,
        cancelled_why=row.cancelled_why,
        is_missed=waits and row.window_to < day,
        is_begun=is_begun and (waits or cancelled),
        was_moved=cancelled and not row.cancelled_why,
        replaces=row.replaces is not None,
    )
