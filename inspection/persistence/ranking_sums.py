"""Figures over a whole ranked list: averages, coverage, what cost most. Read from indexes."""

from collections.abc import Mapping

import msgspec

from inspection.domain.points import Hundredths
from inspection.domain.ranking import LINE, ItemLoss
from inspection.domain.standing import BOTTOM
from inspection.persistence.places import Scope
from inspection.persistence.rankings import RankedList
from inspection.persistence.statements import marks, run


class Sums(msgspec.Struct, frozen=True):
    """Ranked stores, their scores added up, how many are below the line."""

    ranked: int = 0
    score_sum: int = 0
    below_line: int = 0


class Expected(msgspec.Struct, frozen=True):
    """Stores the round sends somebody to, and those whose visit waits for a decision."""

    stores: int
    in_review: int


class UnrankedRow(msgspec.Struct, frozen=True, kw_only=True):
    """A store of the round without a place. `why` is a reason of the standing, or the state of the
    assignment when nothing is published.
    """

    store: str
    store_code: str
    store_name: str
    store_kind: str
    region_path: str
    why: str
    visits: int = 0
    score: Hundredths | None = None


async def sums(ranking: RankedList) -> Sums:
    """The figures of a list."""
    where, values = ranking.scope.where_standing("t")
    rows = await run(
        f"SELECT {_SUMS} FROM standing t WHERE t.round = ? AND t.store_kind = ?"
        f" AND t.rank_key IS NOT NULL{where}",
        ranking.round,
        ranking.store_kind,
        *values,
    )
    return _sums(rows[0])


async def sums_by_branch(ranking: RankedList) -> dict[str, Sums]:
    """The figures of every branch of a list."""
    return await _grouped(ranking, "t.branch_path")


async def sums_by_county(ranking: RankedList) -> dict[str, Sums]:
    """The figures of every county of a list; stores right below a branch count under its path."""
    return await _grouped(ranking, "t.region_path")


async def digests_of_kind(store_kind: str) -> tuple[str, ...]:
    """Every rubric version for a kind of store. Assignments pin one, which tells their kind."""
    rows = await run(
        "SELECT digest FROM rubric_version WHERE store_kind = ? ORDER BY digest", store_kind
    )
    return tuple(str(row["digest"]) for row in rows)


async def expected(round_id: str, digests: tuple[str, ...], scope: Scope) -> Expected:
    """How many stores the round expects there."""
    if not digests:
        return Expected(0, 0)
    join, where, values = _in_scope(scope)
    one_of = f"a.rubric_version IN ({marks(len(digests))})"
    rows = await run(
        f"SELECT (SELECT count(*) FROM (SELECT DISTINCT a.store FROM assignment a{join}"
        f" WHERE a.round = ? AND {one_of} AND a.state <> 'cancelled'{where}) e) AS stores,"
        f" (SELECT count(DISTINCT a.store) FROM assignment a{join} WHERE a.round = ?"
        f" AND a.state = 'submitted' AND {one_of}{where}) AS in_review",
        *(round_id, *digests, *values),
        *(round_id, *digests, *values),
    )
    return msgspec.convert(rows[0], Expected)


async def expected_by_county(
    round_id: str, digests: tuple[str, ...], scope: Scope
) -> dict[str, int]:
    """How many stores the round expects, by the path of the node right above them."""
    if not digests:
        return {}
    where, values = scope.where("s.region_path")
    rows = await run(
        "SELECT s.region_path AS path, count(DISTINCT a.store) AS n FROM assignment a"
        " JOIN store s ON s.id = a.store WHERE a.round = ?"
        f" AND a.rubric_version IN ({marks(len(digests))}) AND a.state <> 'cancelled'{where}"
        " GROUP BY s.region_path",
        round_id,
        *digests,
        *values,
    )
    return {str(row["path"]): int(row["n"]) for row in rows}


async def unranked_rows(ranking: RankedList, limit: int) -> tuple[UnrankedRow, ...]:
    """Published stores without a place first, then those whose visit waits, then the rest."""
    where, values = ranking.scope.where_standing("t")
    rows = await run(
        f"SELECT t.store, {_STORE}, t.unranked_why AS why, t.visits, t.score FROM standing t"
        " JOIN store s ON s.id = t.store WHERE t.round = ? AND t.store_kind = ?"
        f" AND t.rank_key IS NULL AND t.visits > 0{where} ORDER BY t.store_code LIMIT ?",
        ranking.round,
        ranking.store_kind,
        *values,
        limit,
    )
    found = list(msgspec.convert(rows, tuple[UnrankedRow, ...]))
    for state in ("submitted", "returned", "open"):
        if len(found) < limit:
            found += await _without_result(ranking, state, found, limit)
    return tuple(found[:limit])


async def item_losses(
    round_id: str, digests: tuple[str, ...], scope: Scope
) -> tuple[ItemLoss, ...]:
    """What each item cost in the published visits of a round."""
    if not digests:
        return ()
    where, values = scope.where("v.region_path")
    rows = await run(
        "SELECT va.item, count(*) AS times, CAST(sum(va.lost) AS BIGINT) AS lost FROM visit v"
        " JOIN visit_answer va ON va.visit = v.id AND va.lost > 0 WHERE v.round = ?"
        f" AND v.rubric_version IN ({marks(len(digests))})"
        f" AND v.state IN ('published', 'locked'){where} GROUP BY va.item",
        round_id,
        *digests,
        *values,
    )
    return msgspec.convert(rows, tuple[ItemLoss, ...])


async def _grouped(ranking: RankedList, column: str) -> dict[str, Sums]:
    where, values = ranking.scope.where_standing("t")
    rows = await run(
        f"SELECT {column} AS path, {_SUMS} FROM standing t WHERE t.round = ?"
        f" AND t.store_kind = ? AND t.rank_key IS NOT NULL{where} GROUP BY {column}",
        ranking.round,
        ranking.store_kind,
        *values,
    )
    return {str(row["path"]): _sums(row) for row in rows}


async def _without_result(
    ranking: RankedList, state: str, known: list[UnrankedRow], limit: int
) -> list[UnrankedRow]:
    where, values = ranking.scope.where("s.region_path")
    rows = await run(
        f"SELECT a.store, {_STORE}, a.state AS why FROM assignment a"
        " JOIN store s ON s.id = a.store LEFT JOIN standing t"
        " ON t.round = a.round AND t.store = a.store AND t.visits > 0"
        " WHERE a.round = ? AND a.state = ? AND s.kind = ? AND t.id IS NULL"
        f"{where} ORDER BY a.store LIMIT ?",
        ranking.round,
        state,
        ranking.store_kind,
        *values,
        limit + len(known),
    )
    stores = {row.store for row in known}
    # A store may have several assignments of one round: it is listed once.
    found = {row.store: row for row in msgspec.convert(rows, tuple[UnrankedRow, ...])}
    return [row for store, row in found.items() if store not in stores]


def _in_scope(scope: Scope) -> tuple[str, str, tuple[str, ...]]:
    where, values = scope.where("s.region_path")
    return (" JOIN store s ON s.id = a.store" if where else ""), where, values


def _sums(row: Mapping[str, object]) -> Sums:
    return Sums(
        int(str(row["ranked"])),
        # Scores are added up from their keys, which are in the index; the scores are not.
        int(str(row["bottoms"])) - int(str(row["keys"])),
        int(str(row["below_line"])),
    )


_STORE = "s.code AS store_code, s.name AS store_name, s.kind AS store_kind, s.region_path"

_SUMS = (
    "count(*) AS ranked, CAST(coalesce(sum(t.rank_key), 0) AS BIGINT) AS keys,"
    f" CAST(coalesce(sum(CASE WHEN t.rank_key > {BOTTOM} THEN {2 * BOTTOM} ELSE {BOTTOM} END), 0)"
    " AS BIGINT) AS bottoms,"
    f" count(CASE WHEN (t.rank_key > {BOTTOM - LINE} AND t.rank_key <= {BOTTOM})"
    f" OR t.rank_key > {2 * BOTTOM - LINE} THEN 1 END) AS below_line"
)
