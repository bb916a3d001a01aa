"""Rows of a ranking: places counted, movement and gap worked out, sections unpacked."""

from collections.abc import Callable, Mapping

import msgspec

from inspection.domain.org.region_path import branch_of
from inspection.domain.rankings.benchmark import gap
from inspection.domain.rankings.ranking import change
from inspection.domain.rankings.ranking_ladder import CountyKeys, Ladder, place_among
from inspection.domain.rankings.standing import SectionResult
from inspection.persistence.rankings.expected_stores import UnrankedRow
from inspection.persistence.rankings.rankings import RankedRow
from inspection.services.people.places import Map
from inspection.services.rankings.ranking_figures import ladder_of_list
from inspection.services.rankings.ranking_lists import RankingOf
from inspection.services.rankings.ranking_results import (
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
    "approved": "in_release",
    "submitted": "in_review",
    "returned": "returned",
    "open": "not_visited",
}


class Places(msgspec.Struct, frozen=True):
    """Every place the rows of one page need. `parts` are the counties a place in the region counts
    in: those of the chosen region, or of each store's branch when that is everything.
    """

    ladder: Ladder
    parts: Mapping[str, tuple[CountyKeys, ...]]

    def regional(self, row: RankedRow) -> int:
        """The place in the region."""
        return place_among(self.parts[row.branch_path], row.rank_key)


async def places_of(of: RankingOf, rows: tuple[RankedRow, ...]) -> Places:
    """What the places of one page are looked up in."""
    ladder = await ladder_of_list(of)
    branches = {row.branch_path for row in rows}
    if of.scope.path:
        here = ladder.within(of.scope.holds)
        return Places(ladder, dict.fromkeys(branches, here))
    return Places(ladder, {branch: ladder.within(_lies_in(branch)) for branch in branches})


def ranked_store(
    of: RankingOf, row: RankedRow, places: Places, names: Map, best: int
) -> RankedStore:
    """One row. `best` is the score its gap is measured from."""
    previous_full = of.earlier.full if of.earlier else of.rubric.full
    return RankedStore(
        rank=places.ladder.place(row.rank_key),
        region_rank=places.regional(row),
        movement=places.ladder.movement(row.rank_key, row.previous_key),
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


def _lies_in(branch: str) -> Callable[[str], bool]:
    return lambda path: branch_of(path) == branch
