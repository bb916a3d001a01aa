"""The tidy file for statisticians: a row per published visit and item, in stable columns."""

from collections.abc import AsyncIterator, Iterable, Iterator

from inspection.domain.access import Actor
from inspection.domain.org.region_path import branch_of, code_of
from inspection.domain.plain_text import stem_of
from inspection.domain.refusals.requests import TooManyRows
from inspection.domain.table import Row
from inspection.persistence.analyses import item_rows
from inspection.persistence.analyses.item_rows import ItemFact
from inspection.persistence.engine import read_tx
from inspection.services.exports import Export, points
from inspection.services.rankings.ranking_lists import RankingOf, list_asked
from inspection.services.rankings.unit_results import UnitsAsked
from inspection.wording import Language, say

COLUMNS = (
    "round", "visit_kind", "store_kind", "ownership", "branch", "county", "store", "visit",
    "outcome", "rubric", "rubric_version", "section", "item", "verdict", "severity", "full",
    "lost",
)  # fmt: skip
"""Every column there is; `docs/item-file.md` says what they hold."""

STORES = 100
"""Stores read at a time."""

MOST_IN_SHEET = 1_048_575
"""What a sheet of a workbook holds below its headings."""


async def item_file(actor: Actor, asked: UnitsAsked, language: Language) -> Export:
    """The file of a list of stores. Raises NotAllowed, or NotFound for what is out of reach."""
    async with read_tx():
        of = await list_asked(actor, asked)
    title = say(language, "analysis.item_file")
    return Export("ranking", f"items-{stem_of(of.round.code, 'round')}", title, COLUMNS, _pages(of))


async def check_sheet(actor: Actor, asked: UnitsAsked) -> None:
    """Raises TooManyRows for what no sheet of a workbook has room for; CSV always has."""
    async with read_tx():
        of = await list_asked(actor, asked)
        visits = await item_rows.count_visits(of.list)
    rows = visits * len(tuple(of.rubric.items()))
    if rows > MOST_IN_SHEET:
        raise TooManyRows(rows=rows, most=MOST_IN_SHEET)


async def _pages(of: RankingOf) -> AsyncIterator[list[Row]]:
    after = ""
    while True:
        async with read_tx():
            facts = await item_rows.item_facts(of.list, after, STORES)
        yield list(_rows(of, facts))
        if not facts:
            return
        after = facts[-1].store


def _rows(of: RankingOf, facts: Iterable[ItemFact]) -> Iterator[Row]:
    numbers = dict[str, dict[str, int]]()
    for fact in facts:
        visits = numbers.setdefault(fact.store, {})
        visit = visits.setdefault(fact.visit, len(visits) + 1)
        branch = branch_of(fact.region_path)
        yield (
            of.round.code,
            of.round.visit_kind,
            fact.store_kind,
            fact.ownership,
            code_of(branch),
            "" if branch == fact.region_path else code_of(fact.region_path),
            fact.store,
            visit,
            fact.outcome,
            *(fact.rubric, fact.version, fact.section, fact.item, fact.verdict, fact.severity),
            points(fact.full),
            points(fact.lost),
        )
