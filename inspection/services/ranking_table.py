"""The ranking as rows of text for a spreadsheet, and as a file one opens without harm."""

import csv
import io
from collections.abc import Iterable
from decimal import Decimal

from inspection.domain.access import Actor
from inspection.domain.points import ZERO, plain
from inspection.domain.table import Cell, Table
from inspection.domain.table_text import original_cell, safe_cell
from inspection.persistence import expected_stores, rankings
from inspection.persistence.engine import read_tx
from inspection.persistence.rankings import RankedRow, RankingPlace, Window
from inspection.services.places import map_of
from inspection.services.ranking_lists import RankingOf, ranking_of
from inspection.services.ranking_results import (
    RankedStore,
    RankingAsked,
    SectionCell,
    UnrankedStore,
)
from inspection.services.ranking_rows import places_of, ranked_store, unranked_store
from inspection.wording import Language, say

Row = tuple[str, ...]

_TEXTS = frozenset({"code", "store", "branch", "county", "note"})
BATCH = 1000
MOST_UNRANKED = 20_000

COLUMNS = (
    "rank", "region_rank", "movement", "code", "store", "branch", "county", "score", "lost",
    "change", "visits", "note",
)  # fmt: skip


async def ranking_rows(actor: Actor, asked: RankingAsked, language: Language) -> tuple[Row, ...]:
    """The whole list with a row of titles: ranked stores in their order, then the others with the
    reason. Cells are safe to open in a spreadsheet.
    """
    async with read_tx():
        of = await ranking_of(actor, asked.round, asked.store_kind, asked.region_path)
        ranked = await _ranked(of, language)
        unranked = await _unranked(of, language)
    return (_titles(of, language), *ranked, *unranked)


def as_csv(rows: Iterable[Row]) -> bytes:
    """A file every spreadsheet opens as UTF-8."""
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode("utf-8-sig")


def as_table(rows: Iterable[Row], language: Language) -> Table:
    """The same with numbers as numbers."""
    titles, *body = rows
    return Table(
        say(language, "nav.ranking"),
        tuple(map(original_cell, titles)),
        [tuple(_typed(place, cell) for place, cell in enumerate(row)) for row in body],
    )


def _typed(place: int, cell: str) -> Cell:
    if not cell or (COLUMNS[place : place + 1] and COLUMNS[place] in _TEXTS):
        return original_cell(cell)
    return Decimal(cell)


def _titles(of: RankingOf, language: Language) -> Row:
    titles = [say(language, f"ranking_table.{column}") for column in COLUMNS]
    sections = [
        say(language, "ranking_table.section_lost", section=column.title.of(language))
        for column in of.columns
    ]
    return tuple(safe_cell(title) for title in (*titles, *sections))


async def _ranked(of: RankingOf, language: Language) -> list[Row]:
    found: list[Row] = []
    after: RankingPlace | None = None
    best = ZERO
    while True:
        window = Window(after=after, best_first=True, limit=BATCH)
        rows = await rankings.ranked_rows(of.list, window)
        # The first row of the first batch is the best of the list: gaps are measured from it.
        best = rows[0].score if after is None and rows else best
        found += await _batch(of, rows, best, language)
        if len(rows) < BATCH:
            return found
        after = RankingPlace(rows[-1].rank_key, rows[-1].tie_key, rows[-1].store_code)


async def _batch(
    of: RankingOf, rows: tuple[RankedRow, ...], best: int, language: Language
) -> list[Row]:
    names = await map_of({row.region_path for row in rows})
    places = await places_of(of, rows)
    return [_ranked_row(of, ranked_store(of, row, places, names, best), language) for row in rows]


async def _unranked(of: RankingOf, language: Language) -> list[Row]:
    rows = await expected_stores.unranked_rows(of.list, MOST_UNRANKED)
    names = await map_of({row.region_path for row in rows})
    return [
        _unranked_row(of, unranked_store(row, names, of.round.min_visits), language) for row in rows
    ]


def _ranked_row(of: RankingOf, row: RankedStore, language: Language) -> Row:
    cells = {cell.section: cell for cell in row.sections}
    return (
        str(row.rank),
        str(row.region_rank),
        "" if row.movement is None else str(row.movement),
        safe_cell(row.store.code),
        safe_cell(row.store.name),
        safe_cell(row.store.branch.of(language)),
        safe_cell(row.store.county.of(language)),
        plain(row.score),
        plain(row.lost),
        "" if row.change is None else plain(row.change),
        str(row.visits),
        say(language, "ranking_table.vetoed") if row.vetoed else "",
        *(_lost(cells.get(column.section)) for column in of.columns),
    )


def _unranked_row(of: RankingOf, row: UnrankedStore, language: Language) -> Row:
    why = say(language, f"ranking_table.why.{row.why}", visits=row.visits, least=row.min_visits)
    return (
        *("", "", ""),
        safe_cell(row.store.code),
        safe_cell(row.store.name),
        safe_cell(row.store.branch.of(language)),
        safe_cell(row.store.county.of(language)),
        "" if row.score is None else plain(row.score),
        *("", "", str(row.visits), why),
        *("" for _ in of.columns),
    )


def _lost(cell: SectionCell | None) -> str:
    return "" if cell is None or cell.lost is None else plain(cell.lost)
