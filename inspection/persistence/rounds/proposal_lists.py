"""The list of a proposal's visits, and what it comes to."""

from collections.abc import Mapping
from datetime import date

import msgspec

from inspection.domain.listing import ListAsked
from inspection.persistence.listing import ListedRows, Listing, SortColumn, listed
from inspection.persistence.searching import Condition
from inspection.persistence.statements import run


class ListedVisit(msgspec.Struct, frozen=True, kw_only=True):
    """A row of the list."""

    id: str
    store_code: str
    store_name: str
    store_kind: str
    region_path: str
    inspector: str | None
    day: date | None
    by_hand: bool
    attention: int
    warning: str
    why: str
    way_hm: int
    last_inspector: str | None
    visit_state: str = ""


class ProposalFigures(msgspec.Struct, frozen=True, kw_only=True):
    """What a proposal comes to."""

    planned: int = 0
    by_hand: int = 0
    warned: int = 0
    unplaced: int = 0
    way_hm: int = 0

    @property
    def rows(self) -> int:
        """Every row."""
        return self.planned + self.unplaced


class LoadRow(msgspec.Struct, frozen=True, kw_only=True):
    """What a proposal gives an inspector."""

    inspector: str
    visits: int
    way_hm: int


LISTING = Listing(
    select=(
        "SELECT v.id, s.code AS store_code, s.name AS store_name, s.kind AS store_kind,"
        " s.region_path, v.inspector, v.day, v.by_hand, v.attention, v.warning, v.why,"
        " v.way_hm, v.last_inspector, a.pseudonym, coalesce(a.pseudonym, '') AS inspector_code,"
        # One text, so that what needs a person comes first and then stores are in order.
        " CAST(v.attention AS VARCHAR) || s.code AS urgency,"
        " coalesce(CAST(v.day AS VARCHAR), '') AS day_text"
        " FROM proposed_visit v JOIN store s ON s.id = v.store"
        " LEFT JOIN account a ON a.id = v.inspector"
    ),
    search=("s.code", "s.name", "coalesce(a.pseudonym, '')"),
    columns={
        "urgency": SortColumn("urgency"),
        "store": SortColumn("store_code"),
        "region": SortColumn("region_path"),
        "inspector": SortColumn("inspector_code"),
        "day": SortColumn("day_text"),
    },
    usual="urgency",
    key="v.id",
)

# Whoever was sent there instead since has an assignment of their own: the planned one's is told.
_VISIT_STATE = (
    "coalesce((SELECT b.state FROM assignment b WHERE b.round = ? AND b.store = v.store"
    " AND b.inspector = v.inspector ORDER BY b.created_at DESC, b.id DESC LIMIT 1), '')"
)

PUBLISHED = msgspec.structs.replace(
    LISTING,
    select=LISTING.select.replace(" FROM", f", {_VISIT_STATE} AS visit_state FROM", 1),
    columns={**LISTING.columns, "state": SortColumn("visit_state")},
    usual="store",
    # The round is asked for within its SELECT, which is said once then.
    key="",
)

SHOWN: Mapping[str, str] = {
    "": "",
    "attention": " AND v.attention < 2",
    "unplaced": " AND v.inspector IS NULL",
    "by_hand": " AND v.by_hand",
}


async def list_visits(proposal: str, asked: ListAsked, shown: str, inspector: str) -> ListedRows:
    """One page of the rows."""
    return await listed(LISTING, asked, _conditions(proposal, shown, inspector))


async def list_published(
    proposal: str, round_id: str, asked: ListAsked, inspector: str, path: str
) -> ListedRows:
    """One page of the rows of a plan that was published, each with where its visit is now; only
    those below a path.
    """
    conditions: list[Condition] = [("", (round_id,)), *_conditions(proposal, "", inspector)]
    conditions.append((" AND s.region_path LIKE ?", (f"{path}%",)))
    return await listed(PUBLISHED, asked, conditions)


async def count_published(proposal: str, round_id: str, path: str) -> dict[str, int]:
    """How many rows of a published plan have their visit in each state."""
    rows = await run(
        f"SELECT x.visit_state, count(*) AS n FROM (SELECT {_VISIT_STATE} AS visit_state"
        " FROM proposed_visit v JOIN store s ON s.id = v.store"
        " WHERE v.proposal = ? AND s.region_path LIKE ?) x GROUP BY x.visit_state",
        round_id,
        proposal,
        f"{path}%",
    )
    return {str(row["visit_state"]): int(row["n"]) for row in rows}


def _conditions(proposal: str, shown: str, inspector: str) -> list[Condition]:
    conditions: list[Condition] = [(" AND v.proposal = ?", (proposal,)), (SHOWN[shown], ())]
    if inspector:
        conditions.append((" AND v.inspector = ?", (inspector,)))
    return conditions


async def figures_of(proposal: str) -> ProposalFigures:
    """What a proposal comes to."""
    rows = await run(
        "SELECT count(inspector) AS planned, count(CASE WHEN by_hand THEN 1 END) AS by_hand,"
        " count(CASE WHEN attention = 1 THEN 1 END) AS warned,"
        " count(*) - count(inspector) AS unplaced,"
        " CAST(coalesce(sum(way_hm), 0) AS BIGINT) AS way_hm"
        " FROM proposed_visit WHERE proposal = ?",
        proposal,
    )
    return msgspec.convert(rows[0], ProposalFigures)


async def loads_of(proposal: str) -> tuple[LoadRow, ...]:
    """What it gives everybody who gets something."""
    rows = await run(
        "SELECT inspector, count(*) AS visits, CAST(sum(way_hm) AS BIGINT) AS way_hm"
        " FROM proposed_visit WHERE proposal = ? AND inspector IS NOT NULL GROUP BY inspector",
        proposal,
    )
    return msgspec.convert(rows, tuple[LoadRow, ...])


async def visits_on(proposal: str, inspector: str, day: date) -> int:
    """How many visits an inspector has on a day."""
    rows = await run(
        "SELECT count(*) AS n FROM proposed_visit WHERE proposal = ? AND inspector = ? AND day = ?",
        proposal,
        inspector,
        day,
    )
    return int(rows[0]["n"])
