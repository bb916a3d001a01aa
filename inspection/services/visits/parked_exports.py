"""The list of refused content as a file, without the content itself."""

from inspection.domain.access import Actor
from inspection.domain.listing import ListAsked
from inspection.domain.table import Row
from inspection.persistence.visits.parked import ParkedListed
from inspection.services.exports import Export, headings_of, pages_of
from inspection.services.visits.settlements import parked_page
from inspection.wording import Language, catalogue, say

_COLUMNS = (
    *("store_code", "store", "round", "attempt", "inspector", "refused_why", "received_at"),
    *("state", "remarks"),
)


def parked_export(actor: Actor, asked: ListAsked, language: Language, *, settled: bool) -> Export:
    """What waits, or what was settled."""
    pages = pages_of(asked, lambda page: parked_page(actor, page, settled=settled), _row, language)
    return Export(
        noun="parked",
        name="parked",
        title=say(language, "parked.title"),
        headings=headings_of(_COLUMNS, language),
        pages=pages,
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
