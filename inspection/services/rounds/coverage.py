"""Coverage of a round (应巡, 实巡, 漏巡), drilled down from the region to the store."""

import msgspec

from inspection.domain.access import Action, Actor
from inspection.domain.listing import ListAsked
from inspection.domain.org.region_path import lies_in, upwards
from inspection.domain.refusals import NotFound
from inspection.domain.rounds.coverage import Coverage, below, today, total
from inspection.domain.rounds.round import RoundState
from inspection.domain.rubrics.rubric import Text
from inspection.persistence.engine import read_tx
from inspection.persistence.people import places
from inspection.persistence.rounds import coverage as counting
from inspection.persistence.rounds import round_places
from inspection.persistence.rounds.coverage import StoreCoverage, merged
from inspection.persistence.rounds.plans import RoundEntry
from inspection.services.people.places import Map, RegionLabel, map_of, region_label
from inspection.services.reach import scope_of
from inspection.services.rounds.round_access import seen_round
from inspection.services.tools import Tools

FIRST = ListAsked()


class RegionCoverage(msgspec.Struct, frozen=True, kw_only=True):
    """A node of the tree with what is counted in it."""

    path: str
    name: Text
    coverage: Coverage


class CoverageOf(msgspec.Struct, frozen=True, kw_only=True):
    """The coverage of a round in a part of the tree: the whole, the nodes below, and a page of the
    stores that lie right in the node. `way` leads down to it from the caller's own region.
    """

    round: RoundEntry
    region: RegionLabel
    way: tuple[tuple[str, Text], ...]
    whole: Coverage
    regions: tuple[RegionCoverage, ...]
    stores: tuple[StoreCoverage, ...] = ()
    total: int = 0
    sort: str = ""
    next_cursor: str | None = None


async def coverage_of(
    tools: Tools, actor: Actor, code: str, region: str = "", asked: ListAsked = FIRST
) -> CoverageOf:
    """The coverage of a round the caller may see. Raises NotAllowed, NotFound or CursorRefused."""
    async with read_tx():
        found = await seen_round(actor, code)
        path = scope_of(actor, Action.ROUND_READ, region).path
        node = await places.find_region(path)
        if node is None:
            raise NotFound(noun="region")
        path = await _path_then(actor, found, path)
        counted = await _counted(tools, found, path)
        by_node = below(counted, path)
        names = await map_of([*by_node, path])
        shown = CoverageOf(
            round=found,
            region=region_label(node[0]),
            way=tuple((above, names.name(above)) for above in _way(actor, path)),
            whole=total(counted),
            regions=_regions(by_node, path, names),
        )
        return await _with_stores(tools, shown, path, asked) if path in by_node else shown


async def _with_stores(tools: Tools, shown: CoverageOf, path: str, asked: ListAsked) -> CoverageOf:
    day = today(tools.now())
    stores, page = await counting.list_stores(shown.round.id, path, day, asked)
    return msgspec.structs.replace(
        shown, stores=stores, total=page.total, sort=page.sort, next_cursor=page.next_cursor
    )


async def round_coverage(tools: Tools, actor: Actor, found: RoundEntry) -> Coverage:
    """The coverage of a round in the caller's part of the tree."""
    return total(await _counted(tools, found, actor.region_path))


async def _counted(tools: Tools, found: RoundEntry, path: str) -> dict[str, Coverage]:
    counted = await counting.count_by_region(found.id, path, today(tools.now()))
    if found.state != RoundState.OPEN:
        return counted
    return merged(counted, await counting.count_unassigned(found.id, found.region_path, path))


def _regions(by_node: dict[str, Coverage], path: str, names: Map) -> tuple[RegionCoverage, ...]:
    return tuple(
        RegionCoverage(path=node, name=names.name(node), coverage=coverage)
        for node, coverage in sorted(by_node.items())
        if node != path
    )


def _way(actor: Actor, path: str) -> tuple[str, ...]:
    return tuple(above for above in upwards(path) if lies_in(above, actor.region_path))


async def _path_then(actor: Actor, found: RoundEntry, path: str) -> str:
    """Where the round counts the region, as far as the caller may look there."""
    then = await round_places.path_then(found.id, path)
    return then if lies_in(then, actor.region_path) else path
