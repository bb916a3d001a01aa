"""The staff's list of appeals, and the same as a file."""

from datetime import datetime

import msgspec

from inspection.domain.access import Action, Actor
from inspection.domain.appeals.appeal import DECIDED_STATES, OPEN_STATES
from inspection.domain.listing import ListAsked
from inspection.domain.refusals import NotFound
from inspection.domain.table import Row
from inspection.persistence.appeals import appeal_lists
from inspection.persistence.appeals.appeal_lists import OVER_STATES, AppealsWanted, ListedAppeal
from inspection.persistence.people import places
from inspection.services.appeals.appeal_results import AppealList, AppealListed, AppealsAsked
from inspection.services.appeals.store_appeals import title_in
from inspection.services.exports import Export, headings_of, pages_of, points_lost
from inspection.services.people.places import Map, map_of
from inspection.services.reach import scope_of
from inspection.services.rubrics.rubrics import rubric_of
from inspection.wording import Language, catalogue, say

TABS = {"": (), "waiting": OPEN_STATES, "decided": OVER_STATES}

_COLUMNS = (
    "store_code", "store", "branch", "county", "round", "number", "item", "title", "ground",
    "state", "lost", "lost_after", "filed_at", "due", "decided_at",
)  # fmt: skip


async def appeal_list(actor: Actor, wanted: AppealsAsked) -> AppealList:
    """One page of the appeals in the caller's part of the tree. Raises NotFound for a region
    outside.
    """
    scope = scope_of(actor, Action.APPEAL_READ, wanted.region)
    if wanted.region and await places.find_region(wanted.region) is None:
        raise NotFound(noun="region")
    found = await appeal_lists.list_appeals(
        AppealsWanted(
            scope=scope, asked=wanted.asked, states=TABS[wanted.tab], ground=wanted.ground
        )
    )
    names = await map_of(row.region_path for row in found.rows)
    counts = await appeal_lists.count_states(scope)
    return AppealList(
        rows=tuple([await _listed(row, names) for row in found.rows]),
        total=found.total,
        sort=found.sort,
        next_cursor=found.next_cursor,
        waiting=sum(counts.get(state, 0) for state in OPEN_STATES),
        decided=sum(counts.get(state, 0) for state in OVER_STATES),
    )


def appeal_export(actor: Actor, wanted: AppealsAsked, language: Language) -> Export:
    """The whole list."""

    async def find(part: ListAsked) -> AppealList:
        return await appeal_list(actor, msgspec.structs.replace(wanted, asked=part))

    headings = headings_of(_COLUMNS, language)
    pages = pages_of(wanted.asked, find, _exported, language)
    return Export("appeal", "appeals", say(language, "nav.appeals"), headings, pages)


async def _listed(row: ListedAppeal, names: Map) -> AppealListed:
    waits = row.state in OPEN_STATES
    return AppealListed(
        id=row.id,
        number=row.number,
        line=row.line_number,
        item=row.item,
        title=title_in(await rubric_of(row.rubric_version), row.item),
        state=row.state,
        ground=row.ground,
        old_lost=row.old_lost,
        new_lost=row.new_lost,
        frozen=row.frozen,
        filed_at=row.filed_at,
        due_at=row.at if waits else None,
        over_at=None if waits else row.at,
        store=names.store(row.store_code, row.store_name, row.store_kind, row.region_path),
        round_code=row.round_code,
    )


def _exported(row: AppealListed, language: Language) -> Row:
    words = catalogue(language)
    over: datetime | None = row.over_at if row.state in DECIDED_STATES else None
    return (
        row.store.code,
        row.store.name,
        row.store.branch.of(language),
        row.store.county.of(language),
        row.round_code,
        row.number,
        row.item,
        row.title.of(language),
        words[f"appeal_ground.{row.ground.value}"],
        words[f"appeal_state.{row.state.value}"],
        points_lost(row.old_lost),
        points_lost(row.new_lost),
        row.filed_at,
        row.due_at,
        over,
    )
