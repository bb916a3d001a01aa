"""Keeping standings true: recomputed from all published visits whenever one of them changes."""

from datetime import datetime

from inspection.domain.rankings.standing import figures, retied, tie_key
from inspection.persistence.engine import tx
from inspection.persistence.rankings import standings
from inspection.persistence.rankings.standings import Before
from inspection.persistence.rankings.tallies import hold_tallies, unreckoned
from inspection.services.rankings.tallies import refresh_tallies


async def refresh_standing(round_id: str, store: str, at: datetime) -> None:
    """Recompute the store's standing in the round, and what later rounds compare with it. Belongs
    into the transaction that published, corrected or withdrew a visit.
    """
    tally = await hold_tallies(round_id, store)
    of = await standings.lock_standing(round_id, store, at)
    results = await standings.published_results(round_id, store)
    found = figures(results, of.min_visits, pilot=of.pilot)
    before = await standings.result_of(of.previous, store) if of.previous else Before()
    await standings.write_standing(of, found, before, tie_key(found, before.score), at)
    await refresh_tallies(tally, of, found)
    mine = Before(found.rank_key, found.shown_score)
    for follower in await standings.lock_followers(round_id, store):
        key = retied(follower.tie_key, follower.score, mine.score)
        await standings.write_follower(follower, mine, key)


async def reckon_rest(at: datetime, most: int) -> int:
    """Add up standings from before there were tallies, at most so many; how many there were."""
    found = await unreckoned(most)
    for round_id, store in found:
        async with tx():
            await refresh_standing(round_id, store, at)
    return len(found)
