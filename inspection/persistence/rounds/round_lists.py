"""The list of rounds: searched, sorted, by state, in one part of the tree."""

from datetime import date

import msgspec

from inspection.domain.listing import ListAsked
from inspection.domain.org.region_path import top_of
from inspection.domain.rounds.round import RoundState
from inspection.persistence.listing import Listing, SortColumn, listed
from inspection.persistence.people.places import root_path, touching
from inspection.persistence.searching import Condition
from inspection.persistence.statements import marks, run


class ListedRoundRow(msgspec.Struct, frozen=True, kw_only=True):
    """A round in the list."""

    id: str
    code: str
    name_zh: str
    name_en: str
    theme_zh: str
    theme_en: str
    visit_kind: str
    starts_on: date
    ends_on: date
    state: RoundState
    pilot: bool
    region_path: str


class RoundRows(msgspec.Struct, frozen=True, kw_only=True):
    """A page of rounds, how many there are, the order, where the next page begins."""

    rows: tuple[ListedRoundRow, ...]
    total: int
    sort: str
    next_cursor: str | None


class Made(msgspec.Struct, frozen=True, kw_only=True):
    """Visits a round still wants, and those of them that were made."""

    due: int = 0
    done: int = 0


_STORES = "SELECT s.id FROM store s WHERE s.region_path LIKE ?"
_DISCARDED = RoundState.DISCARDED.value

ROUNDS = Listing(
    # Days as text: both engines compare them alike, and a cursor can carry them.
    select="SELECT r.id, r.code, r.name_zh, r.name_en, r.theme_zh, r.theme_en, r.visit_kind,"
    " CAST(r.starts_on AS TEXT) AS starts_on, CAST(r.ends_on AS TEXT) AS ends_on, r.state,"
    " r.pilot, r.region_path FROM round r",
    search=("r.code", "r.name_zh", "r.name_en", "r.theme_zh", "r.theme_en"),
    columns={
        "code": SortColumn("code"),
        "name": SortColumn("name_zh"),
        "from": SortColumn("starts_on"),
        "to": SortColumn("ends_on"),
    },
    usual="-from",
)


async def list_rounds(asked: ListAsked, path: str, state: str) -> RoundRows:
    """One page of the rounds that touch a part of the tree; an empty state means all but those
    that were discarded.
    """
    wanted = (" AND r.state = ?", (state,)) if state else (" AND r.state <> ?", (_DISCARDED,))
    conditions = [_here(path), wanted]
    found = await listed(ROUNDS, asked, conditions)
    return RoundRows(
        rows=msgspec.convert(found.rows, tuple[ListedRoundRow, ...], strict=False),
        total=found.total,
        sort=found.sort,
        next_cursor=found.next_cursor,
    )


async def count_awaiting(path: str, account: str) -> int:
    """How many rounds below a path wait for a decision this account may make: none it wrote. A
    round without a region is everywhere, and the affair of those who have the whole.
    """
    rows = await run(
        "SELECT count(*) AS n FROM round WHERE state = ? AND authors NOT LIKE ?"
        " AND (region_path LIKE ? OR region_path = ?)",
        RoundState.SUBMITTED.value,
        f'%"{account}"%',
        f"{path}%",
        "" if path == top_of(path) else path,
    )
    return int(rows[0]["n"])


async def count_by_state(path: str) -> dict[str, int]:
    """How many rounds that touch a part of the tree are in each state."""
    condition, values = _here(path)
    rows = await run(
        f"SELECT r.state, count(*) AS n FROM round r WHERE 1 = 1{condition} GROUP BY r.state",
        *values,
    )
    return {str(row["state"]): int(row["n"]) for row in rows}


async def count_decisions(path: str) -> dict[str, int]:
    """How often rounds that touch a part of the tree were approved, and how often vetoed."""
    condition, values = _here(path)
    rows = await run(
        "SELECT d.decision, count(*) AS n FROM round_decision d JOIN round r ON r.id = d.round"
        f" WHERE 1 = 1{condition} GROUP BY d.decision",
        *values,
    )
    return {str(row["decision"]): int(row["n"]) for row in rows}


async def visits_made(rounds: tuple[str, ...], path: str) -> dict[str, Made]:
    """What each of these rounds wants at the stores of a part of the tree, and what was made."""
    if not rounds:
        return {}
    # Stores of the part, looked up once: joined, each would be for each of its visits.
    here = (
        f" AND CASE WHEN p.store IS NULL THEN a.store IN ({_STORES}) ELSE p.region_path LIKE ? END",
        (f"{path}%", f"{path}%"),
    )
    condition, values = ("", ()) if path == await root_path() else here
    rows = await run(
        "SELECT a.round, count(*) AS due,"
        " count(CASE WHEN a.state IN ('submitted', 'done') THEN 1 END) AS done"
        " FROM assignment a LEFT JOIN round_place p ON p.round = a.round AND p.store = a.store"
        f" WHERE a.round IN ({marks(len(rounds))}) AND a.state <> 'cancelled'{condition}"
        " GROUP BY a.round",
        *rounds,
        *values,
    )
    return {str(row["round"]): Made(due=int(row["due"]), done=int(row["done"])) for row in rows}


def _here(path: str) -> Condition:
    condition, values = touching(path, "r.region_path")
    return f" AND {condition}", values
