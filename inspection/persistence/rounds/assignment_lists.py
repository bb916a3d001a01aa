"""The assignments of a round as those who plan see them. Inspectors are their pseudonyms."""

from collections.abc import Sequence
from datetime import date

import msgspec

from inspection.domain.listing import ListAsked
from inspection.domain.rounds.assignment import AssignmentState
from inspection.persistence.listing import Listing, SortColumn, listed
from inspection.persistence.searching import Condition
from inspection.persistence.statements import marks, run

MISSED = "missed"
"""Neither made nor made good when the window ended; not a state, but looked for like one."""


class AssignmentInList(msgspec.Struct, frozen=True, kw_only=True):
    """One assignment in the list."""

    id: str
    state: AssignmentState
    window_from: date
    window_to: date
    cancelled_why: str
    inspector: str
    pseudonym: str
    store_code: str
    store_name: str
    store_kind: str
    region_path: str
    replaces: str | None


class AssignmentRows(msgspec.Struct, frozen=True, kw_only=True):
    """A page of assignments, how many there are, the order, where the next page begins."""

    rows: tuple[AssignmentInList, ...]
    total: int
    sort: str
    next_cursor: str | None


class AssignmentsWanted(msgspec.Struct, frozen=True, kw_only=True):
    """Which assignments of a round: in a part of the tree (empty: everywhere), in a state or
    "missed", of somebody.
    """

    round: str
    path: str
    state: str
    inspector: str
    today: date


class InspectorChoice(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who can be sent, by pseudonym."""

    id: str
    pseudonym: str


ASSIGNMENTS = Listing(
    select="SELECT a.id, a.state, CAST(a.window_from AS TEXT) AS window_from,"
    " CAST(a.window_to AS TEXT) AS window_to, a.cancelled_why, a.inspector, i.pseudonym,"
    " s.code AS store_code, s.name AS store_name, s.kind AS store_kind, s.region_path, a.replaces"
    " FROM assignment a JOIN store s ON s.id = a.store JOIN account i ON i.id = a.inspector",
    search=("s.code", "s.name", "i.pseudonym"),
    columns={
        "store": SortColumn("store_code"),
        "name": SortColumn("store_name"),
        "region": SortColumn("region_path"),
        "inspector": SortColumn("pseudonym"),
        "to": SortColumn("window_to"),
        "state": SortColumn("state"),
    },
    usual="store",
)


async def list_assignments(asked: ListAsked, wanted: AssignmentsWanted) -> AssignmentRows:
    """One page of them."""
    found = await listed(ASSIGNMENTS, asked, _conditions(wanted))
    return AssignmentRows(
        rows=msgspec.convert(found.rows, tuple[AssignmentInList, ...], strict=False),
        total=found.total,
        sort=found.sort,
        next_cursor=found.next_cursor,
    )


async def count_by_state(round_id: str, path: str, today: date) -> dict[str, int]:
    """How many assignments of a round are in each state there, and how many were missed."""
    here = " JOIN store s ON s.id = a.store AND s.region_path LIKE ?" if path else ""
    rows = await run(
        "SELECT a.state, count(*) AS n, count(CASE WHEN a.state IN ('open', 'returned')"
        f" AND a.window_to < ? THEN 1 END) AS missed FROM assignment a{here} WHERE a.round = ?"
        " GROUP BY a.state",
        today,
        *((f"{path}%",) if path else ()),
        round_id,
    )
    counts = {str(row["state"]): int(row["n"]) for row in rows}
    return counts | {MISSED: sum(int(row["missed"]) for row in rows)}


async def begun_drafts(assignments: Sequence[str]) -> frozenset[str]:
    """Which of these assignments somebody has begun to fill in, as far as the server knows."""
    if not assignments:
        return frozenset()
    rows = await run(
        "SELECT DISTINCT d.assignment FROM draft d JOIN draft_copy c ON c.visit_id = d.visit_id"
        f" WHERE c.discarded_at IS NULL AND d.assignment IN ({marks(len(assignments))})",
        *assignments,
    )
    return frozenset(str(row["assignment"]) for row in rows)


async def inspectors_to_send() -> tuple[InspectorChoice, ...]:
    """Every inspector with an account in use, by pseudonym."""
    rows = await run(
        "SELECT id, pseudonym FROM account WHERE role = 'inspector' AND disabled_at IS NULL"
        " ORDER BY pseudonym, id"
    )
    return msgspec.convert(rows, tuple[InspectorChoice, ...])


def _conditions(wanted: AssignmentsWanted) -> list[Condition]:
    found: list[Condition] = [
        (" AND a.round = ?", (wanted.round,)),
    ]
    if wanted.path:
        found.append((" AND s.region_path LIKE ?", (f"{wanted.path}%",)))
    if wanted.state == MISSED:
        missed = " AND a.state IN ('open', 'returned') AND a.window_to < ?"
        found.append((missed, (wanted.today,)))
    elif wanted.state:
        found.append((" AND a.state = ?", (wanted.state,)))
    if wanted.inspector:
        found.append((" AND a.inspector = ?", (wanted.inspector,)))
    return found
