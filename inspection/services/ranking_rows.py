"""Rows of a ranking: places counted, movement and gap worked out, sections unpacked."""

from collections.abc import Mapping

import msgspec

from inspection.domain.benchmark import gap
from inspection.domain.ranking import change
from inspection.domain.standing import SectionResult
from inspection.persistence import rankings
from inspection.persistence.expected_stores import UnrankedRow
from inspection.persistence.rankings import RankedRow, Standing
from inspection.services.places import Map
from inspection.services.ranking_lists import RankingOf
from inspection.services.ranking_results import (
    RankedStore,
    SectionCell,
    Unranked,
    UnrankedStore,
)

# Built once: a page reads fifty of them.
_SECTIONS = msgspec.json.Decoder(tuple[SectionResult, ...])
_WHY: dict[str, Unranked] = {
    "few_visits": "few_visits",
    "not_rankable": "not_rankable",
    "pilot": "pilot",
    "submitted": "in_review",
    "returned": "returned",
    "open": "not_visited",
}


class Places(msgspec.Struct, frozen=True):
    """Every place the rows of one page need, by place key."""

    overall: Mapping[int, Standing]
    regional: Mapping[tuple[str, int], int]
    before: Mapping[int, int]

    def movement(self, row: RankedRow) -> int | None:
        """Places gained among the stores ranked in both rounds."""
        if row.previous_key is None:
            return None
        return self.before[row.previous_key] - self.overall[row.rank_key].among_known


async def places_of(of: RankingOf, rows: tuple[RankedRow, ...]) -> Places:
    """Count the places of one page."""
    return Places(
        overall=await rankings.places_in(of.overall, {row.rank_key for row in rows}),
        regional=await _regional(of, rows),
        before=await rankings.places_before(
            of.overall, {row.previous_key for row in rows if row.previous_key is not None}
        ),
    )


def ranked_store(
    of: RankingOf, row: RankedRow, places: Places, names: Map, best: int
) -> RankedStore:
    """One row. `best` is the score its gap is measured from."""
    previous_full = of.earlier.full if of.earlier else of.rubric.full
    return RankedStore(
        rank=places.overall[row.rank_key].place,
        region_rank=places.regional[row.branch_path, row.rank_key],
        movement=places.movement(row),
        store=names.store(row.store_code, row.store_name, row.store_kind, row.region_path),
        score=row.score,
        full=row.full,
        lost=row.lost,
        change=change(row.score, row.full, row.previous_score, previous_full),
        gap=gap(row.score, best),
        vetoed=row.vetoed,
        major_losses=row.major_losses,
        visits=row.visits,
        sections=section_cells(row.sections),
    )


def unranked_store(row: UnrankedRow, names: Map, min_visits: int) -> UnrankedStore:
    """One store without a place."""
    return UnrankedStore(
        store=names.store(row.store_code, row.store_name, row.store_kind, row.region_path),
        why=_WHY[row.why],
        visits=row.visits,
        min_visits=min_visits,
        score=row.score,
    )


def section_cells(sections: str) -> tuple[SectionCell, ...]:
    """The sections of a standing."""
    return tuple(
        SectionCell(
            section=section.section, full=section.full, score=section.score, lost=section.lost
        )
        for section in _SECTIONS.decode(sections)
    )


async def _regional(of: RankingOf, rows: tuple[RankedRow, ...]) -> dict[tuple[str, int], int]:
    """Places in the chosen region; in the branch of each store when that is everything."""
    if not of.scope.path:
        return await rankings.places_in_branches(
            of.overall, {(row.branch_path, row.rank_key) for row in rows}
        )
    found = await rankings.places_in(of.list, {row.rank_key for row in rows})
    return {(row.branch_path, row.rank_key): found[row.rank_key].place for row in rows}
