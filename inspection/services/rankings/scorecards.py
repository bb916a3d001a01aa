"""The scorecard of a store, a county, a city or the province in a round, and its gaps."""

from collections.abc import Mapping

import msgspec

from inspection.domain.access import Actor
from inspection.domain.points import Hundredths
from inspection.domain.rankings import benchmark
from inspection.domain.rankings.benchmark import Exact
from inspection.domain.rankings.standing import SectionResult
from inspection.domain.rankings.tally import NOTHING, total
from inspection.domain.rankings.unit import SectionMean, UnitSum, alone
from inspection.domain.refusals import NotFound
from inspection.persistence.engine import read_tx
from inspection.persistence.org import store_standings
from inspection.persistence.org.store_standings import StoreStanding
from inspection.persistence.rankings import tallies
from inspection.services.people.places import StoreLabel, map_of, region_label
from inspection.services.rankings.ranking_lists import RankingOf, list_asked
from inspection.services.rankings.ranking_results import SectionCell
from inspection.services.rankings.scorecard_peers import (
    Chosen,
    Peers,
    exact_of,
    peers_of,
    store_benchmark,
    unit_benchmark,
)
from inspection.services.rankings.scorecard_results import Card, ScorecardAsked, ScorecardPage
from inspection.services.rounds.rounds import round_label

LATEST = ScorecardAsked()


class Made(msgspec.Struct, frozen=True):
    """A card, exactly and as printed, with what it is compared with."""

    card: Card
    exact: Exact | None
    against: str
    chosen: Chosen
    store: StoreLabel | None
    peers: Peers


NOBODY = Peers({}, {})


async def scorecard_page(actor: Actor, asked: ScorecardAsked = LATEST) -> ScorecardPage:
    """One scorecard beside its benchmark. Raises NotAllowed, or NotFound for what is not there or
    out of reach; nothing outside the reader's own part of the tree is compared with.
    """
    async with read_tx():
        of = await list_asked(actor, asked)
        made = await (_of_store(of, asked) if asked.store else _of_unit(actor, of, asked))
    chosen, theirs = made.chosen
    fulls = {column.section: column.full for column in of.columns}
    return ScorecardPage(
        round=round_label(of.round),
        store_kind=of.store_kind,
        ownership=of.ownership,
        region=region_label(of.region),
        store=made.store,
        columns=of.columns,
        card=made.card,
        against=made.against,
        benchmark=chosen,
        gaps=benchmark.compared(fulls, made.exact, theirs),
        whole=benchmark.whole(of.rubric.full, made.exact, theirs),
        peers=tuple(
            region for path, region in made.peers.regions.items() if path != of.region.path
        ),
    )


async def _of_store(of: RankingOf, asked: ScorecardAsked) -> Made:
    found = await store_standings.find_standing(of.list, asked.store)
    if found is None:
        raise NotFound(noun="store")
    names = await map_of([found.region_path])
    against = asked.against or "top"
    return Made(
        card=_store_card(of, found),
        exact=exact_of(found),
        against=against,
        chosen=await store_benchmark(of, against),
        store=names.store(found.code, found.name, found.store_kind, found.region_path),
        peers=NOBODY,
    )


async def _of_unit(actor: Actor, of: RankingOf, asked: ScorecardAsked) -> Made:
    tally = total(row.tally for row in await tallies.tallies(of.tallies()))
    peers = await peers_of(actor, of)
    against = asked.against or ("top" if peers.ranked() else "target")
    unit = alone(UnitSum(tally=tally, before=NOTHING, expected=0))
    sections = _cells(of, {each.section: each for each in unit.sections})
    return Made(
        card=Card(
            full=unit.full or of.rubric.full,
            score=unit.average,
            lost=unit.lost if unit.ranked else None,
            summed=_summed(sections),
            sections=sections,
            stores=unit.ranked,
            visits=None,
            vetoed=unit.vetoed,
        ),
        exact=benchmark.of_tally(tally),
        against=against,
        chosen=unit_benchmark(of, peers, against),
        store=None,
        peers=peers,
    )


def _store_card(of: RankingOf, found: StoreStanding) -> Card:
    sections = _cells(of, {each.section: each for each in found.sections})
    return Card(
        full=found.full,
        score=found.score,
        lost=found.lost,
        summed=_summed(sections),
        sections=sections,
        stores=1,
        visits=found.visits,
        vetoed=int(found.vetoed),
    )


def _cells(
    of: RankingOf, known: Mapping[str, SectionMean] | Mapping[str, SectionResult]
) -> tuple[SectionCell, ...]:
    """Every column of the round's rubric, filled or not."""
    return tuple(
        SectionCell(section=found.section, full=found.full, score=found.score, lost=found.lost)
        if (found := known.get(column.section))
        else SectionCell(section=column.section, full=column.full, score=None, lost=None)
        for column in of.columns
    )


def _summed(sections: tuple[SectionCell, ...]) -> Hundredths:
    return Hundredths(sum(cell.score or 0 for cell in sections))
