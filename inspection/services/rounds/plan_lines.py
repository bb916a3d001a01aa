"""The rows of a plan as pages and files show them, people by their pseudonyms."""

from collections.abc import Mapping
from datetime import date

import msgspec

from inspection.persistence.listing import ListedRows
from inspection.persistence.rounds.planning_facts import InspectorFact
from inspection.persistence.rounds.proposal_lists import ListedVisit
from inspection.services.people.places import Map, StoreLabel, map_of


class PlanLine(msgspec.Struct, frozen=True, kw_only=True):
    """A row of the list. `week` is the number of its calendar week; `state` is where the visit is,
    once the plan was published.
    """

    id: str
    store: StoreLabel
    inspector: str
    last: str
    day: date | None
    week: int
    by_hand: bool
    attention: int
    warning: str
    why: str
    way_hm: int
    state: str = ""


async def lines_of(rows: ListedRows, facts: tuple[InspectorFact, ...]) -> tuple[PlanLine, ...]:
    """The rows of a page."""
    shown = msgspec.convert(rows.rows, tuple[ListedVisit, ...], strict=False)
    names = await map_of(row.region_path for row in shown)
    codes = {fact.id: fact.pseudonym for fact in facts}
    return tuple(line_of(row, names, codes) for row in shown)


def line_of(row: ListedVisit, names: Map, codes: Mapping[str, str]) -> PlanLine:
    """A row as pages show it, people by their pseudonyms."""
    return PlanLine(
        id=row.id,
        store=names.store(row.store_code, row.store_name, row.store_kind, row.region_path),
        inspector=codes.get(row.inspector or "", row.inspector or ""),
        last=codes.get(row.last_inspector or "", ""),
        day=row.day,
        week=row.day.isocalendar().week if row.day else 0,
        by_hand=row.by_hand,
        attention=row.attention,
        warning=row.warning,
        why=row.why,
        way_hm=row.way_hm,
        state=row.visit_state,
    )
