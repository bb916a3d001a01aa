"""What a ranking is counted from, county by county: all of a round, or some counties of it."""

from collections.abc import Sequence

import msgspec

from inspection.domain.rankings.ranking_ladder import CountyKeys, keys_of
from inspection.persistence.packing import numbers, packed, texts
from inspection.persistence.rounds.round_places import JOIN, PLACE
from inspection.persistence.statements import marks, run

Paths = Sequence[str] | None
"""The counties to read; None for all of them."""


class Stores(msgspec.Struct, frozen=True):
    """Whose figures: the stores of a kind in a round, of one ownership or of all."""

    round: str
    kind: str
    ownership: str = ""


async def county_keys(of: Stores, paths: Paths) -> dict[str, CountyKeys]:
    """The place keys of the ranked stores."""
    where, values = standing_where(of, paths)
    known = "CASE WHEN t.previous_key IS NOT NULL THEN t.rank_key END"
    rows = await run(
        # A row per county: ten thousand rows cost more to hand over than to read.
        f"SELECT t.region_path AS path, {packed('t.rank_key')} AS keys, {packed(known)} AS known,"
        f" {packed('t.previous_key')} AS before FROM standing t WHERE t.round = ?"
        f" AND t.store_kind = ? AND t.rank_key IS NOT NULL{where} GROUP BY t.region_path",
        *(of.round, of.kind, *values),
    )
    return {
        str(row["path"]): keys_of(*(numbers(row[name]) for name in ("keys", "known", "before")))
        for row in rows
    }


async def expected(of: Stores, digests: Sequence[str], paths: Paths) -> dict[str, int]:
    """How many stores the round sends somebody to. Assignments pin a rubric version, which tells
    the kind of store.
    """
    pinned = f"a.rubric_version IN ({marks(len(digests))}) AND a.state <> 'cancelled'"
    if paths is not None:
        return await _counted(of, (pinned, digests), paths)
    sent = await run(
        f"SELECT {packed('a.store')} AS stores FROM assignment a WHERE a.round = ? AND {pinned}",
        *(of.round, *digests),
    )
    wanted = frozenset(texts(sent[0]["stores"]))
    return {
        path: number
        for path, stores in (await _stores_by_county(of)).items()
        if (number := len(wanted.intersection(stores)))
    }


async def _stores_by_county(of: Stores) -> dict[str, list[str]]:
    owned, own = _owned_stores(of)
    moved = "SELECT p.store FROM round_place p WHERE p.round = ?"
    rows = await run(
        f"SELECT s.region_path AS path, {packed('s.id')} AS stores FROM store s WHERE s.kind = ?"
        f"{owned} AND s.id NOT IN ({moved}) GROUP BY s.region_path UNION ALL"
        f" SELECT p.region_path, {packed('s.id')} FROM round_place p"
        f" JOIN store s ON s.id = p.store AND s.kind = ?{owned} WHERE p.round = ?"
        " GROUP BY p.region_path",
        *(of.kind, *own, of.round, of.kind, *own, of.round),
    )
    found: dict[str, list[str]] = {}
    for row in rows:
        found.setdefault(str(row["path"]), []).extend(texts(row["stores"]))
    return found


async def waiting(of: Stores, paths: Paths) -> dict[str, int]:
    """How many stores have a visit that waits for a decision."""
    return await _counted(of, ("a.state = 'submitted'", ()), paths)


def standing_where(of: Stores, paths: Paths) -> tuple[str, tuple[str, ...]]:
    """What narrows the standings `t` of the round and kind; begins with AND, or is empty."""
    where, values = among("t.region_path", paths)
    if not of.ownership:
        return where, values
    return f"{where} AND t.ownership = ?", (*values, of.ownership)


async def paths_touched(table: str, ids: Sequence[str]) -> frozenset[str]:
    """Every county that any round counts the stores in which these rows of a table belong to."""
    stores = f"SELECT x.store FROM {_OF[table]} IN ({marks(len(ids))})"
    rows = await run(
        " UNION ".join(f"SELECT region_path AS path FROM {held} IN ({stores})" for held in _PATHS),
        *(tuple(ids) * len(_PATHS)),
    )
    return frozenset(str(row["path"]) for row in rows)


async def _counted(of: Stores, wanted: tuple[str, Sequence[str]], paths: Paths) -> dict[str, int]:
    if paths is None:
        owned, own = _owned_stores(of)
        condition, values = wanted[0] + owned, (*wanted[1], *own)
        rows = await run(
            f"SELECT {PLACE} AS path, count(DISTINCT a.store) AS n FROM assignment a"
            f" JOIN store s ON s.id = a.store{JOIN.format('a.round')} WHERE a.round = ?"
            f" AND s.kind = ? AND {condition} GROUP BY {PLACE}",
            *(of.round, of.kind, *values),
        )
    else:
        here = marks(len(paths))
        owned, own = owned_by(of, "a.store")
        condition, values = wanted[0] + owned, (*wanted[1], *own)
        rows = await run(
            # One look-up per store, which a bare EXISTS leaves to the planner.
            f"SELECT e.path, count(*) AS n FROM ({_STORES.format(here)}) e WHERE (SELECT 1"
            f" FROM assignment a WHERE a.round = ? AND {condition} AND a.store = e.id LIMIT 1)"
            " IS NOT NULL GROUP BY e.path",
            *(of.kind, *paths, of.round, of.round, of.kind, *paths, of.round, *values),
        )
    return {str(row["path"]): int(row["n"]) for row in rows}


def owned_by(of: Stores, store: str) -> tuple[str, tuple[str, ...]]:
    """What narrows stores to one ownership; begins with AND, or is empty."""
    # A look-up for each row: joining the stores, a planner reads all of them for one county.
    if not of.ownership:
        return "", ()
    return f" AND (SELECT o.ownership FROM store o WHERE o.id = {store}) = ?", (of.ownership,)


def _owned_stores(of: Stores) -> tuple[str, tuple[str, ...]]:
    return (" AND s.ownership = ?", (of.ownership,)) if of.ownership else ("", ())


def among(column: str, paths: Paths) -> tuple[str, tuple[str, ...]]:
    """What narrows a column to these counties; begins with AND, or is empty."""
    return ("", ()) if paths is None else (f" AND {column} IN ({marks(len(paths))})", tuple(paths))


_STORES = (
    "SELECT s.id, s.region_path AS path FROM store s WHERE s.kind = ? AND s.region_path IN ({0})"
    " AND NOT EXISTS (SELECT 1 FROM round_place p WHERE p.round = ? AND p.store = s.id)"
    " UNION ALL SELECT s.id, p.region_path FROM round_place p JOIN store s ON s.id = p.store"
    " WHERE p.round = ? AND s.kind = ? AND p.region_path IN ({0})"
)
"""Stores the round counts in some counties: those that are there, and those that were."""

_OF = {
    **{
        table: f"{table} x WHERE x.id"
        for table in ("visit", "assignment", "notice", "appeal", "reinspection")
    },
    "notice_line": "notice_line l JOIN notice x ON x.id = l.notice WHERE l.id",
    "line_extension": (
        "line_extension e JOIN notice_line l ON l.id = e.line JOIN notice x ON x.id = l.notice"
        " WHERE e.id"
    ),
}
_PATHS = (
    "store WHERE id",
    "round_place WHERE store",
    "standing WHERE store",
    "notice WHERE store",
)
