"""Scores of a list and how often each was got; stores that fall."""

from collections.abc import Sequence

import msgspec

from inspection.domain.points import Hundredths
from inspection.persistence.rankings.ranking_facts import Stores, standing_where
from inspection.persistence.rankings.rankings import RankedList
from inspection.persistence.statements import run


class FallingRow(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A store that scored less than before; `earlier` is what it had in the round before that."""

    code: str
    name: str
    store_kind: str
    region_path: str
    score: Hundredths
    previous: Hundredths
    earlier: Hundredths | None


async def score_counts(wanted: RankedList) -> dict[int, int]:
    """How many ranked stores got each score."""
    where, values = wanted.where()
    rows = await run(
        f"SELECT t.score, count(*) AS n FROM standing t WHERE {where} AND t.rank_key IS NOT NULL"
        " GROUP BY t.score",
        *values,
    )
    return {int(row["score"]): int(row["n"]) for row in rows}


async def falling(
    of: Stores, previous: str, steep: int, paths: Sequence[str] | None
) -> tuple[FallingRow, ...]:
    """Ranked stores that lost at least `steep` since the round before, or lost ground in both of
    the last two rounds; of these counties or of all.
    """
    where, values = standing_where(of, paths)
    rows = await run(
        "SELECT t.store_code AS code, s.name, t.store_kind, t.region_path, t.score,"
        " t.previous_score AS previous, b.previous_score AS earlier"
        " FROM standing t JOIN store s ON s.id = t.store"
        " LEFT JOIN standing b ON b.round = ? AND b.store = t.store AND b.rank_key IS NOT NULL"
        " AND b.previous_key IS NOT NULL"
        f" WHERE t.round = ? AND t.store_kind = ?{where} AND t.rank_key IS NOT NULL"
        " AND t.previous_key IS NOT NULL AND t.score < t.previous_score"
        " AND (t.previous_score - t.score >= ? OR b.score < b.previous_score)",
        *(previous, of.round, of.kind, *values, steep),
    )
    return msgspec.convert(rows, tuple[FallingRow, ...])
