"""The visits that wait for a decision as a file."""

import msgspec

from inspection.domain.access import Actor
from inspection.domain.listing import ListAsked
from inspection.domain.reviews.review_queue import QueueAsked
from inspection.domain.table import Row
from inspection.services.exports import Export, headings_of, pages_of, points, points_lost
from inspection.services.people.places import STORE_COLUMNS
from inspection.services.reviews.review_queue import review_queue
from inspection.services.reviews.review_results import QueuedVisit, ReviewQueue
from inspection.services.tools import Tools
from inspection.wording import Language, say

_VISIT = ("round", "inspector", "attempt", "score", "lost", "received_at")


def visit_export(tools: Tools, actor: Actor, asked: QueueAsked, language: Language) -> Export:
    """The visits that wait for a decision, inspectors by their pseudonyms."""

    async def find(part: ListAsked) -> ReviewQueue:
        return await review_queue(tools, actor, msgspec.structs.replace(asked, list=part))

    headings = headings_of((*STORE_COLUMNS, *_VISIT), language)
    pages = pages_of(asked.list, find, _visit, language)
    return Export("visit", "visits", say(language, "nav.inspections"), headings, pages)


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
