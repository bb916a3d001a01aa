"""Figures over a whole ranked list: averages, coverage, what cost most. Read from indexes."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from inspection.domain.points import Hundredths
from inspection.domain.ranking import LINE, ItemLoss
from inspection.domain.standing import BOTTOM, score_of
from inspection.persistence.places import Scope
from inspection.persistence.rankings import RankedList
from inspection.persistence.statements import marks, run


class Sums(msgspec.Struct, frozen=True):
    """Ranked stores, their scores added up, how many are below the line, the score on top."""

    ranked: int = 0
    score_sum: int = 0
    below_line: int = 0
    best: Hundredths | None = None


async def sums(rankings: Sequence[RankedList], line: int = LINE) -> tuple[Sums, ...]:
    """The figures of some lists, in their order, all held against the same line."""
    parts: list[str] = []
    values: list[object] = []
    for number, ranking in enumerate(rankings):
        where, scope = ranking.scope.where_standing("t")
        one = f"FROM standing t WHERE t.round = ? AND t.store_kind = ? AND {{0}}{where}"
        # One walk adds everything up; what is rare is counted along its own stretch of the index.
        parts.append(
            f"SELECT {number} AS number, count(*) AS ranked,"
            f" (SELECT min(t.rank_key) {one.format('t.rank_key IS NOT NULL')}) AS best,"
            " CAST(coalesce(sum(t.rank_key), 0) AS BIGINT) AS keys,"
            f" (SELECT count(*) {one.format(_VETOED)}) AS vetoed,"
            f" (SELECT count(*) {one.format(_below(line))}) AS below_line"
            f" {one.format('t.rank_key IS NOT NULL')}"
        )
        values += (ranking.round, ranking.store_kind, *scope) * 4
    rows = await run(" UNION ALL ".join(parts) + " ORDER BY number", *values)
    return tuple(_sums(row) for row in rows)


async def sums_by_branch(ranking: RankedList) -> dict[str, Sums]:
    """The figures of every branch of a list."""
    return await _grouped(ranking, "t.branch_path")


async def sums_by_county(ranking: RankedList) -> dict[str, Sums]:
    """The figures of every county of a list; stores right below a branch count under its path."""
    return await _grouped(ranking, "t.region_path")


async def item_losses(
    round_id: str, digests: tuple[str, ...], scope: Scope
) -> tuple[ItemLoss, ...]:
    """What each item cost in the published visits of a round."""
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


def _sums(row: Mapping[str, Any]) -> Sums:
    ranked, vetoed, best = int(row["ranked"]), int(row["vetoed"]), row["best"]
    return Sums(
        ranked=ranked,
        # Scores are added up from their keys, which are in the index; the scores are not.
        score_sum=(ranked + vetoed) * BOTTOM - int(row["keys"]),
        below_line=int(row["below_line"]),
        best=None if best is None else score_of(int(best)),
    )


_VETOED = f"t.rank_key > {BOTTOM}"


def _below(line: int) -> str:
    return (
        f"(t.rank_key > {BOTTOM - line} AND t.rank_key <= {BOTTOM}"
        f" OR t.rank_key > {2 * BOTTOM - line})"
    )


_SUMS = (
    "count(*) AS ranked, min(t.rank_key) AS best,"
    " CAST(coalesce(sum(t.rank_key), 0) AS BIGINT) AS keys,"
    f" count(CASE WHEN {_VETOED} THEN 1 END) AS vetoed,"
    f" count(CASE WHEN {_below(LINE)} THEN 1 END) AS below_line"
)
