"""Where a store stands in its list just now, and how many others stand in a stretch of it."""

from inspection.domain.appeals.appeal_effect import StandsAt
from inspection.persistence.rankings import ranking_sums, rankings
from inspection.persistence.rankings.rankings import RankedList
from inspection.persistence.statements import run


async def stands_at(ranking: RankedList, store: str) -> StandsAt:
    """The store's place and the figures of the list."""
    rows = await run(
        "SELECT rank_key FROM standing WHERE round = ? AND store = ?", ranking.round, store
    )
    key = rows[0]["rank_key"] if rows else None
    found = await rankings.places_in(ranking, () if key is None else (key,))
    (sums,) = await ranking_sums.sums((ranking,))
    return StandsAt(
        key=key,
        place=None if key is None else found[key],
        ranked=sums.ranked,
        score_sum=sums.score_sum,
    )


async def others_between(ranking: RankedList, store: str, keys: range) -> int:
    """How many other stores have a key in the stretch."""
    if not keys:
        return 0
    rows = await run(
        "SELECT count(*) AS n FROM standing WHERE round = ? AND store_kind = ? AND store <> ?"
        " AND rank_key >= ? AND rank_key < ?",
        ranking.round,
        ranking.store_kind,
        store,
        keys.start,
        keys.stop,
    )
    return int(rows[0]["n"])
