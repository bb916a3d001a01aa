"""What a ranking is counted from, county by county: all of a round, or some counties of it."""

from collections.abc import Sequence

import msgspec

from inspection.domain.rankings.ranking_ladder import CountyKeys, keys_of
from inspection.persistence.packing import numbers, packed
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
    fresh = "CASE WHEN t.previous_key IS NULL THEN t.rank_key END"
    rows = await run(
        # A row per county: ten thousand rows cost more to hand over than to read.
        f"SELECT t.region_path AS path, {packed('t.rank_key')} AS keys, {packed(fresh)} AS fresh,"
        f" {packed('t.previous_key')} AS before FROM standing t WHERE t.round = ?"
        f" AND t.store_kind = ? AND t.rank_key IS NOT NULL{where} GROUP BY t.region_path",
        *(of.round, of.kind, *values),
    )
    return {
        str(row["path"]): keys_of(*(numbers(row[name]) for name in ("keys", "fresh", "before")))
        for row in rows
    }


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


def owned_by(of: Stores, store: str) -> tuple[str, tuple[str, ...]]:
    """What narrows stores to one ownership; begins with AND, or is empty."""
    # A look-up for each row: joining the stores, a planner reads all of them for one county.
    if not of.ownership:
        return "", ()
    return f" AND (SELECT o.ownership FROM store o WHERE o.id = {store}) = ?", (of.ownership,)


def among(column: str, paths: Paths) -> tuple[str, tuple[str, ...]]:
    """What narrows a column to these counties; begins with AND, or is empty."""
    return ("", ()) if paths is None else (f" AND {column} IN ({marks(len(paths))})", tuple(paths))


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
