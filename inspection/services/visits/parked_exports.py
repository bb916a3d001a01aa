"""The list of refused content as a file, without the content itself."""

import msgspec

from inspection.domain.access import Actor
from inspection.domain.listing import LARGEST_PAGE, ListAsked
from inspection.domain.table import Row
from inspection.persistence.visits.parked import ParkedListed
from inspection.services.exports import Export, Page, every_page, headings_of
from inspection.services.visits.settlements import parked_page
from inspection.wording import Language, catalogue, say

_COLUMNS = (
    *("store_code", "store", "round", "attempt", "inspector", "refused_why", "received_at"),
    *("state", "remarks"),
)


def parked_export(actor: Actor, asked: ListAsked, language: Language, *, settled: bool) -> Export:
    """What waits, or what was settled."""

    async def read(cursor: str) -> Page:
        page = msgspec.structs.replace(asked, cursor=cursor, size=LARGEST_PAGE)
        found = await parked_page(actor, page, settled=settled)
        return (_row(row, language) for row in found.rows), found.next_cursor

    return Export(
        noun="parked",
        name="parked",
        title=say(language, "parked.title"),
        headings=headings_of(_COLUMNS, language),
        pages=every_page(read),
    )


def _row(row: ParkedListed, language: Language) -> Row:
    words = catalogue(language)
    return (
        row.store_code,
        row.store_name,
        row.round_code,
        row.attempt,
        row.inspector,
        words.get(f"parked_why.{row.code}", row.code),
        row.received_at,
        words[f"settlement.{row.settlement.value}" if row.settlement else "parked.waiting"],
        row.note,
    )
