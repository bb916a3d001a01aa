"""Part of a ranked list: the stores below the line, those that fell, those with a late notice."""

from collections.abc import Callable
from datetime import datetime

from inspection.domain.rankings.ranking_ladder import Ladder
from inspection.domain.rankings.standing import score_of
from inspection.persistence.people.places import Scope
from inspection.persistence.rankings import rankings
from inspection.persistence.rankings.rankings import RankedKey, RankedRow, Window
from inspection.services.messages.reminders import in_time
from inspection.services.rankings.ranking_figures import ladder_of_list
from inspection.services.rankings.ranking_lists import RankingOf
from inspection.services.rankings.ranking_results import Only

FALLEN = 3
"""So many places lost are worth a look."""


async def window_of(
    of: RankingOf, only: Only, window: Window, now: datetime
) -> tuple[RankedRow, ...]:
    """The part of the list in the window, in its order; places are those in the whole list."""
    if only:
        return await rows_in(of, only, window, now)
    return await of.moment.fact(
        ("rows", of.list, window), lambda: rankings.ranked_rows(of.list, window)
    )


async def rows_in(
    of: RankingOf, only: Only, window: Window, now: datetime
) -> tuple[RankedRow, ...]:
    """The same, read anew: a file is too long to be kept in memory."""
    if not only:
        return await rankings.ranked_rows(of.list, window)
    keys = await of.moment.fact(("keys", of.list), lambda: rankings.ranked_keys(of.list))
    fits = await _fitting(of, only, now)
    ordered = keys if window.best_first else reversed(keys)
    chosen = [key.store for key in ordered if _beyond(key, window) and fits(key)][: window.limit]
    rows = await rankings.rows_of(of.list, chosen)
    return rows if window.best_first else tuple(reversed(rows))


async def _fitting(of: RankingOf, only: Only, now: datetime) -> Callable[[RankedKey], bool]:
    if only == "late":
        late = await rankings.late_stores(of.list, now, await in_time(Scope(), now))
        return lambda key: key.store in late
    if only == "below":
        return lambda key: score_of(key.rank_key) < of.line
    ladder = await ladder_of_list(of)
    return lambda key: _fell(ladder, key)


def _fell(ladder: Ladder, key: RankedKey) -> bool:
    moved = ladder.movement(key.rank_key, key.previous_key)
    return moved is not None and moved <= -FALLEN


def _beyond(key: RankedKey, window: Window) -> bool:
    if window.after is None:
        return True
    here, there = _sorted(key.place), _sorted(window.after)
    return here > there if window.best_first else here < there


def _sorted(place: rankings.RankingPlace) -> tuple[int, int, str]:
    return place.rank_key, place.tie_key, place.store_code
