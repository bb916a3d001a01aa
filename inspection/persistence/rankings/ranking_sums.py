"""Figures over a whole ranked list, read from indexes inside the transaction that changes it."""

from collections.abc import Mapping, Sequence
from typing import Any

from inspection.domain.rankings.ranking import LINE
from inspection.domain.rankings.ranking_ladder import Sums
from inspection.domain.rankings.standing import BOTTOM, score_of
from inspection.persistence.rankings.rankings import RankedList
from inspection.persistence.statements import run


async def sums(rankings: Sequence[RankedList], line: int = LINE) -> tuple[Sums, ...]:
    """The figures of some lists, in their order, all held against the same line."""
    parts: list[str] = []
    values: list[object] = []
    for number, ranking in enumerate(rankings):
        where, scope = ranking.narrowed()
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
