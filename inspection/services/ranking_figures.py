"""The figures above a ranking: averages, coverage, stores below the line, open notices."""

from inspection.domain.notice_state import OPEN_STATES
from inspection.domain.points import Hundredths
from inspection.domain.ranking import LINE
from inspection.domain.standing import average
from inspection.persistence import notice_lists, ranking_sums
from inspection.persistence.ranking_sums import Sums
from inspection.services.ranking_lists import RankingOf
from inspection.services.ranking_results import RankingKpis
from inspection.services.tools import Tools

NOTHING = Sums()


async def kpis(tools: Tools, of: RankingOf) -> RankingKpis:
    """The figures for the chosen region."""
    now = await ranking_sums.sums(of.list)
    before = await ranking_sums.sums(of.before) if of.before else NOTHING
    digests = await ranking_sums.digests_of_kind(of.store_kind)
    expected = await ranking_sums.expected(of.round.id, digests, of.scope)
    states = await notice_lists.count_notices(
        of.round.id, of.scope, tools.now(), store_kind=of.store_kind
    )
    opened = [row for row in states if row.state in OPEN_STATES]
    return RankingKpis(
        average=mean_of(now),
        previous_average=mean_of(before),
        scored=now.ranked,
        expected=expected.stores,
        in_review=expected.in_review,
        line=LINE,
        below_line=now.below_line,
        previous_below_line=before.below_line,
        notices=sum(row.notices for row in states),
        open_notices=sum(row.notices for row in opened),
        overdue_notices=sum(row.overdue for row in opened),
    )


def mean_of(found: Sums) -> Hundredths | None:
    """The mean of stores, None when no store is ranked."""
    return average(found.score_sum, found.ranked) if found.ranked else None
