"""The coverage of a round in a part of the tree as a file."""

from decimal import Decimal

import msgspec

from inspection.domain.access import Actor
from inspection.domain.listing import LARGEST_PAGE, ListAsked
from inspection.domain.rounds.coverage import Coverage
from inspection.domain.table import Row
from inspection.services.exports import Export, Page, every_page, headings_of
from inspection.services.rounds.coverage import coverage_of
from inspection.services.tools import Tools
from inspection.wording import Language, say

_PLACE = ("region", "store_code", "store")
_COUNTS = ("visits_due", "visits_made", "visits_missed", "visits_done", "visits_submitted")
_MORE = ("visits_returned", "visits_open", "unassigned", "share", "until")


def coverage_export(
    tools: Tools, actor: Actor, code: str, which: tuple[str, ListAsked], language: Language
) -> Export:
    """What the page shows: the nodes right below the region, and the stores right in it; `which`
    is the region's path and what is asked of its stores.
    """
    region, asked = which

    async def read(cursor: str) -> Page:
        page = msgspec.structs.replace(asked, cursor=cursor, size=LARGEST_PAGE)
        found = await coverage_of(tools, actor, code, region, page)
        here = found.region.name.of(language)
        regions = [
            (row.name.of(language), "", "", *_counts(row.coverage), None) for row in found.regions
        ]
        stores = [
            (here, row.code, row.name, *_counts(row.coverage), row.window_to)
            for row in found.stores
        ]
        return (*(() if cursor else regions), *stores), found.next_cursor

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
