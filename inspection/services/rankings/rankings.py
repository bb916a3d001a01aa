"""Rankings as people read them: a page of a list, choices, and what cost most."""

import msgspec

from inspection.domain import cursor
from inspection.domain.access import Action, Actor
from inspection.domain.points import Hundredths
from inspection.domain.rankings.ranking import ItemLoss, ItemShare, pareto
from inspection.domain.rankings.tally import lost_in
from inspection.domain.rounds.round import thin_sample
from inspection.domain.rubrics.rubric import Item, Section, Text
from inspection.persistence.engine import read_tx
from inspection.persistence.rankings import expected_stores, ranked_rounds, tallies
from inspection.persistence.rankings.assigned_stores import PENDING, Assigned
from inspection.persistence.rankings.expected_stores import UnrankedRow
from inspection.persistence.rankings.rankings import RankedRow, RankingPlace, Window
from inspection.persistence.rankings.tallies import TallyWanted
from inspection.services.people.places import map_of, region_label
from inspection.services.rankings.ranking_figures import Figures, figures, notices_in, overdue
from inspection.services.rankings.ranking_filters import window_of
from inspection.services.rankings.ranking_lists import RankingOf, list_asked
from inspection.services.rankings.ranking_regions import (
    averages_of,
    region_averages,
    region_choices,
)
from inspection.services.rankings.ranking_results import (
    MostLostItem,
    RankedStore,
    RankingAsked,
    RankingPage,
    RankingView,
    RoundChoice,
    UnrankedStore,
)
from inspection.services.rankings.ranking_rows import places_of, ranked_store, unranked_store
from inspection.services.rankings.ranking_table import ranking_table
from inspection.services.rankings.store_results import store_results
from inspection.services.reach import check_granted
from inspection.services.rounds.rounds import round_label
from inspection.services.tools import Tools

__all__ = [
    "most_lost_items",
    "ranking_edition",
    "ranking_page",
    "ranking_table",
    "ranking_view",
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
        of = await list_asked(actor, asked)
        return await page_of(tools, of, asked)


async def ranking_view(
    tools: Tools, actor: Actor, asked: RankingAsked, most_items: int
) -> RankingView:
    """The same with everything around it, in one and the same moment."""
    async with read_tx():
        of = await list_asked(actor, asked)
        return RankingView(
            page=await page_of(tools, of, asked),
            rounds=await of.moment.fact(
                ("choices", actor.region_path), lambda: round_choices(actor)
            ),
            regions=await of.moment.fact(
                ("regions", actor.region_path), lambda: region_choices(actor), lasting=True
            ),
            averages=await averages_of(of),
            most_lost=(await _most_lost_of(of))[:most_items],
        )


async def ranking_edition(tools: Tools, actor: Actor, asked: RankingAsked) -> str:
    """What changes whenever anything in `ranking_view` does; cheap to ask. Raises what that
    raises.
    """
    async with read_tx():
        of = await list_asked(actor, asked)
        late = overdue(await notices_in(of), tools.now())
    changed = of.moment.changed
    return f"{changed.seq}-{changed.hash}-{late}"


async def page_of(tools: Tools, of: RankingOf, asked: RankingAsked) -> RankingPage:
    """One page of a list, in the caller's moment of the database."""
    parts = await _parts(tools, of, asked)
    kpis = parts.figures.kpis
    return RankingPage(
        round=round_label(of.round),
        previous=round_label(of.previous) if of.previous else None,
        store_kind=of.store_kind,
        ownership=asked.ownership,
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
        of = await list_asked(actor, asked)
        return (await _most_lost_of(of))[:most]


async def _most_lost_of(of: RankingOf) -> tuple[MostLostItem, ...]:
    known = {item.code: (item, section) for section in of.rubric.sections for item in section.items}

    async def add_up() -> tuple[MostLostItem, ...]:
        wanted = TallyWanted(
            rounds=(of.round.id,),
            store_kind=of.store_kind,
            ownership=of.ownership,
            scope=of.scope,
        )
        whole = lost_in(row.tally for row in await tallies.tallies(wanted, items=True))
        lost = (ItemLoss(item=i.item, times=i.times, lost=i.lost) for i in whole)
        return tuple(_most_lost(row, known.get(row.item)) for row in pareto(lost))

    return await of.moment.fact(("most lost", of.list), add_up)


async def _parts(tools: Tools, of: RankingOf, asked: RankingAsked) -> Parts:
    size = max(1, min(asked.size, LARGEST_PAGE))
    window = Window(
        after=cursor.read(asked.cursor, RankingPlace),
        best_first=asked.sort == "best",
        limit=size + 1,
    )
    found = await window_of(of, asked.only, window, tools.now())
    rows = found[:size]
    counted = await figures(tools, of)
    unranked = await of.moment.fact(("unranked", of.list), lambda: _unranked(of, counted.assigned))
    paths = frozenset([*(row.region_path for row in rows), *(row.region_path for row in unranked)])
    names = await of.moment.fact(("names", paths), lambda: map_of(paths), lasting=True)
    places = await places_of(of, rows)
    return Parts(
        rows=tuple(ranked_store(of, row, places, names, counted.best) for row in rows),
        next_cursor=_cursor(rows[-1]) if len(found) > size else None,
        unranked=tuple(unranked_store(row, names, of.round.min_visits) for row in unranked),
        figures=counted,
    )


async def _unranked(of: RankingOf, assigned: Assigned) -> tuple[UnrankedRow, ...]:
    """The first of those without a place; states nobody is in are not asked for."""
    states = [state for state in PENDING if getattr(assigned, state)]
    return await expected_stores.unranked_rows(of.list, UNRANKED_SHOWN, states)


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
