"""Keeping standings true: recomputed from all published visits whenever one of them changes."""

from datetime import datetime

from inspection.domain.standing import figures, retied, tie_key
from inspection.persistence import standings
from inspection.persistence.standings import Before


async def refresh_standing(round_id: str, store: str, at: datetime) -> None:
    """Recompute the store's standing in the round, and what later rounds compare with it. Belongs
    into the transaction that published, corrected or withdrew a visit.
    """
    of = await standings.lock_standing(round_id, store, at)
    results = await standings.published_results(round_id, store)
    found = figures(results, of.min_visits, pilot=of.pilot)
    before = await standings.result_of(of.previous, store) if of.previous else Before()
    await standings.write_standing(of, found, before, tie_key(found, before.score), at)
    mine = Before(found.rank_key, found.shown_score)
    for follower in await standings.lock_followers(round_id, store):
        key = retied(follower.tie_key, follower.score, mine.score)
        await standings.write_follower(follower, mine, key)
