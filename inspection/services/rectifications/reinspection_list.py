"""The looks at stores of somebody's part of the tree."""

import msgspec

from inspection.domain.access import Action, Actor
from inspection.domain.listing import ListAsked
from inspection.domain.rectifications.reinspection import ReinspectionState
from inspection.domain.rounds.coverage import today
from inspection.persistence.rectifications import reinspection_lists
from inspection.persistence.rectifications.reinspection_lists import ListedLook
from inspection.services.people.places import StoreLabel, map_of
from inspection.services.reach import scope_of
from inspection.services.tools import Tools


class LookShown(msgspec.Struct, frozen=True, kw_only=True):
    """A look in the list; `late` when its days are over and nobody has been there."""

    look: ListedLook
    store: StoreLabel
    late: bool


class LookList(msgspec.Struct, frozen=True, kw_only=True):
    """One page of looks, and how many there are in each state."""

    rows: tuple[LookShown, ...]
    total: int
    sort: str
    next_cursor: str | None
    counts: dict[str, int]


async def look_list(tools: Tools, actor: Actor, asked: ListAsked, state: str = "") -> LookList:
    """One page of them. Raises CursorRefused for a cursor of another order."""
    scope = scope_of(actor, Action.RECTIFICATION_READ)
    found = await reinspection_lists.list_looks(asked, scope, state)
    looks = msgspec.convert(found.rows, tuple[ListedLook, ...], strict=False)
    names = await map_of(look.region_path for look in looks)
    day = today(tools.now()).isoformat()
    return LookList(
        rows=tuple(
            LookShown(
                look=look,
                store=names.store(
                    look.store_code, look.store_name, look.store_kind, look.region_path
                ),
                late=look.state is ReinspectionState.OPEN and look.window_to < day,
            )
            for look in looks
        ),
        total=found.total,
        sort=found.sort,
        next_cursor=found.next_cursor,
        counts=await reinspection_lists.count_looks(scope),
    )
