"""Analyses as table files: what the pages show, with numbers as numbers."""

from collections.abc import Iterable
from decimal import Decimal

from inspection.domain.table import Row, Table
from inspection.services.analyses.analysis_tables import analysis_table, headings_of
from inspection.services.analyses.lost_items import LostItemsPage
from inspection.services.analyses.repeats import RepeatsPage
from inspection.services.analyses.spreads import SpreadPage, WarningsPage
from inspection.services.analyses.trends import TrendPage
from inspection.services.exports import points, points_lost
from inspection.wording import Language, say


def items_table(page: LostItemsPage, language: Language) -> Table:
    """Items by what they cost."""
    columns = (
        "item",
        "title",
        "section",
        "full",
        "stores",
        "times",
        "again",
        "lost",
        "share",
        "sum",
    )
    rows = (
        (
            row.item,
            row.title.of(language),
            row.section.of(language),
            points(row.full),
            row.stores,
            row.times,
            row.again,
            points_lost(row.lost),
            _percent(row.share),
            _percent(row.cumulative),
        )
        for row in page.rows
    )
    return _table("items", columns, rows, language)


def trend_table(page: TrendPage, language: Language) -> Table:
    """Rounds, the latest first as in the table behind the line."""
    columns = ("round", "name", "average", "change", "year", "on_year")
    counts = ("pass_rate", "passed", "ranked", "vetoed")
    rows = (
        (
            row.round.code,
            row.round.name.of(language),
            points(row.average),
            points(row.change),
            row.on_year.round.code if row.on_year and row.on_year.comparable else "",
            points(row.on_year.change) if row.on_year else None,
            points(row.pass_rate),
            row.passed,
            row.ranked,
            row.vetoed,
        )
        for row in reversed(page.rows)
    )
    return _table("trend", (*columns, *counts), rows, language)


def spread_table(page: SpreadPage, language: Language) -> Table:
    """Stores by their scores, the highest first as in the table behind the bars."""
    buckets = page.spread.buckets if page.spread else ()
    rows = ((points(each.low), points(each.high), each.stores) for each in reversed(buckets))
    return _table("spread", ("low", "high", "stores"), rows, language)


def repeats_table(page: RepeatsPage, language: Language) -> Table:
    """Items lost again, the longest first."""
    columns = ("code", "store", "branch", "county", "item", "title", "rounds", "lost")
    rows = (
        (
            row.store.code,
            row.store.name,
            row.store.branch.of(language),
            row.store.county.of(language),
            row.item,
            row.title.of(language),
            row.rounds,
            points_lost(row.lost),
        )
        for row in page.rows
    )
    return _table("repeats", columns, rows, language)


def warnings_table(page: WarningsPage, language: Language) -> Table:
    """Stores that fall, the steepest first."""
    columns = ("code", "store", "branch", "county", "earlier", "previous", "score", "change", "why")
    rows = (
        (
            row.store.code,
            row.store.name,
            row.store.branch.of(language),
            row.store.county.of(language),
            points(row.earlier),
            points(row.previous),
            points(row.score),
            points(row.change),
            " ".join(
                say(language, f"analysis.why_{why}")
                for why, holds in (("steep", row.steep), ("twice", row.twice))
                if holds
            ),
        )
        for row in page.rows
    )
    return _table("warnings", columns, rows, language)


def _table(name: str, columns: tuple[str, ...], rows: Iterable[Row], language: Language) -> Table:
    return analysis_table(name, headings_of(columns, language), rows, language)


def _percent(share: int) -> Decimal:
    return Decimal(share).scaleb(-1)
