"""The ranking part of an issue: the figures of the ranking pages as they are at this moment."""

from collections.abc import Iterable

from msgspec import UNSET

from inspection.domain.access import Actor
from inspection.domain.bulletins.bulletin_ranking import (
    LostItem,
    PlacedStore,
    PlacedUnit,
    RankingPart,
    SectionFigure,
)
from inspection.domain.bulletins.bulletin_share import Share
from inspection.domain.points import ZERO
from inspection.persistence.bulletins.bulletins import BulletinRow
from inspection.services.analyses.lost_items import LostItemRow, items_now
from inspection.services.bulletins.bulletin_gaps import gaps_in
from inspection.services.bulletins.bulletin_told import exposed_in
from inspection.services.rankings import rankings, units
from inspection.services.rankings.ranking_lists import list_asked
from inspection.services.rankings.ranking_results import (
    RankedStore,
    RankingAsked,
    RankingColumn,
    RankingPage,
    Sort,
)
from inspection.services.rankings.unit_results import UnitRow, UnitsAsked, UnitsPage
from inspection.services.tools import Tools
from inspection.services.visits.published_visits import LANGUAGE
from inspection.wording import say

ENDS = 5
"""Stores told of either end of the list."""

ITEMS = 8


async def rankings_of(tools: Tools, actor: Actor, row: BulletinRow) -> tuple[RankingPart, ...]:
    """Every kind of store of the issue's round, inside `read_tx()`."""
    if not row.round_code:
        return ()
    choices = await rankings.round_choices(actor)
    kinds = [c.store_kinds for c in choices if c.round.code == row.round_code]
    return tuple([await _part(tools, actor, row, kind) for found in kinds for kind in found])


async def _part(tools: Tools, actor: Actor, row: BulletinRow, kind: str) -> RankingPart:
    asked = UnitsAsked(round=row.round_code or "", store_kind=kind, region_path=row.region_path)
    counted = await units.count_units(actor, asked)
    found = units.page_of(counted)
    items = await items_now(actor, asked)
    best = await _end(tools, actor, row, kind, "best")
    worst = await _end(tools, actor, row, kind, "worst")
    beyond = max(0, best.ranked - ENDS)
    whole = found.whole
    return RankingPart(
        store_kind=say(LANGUAGE, f"paper.store_kind.{kind}"),
        full=whole.full,
        average=whole.average,
        lost=whole.lost if whole.ranked else None,
        change=whole.change,
        comparable=found.comparable,
        line=found.line,
        coverage=Share(part=whole.ranked, whole=whole.expected),
        passed=Share(part=whole.passed, whole=whole.ranked),
        vetoed=Share(part=whole.vetoed, whole=whole.ranked),
        sections=_sections(found),
        units=tuple(_unit(each) for each in found.rows),
        best=_stores(best, best.rows),
        # A store stands at one end of the list only.
        worst=_stores(worst, reversed(worst.rows[:beyond]), hidden=row.hide_worst),
        items=tuple(_item(each, items.ranked) for each in items.rows[:ITEMS]),
        exposed=await exposed_in(actor, row, kind),
        gaps=gaps_in(row, counted, found.rows),
    )


async def _end(tools: Tools, actor: Actor, row: BulletinRow, kind: str, sort: Sort) -> RankingPage:
    asked = RankingAsked(
        round=row.round_code or "",
        store_kind=kind,
        region_path=row.region_path,
        sort=sort,
        size=ENDS,
    )
    of = await list_asked(actor, asked)
    return await rankings.page_of(tools, of, asked)


def _sections(found: UnitsPage) -> tuple[SectionFigure, ...]:
    return tuple(
        SectionFigure(
            title=column.short.of(LANGUAGE.value),
            stores=cell.stores,
            full=cell.full,
            score=cell.score,
            lost=cell.lost,
        )
        for column, cell in zip(found.columns, found.whole.sections, strict=True)
    )


def _unit(row: UnitRow) -> PlacedUnit:
    return PlacedUnit(
        rank=row.rank,
        name=row.region.name.of(LANGUAGE.value),
        average=row.average,
        movement=row.movement,
        change=row.change,
        coverage=Share(part=row.ranked, whole=row.expected),
        passed=Share(part=row.passed, whole=row.ranked),
        vetoed=Share(part=row.vetoed, whole=row.ranked),
    )


def _stores(
    page: RankingPage, rows: Iterable[RankedStore], *, hidden: bool = False
) -> tuple[PlacedStore, ...]:
    return tuple(_store(page, row, hidden=hidden) for row in rows)


def _store(page: RankingPage, row: RankedStore, *, hidden: bool) -> PlacedStore:
    label = row.store
    inside = page.region.level == "province"
    titles = {column.section: column for column in page.columns}
    weakest = max(row.sections, key=lambda cell: cell.lost or ZERO)
    return PlacedStore(
        rank=row.rank if inside else row.region_rank,
        name="" if hidden else label.name,
        region=(label.branch if inside else label.county).of(LANGUAGE.value),
        score=row.score,
        movement=row.movement,
        change=row.change,
        weakest=_title(titles.get(weakest.section)) if weakest.lost else "",
        weakest_lost=weakest.lost or ZERO,
        vetoed=row.vetoed or UNSET,
    )


def _title(column: RankingColumn | None) -> str:
    # A store scored by an older version may have a section this round's version does not know.
    return column.short.of(LANGUAGE.value) if column else ""


def _item(row: LostItemRow, ranked: int) -> LostItem:
    return LostItem(
        code=row.item,
        title=row.title.of(LANGUAGE.value),
        section=row.section.of(LANGUAGE.value),
        lost=row.lost,
        stores=Share(part=row.stores, whole=ranked),
        permille=row.share,
    )
