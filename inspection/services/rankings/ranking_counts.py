"""What a round comes to county by county: counted once, and again where something changed."""

from collections.abc import Mapping, Sequence
from typing import TypeVar

from inspection.domain.rankings.ranking_ladder import Ladder, ladder_of
from inspection.persistence.rankings import assigned_stores, ranking_facts, ranking_notices
from inspection.persistence.rankings.assigned_stores import Assigned
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


async def assigned(moment: Moment, of: Stores, digests: Sequence[str]) -> ByCounty[Assigned]:
    """How many stores the round sends somebody to, and how far they are."""
    key = ("assigned", of, tuple(digests))
    return await by_county(moment, key, lambda paths: assigned_stores.assigned(of, digests, paths))


async def noticed(moment: Moment, of: Stores) -> ByCounty[Noticed]:
    """The notices that are written or open."""
    key = ("noticed", of)
    return await by_county(moment, key, lambda paths: ranking_notices.noticed(of, paths))
