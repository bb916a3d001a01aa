"""The figures above a ranking: averages, coverage, stores below the line, open notices."""

from bisect import bisect_left
from datetime import datetime

import msgspec

from inspection.domain.points import ZERO, Hundredths
from inspection.domain.rankings.ranking_ladder import CountyKeys, Ladder, Sums, passed_of, sums_of
from inspection.domain.rankings.standing import average
from inspection.persistence.people.places import Scope
from inspection.persistence.rankings.assigned_stores import Assigned
from inspection.persistence.rankings.ranking_notices import Noticed
from inspection.services.rankings import ranking_counts
from inspection.services.rankings.ranking_lists import RankingOf
from inspection.services.rankings.ranking_results import RankingKpis
from inspection.services.tools import Tools

NOTHING = Sums()


class Figures(msgspec.Struct, frozen=True):
    """The figures with what else the same walk told: the best score, how many rank overall, and
    where the stores of the chosen region are that the round sends somebody to.
    """

    kpis: RankingKpis
    best: Hundredths
    ranked_overall: int
    assigned: Assigned


async def figures(tools: Tools, of: RankingOf) -> Figures:
    """Everything counted over the whole list, for the chosen region."""
    line = of.line
    listed = await ladder_of_list(of)
    now = sums_in(listed, of.scope, line)
    before = NOTHING
    if of.previous is not None:
        earlier = await ranking_counts.ladder(of.moment, of.stores_of(of.previous))
        before = sums_in(earlier, of.scope, line)
    assigned = await _assigned_in(of)
    notices = await notices_in(of)
    kpis = RankingKpis(
        average=mean_of(now),
        previous_average=mean_of(before),
        scored=now.ranked,
        expected=assigned.expected,
        in_review=assigned.submitted,
        line=line,
        passed=passed_of(_counties(listed, of.scope), line),
        below_line=now.below_line,
        previous_below_line=before.below_line,
        notices=sum(county.drafts + county.opened for county in notices),
        open_notices=sum(county.opened for county in notices),
        overdue_notices=overdue(notices, tools.now()),
    )
    return Figures(kpis, now.best or ZERO, len(listed.whole.keys), assigned)


async def ladder_of_list(of: RankingOf) -> Ladder:
    """Everybody ranked in the round, whatever part of it is looked at."""
    return await ranking_counts.ladder(of.moment, of.stores)


async def notices_in(of: RankingOf) -> tuple[Noticed, ...]:
    """The notices of the list, county by county."""
    found = await ranking_counts.noticed(of.moment, of.stores)
    return tuple(county for path, county in found.items() if of.scope.holds(path))


def overdue(notices: tuple[Noticed, ...], now: datetime) -> int:
    """How many of them are past their first deadline."""
    return sum(bisect_left(county.due, now) for county in notices)


def sums_in(ladder: Ladder, scope: Scope, line: int) -> Sums:
    """The figures of a part of the tree."""
    return sums_of(_counties(ladder, scope), line)


def mean_of(found: Sums) -> Hundredths | None:
    """The mean of stores, None when no store is ranked."""
    return average(found.score_sum, found.ranked) if found.ranked else None


def _counties(ladder: Ladder, scope: Scope) -> tuple[CountyKeys, ...]:
    return ladder.within(scope.holds) if scope.path else (ladder.whole,)


async def _assigned_in(of: RankingOf) -> Assigned:
    found = await ranking_counts.assigned(of.moment, of.stores, of.digests)
    here = [stores for path, stores in found.items() if of.scope.holds(path)]
    return Assigned(
        expected=sum(stores.expected for stores in here),
        submitted=sum(stores.submitted for stores in here),
        returned=sum(stores.returned for stores in here),
        open=sum(stores.open for stores in here),
    )
