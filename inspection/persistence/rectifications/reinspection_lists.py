"""Looks at stores as the desk lists them."""

import msgspec

from inspection.domain.listing import ListAsked
from inspection.domain.rectifications.reinspection import ReinspectionState
from inspection.persistence.listing import ListedRows, Listing, SortColumn, listed
from inspection.persistence.people.places import Scope
from inspection.persistence.searching import Condition
from inspection.persistence.statements import run


class ListedLook(msgspec.Struct, frozen=True, kw_only=True):
    """A look in the list; the days are text, as they are sorted."""

    id: str
    state: ReinspectionState
    window_from: str
    window_to: str
    pseudonym: str
    lines: int
    region_path: str
    store_code: str
    store_name: str
    store_kind: str


async def list_looks(asked: ListAsked, scope: Scope, state: str) -> ListedRows:
    """One page of looks. Raises CursorRefused for a cursor of another order."""
    conditions: list[Condition] = [scope.where("x.region_path")]
    if state:
        conditions.append((" AND x.state = ?", (state,)))
    return await listed(_LOOKS, asked, conditions)


async def count_looks(scope: Scope) -> dict[str, int]:
    """How many looks are in each state."""
    condition, values = scope.where("x.region_path")
    rows = await run(
        f"SELECT x.state, count(*) AS n FROM reinspection x WHERE 1 = 1{condition}"
        " GROUP BY x.state",
        *values,
    )
    return {str(row["state"]): int(row["n"]) for row in rows}


_LOOKS = Listing(
    select="SELECT x.id, x.state, CAST(x.window_from AS TEXT) AS window_from,"
    " CAST(x.window_to AS TEXT) AS window_to, i.pseudonym, x.region_path,"
    " (SELECT count(*) FROM reinspection_line y WHERE y.reinspection = x.id) AS lines,"
    " s.code AS store_code, s.name AS store_name, s.kind AS store_kind FROM reinspection x"
    " JOIN account i ON i.id = x.inspector JOIN store s ON s.id = x.store",
    search=("s.name", "s.code", "i.pseudonym"),
    columns={"to": SortColumn("window_to"), "store": SortColumn("store_name")},
    usual="to",
    key="x.id",
)
