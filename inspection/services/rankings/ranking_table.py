"""The ranking as a table for a spreadsheet."""

from datetime import datetime
from decimal import Decimal

from inspection.domain.access import Actor
from inspection.domain.points import ZERO, plain
from inspection.domain.table import Cell, Row, Table
from inspection.persistence.engine import read_tx
from inspection.persistence.rankings import expected_stores
from inspection.persistence.rankings.rankings import RankedRow, RankingPlace, Window
from inspection.services.people.places import map_of
from inspection.services.rankings.ranking_filters import rows_in
from inspection.services.rankings.ranking_lists import RankingOf, list_asked
from inspection.services.rankings.ranking_results import (
    RankedStore,
    RankingAsked,
    SectionCell,
    UnrankedStore,
)
from inspection.services.rankings.ranking_rows import places_of, ranked_store, unranked_store
from inspection.services.tools import Tools
from inspection.wording import Language, say

BATCH = 1000
MOST_UNRANKED = 20_000

COLUMNS = (
    "rank", "region_rank", "movement", "code", "store", "branch", "county", "score", "lost",
    "change", "visits", "note",
)  # fmt: skip


async def ranking_table(
    tools: Tools, actor: Actor, asked: RankingAsked, language: Language
) -> Table:
    """The list as it was asked for: ranked stores in its order, then the others with the reason,
    who belong to no part of it.
    """
    async with read_tx():
        of = await list_asked(actor, asked)
        ranked = await _ranked(of, asked, tools.now(), language)
        unranked = [] if asked.only else await _unranked(of, language)
    return Table(say(language, "nav.ranking"), _titles(of, language), (*ranked, *unranked))


def _titles(of: RankingOf, language: Language) -> tuple[str, ...]:
    titles = [say(language, f"ranking_table.{column}") for column in COLUMNS]
    sections = [
        say(language, "ranking_table.section_lost", section=column.title.of(language))
        for column in of.columns
    ]
    return (*titles, *sections)


async def _ranked(
    of: RankingOf, asked: RankingAsked, now: datetime, language: Language
) -> list[Row]:
    found: list[Row] = []
    after: RankingPlace | None = None
    while True:
        window = Window(after=after, best_first=asked.sort == "best", limit=BATCH)
        rows = await rows_in(of, asked.only, window, now)
        found += await _batch(of, rows, language)
        if len(rows) < BATCH:
            return found
        after = RankingPlace(rows[-1].rank_key, rows[-1].tie_key, rows[-1].store_code)


async def _batch(of: RankingOf, rows: tuple[RankedRow, ...], language: Language) -> list[Row]:
    names = await map_of({row.region_path for row in rows})
    places = await places_of(of, rows)
    # A file has no column for the gap to the best.
    return [_ranked_row(of, ranked_store(of, row, places, names, ZERO), language) for row in rows]


async def _unranked(of: RankingOf, language: Language) -> list[Row]:
    rows = await expected_stores.unranked_rows(of.list, MOST_UNRANKED)
    names = await map_of({row.region_path for row in rows})
    return [
        _unranked_row(of, unranked_store(row, names, of.round.min_visits), language) for row in rows
    ]


def _ranked_row(of: RankingOf, row: RankedStore, language: Language) -> Row:
    cells = {cell.section: cell for cell in row.sections}
    return (
        row.rank,
        row.region_rank,
        row.movement,
        row.store.code,
        row.store.name,
        row.store.branch.of(language),
        row.store.county.of(language),
        _points(row.score),
        _lost(row.lost),
        _points(row.change),
        row.visits,
        say(language, "ranking_table.vetoed") if row.vetoed else "",
        *(_section(cells.get(column.section)) for column in of.columns),
    )


def _unranked_row(of: RankingOf, row: UnrankedStore, language: Language) -> Row:
    why = say(language, f"ranking_table.why.{row.why}", visits=row.visits, least=row.min_visits)
    return (
        *(None, None, None),
        row.store.code,
        row.store.name,
        row.store.branch.of(language),
        row.store.county.of(language),
        _points(row.score),
        *(None, None, row.visits, why),
        *(None for _ in of.columns),
    )


def _section(cell: SectionCell | None) -> Cell:
    return None if cell is None else _lost(cell.lost)


def _lost(value: int | None) -> Cell:
    """What was lost, with the minus it has on every page."""
    return _points(None if value is None else -value)


def _points(value: int | None) -> Cell:
    """Points as short as people write them."""
    return None if value is None else Decimal(plain(value))
