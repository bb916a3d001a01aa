"""The list of deliveries as a file: on which way, to whom, what about; never what was said."""

import msgspec

from inspection.domain.access import Actor
from inspection.domain.listing import LARGEST_PAGE
from inspection.domain.messages.delivery import DeliveryState
from inspection.domain.table import Row
from inspection.persistence.messages.delivery_lists import ListedDelivery
from inspection.services.exports import Export, Page, every_page, headings_of
from inspection.services.messages.delivery_desk import DeliveriesAsked, list_of_deliveries
from inspection.services.people.proofs import check_proved
from inspection.services.tools import Tools
from inspection.wording import Language, catalogue, say

_COLUMNS = (
    *("created_at", "message", "way", "recipient", "state"),
    *("tries", "outcome", "next_try", "settled_at"),
)


def delivery_export(
    tools: Tools, actor: Actor, wanted: DeliveriesAsked, language: Language
) -> Export:
    """The deliveries of the page. They name people: for callers who proved of late who they are."""

    async def read(cursor: str) -> Page:
        if not cursor:
            await check_proved(tools, actor)
        asked = msgspec.structs.replace(wanted.asked, cursor=cursor, size=LARGEST_PAGE)
        found = await list_of_deliveries(actor, msgspec.structs.replace(wanted, asked=asked))
        return (_row(row, language) for row in found.rows), found.next_cursor

    headings, title = headings_of(_COLUMNS, language), say(language, "nav.deliveries")
    return Export("delivery", "deliveries", title, headings, every_page(read))


def _row(row: ListedDelivery, language: Language) -> Row:
    return (
        row.created_at,
        say(language, f"message.{row.kind}.title"),
        say(language, f"message.word.channel.{row.channel}"),
        row.whom,
        say(language, f"state.{row.state.value}"),
        row.tries,
        # What we noted ourselves has words; everything else is the other side's code.
        catalogue(language).get(f"delivery_code.{row.code}", row.code),
        row.due_at if row.state is DeliveryState.WAITING else None,
        row.settled_at,
    )
