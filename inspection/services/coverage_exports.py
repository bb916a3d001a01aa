"""The coverage of a round in a part of the tree as a file."""

from decimal import Decimal

from inspection.domain.access import Actor
from inspection.domain.coverage import Coverage
from inspection.domain.table import Row
from inspection.services.coverage import coverage_of
from inspection.services.exports import Export, Page, every_page, headings_of
from inspection.services.tools import Tools
from inspection.wording import Language, say

_PLACE = ("region", "store_code", "store")
_COUNTS = ("visits_due", "visits_made", "visits_missed", "visits_done", "visits_submitted")
_MORE = ("visits_returned", "visits_open", "unassigned", "share", "until")
EVERY_STORE = 1_000_000
"""A page shows so many stores only; a file has them all."""


def coverage_export(
    tools: Tools, actor: Actor, code: str, region: str, language: Language
) -> Export:
    """What the page shows: the nodes right below the region, and the stores right in it."""

    async def read(_: str) -> Page:
        found = await coverage_of(tools, actor, code, region, EVERY_STORE)
        here = found.region.name.of(language)
        regions = [
            (row.name.of(language), "", "", *_counts(row.coverage), None) for row in found.regions
        ]
        stores = [
            (here, row.code, row.name, *_counts(row.coverage), row.window_to)
            for row in found.stores
        ]
        return (*regions, *stores), None

    return Export(
        noun="coverage",
        name=f"coverage-{code}",
        title=say(language, "coverage.title"),
        headings=headings_of((*_PLACE, *_COUNTS, *_MORE), language),
        pages=every_page(read),
    )


def _counts(coverage: Coverage) -> Row:
    return (
        coverage.due,
        coverage.made,
        coverage.missed,
        coverage.done,
        coverage.submitted,
        coverage.returned,
        coverage.open,
        coverage.unassigned,
        None if coverage.permille is None else Decimal(coverage.permille).scaleb(-1),
    )
