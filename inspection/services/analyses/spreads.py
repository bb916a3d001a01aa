"""How the scores of a round are spread, and which stores fall: the early warning."""

import msgspec

from inspection.domain.access import Actor
from inspection.domain.analyses.spread import Spread, spread
from inspection.domain.points import Hundredths
from inspection.persistence.analyses import spreads
from inspection.persistence.analyses.spreads import FallingRow
from inspection.persistence.engine import read_tx
from inspection.services.analyses.analysis_frames import Frame, frame_of
from inspection.services.people.places import StoreLabel, map_of
from inspection.services.rankings.kept_figures import Counties, by_county
from inspection.services.rankings.ranking_lists import RankingOf, list_asked
from inspection.services.rankings.unit_results import UnitsAsked

STEEP = 1000
"""Ten points lost since the round before are a warning by themselves."""

MOST = 200


class SpreadPage(msgspec.Struct, frozen=True, kw_only=True):
    """The spread of the ranked stores; None while there are none."""

    frame: Frame
    line: Hundredths
    spread: Spread | None


class Warned(msgspec.Struct, frozen=True, kw_only=True):
    """A store that falls: steeply, or twice running."""

    store: StoreLabel
    score: Hundredths
    previous: Hundredths
    earlier: Hundredths | None
    change: Hundredths
    steep: bool
    twice: bool


class WarningsPage(msgspec.Struct, frozen=True, kw_only=True):
    """The steepest falls first, out of `total`. Not `comparable`: another rubric was used before,
    nobody is warned about points.
    """

    frame: Frame
    comparable: bool
    total: int
    rows: tuple[Warned, ...]


async def spread_page(actor: Actor, asked: UnitsAsked) -> SpreadPage:
    """How many stores got how much."""
    async with read_tx():
        of = await list_asked(actor, asked)
        counts = await spreads.score_counts(of.list)
    return SpreadPage(frame=frame_of(of), line=of.line, spread=spread(counts, of.rubric.full))


async def warnings_page(actor: Actor, asked: UnitsAsked) -> WarningsPage:
    """Stores that lost ten points, or ground in two rounds running."""
    async with read_tx():
        of = await list_asked(actor, asked)
        if of.previous is None or not of.comparable:
            return WarningsPage(
                frame=frame_of(of), comparable=of.previous is None, total=0, rows=()
            )
        falling = await _falling(of, of.previous.id)
        rows = falling[:MOST]
        names = await map_of({row.region_path for row in rows})
    return WarningsPage(
        frame=frame_of(of),
        comparable=True,
        total=len(falling),
        rows=tuple(
            _warned(row, names.store(row.code, row.name, row.store_kind, row.region_path))
            for row in rows
        ),
    )


async def _falling(of: RankingOf, previous: str) -> list[FallingRow]:
    """Those of the part of the tree, the steepest fall first."""
    stores = of.stores

    async def read(paths: Counties) -> dict[str, list[FallingRow]]:
        counties: dict[str, list[FallingRow]] = {}
        for row in await spreads.falling(stores, previous, STEEP, paths):
            counties.setdefault(row.region_path, []).append(row)
        return counties

    counties = await by_county(of.moment, ("falling", stores, previous), read)
    here = (row for path, mine in counties.items() if of.scope.holds(path) for row in mine)
    return sorted(here, key=lambda row: (row.score - row.previous, row.code))


def _warned(row: FallingRow, store: StoreLabel) -> Warned:
    return Warned(
        store=store,
        score=row.score,
        previous=row.previous,
        earlier=row.earlier,
        change=Hundredths(row.score - row.previous),
        steep=row.previous - row.score >= STEEP,
        twice=row.earlier is not None and row.earlier > row.previous,
    )
