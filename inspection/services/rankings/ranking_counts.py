"""What a round comes to county by county: counted once, and again where something changed."""

from collections.abc import Mapping, Sequence
from typing import TypeVar

from inspection.domain.rankings.ranking_ladder import Ladder, ladder_of
from inspection.persistence.rankings import ranking_facts, ranking_notices
from inspection.persistence.rankings.ranking_facts import Stores
from inspection.persistence.rankings.ranking_notices import Noticed
from inspection.services.rankings.kept_figures import Moment, Paths, by_county, listed

T = TypeVar("T")
ByCounty = Mapping[str, T]


async def ladder(moment: Moment, of: Stores) -> Ladder:
    """The place keys of everybody ranked."""

    async def fold(old: Ladder | None, paths: Paths | None) -> Ladder:
        counties = await ranking_facts.county_keys(of, listed(paths))
        if old is None or paths is None:
            return ladder_of(counties)
        return old.replaced(paths, counties)

    return await moment.counted(("ladder", of), fold)


async def expected(moment: Moment, of: Stores, digests: Sequence[str]) -> ByCounty[int]:
    """How many stores the round sends somebody to."""
    key = ("expected", of, tuple(digests))
    return await by_county(moment, key, lambda paths: ranking_facts.expected(of, digests, paths))


async def waiting(moment: Moment, of: Stores) -> ByCounty[int]:
    """How many stores have a visit that waits for a decision."""
    return await by_county(moment, ("waiting", of), lambda paths: ranking_facts.waiting(of, paths))


async def noticed(moment: Moment, of: Stores) -> ByCounty[Noticed]:
    """The notices that are written or open."""
    key = ("noticed", of)
    return await by_county(moment, key, lambda paths: ranking_notices.noticed(of, paths))
