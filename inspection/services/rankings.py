"""Rankings as people read them: a page of a list, choices, and what cost most."""

import msgspec

from inspection.domain import cursor
from inspection.domain.access import Action, Actor
from inspection.domain.points import Hundredths
from inspection.domain.ranking import ItemShare, pareto
from inspection.domain.round import thin_sample
from inspection.domain.rubric import Item, Section, Text
from inspection.persistence import expected_stores, ranked_rounds, ranking_sums, rankings
from inspection.persistence.engine import read_tx
from inspection.persistence.rankings import RankedRow, RankingPlace, Window
from inspection.services.places import map_of, region_label
from inspection.services.ranking_figures import Figures, figures
from inspection.services.ranking_lists import RankingOf, ranking_of
from inspection.services.ranking_regions import region_averages, region_choices
from inspection.services.ranking_results import (
    MostLostItem,
    RankedStore,
    RankingAsked,
    RankingPage,
    RoundChoice,
    UnrankedStore,
)
from inspection.services.ranking_rows import places_of, ranked_store, unranked_store
from inspection.services.ranking_table import as_csv, as_table, ranking_rows
from inspection.services.reach import check_granted
from inspection.services.rounds import round_label
from inspection.services.store_results import store_results
from inspection.services.tools import Tools

__all__ = [
    "as_csv",
    "as_table",
    "most_lost_items",
    "ranking_page",
    "ranking_rows",
    "region_averages",
    "region_choices",
    "round_choices",
    "store_results",
]

LATEST = RankingAsked()
LARGEST_PAGE = 1000
UNRANKED_SHOWN = 50
MOST_ITEMS = 10


class Parts(msgspec.Struct, frozen=True, kw_only=True):
    """What one moment of the database holds for a page."""

    rows: tuple[RankedStore, ...]
    next_cursor: str | None
    unranked: tuple[UnrankedStore, ...]
    figures: Figures


async def ranking_page(tools: Tools, actor: Actor, asked: RankingAsked = LATEST) -> RankingPage:
    """One page of a ranking, in one moment of the database. A manager sees the rows of the own
    region only; the place among everybody is a number beside them.
    """
    async with read_tx():
        of = await ranking_of(actor, asked.round, asked.store_kind, asked.region_path)
        parts = await _parts(tools, of, asked)
    kpis = parts.figures.kpis
    return RankingPage(
        round=round_label(of.round),
        previous=round_label(of.previous) if of.previous else None,
        store_kind=of.store_kind,
        region=region_label(of.region),
        comparable=of.comparable,
        min_visits=of.round.min_visits,
        thin=thin_sample(of.round.min_visits),
        columns=of.columns,
        rows=parts.rows,
        ranked=kpis.scored,
        ranked_overall=parts.figures.ranked_overall,
        next_cursor=parts.next_cursor,
        unranked=parts.unranked,
        unranked_count=max(len(parts.unranked), kpis.expected - kpis.scored),
        kpis=kpis,
    )


async def round_choices(actor: Actor) -> tuple[RoundChoice, ...]:
    """Every round with the kinds of store it inspects, latest first."""
    check_granted(actor, Action.RANKING_READ)
    rounds = await ranked_rounds.list_rounds(actor.region_path)
    used = await ranked_rounds.rubrics_of(tuple(found.id for found in rounds))
    return tuple(
        RoundChoice(
            round=round_label(found),
            store_kinds=tuple(
                row.used_for for row in used if row.round == found.id and row.used_for
            ),
        )
        for found in rounds
    )


async def most_lost_items(
    actor: Actor, asked: RankingAsked = LATEST, most: int = MOST_ITEMS
) -> tuple[MostLostItem, ...]:
    """The items that cost most in the published visits of a round, with their share of the loss."""
    async with read_tx():
        of = await ranking_of(actor, asked.round, asked.store_kind, asked.region_path)
        losses = await ranking_sums.item_losses(of.round.id, of.digests, of.scope)
    known = {item.code: (item, section) for section in of.rubric.sections for item in section.items}
    return tuple(_most_lost(row, known.get(row.item)) for row in pareto(losses)[:most])


async def _parts(tools: Tools, of: RankingOf, asked: RankingAsked) -> Parts:
    size = max(1, min(asked.size, LARGEST_PAGE))
    found = await rankings.ranked_rows(
        of.list,
        Window(
            after=cursor.read(asked.cursor, RankingPlace),
            best_first=asked.sort == "best",
            limit=size + 1,
        ),
    )
    rows = found[:size]
    unranked = await expected_stores.unranked_rows(of.list, UNRANKED_SHOWN)
    names = await map_of(
        [*(row.region_path for row in rows), *(row.region_path for row in unranked)]
    )
    places = await places_of(of, rows)
    counted = await figures(tools, of)
    return Parts(
        rows=tuple(ranked_store(of, row, places, names, counted.best) for row in rows),
        next_cursor=_cursor(rows[-1]) if len(found) > size else None,
        unranked=tuple(unranked_store(row, names, of.round.min_visits) for row in unranked),
        figures=counted,
    )


def _cursor(row: RankedRow) -> str:
    return cursor.written(RankingPlace(row.rank_key, row.tie_key, row.store_code))


def _most_lost(row: ItemShare, known: tuple[Item, Section] | None) -> MostLostItem:
    # Visits scored by an older version may have lost items this round's version does not know.
    return MostLostItem(
        item=row.item,
        title=known[0].title if known else Text(row.item, row.item),
        section=known[1].code if known else "",
        times=row.times,
        lost=Hundredths(row.lost),
        share=row.share,
        cumulative=row.cumulative,
    )
