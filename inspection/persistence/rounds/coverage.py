"""Counting the visits of a round: by region and by store. A store that moved counts where the round
goes on counting it.
"""

from datetime import date

import msgspec

from inspection.domain.listing import ListAsked
from inspection.domain.rounds.coverage import NOTHING_DUE, Coverage
from inspection.persistence.listing import ListedRows, Listing, SortColumn, listed
from inspection.persistence.rounds.round_places import JOIN, PLACE
from inspection.persistence.statements import run


class StoreCoverage(msgspec.Struct, frozen=True, kw_only=True):
    """The visits of a round at one store."""

    code: str
    name: str
    kind: str
    done: int
    submitted: int
    returned: int
    open: int
    missed: int
    window_to: date

    @property
    def coverage(self) -> Coverage:
        """The same as it adds up."""
        return Coverage(
            done=self.done,
            submitted=self.submitted,
            returned=self.returned,
            open=self.open,
            missed=self.missed,
        )


async def count_by_region(round_id: str, path: str, today: date) -> dict[str, Coverage]:
    """The visits of a round in a part of the tree, by the node their store lies in."""
    rows = await run(
        f"SELECT {PLACE} AS path, {_COUNTS} FROM {_JOINED} AND {PLACE} LIKE ? GROUP BY {PLACE}",
        *_days(today),
        round_id,
        f"{path}%",
    )
    return {str(row.pop("path")): msgspec.convert(row, Coverage) for row in map(dict, rows)}


async def count_unassigned(round_id: str, within: str, path: str) -> dict[str, Coverage]:
    """Open stores of the round's region and kinds that nobody is sent to, by their node."""
    rows = await run(
        "SELECT s.region_path AS path, count(*) AS unassigned FROM store s"
        " JOIN round_rubric u ON u.store_kind = s.kind AND u.round = ?"
        " WHERE s.state = 'open' AND s.region_path LIKE ? AND s.region_path LIKE ?"
        # Not EXISTS: SQLite would look along a round's ten thousand for every store.
        " AND s.id NOT IN (SELECT a.store FROM assignment a WHERE a.round = ?"
        " AND a.state <> 'cancelled') GROUP BY s.region_path",
        round_id,
        f"{within}%",
        f"{path}%",
        round_id,
    )
    return {str(row["path"]): Coverage(unassigned=int(row["unassigned"])) for row in rows}


async def list_stores(
    round_id: str, node: str, today: date, asked: ListAsked
) -> tuple[tuple[StoreCoverage, ...], ListedRows]:
    """One page of the stores right in a node with their visits, usually the missed ones first."""
    found = await listed(STORES, asked, [("", (*_days(today), round_id, node))])
    rows = msgspec.convert(found.rows, tuple[StoreCoverage, ...], strict=False)
    return rows, found


def merged(counted: dict[str, Coverage], more: dict[str, Coverage]) -> dict[str, Coverage]:
    """Two counts of the same nodes as one."""
    return {
        path: counted.get(path, NOTHING_DUE).plus(more.get(path, NOTHING_DUE))
        for path in (*counted, *(path for path in more if path not in counted))
    }


def _days(today: date) -> tuple[date, ...]:
    return (today,) * 3


_JOINED = (
    f"assignment a JOIN store s ON s.id = a.store{JOIN.format('a.round')}"
    " WHERE a.round = ? AND a.state <> 'cancelled'"
)
_COUNTS = (
    "count(CASE WHEN a.state = 'done' THEN 1 END) AS done,"
    " count(CASE WHEN a.state = 'submitted' THEN 1 END) AS submitted,"
    " count(CASE WHEN a.state = 'returned' AND a.window_to >= ? THEN 1 END) AS returned,"
    " count(CASE WHEN a.state = 'open' AND a.window_to >= ? THEN 1 END) AS open,"
    " count(CASE WHEN a.state IN ('open', 'returned') AND a.window_to < ? THEN 1 END) AS missed"
)
_BY_STORE = (
    f"SELECT s.id, s.code, s.name, s.kind, {_COUNTS},"
    # Days as text: both engines compare them alike, and a cursor can carry them.
    f" CAST(max(a.window_to) AS TEXT) AS window_to FROM {_JOINED} AND {PLACE} = ?"
    " GROUP BY s.id, s.code, s.name, s.kind"
)

STORES = Listing(
    select=(
        "SELECT c.*, CASE WHEN c.missed > 0 THEN '0' ELSE '1' END || c.code AS urgency"
        f" FROM ({_BY_STORE}) c"
    ),
    search=("c.code", "c.name"),
    columns={
        "urgency": SortColumn("urgency"),
        "store": SortColumn("name"),
        "missed": SortColumn("missed", "number"),
        "until": SortColumn("window_to"),
    },
    usual="urgency",
)
