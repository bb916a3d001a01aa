"""The figures above a ranking: averages, coverage, stores below the line, open notices."""

import msgspec

from inspection.domain.points import ZERO, Hundredths
from inspection.domain.ranking import LINE
from inspection.domain.standing import average
from inspection.persistence import expected_stores, notice_lists, ranking_sums
from inspection.persistence.ranking_sums import Sums
from inspection.services.ranking_lists import RankingOf
from inspection.services.ranking_results import RankingKpis
from inspection.services.tools import Tools

NOTHING = Sums()


class Figures(msgspec.Struct, frozen=True):
    """The figures with what else the same walk told: the best score, and how many rank overall."""

    kpis: RankingKpis
    best: Hundredths
    ranked_overall: int


async def figures(tools: Tools, of: RankingOf) -> Figures:
    """Everything counted over the whole list, for the chosen region."""
    lists = {"now": of.list}
    if of.before is not None:
        lists["before"] = of.before
    if of.scope.path:
        lists["overall"] = of.overall
    line = LINE if of.round.pass_line is None else of.round.pass_line
    found = await ranking_sums.sums(tuple(lists.values()), line)
    sums = dict(zip(lists, found, strict=True))
    now, before = sums["now"], sums.get("before", NOTHING)
    expected = await expected_stores.expected(of.list, of.digests)
    notices = await notice_lists.count_notices(of.round.id, of.scope, tools.now(), of.store_kind)
    kpis = RankingKpis(
        average=mean_of(now),
        previous_average=mean_of(before),
        scored=now.ranked,
        expected=expected.stores,
        in_review=expected.in_review,
        line=line,
        below_line=now.below_line,
        previous_below_line=before.below_line,
        notices=notices.draft + notices.opened,
        open_notices=notices.opened,
        overdue_notices=notices.overdue,
    )
    return Figures(kpis, now.best or ZERO, sums.get("overall", now).ranked)


def mean_of(found: Sums) -> Hundredths | None:
    """The mean of stores, None when no store is ranked."""
    return average(found.score_sum, found.ranked) if found.ranked else None
