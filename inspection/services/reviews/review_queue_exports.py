"""The visits that wait for a decision as a file."""

import msgspec

from inspection.domain.access import Actor
from inspection.domain.listing import LARGEST_PAGE
from inspection.domain.reviews.review_queue import QueueAsked
from inspection.domain.table import Row
from inspection.services.exports import Export, Page, every_page, headings_of, points, points_lost
from inspection.services.people.places import STORE_COLUMNS
from inspection.services.reviews.review_queue import review_queue
from inspection.services.reviews.review_results import QueuedVisit
from inspection.services.tools import Tools
from inspection.wording import Language, say

_VISIT = ("round", "inspector", "attempt", "score", "lost", "received_at")


def visit_export(tools: Tools, actor: Actor, asked: QueueAsked, language: Language) -> Export:
    """The visits that wait for a decision, inspectors by their pseudonyms."""

    async def read(cursor: str) -> Page:
        part = msgspec.structs.replace(asked.list, cursor=cursor, size=LARGEST_PAGE)
        found = await review_queue(tools, actor, msgspec.structs.replace(asked, list=part))
        return (_visit(row, language) for row in found.rows), found.next_cursor

    headings = headings_of((*STORE_COLUMNS, *_VISIT), language)
    return Export("visit", "visits", say(language, "nav.inspections"), headings, every_page(read))


def _visit(visit: QueuedVisit, language: Language) -> Row:
    return (
        *visit.store.cells(language),
        visit.round.code,
        visit.inspector,
        visit.attempt,
        points(visit.total),
        points_lost(visit.lost),
        visit.received_at,
    )
